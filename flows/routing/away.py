# ruff: noqa: E501 -- a rule is one line
"""How long somebody is away, as people say it: "until Friday", "for 2 hours", 明天到周五. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flows.clocks.reading import minutes_in
from flows.understanding import Time
from flows.understanding.characters import is_chinese

Moment = date | datetime
_DAYS = re.compile(
    r"(?P<n>\d+|an?|one|two|three|a few|一|两|二|三|几)\s*(?P<unit>days?|weeks?|天|个?工作日|个?星期|周)", re.I
)
_COUNT = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "a few": 3, "一": 1, "两": 2, "二": 2, "三": 3, "几": 3}
_HOUR = re.compile(r"\b(?:an|one) hour\b", re.I)
_UNTIL = re.compile(r"\b(?:until|till|til|back)\b|回来|回岗|上班|返岗", re.I)
_THROUGH = re.compile(r"\b(?:through|to)\b|到|至", re.I)
_SAID = re.compile(
    r"^(?:i\s*(?:am|m|'m|’m|will be|'ll be|’ll be)\s+(?:now\s+)?(?:off|away|out of (?:the )?office|out(?: sick)?"
    r"|on (?:leave|holiday|vacation|a break)"
    r"|sick|ill|unwell|not (?:in|available|working))(?P<en>\b.*)"
    r"|(?:off duty|on leave|on holiday|on vacation|out of (?:the )?office)(?P<bare>\b.*)"
    r"|(?:off|out|away|ooo|out sick|sick|on pto)(?P<short>\s.+)"
    r"|(?P<before>(?:我|本人)?(?:从)?(?:(?:今天|明天|后天|今晚|上午|下午|现在|本周|这周|下周|周[一二三四五六日天]|\d+月\d+[日号])"
    r"[^，。,;；]{0,12}?)?)我?(?:要|想|得|先)?(?:请(?:个|了)?(?:病|事|年|婚|产|丧)?假|休(?:病|年|产)?假|不在(?:公司|岗|办公室)?|外出|离岗|病了|调休)(?P<after>.*))$",
    re.I | re.S,
)
_BACK = re.compile(
    r"^(?:i\s*(?:am|'m|’m)\s+back(?: (?:now|again|at work|at my desk|in(?: the office)?))?|back(?: again| now| at work| at my desk| in(?: the office)?| on duty)?|on duty|available again"
    r"|我?(?:已经)?(?:回来|回岗|到岗|返岗|销假|上班|上线)了?)[\s!！.。]*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Away:
    """From when (None: now) until when (None: until they say so); a day means its first working minute."""

    start: Moment | None
    back: Moment | None


def says_away(words: str) -> str | None:
    """What follows "I am away" in either language, times before it too; None when it says something else."""
    match = _SAID.match(unicodedata.normalize("NFKC", words).strip())
    if match is None:
        return None
    return " ".join(match[name] for name in ("en", "bare", "short", "before", "after") if match[name]).strip()


_THEIR = re.compile(r"(?:['’]s|\bis|\bare|\bwill be|['’]ll be)\s+(?:now\s+)?(?=\w)", re.IGNORECASE)

_CALLED_IN = re.compile(r"(?:(?:has |just )*(?:called|phoned|rang|rung) in (?:sick|ill))\b", re.IGNORECASE)


def says_of_somebody(words: str) -> bool:
    """Whether it may tell something of another person at all: most lines don't, and need no closer look."""
    return (
        _THEIR.search(words) is not None
        or _CALLED_IN.search(words) is not None
        or any(is_chinese(sign) for sign in words)
    )


def says_of_them(words: str) -> str:
    """What follows a colleague's name, as they would say it of themselves: "is off tomorrow", 明天请假."""
    said = unicodedata.normalize("NFKC", words).strip()
    if match := _THEIR.match(said):
        return f"I am {said[match.end() :]}"
    if match := _CALLED_IN.match(said):
        return f"I am sick {said[match.end() :]}".strip()
    return said if is_chinese(said[:1]) else ""


def says_back(words: str) -> bool:
    """Whether it says "I am back", and nothing else."""
    return _BACK.match(unicodedata.normalize("NFKC", words).strip()) is not None


