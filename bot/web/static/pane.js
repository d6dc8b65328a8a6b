// One chat: its head, its messages, its composer. Entries come from the wire; what the person does goes back.

import { dayOf, language, words } from "./words.js";
import { Wire, newKey } from "./wire.js";
import { icon, make, message, textOf } from "./draw.js";
import { Composer } from "./composer.js";

const LONG_PRESS = 500;

const initial = (title) => [...title.trim()][0]?.toUpperCase() ?? "R";

function longPress(element, act) {
  let timer;
  element.addEventListener("pointerdown", (event) => { if (event.pointerType === "touch") timer = setTimeout(act, LONG_PRESS); });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) element.addEventListener(end, () => clearTimeout(timer));
}

export class Pane {
  /** `secret` is empty where a cookie says who it is. */
  constructor(element, secret) {
    this.element = element;
    this.config = element.dataset;
    this.secret = secret;
    this.you = "";
    this.shown = new Map(); // id → {entry, element}
    this.pending = new Map(); // key → element
    this.unread = 0;
    this.loaded = false;
    this.build();
    this.wire = new Wire(() => this.who(), this);
  }

  who() {
    const { chat, name } = this.config;
    return { language, ...(this.secret && { secret: this.secret }), ...(chat && { chat }), ...(name && { name }) };
  }

  build() {
    this.head = make("header", "pane-head");
    const lines = make("div", "lines");
    this.title = make("h2", "", this.config.title || "Rapport");
    this.below = make("p", "identity", this.config.you || "");
    lines.append(this.title, this.below);
    this.face = make("span", "face", initial(this.title.textContent));
    this.face.setAttribute("aria-hidden", "true");
    this.link = make("p", "link-state");
    this.link.setAttribute("role", "status");
    this.head.append(this.face, lines, this.link);
    this.log = make("div", "log");
    this.log.setAttribute("role", "log");
    this.log.setAttribute("aria-live", "polite");
    this.log.setAttribute("aria-label", this.title.textContent);
    this.log.setAttribute("aria-busy", "true"); // what was said before is not read aloud
    this.log.tabIndex = 0;
    this.log.onscroll = () => this.atEnd() && (this.newer.hidden = true);
    this.newer = make("button", "newer", words.newer);
    this.newer.append(icon("down"));
    this.newer.hidden = true;
    this.newer.onclick = () => this.toEnd();
    this.toasts = make("div", "toasts");
    this.toasts.setAttribute("role", "status");
    this.first = make("div", "first");
    this.element.append(this.head, this.log, this.newer, this.toasts, this.first);
    this.composer = new Composer(this.element, {
      say: (text, files, answers) => this.say(text, files, answers),
      edit: (entry, text) => this.wire.send({ kind: "edit", message: entry.key, text }),
      key: (digit) => this.digit(digit),
      toast: (text) => this.toast(text),
      secret: () => this.secret,
    });
    this.suggestFirst();
  }

  // What the wire tells.

  ready(ready) {
    this.you = ready.you;
    this.private = ready.private;
    this.element.classList.toggle("room", !ready.private);
    if (!this.config.title) this.rename(ready.title || "Rapport");
    this.element.dispatchEvent(new CustomEvent("seated", { detail: ready }));
  }

  entries(list) {
    for (const entry of list) this.put(entry);
    this.arrange();
    this.loaded = true;
    this.log.removeAttribute("aria-busy");
  }

  kept(waiting) {
    for (const { key, frame } of waiting) if (!this.pending.has(key)) this.drawPending(key, frame);
  }

  acknowledged(key, text) {
    this.element.querySelectorAll(`[data-pending="${CSS.escape(key)}"]`).forEach((button) => this.release(button));
    if (text) this.toast(text);
  }

  refused(error, key) {
    this.pending.get(key)?.remove();
    this.pending.delete(key);
    if (key) this.acknowledged(key);
    if (error.code === "who" || error.code === "door") this.shut(error.text);
    else this.toast(error.text);
  }

  /** Whoever may not be here (any more) keeps nothing of it on the screen. */
  shut(text) {
    this.log.replaceChildren();
    this.shown.clear();
    this.first.hidden = true;
    this.log.classList.add("empty");
    this.log.dataset.empty = text;
  }

  state(state) {
    this.element.dataset.state = state;
    this.link.textContent = state === "closed" ? "" : words[state] || "";
    if (state === "closed") this.composer.form.inert = true;
  }

  // Drawing.

  put(entry) {
    const known = this.shown.get(entry.id);
    if (known && known.entry.version === entry.version) return;
    this.settle(entry);
    if (entry.cleared) { known?.element.remove(); this.shown.delete(entry.id); return; }
    const element = this.draw(entry);
    this.shown.set(entry.id, { entry, element });
    if (known) { known.element.replaceWith(element); element.classList.add("changed"); return; }
    this.place(element, entry.id);
    if (this.loaded && entry.by !== this.you) this.count();
  }

