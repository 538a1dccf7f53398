// Keeps what opens without network: the files of this version, the pages for everyone, and the pages of whoever is
// signed in here. KEEP ({version, files, open, always, lasting}) stands above this line, written by the server.
// Every file has its content in its address, and the files of an older version stay as long as its pages do: a page
// never meets the files of another version, and a new worker may take over while a form is open.
const FILES = `files-${KEEP.version}`;
const OPEN = `open-${KEEP.version}`;
const PAGES = `pages-${KEEP.version}-`;
const DONE = "/offline/done"; // in the cache only: when every page was kept
const OFTEN = 10 * 60 * 1000;
const WHO = ["/sign-out", "/sign-in", "/sign-in/passkey", "/recover", "/join", "/example"]; // someone leaves or comes: pages kept for another must go
let keeping = Promise.resolve();
const begun = new Map();
const ASIDE = { headers: { Keeping: "1", "Kept-Version": KEEP.version } }; // to be kept, not to be looked at
const PATIENCE = 2500; // milliseconds before a kept page is shown instead of waiting

addEventListener("install", (event) => {
  skipWaiting();
  const plain = KEEP.open.map((address) => new Request(address, { credentials: "omit", headers: { "Kept-Version": KEEP.version } }));
  event.waitUntil(Promise.all([add(FILES, KEEP.files), add(OPEN, plain)]));
});

addEventListener("activate", (event) => {
  event.waitUntil(clients.claim().then(tidy));
});

addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil((keeping = keeping.then(keepAll).catch(() => undefined)));
  else if (event.data === "nobody") event.waitUntil(drop((name) => name.startsWith("pages-")));
  else if (event.data?.again) event.waitUntil(refetch(event.data.again));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin || url.pathname.startsWith("/s/")) return; // what others read never passes here
  if (KEEP.lasting.some((start) => url.pathname.startsWith(start))) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(request.method === "GET" ? page(event, url) : send(request, url));
  else if (request.method !== "GET") event.waitUntil(doubt());
});

async function add(name, addresses) {
  await (await caches.open(name)).addAll(addresses);
}

async function drop(which) {
  await Promise.all((await caches.keys()).filter(which).map((name) => caches.delete(name)));
}

/** Older versions go once nobody's pages need them any more. */
async function tidy() {
  if ((await caches.keys()).some((name) => name.startsWith("pages-") && !name.startsWith(PAGES))) return;
  await drop((name) => /^(files|open)-/.test(name) && name !== FILES && name !== OPEN);
}

async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** The page itself where the network answers in time, else the kept one, else words that say so; Today at once. */
async function page(event, url) {
  const [mine, before] = [begin(url.pathname + url.search), changes];
  const answer = fetch(withFiles(event.request)).then((response) => {
    if (response.status >= 502 && response.status <= 504) throw new Error("the server is away");
    return response;
  });
  const copy = answer.then((response) => response.clone());
  const keeping = copy.then((response) => keep(url, response.clone(), mine, before));
  event.waitUntil(keeping.catch(() => undefined));
  const now = event.resultingClientId && (await atOnce(url));
  if (now) {
    asked.set(event.resultingClientId, compare(now, copy, keeping));
    return marked(now, "data-at-once");
  }
  const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE));
  try {
    return await Promise.race([answer, late]);
  } catch {
    return (await kept(url)) ?? answer.catch(() => without("/offline"));
  }
}

/** This phone has the files of its version: pages need not bring them along. */
function withFiles(request) {
  const headers = new Headers(request.headers);
  headers.set("Kept-Version", KEEP.version);
  return new Request(request, { headers });
}

/** A form that could not be sent is said so, in a page that holds all of it and can send it again. */
async function send(request, url) {
  await doubt();
  const copy = request.clone();
  const language = await spoken();
  const leave = () => drop((name) => name.startsWith("pages-"));
  if (url.pathname === "/sign-out") await leave(); // also when it cannot be sent
  try {
    const answer = await fetch(request);
    if (WHO.includes(url.pathname) && answer.type === "opaqueredirect") await leave();
    return answer;
  } catch {
    const said = await without("/offline/not-sent", language);
    const fields = [...(await copy.formData())].map(
      ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
    );
    const text = (await said.text()).replace(
      /data-again>/,
      () => `action="${escaped(url.pathname + url.search)}">${fields.join("")}`,
    );
    return new Response(text, { status: 503, headers: said.headers });
  }
}

