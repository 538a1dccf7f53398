// Says what waits on this phone and what was sent: a line on every page, a word at each thing, and the list at /waiting.
import { addressOf, slotOf } from "./entries.js";
import { countAll, flush, forgetKey, person, remove, waiting } from "./outbox.js";

const line = document.querySelector("[data-waiting]");
const LONG = { weekday: "long", day: "numeric", month: "long" };
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

function mark(rows) {
  const slots = new Set(rows.map((row) => slotOf(row.entry)));
  for (const place of document.querySelectorAll("[data-slot]")) {
    const here = slots.has(place.dataset.slot);
    for (const part of place.querySelectorAll("[data-slot-kept]")) part.hidden = !here;
    for (const part of place.querySelectorAll("[data-slot-open]")) part.hidden = here;
  }
}

function show(rows) {
  const item = document.querySelector("[data-waiting-item]");
  list.replaceChildren(
    ...rows.map((row) => {
      const part = item.content.cloneNode(true);
      const { kind, day, id } = row.entry;
      part.querySelector(`[data-kind="${kind}"]`)?.removeAttribute("hidden");
      const time = part.querySelector("time");
      time.textContent = new Date(`${day}T12:00`).toLocaleDateString(document.documentElement.lang, LONG);
      time.dateTime = day;
      part.querySelector("[data-state=waiting]").hidden = row.errors !== null;
      part.querySelector("[data-state=refused]").hidden = row.errors === null;
      part.querySelector("[data-errors]").textContent = (row.errors ?? []).map((error) => error.text).join(" ");
      const address = addressOf(row.entry);
      const mend = part.querySelector("[data-mend]");
      if (address) mend.href = `${address}#kept=${id}`;
      else mend.hidden = true;
      const away = part.querySelector("[data-away]");
      away.addEventListener("click", () => {
        if (away.dataset.sure === "yes") remove(id);
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
  mark(rows);
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
    for (const row of await waiting()) if (slotOf(row.entry) === place.dataset.slot) await remove(row.id);
  });
} else if (line) {
  countAll().then((count) => {
    if (!count) return;
    line.querySelector("[data-said]").textContent = line.dataset.textSomeone;
    line.hidden = false;
  }).catch(() => undefined);
}

// Signing out with entries that are not sent: that is said first. The key goes; the entries stay, unreadable, until the
// same person signs in here again.
for (const form of document.querySelectorAll('form[action="/sign-out"]')) {
  let sure = false;
  form.addEventListener("submit", async (event) => {
    if (sure) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    await flush().catch(() => undefined);
    const rows = await waiting().catch(() => []);
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
