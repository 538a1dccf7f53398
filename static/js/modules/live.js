// A form that shows what it would give while it is filled in: the same form is posted for its preview, and the latest answer wins.
const WAIT = 350;

// Asked for as a page, so that no text is ever turned into a page by a script (Trusted Types).
function ask(address, fields) {
  return new Promise((done, away) => {
    const asked = new XMLHttpRequest();
    asked.open("POST", address);
    asked.responseType = "document";
    asked.addEventListener("load", () => done(asked));
    asked.addEventListener("error", away);
    asked.send(fields);
  });
}

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
      answer = await ask(form.action, fields);
    } catch {
      button.hidden = false; // offline: the button asks again
      return;
    }
    if (mine !== latest) return;
    if (answer.status !== 200 || answer.responseURL !== form.action || !answer.response) {
      button.hidden = false;
      return;
    }
    region.replaceChildren(...answer.response.body.childNodes);
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
