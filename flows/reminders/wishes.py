# ruff: noqa: E501 -- a rule is one line
"""Reads when somebody wants to be reminded: a time, a repetition, or so long after or before something. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flows.reminders.rules import instant, next_ring, of_workdays
from flows.understanding import Context, read_recurrence, read_time
from flows.understanding.lazily import lazy
from flows.understanding.workdays import is_workday

NINE = time(9)
FAR = 50
"""Years ahead for which a date is taken for a slip."""


class TooFar(ValueError):
    """Nobody means a day that far ahead."""


@dataclass(frozen=True, slots=True)
class Wish:
    """When it rings first; how it repeats, or what it is counted from; and the words without all that."""

    due: datetime
    rest: str
    rule: str = ""
    workdays: bool = False
    anchor: str = ""
    away: int = 0


class NoSuchDay(ValueError):
    """The calendar has no such day."""


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATES = (
    lazy(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>" + "|".join(_MONTHS) + r")[a-z]*\b", re.IGNORECASE),
    lazy(
        r"\b(?P<month>" + "|".join(_MONTHS) + r")[a-z]* (?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?!\s*[:：]\d)", re.IGNORECASE
    ),
    lazy(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"),
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_COUNT = (
    r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|ten|fourteen|thirty|[一二两三四五六七八九十]{1,3}|半)"
)
_UNIT = r"(?P<unit>days?|weeks?|months?)"
_ZH_UNIT = r"(?P<unit>天|日|周|个?星期|个?礼拜|个?月)"
_CONTRACT = (
    r"(?:the |their |its |our |(?P<whose>\S(?:.{0,38}\S)?)['’]s? )?(?:contract|agreement|subscription|licen[sc]e|term|renewal)"
    r"(?: (?:with|of|for) (?P<them>.{2,40}?)(?= (?:ends?|expires?|is up|is over|runs out)))?"
    r"(?: (?:ends?|expires?|expiry|expiration|is up|is over|runs out|end date|date))?"
)
_CONTACT = r"(?:the |our |my |any )?(?:last )?(?:contact|touch|call|talk|conversation|news|word)"
_FOUND = tuple(
    (anchor, sign, lazy(pattern, re.IGNORECASE))
    for anchor, sign, pattern in (
        ("contract", -1, rf"(?:every time )?{_COUNT} {_UNIT} before {_CONTRACT}"),
        ("contract", 1, rf"{_COUNT} {_UNIT} after {_CONTRACT}"),
        ("contract", 0, rf"(?:on the day|when) {_CONTRACT}"),
        ("contract", -1, rf"(?:合同|协议|订阅|服务期|授权)(?:到期|结束|期满|截止)(?:日)?(?:之)?前(?:的)?{_COUNT}{_ZH_UNIT}"),
        ("contract", -1, rf"(?:合同|协议|订阅|服务期|授权)(?:到期|结束|期满)?提前{_COUNT}{_ZH_UNIT}"),
        ("contract", 1, rf"(?:合同|协议|订阅|服务期|授权)(?:到期|结束|期满)(?:之)?后{_COUNT}{_ZH_UNIT}"),
        ("touch", 1, rf"(?:every )?{_COUNT} {_UNIT} (?:since|after|without|from) {_CONTACT}(?: with)?"),
        ("touch", 1, rf"(?:after|every) {_COUNT} {_UNIT} (?:of silence|without (?:a )?(?:contact|call|word))"),
        (
            "touch",
            1,
            rf"(?:if|when) (?:we|i|nobody|no one)(?:'ve| have|'s| has)?(?: not|n't)? (?:talked|spoken|been in touch|"
            rf"contacted|called|heard)(?: (?:to|with|from))?(?: (?:them|him|her|it|(?P<whose>\S(?:.{{0,38}}?\S)?)))? (?:for|in) {_COUNT} {_UNIT}",
        ),
        ("touch", 1, rf"(?:每|每隔|超过|满|连续)?{_COUNT}{_ZH_UNIT}(?:都)?(?:没有?|未)(?:再)?(?:联系|跟进|沟通|拜访|互动|回访|来往)(?:过|的话|时|就)?"),
        ("touch", 1, rf"(?:距|离|自)?上次(?:联系|沟通|跟进|拜访)(?:之)?后?(?:每)?(?:满|过|超过)?{_COUNT}{_ZH_UNIT}(?:后|时)?"),
    )
)  # fmt: skip
_TIE = lazy(r"(?:^|(?<=\s))(?:(?:at|on|by|in|before|after|around|about|later)(?: the)?)$", re.IGNORECASE)
_ENGLISH = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_ENGLISH |= {"eight": 8, "ten": 10, "fourteen": 14, "thirty": 30}
_SAID = (
    (r"every last (\w+day) of (?:the|each|every) month", r"the last \1 of every month"),
    (r"(?:every|each) month,? on the (last|first|second|third|fourth) (\w+day)", r"the \1 \2 of every month"),
    (r"monthly,? on the (last|first|second|third|fourth) (\w+day)", r"the \1 \2 of every month"),
    (r"every year,? on (?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})\b", r"every \2 \1"),
    (r"every (\d{1,2})(?:st|nd|rd|th)? (?:of )?(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)([a-z]*)\b", r"every \2\3 \1"),
    (r"(?:yearly|annually),? on (?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})\b", r"every \2 \1"),
    (r"every (\d{1,2})(?:st|nd|rd|th)\b(?! (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))(?: of (?:the|each|every|a) month)?", r"every month on the \1th"),
    (r"每个?(\d{1,2})[号日]", r"每月\1号"),
    (r"every (?:2|two|other) weeks,? on (\w+day)s?", r"every other \1"),
    (r"every year,? on ([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?\b", r"every \1 \2"),
)  # fmt: skip
_USUAL = tuple((lazy(pattern, re.IGNORECASE), better) for pattern, better in _SAID)
"""Ways to say a repetition, brought to the one that the reader of times knows."""


_FOR_ME = lazy(
    r"(?:i['’]?(?:d like| would like| want)? ?(?:you to )?)?(?:remind me(?: again)?"
    r"|(?:i(?:['’]d like| need| want| would like)|give me|set|add|put|create|make)(?: me| up)? (?:an? |the )?(?:reminder|(?P<alarm>alarm))(?: for me)?"
    r"|(?:don['’]?t|do not) let me forget|(?P<wake>(?:nudge|ping|buzz|wake|alert) me(?: up)?))\b(?P<en>.*)"
    r"|(?:提醒(?:一下)?我|(?:别|不要|不能)让我忘(?:记|了)?|(?:给我)?(?:设置?|定|加|建|弄)(?:一?个)?(?:提醒|(?P<zh_alarm>闹钟))|(?P<zh_wake>[叫喊]我)(?=.*(?:点|分钟|小时)))(?P<zh>.*)",
    re.IGNORECASE | re.DOTALL,
)


def for_me(words: str) -> tuple[str, str] | None:
    """What follows where the writer wants to be reminded; and what to call it where a time alone says enough."""
    match = _FOR_ME.fullmatch(words.strip())
    if match is None:
        return None
    alarm = match["alarm"] or match["wake"] or match["zh_alarm"] or match["zh_wake"] or ""
    return (match["en"] or match["zh"] or "").strip(" ,，:："), alarm


def read_wish(text: str, context: Context) -> Wish | None:
    """The time in the words; None when there is none; raises `TooFar`, `NoSuchDay` for one that nobody can mean."""
    _there_are_such_days(text)
    _there_are_such_hours(text)
    for anchor, sign, pattern in _FOUND:
        if match := pattern.search(text):
            return _counted(text, match, anchor, sign, context)
    for pattern, better in _USUAL:
        text = pattern.sub(better, text)
    repeated = read_recurrence(text, context)
    found = repeated or read_time(text, context)
    if found is None:
        return None
    rest = _without(text, found.span)
    if found.start.year > context.now.year + FAR:
        raise TooFar(found.text)
    if found.rrule:
        return _repeated(found.start, found.at, found.rrule, rest, context)
    return Wish(_once(found.start, found.at, context.now), rest)


def _there_are_such_days(text: str) -> None:
    """Raises `NoSuchDay` for "31 February" and its like, rather than finding some other time in them."""
    for pattern in _DATES:
        for match in pattern.finditer(text):
            word, day = match["month"], int(match["day"])
            month = int(word) if word.isdigit() else _MONTHS.index(word[:3].casefold()) + 1
            if not (1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
                raise NoSuchDay(match[0])


_HOURS = lazy(r"(?<![\d:：.])(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?![\d:：])")


def _there_are_such_hours(text: str) -> None:
    """The same for "25:00"."""
    for match in _HOURS.finditer(text):
        if not (int(match["hour"]) <= 24 and int(match["minute"]) <= 59):
            raise NoSuchDay(match[0])


def _repeated(start: date, at: str | None, rule: str, rest: str, context: Context) -> Wish:
    """From its next occurrence on; a bare day rings at nine."""
    zone = context.now.tzinfo
    wall = start.replace(tzinfo=None) if isinstance(start, datetime) else _at(start, at)
    if "BYMONTHDAY" in rule:
        wall = datetime.combine(context.now.date(), wall.time())
    daily = of_workdays(rule)
    works = (lambda day: is_workday(day, context)) if daily else None
    kept = daily or rule
    due = next_ring(wall.strftime("%Y-%m-%dT%H:%M"), kept, zone, context.now, works)  # type: ignore[arg-type]
    return Wish(due or context.now, rest, kept, bool(daily))


def _once(start: date, at: str | None, now: datetime) -> datetime:
    """A bare day means nine in the morning there, or in an hour when that has passed."""
    if isinstance(start, datetime):
        return start.astimezone(now.tzinfo)
    wall = _at(start, at)
    due = instant(wall, now.tzinfo)  # type: ignore[arg-type]
    if due <= now and wall.date() == now.date():
        return (now + timedelta(hours=1)).replace(second=0, microsecond=0)
    return due.astimezone(now.tzinfo)


def _at(day: date, at: str | None) -> datetime:
    return datetime.combine(day, time.fromisoformat(at) if at else NINE)


def _counted(text: str, match: re.Match[str], anchor: str, sign: int, context: Context) -> Wish:
    """The hour may be said beside it; the day is found once the customer is known."""
    said = match.groupdict()
    rest = f"{said.get('whose') or said.get('them') or ''} {_without(text, match.span())}".strip()
    clock = read_time(rest, context)
    at = NINE
    if clock is not None and isinstance(clock.start, datetime) and clock.grain not in ("day", "week", "month"):
        at, rest = clock.start.time().replace(tzinfo=None), _without(rest, clock.span)
    days = sign * _days(match.groupdict()) if sign else 0
    due = datetime.combine(context.now.date(), at, tzinfo=context.now.tzinfo)
    return Wish(due, rest, anchor=anchor, away=days)


def _days(said: dict[str, str]) -> int:
    word, unit = said["n"].lower(), said["unit"].lower()
    number = int(word) if word.isdigit() else _ENGLISH.get(word) or _chinese(word)
    each = (
        7
        if unit.startswith(("week", "周")) or "星期" in unit or "礼拜" in unit
        else 30
        if "month" in unit or "月" in unit
        else 1
    )
    return 15 if word == "半" else number * each


def _chinese(word: str) -> int:
    digits = {mark: value for value, mark in enumerate("零一二三四五六七八九")} | {"两": 2}
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return digits.get(word[-1:], 1)
    return (digits.get(tens, 1) if tens else 1) * 10 + digits.get(ones, 0)


def _without(text: str, span: tuple[int, int]) -> str:
    """What is left, without the small word that tied the time to it."""
    before = _TIE.sub("", text[: span[0]].rstrip())
    return " ".join((before + " " + text[span[1] :]).split())
