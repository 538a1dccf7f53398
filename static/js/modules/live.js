// A form that shows what it would give while it is filled in: the same form is posted for its preview, and the latest answer wins.
const WAIT = 350;

for (const form of document.querySelectorAll("form[data-preview]")) {
  const region = document.getElementById(form.dataset.preview);
  const said = document.getElementById(`${form.dataset.preview}-said`);
  const button = form.querySelector("[data-preview-button]");
  let latest = 0;
  let timer = 0;

  async function show() {
    const mine = ++latest;
    const fields = new URLSearchParams(new FormData(form));
    fields.set("do", "preview");
    fields.set("part", "yes");
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body: fields });
    } catch {
      button.hidden = false; // offline: the button asks again
      return;
    }
    if (mine !== latest) return;
    if (!answer.ok || answer.redirected) {
      button.hidden = false;
      return;
    }
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== latest) return;
    region.replaceChildren(...part.body.childNodes);
    said.textContent = region.querySelector("[data-said]")?.textContent.trim() ?? "";
    button.hidden = true;
  }

  function soon() {
    latest += 1;
    clearTimeout(timer);
    timer = setTimeout(show, WAIT);
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  button.hidden = true;
}
