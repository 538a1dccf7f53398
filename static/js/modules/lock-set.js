// Putting a lock on this phone, changing it and taking it away. Nothing of it is sent.
import { derived, forget, keep, kept, text, verified } from "./lock.js";

const ROUNDS = 600000; // of PBKDF2 with SHA-256 (OWASP, 2023)
const form = document.querySelector("form[data-lock-set]");
const able = window.isSecureContext && crypto.subtle !== undefined;
const said = form.querySelector("[data-lock-said]");
const state = document.querySelector("[data-lock-state]");
const take = document.querySelector("[data-lock-away]");
const { pin, again, minutes, passkey } = form.elements;

function tell() {
  const lock = kept();
  state.hidden = take.hidden = !lock;
  if (!lock) return;
  minutes.value = String(lock.minutes);
  state.querySelector("[data-lock-minutes]").textContent = form.querySelector("[name=minutes]:checked").closest("label").textContent;
}

function refuse(field, words) {
  said.textContent = words;
  said.hidden = false;
  for (const each of [pin, again]) each.toggleAttribute("aria-invalid", each === field);
  field?.focus();
}

if (able) {
  form.hidden = false;
  document.querySelector("[data-lock-none]").hidden = true;
  passkey.closest("label").hidden = !("PublicKeyCredential" in window);
  tell();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  said.hidden = true;
  if (!/^\d{4,12}$/.test(pin.value)) return refuse(pin, said.dataset.textDigits);
  if (/^(\d)\1*$/.test(pin.value) || "01234567890123".includes(pin.value)) return refuse(pin, said.dataset.textEasy);
  if (pin.value !== again.value) return refuse(again, said.dataset.textAgain);
  let own;
  try {
    own = passkey.checked ? await verified() : undefined;
  } catch {
    return refuse(undefined, said.dataset.textPasskey);
  }
  const salt = text(crypto.getRandomValues(new Uint8Array(16)));
  const check = await derived(pin.value, salt, ROUNDS);
  const fresh = { locked: false, over: false, tries: 0, until: 0, seen: Date.now() };
  keep({ ...fresh, salt, check, rounds: ROUNDS, minutes: Number(minutes.value), passkey: own });
  form.reset();
  tell();
  for (const button of document.querySelectorAll("[data-lock-now]")) button.hidden = false;
  state.focus();
}, { capture: true });

take.addEventListener("click", () => {
  forget();
  location.reload();
});
