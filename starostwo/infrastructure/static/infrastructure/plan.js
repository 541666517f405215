// Moving marks on a floor plan: by mouse or finger, by arrow keys; what is typed in the table stays the truth.
const WHOLE = 100;
const STEP = 0.5;
const LEAP = 5;
const WAIT = 600;
const plan = document.querySelector("[data-plan]");
const drawing = plan.querySelector("[data-plan-drawing]");
const state = plan.querySelector("[data-plan-state]");
const timers = new Map();
let held = null;

for (const spot of drawing.querySelectorAll("[data-spot]")) {
  spot.addEventListener("pointerdown", (event) => {
    held = spot;
    spot.setPointerCapture(event.pointerId);
    spot.focus();
    event.preventDefault();
  });
  spot.addEventListener("pointermove", (event) => {
    if (held === spot) put(spot, ...underneath(event));
  });
  spot.addEventListener("pointerup", () => {
    if (held === spot) save(spot);
    held = null;
  });
  spot.addEventListener("pointercancel", () => {
    held = null;
  });
  spot.addEventListener("keydown", (event) => {
    const by = event.shiftKey ? LEAP : STEP;
    const way = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const [x, y] = placed(spot);
    put(spot, x + way[0], y + way[1]);
    clearTimeout(timers.get(spot));
    timers.set(spot, setTimeout(() => save(spot), WAIT));
  });
}

function formOf(spot) {
  return document.querySelector(`[data-spot-form="${spot.dataset.spot}"]`);
}

// Where the spot stands: as typed, or as drawn where what was typed is refused.
function placed(spot) {
  const form = formOf(spot);
  const { e, f } = spot.transform.baseVal.consolidate().matrix;
  const { width, height } = drawing.viewBox.baseVal;
  const drawn = [(e / width) * WHOLE, (f / height) * WHOLE];
  return [form.x, form.y].map((field, at) => {
    const typed = Number(field.value.replace(",", ".") || NaN);
    return typed >= 0 && typed <= WHOLE ? typed : drawn[at];
  });
}

function underneath(event) {
  const box = drawing.getBoundingClientRect();
  return [((event.clientX - box.left) / box.width) * WHOLE, ((event.clientY - box.top) / box.height) * WHOLE];
}

function put(spot, x, y) {
  const inside = [x, y].map((one) => Math.min(WHOLE, Math.max(0, one)));
  const form = formOf(spot);
  form.x.value = inside[0].toFixed(1).replace(".", ",");
  form.y.value = inside[1].toFixed(1).replace(".", ",");
  const { width, height } = drawing.viewBox.baseVal;
  spot.setAttribute("transform", `translate(${(inside[0] / WHOLE) * width} ${(inside[1] / WHOLE) * height})`);
}

async function save(spot) {
  const form = formOf(spot);
  const name = spot.querySelector("text").textContent;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    const said = answer.ok ? "" : (await answer.json()).words;
    state.textContent = answer.ok ? `${name}: zapisano położenie.` : said;
  } catch {
    state.textContent = `${name}: nie zapisano. Sprawdź połączenie i spróbuj jeszcze raz.`;
  }
  spot.setAttribute("aria-label", `${name}, od lewej ${form.x.value}%, od góry ${form.y.value}%`);
}
