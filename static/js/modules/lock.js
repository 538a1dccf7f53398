// The lock of this phone: after some minutes away, or at a tap, the page is hidden until its PIN is typed. It works without
// network, and the PIN never leaves the phone. It is a curtain for whoever picks the phone up (docs/adr/0012-getting-in.md).
import { forgetKey, isExample } from "./outbox.js";

const root = document.documentElement;
const { person } = root.dataset;
const NAME = "lock";
const MINUTE = 60000;
const FREE = 3;
const MOST = 10; // wrong PINs, after which only signing in again helps
const LONGEST = 5 * MINUTE;
const screen = document.querySelector("template[data-lock]");
let title = document.title;

/** What is kept of the lock; undefined where this person has none here. */
export function kept() {
  const found = JSON.parse(localStorage.getItem(NAME));
  return found?.person === person && person !== undefined ? found : undefined;
}

export const keep = (more) => localStorage.setItem(NAME, JSON.stringify({ ...kept(), person, ...more }));
export const forget = () => localStorage.removeItem(NAME);
export const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
export const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

/** 256 bits of a PIN: PBKDF2 with SHA-256. */
export async function derived(pin, salt, rounds) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  return text(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: rounds }, key, 256));
}

/** The phone itself asks who it is; `id` is the passkey that must answer, undefined for any. Gives its id. */
export async function verified(id) {
  const allowCredentials = id ? [{ type: "public-key", id: bytes(id) }] : [];
  const challenge = crypto.getRandomValues(new Uint8Array(32)); // nobody else looks at the answer: the phone does
  const publicKey = { challenge, allowCredentials, userVerification: "required" };
  return text((await navigator.credentials.get({ publicKey })).rawId);
}

function due() {
  const lock = kept();
  const away = Date.now() - lock?.seen;
  return lock !== undefined && (lock.locked || !(away >= 0 && away < lock.minutes * MINUTE));
}

function hide() {
  keep({ locked: true });
  if (root.dataset.helpNow !== undefined) {
    root.dataset.lockedElsewhere = "";
    return;
  }
  root.dataset.locked = "";
  if (document.querySelector(".lock")) return;
  title = document.title;
  document.title = screen.dataset.textTitle;
  getSelection()?.removeAllRanges();
  document.querySelector("main").prepend(screen.content.cloneNode(true));
  ask(document.querySelector(".lock"));
}

function show() {
  keep({ locked: false, gone: false, tries: 0, until: 0, seen: Date.now() });
  document.querySelector(".lock")?.remove();
  document.title = title;
  delete root.dataset.locked;
  delete root.dataset.lockedElsewhere;
  document.querySelector("main").focus();
}

/** Signed out: what was kept for this person goes, the lock too, and what is not sent stays unreadable until they sign in
 * again. */
async function leave() {
  keep({ gone: true });
  await forgetKey().catch(() => undefined);
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/sign-out" });
  document.body.append(form);
  form.submit();
}

function ask(lock) {
  const [pin, said] = [lock.querySelector("input"), lock.querySelector("[data-lock-said]")];
  const [open, own, out] = ["open", "own", "out"].map((name) => lock.querySelector(`[data-lock-${name}]`));
  const { passkey, over } = kept();
  own.hidden = !passkey || over;
  for (const part of lock.querySelectorAll("[data-lock-pin]")) part.hidden = over;
  const say = (words) => {
    said.textContent = words;
  };
  if (over) say(said.dataset.textOver);

  let busy = false;
  async function tried() {
    if (busy) return;
    busy = true;
    await compare().finally(() => {
      busy = false;
    });
  }

  async function compare() {
    const { salt, rounds, check, tries = 0, until = 0 } = kept();
    const wait = Math.min(until - Date.now(), LONGEST);
    if (wait > 0) return say(said.dataset.textWait.replace("{n}", Math.ceil(wait / 1000)));
    if (!pin.value) return pin.focus();
    const pause = tries + 1 < FREE ? 0 : Math.min(5000 * 2 ** (tries + 1 - FREE), LONGEST);
    keep({ tries: tries + 1, until: Date.now() + pause }); // counted before it is known: closing the page is no way around
    const right = (await derived(pin.value, salt, rounds)) === check;
    pin.value = "";
    if (right) return show();
    if (tries + 1 < MOST) return say(said.dataset.textWrong);
    keep({ over: true });
    return leave();
  }

  open.addEventListener("click", tried);
  pin.addEventListener("keydown", (event) => event.key === "Enter" && tried());
  own.addEventListener("click", () => verified(passkey).then(show, () => say(said.dataset.textOwn)));
  out.addEventListener("click", leave);
  if (!over) pin.focus();
}

const look = () => {
  if (due()) hide();
  else if (root.dataset.locked !== undefined || root.dataset.lockedElsewhere !== undefined) show();
};

if (person === undefined) {
  // a page of nobody, from the server: whoever comes in now said who they are
  const last = JSON.parse(localStorage.getItem(NAME));
  if (last && root.dataset.kept === undefined) {
    if (last.over || last.gone || isExample(last.person)) forget();
    else localStorage.setItem(NAME, JSON.stringify({ ...last, locked: false, tries: 0, until: 0, seen: Date.now() }));
  }
} else if (screen) {
  for (const button of document.querySelectorAll("[data-lock-now]")) {
    button.hidden = kept() === undefined;
    button.addEventListener("click", hide);
  }
  if (due()) hide();
  else if (kept()) keep({ seen: Date.now() });

  const seen = () => kept() && !kept().locked && !due() && keep({ seen: Date.now() });
  let last = 0;
  const busy = () => {
    if (Date.now() - last < 5000) return;
    last = Date.now();
    seen();
  };
  for (const name of ["pointerdown", "keydown", "scroll"]) addEventListener(name, busy, { passive: true, capture: true });
  addEventListener("pagehide", seen);
  document.addEventListener("visibilitychange", () => {
    const away = document.visibilityState === "hidden";
    root.toggleAttribute("data-covered", away && kept() !== undefined); // the picture that the phone takes for its list of apps
    if (away) seen();
    else if (kept()) look();
  });
  addEventListener("pageshow", (event) => event.persisted && kept() && look());
  addEventListener("storage", (event) => event.key === NAME && kept() && look());
  setInterval(() => kept() && root.dataset.locked === undefined && due() && hide(), 5000);
}
