// Messages: shown at once, whatever is in them, and then said to have been shown. "Done" and "later" are kept on this phone
// first, so that they count without network too. No sentence here: messages arrive worded. BOX is the box of entries
// (js/modules/box.js), which stands above this line together with KEEP.
const LATER = "later";
const GLANCE = 800; // milliseconds for a look at what waits here; a message is never held up for longer

addEventListener("push", (event) => {
  event.waitUntil(arrived(event.data));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { navigate, andante } = event.notification.data ?? {};
  event.waitUntil(answered(event.action, navigate ?? "/today", andante ?? {}));
});

addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(again(event.oldSubscription, event.newSubscription));
});

addEventListener("message", (event) => {
  if (event.data === "keep" || event.data === "later") event.waitUntil(sendLater());
});

async function arrived(data) {
  const { notification = {}, andante = {} } = read(data);
  const held = await isHeld(andante);
  const { title, body } = held ? andante.neutral : notification;
  const { lang, tag, navigate } = notification;
  const actions = held ? [] : (andante.actions ?? []).slice(0, Notification.maxActions ?? 2);
  await registration.showNotification(title || KEEP.name, { body, lang, tag, actions, icon: KEEP.icon, data: { navigate, andante } });
  if (andante.token) await post("/push/received", { token: andante.token }).catch(() => undefined);
  await sendLater();
  if (andante.whose) await flush(andante.whose);
}

function read(data) {
  try {
    return data.json() ?? {};
  } catch {
    return {};
  }
}

/** Whether everything this asks for was written on this phone already and only waits to be sent. */
async function isHeld({ entries, whose, neutral }) {
  if (!entries?.length || !neutral?.body) return false;
  const look = async () => {
    if (!(await BOX.keptKey(whose))) return false;
    const slots = new Set((await BOX.waitingOf(whose)).map((row) => BOX.slotOf(row.entry)));
    return entries.every((entry) => slots.has(BOX.slotOf(entry)));
  };
  const late = new Promise((done) => setTimeout(done, GLANCE, false));
  return Promise.race([look().catch(() => false), late]);
}

async function answered(action, navigate, andante) {
  const [, minutes] = /^later-(\d+)$/.exec(action) ?? [];
  if (action === "done" && (await noted(andante))) return;
  if (minutes) await putOff({ token: andante.token, minutes: Number(minutes) });
  else if (action === "tonight") await putOff({ token: andante.token, tonight: true });
  else await open(navigate);
}

/** Keep what "done" says, and send it; false where it cannot be kept here: then the page opens, which says more. */
async function noted({ entries, whose }) {
  if (!entries?.length) return false;
  const now = new Date().toISOString();
  try {
    for (const { kind, day, data } of entries) {
      const taken = { ...data, taken_at: `${now.slice(0, 19)}Z` };
      await BOX.keepFor(whose, { id: crypto.randomUUID(), kind, day, recorded_at: now, data: taken });
    }
  } catch {
    return false;
  }
  await flush(whose);
  for (const page of await clients.matchAll({ type: "window" })) page.postMessage("noted");
  return true;
}

/** Send what waits here; Today is another then. */
async function flush(whose) {
  await doubt();
  await BOX.flushOf(whose).catch(() => undefined);
}

/** "Later" waits here until the server has heard it. */
async function putOff(asked) {
  const kept = await caches.open(LATER);
  await kept.put(`/push/later?${asked.token}`, new Response(JSON.stringify(asked)));
  await sendLater();
}

async function sendLater() {
  if (!(await caches.has(LATER))) return;
  const kept = await caches.open(LATER);
  for (const request of await kept.keys()) {
    const asked = await (await kept.match(request)).json();
    const answer = await post("/push/later", asked).catch(() => undefined);
    if (answer && answer.status < 500 && answer.status !== 429) await kept.delete(request);
  }
}

async function open(navigate) {
  const wanted = new URL(navigate, location.origin);
  const to = wanted.origin === location.origin ? wanted : new URL("/today", location.origin);
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const here = pages.find((page) => new URL(page.url).pathname === to.pathname);
  await (here ? here.focus() : clients.openWindow(to.href));
}

/** The browser changed where messages reach it: say so. */
async function again(old, made) {
  const { key } = await (await fetch("/push/key")).json();
  const chosen = { userVisibleOnly: true, applicationServerKey: key };
  const now = made ?? (await registration.pushManager.subscribe(chosen));
  const told = await post("/push/subscriptions", { ...now.toJSON(), replaces: old?.endpoint, again: true });
  if (told.ok && !(await told.json()).device) await now.unsubscribe(); // taken away meanwhile
}

function post(address, body) {
  const headers = { "Content-Type": "application/json" };
  return fetch(address, { method: "POST", headers, body: JSON.stringify(body), redirect: "error" });
}
