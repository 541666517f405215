// [data-drop] around a file field takes dropped files and lists what is chosen; the field itself stays.
// data-drop-submit sends the form as soon as files were dropped.
import { language } from "./words.js";

const field = (zone) => zone.querySelector("input[type=file]");

document.addEventListener("dragover", (event) => mark(event, true));
document.addEventListener("dragleave", (event) => mark(event, false));
document.addEventListener("drop", (event) => {
  const zone = mark(event, false);
  if (!zone || !event.dataTransfer.files.length) return;
  const input = field(zone);
  const files = new DataTransfer();
  const wanted = input.multiple ? [...input.files, ...event.dataTransfer.files] : [event.dataTransfer.files[0]];
  wanted.forEach((file) => files.items.add(file));
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  if (zone.hasAttribute("data-drop-submit")) input.form.requestSubmit();
});

document.addEventListener("change", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (zone) list(zone);
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("[data-drop]").forEach((zone) => {
    zone.querySelector("[data-drop-hint]")?.removeAttribute("hidden");
    list(zone);
  });
});

function mark(event, over) {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return null;
  event.preventDefault();
  zone.classList.toggle("st-drop--over", over);
  return zone;
}

function list(zone) {
  const place = zone.querySelector("[data-drop-list]");
  if (!place) return;
  place.replaceChildren(
    ...[...field(zone).files].map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name} (${size(file.size)})`;
      return line;
    }),
  );
}

function size(bytes) {
  const [unit, power] = bytes < 1e6 ? ["kB", 1e3] : ["MB", 1e6];
  return `${(bytes / power).toLocaleString(language, { maximumFractionDigits: 1 })} ${unit}`;
}
