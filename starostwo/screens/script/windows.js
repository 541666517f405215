// <a href="..." data-window="name"> opens a small window of its own, once: windows answer to their name over a
// BroadcastChannel of that name, and an open one is left alone. data-call="601234567" is said to it.
import { say } from "./said.js";

const PATIENCE = 250;
const SHAPE = "popup,width=400,height=720";
const opened = new Map();

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-window]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  reach(link);
});

async function reach(link) {
  const { window: name, call } = link.dataset;
  if (await isThere(name, call ? { call } : { ask: true })) {
    opened.get(name)?.focus();
    return say(call ? "Wybrano numer w oknie telefonu." : "To okno jest już otwarte.");
  }
  const address = call ? `${link.href}#${encodeURIComponent(call)}` : link.href;
  const fresh = window.open(address, name, SHAPE);
  if (fresh) opened.set(name, fresh);
  else location.assign(address);
}

function isThere(name, message) {
  return new Promise((settle) => {
    const channel = new BroadcastChannel(name);
    const end = (answer) => {
      channel.close();
      settle(answer);
    };
    const timer = setTimeout(() => end(false), PATIENCE);
    channel.addEventListener("message", ({ data }) => {
      if (!data.here) return;
      clearTimeout(timer);
      end(true);
    });
    channel.postMessage(message);
  });
}
