// A passphrase can be read while it is typed, and hides again when it is sent, so that it is never kept as ordinary words.
for (const button of document.querySelectorAll("[data-show]")) {
  const field = document.getElementById(button.dataset.show);
  const said = document.getElementById(`s-${field.id}`);
  const show = (yes) => {
    field.type = yes ? "text" : "password";
    button.setAttribute("aria-pressed", String(yes));
  };
  show(false);
  button.addEventListener("click", () => {
    const yes = field.type === "password";
    show(yes);
    said.textContent = yes ? button.dataset.textShown : button.dataset.textHidden;
  });
  field.form?.addEventListener("submit", () => show(false));
  addEventListener("pageshow", () => show(false)); // back to a page that was left
}
