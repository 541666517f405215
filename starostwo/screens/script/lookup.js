// <input data-lookup-url> asks the server from the third letter on: {"hits": [{value, label, note, fill}]}.
// The choice goes to the hidden field named by data-lookup-target; `fill` maps field ids to values.
const LETTERS = 3;
const WAIT = 150;
let number = 0;

document.addEventListener("focusin", (event) => {
  const input = event.target;
  if (input.matches?.("input[data-lookup-url]") && !input.hasAttribute("role")) start(input);
});

// A field with autofocus may have had its focus before this script came.
if (document.activeElement?.matches("input[data-lookup-url]")) start(document.activeElement);

document.querySelectorAll("[data-lookup-button]").forEach((button) => button.setAttribute("hidden", ""));

function start(input) {
  const state = { input, hits: [], at: -1, timer: 0, list: makeList(), live: makeLive() };
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", state.list.id);
  input.autocomplete = "off";
  const frame = document.createElement("div");
  frame.className = "st-lookup";
  input.replaceWith(frame);
  frame.append(input, state.list, state.live);
  input.focus();
  input.addEventListener("input", () => typed(state));
  input.addEventListener("keydown", (event) => pressed(state, event));
  input.addEventListener("blur", () => close(state));
  state.list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const line = event.target.closest("li");
    if (line) choose(state, [...state.list.children].indexOf(line));
  });
}

function makeList() {
  const list = document.createElement("ul");
  list.id = `lookup-${(number += 1)}`;
  list.className = "st-lookup__list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Podpowiedzi");
  list.hidden = true;
  return list;
}

function makeLive() {
  const live = document.createElement("span");
  live.className = "govuk-visually-hidden";
  live.setAttribute("role", "status");
  return live;
}

function typed(state) {
  clearTimeout(state.timer);
  const target = targetOf(state);
  if (target) target.value = "";
  if (state.input.value.trim().length < LETTERS) return close(state);
  state.timer = setTimeout(() => ask(state), WAIT);
}

async function ask(state) {
  const asked = state.input.value.trim();
  const url = new URL(state.input.dataset.lookupUrl, location.href);
  url.searchParams.set("q", asked);
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok || asked !== state.input.value.trim()) return;
    state.hits = (await answer.json()).hits;
    show(state);
  } catch {
    close(state);
  }
}

function show(state) {
  state.at = -1;
  state.list.replaceChildren(...state.hits.map((hit, index) => line(state, hit, index)));
  state.list.hidden = state.hits.length === 0;
  state.input.setAttribute("aria-expanded", String(state.hits.length > 0));
  state.input.removeAttribute("aria-activedescendant");
  state.live.textContent = state.hits.length ? `Podpowiedzi: ${state.hits.length}` : "Brak podpowiedzi";
}

function line(state, hit, index) {
  const item = document.createElement("li");
  item.id = `${state.list.id}-${index}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.append(hit.label);
  if (hit.note) {
    const note = document.createElement("small");
    note.append(hit.note);
    item.append(note);
  }
  return item;
}

function pressed(state, event) {
  if (state.list.hidden) return;
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps) {
    event.preventDefault();
    point(state, (state.at + steps[event.key] + state.hits.length) % state.hits.length);
  } else if (event.key === "Enter" && state.at >= 0 && !event.ctrlKey) {
    event.preventDefault();
    choose(state, state.at);
  } else if (event.key === "Escape") {
    event.preventDefault();
    close(state);
  }
}

function point(state, index) {
  state.list.children[state.at]?.setAttribute("aria-selected", "false");
  state.at = index;
  const item = state.list.children[index];
  item.setAttribute("aria-selected", "true");
  item.scrollIntoView({ block: "nearest" });
  state.input.setAttribute("aria-activedescendant", item.id);
}

function choose(state, index) {
  const hit = state.hits[index];
  state.input.value = hit.label;
  const target = targetOf(state);
  if (target) target.value = hit.value;
  for (const [id, value] of Object.entries(hit.fill ?? {})) {
    const field = document.getElementById(id);
    if (field) field.value = value;
  }
  close(state);
  state.live.textContent = `Wybrano: ${hit.label}`;
  state.input.dispatchEvent(new CustomEvent("lookup", { bubbles: true, detail: hit }));
}

function close(state) {
  clearTimeout(state.timer);
  state.list.hidden = true;
  state.at = -1;
  state.input.setAttribute("aria-expanded", "false");
  state.input.removeAttribute("aria-activedescendant");
}

function targetOf(state) {
  const id = state.input.dataset.lookupTarget;
  return id ? document.getElementById(id) : null;
}
