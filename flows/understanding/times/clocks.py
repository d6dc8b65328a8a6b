# ruff: noqa: E501 -- a rule is one line
"""Hours of the day, and stretches between two of them."""

import re
from dataclasses import replace
from typing import Final

from flows.understanding.grammar import Found, Rule
from flows.understanding.lazily import lazy
from flows.understanding.numerals import WORDS
from flows.understanding.times.pieces import Clock, Piece
from flows.understanding.vocabulary import KINDS

_HALF: Final = r"(?P<half>[ap])\.?[ ]?m(?![a-z])\.?"
_SHORT_HALF: Final = r"(?P<half>[ap])(?![a-z'])\.?"
_WORD_HOURS: Final = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_WORD_HOUR: Final = r"(?<![a-z])(?:" + "|".join(_WORD_HOURS) + r")(?![a-z])"
_HOUR: Final = rf"(?:(?<![\d.,:$£€¥+/-])(?:2[0-4]|[01]?\d)(?!\d)|{_WORD_HOUR})"
_WORD_MINUTE: Final = r"(?:(?:twenty|thirty|forty|fifty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|fifteen|ten|(?:oh|o) (?:five|one))"
_DASH: Final = r"(?:-|~|to|till|til|until|through|到|至|and)"
_TO_DO: Final = r" (?:call|send|check|chase|follow up|ask|e-?mail|mail|ring|phone|text|message|pay|prepare|write|confirm|pick up|meet|review|remind|see|go to|talk|speak|discuss|submit|collect)(?![a-z])"
"""What stands right after an hour, and never after a number of it: "tomorrow 10 send the samples"."""
_NOT_COUNT: Final = (
    r"(?![\d%]|[.:,/-]\d| ?(?:%|percent|k\b|m\b|st\b|nd\b|rd\b|th\b|days?\b|weeks?\b|wks?\b|months?\b|mos?\b|years?\b|yrs?\b|hours?\b|hrs?\b|"
    r"minutes?\b|mins?\b|(?:hundred|thousand|million|billion|grand|dozen)\b|(?:jan(?:uary)?|feb(?:ruary)?|march|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b|seats?\b|units?\b|(?:cases|boxes|bags|tons|samples|items|pieces|pallets|crates|trucks|vans|chairs|desks|tables|doors|windows|machines|pumps|panels|tiles|rolls|sheets|bottles|kegs|copies|rooms|beds|staff|guests|stores|sites|shops|branches|licences|tickets|uniforms|laptops|screens|phones)\b|users?\b|people\b|ppl\b|licen|pcs\b|dollars?\b|(?:usd|gbp|eur|cny|rmb|sgd|hkd|aud|cad|jpy|euros?|pounds?|quid|bucks?)\b|times\b|x\b|of them\b|of us\b|万|元|个|套|台|人|天|月|年|号|日|楼))"
)
_NOT_SO_MANY: Final = r"(?! ?(?:to|-|or) ?\d{1,3} (?!today|tomorrow|tonight|mon|tue|wed|thu|fri|sat|sun|this|hours|minutes)[a-z]{2,}s(?![a-z]))"
"""About 5 to 6 pallets."""


def hour_of(words: str) -> int:
    return int(words) if words.isdigit() else WORDS[words]


def minute_of(words: str) -> int:
    if words.isdigit():
        return int(words)
    return sum(WORDS.get(word, 0) for word in words.replace("-", " ").split())


def clock(hour: int, minute: int = 0, second: int | None = None, half: str = "", sure: bool = False) -> Clock | None:
    """An hour that exists, morning or evening settled when the words say so or the figure is beyond twelve."""
    if hour > 24 or minute > 59 or (second or 0) > 59 or (hour == 24 and minute):
        return None
    made = Clock(hour, minute, second, sure or hour > 12 or hour == 0)
    if not half or hour > 12:
        return made
    return made.of(half + "m" if len(half) == 1 else half)


def piece(made: Clock | None, part: str = "") -> Piece | None:
    return Piece("clock", clock=made, part=part) if made else None


def _figures(f: Found) -> Piece | None:
    """14:30 and 08:15 are as they stand; 2:30 is settled later."""
    hour = f.text("h")
    second = int(f.text("s")) if f.text("s") else None
    return piece(clock(int(hour), int(f.text("m")), second, f.text("half"), len(hour) == 2 and hour < "10"))


