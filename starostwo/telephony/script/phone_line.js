// One line of the exchange: signs in with a pass, calls, is called. It knows nothing of the page; what happens is
// told to whoever asked with `on`. At most one call at a time, and one that waits while a colleague is asked; a second
// caller hears that the line is busy.
import JsSIP from "jssip";
import { isPicked, passOn } from "./phone_passing.js";
import { shown } from "./phone_words.js";

const GATHERED = 500; // ms after the first address of ours: the rest is not waited for
const RENEWED = 300; // s
const BUSY = 486;
const BY_SOUND = { transportType: JsSIP.C.DTMF_TRANSPORT.RFC2833, duration: 160, interToneGap: 70 };
const INTERNAL = /^[1-9][0-9]{1,5}$/;

export class Line {
  constructor(settings) {
    this.settings = settings;
    this.call = null;
    this.told = {};
    this.tries = 0;
  }

  on(what, act) {
    this.told[what] = act;
  }

  tell(what, ...more) {
    this.told[what]?.(...more);
  }

  get isReady() {
    return Boolean(this.ua?.isRegistered());
  }

  get isUp() {
    return this.call?.phase === "up";
  }

  async start() {
    let pass;
    try {
      pass = await this.settings.askPass();
    } catch {
      return this.tell("signedOut");
    }
    const { number, name, domain, address } = this.settings;
    this.ua = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(address)], uri: `sip:${number}@${domain}`, display_name: name,
      authorization_user: pass.username, password: pass.password, realm: domain, register_expires: RENEWED,
      session_timers: false, connection_recovery_min_interval: 1, connection_recovery_max_interval: 15,
      user_agent: "Starostwo",
    });
    this.ua.on("registered", () => ((this.tries = 0), this.tell("ready")));
    this.ua.on("disconnected", () => this.tell("away"));
    this.ua.on("registrationFailed", (event) => this.refused(event));
    this.ua.on("newRTCSession", ({ originator, session, request }) => originator === "remote" && this.comes(session, request));
    this.ua.start();
  }

  stop() {
    this.ua?.stop();
  }

  // A pass that is over is changed for a new one, once; without a connection the phone goes on trying by itself.
  refused({ response }) {
    if (!response) return this.tell("away");
    this.ua.removeAllListeners();
    this.ua.stop();
    if (this.tries > 0) return this.tell("refused");
    this.tries += 1;
    this.start();
  }

  comes(session, request) {
    const replaced = this.replaced;
    const picked = isPicked(this, request);
    if (this.call && !replaced && !picked) return session.terminate({ status_code: BUSY });
    const { user } = session.remote_identity.uri;
    this.call = { session, number: user, shown: shown(user), isOurs: false, phase: "rings" };
    this.follow(this.call);
    this.tell("rings", this.call);
    if (replaced || picked) setTimeout(() => this.answer()); // JsSIP says first that it rings
  }

  // Somebody takes the place of the one with whom we talk, who has passed him on to us.
  takesPlace(call, accept) {
    this.replaced = this.call === call ? call : null;
    accept();
    this.replaced = null;
  }

  dial(number, name, more = {}) {
    const words = name ? `${name} (${shown(number)})` : shown(number);
    const call = (this.call = { number, shown: words, isOurs: true, phase: "calls", before: more.before, waits: more.waits });
    const attach = (session) => {
      call.session = session;
      this.follow(call);
    };
    this.ua.once("newRTCSession", ({ session }) => attach(session));
    if (more.accept) more.accept((session) => session, this.options());
    else this.ua.call(`sip:${number}@${this.settings.domain}`, this.options());
    this.tell("changed", call);
  }

  answer() {
    if (this.call?.phase !== "rings") return;
    this.call.phase = "answers";
    this.tell("changed", this.call);
    this.call.session.answer(this.options());
  }

  refuse() {
    if (this.call?.phase !== "rings") return;
    this.call.why = "refusedByUs";
    this.call.session.terminate({ status_code: BUSY });
  }

  hangUp() {
    if (!this.call) return;
    if (this.call.phase === "calls") this.call.why = "givenUp";
    this.call.session.terminate();
  }

  holdOrResume() {
    if (!this.isUp) return;
    const { session } = this.call;
    const isHeld = session.isOnHold().local;
    steadily(session, () => (isHeld ? session.unhold() : session.hold()));
  }

  muteOrSpeak() {
    if (!this.isUp) return;
    const { session } = this.call;
    if (session.isMuted().audio) session.unmute({ audio: true });
    else session.mute({ audio: true });
  }

  sendDigit(digit) {
    if (this.isUp) this.call.session.sendDTMF(digit, BY_SOUND);
  }

  transfer(number) {
    if (this.isUp) passOn(this, this.call, number);
  }

  // The caller waits while a colleague is asked; who waits already is not left for a third one.
  consult(number, name) {
    const waits = this.call;
    if (!this.isUp || waits.waits) return;
    if (!waits.session.isOnHold().local) steadily(waits.session, () => waits.session.hold());
    this.dial(number, name, { waits });
  }

  async speakInto(id) {
    const sender = this.call?.session?.connection?.getSenders()[0];
    if (!sender) return;
    const stream = await navigator.mediaDevices.getUserMedia({ audio: id ? { deviceId: { exact: id } } : true });
    const [track] = stream.getAudioTracks();
    track.enabled = sender.track?.enabled ?? true;
    sender.track?.stop();
    await sender.replaceTrack(track);
  }

  options() {
    const id = this.settings.microphone();
    const audio = id ? { deviceId: { exact: id } } : true;
    return { mediaConstraints: { audio, video: false }, pcConfig: { iceServers: [], rtcpMuxPolicy: "require" } };
  }

  follow(call) {
    const { session } = call;
    const hear = (connection) =>
      connection.addEventListener("track", ({ track }) => this.tell("sound", (call.stream = new MediaStream([track]))));
    if (session.connection) hear(session.connection);
    else session.on("peerconnection", ({ peerconnection }) => hear(peerconnection));
    let waited;
    session.on("icecandidate", ({ ready }) => ready !== waited && setTimeout((waited = ready), GATHERED));
    const changed = () => this.call === call && this.tell("changed", Object.assign(call, stateOf(session)));
    session.on("accepted", () => {
      Object.assign(call, { phase: "up", since: Date.now() });
      changed();
    });
    for (const name of ["hold", "unhold", "muted", "unmuted"]) session.on(name, changed);
    session.on("refer", (event) => this.sentOn(call, event));
    session.on("replaces", ({ accept }) => this.takesPlace(call, accept));
    session.on("failed", (event) => this.over(call, call.why ?? whyOf(call, event)));
    session.on("ended", (event) => this.over(call, call.why ?? (event.cause === JsSIP.C.causes.CONNECTION_ERROR ? "away" : "ended")));
  }

  // A colleague passes us on to somebody else and hangs up when that worked; a stranger may not make us call.
  sentOn(call, { request, accept, reject }) {
    const target = request.refer_to?.uri?.user ?? "";
    if (!INTERNAL.test(call.number) || !target || this.call !== call) return reject();
    this.dial(target, "", { accept, before: call });
  }

  // Who was passed on in vain talks on with the colleague; after a talk with a colleague the one who waits is there.
  over(call, why) {
    if (this.call?.waits === call) return this.leftWaiting(call, why);
    if (this.call !== call) return;
    const { before, waits } = call;
    const back = waits ?? (why !== "ended" ? before : null);
    this.call = back && !back.session.isEnded() ? back : null;
    if (!this.call) return this.tell("over", call, call.isGivenAway && why === "ended" ? "transferred" : why);
    this.tell("sound", back.stream);
    this.tell("changed", back);
    if (waits && !call.isGivenAway) this.tell("back", call, why);
  }

  // Who waited hung up, or was connected with the colleague: then our talk with him is over too.
  leftWaiting(call, why) {
    this.call.waits = null;
    if (why === "transferred" && !this.call.session.isEnded()) {
      this.call.why = "transferred";
      return this.call.session.terminate();
    }
    this.tell("changed", this.call);
    this.tell("sent", `Rozmówca, który czekał, rozłączył się: ${call.shown}.`);
  }
}

// While the sides still agree on the last change, JsSIP makes no new one and says so.
function steadily(session, change, tries = 50) {
  if (session.isEnded() || change() || tries === 0) return;
  setTimeout(() => steadily(session, change, tries - 1), 100);
}

function stateOf(session) {
  return { isHeld: session.isOnHold().local, isHeldByThem: session.isOnHold().remote, isMuted: Boolean(session.isMuted().audio) };
}

function whyOf(call, { cause, message, originator }) {
  const { USER_DENIED_MEDIA_ACCESS, CONNECTION_ERROR, CANCELED } = JsSIP.C.causes;
  if (cause === USER_DENIED_MEDIA_ACCESS) return "noMicrophone";
  if (cause === CONNECTION_ERROR) return "away";
  if (!call.isOurs && originator === "remote" && cause === CANCELED) {
    return /cause\s*=\s*200/.test(message?.getHeader?.("Reason") ?? "") ? "elsewhere" : "missed";
  }
  if (!call.isOurs && call.phase === "rings") return "missed";
  return message?.status_code ?? 0;
}
