// The person's day and moments, in the zone they live in. It turns some hours after midnight.
const { turn = "05:00", zone } = document.documentElement.dataset;

function wall(instant) {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return { day: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
}

const shifted = (day, days) => new Date(Date.parse(`${day}T12:00Z`) + days * 86400000).toISOString().slice(0, 10);

export function dayOf(instant) {
  const { day, time } = wall(instant);
  return time < turn ? shifted(day, -1) : day;
}

/** The instant of a wall time on the person's day; null where the phone is in another zone than the person. */
export function instantOn(day, time) {
  const instant = new Date(`${time < turn ? shifted(day, 1) : day}T${time}`);
  return wall(instant).time === time ? instant : null;
}

export const timeOf = (instant) => wall(instant).time;

export const written = (instant) => `${instant.toISOString().slice(0, 19)}Z`;