def _bare(f: Found) -> Piece | None:
    hour = hour_of(f.text("h"))
    return piece(clock(hour)) if 0 < hour <= 24 else None


def _past(f: Found) -> Piece | None:
    minutes = {"half": 30, "a quarter": 15, "quarter": 15, "three quarters": 45}.get(f.text("gap"))
    gap = minute_of(f.text("gap")) if minutes is None else minutes
    hour = {"noon": 12, "midday": 12, "midnight": 24}.get(f.text("h")) or hour_of(f.text("h"))
    base = clock(hour, 0, None, f.text("half"))
    if base is None or gap > 59:
        return None
    base = replace(base, sure=True) if not f.text("h").isdigit() and f.text("h")[:2] in ("no", "mi") else base
    if f.text("way") in ("to", "before", "till", "of"):
        return piece(replace(base, hour=(base.hour - 1) % 24, minute=60 - gap))
    return piece(replace(base, hour=base.hour % 24, minute=gap))


def _hours(f: Found) -> Piece | None:
    """From one hour to another; the half of the day that only one of them names counts for both."""
    half_a, half_b = f.text("p"), f.text("q")
    first = clock(hour_of(f.text("h")), minute_of(f.text("m") or "0"), None, half_a, f.text("h").startswith("0"))
    last = clock(hour_of(f.text("i")), minute_of(f.text("n") or "0"), None, half_b, f.text("i").startswith("0"))
    return None if first is None or last is None else hours(first, last, half_a, half_b)


def hours(first: Clock, last: Clock, half_a: str, half_b: str) -> Piece:
    if half_b and not half_a and not first.sure:
        same = clock(first.hour, first.minute, None, half_b) or first
        first = same if (same.hour, same.minute) <= (last.hour, last.minute) else replace(first, sure=True)
    if half_a and not half_b and not last.sure:
        last = _following(first, last)
    return Piece("hours", clock=first, until=last)


def _following(first: Clock, last: Clock) -> Clock:
    """The first time the end's figure comes round after the start."""
    hour = last.hour % 12
    while (hour, last.minute) <= (first.hour, first.minute) and hour < 24:
        hour += 12
    return replace(last, hour=hour % 24, sure=True)


_TIME: Final = r"(?:2[0-4]|[01]?\d)"
_A: Final = rf"(?<![\d.,:$£€¥+/-])(?P<h>{_TIME})(?:[:.](?P<m>[0-5]\d))?(?: ?(?P<p>[ap])(?:\.?m\.?)?(?![a-z]))?"
_B: Final = rf"(?P<i>{_TIME})(?:[:.](?P<n>[0-5]\d))?(?: ?(?P<q>[ap])(?:\.?m\.?)?(?![a-z]))?(?![\d:])"
_STRICT_B: Final = rf"(?P<i>{_TIME})(?:[:.](?P<n>[0-5]\d))?(?: ?(?P<q>[ap])(?:\.?m\.?)?(?![a-z]))(?![\d:])"
_COLON: Final = rf"(?<![\d.,:$£€¥+/-])(?P<h>{_TIME}):(?P<m>[0-5]\d)(?: ?(?P<p>[ap])(?:\.?m\.?)?(?![a-z]))?"
_COLON_B: Final = rf"(?P<i>{_TIME}):(?P<n>[0-5]\d)(?: ?(?P<q>[ap])(?:\.?m\.?)?(?![a-z]))?(?![\d:])"
_HALF_A: Final = rf"(?<![\d.,:$£€¥+/-])(?P<h>{_TIME})(?:[:.](?P<m>[0-5]\d))? ?(?P<p>[ap])(?:\.?m\.?)?(?![a-z])"

_WEEKDAYS: Final = r"(?<=[a-z]day )|(?<=mon )|(?<=tue )|(?<=tues )|(?<=wed )|(?<=weds )|(?<=thu )|(?<=thur )|(?<=thurs )|(?<=fri )|(?<=sat )|(?<=sun )"
_DAYS: Final = (
    _WEEKDAYS
    + r"|(?<=tomorrow )|(?<=tmrw )|(?<=tmr )|(?<=today )|(?<=day from )|(?<=mon from )|(?<=fri from )|(?<=tomorrow from )"
)

