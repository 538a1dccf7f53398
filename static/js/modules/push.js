// Messages to this device. The browser's own question comes only after a tap; at each start, what was said yes to is told
// to the server again, because addresses change. What is said stands in the page.
import { isExample, person } from "./outbox.js";

const KEPT = "push"; // in localStorage: {person, endpoint, device, at} of whoever said yes here
const OFTEN = 12 * 60 * 60 * 1000;
const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const button = document.querySelector("[data-push-subscribe]");
const status = document.querySelector("[data-push-status]");
const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
const mine = kept !== null && kept.person === person;

async function post(address, body) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), redirect: "error" });
  if (!answer.ok) throw new Error(answer.status);
  return answer;
}

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const same = (one, other) => one?.byteLength === other.length && new Uint8Array(one).every((byte, place) => byte === other[place]);

/** Subscribed with the key of the server, and the server knows it. A subscription that is dead or of another key is renewed. */
async function subscribe(again) {
  const { pushManager } = await navigator.serviceWorker.ready;
  const key = bytesOf((await (await fetch("/push/key")).json()).key);
  const before = await pushManager.getSubscription();
  const fits = before && same(before.options.applicationServerKey, key);
  if (before && !fits) await before.unsubscribe();
  let made = fits ? before : await fresh(pushManager, key);
  let told = await tell(made, before, again);
  if (told.gone) {
    await made.unsubscribe();
    const renewed = await fresh(pushManager, key);
    told = await tell(renewed, made, again);
    made = renewed;
  }
  if (!told.device) return forget(); // taken away on another device, and it stays away
  localStorage.setItem(KEPT, JSON.stringify({ person, endpoint: made.endpoint, device: told.device, at: Date.now() }));
  return made.endpoint;
}

const fresh = (pushManager, key) => pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
const tell = async (made, before, again) =>
  (await post("/push/subscriptions", { ...made.toJSON(), replaces: before?.endpoint, again })).json();

/** At each start: still there, and known? On the page that shows it, asked each time. Asks the person nothing. */
async function lookAgain() {
  if (Notification.permission !== "granted") return;
  const here = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
  const age = Date.now() - kept.at;
  if (!status && here?.endpoint === kept.endpoint && age >= 0 && age < OFTEN) return;
  const endpoint = await subscribe(true);
  if (status && endpoint !== kept.endpoint) location.reload();
}

function say(place, text) {
  if (!place) return;
  place.textContent = text;
  place.hidden = false;
}

/** The help of this browser, where it was told no. */
function help() {
  const place = document.querySelector("[data-push-help]");
  if (!place) return;
  const agent = navigator.userAgent;
  const [name] = [
    ["samsung", /SamsungBrowser/],
    ["firefox", /Firefox|FxiOS/],
    ["ios", /iPhone|iPad/],
    ["chrome", /Chrome|Edg/],
    ["safari", /Safari/],
  ].find(([, sign]) => sign.test(agent)) ?? [];
  const own = place.querySelector(`[data-browser="${name}"]`);
  for (const each of own ? place.querySelectorAll("[data-browser]") : []) each.hidden = each !== own;
  place.open = true;
}

function show() {
  const { textOn, textDenied, textUnsupported, textInstall } = status.dataset;
  const apple = /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
  const installed = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
  button.hidden = true;
  if (!able) return say(status, apple && !installed ? textInstall : textUnsupported);
  if (Notification.permission === "denied") {
    help();
    return say(status, textDenied);
  }
  if (mine && Notification.permission === "granted") return say(status, textOn);
  button.hidden = false;
}

if (button && status && person) {
  show();
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) === "granted") {
        await subscribe();
        location.reload(); // the list of devices has one more
      } else if (Notification.permission === "denied") show();
    } catch {
      say(status, status.dataset.textFailed);
    } finally {
      button.disabled = false;
    }
  });
}

/** Here no more: the browser forgets it too, and what is shown goes. */
async function forget() {
  localStorage.removeItem(KEPT);
  const here = await navigator.serviceWorker.ready;
  for (const shown of await here.getNotifications()) shown.close();
  await (await here.pushManager.getSubscription())?.unsubscribe();
}

for (const form of document.querySelectorAll('form[action="/push/subscriptions/forget"]')) {
  form.addEventListener("submit", ({ submitter }) => mine && submitter?.value === kept.device && forget().catch(() => undefined));
}

if (able && person && !isExample(person)) {
  if (mine) lookAgain().catch(() => undefined);
  for (const form of document.querySelectorAll('form[action="/sign-out"]')) {
    form.addEventListener("submit", () => forget().catch(() => undefined));
  }
}

// Something was noted from a message: a page on which nothing was typed shows it.
let typed = false;
addEventListener("input", () => {
  typed = true;
});
navigator.serviceWorker?.addEventListener("message", (event) => {
  if (event.data === "noted" && !typed) location.reload();
});
