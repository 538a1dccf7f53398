// Today was shown as this phone keeps it, while the worker asks the server (static/service-worker.js). What is newer takes its
// place where nobody is using the page; where the server does not answer, the page says from when it is.
const QUIET = 1000; // milliseconds without a touch
const root = document.documentElement;
let touched = -QUIET;
let going = false; // something was tapped or typed, and may be on its way

const elsewhere = (event) => event.target.closest?.(".lock") === null;

function renew() {
  const free = root.dataset.locked === undefined && performance.now() - touched >= QUIET;
  if (going) return;
  if (free) location.reload();
  else setTimeout(renew, QUIET / 4);
}

const said = {
  same() {
    delete root.dataset.late;
    root.dataset.atOnce = "same";
    navigator.serviceWorker.controller?.postMessage("keep");
  },
  newer: renew,
  away() {
    root.dataset.late = "";
    delete root.dataset.atOnce;
  },
};

if (document.querySelector("[data-at-once-too]") && root.dataset.atOnce !== undefined) {
  for (const name of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(name, () => { touched = performance.now(); }, { passive: true, capture: true });
  }
  for (const name of ["submit", "input"]) {
    addEventListener(name, (event) => { going ||= elsewhere(event); }, true);
  }
  addEventListener("click", (event) => { going ||= elsewhere(event) && event.target.closest("a, button") !== null; }, true);
  navigator.serviceWorker.addEventListener("message", ({ data }) => said[data?.asItIs]?.());
  navigator.serviceWorker.controller?.postMessage("as it is");
}
