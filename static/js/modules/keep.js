// Starts the service worker, which keeps the pages that must open without network. A page of nobody, from the server, says
// that who was here is signed out, perhaps from another device: what was kept for them goes. A page that was kept, and one that
// is open when the network comes back, say that a "later" that waits here may be heard now.
const WORKER = "/service-worker.js";

// Where the browser knows Trusted Types, our one policy gives one address and nothing else.
function address() {
  return window.trustedTypes?.createPolicy("andante", { createScriptURL: () => WORKER }).createScriptURL("") ?? WORKER;
}

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(address(), { updateViaCache: "none" }).catch(() => undefined);
  const { person, kept } = document.documentElement.dataset;
  const tell = (word) => navigator.serviceWorker.ready.then(({ active }) => active.postMessage(word));
  if (kept !== undefined) tell("later");
  else {
    tell(person === undefined ? "nobody" : "keep");
    for (const each of document.querySelectorAll("[data-keep-again]")) {
      tell({ again: each.dataset.keepAgain }); // what is changed here is read there
    }
  }
  addEventListener("online", () => tell("later"));
}
