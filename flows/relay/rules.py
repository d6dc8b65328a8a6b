# ruff: noqa: E501 -- a rule is one line
"""What is an answer to the customer, what stays among us, and how long it can be stopped. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.text import gettext as _
from flows.activities.smalltalk import talk_of

HELD = timedelta(seconds=20)
"""How long what was confirmed can still be stopped."""
FORGOTTEN = timedelta(minutes=30)
"""After this nobody is taken to be writing an answer any more."""
SILENCE = timedelta(hours=2)
"""After this a customer who writes again hears where it stands."""
UNSENT = ("draft", "held", "stopped")
"""States of an answer that has not left us."""
GONE = ("sending", "sent", "unknown")
"""States of an answer that has, or may have, left us."""
NOWHERE = "there is no chat with the customer"
LEFT = "its writer has left the firm"
OURS = {NOWHERE: _("there is no chat with the customer"), LEFT: _("its writer has left the firm")}
"""Why we did not send it, as it is kept and as it is read; what a platform says is read as it came."""
VOICES = ("first", "full", "firm")
"""What stands above an answer: the first name of whoever wrote it, the whole name, or the firm's."""

_NUMBER = r"(?:\s*(?:[Tt]-?|#)?(?P<number>\d{2,9}))?"
_OUTWARD = re.compile(
    rf"^\s*(?:(?:reply|answer|回复客户|答复客户|回复|答复){_NUMBER}\s*[:：]|(?P<mark>[>＞]))\s*(?P<words>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_BY_NUMBER = re.compile(
    r"^\s*(?:reply(?: to)?|answer|回复客户|答复客户|回复|答复)\s*(?:[Tt]-?|#)?(?P<number>\d{3,9})\s+(?P<words>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_BY_NAME = re.compile(
    r"^\s*(?:(?:please|pls)\s)?(?:(?:reply|respond|write back)(?: back)?(?: to)?|answer)\s(?P<who>[^:：\n]{1,40}?)\s*[:：]\s*(?P<words>\S.*)$"
    r"|^\s*请?(?:帮我)?(?:回复|答复|回一?下)(?:一下)?(?:客户)?\s*(?P<who_zh>[^:：\n]{1,20}?)(?:说)?\s*[:：]\s*(?P<words_zh>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_THEM = re.compile(
    r"^\s*(?:(?:please|pls|can you|could you)\s)?(?:(?:tell|text|message|inform|answer|reply to|write(?: back)? to)\s(?:him|her|them|the (?:customer|client))(?:\s(?:that|saying))?|let\s(?:him|her|them|the (?:customer|client))\sknow(?:\sthat)?)(?:\s*[:：,，]\s*|\s+)(?P<words>(?!(?:to|about|if|when|what|how|why|where|who|off|apart|again|today|tomorrow)\b)\S.{3,})$"
    r"|^\s*请?(?:帮我)?(?:告诉|告知|通知|回复|答复|回|跟|和)(?:一下)?(?:[他她](?:们)?|客户|对方|人家)(?:说)?(?:一[下声])?[:：，, ]*(?P<words_zh>(?![了过的吧吗，。]|[他她](?:们)?|我(?!们)).{3,})$",
    re.IGNORECASE,
)
_TOLD_ZH = re.compile(
    r"^(?:说|讲|聊|谈|沟通|联系|确认|见|通)[了过]|(?:说|讲|聊|谈|沟通|联系|确认)(?:好|完|过)?了$|吗[？?]?$"
)
"""跟他说好了 tells of it afterwards."""
_QUOTED = re.compile(r"^[>＞] ?", re.MULTILINE)
_NUMBERED = re.compile(r"^\s*(?:[Tt]-?|#)?(\d{2,9})(?=\D|$)[\s:：,，]*(.*)$", re.DOTALL)
_WITHDRAWN = frozenset({"cancel", "never mind", "nevermind", "stop", "取消", "算了", "不发了", "放弃"})
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Outward:
    """Words that are meant for the customer, and the number of the ticket where it was named."""

    words: str
    number: int | None = None
    marked: bool = False
    """By the sign of a quotation alone: that says so only in reply to something."""


def outward(said: str) -> Outward | None:
    """What follows "reply:", "回复：" or ">"; None for everything else, which stays among us."""
    found = _OUTWARD.match(said)
    if found is None:
        return None
    words = _QUOTED.sub("", found["words"]) if found["mark"] else found["words"]
    return Outward(words.strip(), int(found["number"]) if found["number"] else None, bool(found["mark"]))


def by_number(said: str) -> Outward | None:
    """ "answer 102 we come at three": meant for the customer where there is a request of that number."""
    found = _BY_NUMBER.match(said)
    return Outward(found["words"].strip(), int(found["number"])) if found else None


def by_name(said: str) -> tuple[str, str] | None:
    """ "Answer Jens: we come at three", 回复陈总：…: whom, and the words that are meant for them."""
    found = _BY_NAME.match(said)
    return (found["who"] or found["who_zh"], (found["words"] or found["words_zh"]).strip()) if found else None


def by_pronoun(said: str) -> str:
    """The words of "tell her friday is fine", 告诉他下午过去: for whoever wrote last; empty where it is no such order."""
    found = _THEM.match(said) if "\n" not in said else None
    words = (found["words"] or found["words_zh"]).strip() if found else ""
    return "" if _TOLD_ZH.search(words) else words


def numbered(said: str) -> tuple[int | None, str]:
    """The ticket's number before the words of a command, and the words."""
    found = _NUMBERED.match(said)
    return (int(found[1]), found[2].strip()) if found else (None, said.strip())


def retyped(said: str) -> str:
    """The words of an answer whose message was changed, without what made it one."""
    if said.lstrip().startswith("/"):
        return numbered(said.lstrip().partition(" ")[2])[1]
    meant = outward(said)
    return meant.words if meant else said.strip()


def is_awaited(source: str) -> bool:
    """Whether a line's source is only a place: its words are still to come there."""
    return bool(source) and "#" not in source


def withdraws(said: str) -> bool:
    """Whether somebody who was asked for an answer has changed their mind."""
    return said.strip(" .!。！").casefold() in _WITHDRAWN


def first_name(name: str) -> str:
    """ "Ann" of "Ann Smith"; a Chinese name has no part that strangers may use alone."""
    return name if _CHINESE.search(name) else (name.split() or [name])[0]


def label(voice: str, name: str, firm: str) -> str:
    """Who speaks to the customer."""
    return firm if voice == "firm" else name if voice == "full" else first_name(name)


def only_courtesy(words: str) -> bool:
    """A greeting or thanks, which nobody has to answer."""
    return talk_of(words) in ("greeting", "thanks", "fine", "bye")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line as these rules see it."""

    kind: str
    state: str
    at: datetime
    polite: bool = False
    """Thanks or a greeting: after an answer nobody has to answer it again."""


def unanswered(lines: Sequence[Spoken]) -> list[datetime]:
    """When the customer wrote what nobody has answered yet; an answer counts from when it went."""
    waiting: list[datetime] = []
    answered = False
    for line in sorted(lines, key=lambda line: line.at):
        if line.kind == "in" and line.state != "deleted" and not (line.polite and answered and not waiting):
            waiting.append(line.at)
        elif line.kind == "out" and line.state in GONE:
            waiting, answered = [], True
    return waiting
