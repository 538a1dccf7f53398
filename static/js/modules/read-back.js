// Reads an amount back in words beside its field while it is typed. Every word comes from the server.
const WAIT = 250;

function choice(field, number) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = number;
  button.addEventListener("click", () => {
    field.value = number;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  return button;
}

for (const field of document.querySelectorAll("[data-read-back]")) {
  const told = document.getElementById(field.dataset.readBack);
  const seen = document.querySelector(`[data-seen="${field.dataset.readBack}"]`);
  let latest = 0;
  let timer = 0;

  async function ask() {
    const mine = ++latest;
    const typed = field.value.trim();
    let answer = { amount: null };
    if (typed !== "") {
      try {
        const asked = new URLSearchParams({ text: typed, unit: field.dataset.unit ?? "" });
        const response = await fetch(`/amount?${asked}`);
        if (response.ok) answer = await response.json();
      } catch {
        return; // offline: the next page reads it back
      }
    }
    if (mine !== latest) return;
    told.replaceChildren();
    if (answer.amount !== null) {
      told.textContent = answer.said;
    } else if (answer.readings?.length) {
      told.append(answer.question, " ", ...answer.readings.map((number) => choice(field, number)));
    }
    if (seen) seen.value = answer.amount ?? "";
  }

  field.addEventListener("input", () => {
    latest += 1;
    if (seen) seen.value = "";
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
}
