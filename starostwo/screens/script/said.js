// One line at the foot of the page that says what came of a click and goes away by itself. It stands there from the
// beginning, empty: a screen reader hears only changes of what it knew before.
const SHOWN = 12000;
const line = document.body.appendChild(Object.assign(document.createElement("p"), { className: "st-said" }));
let timer;
line.setAttribute("role", "status");

export function say(words, isGood = true) {
  hush();
  line.classList.toggle("st-said--bad", !isGood);
  line.textContent = words;
  timer = setTimeout(hush, SHOWN);
}

export function hush() {
  clearTimeout(timer);
  line.textContent = "";
}
