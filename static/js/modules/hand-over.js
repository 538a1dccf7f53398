// An address that is given to someone, or codes to keep: copied, or handed to the phone's own ways of sending. Without a script it can be selected and mailed.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.querySelector("[data-copy-said]") ?? button;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (field.select) field.select();
    else getSelection().selectAllChildren(field); // codes to keep
    try {
      await navigator.clipboard.writeText(field.value ?? field.innerText);
    } catch {
      document.execCommand("copy"); // older browsers, and pages without https
    }
    said.textContent = button.dataset.textDone;
  });
}

for (const field of document.querySelectorAll("[data-whole]")) {
  field.addEventListener("focus", () => field.select());
}

for (const button of document.querySelectorAll("[data-hand-over]")) {
  const what = { title: button.dataset.textTitle, text: button.dataset.textTitle, url: button.dataset.handOver };
  button.hidden = !navigator.canShare?.(what);
  button.addEventListener("click", () => navigator.share(what).catch(() => undefined));
}
