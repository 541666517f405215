// One-key shortcuts: data-key="a" on a link, button or field; "g p" for two keys one after another.
// "?" shows what the page knows and lets the person switch single keys off (WCAG 2.1.4).
// A shortcut inside [data-row] belongs to the row that has the focus.
const OFF = "starostwo.keys.off";
const PATIENCE = 1200;
const TEXT_FIELD =
  "textarea, select, [contenteditable], [role=combobox], input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])";
let pending = "";
let pendingUntil = 0;

export const isTyping = (element) => Boolean(element?.closest?.(TEXT_FIELD));
export const keysAreOn = () => localStorage.getItem(OFF) === null;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target;
  if (event.key === "Enter" && event.ctrlKey) return submitForm(event, target.closest("form"));
  if (isTyping(target)) {
    if (event.key === "Escape") target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !keysAreOn() || target.closest("dialog")) return;
  press(event);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) showKeys();
});

document.querySelectorAll("[data-keys-open]").forEach((button) => button.removeAttribute("hidden"));
announce();

function press(event) {
  if (event.key === "?") {
    event.preventDefault();
    return showKeys();
  }
  if (event.key === "/") return focusSearch(event);
  const sequence = Date.now() < pendingUntil ? `${pending} ${event.key}` : event.key;
  const element = owner(sequence) ?? owner(event.key);
  if (element) {
    event.preventDefault();
    pendingUntil = 0;
    return use(element);
  }
  pending = event.key;
  pendingUntil = startsSequence(event.key) ? Date.now() + PATIENCE : 0;
}

function owner(keys) {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].filter(isVisible);
  const row = document.activeElement?.closest("[data-row]");
  return (row && all.find((one) => row.contains(one))) ?? all.find((one) => !one.closest("[data-row]"));
}

function startsSequence(key) {
  return document.querySelector(`[data-key^="${CSS.escape(key)} "]`) !== null;
}

function isVisible(element) {
  return element.checkVisibility() && !element.disabled;
}

function use(element) {
  if (element.matches("input:not([type=submit], [type=button]), select, textarea")) {
    element.focus();
    element.select?.();
  } else {
    element.focus();
    element.click();
  }
}

function focusSearch(event) {
  const field = document.querySelector("[data-search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

function submitForm(event, form) {
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[type=submit], button:not([type])"));
}

function announce() {
  document.querySelectorAll("[data-key]").forEach((element) => {
    if (!keysAreOn()) element.removeAttribute("aria-keyshortcuts");
    else if (!element.dataset.key.includes(" ")) element.setAttribute("aria-keyshortcuts", element.dataset.key);
  });
}

function showKeys() {
  const dialog = document.createElement("dialog");
  dialog.className = "st-keys";
  dialog.setAttribute("aria-labelledby", "st-keys-title");
  const title = make("h2", "Skróty klawiszowe");
  title.id = "st-keys-title";
  const close = make("button", "Zamknij");
  close.className = "govuk-button govuk-button--secondary";
  close.type = "button";
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, switchLine(), keyList(), close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function switchLine() {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = keysAreOn();
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    announce();
  });
  label.append(box, " Używaj skrótów jednoklawiszowych w tej przeglądarce");
  return make("p", label);
}

function keyList() {
  const list = document.createElement("dl");
  for (const [keys, text] of knownKeys()) {
    const term = document.createElement("dt");
    keys.split(" ").forEach((key) => term.append(make("kbd", key), " "));
    list.append(term, make("dd", text));
  }
  return list;
}

function knownKeys() {
  const known = new Map([["?", "ta lista skrótów"], ["Ctrl+Enter", "wysłanie formularza, w którym jest kursor"], ["Esc", "wyjście z pola"]]);
  if (document.querySelector("[data-search]")) known.set("/", "szukanie");
  if (document.querySelector("[data-row]")) {
    known.set("j", "następny wiersz").set("k", "poprzedni wiersz").set("Enter", "otwarcie wiersza");
    if (document.querySelector("[data-row] input[type=checkbox]")) known.set("x", "zaznaczenie wiersza");
  }
  document.querySelectorAll("[data-key]").forEach((element) => {
    if (element.checkVisibility() && !known.has(element.dataset.key)) known.set(element.dataset.key, nameOf(element));
  });
  return known;
}

function nameOf(element) {
  const named = element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
  if (named) return named.trim();
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd").forEach((key) => key.remove());
  return copy.textContent.trim();
}

function make(name, content) {
  const element = document.createElement(name);
  element.append(content);
  return element;
}
