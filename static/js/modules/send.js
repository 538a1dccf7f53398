// Sends what waits to /sync. Only a clear answer takes an entry away: anything else (no network, 401, 429, 500, half an
// answer) leaves it to be tried again.
import { person, remove, tell, waiting, wasSent } from "./outbox.js";
import { change } from "./phone.js";

const MOST = 50;
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 5 * 60 * 1000;
const LONGEST_ASKED = 60 * 60 * 1000;
const KEPT_BY_SERVER = ["stored", "already_stored", "superseded"];

let most = MOST;
let timer = 0;

/**
 * Send what waits. `eager`: also what was to be tried later, unless the server asked for that. Gives "sign-in" when this
 * person is not signed in any more.
 */
export function flush(eager = true) {
  if (!person) return Promise.resolve("");
  return alone(async () => {
    for (;;) {
      const rows = await waiting();
      const due = rows.filter((row) => !row.errors && ((eager && !row.asked) || isDue(row)));
      if (due.length === 0) return later(rows);
      due.sort((one, other) => one.tries - other.tries); // what the server stumbles over holds nothing else up
      const outcome = await send(due.slice(0, most));
      if (outcome) return outcome === "sign-in" ? outcome : later(await waiting());
    }
  });
}

/** Take back entries that wait. False where one was on its way meanwhile: then the server has it. */
export function takeBack(ids) {
  return alone(async () => {
    const here = new Set((await waiting()).map((row) => row.id));
    for (const id of ids) await remove(id);
    return ids.every((id) => here.has(id));
  });
}

/** One page of this phone at a time. */
const alone = (what) => navigator.locks.request("outbox", what);

/** A clock that was put back makes nothing wait longer than it was to. */
const isDue = (row) => row.next <= Date.now() || Date.now() < (row.tried ?? 0);

/** Try again when the first of those that wait is due. */
function later(rows) {
  clearTimeout(timer);
  const pauses = rows.filter((row) => !row.errors).map((row) => (isDue(row) ? 0 : row.next - Date.now()));
  const pause = Math.min(LONGEST_PAUSE, Math.max(1000, Math.min(...pauses)));
  if (pauses.length) timer = setTimeout(() => flush(false).catch(() => undefined), pause);
  return "";
}

/** Send some; "" when all of them were judged, else why not. */
async function send(rows) {
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

/** Twice as long each time, a little different on each phone, and as long as the server asks, within reason. */
async function wait(row, answer) {
  const tried = Date.now();
  const asked = Math.min(LONGEST_ASKED, Number(answer?.headers.get("Retry-After") ?? 0) * 1000 || 0);
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** row.tries) * (0.75 + Math.random() / 2);
  const next = tried + Math.max(pause, asked);
  await change("entries", row.id, { tries: row.tries + 1, tried, next, asked: asked > 0 });
}

if (person) {
  addEventListener("online", () => flush().catch(() => undefined));
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush().catch(() => undefined));
}