ENGLISH: Final[tuple[Rule[Piece], ...]] = (
    Rule(r"(?<![\d:.,/+-])(?P<h>\d{1,2}):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:\.\d{1,6})?)?(?: ?" + _HALF + r")?(?![\d:]|%)", _figures, "tomorrow 14:30", "2026-11-19T14:30"),
    Rule(r"(?<![\d:.,/+-])(?P<h>\d{1,2}):(?P<m>[0-5]\d) ?" + _SHORT_HALF, _figures, "tomorrow 3:15p", "2026-11-19T15:15"),
    Rule(r"(?<![\d:.,/+$-])(?P<h>\d{1,2})\.(?P<m>[0-5]\d) ?" + _HALF, _figures, "tomorrow 8.30 pm", "2026-11-19T20:30"),
    Rule(r"(?<=at )(?P<h>\d{1,2})\.(?P<m>[0-5]\d)(?![\d%]| ?(?:percent|a (?:share|seat|unit)|per|each|%))", _figures, "Friday at 2.30", "2026-11-20T14:30"),
    Rule(r"(?:(?<=day )|(?<=mon )|(?<=tue )|(?<=tues )|(?<=wed )|(?<=weds )|(?<=thu )|(?<=thur )|(?<=thurs )|(?<=fri )|(?<=sat )|(?<=sun )|(?<=tomorrow )|(?<=tmrw )|(?<=tmr )|(?<=today )|(?<=tonight )|(?<=\d[a-z][a-z] [a-z]{3} )|(?<=\d [a-z]{3} )|(?<=\d [a-z]{3}, )|(?<=\d[a-z][a-z] [a-z]{3}, )|(?<=day, )|(?<=tomorrow, )|(?<=[a-z]{3} \d, )|(?<=[a-z]{3} \d\d, ))(?P<h>1\d|2[0-3]|[1-9])\.(?P<m>00|15|30|45)(?![\d%]| ?[ap]\.?m)", _figures, "next Friday 10.30", "2026-11-27T10:30"),
    Rule(r"(?<![\d:.,/+$-])(?P<h>\d{1,2}) ?" + _HALF, lambda f: piece(clock(int(f.text("h")), 0, None, f.text("half"))), "tomorrow 3pm", "2026-11-19T15:00"),
    Rule(r"(?<![\d:.,/+$-])(?P<h>\d{1,2})" + _SHORT_HALF, lambda f: piece(clock(int(f.text("h")), 0, None, f.text("half"))), "tomorrow 5p", "2026-11-19T17:00"),
    Rule(rf"(?P<h>{_WORD_HOUR}) {_HALF}", lambda f: piece(clock(hour_of(f.text("h")), 0, None, f.text("half"))), "tomorrow three pm", "2026-11-19T15:00"),
    Rule(rf"(?P<h>{_WORD_HOUR})[ -](?P<m>{_WORD_MINUTE})(?: {_HALF})(?![a-z])", lambda f: piece(clock(hour_of(f.text("h")), minute_of(f.text("m")), None, f.text("half"))), "tomorrow seven thirty pm", "2026-11-19T19:30"),
    Rule(rf"(?:(?<=at )|(?<=around )|(?<=for ))(?P<h>{_WORD_HOUR})[ -](?P<m>{_WORD_MINUTE})(?: minutes)?(?![a-z])(?! (?:days|people|seats|users|units))", lambda f: piece(clock(hour_of(f.text("h")), minute_of(f.text("m")))), "tomorrow at three fifteen", "2026-11-19T15:15"),
    Rule(r"(?<![\d:.,/+$-])(?P<h>1[0-2]|0?\d)(?P<m>[0-5]\d)[ ]?" + _HALF, lambda f: piece(clock(int(f.text("h")), int(f.text("m")), None, f.text("half"))), "tomorrow 1140 am", "2026-11-19T11:40"),
    Rule(r"(?:(?<=at )|(?<=approximately )|(?<=around )|(?<=by ))(?P<h>[012]?\d) ?(?P<m>[0-5]\d)(?: ?(?:hours|hrs)(?![a-z]))?(?!\d|[.,]\d| ?(?:usd|eur|dollars|units|seats|people|users|each|apiece|per|a (?:piece|unit|ton|kg|box|head|seat|day|month))(?![a-z]))(?= |$|[,.;!?])", lambda f: piece(clock(int(f.text("h")), int(f.text("m")), sure=len(f.text()) == 4 and f.text()[0] == "0")) if not re.fullmatch("(?:19|20)..", f.text()) else None, "tomorrow at 1430", "2026-11-19T14:30"),
    Rule(r"(?<![\d:.,/+$-])(?!(?:(?<=visit )|(?<=meeting )|(?<=call )|(?<=demo )|(?<=session )|(?<=took )|(?<=spent )|(?<=lasted ))[1-5] ?h(?! ?\d))(?P<h>2[0-3]|[01]?\d) ?h(?: ?(?P<m>[0-5]\d))?(?![\da-z])(?! ?(?:ago|later|from|hence|meeting|call|window|notice))(?: " + _HALF + ")?", lambda f: piece(clock(int(f.text("h")), int(f.text("m") or 0), None, f.text("half"), True)), "tomorrow 15h30", "2026-11-19T15:30"),
    Rule(r"(?:(?<=at )|(?<=around )|(?<=about )|(?<=after )|(?<=before )|(?<=by )|(?<=since )|(?<=until )|(?<=till )|(?<=@ )|(?<=@))" + rf"(?P<h>{_HOUR})" + _NOT_COUNT + _NOT_SO_MANY + r"(?! [a-z]*(?:of|more|new|other|companies|customers|points|minute|options))", _bare, "tomorrow at 3", "2026-11-19T15:00"),
    Rule(rf"(?:(?<=at )|(?<=@ )|(?<=@))(?P<h>{_HOUR})(?: ?(?P<half>[ap])\.?m)?,? not (?:at )?(?:{_HOUR})(?: ?[ap]\.?m)?(?![\d:./%-])(?=$|[,.;!?]| (?:tomorrow|tmrw|tmr|today|tonight|on|this|next|mon|tue|wed|thu|fri|sat|sun))", lambda f: piece(clock(hour_of(f.text("h")), 0, None, f.text("half"))), "demo at 3 not 2 tomorrow", "2026-11-19T15:00"),
    Rule(rf"(?P<h>{_HOUR})(?= (?:tomorrow|tonight|this (?:morning|afternoon|evening)|today))(?<!-\d)" + _NOT_COUNT, lambda f: _bare(f) if f.text("h") != "one" or f.left(8).endswith(("at ", "by ", "for ", "around ", "about ")) else None, "meet 9 tomorrow", "2026-11-19T09:00"),
    Rule(rf"(?P<h>{_HOUR})(?= (?:in|at) (?:the |)(?:morning|afternoon|evening|night|am|pm))", _bare, "tomorrow 3 in the afternoon", "2026-11-19T15:00"),
    Rule(rf"(?:(?<=morning )|(?<=afternoon )|(?<=evening )|(?<=tonight )|(?<=tomorrow )|(?<=tmr )|(?<=tmrw )|(?<=tmw )|(?<=today ))(?P<h>{_HOUR})" + _NOT_COUNT + r"(?= $|[,.;!?]| (?:with|to|for|at|about|re|call|meeting|demo|visit)|" + _TO_DO + ")", _bare, "see them tomorrow 4", "2026-11-19T16:00"),
    Rule(r"(?:(?<=can do )|(?<=could do )|(?<=can make )|(?<=how about )|(?<=make it )|(?<=prefers )|(?<=suggests )|(?<=suggested ))(?P<h>[1-9]|1[0-2])(?![\d/.:%-])" + _NOT_COUNT + r"(?= ?$|[,.;!?]| instead(?![a-z]))", _bare, "can do 4 instead", "2026-11-18T16:00"),
    Rule(rf"(?:{_WEEKDAYS}|(?<=day from )|(?<=mon from )|(?<=fri from )|(?<=tomorrow from ))(?<!today )" + r"(?P<h>[1-9]|1[0-2])(?![\d/.:-])" + _NOT_COUNT + r"(?= ?$|[,;!?]| (?:with|w/|at their|at our|sharp|on site|onsite|latest)(?![a-z])|" + _TO_DO + ")", _bare, "call Fri 4", "2026-11-20T16:00"),
    Rule(rf"(?:{_DAYS})" + r"(?P<h>[1-9]|1\d) ?(?:-|to|till|until) ?(?P<i>[1-9]|1\d)(?![\d/.:-]| (?:in the|at) (?:morning|afternoon|evening|night))" + _NOT_COUNT, _hours, "fitters there Thu 2-4", "2026-11-19T14:00/2026-11-19T16:00"),
    Rule(rf"(?P<h>{_HOUR}|(?<![a-z])(?:{'|'.join(_WORD_HOURS)})(?=ish))[ -]?ish(?: (?P<half>[ap])\.?m)?(?![a-z])", lambda f: piece(clock(hour_of(f.text("h")), 0, None, f.text("half"))), "tomorrow 4ish", "2026-11-19T16:00"),
    Rule(rf"(?P<h>{_HOUR}) ?o'?clock(?: (?P<part>midnight|lunchtime|noon)|(?! ))?", lambda f: piece(clock(hour_of(f.text("h")), 0, None, {"midnight": "am", "lunchtime": "noon", "noon": "noon"}.get(f.text("part"), ""))), "tomorrow 4 o'clock", "2026-11-19T16:00"),
    Rule(rf"(?P<gap>half|a quarter|quarter|three quarters|{_WORD_MINUTE}|\d{{1,2}}|five)(?: minutes?| mins?)? (?P<way>past|after|to|before|till) (?P<h>noon|midday|midnight|{_HOUR})(?: ?(?P<half>[ap])\.?m?(?![a-z]))?(?: ?o'?clock)?(?![\d:/%]| ?(?:days|weeks|people|seats|of|hundred|thousand|million|grand|dozen|percent|dollars|euros|pounds)(?![a-z]))", lambda f: _past(f) if f.text("way") == "past" or not f.text("gap")[0].isdigit() or "min" in f.text() else None, "tomorrow half past two", "2026-11-19T14:30"),
    Rule(rf"(?:(?<=at )|(?<=by )|(?<=around )|(?<=till )|(?<=until )|(?<=day )|(?<=tomorrow )|(?<=to )|(?<=for )|(?<=, ))half (?P<h>{_HOUR})(?![\d:.]| (?:of|the|a|million|price))", lambda f: piece(clock(hour_of(f.text("h")), 30)), "tomorrow at half 4", "2026-11-19T16:30"),
    Rule(r"(?<![a-z])(?:after|post) lunch(?! (?:with|w/))(?![a-z])", lambda f: piece(Clock(14, sure=True)), "ring them after lunch", "2026-11-18T14:00"),
    Rule(r"(?<![a-z])(?:noon|midday)(?![a-z])", lambda f: piece(Clock(12, sure=True)), "Friday at noon", "2026-11-20T12:00"),
    Rule(r"(?<![a-z])(?:midnight|mid night)(?![a-z])", lambda f: piece(Clock(24, sure=True)), "live at midnight", "2026-11-19T00:00"),
    Rule(rf"{_A} ?{_DASH} ?{_STRICT_B}", _hours, "tomorrow 2-3pm", "2026-11-19T14:00/2026-11-19T15:00"),
    Rule(rf"(?:{_DAYS}|" + r"(?<=\dst )|(?<=\dnd )|(?<=\drd )|(?<=\dth )|(?<=tomorrow )|(?<=tomorrow, )|(?<=day, ))(?P<h>\d{1,2})(?:\.(?P<m>00|15|30|45))? ?(?:-|to|till|until) ?(?P<i>\d{1,2})\.(?P<n>00|15|30|45)(?![\d%])", _hours, "tomorrow 10 to 11.30", "2026-11-19T10:00/2026-11-19T11:30"),
    Rule(r"(?<![\d:.,/+$€£-])(?P<h>1\d|2[0-3]|[1-9])\.(?P<m>00|15|30|45)(?= (?:today|tomorrow|tonight|this (?:morning|afternoon|evening)))", _figures, "see them 4.30 today", "2026-11-18T16:30"),
    Rule(rf"{_HALF_A} ?{_DASH} ?{_B}{_NOT_COUNT}", _hours, "tomorrow 11am-3", "2026-11-19T11:00/2026-11-19T15:00"),
    Rule(rf"{_COLON} ?{_DASH} ?{_B}{_NOT_COUNT}", _hours, "tomorrow 9:30-11", "2026-11-19T09:30/2026-11-19T11:00"),
    Rule(rf"{_A} ?{_DASH} ?{_COLON_B}", _hours, "between 10 and 11:30 tomorrow", "2026-11-19T10:00/2026-11-19T11:30"),
    Rule(r"(?<![\d:.,/+$-])(?P<h>\d{1,2})h(?P<m>[0-5]\d)? ?(?:-|to|and) ?(?P<i>\d{1,2})h(?P<n>[0-5]\d)?(?![\da-z])", _hours, "between 9h30 and 11h tomorrow", "2026-11-19T09:30/2026-11-19T11:00"),
    Rule(rf"(?:from|between) (?P<h>{_WORD_HOUR})(?: (?P<m>{_WORD_MINUTE}))? (?:to|and|until|till) (?P<i>{_WORD_HOUR})(?: (?P<n>{_WORD_MINUTE}))?(?: ?(?P<q>[ap])\.?m(?![a-z]))?(?! (?:days|weeks|months|people|seats|users|units))", _hours, "tomorrow from three to four pm", "2026-11-19T15:00/2026-11-19T16:00"),
    Rule(r"(?:(?<=from )|(?<=between ))(?P<h>[1-9]|1[0-2]) (?:to|and|until|till) (?P<i>[1-9]|1[0-2])(?= (?:today|tomorrow|tonight|on|this|in the|at night|monday|tuesday|wednesday|thursday|friday)| $)" + _NOT_COUNT, _hours, "busy from 3 to 4 tomorrow", "2026-11-19T15:00/2026-11-19T16:00"),
    Rule(r"(?:(?<=from )|(?<=between ))(?P<h>[1-9]|1[0-2])(?= (?:to|till|until|and) (?:half |(?:a )?quarter |noon|midday|midnight))", _bare, "tomorrow from 2 to half past 3", "2026-11-19T14:00/2026-11-19T15:30"),
    Rule(r"(?<![\d:.,/+$-])(?P<h>\d{1,2}) ?- ?(?P<i>\d{1,2})(?= (?:in the |at )(?:morning|afternoon|evening|night))", _hours, "tomorrow 3 - 4 in the afternoon", "2026-11-19T15:00/2026-11-19T16:00"),
    Rule(r"(?:(?<=morning )|(?<=afternoon )|(?<=evening )|(?<=morning from )|(?<=afternoon from ))(?P<h>\d{1,2}) ?(?:-|to) ?(?P<i>\d{1,2})" + _NOT_COUNT, _hours, "tomorrow morning 9-11", "2026-11-19T09:00/2026-11-19T11:00"),
    Rule(r"(?:(?<=\d [a-z]{3} )|(?<=\d[a-z]{3} ))(?P<h>[1-9]|1\d)(?:\.(?P<m>[0-5]\d))? ?- ?(?P<i>[1-9]|1\d)(?:\.(?P<n>[0-5]\d))?" + _NOT_COUNT + r"(?![-/]\d)", _hours, "on site 3 Dec 9-12", "2026-12-03T09:00/2026-12-03T12:00"),
    Rule(r"(?<![\d:.,/+$-])(?P<h>[01]\d)(?P<m>[0-5]\d) ?- ?(?P<i>[012]\d)(?P<n>[0-5]\d)(?![\d-])", lambda f: _hours(f) if f.text("h") + f.text("m") < f.text("i") + f.text("n") and not f.text().startswith(("19", "20")) else None, "tomorrow 0730-0930", "2026-11-19T07:30/2026-11-19T09:30"),
)  # fmt: skip