function escaped(text) {
  return String(text).replace(/[&<>"]/g, (letter) => `&#${letter.codePointAt(0)};`);
}

/** Keep a page that says whose it is; the pages of anyone else, or in another language, go. */
async function keep(url, response, mine, before) {
  const whose = response.headers.get("Kept-As");
  const address = url.pathname + url.search;
  if (!isWhole(response) || !whose || begun.get(address) !== mine) return;
  await drop((name) => name.startsWith("pages-") && !name.endsWith(`-${whose}`));
  await put(await caches.open(PAGES + whose), address, response, before);
}

/** A page of the version of the files that are kept here. */
const isWhole = (response) =>
  response.ok && !response.redirected && response.headers.get("Kept-Version") === KEEP.version;

/** Fetch the kept page of an address again: what it shows was changed. Later with all others, when that does not work. */
async function refetch(address) {
  const name = (await caches.keys()).find((each) => each.startsWith(PAGES));
  if (!name) return;
  const cache = await caches.open(name);
  const done = await cache.match(DONE);
  await cache.delete(DONE);
  const [mine, before] = [begin(address), changes];
  const response = await fetch(address, ASIDE);
  if (!isWhole(response) || name !== PAGES + response.headers.get("Kept-As")) return;
  if (begun.get(address) === mine) await put(cache, address, response, before);
  if (done) await cache.put(DONE, done);
}

/** Of two answers for an address the one that was asked for last is kept: the other may be from before a change. */
function begin(address) {
  const mine = Symbol(address);
  begun.set(address, mine);
  return mine;
}

/** Now and then, fetch every page that must open without network; then what is not needed any more goes. */
async function keepAll() {
  const here = (await caches.keys()).find((name) => name.startsWith(PAGES));
  const done = here && (await caches.match(DONE, { cacheName: here }))?.headers.get("Date");
  const age = Date.now() - Date.parse(done ?? "");
  if (age >= 0 && age < OFTEN) return;
  const list = await fetch("/offline/pages", ASIDE);
  const { whose, keep: addresses } = list.ok ? await list.json() : {};
  if (!whose) return;
  const cache = await caches.open(PAGES + whose);
  let whole = true;
  for (const address of addresses) {
    try {
      const [mine, before] = [begin(address), changes];
      const response = await fetch(address, ASIDE);
      const there = isWhole(response) && response.headers.get("Kept-As") === whose;
      if (there && begun.get(address) !== mine) continue;
      if (there) await put(cache, address, response, before);
      else if (response.redirected && new URL(response.url).pathname === "/consent") await cache.delete(address);
      else whole = false;
    } catch {
      return;
    }
  }
  if (!whole) return;
  await cache.put(DONE, new Response("", { headers: { Date: new Date().toUTCString() } }));
  await drop((name) => name.startsWith("pages-") && name !== PAGES + whose);
  await tidy();
  for (const request of await cache.keys()) {
    const url = new URL(request.url);
    if (url.searchParams.has("ahead") && !addresses.includes(url.pathname + url.search)) await cache.delete(request);
  }
}

async function kept(url) {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
  names.sort((one) => (one.startsWith(PAGES) ? -1 : 1));
  for (const name of names) {
    const found = await look(await caches.open(name), url);
    if (found) return marked(found);
  }
  return KEEP.always.includes(url.pathname) ? without(url.pathname) : undefined;
}

async function look(cache, url) {
  if (url.pathname === "/today") return today(cache);
  const exact = await cache.match(url.pathname + url.search, { ignoreVary: true });
  return exact ?? cache.match(url.pathname, { ignoreSearch: true, ignoreVary: true });
}

/** Today as it was last seen on this day, else as it was laid out ahead: never the page of another day. */
async function today(cache) {
  const seen = await cache.match("/today", { ignoreVary: true });
  const newest = seen ?? (await cache.match("/diary", { ignoreVary: true }));
  if (!newest) return undefined;
  const day = dayOf(new Date(), newest.headers.get("Kept-Turn"), newest.headers.get("Kept-Zone"));
  if (seen?.headers.get("Kept-Day") === day) return seen;
  return cache.match(`/today?ahead=${day}`, { ignoreVary: true });
}

/** The person's day in the zone they live in: it turns some hours after midnight. */
function dayOf(now, turn, zone) {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short", timeStyle: "short", hourCycle: "h23" });
  const [day, time] = format.format(now).split(", ");
  return time < turn ? new Date(Date.parse(`${day}T12:00Z`) - 86400000).toISOString().slice(0, 10) : day;
}

/** A page for everyone, in the language of the pages kept here or else of the browser. */
async function without(path, language) {
  language ??= await spoken();
  const found = await caches.match(`${path}?language=${language}`, { ignoreVary: true });
  return found ? marked(found) : Response.error();
}

async function spoken() {
  const whose = (await caches.keys()).find((name) => name.startsWith("pages-"));
  return whose?.slice(-2) ?? (navigator.language.startsWith("fr") ? "fr" : "nl");
}

/** When the server made a page, in milliseconds; some servers say it twice. */
function madeAt(response) {
  const [date] = (response.headers.get("Date") ?? "").match(/^.*? GMT/) ?? [""];
  return Date.parse(date) || 0;
}

/** The same page with a mark on it, so that it says from when it is: when the server made it, in milliseconds. */
async function marked(response, more = "") {
  const text = (await response.text()).replace("<html ", `<html data-kept="${madeAt(response)}" ${more} `);
  const headers = new Headers(response.headers);
  headers.delete("Content-Length");
  headers.delete("Content-Encoding"); // the text above is not compressed any more
  return new Response(text, { status: response.status, headers });
}
