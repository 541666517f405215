// Rings: a sound also behind other windows, the title of the window, a notification where the person wants one.
const LONGEST = 120; // s; planned ahead, since a hidden window is not let to keep time
const ON = 1;
const ROUND = 4;
const TONES = [440, 554];
const BLINKS = 1000;

export class Ringing {
  constructor(devices, answer) {
    this.devices = devices;
    this.answer = answer;
    this.title = document.title;
  }

  start(who) {
    this.stop();
    this.sound = this.play(LONGEST);
    this.note = this.notify(who);
    let isOdd = true;
    const blink = () => (document.title = (isOdd = !isOdd) ? this.title : `Dzwoni: ${who}`);
    blink();
    this.blinking = setInterval(blink, BLINKS);
  }

  stop() {
    clearInterval(this.blinking);
    document.title = this.title;
    this.sound?.();
    this.note?.close();
    this.sound = this.note = null;
  }

  once() {
    this.devices.wake();
    this.play(ON);
  }

  play(seconds) {
    const { context } = this.devices;
    const loudness = context.createGain();
    loudness.gain.value = 0;
    loudness.connect(context.destination);
    const tones = TONES.map((hz) => new OscillatorNode(context, { frequency: hz }));
    for (let at = 0; at < seconds; at += ROUND) {
      loudness.gain.setValueAtTime(0.2, context.currentTime + at);
      loudness.gain.setValueAtTime(0, context.currentTime + at + ON);
    }
    for (const tone of tones) {
      tone.connect(loudness);
      tone.start();
      tone.stop(context.currentTime + seconds);
    }
    return () => loudness.disconnect();
  }

  notify(who) {
    if (globalThis.Notification?.permission !== "granted" || document.hasFocus()) return null;
    const note = new Notification("Dzwoni telefon", { body: `${who}. Kliknij, żeby odebrać.`, tag: "starostwo-telefon", requireInteraction: true });
    note.addEventListener("click", () => {
      window.focus();
      this.answer();
    });
    return note;
  }
}
