// Starts the service worker, which keeps the pages that must open without network. A page of nobody, from the server, says
// that who was here is signed out, perhaps from another device: what was kept for them goes.
const WORKER = "/service-worker.js";

// Where the browser knows Trusted Types, our one policy gives one address and nothing else.
function address() {
  return window.trustedTypes?.createPolicy("andante", { createScriptURL: () => WORKER }).createScriptURL("") ?? WORKER;
}

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(address(), { updateViaCache: "none" }).catch(() => undefined);
  const { person, kept } = document.documentElement.dataset;
  if (kept === undefined) {
    navigator.serviceWorker.ready.then(({ active }) => {
      active.postMessage(person === undefined ? "nobody" : "keep");
      for (const each of document.querySelectorAll("[data-keep-again]")) {
        active.postMessage({ again: each.dataset.keepAgain }); // what is changed here is read there
      }
    });
  }
}
