// Urgent help stands in the page from the start. An answer shows it at once, without asking anyone: by style where
// `:has` is known, by these attributes where it is not. It is said aloud too, and the form knows that it was shown.
for (const form of document.querySelectorAll("form[data-urgent-form]")) {
  const help = form.querySelector("[data-live]");
  const told = form.querySelector("[data-help-shown]");
  if (!help || !told) continue;

  const tell = (aloud) => {
    for (const question of form.querySelectorAll("[data-question]")) {
      question.toggleAttribute("data-urgent-here", question.querySelector("[data-urgent]:checked") !== null);
    }
    const shown = form.querySelector("[data-urgent]:checked") !== null;
    form.toggleAttribute("data-urgent-shown", shown);
    if (aloud) help.setAttribute("role", shown ? "alert" : "presentation");
    told.value = shown ? "yes" : "";
  };

  form.addEventListener("change", () => tell(true));
  window.addEventListener("pageshow", () => tell(false)); // answers that the browser kept, or that were kept earlier
}
