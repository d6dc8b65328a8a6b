// The website widget: <script src="https://…/static/widget.js" data-language="zh" data-title="…" async></script>

(() => {
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const asked = script.dataset.language || document.documentElement.lang || navigator.language || "";
  const chinese = /^zh/i.test(asked);
  const words = chinese ? { open: "打开聊天", close: "关闭聊天", chat: "聊天" } : { open: "Open the chat", close: "Close the chat", chat: "Chat" };
  const NAME = "rapport.visitor";

  const STYLE = `
    :host { all: initial; }
    button, iframe { position: fixed; z-index: 2147483000; border: 0; }
    button {
      right: max(18px, env(safe-area-inset-right)); bottom: max(18px, env(safe-area-inset-bottom)); width: 58px; height: 58px;
      border-radius: 50%; background: #1f6f5f; cursor: pointer; padding: 0; box-shadow: 0 6px 24px rgb(0 0 0 / .22);
      transition: transform .15s ease;
    }
    button:hover { transform: scale(1.05); }
    button:focus-visible { outline: 3px solid #8fd0be; outline-offset: 3px; }
    svg { width: 28px; height: 28px; fill: none; stroke: #fff; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; display: block; margin: auto; }
    .dot { position: absolute; top: 2px; right: 2px; width: 14px; height: 14px; border-radius: 50%; background: #e5484d; border: 2px solid #fff; }
    iframe {
      right: 18px; bottom: 90px; width: min(390px, calc(100vw - 36px)); height: min(640px, calc(100vh - 120px));
      border-radius: 18px; background: #fbfaf7; box-shadow: 0 12px 48px rgb(0 0 0 / .24); color-scheme: normal;
    }
    [hidden] { display: none; }
    @media (max-width: 480px) {
      iframe { inset: 0; width: 100vw; height: 100dvh; border-radius: 0; }
      .open button { display: none; }
    }
    @media (prefers-color-scheme: dark) { iframe { background: #141716; } }
    @media (prefers-reduced-motion: reduce) { button { transition: none; } }`;

  const known = () => { try { return localStorage.getItem(NAME); } catch { return null; } };

  function secret() {
    const kept = known() || Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
    try { localStorage.setItem(NAME, kept); } catch { /* private mode: a new visitor next time */ }
    return kept;
  }

  const host = document.createElement("rapport-chat");
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const box = document.createElement("div");
  const button = document.createElement("button");
  const dot = document.createElement("span");
  let frame, isOpen = false, isReady = false;

  function drawing() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", "M20 11.5a7.5 7.5 0 0 1-11 6.6L4 19.5l1.4-4.6A7.5 7.5 0 1 1 20 11.5zM9 11.5h.01M12.5 11.5h.01M16 11.5h.01");
    svg.append(path);
    return svg;
  }

  function load() {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.title = script.dataset.title || words.chat;
    frame.allow = "clipboard-write";
    frame.hidden = true;
    const query = new URLSearchParams({ lang: chinese ? "zh" : "en", ...(script.dataset.title && { title: script.dataset.title }) });
    frame.src = `${origin}/widget?${query}`;
    box.prepend(frame);
  }

  const tell = (message) => isReady && frame.contentWindow.postMessage(message, origin);

  function toggle(open) {
    load();
    isOpen = open;
    frame.hidden = !open;
    box.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", open ? words.close : words.open);
    if (open) dot.hidden = true;
    tell({ rapport: open ? "opened" : "closed" });
    if (!open) button.focus();
  }

  addEventListener("message", ({ source, origin: from, data }) => {
    if (!frame || source !== frame.contentWindow || from !== origin) return;
    if (data.rapport === "ready") {
      isReady = true;
      tell({ rapport: "start", secret: secret(), open: isOpen });
    }
    if (data.rapport === "unread") dot.hidden = isOpen || !data.count;
    if (data.rapport === "close") toggle(false);
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && isOpen) toggle(false); });

  button.type = "button";
  button.setAttribute("aria-label", words.open);
  button.setAttribute("aria-expanded", "false");
  button.onclick = () => toggle(!isOpen);
  dot.className = "dot";
  dot.hidden = true;
  button.append(drawing(), dot);
  box.append(button);
  root.append(box);
  document.body.append(host);
  if (known()) load(); // somebody who wrote before sees that there is an answer
})();
