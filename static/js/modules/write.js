// A form with data-outbox is kept on this phone before it goes anywhere; then it is sent, and the page that follows opens.
// Where the phone cannot keep it, or the server says what is wrong, the form goes the ordinary way.
import { entryOf, fill, slotOf } from "./entries.js";
import { flush, keep, person, remove, waiting } from "./outbox.js";

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
  const left = (await waiting()).find((row) => row.id === entry.id);
  if (left?.errors?.some((error) => error.field)) {
    await remove(entry.id);
    return plainly(form, submitter); // what is wrong is said beside its field
  }
  if (left?.errors) return location.assign("/waiting"); // it is about the whole entry, which stays here
  sessionStorage.setItem("written", left ? "kept" : "sent");
  location.assign(left ? (form.dataset.kept ?? form.dataset.then) : form.dataset.then.replace("ID", entry.id));
}

function plainly(form, submitter) {
  form.dataset.plain = "";
  form.requestSubmit(submitter);
}

for (const form of person ? document.querySelectorAll("form[data-outbox]") : []) {
  let busy = false;
  addEventListener("pageshow", () => {
    busy = false;
    delete form.dataset.plain;
  });
  form.addEventListener("submit", (event) => {
    if ("plain" in form.dataset) return;
    if (busy) return event.preventDefault();
    const entry = entryOf(form, event.submitter);
    if (!entry) return;
    event.preventDefault();
    busy = true;
    write(form, event.submitter, entry).finally(() => {
      busy = false;
    });
  });
}

// A form whose entry waits here shows what was written, not what the server knew.
const [form] = document.querySelectorAll("form[data-outbox][data-fill]");
if (form && person) {
  const asked = new URLSearchParams(location.hash.slice(1)).get("kept");
  waiting().then((rows) => {
    const same = (row) => (asked ? row.id === asked : slotOf(row.entry) === form.dataset.fill);
    const row = rows.filter(same).at(-1);
    if (!row) return;
    fill(form, row.entry);
    form.dataset.forDay = row.entry.day;
    if (row.errors) form.dataset.mends = row.id;
  }, () => undefined);
}
