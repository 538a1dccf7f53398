// Entries that wait on this phone, sealed with the key of the person who wrote them, and how they are sent to /sync. Only a
// clear answer takes an entry away: anything else (no network, 401, 429, 500, half an answer) leaves it to be tried again.
// Shared by the pages (outbox.js) and the service worker (companion/web/worker.py), so nothing here knows a document.
import { on } from "./phone.js";

const MOST = 50;
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 5 * 60 * 1000;
const KEPT_BY_SERVER = ["stored", "already_stored", "superseded"];
let most = MOST;

/** What an entry is about: two entries about the same thing have the same text. */
export function slotOf({ kind, day, data }) {
  if (kind !== "dose") return [kind, day].join(" ");
  return data.extra ? "" : [kind, day, data.plan, data.moment].join(" ");
}

/** The key of this person where it is on this phone. */
export async function keptKey(person) {
  return (await on("keys", "readonly", (keys) => keys.get(person)))?.key;
}

/** The key of this person, from the server once; it cannot be read out again, and goes at sign-out. */
export async function keyOf(person) {
  const kept = await keptKey(person);
  if (kept) return kept;
  const answer = await fetch("/sync/key", { headers: { Keeping: "1" } });
  const told = await answer.json();
  if (!answer.ok || told.person !== person) throw new Error("no key");
  const bytes = Uint8Array.from(atob(told.key), (letter) => letter.charCodeAt(0));
  const made = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  await on("keys", "readwrite", (keys) => keys.put({ person, key: made }));
  return made;
}

/** Keep an entry ({id, kind, day, recorded_at, data}); it is on the disk when this is done. */
export async function keepFor(person, entry) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const words = new TextEncoder().encode(JSON.stringify(entry));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(person), words);
  const row = { id: entry.id, person, at: Date.now(), iv, sealed, tries: 0, next: 0, errors: null };
  await on("entries", "readwrite", (entries) => entries.put(row));
  tell();
}

/** What this person wrote here and is not sent, oldest first. */
export async function waitingOf(person) {
  const rows = (await on("entries", "readonly", (entries) => entries.getAll())).filter((row) => row.person === person);
  if (rows.length === 0) return [];
  const opened = await keyOf(person);
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
export const changes = new BroadcastChannel("outbox");
function tell() {
  changes.postMessage("changed");
  dispatchEvent(new Event("outbox"));
}

/**
 * Send what waits of this person. `eager`: also what was to be tried later, unless the server asked for that. Gives
 * "sign-in" when nobody is signed in any more.
 */
export function flushOf(person, eager = true) {
  return navigator.locks.request("outbox", async () => {
    for (let first = true; ; first = false) {
      const rows = await waitingOf(person);
      const due = rows.filter((row) => !row.errors && ((eager && first && !row.asked) || row.next <= Date.now()));
      if (due.length === 0) return "";
      const outcome = await send(due.slice(0, most));
      if (outcome) return outcome === "sign-in" ? outcome : "";
    }
  });
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
