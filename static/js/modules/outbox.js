// The box of entries of whoever is signed in on this page: kept first, then sent, and sent again when it is time.
import { changes, flushOf, keepFor, keyOf, remove, waitingOf } from "./box.js";
import { on } from "./phone.js";

export { remove };

/** Who is signed in, by a name that tells nothing; undefined also where a browser cannot seal (a site without https). */
export const person = crypto.subtle && navigator.locks ? document.documentElement.dataset.person : undefined;
let timer = 0;

export const forgetKey = () => on("keys", "readwrite", (keys) => keys.delete(person));

export const keep = (entry) => keepFor(person, entry);

/** How many entries wait here, whoever wrote them. */
export const countAll = () => on("entries", "readonly", (entries) => entries.count());

export const waiting = async () => (person ? waitingOf(person) : []);

changes.addEventListener("message", () => dispatchEvent(new Event("outbox")));

/** Send what waits; "sign-in" when nobody is signed in any more. What is left is tried again when the first is due. */
export async function flush(eager = true) {
  if (!person) return "";
  const outcome = await flushOf(person, eager);
  if (!outcome) later(await waiting());
  return outcome;
}

function later(rows) {
  clearTimeout(timer);
  const due = rows.filter((row) => !row.errors).map((row) => row.next);
  if (due.length) timer = setTimeout(() => flush(false).catch(() => undefined), Math.max(1000, Math.min(...due) - Date.now()));
}

if (person) {
  keyOf(person).catch(() => undefined); // while there is network: without it nothing can be sealed
  addEventListener("online", () => flush().catch(() => undefined));
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush().catch(() => undefined));
}
