// Microphone, loudspeaker and the loudspeaker that rings, as the person chose them in this browser.
const KEPT = "starostwo.telefon.";
const WORDS = { mikrofon: "Mikrofon", glosnik: "Głośnik rozmowy", dzwonek: "Głośnik dzwonka" };
const KINDS = { mikrofon: "audioinput", glosnik: "audiooutput", dzwonek: "audiooutput" };

export class Devices {
  constructor(screen) {
    this.screen = screen;
    this.context = new AudioContext();
    this.audio = document.getElementById("slychac");
    this.audio.autoplay = true; // whoever answered has touched the page
  }

  get microphone() {
    return this.screen.mikrofon.value; // one that was chosen and is not plugged in is not asked for
  }

  // A browser lets a page sound only after the person has touched it, and asks for the microphone. The phone signs in
  // at once where the microphone is allowed already, else when the person has switched it on.
  async prepare(allowed) {
    const look = async () => this.screen.askSound(this.context.state !== "running" || !(await mayHear()));
    this.context.addEventListener("statechange", look);
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => this.wake());
    this.screen.on("wlacz-telefon", async () => {
      await this.allow();
      await look();
      allowed();
    });
    await look();
    if (await mayHear()) allowed();
    else this.screen.state("Telefon jest wyłączony.");
  }

  start(speakInto) {
    this.speakInto = (id) => speakInto(id).catch(() => this.screen.trouble("Tego mikrofonu nie da się włączyć. Wybierz inny."));
    for (const name of Object.keys(KINDS)) {
      this.screen.on(name, () => {
        localStorage.setItem(KEPT + name, this.screen[name].value);
        this.screen.trouble("");
        this.use(name);
        if (name === "mikrofon") this.speakInto(this.microphone);
      }, "change");
    }
    navigator.mediaDevices.addEventListener("devicechange", () => this.list());
    this.notifications();
    this.list();
  }

  onTry(act) {
    this.screen.on("sprawdz-dzwonek", act);
  }

  wake() {
    if (this.context.state === "suspended") this.context.resume();
  }

  async allow() {
    this.wake();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      stream.getTracks().forEach((track) => track.stop());
      this.screen.trouble("");
    } catch {
      this.screen.trouble("Przeglądarka nie dała mikrofonu. Zezwól na niego obok adresu strony albo podłącz mikrofon.");
    }
    await this.list();
  }

  play(stream) {
    this.audio.srcObject = stream;
    this.audio.play().catch(() => this.screen.askSound(true));
  }

  async list() {
    const all = await navigator.mediaDevices.enumerateDevices();
    for (const [name, kind] of Object.entries(KINDS)) {
      const before = this.screen[name];
      const [id, label] = [before.value, before.selectedOptions[0]?.label];
      const known = all.filter((one) => one.kind === kind && one.deviceId && one.deviceId !== "default");
      this.screen.choices(name, known.map((one) => [one.deviceId, one.label || "urządzenie bez nazwy"]), this.chosen(name));
      this.use(name);
      if (id !== before.value) this.changed(name, before.value, label);
    }
  }

  // What was chosen is unplugged: the usual one is taken, until the other is there again.
  changed(name, id, label) {
    this.screen.trouble(id ? "" : `Odłączono: ${label}. ${WORDS[name]} jest teraz domyślny.`);
    if (name === "mikrofon") this.speakInto?.(id);
  }

  use(name) {
    const id = this.screen[name].value;
    if (name === "glosnik") this.audio.setSinkId?.(id).catch(() => {});
    if (name === "dzwonek") this.context.setSinkId?.(id).catch(() => {});
  }

  notifications() {
    const button = this.screen.powiadamiaj;
    const look = () => (button.hidden = globalThis.Notification?.permission !== "default");
    this.screen.on("powiadamiaj", async () => {
      await Notification.requestPermission();
      look();
    });
    look();
  }

  chosen(name) {
    return localStorage.getItem(KEPT + name) ?? "";
  }
}

async function mayHear() {
  const asked = await navigator.permissions?.query({ name: "microphone" }).catch(() => null);
  return asked?.state === "granted";
}
