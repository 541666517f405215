// A call is passed on: at once, or after a talk with a colleague meanwhile; or taken over where it rings.
import { shown, whyNot } from "./phone_words.js";

const STAR_8 = "*8";
const ARRIVES = 8000; // ms in which a call that was picked up comes
const BY_ITSELF = /answer-after\s*=\s*0/i;

// The other side calls the target itself, and tells how that goes; when it worked our call is over, else we talk on.
export function passOn(line, call, number, more = {}) {
  const to = shown(number);
  const failed = (code) => {
    call.isPassed = false;
    line.tell("sent", `Nie udało się połączyć z ${to}: ${whyNot(code)}. Rozmowa trwa.`);
  };
  const under = (words) => () => line.tell("sent", words);
  const eventHandlers = {
    trying: under(`Łączenie z ${to}…`),
    progress: under(`Łączenie z ${to}… dzwoni.`),
    accepted: () => over(call),
    failed: ({ status_line: told }) => failed(told?.status_code),
    requestFailed: ({ response }) => failed(response?.status_code),
  };
  call.isPassed = true;
  line.tell("sent", `Łączenie z ${to}…`);
  call.session.refer(`sip:${number}@${line.settings.domain}`, { eventHandlers, ...more });
}

function over(call) {
  call.why = "transferred";
  if (!call.session.isEnded()) call.session.terminate();
}

// Both who wait and who was asked are connected; whoever waits takes our place in the talk with the colleague.
export function connect(line) {
  const { call } = line;
  const waits = call?.waits;
  if (!waits || call.phase !== "up" || waits.isPassed) return;
  call.isGivenAway = true;
  passOn(line, waits, call.number, { replaces: call.session });
}

// A call that rings at a colleague's comes here instead, and is answered at once, as whoever asked for it knows.
export function pickUp(line, number) {
  line.dial(`${STAR_8}${number}`, number ? `Przejmuję z ${shown(number)}` : "Przejmuję rozmowę");
  line.call.isPickUp = true;
  line.pickedAt = Date.now();
}

export function isPicked(line, request) {
  const asked = Date.now() - (line.pickedAt ?? 0) < ARRIVES;
  return asked && (!line.call || line.call.isPickUp) && BY_ITSELF.test(request.getHeader("Call-Info") ?? "");
}
