// What the person sees and presses.
const NAMES = [
  "stan", "wlacz", "klopot", "rozmowa", "faza", "z-kim", "zegar", "kto-dzwoni", "odbierz", "odrzuc", "rozlacz",
  "wstrzymaj", "wycisz", "przekaz", "skonsultuj", "polacz", "czeka", "wybieranie", "kogo", "kogo-label", "kogo-numer", "zadzwon", "nie-przekazuj",
  "klawisze", "wyslane", "nieodebrane", "nieodebrane-lista", "mikrofon", "glosnik", "dzwonek", "powiadamiaj",
  "przejmij", "przejmij-kogo", "przejmij-numer",
];
const KEPT = "starostwo.telefon.nieodebrane";
const MOST_MISSED = 10;
const DIALLING = {
  "": ["Numer albo nazwisko", "Zadzwoń"],
  transfer: ["Przekaż rozmowę do: numer albo nazwisko", "Przekaż"],
  consult: ["Zapytaj, a rozmówca poczeka: numer albo nazwisko", "Zapytaj"],
};
const PHASES = { rings: "Dzwoni do ciebie", answers: "Odbieram", calls: "Dzwonię do", up: "Rozmowa" };

export class Screen {
  constructor(frame) {
    this.frame = frame;
    for (const name of NAMES) this[name] = document.getElementById(name);
    this.drawMissed();
    setInterval(() => this.tick(), 1000);
  }

  on(name, act, event = "click") {
    document.getElementById(name).addEventListener(event, act);
  }

  onDigit(act) {
    this.klawisze.addEventListener("click", ({ target }) => target.dataset.digit && act(target.dataset.digit));
  }

  onDial(act) {
    this.dialled = act;
    this.wybieranie.addEventListener("submit", (event) => {
      event.preventDefault();
      const { value } = this["kogo-numer"];
      act({ number: value, name: value ? this.kogo.value : "", text: this.kogo.value });
    });
  }

  onPickUp(act) {
    this.przejmij.addEventListener("submit", (event) => {
      event.preventDefault();
      act({ number: this["przejmij-numer"].value, text: this["przejmij-kogo"].value });
    });
  }

  state(text, isGood = false, isUrgent = false) {
    this.stan.setAttribute("aria-live", isUrgent ? "assertive" : "polite");
    this.stan.textContent = text;
    this.stan.toggleAttribute("data-good", isGood);
  }

  trouble(text) {
    this.klopot.firstElementChild.textContent = text;
    this.klopot.hidden = !text;
  }

  refuse(text) {
    this.trouble(text);
    if (text) this.kogo.focus();
  }

  askSound(isNeeded) {
    this.wlacz.hidden = !isNeeded;
  }

  call(call) {
    const phase = call?.phase;
    this.rozmowa.hidden = !call;
    this.rozmowa.toggleAttribute("data-rings", phase === "rings");
    this.hasCall = Boolean(call);
    this.showDial();
    this.since = call?.since;
    this.tick();
    for (const [name, shows] of Object.entries(buttons(call))) this[name].hidden = !shows;
    if (!call) {
      this.forget();
      return this.keepFocus();
    }
    this.faza.textContent = told(call);
    this["z-kim"].textContent = call.shown;
    this.czeka.hidden = !call.waits;
    this.czeka.textContent = call.waits ? `Czeka: ${call.waits.shown}` : "";
    this.pressed("wstrzymaj", call.isHeld, "Wznów", "Wstrzymaj");
    this.pressed("wycisz", call.isMuted, "Włącz głos", "Wycisz");
    const waits = call.waits ? `. Czeka: ${call.waits.shown}` : "";
    this.state(`${told(call)}: ${call.shown}${waits}`, true, phase === "rings");
    this.keepFocus();
  }

  // The button that had the focus went away: the next thing to do has it.
  keepFocus() {
    const had = document.activeElement;
    if (had === document.body || (had && !had.checkVisibility())) {
      [this.odbierz, this.rozlacz, this.kogo].find((one) => one.checkVisibility())?.focus();
    }
  }

