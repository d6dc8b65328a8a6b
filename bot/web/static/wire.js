// The socket: says who and since when, keeps what is not acknowledged, and sends it again in order.

const QUIET = 1200; // a break shorter than this is not worth a word
const PING = 25_000;

export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

export class Wire {
  /** `told` has: ready, entries, acknowledged, refused, state. `who()` gives the identity part of the first frame. */
  constructor(who, told) {
    this.who = who;
    this.told = told;
    this.version = 0;
    this.waiting = []; // {key, born, frame}, oldest first
    this.shelf = ""; // where in localStorage they are kept; known once the server says who we are
    this.tries = 0;
    this.open = false;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
    setInterval(() => this.ping(), PING);
    this.connect();
  }

  connect() {
    clearTimeout(this.later);
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/chat/ws`);
    this.socket = socket;
    this.open = false;
    socket.onopen = () => socket.send(JSON.stringify({ hello: { ...this.who(), since: this.version } }));
    socket.onmessage = (event) => socket === this.socket && this.hear(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.socket && this.lost(event.code);
  }

  lost(code) {
    this.open = false;
    this.under = null;
    clearTimeout(this.silence);
    this.silence = null;
    if (code === 4403) return this.told.state("closed");
    this.calm ??= setTimeout(() => this.told.state(navigator.onLine === false ? "offline" : "reconnecting"), QUIET);
    const wait = Math.min(15_000, 300 * 2 ** this.tries++) * (0.7 + Math.random() * 0.6);
    this.later = setTimeout(() => this.connect(), wait);
  }

  hurry() {
    if (this.open) return this.ping();
    this.tries = 0;
    if (this.socket.readyState === WebSocket.CLOSED) this.connect();
  }

  ping() {
    if (!this.open || this.silence) return;
    this.socket.send('{"ping":1}');
    this.silence = setTimeout(() => this.dead(), 8000);
  }

  /** Nothing came back: the network went without saying so. */
  dead() {
    this.socket.onclose = null;
    this.socket.close();
    this.lost(1006);
  }

  hear(frame) {
    clearTimeout(this.silence);
    this.silence = null;
    if (frame.ready) this.seated(frame.ready);
    if (frame.entries) {
      this.version = Math.max(this.version, frame.version);
      this.told.entries(frame.entries);
    }
    if (frame.ack !== undefined) this.done(frame.ack, frame.toast);
    if (frame.error) this.trouble(frame.error);
  }

  seated(ready) {
    clearTimeout(this.calm);
    this.calm = null;
    this.tries = 0;
    this.open = true;
    if (!this.shelf) this.remember(`rapport.unsent.${ready.you}.${ready.chat}.`);
    this.told.state("");
    this.told.ready(ready);
    this.push();
  }

  /** Messages of an earlier visit come before those of this one. */
  remember(shelf) {
    this.shelf = shelf;
    const kept = [];
    for (let n = 0; n < localStorage.length; n++) {
      const name = localStorage.key(n);
      if (name.startsWith(shelf)) kept.push(JSON.parse(localStorage.getItem(name)));
    }
    const known = new Set(this.waiting.map((item) => item.key));
    this.waiting = [...kept.filter((item) => !known.has(item.key)).sort((a, b) => a.born - b.born), ...this.waiting];
    this.waiting.forEach((item) => this.keep(item));
    if (kept.length) this.told.kept(this.waiting);
  }

  keep(item) {
    try {
      if (this.shelf) localStorage.setItem(this.shelf + item.key, JSON.stringify(item));
    } catch { /* a full or closed store: the message still waits in this page */ }
  }

  send(frame, key = newKey()) {
    const item = { key, born: Date.now(), frame };
    this.waiting.push(item);
    this.keep(item);
    this.push();
    return key;
  }

  /** One at a time: so a burst keeps its order whatever the server refuses meanwhile. */
  push() {
    const [item] = this.waiting;
    if (!this.open || !item || this.under === item.key) return;
    this.under = item.key;
    this.socket.send(JSON.stringify({ key: item.key, age: (Date.now() - item.born) / 1000, ...item.frame }));
  }

  done(key, toast) {
    this.drop(key);
    this.told.acknowledged(key, toast);
    this.push();
  }

  drop(key) {
    this.waiting = this.waiting.filter((item) => item.key !== key);
    if (this.under === key) this.under = null;
    if (this.shelf) localStorage.removeItem(this.shelf + key);
  }

  trouble(error) {
    const key = error.key ?? this.under;
    this.under = null;
    if (error.retry) return void setTimeout(() => this.push(), error.retry * 1000);
    if (error.code === "who" || error.code === "door") return this.told.refused(error);
    if (key) this.drop(key);
    this.told.refused(error, key);
    this.push();
  }
}