_DAYS_ZH = "一二三四五六日"
_AND_DAY = re.compile(
    r"\b(?P<one>(?:mon|tue|wed|thu|fri|sat)[a-z]*)(?:,| and| &|,? and) (?P<other>(?:tue|wed|thu|fri|sat|sun)[a-z]*)\b|(?P<zh>(?:下|这|本)?周[一二三四五六])(?:和|跟|、|，|,)?周?(?P<zh2>[二三四五六日])(?!号)",
    re.IGNORECASE,
)


def _through(match: re.Match[str]) -> str:
    """Thursday and Friday are one stretch; Monday and Thursday are none."""
    if match["zh"]:
        follows = _DAYS_ZH.index(match["zh2"]) == _DAYS_ZH.index(match["zh"][-1]) + 1
        return f"{match['zh']}到周{match['zh2']}" if follows else match[0]
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    follows = week.index(match["other"][:3].lower()) == week.index(match["one"][:3].lower()) + 1
    return f"{match['one']} to {match['other']}" if follows else match[0]


def away_in(words: str, now: datetime, read: Callable[[str], Time | None]) -> Away | None:
    """How long; None when the words are no time at all. `now` is on the member's wall."""
    said = _AND_DAY.sub(_through, unicodedata.normalize("NFKC", words).strip())
    if not said:
        return None
    if (days := _DAYS.search(said)) and not _UNTIL.search(said):
        return _for_days(days, read(said[: days.start()]), now)
    if _HOUR.search(said):
        return Away(None, now + timedelta(hours=1))
    found = read(said)
    if found is None:
        span = minutes_in(said)
        return Away(None, now + timedelta(minutes=span[0])) if span else None
    before = said[: found.place.start]
    if found.end is None and _UNTIL.search(said):
        return Away(None, found.start)
    if found.end is None and _THROUGH.search(before):
        return Away(None, _after(found))
    if isinstance(found.start, datetime):
        return Away(found.start if found.start > now else None, found.end) if (found.end or found.start) > now else None
    start, back = _begins(found), _after(found)
    if _moment(back, now) <= now:
        return None
    return Away(start if _moment(start, now) > now else None, back)


def _for_days(match: re.Match[str], start: Time | None, now: datetime) -> Away:
    count = _COUNT.get(match["n"].lower()) or int(match["n"])
    weeks = match["unit"].lower().removeprefix("个").startswith(("week", "星期", "周"))
    first = start.start if start is not None else now.date()
    first = first.date() if isinstance(first, datetime) else first
    later = first if first > now.date() else None
    return Away(later, first + timedelta(days=count * (7 if weeks else 1)))


def _begins(found: Time) -> Moment:
    """A part of a day, as "this afternoon", begins at its hour."""
    if found.grain == "part" and found.at and isinstance(found.start, date) and not isinstance(found.start, datetime):
        return datetime.combine(found.start, time.fromisoformat(found.at))
    return found.start


def _after(found: Time) -> Moment:
    """When what was named is over."""
    if found.end is not None:
        return found.end
    return found.start if isinstance(found.start, datetime) else found.start + timedelta(days=1)


def _moment(moment: Moment, now: datetime) -> datetime:
    if isinstance(moment, datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    return datetime.combine(moment, time(), now.tzinfo)


_FILLER = re.compile(
    r"\b(?:i|i'll|am|be|will|until|till|til|through|to|from|for|on|at|and|the|all|day|again|back|only|just|sick|ill|away|off|now|today|due|later|please)\b"
    r"|我|从|到|至|起|回来|回岗|上班|返岗|再|为止|期间|全天|一整天|要|都|会|在|的|了|和|跟|因病|因事|[\s,，.。!！;；:：\-–~、]+",
    re.I,
)


def nothing_else(words: str, read: Callable[[str], Time | None]) -> bool:
    """Whether the words are a time and no more: "off to see Acme tomorrow" is no leave."""
    rest = unicodedata.normalize("NFKC", words)
    while (found := read(rest)) is not None:
        rest = f"{rest[: found.place.start]} {rest[found.place.end :]}"
    rest = _HOUR.sub(" ", _DAYS.sub(" ", rest))
    if (span := minutes_in(rest)) is not None:
        rest = span[1]
    return not _FILLER.sub("", rest)
