// Entries as elements. Text only ever becomes text nodes; links come only from what the bot marked as one.

import { words, timeOf, fullTimeOf } from "./words.js";

const ICONS = {
  send: "M3.4 20.4 21 12 3.4 3.6 3.4 10.2 15 12 3.4 13.8z",
  attach: "M16.5 6.5v9a4.5 4.5 0 0 1-9 0V5.8a3 3 0 0 1 6 0v9.2a1.5 1.5 0 0 1-3 0V6.5",
  edit: "M4 20h4L19 9l-4-4L4 16zM13.5 6.5l4 4",
  reply: "M10 5 4 11l6 6M4 11h10a6 6 0 0 1 6 6v2",
  close: "M6 6l12 12M18 6 6 18",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  down: "M12 5v14M6 13l6 6 6-6",
};
const STYLES = { bold: "strong", italic: "em", code: "code", quote: "q" };
const SAFE = /^(https?:|mailto:|tel:|\/(?!\/))/i;

export function make(name, className = "", text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, className = "") {
  const button = make("button", `icon-button ${className}`);
  button.type = "button";
  button.title = label;
  button.setAttribute("aria-label", label);
  button.append(icon(name));
  return button;
}

/** The whole message; `by` is "mine", "bot" or "other", `root` the entry that it answers. */
export function message(entry, { by, root, onPress, onEdit, onReply }) {
  const element = make("article", `message ${by}`);
  const at = new Date(entry.at || Date.now());
  element.dataset.id = entry.id ?? "";
  element.dataset.at = at.getTime();
  element.dataset.by = entry.by;
  const bubble = make("div", "bubble");
  bubble.dir = "auto";
  if (root) bubble.append(make("span", "root", firstLineOf(root)));
  if (entry.shared) bubble.append(make("span", "shared", words[entry.shared]));
  if (entry.text?.length) bubble.append(prose(entry.text));
  for (const file of entry.files ?? []) bubble.append(attachment(file));
  if (isCard(entry)) bubble.classList.add("card");
  element.append(make("span", "author", entry.name || ""), bubble);
  if (entry.buttons?.length) element.append(choices(entry, onPress));
  element.append(foot(entry, at, by, onEdit, onReply));
  return element;
}

export const textOf = (entry) => (entry.text ?? []).map(([text]) => text).join("");

export const firstLineOf = (entry) => textOf(entry).split("\n")[0] || entry.files?.[0]?.name || "";

const isCard = (entry) => entry.by === "bot" && entry.text?.[0]?.[1] === "bold" && textOf(entry).includes("\n");

function prose(runs) {
  const element = make("div", "prose");
  for (const [text, style, url] of runs) element.append(run(text, style, url));
  return element;
}

function run(text, style, url) {
  const inner = url && SAFE.test(url) ? anchor(text, url) : document.createTextNode(text);
  if (!STYLES[style]) return inner;
  const outer = make(STYLES[style]);
  outer.append(inner);
  return outer;
}

function anchor(text, url) {
  const link = make("a", "", text);
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

function attachment(file) {
  const address = file.href ? `/chat/${file.href}` : "";
  if (file.kind === "picture" && address) return picture(file, address);
  if (file.kind === "voice" && address) return player(address);
  const link = address ? anchor("", address) : make("span");
  link.className = "file";
  if (address) link.download = file.name;
  link.append(icon("file"), make("span", "file-name", file.name), make("span", "file-size", sizeOf(file.size)));
  return link;
}

function picture(file, address) {
  const link = anchor("", address);
  link.className = "picture";
  const image = make("img");
  image.src = address;
  image.alt = file.name;
  image.loading = "lazy";
  link.append(image);
  return link;
}

function player(address) {
  const audio = make("audio");
  audio.controls = true;
  audio.preload = "none";
  audio.src = address;
  return audio;
}

export function sizeOf(bytes = 0) {
  if (bytes < 1024) return bytes ? `${bytes} B` : "";
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function choices(entry, onPress) {
  const element = make("div", "choices");
  element.setAttribute("role", "group");
  const row = entry.buttons.filter((button) => !button.wide);
  if (row.length > 3 && row.every((button) => button.label.length <= 3)) element.classList.add("scale");
  entry.buttons.forEach((button, index) => element.append(choice(button, index + 1, entry, onPress)));
  return element;
}

function choice(button, number, entry, onPress) {
  const linked = button.url && SAFE.test(button.url);
  const element = linked ? anchor(button.label, button.url) : make("button", "", button.label);
  element.className = `choice ${button.style || ""} ${button.wide ? "wide" : ""}`.trim();
  element.dataset.number = number;
  if (linked) return element;
  element.type = "button";
  element.onclick = () => onPress(button, entry, element);
  return element;
}

function foot(entry, at, by, onEdit, onReply) {
  const element = make("footer", "foot");
  const time = make("time", "", entry.id === undefined ? words.sending : timeOf(at));
  time.dateTime = at.toISOString();
  time.title = fullTimeOf(at);
  element.append(time);
  if (entry.edited) element.append(make("span", "edited", entry.by === "bot" ? words.updated : words.edited));
  if (by === "mine" && onEdit) {
    const pencil = iconButton("edit", words.edit, "pencil");
    pencil.onclick = () => onEdit(entry);
    element.append(pencil);
  }
  if (by !== "mine" && onReply) {
    const arrow = iconButton("reply", words.reply, "pencil");
    arrow.onclick = () => onReply(entry);
    element.append(arrow);
  }
  return element;
}
