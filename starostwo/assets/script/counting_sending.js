// Talking with the server: how the sheet stands, and the queue sent in parts; each reading carries its key.
const PART = 50;
const PATIENCE = 15000;

export class Offline extends Error {}
export class SignedOut extends Error {}

export function standingOf(url) {
  return asked(url, {});
}

// Returns the answers by key; a mark that has grown old is asked for once more.
export async function send(urls, readings, mark) {
  const answers = [];
  for (let at = 0; at < readings.length; at += PART) {
    const part = readings.slice(at, at + PART).map(plain);
    answers.push(...(await posted(urls.readings, part, mark)).answers);
  }
  return answers;
}

function plain({ key, number, quantity, note, place, read_at }) {
  return { key, typed: number, quantity, note, place, read_at };
}

function posted(url, readings, mark) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": mark };
  return asked(url, { method: "POST", headers, body: JSON.stringify({ readings }) });
}

async function asked(url, options) {
  let answer;
  try {
    answer = await fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE), ...options });
  } catch {
    throw new Offline();
  }
  if (answer.status >= 500) throw new Offline();
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (answer.redirected || !answer.ok || !isJson) throw new SignedOut();
  return answer.json();
}
