// The page's own words; everything else on it was written by the bot or by people.

const ENGLISH = {
  send: "Send", attach: "Attach a file", write: "Write a message", edit: "Edit this message",
  editing: "Editing your message", cancel: "Cancel", edited: "edited", updated: "updated", sending: "sending…",
  reconnecting: "Reconnecting…", offline: "No connection. What you write is kept and sent later.",
  first: "Say it in your own words, for example:", hello: "Write to us, we are reading.",
  today: "Today", yesterday: "Yesterday", newer: "New messages", commands: "Commands",
  reply: "Reply", replying: "Replying to", close: "Close", remove: "Remove", failed: "The file could not be uploaded. Please try again.",
  big: "Files can have up to 10 MB.", tap: "Tap to use it",
  contact: "Contact", place: "Place",
};

const CHINESE = {
  send: "发送", attach: "添加文件", write: "输入消息", edit: "修改这条消息",
  editing: "正在修改消息", cancel: "取消", edited: "已修改", updated: "已更新", sending: "发送中…",
  reconnecting: "正在重新连接…", offline: "网络已断开，您写的内容会保留，恢复后自动发送。",
  first: "直接用自己的话说，例如：", hello: "有什么可以帮您？请直接留言。",
  today: "今天", yesterday: "昨天", newer: "新消息", commands: "命令",
  reply: "回复", replying: "正在回复", close: "关闭", remove: "移除", failed: "文件上传失败，请重试。",
  big: "文件不能超过 10 MB。", tap: "点一下即可使用",
  contact: "名片", place: "位置",
};

const asked = new URLSearchParams(location.search).get("lang") || document.documentElement.lang || navigator.language;

export const chinese = /^zh/i.test(asked || "");
export const language = chinese ? "zh" : "en";
export const words = chinese ? CHINESE : ENGLISH;
const tag = chinese ? "zh-CN" : /^en/i.test(navigator.language) ? navigator.language : "en";

const clock = new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit" });
const date = new Intl.DateTimeFormat(tag, { weekday: "short", day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat(tag, { dateStyle: "full", timeStyle: "long" });

export const timeOf = (at) => clock.format(at);
export const fullTimeOf = (at) => full.format(at);

export function dayOf(at) {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const days = Math.ceil((midnight - at) / 86_400_000);
  return days <= 0 ? words.today : days === 1 ? words.yesterday : date.format(at);
}

document.documentElement.lang = chinese ? "zh-CN" : "en";