  forget() {
    this.who([]);
    this.wyslane.hidden = true;
    this.wyslane.textContent = "";
  }

  pressed(name, isOn, on, off) {
    const key = this[name].querySelector("kbd");
    this[name].replaceChildren(isOn ? on : off, " ", key);
  }

  who(part) {
    this["kto-dzwoni"].replaceChildren(...part);
  }

  // A number is dialled when nobody is on the line, or to hand a call on.
  showDial() {
    this.wybieranie.hidden = this.hasCall && !this.passing;
    this.przejmij.hidden = this.hasCall;
  }

  dialling(how) {
    const [label, button] = DIALLING[how];
    this.passing = how;
    this.showDial();
    this["kogo-label"].textContent = label;
    this.zadzwon.textContent = button;
    this["nie-przekazuj"].hidden = !how;
    this["nie-przekazuj"].textContent = how === "consult" ? "Nie pytaj" : "Nie przekazuj";
    this.emptyDial();
    if (how) this.kogo.focus();
  }

  emptyDial() {
    for (const name of ["kogo", "kogo-numer", "przejmij-kogo", "przejmij-numer"]) this[name].value = "";
  }

  offer(number) {
    this.kogo.value = number;
    this["kogo-numer"].value = "";
    this.zadzwon.focus();
  }

  append(digit) {
    this.kogo.value += digit;
    this["kogo-numer"].value = "";
  }

  sent(digit) {
    this.wyslane.hidden = false;
    this.wyslane.textContent = `Wysłane znaki: ${this.wyslane.textContent.split(": ")[1] ?? ""}${digit}`;
  }

  choices(name, rows, chosen) {
    const [usual] = this[name].options;
    this[name].replaceChildren(usual, ...rows.map(([id, label]) => new Option(label, id)));
    this[name].value = rows.some(([id]) => id === chosen) ? chosen : "";
  }

  missed(call) {
    const hour = new Date().toLocaleTimeString("pl-PL", { hour: "2-digit", minute: "2-digit" });
    const rows = [{ number: call.number, shown: call.shown, hour }, ...keptMissed()].slice(0, MOST_MISSED);
    sessionStorage.setItem(KEPT, JSON.stringify(rows));
    this.drawMissed();
  }

  drawMissed() {
    const rows = keptMissed();
    this.nieodebrane.hidden = rows.length === 0;
    this["nieodebrane-lista"].replaceChildren(...rows.map((row) => this.line(row)));
  }

  line({ number, shown, hour }) {
    const line = document.createElement("li");
    const back = document.createElement("button");
    back.type = "button";
    back.className = "govuk-button govuk-button--secondary";
    back.textContent = "Oddzwoń";
    back.setAttribute("aria-label", `Oddzwoń: ${shown}`);
    back.addEventListener("click", () => this.dialled({ number, name: "" }));
    line.append(`${hour} ${shown}`, back);
    return line;
  }

  tick() {
    this.zegar.hidden = !this.since;
    if (!this.since) return;
    const seconds = Math.floor((Date.now() - this.since) / 1000);
    this.zegar.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

function buttons(call) {
  const phase = call?.phase;
  const isUp = phase === "up";
  const asks = Boolean(call?.waits);
  const isAlone = isUp && !asks;
  return {
    odbierz: phase === "rings", odrzuc: phase === "rings", rozlacz: isUp || phase === "calls" || phase === "answers",
    wstrzymaj: isUp, wycisz: isUp, przekaz: isAlone, skonsultuj: isAlone, polacz: isUp && asks,
  };
}

function told({ phase, isHeld, isHeldByThem, isMuted }) {
  if (phase !== "up") return PHASES[phase];
  if (isHeld) return "Rozmowa wstrzymana";
  if (isHeldByThem) return "Rozmówca wstrzymał rozmowę";
  return isMuted ? "Rozmowa, mikrofon wyciszony" : PHASES.up;
}

function keptMissed() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}
