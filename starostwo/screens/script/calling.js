// <a data-call="+48601234567"> calls: in the telephone's own window when one is open (it answers on the channel),
// else the server rings the clerk's own telephone and then the number. Who has none gets the ordinary link.
import { hush, say } from "./said.js";

const ANSWERS_WITHIN = 400;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("starostwo-telefon") : null;
const dial = document.querySelector("meta[name=starostwo-dial]")?.content;

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-call]:not([data-window])");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (!channel && !dial) return;
  event.preventDefault();
  call(link);
});

async function call(link) {
  if (await windowTakes(link.dataset.call)) return say("Wybrano numer w oknie telefonu.");
  if (!dial) return follow(link);
  say("Łączę z Twoim telefonem…");
  try {
    const outcome = await ring(link.dataset.call);
    if (!outcome.has_phone) return follow(link);
    say(outcome.said, outcome.rings);
  } catch {
    say("Nie udało się połączyć z serwerem. Spróbuj jeszcze raz albo wybierz numer na telefonie.", false);
  }
}

function windowTakes(number) {
  if (!channel) return false;
  return new Promise((resolve) => {
    const heard = ({ data }) => data?.here && done(true);
    const timer = setTimeout(() => done(false), ANSWERS_WITHIN);
    function done(taken) {
      clearTimeout(timer);
      channel.removeEventListener("message", heard);
      resolve(taken);
    }
    channel.addEventListener("message", heard);
    channel.postMessage({ call: number });
  });
}

async function ring(number) {
  const answer = await fetch(dial, {
    method: "POST",
    credentials: "same-origin",
    headers: { Accept: "application/json", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]")?.value },
    body: new URLSearchParams({ numer: number }),
  });
  return answer.json();
}

function follow(link) {
  hush();
  location.href = link.href;
}
