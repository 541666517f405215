// The counting page: what is read is kept on the device first, then sent; without a network it waits.
import { Camera } from "./counting_camera.js";
import { bookOf, judge, numberIn } from "./counting_meaning.js";
import { Offline, send, standingOf } from "./counting_sending.js";
import { shelve } from "./counting_shelf.js";
import { Screen } from "./counting_screen.js";
import * as store from "./counting_store.js";

const AGAIN = 10000;
const RENEWED = 60000;
const frame = document.getElementById("licznik");
if (frame) start(frame);

async function start(frame) {
  const { sheet, standing, readings, worker, decoder } = frame.dataset;
  const screen = new Screen(frame);
  const base = await store.open();
  const known = await store.known(base, Number(sheet));
  const work = { base, screen, sheet: Number(sheet), urls: { standing, readings }, known, waiting: [], mark: "", order: 0 };
  await recall(work);
  const camera = new Camera(screen.video, decoder, (text) => seen(work, camera, text));
  wire(work, camera);
  await renew(work);
  await sendAll(work);
  shelve(worker, [decoder]).then(
    (isReady) => isReady && screen.ready(),
    () => {},
  );
  setInterval(() => (work.waiting.length || work.isOffline) && sendAll(work), AGAIN);
  setInterval(() => renew(work), RENEWED);
}

function wire(work, camera) {
  const { screen } = work;
  screen.onCamera(() => switched(work, camera));
  screen.onTyped((typed) => typedIn(work, camera, typed));
  screen.onSend(() => sendAll(work));
  screen.onRoom(() => screen.draw(work));
  addEventListener("online", () => sendAll(work));
  addEventListener("offline", () => offline(work));
}

async function recall(work) {
  work.waiting = await store.queued(work.base, work.sheet);
  work.order = Math.max(0, ...work.waiting.map((one) => one.order));
  work.screen.draw(work);
}

async function switched({ screen }, camera) {
  if (camera.isOn) camera.stop();
  else {
    try {
      await camera.start();
    } catch {
      screen.say("REFUSED", "Nie udało się włączyć aparatu. Zezwól na aparat w przeglądarce; strona musi mieć adres https. Numery można też wpisywać.");
    }
  }
  screen.camera(camera.isOn);
}

// Things by quantity are counted by a person: the number is written into the form and the camera waits.
function seen(work, camera, text) {
  const number = numberIn(text);
  const book = bookOf(work.known, number);
  if (number.startsWith("IL/") || book?.quantity > 1) {
    camera.isPaused = true;
    work.screen.askPieces(number);
  } else count(work, { number, quantity: 1, note: "" });
}

async function typedIn(work, camera, { typed, quantity, note }) {
  const number = numberIn(typed);
  if (!number || !(quantity >= 1)) return work.screen.say("REFUSED", "Wpisz numer inwentarzowy i liczbę sztuk od 1.");
  await count(work, { number, quantity, note });
  work.screen.emptyForm();
  camera.isPaused = false;
}

async function count(work, { number, quantity, note }) {
  const { screen, base, sheet } = work;
  const room = screen.room();
  const said = judge(work.known, work.waiting, { number, path: room.path });
  if (said.outcome === "REPEAT") return screen.tell(number, { ...said, sheet: "" });
  const reading = {
    key: freshKey(), sheet, account: work.account ?? work.known?.account ?? 0, order: (work.order += 1),
    number, quantity, note, place: room.id, path: room.path, name: said.name ?? "", read_at: new Date().toISOString(),
  };
  work.waiting.push(reading);
  await store.keep(base, reading);
  screen.tell(number, said);
  screen.draw(work);
  await sendAll(work);
}

// One sending at a time; what came meanwhile goes with the next round.
async function sendAll(work) {
  if (work.isSending) return;
  work.isSending = true;
  try {
    if (work.isOffline || !work.mark) await renew(work);
    let ours = own(work);
    while (!work.isOffline && work.mark && ours.length) {
      for (const answer of await send(work.urls, ours, work.mark)) await settled(work, answer);
      ours = own(work);
    }
  } catch (error) {
    failed(work, error);
  } finally {
    work.isSending = false;
    work.screen.draw(work);
  }
}

// What another person read on this device waits until that person signs in.
function own(work) {
  return work.waiting.filter((one) => !one.refused && (!one.account || one.account === work.account));
}

async function settled(work, answer) {
  const reading = work.waiting.find((one) => one.key === answer.key);
  if (!reading) return;
  if (["CLOSED", "REFUSED"].includes(answer.outcome)) {
    reading.refused = answer.words ?? "arkusz jest zamknięty";
    await store.keep(work.base, reading);
  } else {
    work.waiting = work.waiting.filter((one) => one !== reading);
    work.known.counted.push({ number: reading.number, position: answer.position, path: reading.path, outcome: answer.outcome, name: answer.name });
    await store.remember(work.base, work.known);
    await store.forget(work.base, reading.key);
  }
  work.screen.tell(reading.number, answer);
}

async function renew(work) {
  try {
    const told = await standingOf(work.urls.standing);
    work.mark = told.csrf;
    work.account = told.account;
    work.known = { ...told, csrf: "", id: work.sheet };
    work.isOffline = false;
    await store.remember(work.base, work.known);
    work.screen.online();
  } catch (error) {
    failed(work, error);
  }
  work.screen.draw(work);
}

function failed(work, error) {
  if (error instanceof Offline) return offline(work);
  work.mark = "";
  work.screen.signedOut();
}

function offline(work) {
  work.isOffline = true;
  work.screen.offline();
}

// Not every page may ask for a UUID: without https there is no randomUUID, and typing works there too.
function freshKey() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
