// A Today that was kept in the evening and opens without network at night: what matters then, the rest behind one tap.
const night = document.querySelector("[data-by-night]");

if (night) {
  const { kept, turn, zone } = document.documentElement.dataset;
  const day = document.querySelectorAll("[data-by-day]");
  const show = (shown) => {
    for (const part of day) part.hidden = !shown;
  };
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "short", hourCycle: "h23" });
  const ends = turn < night.dataset.byNight ? turn : night.dataset.byNight;
  if (kept !== undefined && format.format(new Date()) < ends) {
    night.hidden = false;
    show(false);
    document.documentElement.classList.add("night");
  }
  night.querySelector("[data-by-day-too]").addEventListener("click", (event) => {
    event.preventDefault();
    show(true);
    event.currentTarget.hidden = true;
  });
}
