// Says what time this device thinks it is, and offers to follow its clock where that is another one.
const here = document.querySelector("[data-zone-here]");
if (here) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = new Date();
  const wall = (zone, more) =>
    new Intl.DateTimeFormat(`${document.documentElement.lang}-BE`, { hour: "2-digit", minute: "2-digit", timeZone: zone, ...more }).format(now);
  here.textContent = here.dataset.textSays.replace("{time}", wall(own));
  here.hidden = false;
  const move = document.querySelector("[data-zone-move]");
  if (move && wall(own, { day: "numeric" }) !== wall(here.dataset.zoneHere, { day: "numeric" })) {
    move.elements.zone.value = own;
    move.hidden = false;
  }
}
