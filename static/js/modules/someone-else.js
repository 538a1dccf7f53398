// On a page of nobody: whether something of someone waits on this phone until they sign in again.
import { countAll } from "./outbox.js";

const line = document.querySelector("[data-waiting]");

if (line && document.documentElement.dataset.person === undefined) {
  countAll().then((count) => {
    if (!count) return;
    line.querySelector("[data-said]").textContent = line.dataset.textSomeone;
    line.hidden = false;
  }).catch(() => undefined);
}
