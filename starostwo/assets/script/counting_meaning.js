// What a reading means by what the device knows of the sheet; the server has the last word.
export const LEVELS = {
  AGREED: "good",
  SAVED: "good",
  ELSEWHERE: "warn",
  OUTSIDE: "warn",
  UNKNOWN: "warn",
  GONE: "warn",
  REPEAT: "warn",
  CLOSED: "bad",
  REFUSED: "bad",
};

// The number itself, or the end of an address, in capitals: as the server reads it.
export function numberIn(text) {
  const plain = text.trim().toUpperCase().split("?")[0].replace(/\/+$/, "");
  return plain.split("/").slice(-3).join("/").slice(0, 100);
}

export function judge(standing, waiting, reading) {
  const twice = [...(standing?.counted ?? []), ...waiting].find((one) => one.number === reading.number);
  if (twice) return { outcome: "REPEAT", where: twice.position };
  if (!standing || standing.blind) return { outcome: "SAVED" };
  const book = bookOf(standing, reading.number);
  if (!book) return { outcome: "OUTSIDE" };
  return { outcome: isWithin(book.path, reading.path) ? "AGREED" : "ELSEWHERE", name: book.name, path: book.path };
}

export function bookOf(standing, number) {
  return standing?.books?.find((one) => one.number === number);
}

export function isWithin(path, place) {
  return path === place || path.startsWith(`${place}/`);
}

export function missing(standing, waiting, path) {
  const seen = new Set([...standing.counted, ...waiting].map((one) => one.number));
  const here = standing.books.filter((one) => isWithin(one.path, path));
  return { expected: here.length, left: here.filter((one) => !seen.has(one.number)) };
}

export function words(number, said) {
  const name = said.name ? ` ${said.name}` : "";
  return {
    AGREED: `${number}${name}: zgodny.`,
    SAVED: `${number}: zapisano.`,
    ELSEWHERE: `${number}${name}: według ewidencji powinien być gdzie indziej${said.path ? ` (${said.path})` : ""}. Zapisano, że stoi tutaj.`,
    OUTSIDE: `${number}: nie ma go w ewidencji tego pola. Zapisano; urząd sprawdzi numer po wysłaniu.`,
    UNKNOWN: `${number}: nie ma takiego numeru w ewidencji. Zapisano jako nieznany.`,
    GONE: `${number}${name}: według ewidencji już nieużywany. Zapisano jako znaleziony.`,
    REPEAT: `${number} już policzono${said.sheet ? `: arkusz ${said.sheet}, pozycja ${said.position}` : ""}. Nie dodano drugi raz.`,
    CLOSED: `${number}: arkusz jest zamknięty, odczyt nie został przyjęty.`,
    REFUSED: `${number}: ${said.words ?? "odczyt nie został przyjęty."}`,
  }[said.outcome];
}
