// The window of the browser's phone. One window of a browser rings; what other windows say comes by a channel.
import { Devices } from "./phone_devices.js";
import { Line } from "./phone_line.js";
import { Ringing } from "./phone_ringing.js";
import { Screen } from "./phone_screen.js";
import { endOf, isNumber, numberIn } from "./phone_words.js";
import { whoCalls } from "./phone_callers.js";
import { connect, pickUp } from "./phone_passing.js";

const NAME = "starostwo-telefon";
const INTERNAL = /^[1-9][0-9]{1,5}$/;
const frame = document.getElementById("telefon");
if (frame) begin();

function begin() {
  frame.hidden = false;
  const screen = new Screen(frame);
  if (!navigator.mediaDevices?.getUserMedia || !navigator.locks) {
    return screen.trouble("Mikrofon działa tylko na stronie z adresem https. Poproś administratora o taki adres.");
  }
  navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
    if (lock) return new Promise(() => start(screen));
    screen.trouble("Telefon jest już otwarty w innym oknie tej przeglądarki. To okno możesz zamknąć.");
  });
}

function start(screen) {
  const { number, name, domain, address } = frame.dataset;
  const devices = new Devices(screen);
  const phone = { screen, devices, passing: "" };
  phone.ringing = new Ringing(devices, () => phone.line.answer());
  phone.line = new Line({ number, name, domain, address, askPass, microphone: () => devices.microphone });
  signs(phone);
  calls(phone);
  acts(phone);
  listens(phone);
  devices.start((id) => phone.line.speakInto(id));
  devices.prepare(() => phone.line.ua || phone.line.start());
  if (location.hash.length > 1) screen.offer(decodeURIComponent(location.hash.slice(1)));
}

async function askPass() {
  const { pass, csrf } = frame.dataset;
  const answer = await fetch(pass, { method: "POST", headers: { "X-CSRFToken": csrf }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error("no pass");
  return answer.json();
}

function signs({ line, screen }) {
  line.on("ready", () => (line.call ? screen.call(line.call) : screen.state("Gotowy do rozmowy.", true)));
  line.on("away", () => screen.state("Brak połączenia z centralą. Próbuję ponownie."));
  line.on("refused", () => screen.state("Centrala nie przyjęła logowania. Zamknij okno i otwórz je z Telefonów."));
  line.on("signedOut", () => screen.state("Sesja się skończyła. Zaloguj się w urzędzie i otwórz telefon ponownie."));
}

function calls(phone) {
  const { line, screen, ringing, devices } = phone;
  line.on("rings", async (call) => {
    screen.call(call);
    ringing.start(call.shown);
    const found = await whoCalls(frame.dataset, call.number);
    if (line.call !== call) return;
    call.shown = found.name ? `${found.name} (${call.shown})` : call.shown;
    screen.call(call);
    screen.who(found.part);
    if (call.phase === "rings") ringing.start(call.shown);
  });
  line.on("changed", (call) => {
    if (call.phase !== "rings") ringing.stop();
    if (call.waits) passing(phone, "");
    screen.call(call);
  });
  line.on("sound", (stream) => devices.play(stream));
  line.on("over", (call, why) => {
    ringing.stop();
    passing(phone, "");
    screen.call(null);
    screen.state(endOf(call, why), line.isReady);
    if (why === "missed") screen.missed(call);
  });
  line.on("back", (call, why) => screen.state(`${endOf(call, why)}. Wróć do rozmówcy, który czeka: Wznów.`, true));
  line.on("sent", (text) => screen.state(text, line.isReady));
}

function acts(phone) {
  const { line, screen, devices } = phone;
  screen.on("odbierz", () => line.answer());
  screen.on("odrzuc", () => line.refuse());
  screen.on("rozlacz", () => line.hangUp());
  screen.on("wstrzymaj", () => line.holdOrResume());
  screen.on("wycisz", () => line.muteOrSpeak());
  screen.on("przekaz", () => passing(phone, "transfer"));
  screen.on("skonsultuj", () => passing(phone, "consult"));
  screen.on("polacz", () => connect(line));
  screen.on("nie-przekazuj", () => passing(phone, ""));
  screen.onDigit((digit) => (line.isUp && !phone.passing ? sendDigit(phone, digit) : screen.append(digit)));
  screen.onDial((typed) => dial(phone, typed));
  screen.onPickUp((typed) => takeOver(phone, typed));
  devices.onTry(() => phone.ringing.once());
  addEventListener("beforeunload", (event) => line.call && event.preventDefault());
  addEventListener("pagehide", () => line.stop());
}

function passing(phone, how) {
  phone.passing = how;
  phone.screen.dialling(how);
}

function sendDigit({ line, screen }, digit) {
  line.sendDigit(digit);
  screen.sent(digit);
}

// What was typed is a number, or a name that was found in the book.
function dial(phone, typed) {
  const { line, screen } = phone;
  const number = numberIn(typed);
  if (!isNumber(number)) return screen.refuse("Wpisz numer, na przykład 105 albo 601 234 567, lub wybierz osobę z podpowiedzi.");
  screen.refuse("");
  if (phone.passing) {
    const how = phone.passing;
    passing(phone, "");
    return line[how](number, typed.name);
  }
  if (isHindered(phone)) return;
  screen.emptyDial();
  phone.devices.wake();
  line.dial(number, typed.name);
}

function isHindered({ line, screen }) {
  if (line.call) screen.refuse("Najpierw zakończ rozmowę.");
  else if (!line.isReady) screen.refuse("Telefon nie jest połączony z centralą.");
  else return false;
  return true;
}

// A call that rings at a colleague's; without a number whichever rings in the own group or unit.
function takeOver(phone, typed) {
  const number = numberIn(typed);
  if (number && !INTERNAL.test(number)) return phone.screen.refuse("Wpisz numer wewnętrzny, na przykład 105, albo zostaw pole puste.");
  phone.screen.refuse("");
  if (isHindered(phone)) return;
  phone.screen.emptyDial();
  phone.devices.wake();
  pickUp(phone.line, number);
}

// Pages say {call: number}; whoever asks learns that this window is here.
function listens(phone) {
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener("message", ({ data }) => {
    if (!data?.ask && !data?.call) return;
    channel.postMessage({ here: true });
    if (data.call && !phone.line.call) {
      phone.screen.offer(String(data.call));
      dial(phone, { number: String(data.call), name: "" });
    }
  });
}
