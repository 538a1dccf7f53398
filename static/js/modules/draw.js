// Paints a night on its row: by dragging a finger or a mouse from one quarter to another, or with the keyboard.
// The letters go into the hidden field of the form; what they mean is asked from the server (live.js). Tools and list are
// shown or not by the style from the first moment (night.css), so that nothing jumps when this begins.
const LINE = 12;
const NOTHING = ".";

for (const root of document.querySelectorAll("[data-draw=grid]")) attach(root);

function attach(root) {
  const form = root.closest("form");
  const grid = root.querySelector("[data-draw-grid]");
  const lines = [...grid.querySelectorAll("[data-draw-line]")];
  const cells = [...grid.querySelectorAll(".draw-cell")];
  const said = root.querySelector("[data-draw-said]");
  const field = form.elements.drawn;
  const brushes = [...root.querySelectorAll("[name=brush]")];
  const name = Object.fromEntries(brushes.map((each) => [each.value, each.dataset.text]));
  const sign = Object.fromEntries(brushes.map((each) => [each.value, each.dataset.sign]));
  const open = cells.findIndex((cell) => "toCome" in cell.dataset);
  const end = open < 0 ? cells.length : open;
  const start = field.value.includes(" ") ? `${field.value.split(" ")[0]} ` : "";
  let letters = field.value.slice(start.length).split("");
  let marks = form.elements.marks.value.split(", ").filter(Boolean);
  let cursor = Math.max(0, letters.findIndex((letter) => letter !== NOTHING));
  let anchor = cursor;
  let stroke = null;
  const before = [];

  const brush = () => brushes.find((each) => each.checked).value;
  const minutes = (wall) => Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3));
  const marked = (cell) =>
    "again" in cell.dataset ? [] : marks.filter((mark) => Math.floor(minutes(mark.slice(-5)) / 15) * 15 === minutes(cell.dataset.wall));
  const within = (place) => place >= Math.min(anchor, cursor) && place <= Math.max(anchor, cursor);

  function what(place) {
    return [name[letters[place]], ...marked(cells[place]).map((mark) => name[mark.split(" ")[0]])].join(", ");
  }

  function show() {
    cells.forEach((cell, place) => {
      cell.dataset.letter = letters[place];
      cell.textContent = marked(cell).map((mark) => sign[mark.split(" ")[0]]).join("");
      cell.setAttribute("aria-label", root.dataset.textOne.replace("{at}", cell.dataset.at).replace("{what}", what(place)));
      cell.setAttribute("aria-selected", String(anchor !== cursor && within(place)));
      cell.tabIndex = place === cursor ? 0 : -1;
    });
  }

  function tell(from, to) {
    const text = from === to ? root.dataset.textOne : root.dataset.textRange;
    const until = cells[to + 1] ?? cells[0];
    const values = { at: cells[from].dataset.at, from: cells[from].dataset.at, to: until.dataset.at, what: what(from) };
    said.textContent = text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }

  function paint(from, to, base) {
    letters = base.map((letter, place) => (place >= from && place <= to && place < end ? brush() : letter));
  }

  function toggle(place) {
    const kind = brush();
    const here = marked(cells[place]).find((mark) => mark.startsWith(`${kind} `));
    if (here) marks = marks.filter((mark) => mark !== here);
    else if (place < end) marks = [...marks, `${kind} ${cells[place].dataset.wall}`];
  }

  function keep() {
    field.value = start + letters.join("");
    form.elements.marks.value = marks.join(", ");
    field.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  }

  function remember() {
    before.push({ letters: [...letters], marks: [...marks] });
  }

  function restore(state) {
    ({ letters, marks } = state);
    keep();
  }

  function placeAt(x, y) {
    const boxes = lines.map((line) => line.getBoundingClientRect());
    const away = boxes.map((box) => Math.max(box.top - y, y - box.bottom, 0));
    const line = away.indexOf(Math.min(...away));
    const count = lines[line].children.length;
    const box = lines[line].firstElementChild.getBoundingClientRect();
    const column = Math.floor((x - box.left) / box.width);
    return line * LINE + Math.min(Math.max(column, 0), count - 1);
  }

  grid.addEventListener("pointerdown", (event) => {
    if (stroke || !event.isPrimary || event.button !== 0 || !event.target.closest("[data-draw-line]")) return;
    event.preventDefault();
    grid.setPointerCapture(event.pointerId);
    const place = placeAt(event.clientX, event.clientY);
    remember();
    stroke = { id: event.pointerId, from: place, base: [...letters] };
    cursor = anchor = place;
    if (sign[brush()]) toggle(place);
    else paint(place, place, stroke.base);
    show();
  });

  grid.addEventListener("pointermove", (event) => {
    if (event.pointerId !== stroke?.id || sign[brush()]) return;
    const place = placeAt(event.clientX, event.clientY);
    cursor = anchor = place;
    paint(Math.min(stroke.from, place), Math.max(stroke.from, place), stroke.base);
    show();
  });

  grid.addEventListener("pointerup", (event) => {
    if (event.pointerId !== stroke?.id) return;
    tell(Math.min(stroke.from, cursor), Math.max(stroke.from, cursor));
    stroke = null;
    keep();
  });

  grid.addEventListener("pointercancel", (event) => {
    if (event.pointerId !== stroke?.id) return;
    stroke = null;
    restore(before.pop());
  });

  const moves = {
    ArrowRight: () => cursor + 1,
    ArrowLeft: () => cursor - 1,
    ArrowDown: () => cursor + LINE,
    ArrowUp: () => cursor - LINE,
    Home: () => cursor - (cursor % LINE),
    End: () => cursor - (cursor % LINE) + LINE - 1,
  };

  grid.addEventListener("keydown", (event) => {
    if (event.key in moves) {
      cursor = Math.min(Math.max(moves[event.key](), 0), cells.length - 1);
      if (!event.shiftKey) anchor = cursor;
      show();
      cells[cursor].focus();
      if (event.shiftKey) tell(Math.min(anchor, cursor), Math.max(anchor, cursor));
    } else if (event.key === " " || event.key === "Enter") {
      const [from, to] = [Math.min(anchor, cursor), Math.max(anchor, cursor)];
      remember();
      if (sign[brush()]) toggle(cursor);
      else paint(from, to, letters);
      anchor = cursor;
      keep();
      tell(from, to);
    } else return;
    event.preventDefault();
  });

  root.querySelector("[data-draw-undo]").addEventListener("click", () => {
    if (before.length) restore(before.pop());
  });

  root.querySelector("[data-draw-clear]").addEventListener("click", () => {
    remember();
    restore({ letters: letters.map(() => NOTHING), marks: [] });
  });

  form.elements.by.value = "grid";
  const list = form.querySelector("[data-draw-list]");
  list.hidden = true;
  for (const each of list.querySelectorAll("select, input, button")) each.disabled = true;
  grid.removeAttribute("aria-hidden");
  grid.setAttribute("role", "grid");
  for (const line of lines) line.setAttribute("role", "row");
  for (const cell of cells) cell.setAttribute("role", "gridcell");
  show();
}
