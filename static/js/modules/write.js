// A form with data-outbox is kept on this phone before it goes anywhere; then it is sent, and the page that follows opens.
// Where the phone cannot keep it, or the server says what is wrong, the form goes the ordinary way.
import { dayOf } from "./day.js";
import { addressOf, entryOf, fill, slotOf, slotOfToday } from "./entries.js";
import { keep, keptAt, person, remove, sentSince, waiting } from "./outbox.js";
import { flush } from "./send.js";

const LONGEST_WAIT = 3000;

async function write(form, submitter, entry) {
  try {
    await keep(entry);
    if (form.dataset.mends) await remove(form.dataset.mends);
  } catch {
    return plainly(form, submitter);
  }
  const pause = new Promise((done) => setTimeout(done, LONGEST_WAIT));
  await Promise.race([flush().catch(() => undefined), pause]);
  const left = (await waiting().catch(() => [{ id: entry.id }])).find((row) => row.id === entry.id);
  if (left?.errors?.some((error) => error.field)) {
    await remove(entry.id);
    return plainly(form, submitter); // what is wrong is said beside its field
  }
  if (left?.errors) return location.assign("/waiting"); // it is about the whole entry, which stays here
  sessionStorage.setItem("written", left ? "kept" : "sent");
  if (!left) refresh(addressOf(entry));
  location.assign(left ? (form.dataset.kept ?? form.dataset.then) : form.dataset.then.replace("ID", entry.id));
}

/** The form of what was sent is kept anew: it shows what was written when it opens without network. */
function refresh(address) {
  navigator.serviceWorker?.controller?.postMessage({ again: address });
}

function plainly(form, submitter) {
  form.dataset.plain = "";
  form.requestSubmit(submitter);
}

for (const form of person ? document.querySelectorAll("form[data-outbox]") : []) {
  let busy = false; // until another page opens
  addEventListener("pageshow", () => {
    busy = false;
    delete form.dataset.plain;
  });
  form.addEventListener("input", () => {
    form.dataset.touched = "";
  });
  form.addEventListener("submit", (event) => {
    if ("plain" in form.dataset) return;
    if (busy) return event.preventDefault();
    const entry = entryOf(form, event.submitter);
    if (!entry) return;
    event.preventDefault();
    busy = true;
    write(form, event.submitter, entry).catch(() => {
      busy = false;
    });
  });
}

/** A form shows what was written last: what waits here, or was sent since the page was kept; never that of another day. */
async function show(form) {
  const asked = new URLSearchParams(location.hash.slice(1)).get("kept");
  const today = dayOf(new Date());
  const stale = form.dataset.fill === "today" && keptAt !== undefined && dayOf(new Date(keptAt)) !== today;
  if (stale) empty(form);
  const slot = slotOfToday(form);
  const same = (row) => (asked ? row.id === asked : slotOf(row.entry) === slot);
  const row = [...(await sentSince()), ...(await waiting())].filter(same).at(-1);
  if (!row || "touched" in form.dataset) return;
  fill(form, row.entry);
  if (!(row.errors ?? []).some((error) => error.field === "day")) form.dataset.forDay = row.entry.day;
  if (row.errors) form.dataset.mends = row.id;
}

function empty(form) {
  fill(form, { data: {} });
  for (const part of document.querySelectorAll("[data-of-today]")) part.hidden = true;
}

const [form] = document.querySelectorAll("form[data-outbox][data-fill]");
if (form && person) show(form).catch(() => undefined);
