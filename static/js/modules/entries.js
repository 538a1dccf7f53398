// From a form to the entry that /sync takes, one function a kind; null where only the server can read what was typed.
import { readAmount } from "./amount.js";
import { slotOf } from "./box.js";
import { dayOf, instantOn, timeOf, written } from "./day.js";

export { slotOf };

const NIGHT = [
  "in_bed", "lights_out", "sol_min", "awakenings", "waso_min", "final_wake", "up", "still_trying_min", "naps_min",
  "quality", "rested", "note", "felt_asleep_min", "as_usual",
];

const value = (fields, name) => String(fields.get(name) ?? "").trim();

function night(fields, form) {
  const data = {};
  for (const name of NIGHT) if (value(fields, name)) data[name] = value(fields, name);
  if (value(fields, "no_sleep")) {
    if (data.sol_min) return null;
    data.sol_min = "none";
  }
  return { day: form.dataset.day, data };
}

/** A night that was painted and has nothing typed beside it; a list of parts, or a look at what it means, is the server's. */
function drawn(fields, form) {
  const row = value(fields, "drawn");
  if (value(fields, "do") !== "save" || value(fields, "by") !== "grid" || !/[a-z]/.test(row)) return null;
  const data = { drawn: row };
  const marks = value(fields, "marks").split(", ").filter(Boolean);
  data.marks = marks.map((mark) => ({ kind: mark.slice(0, -6), at: mark.slice(-5) }));
  return { day: form.dataset.day, data };
}

function symptoms(fields, form, now) {
  if (form.querySelector("[data-urgent]:checked") && value(fields, "help_shown") !== "yes") return null;
  const data = { instrument: form.dataset.instrument, answers: {}, new: value(fields, "new") };
  for (const [name, given] of fields) {
    const [, group, id] = /^(answers|safety)\[(\w+)\]$/.exec(name) ?? [];
    if (group) (data[group] ??= {})[id] = group === "answers" ? Number(given) : given;
  }
  const empty = !data.new && !data.safety && Object.keys(data.answers).length === 0;
  return empty ? null : { day: form.dataset.forDay ?? dayOf(now), data };
}

function checkIn(fields, form, now) {
  const level = Number(value(fields, "level"));
  if (!level || (fields.has("day") && value(fields, "day") !== dayOf(now))) return null;
  return { day: form.dataset.forDay ?? dayOf(now), data: { level, words: value(fields, "words") || form.dataset.words || "" } };
}

function taken(fields, form, now) {
  if (value(fields, "day") !== dayOf(now)) return null;
  const { mg } = form.closest("[data-mg]").dataset;
  const data = { plan: value(fields, "plan"), moment: value(fields, "moment"), mg, taken: true, taken_at: written(now) };
  return { day: dayOf(now), data };
}

function amountTaken(fields, form, now) {
  const { plan, moment, extra } = form.dataset;
  const mg = readAmount(value(fields, "mg"));
  const typed = value(fields, "taken_at");
  const day = form.dataset.forDay ?? dayOf(now);
  const at = typed ? instantOn(day, typed) : now;
  if (mg === null || (extra && mg === "0") || at === null || at > now) return null;
  const data = { plan: (plan ?? value(fields, "plan")) || null, moment: moment ?? null, mg, taken: mg !== "0" };
  data.taken_at = written(at);
  if (extra) data.extra = true;
  return { day, data };
}

const made = new WeakMap(); // what was in a form when its entry was made
const READERS = { night, drawn, symptoms, check_in: checkIn, taken, amount: amountTaken };
const KINDS = { drawn: "night", taken: "dose", amount: "dose" };

/**
 * The entry of a form as it is filled in now. Its id is made here: a kept page may be filled in more than once. The same
 * page filled in the same way (a second tap, the way back) is the same entry.
 */
export function entryOf(form, submitter) {
  const id = form.querySelector("[name=entry_id]");
  const filled = () => JSON.stringify([...new FormData(form, submitter)]);
  if (made.get(form) !== filled()) id.value = crypto.randomUUID();
  made.set(form, filled());
  const fields = new FormData(form, submitter);
  const now = new Date();
  const read = READERS[form.dataset.outbox](fields, form, now);
  if (!read) return null;
  const kind = KINDS[form.dataset.outbox] ?? form.dataset.outbox;
  return { id: value(fields, "entry_id"), kind, day: read.day, recorded_at: now.toISOString(), data: read.data };
}

/** Where an entry of that kind can be written again; undefined where there is no such form. */
export function addressOf({ kind, day, data }) {
  if (kind === "night") return data.drawn ? undefined : `/diary/${day}?edit=1`;
  if (kind === "symptoms") return `/symptoms/new/${data.instrument}`;
  if (kind === "check_in") return "/today/check-in";
  if (kind === "dose") return data.extra ? "/today/extra" : `/today/dose/${data.plan}/${data.moment}`;
  return undefined;
}

/** What a form is about that is filled in anew each day: undefined for one that says it itself, or is filled in on purpose. */
export function slotOfToday(form) {
  const kind = form.dataset.outbox;
  const day = dayOf(new Date());
  if (form.dataset.fill !== "today") return form.dataset.fill;
  return slotOf({ kind, day, data: { instrument: form.dataset.instrument } });
}

/** Put the data of an entry back in its form: what it leaves open is open in the form too. */
export function fill(form, { data }) {
  const flat = { ...data };
  for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = false;
    else field.value = "";
  }
  if (data.taken_at) flat.taken_at = timeOf(new Date(data.taken_at));
  for (const group of ["answers", "safety"]) {
    for (const [name, given] of Object.entries(data[group] ?? {})) flat[`${group}[${name}]`] = given;
  }
  if (data.sol_min === "none") Object.assign(flat, { sol_min: "", no_sleep: "yes" });
  for (const [name, given] of Object.entries(flat)) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === String(given);
      else field.value = given;
    }
  }
  form.dispatchEvent(new Event("change"));
}
