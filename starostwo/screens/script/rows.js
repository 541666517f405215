// Lists: j and k move between [data-row], Enter opens, x selects; [data-select-all] selects all.
// [data-selected-count] tells how many are selected. After an act on a row the same place has the focus again,
// so that the next row takes the next key.
import { isTyping, keysAreOn } from "./keyboard.js";

const PLACE = "starostwo.row";
const box = (row) => row?.querySelector("input[type=checkbox]");
const link = (row) => row?.querySelector("[data-row-open]") ?? row?.querySelector("a[href]");
const current = () => document.activeElement?.closest("[data-row]");
const all = () => [...document.querySelectorAll("[data-row]")];

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || !keysAreOn() || event.target.closest("dialog")) return;
  const row = current();
  if (event.key === "j") move(event, 1);
  else if (event.key === "k") move(event, -1);
  else if (event.key === "x" && box(row)) toggle(event, box(row));
  else if (event.key === "Enter" && event.target === box(row)) open(event, row);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-select-all]")) {
    all().forEach((row) => {
      if (box(row)) box(row).checked = event.target.checked;
    });
  }
  if (event.target.matches("[data-select-all], [data-row] input[type=checkbox]")) count();
});

document.querySelectorAll("[data-select-all]").forEach((all) => all.removeAttribute("hidden"));
document.addEventListener("submit", () => {
  if (current()) sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, all().indexOf(current())]));
});
window.addEventListener("pageshow", () => {
  count();
  comeBack();
});

function comeBack() {
  const [path, index] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
  sessionStorage.removeItem(PLACE);
  const rows = all();
  if (path !== location.pathname || !rows.length || document.querySelector(".govuk-error-summary")) return;
  link(rows[Math.min(index, rows.length - 1)])?.focus();
}

function move(event, step) {
  const rows = all();
  if (!rows.length) return;
  event.preventDefault();
  const at = rows.indexOf(current());
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
  const target = link(rows[next]) ?? box(rows[next]);
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
}

function toggle(event, checkbox) {
  event.preventDefault();
  checkbox.checked = !checkbox.checked;
  checkbox.dispatchEvent(new Event("change", { bubbles: true }));
}

function open(event, row) {
  event.preventDefault();
  link(row)?.click();
}

function count() {
  const selected = document.querySelectorAll("[data-row] input[type=checkbox]:checked").length;
  document.querySelectorAll("[data-selected-count]").forEach((place) => {
    place.textContent = `Zaznaczono: ${selected}`;
  });
}
