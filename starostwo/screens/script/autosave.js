// <form data-autosave-url="..."> is posted there (without files) soon after the last key stroke.
// The outcome is told in [data-autosave-state], a live region that is made when the page has none.
import { language, words } from "./words.js";

const WAIT = 1500;
const RETRY = 5000;
const timers = new WeakMap();

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-autosave-url]");
  if (form) schedule(form, WAIT);
});

document.addEventListener("submit", (event) => cancel(event.target));

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  document.querySelectorAll("form[data-autosave-url]").forEach((form) => {
    if (timers.has(form)) save(form);
  });
});

function schedule(form, delay) {
  cancel(form);
  timers.set(form, setTimeout(() => save(form), delay));
}

function cancel(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
}

async function save(form) {
  cancel(form);
  try {
    const answer = await fetch(form.dataset.autosaveUrl, {
      method: "POST",
      body: withoutFiles(form),
      headers: { "X-Autosave": "1" },
      credentials: "same-origin",
      redirect: "error",
      keepalive: document.visibilityState === "hidden", // at most 64 kB, so only when the page is being left
    });
    if (!answer.ok) throw new Error(String(answer.status));
    tell(form, `${words.saved} ${new Date().toLocaleTimeString(language === "en" ? "en-GB" : language, { hour: "2-digit", minute: "2-digit" })}`, false);
    form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true }));
  } catch {
    tell(form, words.notSaved, true);
    if (form.isConnected) schedule(form, RETRY);
  }
}

function withoutFiles(form) {
  const data = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") data.append(name, value);
  }
  return data;
}

function tell(form, text, failed) {
  const place = form.querySelector("[data-autosave-state]") ?? makePlace(form);
  place.textContent = text;
  place.classList.toggle("st-saved--failed", failed);
}

function makePlace(form) {
  const place = document.createElement("p");
  place.className = "st-saved";
  place.dataset.autosaveState = "";
  place.setAttribute("role", "status");
  form.append(place);
  return place;
}
