"""What "/push" was given: for whom, under which name, in which words. Nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.errors import BadInput
from bot.core.text import Text, code, join, lines, text
from bot.core.text import gettext as _
from flows.campaigns.rules import EVERYBODY
from flows.segments import actions
from flows.segments.short import bare
from flows.turn import Turn
from store.models import Segment, Tag, Wording

_KEYS = {
    alias: key
    for key, aliases in {
        "segment": "segment for to 客户群 分组 对象",
        "template": "template wording 模板 文案",
        "name": "name title 名称 标题",
        "spread": "over spread 用时 分散",
    }.items()
    for alias in aliases.split()
}
_PAIR = re.compile(r'(?<!\S)(?P<key>\w+)=(?P<value>"[^"]*"|“[^”]*”|[^\s：]+?(?=\s|：|:?$|:\s))[ \t]*')
_HOURS = re.compile(r"(\d{1,2})\s*(?:h|hours?|小时)", re.I)
_SEPARATOR = re.compile(r"\s*(?:：|:\s|:$|\n)\s*")
_EVERYBODY = frozenset({"all", "everybody", "everyone", "all customers", "所有客户", "全部客户", "全部", "所有"})
_FILTER = re.compile(r"[:<>=].|^[#＃]")
_JOINS = frozenset({"and", "or", "not", "且", "或", "&&", "||"})
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom (as a filter), in which words, with which offer, under which name, over how many minutes."""

    segment: str
    words: str
    offer: str = ""
    name: str = ""
    spread: int = 0


def read(turn: Turn, said: str) -> Asked:
    """Raises BadInput where it is not clear for whom."""
    pairs: dict[str, str] = {}

    def taken(match: re.Match[str]) -> str:
        key = _KEYS.get(match["key"].casefold())
        if key is None:
            return match[0]
        pairs[key] = match["value"].strip('"“”')
        return " "

    said = _PAIR.sub(taken, said).strip()
    words = said.lstrip(" :：\n")
    segment, words = (_whole(turn, pairs["segment"]), words) if "segment" in pairs else _split(turn, said)
    offer = ""
    if "template" in pairs:
        wanted = pairs["template"].casefold()
        row = next((row for row in turn.work.find(Wording, segment="") if row.name.casefold() == wanted), None)
        if row is None:
            raise BadInput(_("There are no words called “{name}”. /wording shows yours.", name=pairs["template"][:40]))
        words, offer = words or row.words, row.offer
    hours = _HOURS.fullmatch(pairs.get("spread", ""))
    return Asked(segment, words, offer, pairs.get("name", "")[:40], int(hours[1]) * 60 if hours else 0)


def _split(turn: Turn, said: str) -> tuple[str, str]:
    """The segment at the beginning, and the words after it."""
    head, *rest = _SEPARATOR.split(said.strip(), maxsplit=1)
    if rest and (segment := _segment(turn, head)):
        return segment, rest[0].strip()
    unknown = head.lstrip("#") if rest and head and len(head.split()) <= _LONGEST and ":" not in head else ""
    words = said.split()
    for count in range(min(_LONGEST, len(words)), 0, -1):
        if segment := _segment(turn, " ".join(words[:count])):
            return segment, said.strip()[_after(said.strip(), count) :].lstrip(" ：:")
    raise BadInput(_nobody(unknown) if unknown else _who(turn))


def _nobody(name: str) -> Text:
    """What was meant for a segment or a tag is called otherwise, or nobody carries it yet."""
    example = _("/tag Acme {tag}", tag="-".join(name.split())[:40])
    return lines(
        _("No customer carries the tag “{name}”, and no segment is called so.", name=name[:40]),
        _("Tag somebody first: {example}", example=code(example)),
    )


def _after(said: str, count: int) -> int:
    match = re.match(rf"(?:\S+\s*){{{count}}}", said)
    return match.end() if match else len(said)


def _whole(turn: Turn, said: str) -> str:
    found = _segment(turn, said)
    if not found:
        raise BadInput(_who(turn))
    return found


def _segment(turn: Turn, said: str) -> str:
    """The filter that the words are: a kept segment, a tag, everybody, or a filter as /find has it."""
    wanted = said.strip()
    if wanted.casefold() in _EVERYBODY:
        return EVERYBODY
    if turn.work.first(Segment, name=wanted) is not None:
        return wanted
    if turn.work.first(Tag, name=wanted.lstrip("#")) is not None:
        return f"tag:{wanted.lstrip('#')}"
    marked = bool(wanted) and all(_FILTER.search(word) or word.casefold() in _JOINS for word in wanted.split())
    return wanted if marked and not bare(wanted, actions.known(turn)) and _readable(turn, wanted) else ""


def _readable(turn: Turn, said: str) -> bool:
    try:
        actions.ask(turn, said)
    except BadInput:
        return False
    return True


def _who(turn: Turn) -> Text:
    names = [code(row.name) for row in turn.work.find(Segment)[-5:]]
    example = code(_("/push vip: Our new pumps are here, {name}.", name="{name}"))
    known = _("Your segments: {names}", names=join(", ", names)) if names else None
    return lines(
        _("For whom? Begin with a segment, a tag or a filter."), known, text(_("Example: {example}", example=example))
    )
