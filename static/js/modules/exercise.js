// Exercises beside a text: breathing with a circle, a list one line at a time, a note to throw away, and one sum.
// Nothing is kept, nothing is sent, nothing sounds.
const TIMES = 10;

for (const card of document.querySelectorAll("[data-pacer]")) {
  const word = card.querySelector("[data-pacer-word]");
  const button = card.querySelector("[data-pacer-button]");
  const begin = button.textContent;
  let timer = 0;

  function stop(said = "") {
    clearTimeout(timer);
    timer = 0;
    delete card.dataset.phase;
    button.textContent = begin;
    word.textContent = said;
  }

  function breathe(phase, left) {
    const [inward, outward] = card.querySelector("[data-pacer-pace]").value.split(" ").map(Number);
    const seconds = phase === "in" ? inward : outward;
    card.style.setProperty("--breath", `${seconds}s`);
    card.dataset.phase = phase;
    word.textContent = phase === "in" ? word.dataset.textIn : word.dataset.textOut;
    const rest = phase === "out" ? left - 1 : left;
    timer = setTimeout(() => (rest ? breathe(phase === "in" ? "out" : "in", rest) : stop(word.dataset.textDone)), seconds * 1000);
  }

  button.addEventListener("click", () => {
    if (timer) {
      stop();
      return;
    }
    button.textContent = button.dataset.textStop;
    breathe("in", TIMES);
  });
  card.hidden = false;
}

for (const card of document.querySelectorAll("[data-one-by-one]")) {
  const lines = [...document.querySelectorAll(card.dataset.oneByOne || ".prose ol:first-of-type > li")];
  const place = card.querySelector("[data-one]");
  const button = card.querySelector("[data-one-next]");
  let at = -1;
  button.addEventListener("click", () => {
    at = (at + 1) % lines.length;
    place.replaceChildren(...lines[at].cloneNode(true).childNodes);
    button.textContent = at + 1 < lines.length ? button.dataset.textNext : button.dataset.textAgain;
  });
  card.hidden = lines.length === 0;
}

for (const card of document.querySelectorAll("[data-throw]")) {
  const note = card.querySelector("[data-throw-note]");
  const said = card.querySelector("[data-throw-said]");
  const empty = () => {
    note.value = "";
  };
  card.querySelector("[data-throw-button]").addEventListener("click", () => {
    empty();
    said.textContent = said.dataset.textGone;
  });
  note.addEventListener("input", () => {
    said.textContent = "";
  });
  addEventListener("pagehide", empty);
  empty();
  card.hidden = false;
}

for (const card of document.querySelectorAll("[data-window]")) {
  const up = card.querySelector("[data-window-up]");
  const hours = card.querySelector("[data-window-hours]");
  const sum = card.querySelector("[data-window-sum]");
  const two = (number) => String(number).padStart(2, "0");
  card.addEventListener("input", () => {
    const [hour, minute] = up.value.split(":").map(Number);
    const bed = hour * 60 + minute - Number(hours.value);
    const at = (bed + 1440) % 1440;
    const known = up.value && hours.value;
    sum.textContent = known ? sum.dataset.textSum.replace("HH", two(Math.floor(at / 60))).replace("MM", two(at % 60)) : "";
  });
  card.hidden = false;
}
