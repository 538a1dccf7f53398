// The box of entries of whoever is signed in on this page: kept here first, sealed; send.js sends them.
import { changes, keepFor, keyOf, remove, rowsOf, waitingOf } from "./box.js";
import { clear, on } from "./phone.js";

export { remove };

const LONGEST_WAIT = 4000;

/** Who is signed in, by a name that tells nothing; undefined also where a browser cannot seal (a site without https). */
export const person = crypto.subtle && navigator.locks ? document.documentElement.dataset.person : undefined;

/** Whether this name on a phone is that of an example: what it wrote goes with it. */
export const isExample = (name) => name?.startsWith("example-") === true;

/** When this page was made, in milliseconds, where it was kept and the network did not answer; else undefined. */
const { kept } = document.documentElement.dataset;
export const keptAt = kept === undefined ? undefined : Number(kept);

/** At sign-out: the key goes, and what only reminds of what was sent. What waits stays, unreadable; that of an example goes. */
export async function forgetKey() {
  if (isExample(person)) await clear("entries", (row) => row.person === person);
  await clear("sent", (row) => row.person === person);
  await on("keys", "readwrite", (keys) => keys.delete(person));
}

/** Keep an entry; it is on the disk when this is done. Refused where that takes long. */
export function keep(entry) {
  const late = new Promise((_, refuse) => setTimeout(refuse, LONGEST_WAIT));
  return Promise.race([keepFor(person, entry), late]);
}

/** How many entries wait here, whoever wrote them. */
export const countAll = () => on("entries", "readonly", (entries) => entries.count());

/** What this person wrote here and is not sent, oldest first. */
export const waiting = async () => (person ? waitingOf(person) : []);

/** What was sent since this page was made, oldest first: what a page that was kept does not know yet. */
export const sentSince = async () => (person && keptAt !== undefined ? rowsOf(person, "sent", (row) => row.sent >= keptAt) : []);

changes.addEventListener("message", () => dispatchEvent(new Event("outbox")));

if (keptAt === undefined && self.indexedDB) {
  clear("entries", (row) => row.person !== person && isExample(row.person)).catch(() => undefined); // one that is over
}
if (person) {
  const others = (row) => row.person !== person;
  if (keptAt === undefined) Promise.all([clear("keys", others), clear("sent", others)]).catch(() => undefined);
  keyOf(person).catch(() => undefined); // while there is network: without it nothing can be sealed
} else if (document.documentElement.dataset.person === undefined && keptAt === undefined && self.indexedDB) {
  Promise.all([clear("keys", () => true), clear("sent", () => true)]).catch(() => undefined); // nobody is signed in here
}
