// Starts the service worker, which keeps the pages that must open without network.
const WORKER = "/service-worker.js";

// Where the browser knows Trusted Types, our one policy gives one address and nothing else.
function address() {
  return window.trustedTypes?.createPolicy("andante", { createScriptURL: () => WORKER }).createScriptURL("") ?? WORKER;
}

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(address(), { updateViaCache: "none" }).catch(() => undefined);
  const { person, kept } = document.documentElement.dataset;
  if (person !== undefined && kept === undefined) {
    navigator.serviceWorker.ready.then(({ active }) => {
      active.postMessage("keep");
      for (const each of document.querySelectorAll("[data-keep-again]")) {
        active.postMessage({ again: each.dataset.keepAgain }); // what is changed here is read there
      }
    });
  }
}
