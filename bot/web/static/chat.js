// The page around the chats: who is sitting here, tabs and doors with their unread dots, and the widget's frame.

import { Pane } from "./pane.js";
import { newKey } from "./wire.js";
import { iconButton, make } from "./draw.js";
import { language, words } from "./words.js";

const KIND = document.body.dataset.page;
const DOORS = 8;
const panes = [];
const tabs = document.querySelector(".tabs");
const title = document.title;

/** A visitor is whoever has this secret; it never leaves this browser but for the chat's own socket. */
function visitor() {
  const kept = localStorage.getItem("rapport.visitor");
  if (kept) return kept;
  const secret = newKey();
  localStorage.setItem("rapport.visitor", secret);
  return secret;
}

const secretOf = (data) => data.secret || (data.auth === "cookie" ? "" : visitor());

function open(section, secret = secretOf(section.dataset)) {
  const pane = new Pane(section, secret);
  delete section.dataset.secret;
  panes.push(pane);
  if (tabs) pane.tab = tabFor(pane);
  section.addEventListener("unread", () => dots());
  section.addEventListener("seated", ({ detail }) => seated(pane, detail), { once: true });
  return pane;
}

function tabFor(pane) {
  const tab = make("button", "tab");
  tab.type = "button";
  tab.setAttribute("role", "tab");
  tab.append(make("span", "tab-title", pane.title.textContent), make("span", "dot"));
  tab.onclick = () => show(pane);
  tabs.append(tab);
  return tab;
}

function show(pane) {
  for (const other of panes) {
    other.element.classList.toggle("active", other === pane);
    other.tab?.setAttribute("aria-selected", String(other === pane));
  }
  pane.read();
  pane.toEnd();
}

function dots() {
  for (const pane of panes) pane.tab?.classList.toggle("unread", pane.unread > 0);
  const unread = panes.reduce((sum, pane) => sum + pane.unread, 0);
  document.title = unread ? `(${unread}) ${title}` : title;
  if (KIND === "widget") parent.postMessage({ rapport: "unread", count: unread }, "*");
}

/** The first answer of the server: greets it when it is new here, opens the other doors beside it. */
function seated(pane, ready) {
  if (pane.tab) pane.tab.firstChild.textContent = pane.title.textContent;
  greet(pane, ready);
  if (KIND !== "chat" || panes.length > 1) return;
  const others = ready.doors.filter((door) => door.chat !== ready.chat).slice(0, DOORS - 1);
  document.body.classList.toggle("alone", !others.length);
  for (const door of others) open(section(door), pane.secret);
}

function section(door) {
  const element = make("section", "pane");
  Object.assign(element.dataset, { chat: door.chat, title: door.title });
  document.querySelector(".panes").append(element);
  return element;
}

/** Opening a link with a payload is said once a browser and payload: the key is made of it, so a reload says nothing. */
async function greet(pane, ready) {
  const start = pane.config.start;
  if (start === undefined || !ready.private) return;
  const bytes = new TextEncoder().encode(`${ready.you} ${start}`);
  const print = [...new Uint8Array(await crypto.subtle?.digest("SHA-256", bytes) ?? bytes.slice(-24))];
  pane.wire.send({ kind: "hello", start }, `hello-${print.slice(0, 24).map((b) => b.toString(16).padStart(2, "0")).join("")}`);
}

/** The website's own page keeps the visitor's secret, because browsers forget what a foreign frame stores. */
function framed() {
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || !data?.rapport) return;
    if (data.rapport === "start" && !panes.length) start(data.secret);
    for (const pane of panes) {
      pane.away = data.rapport === "closed" || (data.rapport === "start" && !data.open);
      if (data.rapport === "opened") { pane.read(); pane.composer.input.focus(); }
    }
  });
  parent.postMessage({ rapport: "ready" }, "*");
}

function start(secret) {
  const pane = open(document.querySelector(".pane"), secret || visitor());
  const close = iconButton("close", words.close);
  close.onclick = () => parent.postMessage({ rapport: "close" }, "*");
  pane.head.append(close);
  pane.element.classList.add("active");
}

/** Typing needs no click first: it goes to the chat that was used last. */
function typed(event) {
  const free = document.activeElement === document.body || document.activeElement?.classList.contains("log");
  if (!free || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  (panes.find((pane) => pane === last) ?? panes.find((pane) => pane.seen()))?.composer.input.focus();
}

let last;
document.addEventListener("focusin", ({ target }) => { last = panes.find((pane) => pane.element.contains(target)) ?? last; });
document.addEventListener("keydown", typed);

document.querySelectorAll("[data-language]").forEach((element) => element.setAttribute("aria-current", String(element.dataset.language === language)));
document.addEventListener("visibilitychange", () => document.hidden || panes.forEach((pane) => pane.seen() && pane.read()));

if (KIND === "widget") framed();
else {
  document.querySelectorAll(".pane").forEach((element) => open(element));
  if (panes.length) show(panes[0]);
  if (matchMedia("(hover: hover)").matches) panes[0]?.composer.input.focus({ preventScroll: true });
}
