// Says what waits on this phone and what was sent: a line on every page, a word at each thing, and the list at /waiting.
import { tellDose } from "./dose.js";
import { addressOf, slotOf } from "./entries.js";
import { forgetKey, isExample, person, sentSince, waiting } from "./outbox.js";
import { flush, takeBack } from "./send.js";

const line = document.querySelector("[data-waiting]");
const LONG = { weekday: "long", day: "numeric", month: "long" };
const LONGEST_WAIT = 3000;
const list = document.querySelector("[data-waiting-list]");
let written = sessionStorage.getItem("written");
sessionStorage.removeItem("written");

function say(rows, outcome) {
  const { textOne, textMany, textRefused, textSignIn, textKept, textSent } = line.dataset;
  const refused = rows.some((row) => row.errors);
  const said = [];
  if (written === "kept" && rows.length) said.push(textKept);
  else if (written === "sent") said.push(textSent);
  if (rows.length) said.push(rows.length === 1 ? textOne : textMany.replace("{n}", rows.length));
  if (refused) said.push(textRefused);
  if (outcome === "sign-in" && rows.length) said.push(textSignIn);
  line.querySelector("[data-said]").textContent = said.join(" ");
  line.querySelector("a").hidden = rows.length === 0;
  line.hidden = said.length === 0;
}

/** At each thing that was written: whether it waits here, or was sent since this page was kept. */
function mark(rows, sent) {
  const bySlot = (all) => new Map(all.map((row) => [slotOf(row.entry), row.entry]));
  const [here, gone] = [bySlot(rows), bySlot(sent)];
  for (const place of document.querySelectorAll("[data-slot]")) {
    const { slot } = place.dataset;
    const state = here.has(slot) ? "kept" : gone.has(slot) ? "sent" : "open";
    for (const each of ["kept", "sent", "open"]) {
      for (const part of place.querySelectorAll(`[data-slot-${each}]`)) part.hidden = each !== state;
    }
    const noted = here.get(slot) ?? gone.get(slot);
    if (noted?.kind === "dose") tellDose(place, noted.data);
    const { words } = noted?.data ?? {};
    for (const form of words === undefined ? [] : place.querySelectorAll("form[data-words]")) form.dataset.words = words;
  }
}

/** A day in words; the first of a month as French writes it (the words of the list say how, "" where it is nothing special). */
function worded(day) {
  const parts = new Intl.DateTimeFormat(document.documentElement.lang, LONG).formatToParts(new Date(`${day}T12:00`));
  const first = list.dataset.textFirst;
  return parts.map(({ type, value }) => (type === "day" && value === "1" && first ? first : value)).join("");
}

function show(rows) {
  const item = document.querySelector("[data-waiting-item]");
  list.replaceChildren(
    ...rows.map((row) => {
      const part = item.content.cloneNode(true);
      const { kind, day, id } = row.entry;
      part.querySelector(`[data-kind="${kind}"]`)?.removeAttribute("hidden");
      const time = part.querySelector("time");
      time.textContent = worded(day);
      time.dateTime = day;
      part.querySelector("[data-state=waiting]").hidden = row.errors !== null;
      part.querySelector("[data-state=refused]").hidden = row.errors === null;
      part.querySelector("[data-errors]").textContent = (row.errors ?? []).map((error) => error.text).join(" ");
      const address = row.errors || !row.entry.data.extra ? addressOf(row.entry) : undefined; // one more would be two
      const mend = part.querySelector("[data-mend]");
      if (address) mend.href = `${address}#kept=${id}`;
      else mend.hidden = true;
      const away = part.querySelector("[data-away]");
      away.addEventListener("click", () => {
        if (away.dataset.sure === "yes") takeBack([id]).catch(() => undefined);
        away.dataset.sure = "yes";
        away.textContent = away.dataset.textSure;
      });
      return part;
    }),
  );
  document.querySelector("[data-waiting-none]").hidden = rows.length > 0;
}

let outcome = "";
async function look() {
  const rows = await waiting();
  if (line) say(rows, outcome);
  mark(rows, await sentSince());
  if (list) show(rows);
}

if (person) {
  look().catch(() => undefined);
  addEventListener("outbox", () => look().catch(() => undefined));
  flush().then((told) => {
    outcome = told;
    return look();
  }).catch(() => undefined);
  addEventListener("click", async (event) => {
    const place = event.target.closest("[data-slot-undo]")?.closest("[data-slot]");
    if (!place) return;
    const rows = (await waiting()).filter((row) => slotOf(row.entry) === place.dataset.slot);
    if (!(await takeBack(rows.map((row) => row.id)))) location.reload(); // it was sent meanwhile: it is undone there
  });
}

// Signing out with entries that are not sent: that is said first. The key goes; the entries stay, unreadable, until the
// same person signs in here again. Those of an example go with it.
for (const form of document.querySelectorAll('form[action="/sign-out"]')) {
  let sure = false;
  form.addEventListener("submit", async (event) => {
    if (sure) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    const pause = new Promise((done) => setTimeout(done, LONGEST_WAIT));
    if (!isExample(person)) await Promise.race([flush().catch(() => undefined), pause]);
    const rows = isExample(person) ? [] : await waiting().catch(() => []);
    const words = form.querySelector("[data-unsent]");
    if (rows.length && words.hidden) {
      words.hidden = false;
      words.focus();
      return;
    }
    await forgetKey().catch(() => undefined);
    sure = true;
    form.requestSubmit(submitter);
  }, { capture: true });
}
