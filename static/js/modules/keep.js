// Starts the service worker, which keeps the pages that must open without network.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" }).catch(() => undefined);
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
