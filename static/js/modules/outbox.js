// Entries are kept on this phone first, sealed with the key of the person who wrote them; send.js sends them to /sync.
import { clear, on } from "./phone.js";

const LONGEST_WAIT = 4000;
const SHOWN_AS_SENT = 8 * 86400000;

/** Who is signed in, by a name that tells nothing; undefined also where a browser cannot seal (a site without https). */
export const person = crypto.subtle && navigator.locks ? document.documentElement.dataset.person : undefined;

/** When this page was made, in milliseconds, where it was kept and the network did not answer; else undefined. */
const { kept } = document.documentElement.dataset;
export const keptAt = kept === undefined ? undefined : Number(kept);

/** The key of this person, from the server once; it cannot be read out again, and goes at sign-out. */
async function key() {
  const found = await on("keys", "readonly", (keys) => keys.get(person));
  if (found) return found.key;
  const answer = await fetch("/sync/key", { headers: { Keeping: "1" } });
  const told = await answer.json();
  if (!answer.ok || told.person !== person) throw new Error("no key");
  const bytes = Uint8Array.from(atob(told.key), (letter) => letter.charCodeAt(0));
  const made = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  await on("keys", "readwrite", (keys) => keys.put({ person, key: made }));
  return made;
}

/** At sign-out: the key goes, and what only reminds of what was sent. What waits stays, unreadable. */
export async function forgetKey() {
  await clear("sent", (row) => row.person === person);
  await on("keys", "readwrite", (keys) => keys.delete(person));
}

/** Keep an entry ({id, kind, day, recorded_at, data}); it is on the disk when this is done. Refused where that takes long. */
export function keep(entry) {
  const late = new Promise((_, refuse) => setTimeout(refuse, LONGEST_WAIT));
  return Promise.race([put(entry), late]);
}

async function put(entry) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const words = new TextEncoder().encode(JSON.stringify(entry));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), words);
  const row = { id: entry.id, person, at: Date.now(), iv, sealed, tries: 0, next: 0, errors: null };
  await on("entries", "readwrite", (entries) => entries.put(row));
  tell();
}

/** How many entries wait here, whoever wrote them. */
export const countAll = () => on("entries", "readonly", (entries) => entries.count());

/** What this person wrote here and is not sent, oldest first. */
export const waiting = () => rowsOf("entries", () => true);

/** What was sent since this page was made, oldest first: what a page that was kept does not know yet. */
export const sentSince = () => (keptAt === undefined ? Promise.resolve([]) : rowsOf("sent", (row) => row.sent >= keptAt));

async function rowsOf(store, which) {
  if (!person) return [];
  const all = await on(store, "readonly", (rows) => rows.getAll());
  const rows = all.filter((row) => row.person === person && which(row));
  if (rows.length === 0) return [];
  const opened = await key();
  const read = await Promise.allSettled(rows.map((row) => unsealed(row, opened)));
  const readable = read.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  return readable.sort((one, other) => one.at - other.at);
}

async function unsealed(row, opened) {
  const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, opened, row.sealed);
  return { ...row, entry: JSON.parse(new TextDecoder().decode(words)) };
}

export async function remove(id) {
  await on("entries", "readwrite", (entries) => entries.delete(id));
  tell();
}

/** The server has it since `instant`: it waits no longer, and is remembered for pages that were kept before that. */
export async function wasSent({ entry, ...row }, instant) {
  const since = Date.now() - SHOWN_AS_SENT;
  await clear("sent", (each) => each.at < since).catch(() => undefined);
  await on("sent", "readwrite", (rows) => rows.put({ ...row, sent: instant })).catch(() => undefined);
  await on("entries", "readwrite", (entries) => entries.delete(row.id));
}

/** Something changed: every open page of this phone looks again. */
const channel = new BroadcastChannel("outbox");
const heard = () => dispatchEvent(new Event("outbox"));
channel.addEventListener("message", heard);
export function tell() {
  channel.postMessage("changed");
  heard();
}

if (person) {
  const others = (row) => row.person !== person;
  if (keptAt === undefined) Promise.all([clear("keys", others), clear("sent", others)]).catch(() => undefined);
  key().catch(() => undefined); // while there is network: without it nothing can be sealed
}
