"""Working hours as people write them, "Mon-Fri 9-12 13-18" or "周一到周五 9点到12点", as blocks of days. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from flows.clocks.rules import DAY, Block, Blocks
from flows.understanding.lazily import lazy

_NAMES: Mapping[str, tuple[int, ...]] = {
    word: days
    for words, days in (
        ("mon monday mondays", (1,)),
        ("tue tues tuesday tuesdays", (2,)),
        ("wed weds wednesday wednesdays", (3,)),
        ("thu thur thurs thursday thursdays", (4,)),
        ("fri friday fridays", (5,)),
        ("sat saturday saturdays", (6,)),
        ("sun sunday sundays", (7,)),
        ("weekday weekdays workday workdays 工作日 平日", (1, 2, 3, 4, 5)),
        ("weekend weekends 周末 双休日", (6, 7)),
        ("daily everyday 每天 每日 天天", (1, 2, 3, 4, 5, 6, 7)),
    )
    for word in words.split()
}
_CHINESE = {
    char: n for n, chars in enumerate(("", "一1", "二2", "三3", "四4", "五5", "六6", "日天七7")) for char in chars
}
_MONTHS = {
    name: n
    for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_TIME = (
    r"(?P<half{0}>上午|早上|中午|下午|晚上|晚)?\s*(?P<h{0}>\d{{1,2}})"
    r"(?:\s*[:.]\s*(?P<m{0}>\d\d)|\s*[点时](?:(?P<z{0}>半)|(?P<n{0}>\d{{1,2}})分?)?)?\s*(?P<ap{0}>[ap]\.?m\.?)?"
)
_TO = r"\s*(?:-|–|—|~|to|till|until|through|到|至)\s*"
_ONE = r"(?:周|星期|礼拜)[一二三四五六日天七1-7]"
_TOKEN = lazy(
    r"(?P<always>24\s*/\s*7|全天候)"
    r"|(?P<allday>24\s*(?:h(?:ours)?|小时)|all day|全天)"
    r"|(?P<iso>\d{4}-\d{1,2}-\d{1,2})|(?P<zhdate>(?:(?P<zy>\d{4})年)?(?P<zm>\d{1,2})月(?P<zd>\d{1,2})[日号]?)"
    r"|(?P<endate>(?P<d1>\d{1,2})\s+(?P<mo1>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(?P<mo2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(?P<d2>\d{1,2})(?!\d*[:-]))"
    rf"|(?P<zh>{_ONE}(?:(?:{_TO}|[、,和及/]\s*)?(?:{_ONE}|[一二三四五六日天七]))*)"
    rf"|(?P<clock>{_TIME.format('a')}{_TO}{_TIME.format('b')})"
    r"|(?P<off>off|closed|close|休息|不上班|不营业|关门|放假|休)"
    r"|(?P<every>every day)|(?P<word>[a-z]+|[\u4e00-\u9fff]{2,3})|(?P<join>"
    + _TO.strip()
    + r"|&|/)|(?P<gap>[\s,、;。.和及与]+)",
    re.I,
)
_FILLER = {
    "and",
    "from",
    "open",
    "we",
    "are",
    "work",
    "at",
    "on",
    "in",
    "the",
    "hours",
    "is",
    "营业",
    "上班",
    "工作",
    "时间",
    "我们",
}
_MOST = 31
"""Days in a row that can be named by their first and last."""


_APART = lazy(r"工作日|平日|周末|双休日|每天|每日|天天|休息|不上班|不营业|关门|放假")
"""Words that are read by themselves also where nothing stands between them."""


class Misread(ValueError):
    """A part that is neither a day nor a time; the message is that part."""


@dataclass
class _Group:
    days: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    off: bool = False

    @property
    def told(self) -> bool:
        return self.off or bool(self.blocks)


def hours_in(words: str, today: date) -> Mapping[str, Blocks]:
    """The blocks of each day that is named ("1" to "7", or a date); raises Misread.

    A block that goes on after midnight ends later than the day: `over_midnight` takes it apart.
    """
    text = _APART.sub(r" \g<0> ", unicodedata.normalize("NFKC", words).strip().lower())
    groups = [_Group()]
    joined = False
    for match in _tokens(text):
        group = groups[-1]
        kind = match.lastgroup or ""
        if (days := _days(match, today)) is not None:
            if group.told:
                groups.append(group := _Group())
            joined = _name(group, days, joined)
            if match["always"]:
                group.blocks.append((0, DAY))
        elif match["allday"]:
            group.blocks.append((0, DAY))
        elif match["clock"]:
            group.blocks.append(_block(match, group.blocks[-1][1] if group.blocks else 0))
        elif match["off"]:
            group.off = True
        elif match["join"]:
            joined = match["join"].strip() not in ("&", "/")
        elif kind == "word" and match["word"] not in _FILLER:
            raise Misread(match["word"])
    return _blocks(groups)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            raise Misread(text[at:].split()[0] if text[at:].split() else text)
        yield match
        at = match.end()


def _days(match: re.Match[str], today: date) -> list[str] | None:
    if match["always"] or match["every"]:
        return [str(day) for day in range(1, 8)]
    if match["word"] and match["word"] in _NAMES:
        return [str(day) for day in _NAMES[match["word"]]]
    if match["zh"]:
        return _chinese(match["zh"])
    if match["iso"] or match["zhdate"] or match["endate"]:
        return [_date(match, today).isoformat()]
    return None


def _chinese(text: str) -> list[str]:
    """ "周一到周五", "周一、三、五": days with what stands between them."""
    parts = re.findall(rf"({_TO}|[、,和及/]\s*)?(?:周|星期|礼拜)?([一二三四五六日天七1-7])", text)
    found: list[int] = []
    for between, char in parts:
        day = _CHINESE[char]
        if between and re.fullmatch(_TO, between) and found:
            found += _onward(found[-1], day)[1:]
        else:
            found.append(day)
    return [str(day) for day in dict.fromkeys(found)]


def _onward(first: int, last: int) -> list[int]:
    return [(first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)]


def _name(group: _Group, days: Sequence[str], joined: bool) -> bool:
    """Adds the days; after a "to" all that lie between them and the last one named. Nothing is joined any more."""
    if joined and group.days:
        last, first = days[0], group.days[-1]
        if last.isdigit() and first.isdigit():
            days = [str(day) for day in _onward(int(first), int(last))[1:]]
        elif not last.isdigit() and not first.isdigit():
            begin, count = date.fromisoformat(first), (date.fromisoformat(last) - date.fromisoformat(first)).days
            if not 0 < count <= _MOST:
                raise Misread(f"{first} – {last}")
            days = [(begin + timedelta(days=step)).isoformat() for step in range(1, count + 1)]
    group.days += [day for day in days if day not in group.days]
    return False


def _date(match: re.Match[str], today: date) -> date:
    """The day that is meant; without a year the next one of that name."""
    try:
        if match["iso"]:
            return date(*(int(part) for part in match["iso"].split("-")))
        if match["zhdate"]:
            year, month, day = match["zy"], int(match["zm"]), int(match["zd"])
        else:
            year, month, day = None, _MONTHS[match["mo1"] or match["mo2"]], int(match["d1"] or match["d2"])
        found = date(int(year or today.year), month, day)
        return found if year or found >= today else found.replace(year=today.year + 1)
    except ValueError:
        raise Misread(match[0].strip()) from None


def _block(match: re.Match[str], after: int) -> Block:
    """Bare hours go on from what stands before them: "9-6" ends at 18:00, and after "9-12" comes 13:00 with "1-6"."""
    start, end = _minute(match, "a"), _minute(match, "b")
    said = {which: bool(match[f"ap{which}"] or match[f"half{which}"]) for which in "ab"}
    noon = DAY // 2
    if not said["a"] and start < after <= start + noon < DAY:
        start += noon
    if not said["b"] and end <= start and (said["a"] or start < noon or after) and start < end + noon <= DAY:
        end += noon
    if start >= DAY or start == end:
        raise Misread(match[0].strip())
    return start, end


def _minute(match: re.Match[str], which: str) -> int:
    hour, minute = (
        int(match[f"h{which}"]),
        int(match[f"m{which}"] or match[f"n{which}"] or (30 if match[f"z{which}"] else 0)),
    )
    half, part = match[f"half{which}"] or "", (match[f"ap{which}"] or "")[:1]
    if (part == "p" or half in ("下午", "晚上", "晚") or (half == "中午" and hour < 3)) and hour < 12:
        hour += 12
    elif part == "a" and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or hour * 60 + minute > DAY:
        raise Misread(match[0].strip())
    return hour * 60 + minute


def _blocks(groups: Sequence[_Group]) -> Mapping[str, Blocks]:
    """Of each day that was named, in order and without overlaps."""
    found: dict[str, list[Block]] = {}
    for group in groups:
        if not group.told:
            raise Misread(" ".join(group.days) or "…")
        for day in group.days or ["1", "2", "3", "4", "5"]:
            found.setdefault(day, [])
            for start, end in group.blocks:
                found[day].append((start, end + (DAY if end <= start else 0)))
    return {day: merged(blocks) for day, blocks in found.items()}


def over_midnight(days: Mapping[str, Blocks]) -> tuple[Mapping[str, Blocks], Mapping[str, Blocks]]:
    """The blocks of each day up to its midnight, and what of them belongs to the day after it."""
    within = {day: tuple((start, min(end, DAY)) for start, end in blocks) for day, blocks in days.items()}
    over = {_next(day): tuple((0, end - DAY) for _s, end in blocks if end > DAY) for day, blocks in days.items()}
    return within, {day: blocks for day, blocks in over.items() if blocks}


def _next(day: str) -> str:
    return str(int(day) % 7 + 1) if day.isdigit() else (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def merged(blocks: Sequence[Block]) -> Blocks:
    """In order and without overlaps."""
    out: list[Block] = []
    for start, end in sorted(blocks):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


_SPAN = lazy(
    r"(?P<n>\d+(?:\.\d+)?)\s*(?P<unit>minutes?|mins?|m|hours?|hrs?|h|days?|d|分钟|分|个?小时|个?钟头?|天|个?工作日)(?![a-z])",
    re.I,
)
_CHINESE_SPAN = lazy(r"半(?:个)?小时|一刻钟|一(?:个)?小时|两(?:个)?小时|一天|半天")
_SAID = {
    "半小时": 30,
    "半个小时": 30,
    "一刻钟": 15,
    "一小时": 60,
    "一个小时": 60,
    "两小时": 120,
    "两个小时": 120,
    "一天": 480,
    "半天": 240,
}
WORKING_DAY = 8 * 60
"""Open minutes that a "day" of a target stands for."""


def minutes_in(words: str) -> tuple[int, str] | None:
    """Open minutes in "30m", "4 小时", "2d" (of eight hours each), and the words without them; parts add up."""
    total, rest = 0.0, words
    if said := _CHINESE_SPAN.search(rest):
        total, rest = float(_SAID[said[0]]), rest.replace(said[0], " ", 1)
    else:
        at = _SPAN.search(rest)
        while at:
            unit = at["unit"].lower().removeprefix("个")
            factor = 1 if unit[0] in "m分" else 60 if unit[0] in "h小钟" else WORKING_DAY
            total += float(at["n"]) * factor
            follows = _SPAN.match(rest[at.end() :].lstrip())
            rest = f"{rest[: at.start()]} {rest[at.end() :].lstrip() if follows else rest[at.end() :]}"
            at = _SPAN.match(rest, at.start() + 1) if follows else None
    return (round(total), " ".join(rest.split())) if total >= 1 else None
