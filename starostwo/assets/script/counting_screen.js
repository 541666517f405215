// What the person sees and does: connection, queue, the last reading, what is missing in the room.
import { LEVELS, missing, words } from "./counting_meaning.js";

const SHOWN = 15;
const MOST = 300;

export class Screen {
  constructor(frame) {
    const names = ["siec", "kolejka", "gotowa", "miejsce", "podglad", "aparat", "wynik", "wpis", "numer", "sztuk", "uwagi", "odczyty", "wyslij", "postep", "brak"];
    for (const name of names) this[name] = document.getElementById(name);
    this.video = this.podglad;
    this.kept = `starostwo-miejsce-${frame.dataset.sheet}`;
    const before = localStorage.getItem(this.kept);
    if ([...this.miejsce.options].some((one) => one.value === before)) this.miejsce.value = before;
  }

  onCamera(act) {
    this.aparat.addEventListener("click", act);
  }

  onTyped(act) {
    this.wpis.addEventListener("submit", (event) => {
      event.preventDefault();
      act({ typed: this.numer.value, quantity: Number(this.sztuk.value), note: this.uwagi.value.trim() });
    });
  }

  onSend(act) {
    this.wyslij.addEventListener("click", act);
  }

  onRoom(act) {
    this.miejsce.addEventListener("change", () => {
      localStorage.setItem(this.kept, this.miejsce.value);
      act();
    });
  }

  room() {
    const chosen = this.miejsce.selectedOptions[0];
    return { id: Number(chosen.value), path: chosen.dataset.path };
  }

  camera(isOn) {
    this.aparat.textContent = isOn ? "Wyłącz aparat" : "Włącz aparat";
  }

  askPieces(number) {
    this.numer.value = number;
    this.sztuk.value = "";
    this.sztuk.focus();
    this.say("ELSEWHERE", `${number}: policz sztuki, wpisz ich liczbę i zapisz odczyt.`);
  }

  emptyForm() {
    this.numer.value = "";
    this.sztuk.value = "1";
    this.uwagi.value = "";
  }

  online() {
    this.siec.textContent = "Połączono.";
  }

  offline() {
    this.siec.textContent = "Brak sieci: odczyty czekają w urządzeniu.";
  }

  signedOut() {
    this.siec.textContent = "Urząd nie przyjął odczytów: zaloguj się ponownie. Odczyty czekają w urządzeniu.";
  }

  ready() {
    this.gotowa.textContent = "Strona działa też bez sieci.";
  }

  tell(number, said) {
    this.say(said.outcome, words(number, said));
    navigator.vibrate?.(LEVELS[said.outcome] === "good" ? 60 : [60, 60, 60]);
  }

  say(outcome, text) {
    this.wynik.className = `st-note st-note--${LEVELS[outcome]} st-counter__said`;
    this.wynik.firstElementChild.textContent = text;
    this.wynik.hidden = false;
  }

  draw({ known, waiting }) {
    const refused = waiting.filter((one) => one.refused).length;
    const left = waiting.length - refused;
    this.kolejka.textContent = `W kolejce: ${left}.${refused ? ` Nieprzyjęte: ${refused}.` : ""}`;
    this.wyslij.hidden = left === 0;
    this.odczyty.replaceChildren(...recent(known, waiting).map(item));
    if (this.brak && known && !known.blind) this.drawMissing(known, waiting);
  }

  drawMissing(known, waiting) {
    const { expected, left } = missing(known, waiting, this.room().path);
    this.postep.textContent = `Policzono ${expected - left.length} z ${expected}.`;
    this.brak.replaceChildren(...left.slice(0, MOST).map((one) => item({ mark: one.number, text: `${one.name}, ${one.path}` })));
  }
}

function recent(known, waiting) {
  const sent = (known?.counted ?? []).map((one) => ({ mark: one.number, text: one.path ?? "", state: "zapisano" }));
  const own = waiting.map((one) => ({ mark: one.number, text: `${one.name} ${one.path}`, state: one.refused ? `nieprzyjęty: ${one.refused}` : "czeka" }));
  return [...sent, ...own].reverse().slice(0, SHOWN);
}

function item({ mark, text, state }) {
  const line = document.createElement("li");
  const number = document.createElement("b");
  number.textContent = mark;
  line.append(number, ` ${text}${state ? ` (${state})` : ""}`);
  return line;
}
