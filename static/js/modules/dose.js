// A dose that waits on this phone, or was sent since the page was kept: whether it was the planned one, and when.
import { timeOf } from "./day.js";

export function tellDose(place, { mg, taken_at: at }) {
  for (const words of place.querySelectorAll("[data-noted]")) {
    words.hidden = (words.dataset.noted === "as planned") !== (mg === place.dataset.mg);
  }
  for (const when of place.querySelectorAll("[data-noted-at]")) when.textContent = at ? ` · ${likeThat(at, when)}` : "";
}

/** A time as the page writes a quarter to ten: "09:45", or "9 h 45". */
function likeThat(at, { dataset }) {
  const [hour, minute] = timeOf(new Date(at)).split(":");
  const written = dataset.notedAt.startsWith("0") ? hour : String(Number(hour));
  return dataset.notedAt.replace(/^0?9/, written).replace("45", minute);
}
