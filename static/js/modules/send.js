// Sends what waits on this page: when it opens, when the network is back, and again when it is time (box.js says how).
import { flushOf, pauseOf, takeBackOf } from "./box.js";
import { person, waiting } from "./outbox.js";

let timer = 0;

/** Send what waits; "sign-in" when this person is not signed in any more. What is left is tried again when it is due. */
export async function flush(eager = true) {
  if (!person) return "";
  const outcome = await flushOf(person, eager);
  if (!outcome) later(await waiting());
  return outcome;
}

/** Take back entries that wait. False where one was on its way meanwhile: then the server has it. */
export const takeBack = (ids) => takeBackOf(person, ids);

function later(rows) {
  clearTimeout(timer);
  const pause = pauseOf(rows);
  if (pause) timer = setTimeout(() => flush(false).catch(() => undefined), pause);
}

if (person) {
  addEventListener("online", () => flush().catch(() => undefined));
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush().catch(() => undefined));
}
