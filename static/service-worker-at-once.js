// Today at once: it is shown as it is kept while the server is asked, as long as this phone knows of nothing that could have
// changed it; then the page hears what the server says (js/modules/at-once.js). docs/adr/0007-kept-on-the-phone.md says why.
// The worker itself (service-worker.js) stands above this line.
const AS_IT_IS = "/offline/as-it-is"; // in the cache only: Today is kept as it is now, as far as this phone knows
let changes = 0; // what was sent from this phone
let doubting; // until that is known of what is kept
const asked = new Map(); // of each page that was shown at once: what the server says of it

addEventListener("message", (event) => {
  if (event.data === "as it is") event.waitUntil(tell(event.source));
});

/** Today as it is kept, unless this phone sent something since, or the clock has turned it. */
async function atOnce({ pathname, search }) {
  if (pathname !== "/today" || search || !navigator.onLine) return undefined;
  await doubting;
  const name = (await caches.keys()).find((each) => each.startsWith(PAGES));
  const cache = name && (await caches.open(name));
  if (!(await cache?.match(AS_IT_IS))) return undefined;
  const found = await cache.match("/today", { ignoreVary: true });
  if (!found) return undefined;
  const until = Date.parse(found.headers.get("Kept-Until"));
  return madeAt(found) - 60000 < Date.now() && Date.now() < until ? found : undefined;
}

/** "same" or "newer" than the page that was shown at once; "away" where the server does not say. */
async function compare(shown, copy, keeping) {
  const before = essence(await shown.clone().text());
  try {
    const response = await copy;
    await keeping;
    if (isWhole(response) && essence(await response.text()) === before) return "same";
    await doubt(); // the page that opens next comes from the server
    return response.status < 500 ? "newer" : "away";
  } catch {
    return "away";
  }
}

/** What a page says, without the names of forms, which are new each time, and its own age. */
function essence(text) {
  const main = text.slice(text.indexOf("<main"), text.lastIndexOf("</main>"));
  return main.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "").replace(/<p class="notice kept-from">.*?<\/p>/s, "");
}

/** Tell a page that was shown at once what the server says; first that it does not answer, where that lasts. */
async function tell(page) {
  const said = asked.get(page.id) ?? doubt().then(() => "newer"); // this worker began anew meanwhile, and does not know
  asked.delete(page.id);
  const late = setTimeout(() => page.postMessage({ asItIs: "away" }), PATIENCE);
  const word = await said;
  clearTimeout(late);
  page.postMessage({ asItIs: word });
}

/** Something is sent: what is kept of Today may not be so any more. */
function doubt() {
  changes += 1;
  const forget = async (name) => name.startsWith("pages-") && (await caches.open(name)).delete(AS_IT_IS);
  doubting = caches.keys().then((names) => Promise.all(names.map(forget))).catch(() => undefined); // nothing is held up by this
  return doubting;
}

/** Put a page that says whose it is in their cache; Today as it is, unless something was sent since it was asked for. */
async function put(cache, address, response, before) {
  const sure = response.headers.has("Kept-Until") && before === changes;
  await cache.put(address, response);
  if (address === "/today") await (sure ? cache.put(AS_IT_IS, new Response("")) : cache.delete(AS_IT_IS));
}
