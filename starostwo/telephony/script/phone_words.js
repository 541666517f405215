// What is a number, and how the end of a call is told.
const FILLING = /[\s().\-/\u00a0\u202f–]+/g;
const DIALLED = /^(\+?[0-9*#]{1,20})$/;

export function numberIn({ number, text = "" }) {
  return (number || text).replace(FILLING, "");
}

export function isNumber(number) {
  return DIALLED.test(number);
}

export function shown(number) {
  const own = number.startsWith("+48") && number.length === 12 ? number.slice(3) : number;
  return own.length === 9 && /^[0-9]+$/.test(own) ? own.replace(/(...)(...)(...)/, "$1 $2 $3") : own;
}

const REFUSED = {
  403: "Nie masz prawa dzwonić pod ten numer.",
  404: "Nie ma takiego numeru.",
  408: "Nikt nie odbiera.",
  480: "Nikt nie odbiera albo telefon jest wyłączony.",
  482: "Przekierowania tego numeru tworzą pętlę.",
  484: "Numer jest niepełny albo błędny.",
  486: "Zajęte.",
  487: "Rozmowa odwołana.",
  503: "Centrala nie może teraz przenieść dźwięku tej rozmowy.",
  600: "Zajęte.",
  603: "Rozmowa odrzucona.",
};
const ENDS = {
  ended: "Rozmowa zakończona.",
  missed: "Nieodebrana rozmowa.",
  elsewhere: "Rozmowę odebrano na innym aparacie.",
  refusedByUs: "Odrzucono rozmowę.",
  givenUp: "Zrezygnowano z dzwonienia.",
  transferred: "Przekazano rozmowę.",
  noMicrophone: "Przeglądarka nie dała mikrofonu. Zezwól na niego obok adresu strony i zadzwoń ponownie.",
  away: "Przerwało się połączenie z centralą.",
};

// Why a call could not be passed on, inside a sentence.
const NOT_PASSED = { 403: "nie ma prawa tam dzwonić", 404: "nie ma takiego numeru", 408: "nikt nie odbiera", 480: "nikt nie odbiera", 481: "tamta rozmowa już się skończyła", 486: "zajęte", 487: "nikt nie odbiera", 600: "zajęte", 603: "odmowa" };

export function whyNot(code) {
  return NOT_PASSED[code] ?? "centrala tego nie przyjęła";
}

export function endOf(call, why) {
  if (call.isPickUp && why === 487) return "Przejmuję rozmowę…";
  if (call.isPickUp && why === 480) return "Nic tam nie dzwoni albo nie jest to numer z twojej grupy lub komórki.";
  const said = ENDS[why] ?? REFUSED[why] ?? "Rozmowa nie doszła do skutku.";
  return `${said} ${call.shown}`;
}
