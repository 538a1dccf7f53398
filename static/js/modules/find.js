// Searches a list on the page while somebody types, also without network. The form goes to the server where the list
// has nothing and there is a network. Accents, endings and slips are forgiven, as in domain/article_search.py.
const words = (text) => text.toLowerCase().replaceAll("œ", "oe").normalize("NFKD").replace(/\p{M}/gu, "").match(/[a-z0-9]+/g) ?? [];

function literal(typed, known) {
  if (typed === known) return true;
  if (typed.length >= 3 && known.startsWith(typed)) return true;
  let shared = 0;
  while (shared < typed.length && typed[shared] === known[shared]) shared += 1;
  return shared >= 4 && Math.max(typed.length, known.length) - shared <= 3;
}

/** Whether few slips part two words: one in 4 to 7 letters, two in more. */
function near(typed, known) {
  const allowed = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
  if (!allowed || Math.abs(typed.length - known.length) > allowed) return false;
  let row = [...known, ""].map((_, at) => at);
  for (const [i, letter] of [...typed].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...known].entries()) {
      next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (letter !== other)));
    }
    row = next;
  }
  return row.at(-1) <= allowed;
}

for (const form of document.querySelectorAll("form[data-find]")) {
  const list = document.getElementById(form.dataset.find);
  const said = form.querySelector("[data-find-said]");
  const stop = new Set(form.dataset.stop.split(" "));
  const items = [...list.querySelectorAll("[data-find-item]")].map((item) => [item, item.dataset.findItem.split(" ")]);
  const aside = document.querySelectorAll("[data-find-aside]");

  function find() {
    const asked = words(form.elements.q.value);
    const useful = asked.filter((word) => !stop.has(word));
    const typed = useful.length ? useful : asked;
    const fits = new Map(items.map(([item]) => [item, 0]));
    for (const word of typed) {
      const how = items.some(([, known]) => known.some((each) => literal(word, each))) ? literal : near;
      for (const [item, known] of items) if (known.some((each) => how(word, each))) fits.set(item, fits.get(item) + 1);
    }
    const best = Math.max(...fits.values());
    const shown = [...fits].filter(([, fit]) => typed.length === 0 || (fit > 0 && fit === best)).map(([item]) => item);
    for (const [item] of items) item.hidden = !shown.includes(item);
    for (const group of list.querySelectorAll("[data-find-group]")) {
      group.hidden = !group.querySelector("[data-find-item]:not([hidden])");
    }
    for (const each of aside) each.hidden = typed.length > 0;
    const { textNone, textOne, textSome } = said.dataset;
    const told = [textNone, textOne][shown.length] ?? textSome.replace("NUM", shown.length);
    said.textContent = typed.length ? told : "";
    return shown;
  }

  form.addEventListener("input", find);
  form.addEventListener("submit", (event) => {
    const [first] = find();
    if (navigator.onLine && document.documentElement.dataset.kept === undefined && !first) return;
    event.preventDefault();
    first?.querySelector("a").focus();
  });
  if (form.elements.q.value) find();
}
