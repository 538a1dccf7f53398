// Each form of someone's page says whose page it is: it is never taken as said by someone who signed in here since.
const { person } = document.documentElement.dataset;

if (person) {
  addEventListener("formdata", (event) => {
    if (event.target.getAttribute("method") === "post") event.formData.set("of", person);
  });
}