def _zh_clock(f: Found, tag: str = "") -> Clock | None:
    hour = int(f["zh" + tag])
    rest = f.text("rest" + tag)
    minute = 0
    if rest.startswith("半"):
        minute = 30
    elif rest.endswith(("刻", "刻钟")):
        minute = {"一": 15, "1": 15, "两": 30, "三": 45, "3": 45}.get(rest[0], 15)
    elif f["zmin" + tag] is not None:
        minute = int(f["zmin" + tag])
        if len(f.text("zmin" + tag)) == 1 and minute != 10 and "分" not in rest:
            return None
    return clock(hour, minute, int(f["zmin_s"]) if not tag and f["zmin_s"] is not None else None)


def _zh_short_hours(f: Found) -> Piece | None:
    first, last = clock(int(f["zh"])), _zh_clock(f, "_b")
    return None if first is None or last is None else Piece("hours", clock=first, until=last)


def _zh_about(f: Found) -> Piece | None:
    """ "七八点" is from seven to eight."""
    low, high = f.text("two")[0], f.text("two")[1]
    first, last = clock(int("一二三四五六七八九".index(low)) + 1), clock(int("一二三四五六七八九".index(high)) + 1)
    if first is None or last is None or last.hour != first.hour + 1:
        return None
    return Piece("clock", clock=first)


