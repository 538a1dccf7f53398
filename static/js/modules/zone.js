// Says what time this device thinks it is, and offers to follow its clock where that is another one.
const here = document.querySelector("[data-zone-here]");

/** What the clock on the wall shows in a zone: day, hour and minute. */
function wall(zone, instant) {
  const parts = new Intl.DateTimeFormat("en-GB", { day: "numeric", hour: "2-digit", minute: "2-digit", timeZone: zone }).formatToParts(instant);
  return Object.fromEntries(parts.map((part) => [part.type, part.value]));
}

if (here) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = new Date();
  const own = wall(zone, now);
  const theirs = wall(here.dataset.zoneHere, now);
  here.textContent = here.dataset.textSays.replace("{time}", own.hour + here.dataset.between + own.minute);
  here.hidden = false;
  const move = document.querySelector("[data-zone-move]");
  if (own.day !== theirs.day || own.hour !== theirs.hour || own.minute !== theirs.minute) {
    move.elements.zone.value = zone;
    move.hidden = false;
  }
}
