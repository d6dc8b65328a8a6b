# ruff: noqa: E501 -- a rule is one line
"""Working hours told in a sentence: "we open at 9 on weekdays", "closed tomorrow", 周末不上班, as the days that change. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from flows.clocks.reading import Misread, hours_in
from flows.clocks.rules import DAY, USUAL, Blocks
from flows.understanding.lazily import lazy

Week = Mapping[str, Blocks]
"""What each weekday has now, "1" to "7"."""
_WE = r"(?:from now on,? |by the way,? |please note:? )?(?:(?:we|the (?:office|shop|store|firm))(?:['’]re| are| is| will be|['’]ll be)?(?: only| now| always| also)?|our (?:office |opening |working |business |shop )?hours(?: are| is)?(?: now)?)"
_ZH_WE = r"(?:从?(?:今天|现在|以后|今后)起?[，,]?)?(?:我们|咱们|公司|办公室|店里|本店)(?:现在|以后|平时|都|也)?"
_OFF = r"(?:closed|close|on (?:holiday|vacation|leave)|(?:do not|don['’]?t|never) (?:work|open)|not (?:working|open)|off\b)"
_ZH_OFF = r"(?:不上班|不营业|不开门|休息|放假|关门|歇业|停业)"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|week ?(?:days?|ends?)|work(?:ing )?days?|tomorrow|today|every ?day|daily|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_ZH_DAY = r"周末|双休日|工作日|平日|每天|今天|明天|后天|大后天|[下这本]?(?:周|星期|礼拜)[一二三四五六日天]|\d{1,2}月\d{1,2}[日号]?"
_FEAST = r"国庆节?|春节|元旦|中秋节?|端午节?|清明节?|劳动节|五一"
_COUNT = r"(?P<count>\d{1,2}|[一二两三四五六七八九十])\s?天"
_LASTS = re.compile(
    rf"(?P<zh>(?:{_FEAST})|{_ZH_DAY})(?:节|期间|开始|起)?(?:{_ZH_OFF}|放)\s?{_COUNT}(?:假)?|(?P<off>{_OFF}) for (?P<n>\d{{1,2}}|two|three|four|five|six|seven|ten) days(?: from| starting| over| at)?(?: on)? (?P<en>.+)",
    re.IGNORECASE,
)
"""So many days from one on: 五一放假5天, "closed for 3 days from 1 May"."""
_NUMBERS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {
    "两": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "ten": 10,
}
_TOLD = (
    lazy(rf"{_WE}[: ]+(?:work(?:ing)?|open(?:ing|s)?|start(?: work)? at \d|{_OFF})\b.*", re.IGNORECASE),
    lazy(rf"(?:now )?open(?:ing)?(?: hours)?(?: from)? \d.*\b(?:{_DAY})\b.*", re.IGNORECASE),
    lazy(r"our (?:office |opening |working |business |shop )?hours(?: are| is|:).*\d.*", re.IGNORECASE),
    lazy(rf"(?:we['’]?(?:re| are) )?(?:closed|no work|not open|office closed|day off)(?: all day)?(?: on| for)? (?:the )?(?:next |this |all )?(?:{_DAY})\b.*", re.IGNORECASE),
    lazy(r"(?:we['’]?(?:re| are) )?(?:closed|no work|not open|office closed)(?: all day)?(?: on| for| from| between)? (?:the )?\d{1,2}(?:st|nd|rd|th)?\b.*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE),
    lazy(rf"{_ZH_WE}.*(?:上班|下班|营业|开门|{_ZH_OFF}).*"),
    lazy(rf"{_OFF} for (?:\d{{1,2}}|two|three|four|five|six|seven|ten) days(?: from| starting| over)\b.*", re.IGNORECASE),
    lazy(rf"(?:{_ZH_WE})?(?:从)?(?:{_FEAST})(?:节|期间|开始|起)?(?:{_ZH_OFF}|放)\s?{_COUNT}(?:假)?[。！]*"),
    lazy(rf"(?:{_FEAST}|从)?(?:{_ZH_DAY}).*(?:上班|营业|开门|开诊|上课|{_ZH_OFF}).*"),
)  # fmt: skip
"""Sentences about when we ourselves are there."""
_NOT_THERE = lazy(rf"\b{_OFF}|\bno work\b|\bday off\b|{_ZH_OFF}", re.IGNORECASE)
_ASKED = lazy(
    r"(?:when|what time|which days|till when|how long) (?:are|do|is|does) (?:we|the (?:office|shop|store|firm)|our (?:office|shop))(?: open(?:ed)?| close[sd]?| work(?:ing)?| start)*[?. ]*"
    r"|what(?:['’]s| is| are) our (?:office |opening |working |business )?hours[?. ]*|are we (?:open|closed).{0,20}\?"
    r"|(?:我们|咱们|公司)?(?:几点|什么时候|哪几天|周几)(?:到几点)?(?:上班|下班|开门|关门|营业|休息)[?？。 ]*|(?:我们|咱们|公司).{0,6}(?:上班|营业|休息|开门)吗[?？]*",
    re.IGNORECASE,
)
_BREAK = lazy(
    r"(?:we have |our )?(?:an? )?(?:lunch(?: ?break| ?time)?|break)(?: is)?(?: from| at| between|:)? (?P<span>\d.+)"
    r"|(?:我们|公司)?(?:每天)?(?P<span_zh>(?:中午|上午|下午)?\d[^月号日]+?)(?:午休|吃饭|休息)(?:时间)?"
    r"|(?:我们|公司)?(?:午休|午饭)(?:时间)?(?:是|从)?(?P<span_zh2>(?:中午)?\d.+)",
    re.IGNORECASE,
)
_WHY = lazy(
    r"[,，;；]? ?\b(?:because|due to|for an?|as we|since|until further notice)\b.*$|[,，]?(?:因为|由于).*$", re.I
)
_REWRITTEN = tuple(
    (re.compile(pattern, re.IGNORECASE), new)
    for pattern, new in (
        (r"\b(?:between|from)\b", " "),
        (r"(\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?) and (?=\d)", r"\1 to "),
        (r"\b(\d{1,2})(?:st|nd|rd|th)?(?: ?- ?| to | till | until )(\d{1,2})(?:st|nd|rd|th)?(?: of)? ((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)", r"\1 \3 to \2 \3"),
        (r"\b((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*) (\d{1,2})(?: ?- ?| to )(\d{1,2})(?!\d*[:月])", r"\2 \1 to \3 \1"),
        (r"(\d{1,2})月(\d{1,2})[日号]?(到|至|-|~)(\d{1,2})[日号]", r"\1月\2日\3\1月\4日"),
        (r"(\d(?:[:：]\d\d|[点时](?:半|\d{1,2}分?)?)?)(?:开始)?(?:上班|开门|营业)[，,、 ]*((?:上午|中午|下午|晚上|晚)?\d{1,2}(?:[:：]\d\d|[点时](?:半|\d{1,2}分?)?)?)(?:下班|关门)", r"\1到\2"),
        (_FEAST + r"|年假|全体|[也都要会从是的在]|我们|咱们|公司|办公室|店里|现在|以后|平时|开始|(?<!不)(?:上班|营业|开门|工作)", " "),
        (r"\b(?:open(?:ing|s)?|work(?:ing)?|our|office|business|shop|store|hours|we|we['’]re|are|is|will|be|only|now|also|always|again|the|as usual|by the way|please note|note|from|all day|no|not|day|office)\b|['’]re\b|['’]ll\b", " "),
        (r"\bworking ?days\b", "workdays"),
    )
)  # fmt: skip
"""What is said in other words than the hours are read in, and what says nothing beside them."""
_AT = r"(?:at |around )?(?P<at>(?:上午|早上|中午|下午|晚上|晚)?\d{1,2}(?:[:.：]\d\d)?(?:[点时](?:半|\d{1,2}分?)?)?\s?(?:[ap]\.?m\.?)?(?: o['’]?clock)?)(?![\d/])"
_OPENS = lazy(rf"(?P<days>.*?)(?:(?:open|start)(?:s|ing)?(?: work(?:ing)?)? {_AT}|{_AT.replace('at>', 'zh>')}(?:开始)?(?:上班|开门|营业))(?P<more>.*)", re.I)  # fmt: skip
_CLOSES = lazy(rf"(?P<days>.*?)(?:(?:close|finish|end)(?:s|ing)? {_AT}|{_AT.replace('at>', 'zh>')}(?:下班|关门))(?P<more>.*)", re.I)  # fmt: skip
_HOUR = re.compile(r"\d\s*[点时:：]|\d\s*[ap]\.?m|\bat \d|上班|下班", re.IGNORECASE)
_SPAN = re.compile(
    r"\d\s*(?:[:：]\d\d|[点时]半?|[ap]m)?\s*(?:-|–|to|till|until|到|至|~)\s*(?:上午|中午|下午|晚上|晚)?\s*\d|24/7|全天",
    re.IGNORECASE,
)
_NOON = 12 * 60
_EARLY = 7 * 60
WHOLE = 3
"""So many weekdays named at once are the whole week."""


def told(words: str) -> bool:
    """Whether the sentence says when we work."""
    said = words.strip()
    return "\n" not in said and len(said) < 120 and any(p.fullmatch(said) for p in (*_TOLD, _BREAK))


def asked(words: str) -> bool:
    """Whether it is asked when we work."""
    return _ASKED.fullmatch(words.strip()) is not None


def days_told(words: str, today: date, week: Week, dated: Callable[[str], str]) -> Mapping[str, Blocks]:
    """The hours of each day that changes; `dated` puts days that are told from today on as dates. Raises Misread.

    An opening hour alone keeps the closing one, and a break leaves the rest of the day.
    """
    said = once(_WHY.sub("", words.strip().rstrip(".!。！")), today)
    said = dated(_LASTS.sub(lambda match: _lasting(match, dated), said))
    if pause := _BREAK.fullmatch(said):
        return _without(week, hours_in(_plain(pause["span"] or pause["span_zh"] or pause["span_zh2"]), today))
    said = _DAYS_LAST.sub(r"\g<days> \g<span>", said)
    for pattern, last in ((_OPENS, False), (_CLOSES, True)):
        if (match := pattern.fullmatch(said)) and not _HOUR.search(
            f"{match['days']} {_GOES_ON.sub('9:00', match['more'])}"
        ):
            return _edge(match, last, today, week)
    try:
        return _whole_days(said, today, week)
    except Misread:
        return _in_two(said, today, week, dated)


_GOES_ON = re.compile(r"^\s*(?:-|–|to|till|until)\s*(?=\d)", re.IGNORECASE)
"""What follows an opening hour is the closing one."""
_DAYS_LAST = re.compile(
    r"(?P<span>\d{1,2}(?::\d\d)?(?: ?[ap]m)? ?(?:-|–|to|till|until) ?\d{1,2}(?::\d\d)?(?: ?[ap]m)?) (?:on |every |each )?(?P<days>week ?days|week ?ends|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?: ?(?:-|–|to|and|&) ?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)?)(?=\s*(?:$|,|;|and\b|but\b))",
    re.IGNORECASE,
)
""""9 to 5 on weekdays" is "weekdays 9 to 5"."""
_PARTED = re.compile(r"\s*[,，;；]\s*(?:and |but )?|\s+but\s+")
_TILL = re.compile(r"^(?P<days>(?:on )?[a-z]+?) ?(?:only )?(?:till|until|to) (?P<at>\d.*)$|^(?P<zh>\S{2,4}?)(?:只)?(?:到|开到|上到)(?P<to>\D*\d.*)$", re.IGNORECASE)  # fmt: skip


def _in_two(said: str, today: date, week: Week, dated: Callable[[str], str]) -> Mapping[str, Blocks]:
    """ "We open 10 to 6, saturdays till 4": what is said of some days beside the rest; raises Misread."""
    parts = _PARTED.split(said, maxsplit=1)
    if len(parts) != 2:
        raise Misread(said)
    if not re.search(r"\d", parts[0]):
        return _whole_days(re.sub(r"开门|开诊|上课", " ", " ".join(parts)), today, week)
    first = _whole_days(parts[0], today, week)
    rest = _TILL.sub(lambda m: f"{m['days']} close at {m['at']}" if m["days"] else f"{m['zh']}{m['to']}下班", parts[1])
    return {**first, **days_told(rest, today, {**week, **first}, dated)}


_EVERY = re.compile(
    r"\b(?:every|each|always|from now on|as of|usually|never|now|hours)\b|每|以后|今后|平时|固定|起", re.IGNORECASE
)
_ONE_DAY = re.compile(
    r"(?<!and )(?<!, )(?<!- )(?<!to )(?<!next )(?<!-)\b(?:this |the coming |coming )?(?P<en>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?day\b(?!\s?(?:-|–|to\b|till\b|until\b|and\b|&|,|mornings?|afternoons?))"
    r"|(?<![下这本每到至和、周上])(?:周|星期|礼拜)(?P<zh>[一二三四五六日天])(?=(?:放假|歇业|停业|关门|(?:休息|不上班|不营业)一?天))(?:放假|歇业|停业|关门|休息|不上班|不营业)(?:一?天)?",
    re.IGNORECASE,
)
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def once(words: str, today: date) -> str:
    """ "Closed on Friday", 周五放假: this one day as a date; Fridays, or every Friday, stay what they are."""
    if not _NOT_THERE.search(words) or _EVERY.search(words) or _HOUR.search(words) or len(_ONE_DAY.findall(words)) != 1:
        return words

    def dated(match: re.Match[str]) -> str:
        day = (
            _NAMES.index(match["en"].lower())
            if match["en"]
            else "一二三四五六日".index(match["zh"].replace("天", "日"))
        )
        off = "" if match["en"] else " 放假"
        return f"{(today + timedelta(days=(day - today.weekday()) % 7)).isoformat()}{off}"

    return _ONE_DAY.sub(dated, words)


def _lasting(match: re.Match[str], dated: Callable[[str], str]) -> str:
    """The first and the last day of so many, and that nobody is there."""
    count = match["count"] or match["n"]
    try:
        first = date.fromisoformat(dated(match["zh"] or match["en"]).strip())
    except ValueError:
        return match[0]
    last = first + timedelta(days=(_NUMBERS.get(count.casefold()) or int(count)) - 1)
    return f"{first.isoformat()} to {last.isoformat()} off"


def _whole_days(said: str, today: date, week: Week) -> Mapping[str, Blocks]:
    """Days with their hours; without hours they are the usual ones, or none."""
    off = _NOT_THERE.search(said) is not None
    days = _plain(_NOT_THERE.sub(" ", said))
    if off:
        days = f"{days} off"
    elif not _SPAN.search(days):
        days = f"{days} {blocks_said(_usual(week))}"
    found = hours_in(days, today)
    named = [day for day in found if day.isdigit()]
    return {**week, **found} if named and (off or len(named) < WHOLE) else found


def _usual(week: Week) -> Blocks:
    return next((week[day] for day in "1234567" if week.get(day)), USUAL)


def blocks_said(blocks: Blocks) -> str:
    """As they are read."""
    return " ".join(f"{a // 60}:{a % 60:02}-{b // 60}:{b % 60:02}" for a, b in blocks)


def _plain(words: str) -> str:
    for pattern, new in _REWRITTEN:
        words = pattern.sub(new, words)
    return words


def _edge(match: re.Match[str], last: bool, today: date, week: Week) -> Mapping[str, Blocks]:
    """The days named (else those that are worked) with another first or last minute."""
    at = re.sub(r" ?o['’]?clock", "", match["at"] or match["zh"])
    minute = next(iter(hours_in(f"{at}-23:59", today).values()))[0][0]
    if last and minute <= _EARLY and not re.search(r"[ap]\.?m|上午|早", at, re.IGNORECASE):
        minute += _NOON
    days = _plain(f"{match['days']} {match['more']}")
    named = hours_in(f"{days} 9-10", today) if days.strip(" ,，on") else [day for day in week if week[day]]
    moved = {day: _moved(week.get(day) or _usual(week), minute, last) for day in named}
    return {**week, **moved} if any(day.isdigit() for day in named) else moved


def _moved(blocks: Blocks, minute: int, last: bool) -> Blocks:
    """The day with that edge; raises Misread where nothing would be left of it."""
    kept = [block for block in blocks if (block[0] < minute if last else block[1] > minute)]
    if not kept:
        raise Misread(f"{minute // 60}:{minute % 60:02}")
    return (*kept[:-1], (kept[-1][0], minute)) if last else ((minute, kept[0][1]), *kept[1:])


def _without(week: Week, pause: Mapping[str, Blocks]) -> Week:
    """Every working day with a gap in it; "12 to 1" ends in the afternoon."""
    start, end = next(iter(pause.values()))[0]
    end = end % DAY + _NOON if end - start > _NOON else end
    return {
        day: tuple((x, y) for a, b in blocks for x, y in ((a, min(b, start)), (max(a, end), b)) if x < y)
        for day, blocks in week.items()
    }