  draw(entry) {
    const by = entry.by === "bot" ? "bot" : entry.by === this.you ? "mine" : "other";
    const element = message(entry, {
      by,
      root: this.shown.get(Number(entry.answers))?.entry,
      onReply: by === "mine" ? null : () => this.composer.reply(entry),
      onPress: (button, of, at) => this.press(button, of, at),
      onEdit: by === "mine" && entry.key && !entry.files && !entry.shared ? () => this.composer.edit(entry, textOf(entry)) : null,
    });
    if (by === "mine" && entry.key && !entry.files) longPress(element, () => this.composer.edit(entry, textOf(entry)));
    return element;
  }

  settle(entry) {
    if (entry.by !== this.you || !entry.key) return;
    this.pending.get(entry.key)?.remove();
    this.pending.delete(entry.key);
  }

  place(element, id) {
    const after = [...this.log.querySelectorAll(".message:not(.waiting)")].findLast((other) => Number(other.dataset.id) < id);
    const waiting = this.log.querySelector(".message.waiting");
    if (after) after.after(element);
    else this.log.insertBefore(element, this.log.querySelector(".message:not(.waiting)") ?? waiting);
  }

  drawPending(key, frame) {
    if (frame.kind !== "say" && frame.kind !== "file") return;
    const text = frame.text ? [[frame.text, "", ""]] : [];
    const element = message({ by: this.you, text, files: frame.files }, { by: "mine" });
    element.classList.add("waiting");
    this.pending.set(key, element);
    this.log.append(element);
    this.arrange(true);
  }

  /** Days, authors and neighbours depend on what stands before: set anew after every change. */
  arrange(mine = false) {
    const stay = !mine && this.loaded && !this.atEnd(160);
    this.log.querySelectorAll(".day").forEach((day) => day.remove());
    let before = null, label = "";
    for (const element of this.log.querySelectorAll(".message")) {
      const at = Number(element.dataset.at), day = dayOf(new Date(at));
      if (day !== label) element.before(make("div", "day", day));
      const same = before && day === label && before.dataset.by === element.dataset.by && at - before.dataset.at < 300_000;
      element.classList.toggle("next", Boolean(same));
      label = day;
      before = element;
    }
    const asking = [...this.log.querySelectorAll(".message.bot")].findLast((element) => element.querySelector(".choice"));
    this.log.querySelectorAll(".asking").forEach((element) => element.classList.remove("asking"));
    asking?.classList.add("asking");
    this.suggestFirst();
    if (stay) this.newer.hidden = false;
    else this.toEnd(this.loaded);
  }

  suggestFirst() {
    const quiet = !this.log.querySelector(".message");
    const spoke = Boolean(this.log.querySelector(".message.mine"));
    this.log.classList.toggle("empty", quiet);
    this.log.dataset.empty = quiet ? (this.config.hint ? words.first : words.hello) : "";
    this.first.hidden = spoke || !this.config.hint;
    if (this.first.hidden || this.first.firstChild) return;
    const chip = make("button", "hint", this.config.hint);
    chip.type = "button";
    chip.title = words.tap;
    chip.onclick = () => this.composer.put(this.config.hint);
    this.first.append(chip);
  }

  // What the person does.

  say(text, files, answers) {
    const frame = { ...(files.length ? { kind: "file", text, files } : { kind: "say", text }), ...(answers && { answers }) };
    const key = newKey();
    this.drawPending(key, frame);
    this.wire.send(frame, key);
  }

  press(button, entry, element) {
    if (element.dataset.pending) return;
    element.setAttribute("aria-busy", "true");
    element.dataset.pending = this.wire.send({ kind: "press", press: button.press, message: String(entry.id) });
  }

  release(button) {
    button.removeAttribute("aria-busy");
    delete button.dataset.pending;
  }

  /** A label that is the digit wins over the place in the row; "1" waits where there is a "10". */
  digit(digit) {
    const asking = this.log.querySelector(".message.asking");
    const buttons = [...(asking?.querySelectorAll(".choice") ?? [])];
    const labels = buttons.map((button) => button.textContent.trim());
    if (labels.some((label) => /^\d+$/.test(label) && label.length > 1 && label.startsWith(digit))) return false;
    const numbered = labels.some((label) => /^\d+$/.test(label));
    const found = numbered ? buttons[labels.indexOf(digit)] : buttons[Number(digit) - 1];
    found?.click();
    return Boolean(found);
  }

  // Around it.

  rename(title) {
    this.title.textContent = title;
    this.face.textContent = initial(title);
    this.log.setAttribute("aria-label", title);
  }

  toast(text) {
    const toast = make("div", "toast", text);
    this.toasts.replaceChildren(toast);
    setTimeout(() => toast.remove(), 2500 + text.length * 60);
  }

  atEnd(room = 60) { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < room; }

  toEnd(soft = false) {
    this.newer.hidden = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: soft && !calm ? "smooth" : "auto" });
  }

  seen() { return !document.hidden && this.element.getClientRects().length > 0 && !this.away; }

  count() {
    if (this.seen()) return;
    this.unread += 1;
    this.tell();
  }

  read() {
    this.unread = 0;
    this.tell();
  }

  tell() { this.element.dispatchEvent(new CustomEvent("unread", { bubbles: true, detail: this.unread })); }
}
