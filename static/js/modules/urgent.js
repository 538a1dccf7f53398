// Urgent help that an answer has just revealed is said aloud, and the form knows that it was shown.
const form = document.querySelector("form:has([data-urgent])");
const help = form?.querySelector("[data-live]");

function tell() {
  const shown = form.querySelector("[data-urgent]:checked") !== null;
  help.setAttribute("role", shown ? "alert" : "presentation");
  form.querySelector("[data-help-shown]").value = shown ? "yes" : "";
}

if (help) {
  form.addEventListener("change", tell);
}
