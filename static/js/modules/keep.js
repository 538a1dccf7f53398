// Starts the service worker, which keeps the pages that must open without network. A page of nobody, from the server, says
// that who was here is signed out, perhaps from another device: what was kept for them goes.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" }).catch(() => undefined);
  const { person, kept } = document.documentElement.dataset;
  if (kept === undefined) {
    navigator.serviceWorker.ready.then(({ active }) => active.postMessage(person === undefined ? "nobody" : "keep"));
  }
}
