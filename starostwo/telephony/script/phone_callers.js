// Who calls: a name from the book of numbers, and the part of a page that tells of his cases.
const PATIENCE = 5000;

export async function whoCalls({ book, callers }, number) {
  const [name, part] = await Promise.all([nameOf(book, number), partOf(callers, number)]);
  return { name, part };
}

async function nameOf(book, number) {
  const answer = await asked(`${book}?q=${encodeURIComponent(number)}`, "application/json");
  const hits = answer ? (await answer.json()).hits : [];
  return hits.find((one) => one.value === number)?.label ?? "";
}

async function partOf(callers, number) {
  const answer = await asked(`${callers}${encodeURIComponent(number)}/?okno=1`, "text/html");
  if (!answer) return [];
  return [...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes];
}

async function asked(address, type) {
  try {
    const answer = await fetch(address, { headers: { Accept: type }, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok && !answer.redirected ? answer : null;
  } catch {
    return null;
  }
}
