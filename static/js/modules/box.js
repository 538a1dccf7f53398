// Entries that wait on this phone, sealed with the key of the person who wrote them, and how they are sent to /sync. Only a
// clear answer takes an entry away: anything else (no network, 401, 429, 500, half an answer) leaves it to be tried again.
// Shared by the pages (outbox.js, send.js) and the service worker (companion/web/worker.py): nothing here knows a document.
import { change, clear, on } from "./phone.js";

const MOST = 50;
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 5 * 60 * 1000;
const LONGEST_ASKED = 60 * 60 * 1000;
const SHOWN_AS_SENT = 8 * 86400000;
const KEPT_BY_SERVER = ["stored", "already_stored", "superseded"];
let most = MOST;

/** What an entry is about: of those about the same thing only the newest is shown. Each extra amount stands alone. */
export function slotOf({ kind, day, data }) {
  if (kind === "symptoms") return [kind, day, data.instrument].join(" ");
  if (kind !== "dose") return [kind, day].join(" ");
  return data.extra ? ["extra", day].join(" ") : [kind, day, data.plan, data.moment].join(" ");
}

/** The key of this person where it is on this phone. */
export async function keptKey(person) {
  return (await on("keys", "readonly", (keys) => keys.get(person)))?.key;
}

/** The key of this person, from the server once; it cannot be read out again, and goes at sign-out. */
export async function keyOf(person) {
  const found = await keptKey(person);
  if (found) return found;
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
export const waitingOf = (person) => rowsOf(person, "entries", () => true);

/** Rows of a store that can be opened, oldest first, each with its `entry`. */
export async function rowsOf(person, store, which) {
  const all = await on(store, "readonly", (rows) => rows.getAll());
  const rows = all.filter((row) => row.person === person && which(row));
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

/** One page or worker of this phone at a time. */
const alone = (what) => navigator.locks.request("outbox", what);

/**
 * Send what waits of this person. `eager`: also what was to be tried later, unless the server asked for that. Gives
 * "sign-in" when this person is not signed in any more.
 */
export function flushOf(person, eager = true) {
  return alone(async () => {
    for (;;) {
      const rows = await waitingOf(person);
      const due = rows.filter((row) => !row.errors && ((eager && !row.asked) || isDue(row)));
      if (due.length === 0) return "";
      due.sort((one, other) => one.tries - other.tries); // what the server stumbles over holds nothing else up
      const outcome = await send(person, due.slice(0, most));
      if (outcome) return outcome === "sign-in" ? outcome : "";
    }
  });
}

/** Take back entries that wait. False where one was on its way meanwhile: then the server has it. */
export function takeBackOf(person, ids) {
  return alone(async () => {
    const here = new Set((await waitingOf(person)).map((row) => row.id));
    for (const id of ids) await remove(id);
    return ids.every((id) => here.has(id));
  });
}

/** Milliseconds until the first of these is to be tried again; undefined where nothing waits for that. */
export function pauseOf(rows) {
  const pauses = rows.filter((row) => !row.errors).map((row) => (isDue(row) ? 0 : row.next - Date.now()));
  return pauses.length ? Math.min(LONGEST_PAUSE, Math.max(1000, Math.min(...pauses))) : undefined;
}

/** A clock that was put back makes nothing wait longer than it was to. */
const isDue = (row) => row.next <= Date.now() || Date.now() < (row.tried ?? 0);

/** Send some; "" when all of them were judged, else why not. */
async function send(person, rows) {
  let answer;
  try {
    answer = await fetch("/sync", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Written-By": person },
      body: JSON.stringify({ entries: rows.map((row) => row.entry) }),
      redirect: "error",
      signal: AbortSignal.timeout(20000),
    });
    if (answer.status === 401) return "sign-in";
    if (answer.status >= 413) most = Math.ceil(rows.length / 2);
    if (answer.status === 413 && rows.length > 1) return "";
    if (answer.status !== 200) throw new Error(answer.status);
    const results = new Map((await answer.json()).results.map((result) => [result.id, result]));
    const instant = Date.parse(answer.headers.get("Date") ?? "") || Date.now();
    most = Math.min(MOST, most * 2);
    let whole = true;
    for (const row of rows) {
      const { status, errors } = results.get(row.id) ?? {};
      if (KEPT_BY_SERVER.includes(status)) await wasSent(row, instant);
      else if (status === "refused") await change("entries", row.id, { errors: errors ?? [] });
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

/** The server has it since `instant`: it waits no longer, and is remembered for pages that were kept before that. */
async function wasSent({ entry, ...row }, instant) {
  const since = Date.now() - SHOWN_AS_SENT;
  await clear("sent", (each) => each.at < since).catch(() => undefined);
  await on("sent", "readwrite", (rows) => rows.put({ ...row, sent: instant })).catch(() => undefined);
  await on("entries", "readwrite", (entries) => entries.delete(row.id));
}

/** Twice as long each time, a little different on each phone, and as long as the server asks, within reason. */
async function wait(row, answer) {
  const tried = Date.now();
  const asked = Math.min(LONGEST_ASKED, Number(answer?.headers.get("Retry-After") ?? 0) * 1000 || 0);
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** row.tries) * (0.75 + Math.random() / 2);
  const next = tried + Math.max(pause, asked);
  await change("entries", row.id, { tries: row.tries + 1, tried, next, asked: asked > 0 });
}