def _zh_to(f: Found) -> Piece | None:
    gap = 15 if "差一刻" in f.text() or "欠一刻" in f.text() else int(f["zmin"])
    hour = int(f["zh"])
    return piece(clock((hour - 1) % 24, 60 - gap)) if 0 < gap < 60 else None


_NOT_A_POINT: Final = r"(?!位|评|子|击|菜|赞|心|都没|儿|了|滴|单|名|检|缀|燃|出|钱|货|事|什么|东西|小|建议|意见|问题|进展|信心|优惠|折扣|便宜|钟内)"
_POINT: Final = r" ?(?:点钟?|时(?!间|候|机|常|代|刻|长|差|期|尚|段|不|而|效|隔|半会|半刻))" + _NOT_A_POINT
_REST: Final = r"(?P<rest>半|[一三两13]刻钟?| ?{zmin}分?)?"
_REST_B: Final = r"(?P<rest_b>半|[一三两13]刻钟?| ?{zmin:b}分?)?"
_ENGLISH_HALF: Final = r"(?: ?(?P<half>[ap])\.?m(?![a-z]))?"

CHINESE: Final[tuple[Rule[Piece], ...]] = (
    Rule(r"(?:(?<![有第零一二三四五六七八九十百])|(?<=[周期拜][一二三四五六]))(?!(?<=[周期拜])[一二三四五六]十){zh}" + _POINT + _REST + r"(?:{zmin:s} ?秒|半?(?P<x>[零一二三四五六七八九十廿]{1,3})秒|整|正|许)?" + _ENGLISH_HALF, lambda f: _chinese_point(f), "明天三点", "2026-11-19T15:00"),
    Rule(r"{zh}点[搭踏](?:(?P<five>[一二三四五六七八九十]{1,2}|1[01]|[1-9])(?![点个分])|(?P<half>半))", lambda f: piece(clock(int(f["zh"]), 30 if f.text("half") else 5 * int(KINDS["z"][1](f.text("five"))))), "听日三点搭九", "2026-11-19T15:45"),
    Rule(r"{zh}点钟?(?:差|欠)(?:{zmin}分?钟?|一刻钟?)", _zh_to, "下午五点差十分开会", "2026-11-18T16:50"),
    Rule(r"差(?:{zmin}分钟?|一刻钟?)到?{zh}点", _zh_to, "明天差五分三点", "2026-11-19T14:55"),
    Rule(r"(?<![周期拜])(?P<two>[一二三四五六七八九]{2})点(?:钟)?(?!位|五|半)", _zh_about, "明天三四点", "2026-11-19T15:00"),
    Rule(r"{zh} ?(?:-|~|到|至) ?{zh:b} ?(?:点钟?|时)" + _NOT_A_POINT + _REST_B, _zh_short_hours, "明天2-4点", "2026-11-19T14:00/2026-11-19T16:00"),
)  # fmt: skip


_BEFORE_ONE: Final = lazy(r"(?:[午上晨晚间早今明后约在于到天日号前]|[周期拜][一二三四五六日天末])$")
"""一点 is an hour only after words for a day or a part of it: elsewhere it is a little."""


def _chinese_point(f: Found) -> Piece | None:
    text = f.text()
    hour = int(f["zh"])
    if text == "一点" and not _BEFORE_ONE.search(f.left(3)):
        return None
    made = _zh_clock(f)
    if made and f.text("half"):
        made = made.of(f.text("half") + "m") if hour <= 12 else made
    return piece(made)


RULES: Final = ENGLISH + CHINESE
