// The camera and the decoder: the browser's own where it has one, else zxing as WebAssembly of our own host.
import { BarcodeDetector as Ponyfill, prepareZXingModule } from "barcode-detector/ponyfill";

const FORMATS = ["qr_code", "code_128"];
const PAUSE = 120;
const SAME = 2500; // so long a code that stays in view is one reading

export class Camera {
  constructor(video, decoder, onRead) {
    Object.assign(this, { video, decoder, onRead, isPaused: false, stream: null, last: { text: "", at: 0 } });
  }

  get isOn() {
    return this.stream !== null;
  }

  async start() {
    const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    this.detector ??= await detector(this.decoder);
    this.video.srcObject = this.stream;
    this.video.hidden = false;
    await this.video.play();
    this.look();
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
    this.video.hidden = true;
  }

  async look() {
    while (this.isOn) {
      if (!this.isPaused && this.video.readyState >= 2) await this.read();
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  async read() {
    let found = [];
    try {
      found = await this.detector.detect(this.video);
    } catch {
      return; // a frame that cannot be read is followed by the next one
    }
    const text = found[0]?.rawValue;
    if (!text) return;
    const now = performance.now();
    const isSame = text === this.last.text && now - this.last.at < SAME;
    this.last = { text, at: now };
    if (!isSame) this.onRead(text);
  }
}

async function detector(decoder) {
  const native = globalThis.BarcodeDetector;
  const able = native ? await native.getSupportedFormats() : [];
  if (FORMATS.every((one) => able.includes(one))) return new native({ formats: FORMATS });
  prepareZXingModule({ overrides: { locateFile: (path) => (path.endsWith(".wasm") ? decoder : path) } });
  return new Ponyfill({ formats: FORMATS });
}
