// Typing a voucher without a mouse: Enter walks on, "=" fills in what is missing, sums and names follow.
const form = document.querySelector("form.st-voucher");
const body = form.querySelector("[data-lines]");
const WAIT = 400;
let timer = 0;
let offBalance = new Set();

form.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key === "=" && field.dataset.amount) return fill(event, field);
  if (event.key !== "Enter" || event.ctrlKey || event.defaultPrevented) return;
  if (!field.matches("input, select")) return;
  event.preventDefault();
  walk(field);
});

form.addEventListener("input", () => {
  show();
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});
form.addEventListener("lookup", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});

// "Post and go on" posts too; a form sends the pressed button alone.
form.querySelector("[data-post-next]").addEventListener("click", () => {
  const both = document.createElement("input");
  both.type = "hidden";
  both.name = "post";
  both.value = "1";
  form.append(both);
});

function fields() {
  return [...form.querySelectorAll("input:not([type=hidden]), select, button[name=post]:not([tabindex])")];
}

function walk(field) {
  const all = fields();
  const next = all[all.indexOf(field) + 1];
  const line = field.closest("[data-line]");
  const isLast = line && line === body.lastElementChild && next?.name === "post";
  if (isLast && line.querySelector("input[id^=account]").value.trim()) return grow(line);
  if (line && !line.querySelector("input[id^=account]").value.trim()) {
    return form.querySelector("button[name=post]:not([tabindex])").focus();
  }
  next?.focus();
  next?.select?.();
}

function grow(line) {
  const number = Number(line.dataset.line) + 1;
  const next = line.cloneNode(true);
  next.dataset.line = number;
  next.firstElementChild.textContent = number;
  next.querySelector("[data-said]").textContent = "";
  for (const list of next.querySelectorAll(".st-lookup")) {
    list.replaceWith(list.querySelector("input"));
  }
  for (const input of next.querySelectorAll("input")) {
    for (const name of ["role", "aria-autocomplete", "aria-expanded", "aria-controls", "aria-activedescendant"]) {
      input.removeAttribute(name);
    }
    input.id = input.id.replace(/\d+$/, number);
    input.name = input.name.replace(/\d+$/, number);
    if (input.dataset.lookupTarget) input.dataset.lookupTarget = `party_row-${number}`;
    const label = input.getAttribute("aria-label");
    if (label) input.setAttribute("aria-label", label.replace(/\d+$/, number));
    input.value = "";
    input.classList.remove("govuk-input--error");
  }
  body.append(next);
  form.querySelector("#count").value = number;
  next.querySelector("input[id^=account]").focus();
}

function fill(event, field) {
  event.preventDefault();
  field.value = "";
  const sums = sum();
  const missing = field.dataset.amount === "debit" ? sums.credit - sums.debit : sums.debit - sums.credit;
  field.value = missing ? written(missing) : "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function grosze(typed) {
  const text = typed.replace(/\s/g, "").replace("\u2212", "-").replace(",", ".");
  return /^-?\d+(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : 0;
}

function written(value) {
  return `${value < 0 ? "-" : ""}${Math.floor(Math.abs(value) / 100)},${String(Math.abs(value) % 100).padStart(2, "0")}`;
}

function sum() {
  const sums = { debit: 0, credit: 0 };
  for (const line of body.children) {
    if (offBalance.has(line.dataset.line)) continue;
    for (const side of ["debit", "credit"]) sums[side] += grosze(line.querySelector(`[data-amount=${side}]`).value);
  }
  return sums;
}

function show() {
  const sums = sum();
  const money = new Intl.NumberFormat("pl-PL", { style: "currency", currency: "PLN" });
  for (const side of ["debit", "credit"]) {
    form.querySelector(`[data-sum=${side}]`).textContent = money.format(sums[side] / 100);
  }
  const difference = sums.debit - sums.credit;
  const side = difference > 0 ? "Ma" : "Wn";
  form.querySelector("[data-difference]").textContent = difference
    ? `brakuje po stronie ${side}: ${money.format(Math.abs(difference) / 100)}`
    : sums.debit ? "zgadza się" : "";
}

async function ask() {
  try {
    const answer = await fetch(form.dataset.previewUrl, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (!answer.ok) return;
    const { lines } = await answer.json();
    offBalance = new Set(Object.keys(lines).filter((number) => lines[number].off_balance));
    for (const line of body.children) {
      const known = lines[line.dataset.line];
      line.querySelector("[data-said]").textContent = known ? [known.account, known.left].filter(Boolean).join("; ") : "";
    }
    show();
  } catch {
    // Without an answer the names stay as they are; posting tells everything.
  }
}
