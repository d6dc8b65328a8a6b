// Where people write: history, commands, editing, files by button, drop and paste.

import { chinese, language, words } from "./words.js";
import { firstLineOf, iconButton, make, sizeOf } from "./draw.js";

const FILE_BYTES = 10 * 1024 * 1024;
let commands; // fetched once a page, when somebody first types a slash

async function loadCommands() {
  commands ??= fetch(`/chat/commands?language=${language}`)
    .then((answer) => (answer.ok ? answer.json() : []))
    .then((found) => (Array.isArray(found) ? found : []))
    .catch(() => []);
  return commands;
}

export class Composer {
  /** `told` has: say(text, files, answers), edit(entry, text), key(digit) → handled, toast(text), secret(). */
  constructor(element, told) {
    this.told = told;
    this.history = [];
    this.back = 0;
    this.files = [];
    this.editing = null;
    this.answering = null;
    this.form = make("form", "composer");
    this.bar = make("div", "editing");
    this.list = make("div", "commands");
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words.commands);
    this.tray = make("div", "tray");
    this.bar.hidden = this.list.hidden = this.tray.hidden = true;
    this.form.append(this.list, this.bar, this.tray, this.row());
    element.append(this.form);
    this.listen(element);
  }

  row() {
    const row = make("div", "row");
    this.attach = iconButton("attach", words.attach);
    this.picker = make("input");
    this.picker.type = "file";
    this.picker.multiple = true;
    this.picker.hidden = true;
    this.input = make("textarea");
    this.input.rows = 1;
    this.input.maxLength = 12000;
    this.input.placeholder = words.write;
    this.input.setAttribute("aria-label", words.write);
    this.input.enterKeyHint = "send";
    this.submit = iconButton("send", words.send, "send");
    this.submit.type = "submit";
    row.append(this.attach, this.picker, this.input, this.submit);
    return row;
  }

  listen(element) {
    this.form.onsubmit = (event) => { event.preventDefault(); this.send(); };
    this.input.oninput = () => { this.grow(); this.suggest(); };
    this.input.onkeydown = (event) => this.key(event);
    this.input.onpaste = (event) => this.take(event.clipboardData.files, event);
    this.attach.onclick = () => this.picker.click();
    this.picker.onchange = () => { this.take(this.picker.files); this.picker.value = ""; };
    element.addEventListener("dragover", (event) => { event.preventDefault(); element.classList.add("dropping"); });
    element.addEventListener("dragleave", (event) => element.contains(event.relatedTarget) || element.classList.remove("dropping"));
    element.addEventListener("drop", (event) => { element.classList.remove("dropping"); this.take(event.dataTransfer.files, event); });
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return; // an input method is still choosing characters
    const empty = !this.input.value && !this.files.length;
    if (!this.list.hidden && this.steer(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.send(); }
    else if (event.key === "Escape") this.stopEditing();
    else if (empty && /^[0-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && this.told.key(event.key)) event.preventDefault();
    else if (event.key === "ArrowUp" && (empty || this.back)) { event.preventDefault(); this.recall(1); }
    else if (event.key === "ArrowDown" && this.back) { event.preventDefault(); this.recall(-1); }
    else this.back = 0;
  }

  recall(step) {
    this.back = Math.max(0, Math.min(this.history.length, this.back + step));
    this.put(this.back ? this.history[this.history.length - this.back] : "", this.back);
  }

  put(text, back = 0) {
    this.input.value = text;
    this.back = back;
    this.grow();
    this.input.focus();
    this.input.setSelectionRange(text.length, text.length);
  }

  grow() {
    this.input.style.height = "auto";
    if (this.input.scrollHeight) this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`; // 0 while hidden
    this.submit.classList.toggle("ready", Boolean(this.input.value.trim() || this.files.length));
  }

  send() {
    const text = this.input.value.trim();
    if (this.files.some((item) => !item.file) || (!text && !this.files.length)) return;
    if (this.editing) { if (text) this.told.edit(this.editing, text); }
    else this.told.say(text, this.files.map((item) => item.file), this.answering && String(this.answering.id));
    if (text) this.history.push(text);
    this.files = [];
    this.drawTray();
    this.stopEditing();
    this.put("");
    this.list.hidden = true;
  }

  edit(entry, text) {
    this.answering = null;
    this.editing = entry;
    this.announce(words.editing);
    this.put(text);
  }

  /** What is written next answers this entry. */
  reply(entry) {
    if (this.editing) this.stopEditing();
    this.answering = entry;
    this.announce(`${words.replying} ${firstLineOf(entry)}`);
    this.input.focus();
  }

  announce(said) {
    const stop = iconButton("close", words.cancel);
    stop.onclick = () => this.stopEditing();
    this.bar.replaceChildren(make("span", "", said), stop);
    this.bar.hidden = false;
  }

  stopEditing() {
    if (this.answering) { this.answering = null; this.bar.hidden = true; }
    if (!this.editing) return;
    this.editing = null;
    this.bar.hidden = true;
    this.put("");
  }

  async suggest() {
    const typed = /^\/([a-z_]*)$/i.exec(this.input.value);
    const name = typed?.[1].toLowerCase();
    const found = typed ? (await loadCommands()).filter((item) => item.name.startsWith(name)) : [];
    found.sort((one, other) => (other.name === name) - (one.name === name)); // "/report" is meant before "/reports"
    if (typed && this.input.value !== typed[0]) return; // typed on meanwhile
    this.list.hidden = !found.length;
    this.list.replaceChildren(...found.map((item) => this.suggestion(item)));
    this.list.firstChild?.setAttribute("aria-selected", "true");
  }

  suggestion(item) {
    const option = make("div", "command");
    option.setAttribute("role", "option");
    option.append(make("span", "command-name", `/${item.name}`), make("span", "command-help", item.help || ""));
    if (item.example) option.append(make("span", "command-example", item.example));
    option.onmousedown = (event) => { event.preventDefault(); this.choose(option); };
    return option;
  }

  choose(option) {
    this.put(`${option.querySelector(".command-name").textContent} `);
    this.list.hidden = true;
  }

  steer(event) {
    const now = this.list.querySelector("[aria-selected]") ?? this.list.firstChild;
    const next = { ArrowDown: now.nextSibling, ArrowUp: now.previousSibling }[event.key];
    if (event.key === "Escape") this.list.hidden = true;
    else if (event.key === "Tab" || (event.key === "Enter" && now.querySelector(".command-name").textContent !== this.input.value.toLowerCase())) this.choose(now);
    else if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return false;
    if (next) {
      now.removeAttribute("aria-selected");
      next.setAttribute("aria-selected", "true");
      next.scrollIntoView({ block: "nearest" });
    }
    return true;
  }

  take(files, event) {
    if (!files?.length) return;
    event?.preventDefault();
    for (const file of files) this.upload(file);
  }

  async upload(file) {
    if (file.size > FILE_BYTES) return this.told.toast(words.big);
    const item = { name: file.name, size: file.size, file: null };
    this.files.push(item);
    this.drawTray();
    item.file = await this.handIn(file);
    if (!item.file) this.files = this.files.filter((other) => other !== item);
    this.drawTray();
    this.grow();
  }

  async handIn(file) {
    const secret = this.told.secret();
    const headers = { "Content-Type": file.type || "application/octet-stream" };
    if (secret) headers.Authorization = `Bearer ${secret}`;
    try {
      const address = `/chat/file?${new URLSearchParams({ name: file.name, language })}`;
      const answer = await (await fetch(address, { method: "POST", headers, body: file })).json();
      if (answer.error) this.told.toast(answer.error.text);
      return answer.file;
    } catch {
      this.told.toast(words.failed);
      return null;
    }
  }

  drawTray() {
    this.tray.hidden = !this.files.length;
    this.tray.replaceChildren(...this.files.map((item) => this.chip(item)));
  }

  chip(item) {
    const chip = make("span", item.file ? "chip" : "chip loading");
    const remove = iconButton("close", `${words.remove}${chinese ? "" : " "}${item.name}`);
    remove.onclick = () => { this.files = this.files.filter((other) => other !== item); this.drawTray(); this.grow(); };
    chip.append(make("span", "file-name", item.name), make("span", "file-size", sizeOf(item.size)), remove);
    return chip;
  }
}
