// Passkeys: the browser asks its person, and what it made or signed goes along in the form of the page. Where a browser knows
// none, nothing of this is shown. What the server asks and gets is JSON with base64url (WebAuthn level 3 §5.1.8).
const able = window.isSecureContext && "PublicKeyCredential" in window;
const RENEW = 8 * 60 * 1000; // milliseconds: what was asked is good for ten minutes

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const ids = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

function answered({ id, rawId, type, response, authenticatorAttachment }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const said = Object.fromEntries(parts.filter((name) => response[name]).map((name) => [name, text(response[name])]));
  return JSON.stringify({ id, rawId: text(rawId), type, authenticatorAttachment, response: said, clientExtensionResults: {} });
}

const make = document.querySelector("form[data-passkey-new]");
if (make && able) {
  make.hidden = false;
  document.querySelector("[data-passkey-none]").hidden = true;
  const said = make.querySelector("[data-passkey-said]");
  make.addEventListener("submit", async (event) => {
    if (make.elements.credential.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    said.hidden = true;
    const asked = JSON.parse(make.dataset.passkeyNew);
    const { challenge, user, excludeCredentials } = asked;
    const own = { challenge: bytes(challenge), user: { ...user, id: bytes(user.id) }, excludeCredentials: ids(excludeCredentials) };
    try {
      make.elements.credential.value = answered(await navigator.credentials.create({ publicKey: { ...asked, ...own } }));
      make.requestSubmit();
    } catch (error) {
      said.textContent = error.name === "InvalidStateError" ? said.dataset.textThere : said.dataset.textFailed;
      said.hidden = false;
    }
  }, { capture: true });
  addEventListener("pageshow", () => {
    make.elements.credential.value = "";
  });
}

const use = document.querySelector("form[data-passkey-use]");
if (use && able) {
  use.hidden = false;
  const said = use.querySelector("[data-passkey-said]");
  let waiting = new AbortController();
  let asking = false; // after a tap

  /** Ask for one; with `mediation` "conditional" it is only offered where the name is typed. */
  const ask = async (more) => {
    waiting.abort();
    waiting = new AbortController();
    const { signal } = waiting;
    const asked = await (await fetch(use.action)).json();
    const own = { challenge: bytes(asked.challenge), allowCredentials: ids(asked.allowCredentials) };
    const found = await navigator.credentials.get({ publicKey: { ...asked, ...own }, signal, ...more });
    use.elements.credential.value = answered(found);
    use.requestSubmit();
  };

  const offer = async () => {
    if (asking || document.querySelector(".error-summary") || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    document.querySelector('input[name="name"]').autocomplete = "username webauthn";
    ask({ mediation: "conditional" }).catch(() => undefined);
  };

  use.addEventListener("submit", (event) => {
    if (use.elements.credential.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    said.hidden = asking = true;
    ask().catch(() => {
      said.hidden = asking = false;
      offer();
    });
  }, { capture: true });
  addEventListener("pageshow", () => {
    use.elements.credential.value = "";
  });
  offer();
  setInterval(offer, RENEW);
}
