// Entries are kept on this phone first, sealed with the key of the person who wrote them, and then sent to /sync. Only a
// clear answer takes an entry away: anything else (no network, 401, 429, 500, half an answer) leaves it to be tried again.
import { on } from "./phone.js";

const MOST = 50;
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 5 * 60 * 1000;
const KEPT_BY_SERVER = ["stored", "already_stored", "superseded"];

/** Who is signed in, by a name that tells nothing; undefined also where a browser cannot seal (a site without https). */
export const person = crypto.subtle && navigator.locks ? document.documentElement.dataset.person : undefined;
let most = MOST;
let timer = 0;

/** The key of this person, from the server once; it cannot be read out again, and goes at sign-out. */
async function key() {
  const kept = await on("keys", "readonly", (keys) => keys.get(person));
  if (kept) return kept.key;
  const answer = await fetch("/sync/key", { headers: { Keeping: "1" } });
  const told = await answer.json();
  if (!answer.ok || told.person !== person) throw new Error("no key");
  const bytes = Uint8Array.from(atob(told.key), (letter) => letter.charCodeAt(0));
  const made = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  await on("keys", "readwrite", (keys) => keys.put({ person, key: made }));
  return made;
}

export const forgetKey = () => on("keys", "readwrite", (keys) => keys.delete(person));

/** Keep an entry ({id, kind, day, recorded_at, data}); it is on the disk when this is done. */
export async function keep(entry) {
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
export async function waiting() {
  if (!person) return [];
  const rows = (await on("entries", "readonly", (entries) => entries.getAll())).filter((row) => row.person === person);
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

/** Something changed: every open page of this phone looks again. */
const channel = new BroadcastChannel("outbox");
const heard = () => dispatchEvent(new Event("outbox"));
channel.addEventListener("message", heard);
function tell() {
  channel.postMessage("changed");
  heard();
}

/**
 * Send what waits. `eager`: also what was to be tried later, unless the server asked for that. Gives "sign-in" when nobody
 * is signed in any more.
 */
export function flush(eager = true) {
  if (!person) return Promise.resolve("");
  return navigator.locks.request("outbox", async () => {
    for (let first = true; ; first = false) {
      const rows = await waiting();
      const due = rows.filter((row) => !row.errors && ((eager && first && !row.asked) || row.next <= Date.now()));
      if (due.length === 0) return later(rows);
      const outcome = await send(due.slice(0, most));
      if (outcome) return outcome === "sign-in" ? outcome : later(await waiting());
    }
  });
}

/** Try again when the first of those that wait is due. */
function later(rows) {
  clearTimeout(timer);
  const due = rows.filter((row) => !row.errors).map((row) => row.next);
  if (due.length) timer = setTimeout(() => flush(false).catch(() => undefined), Math.max(1000, Math.min(...due) - Date.now()));
  return "";
}

/** Send some; "" when all of them were judged, else why not. */
async function send(rows) {
  let answer;
  try {
    answer = await fetch("/sync", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ entries: rows.map((row) => row.entry) }),
      redirect: "error",
      signal: AbortSignal.timeout(20000),
    });
    if (answer.status === 401) return "sign-in";
    if (answer.status === 413 && rows.length > 1) {
      most = Math.ceil(rows.length / 2);
      return "";
    }
    if (answer.status !== 200) throw new Error(answer.status);
    const results = new Map((await answer.json()).results.map((result) => [result.id, result]));
    most = MOST;
    let whole = true;
    for (const row of rows) {
      const { status, errors } = results.get(row.id) ?? {};
      if (KEPT_BY_SERVER.includes(status)) await on("entries", "readwrite", (entries) => entries.delete(row.id));
      else if (status === "refused") await change(row, { errors: errors ?? [] });
      else {
        await wait(row, null);
        whole = false;
      }
    }
    tell();
    return whole ? "" : "later";
  } catch {
    for (const row of rows) await wait(row, answer);
    tell();
    return "later";
  }
}

async function change({ entry, ...row }, what) {
  await on("entries", "readwrite", (entries) => entries.put({ ...row, ...what }));
}

/** Twice as long each time, a little different on each phone, and as long as the server asks. */
async function wait(row, answer) {
  const tries = row.tries + 1;
  const asked = Number(answer?.headers.get("Retry-After") ?? 0) * 1000 || 0;
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** row.tries) * (0.75 + Math.random() / 2);
  await change(row, { tries, next: Date.now() + Math.max(pause, asked), asked: asked > 0 });
}

if (person) {
  key().catch(() => undefined); // while there is network: without it nothing can be sealed
  addEventListener("online", () => flush().catch(() => undefined));
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush().catch(() => undefined));
}
