"""What the chat page is told when something can't be done: a code for the page, a sentence for the person."""

from __future__ import annotations

from typing import Any, Literal

Code = Literal["who", "door", "big", "long", "slow", "later", "unreadable", "file", "empty", "gone"]

_SENTENCES: dict[Code, tuple[str, str]] = {
    "who": (
        "I don't know this browser yet. Please open your personal link again.",
        "还不认识这个浏览器，请重新打开您的专属链接。",
    ),
    "door": ("This chat is not open to you.", "您不能打开这个会话。"),
    "big": ("That is too much at once. Please send it in smaller pieces.", "内容太大，请分几次发送。"),
    "long": ("That message is too long: at most 12,000 characters.", "消息太长，最多 12000 字。"),
    "slow": ("One moment please, that was a lot of messages.", "消息有点多，请稍等片刻。"),
    "later": ("I am busy just now and will try again by myself.", "系统正忙，稍后会自动重试。"),
    "unreadable": ("I could not read that message.", "无法识别这条消息。"),
    "file": ("That file could not be used. Please attach it again.", "这个文件无法使用，请重新添加。"),
    "empty": ("The file is empty.", "文件是空的。"),
    "gone": ("That file is not here (any more).", "文件不存在或链接已过期。"),
}


class Refused(Exception):
    """The client asked for something that it can't have; nothing was changed."""

    def __init__(self, code: Code, *, retry: float = 0.0) -> None:
        super().__init__(code)
        self.code = code
        self.retry = retry
        """Seconds after which the same frame is welcome; 0: never."""

    def frame(self, language: str, key: str = "") -> dict[str, Any]:
        """The error as the client gets it; `key` is the message that it is about."""
        error: dict[str, Any] = {"code": self.code, "text": sentence(self.code, language)}
        if self.retry:
            error["retry"] = round(self.retry, 1)
        if key:
            error["key"] = key
        return {"error": error}


def sentence(code: Code, language: str) -> str:
    """The refusal in English or Chinese."""
    return _SENTENCES[code][language.lower().startswith("zh")]
