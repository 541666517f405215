// Cuts the fonts of the pages out of the packages' files: the letters that _font.scss names for each part, in the
// weights that the screens use. What every Polish page loads becomes 22 kB, where the packages' two files have 53.
// Called by build.py: node letters.mjs FOLDER_OF_FONTS TO
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import subsetFont from "subset-font";

const SOURCE = { latin: "latin", "latin-ext": "latin-ext", polish: "latin-ext" };
const WEIGHTS = { wght: { min: 400, max: 700 } };

const [folder, to] = process.argv.slice(2);
const name = (part, style) => `atkinson-hyperlegible-next-${part}-wght-${style}.woff2`;
const sheet = await readFile(new URL("_font.scss", import.meta.url), "utf8");
for (const [part, source] of Object.entries(SOURCE)) {
  const letters = lettersOf(part);
  for (const style of ["normal", "italic"]) {
    const whole = await readFile(join(folder, name(source, style)));
    const cut = await subsetFont(whole, letters, { targetFormat: "woff2", variationAxes: WEIGHTS });
    await writeFile(join(to, name(part, style)), cut);
  }
}

// The letters of `$part: U+0100-0103, U+20AC;` as one string.
function lettersOf(part) {
  const line = sheet.match(new RegExp(`^\\$${part}: (.*);$`, "m"));
  if (!line) throw new Error(`${basename(import.meta.url)}: _font.scss names no letters for ${part}`);
  return line[1].split(", ").map(lettersOfRange).join("");
}

function lettersOfRange(range) {
  const [first, last = first] = range.replace("U+", "").split("-").map((code) => parseInt(code, 16));
  return Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)).join("");
}
