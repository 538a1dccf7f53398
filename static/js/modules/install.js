// Offers the home screen once something is kept, until it is installed or declined; and asks the browser to keep what
// is stored here. The browser's own question comes only after a tap.
const DECLINED = "install-declined";
const installed = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
const offer = document.querySelector("[data-install-offer]");
const place = document.querySelector("[data-install]");

if (offer && !installed && localStorage.getItem(DECLINED) === null) {
  offer.hidden = false;
  offer.querySelector("[data-install-never]").addEventListener("click", () => {
    localStorage.setItem(DECLINED, "1");
    offer.remove();
  });
}

if (offer) navigator.storage?.persist?.().catch(() => undefined);

addEventListener("beforeinstallprompt", (event) => {
  if (!place) return;
  event.preventDefault();
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => event.prompt(), { once: true });
});
