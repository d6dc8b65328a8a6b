# ruff: noqa: E501 -- a rule is one line
"""So long from now, ago, within, or before and after another time."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from flows.understanding.grammar import Found, Rule
from flows.understanding.times.days import day
from flows.understanding.times.pieces import Grain, Period, Piece, Shift, World, add_months, after, begin
from flows.understanding.vocabulary import KINDS, LETTER, UNIT
from flows.understanding.workdays import add_workdays

_FINE: Final = {"second": 1, "minute": 60, "hour": 3600}
_DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def moved(start: datetime, shift: Shift, world: World) -> datetime | None:
    """The moment so far from another, or None past the ends of the calendar."""
    try:
        for amount, unit in shift.parts:
            if unit in _FINE:
                start = datetime.fromtimestamp(start.timestamp() + amount * _FINE[unit], start.tzinfo)
            elif unit in ("day", "week") and amount % 1:
                start = datetime.fromtimestamp(start.timestamp() + amount * _DAYS[unit] * 86400, start.tzinfo)
            elif unit == "workday":
                start = datetime.combine(add_workdays(start.date(), int(amount), world.context), start.timetz())
            else:
                start = datetime.combine(_moved_day(start.date(), amount, unit), start.timetz())
    except (OverflowError, ValueError, OSError):
        return None
    return start


def _moved_day(start: date, amount: float, unit: str) -> date:
    if unit in _DAYS:
        return start + timedelta(round(amount * _DAYS[unit]))
    if unit.startswith("weekday"):
        ahead = (int(unit[-1]) - start.weekday()) % 7
        return start + timedelta((ahead or 7) if amount > 0 else (ahead - 7))
    months = amount * _MONTHS.get(unit, 0)
    moved_on = add_months(start, int(months))
    return moved_on + timedelta(round((months - int(months)) * 30))


def from_now(shift: Shift, *marks: str) -> Piece:
    """Hours and minutes give a moment, days and longer a day."""
    if shift.is_fine or any(amount % 1 and unit in ("day", "week") for amount, unit in shift.parts):

        def instant(world: World) -> tuple[datetime, datetime | None, Grain] | None:
            there = moved(world.context.now, shift, world)
            return (there, None, "second" if shift.parts[-1][1] == "second" else "minute") if there else None

        return Piece("instant", instant=instant, shift=shift, marks=frozenset(marks))

    def place(world: World) -> Period | None:
        there = moved(world.context.now, shift, world)
        return Period(there.date(), "day") if there else None

    return Piece("day", place=place, shift=shift, marks=frozenset(("shift", *marks)))


def stretch(shift: Shift | None) -> Piece | None:
    """From now on, or up to now: "the next 5 hours", 最近20分钟, 近两周."""
    if shift is None:
        return None
    if shift.is_fine:

        def instant(world: World) -> tuple[datetime, datetime | None, Grain] | None:
            now = world.context.now
            there = moved(now, shift, world)
            return (min(now, there), max(now, there), "minute") if there else None

        return Piece("instant", instant=instant, shift=shift)

    def place(world: World) -> Period | None:
        there = moved(world.context.now, shift, world)
        days = (world.today, there.date()) if there else None
        return Period(min(days), "day", max(days) + timedelta(1)) if days else None

    return day(place, "day", None, "run")


def anchored(shift: Shift, *marks: str) -> Piece:
    return Piece("anchored", shift=shift, marks=frozenset(marks))


def _week_beside(start: date, shift: Shift) -> Period:
    """The week, or the weekend, before or after a day: the seven days up to it, the calendar week behind it."""
    is_ahead = shift.amount > 0
    if not shift.amount:
        return Period(begin(start, "week"), "week")
    if shift.unit == "week beside":
        first = start + timedelta(7 - start.weekday()) if is_ahead else start - timedelta(7)
        return Period(first, "week" if is_ahead else "day", first + timedelta(7))
    saturday = (
        start + timedelta((5 - start.weekday()) % 7 or 7)
        if is_ahead
        else start - timedelta((start.weekday() + 2) % 7 or 7)
    )
    return Period(saturday, "day", saturday + timedelta(2))


def from_day(shift: Shift, base: Piece) -> Piece:
    """So long after (or before) a day that is named."""
    within = base.place

    def place(world: World) -> Period | None:
        start = within(world) if within else None
        if start is None:
            return None
        if shift.unit.endswith(" beside"):
            return _week_beside(start.start, shift)
        noon = datetime.combine(start.start, world.context.now.timetz())
        there = moved(noon, shift, world)
        return Period(there.date(), "day") if there else None

    return day(place, "day", None, "shifted")


_NAMED: Final = (
    r"(?:the )?(?:{ord:x}|{month:x}|{d:x} (?:of )?{month:y}|christmas|xmas|boxing|easter|good friday|new year|thanks ?giving|black friday|labou?r day|memorial day|presidents|mlk|independence|columbus|veterans|"
    r"halloween|valentine|chinese|lunar|spring festival|lantern|dragon boat|mid-?autumn|national day|golden week|qingming|may day|diwali|eid)"
)
_NAMED_BARE: Final = "new |christmas|xmas|boxing|easter|good fri|thanks|black fri|labou?r day|memorial|presidents|mlk|independence|halloween|valentine|chinese|lunar|spring fest|lantern|dragon|mid-?autumn|national day|golden|qingming|diwali|eid"
_WORDS_UNIT: Final = "|".join(sorted(UNIT, key=len, reverse=True))
_AMOUNT: Final = rf"(?P<list>{KINDS['n'][0]}(?:[ -]|(?<=\d)){{0,3}}(?:(?:{_WORDS_UNIT})(?![a-z])|(?<=[\d ])(?:mo|[smhdwy])(?![a-z]))(?:(?:,? (?:and )?|[ ]?)(?:\d{{1,3}}|an?|{'|'.join(['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'])}) ?(?:(?:{_WORDS_UNIT})(?![a-z])|(?<=[\d ])(?:mo|[smhdwy])(?![a-z]))){{0,5}}(?P<andhalf> and an? half)?)"


def _pieces(words: str) -> Shift | None:
    """ "2 hours 5 minutes" as one shift; "1.5 days" keeps its half."""
    parts: list[tuple[float, str]] = []
    pattern = rf"({KINDS['n'][0]}|\d{{1,4}})[ -]{{0,3}}({_WORDS_UNIT}|mo|[smhdwy])(?![a-z])"
    for amount, unit in re.findall(pattern, words):
        parts.append((float(KINDS["n"][1](amount)), UNIT.get(unit) or LETTER[unit]))
    if not parts or any(unit == "weekend" for _, unit in parts):
        return None
    return Shift(*parts[0], tuple(parts[1:]))


def _shift(f: Found, sign: int = 1) -> Shift | None:
    words = f.text("list")
    shift = _pieces(words)
    if shift is None:
        return None
    if f.text("andhalf"):
        shift = Shift(shift.amount + 0.5, shift.unit, shift.more)
    return shift if sign > 0 else shift.back()


def _on(f: Found, *marks: str) -> Piece | None:
    shift = _shift(f)
    return from_now(shift, *marks) if shift else None


def _back(f: Found) -> Piece | None:
    shift = _shift(f, -1)
    return from_now(shift) if shift else None


def _back_from(f: Found) -> Piece | None:
    shift = _shift(f, -1)
    if shift is None or shift.is_fine:
        return None
    return from_now(
        Shift(shift.amount, shift.unit, (*shift.more, (-1.0 if f.text("day") == "yesterday" else 0.0, "day")))
    )


def _fraction(f: Found) -> Piece | None:
    share = {
        "1/4": 15,
        "3/4": 45,
        "1/2": 30,
        "a quarter of an": 15,
        "quarter of an": 15,
        "three-quarters of an": 45,
        "three quarters of an": 45,
    }
    return from_now(Shift(share[f.text("share").strip()], "minute"))


def _and_half(f: Found) -> Piece | None:
    return from_now(Shift(f["n"] + 0.5, f["unit"]))


_ZH_AMOUNT: Final = r"(?:(?:{z} ?[多来余]?(?P<plus>个半(?=小时|钟头|月|星期|礼拜))?|(?P<half>半)个?) ?(?P<u>{unit_zh}|(?<=半)月|钟头|个多(?:月|小时|星期|礼拜|钟头)|年多|周多|月|分半钟?|分钟?半?|年半|天半|刻钟)(?P<tail>半)?)"


def _zh_amount(f: Found, sign: int = 1) -> Shift | None:
    """半小时, 一个半小时, 两个半月, 十三分半, 一刻钟."""
    amount = 0.5 if f.text("half") else float(f["z"] or 0)
    word = f.text("u")
    amount += 0.5 if f.text("plus") or f.text("tail") or "半" in word else 0
    if word == "刻钟":
        return Shift(sign * 15 * amount, "minute")
    core = word.replace("半", "").replace("多", "")
    if core in ("月",) and not f.text("plus") and not f.text("half"):
        return None
    unit = (
        KINDS["unit_zh"][1](core)
        if core in _ZH_UNITS
        else {"月": "month", "分": "minute", "钟头": "hour", "分钟": "minute"}[core]
    )
    if amount <= 0 or (unit == "year" and amount > 200):
        return None
    if unit in ("month", "year") and amount % 1:
        whole = Shift(sign * int(amount), unit, ((sign * 15, "day") if unit == "month" else (sign * 6, "month"),))
        return (
            whole
            if int(amount)
            else Shift(sign * (15 if unit == "month" else 6), "day" if unit == "month" else "month")
        )
    return Shift(sign * amount, unit)


_ZH_UNITS: Final = frozenset(
    [
        "秒钟",
        "秒",
        "分钟",
        "个小时",
        "小时",
        "个钟头",
        "钟头",
        "个钟",
        "天",
        "日",
        "个星期",
        "星期",
        "个礼拜",
        "礼拜",
        "周",
        "个月",
        "个季度",
        "季度",
        "年",
        "个工作日",
        "工作日",
        "个交易日",
        "交易日",
    ]
)


def _zh_on(f: Found, sign: int = 1, *marks: str) -> Piece | None:
    shift = _zh_amount(f, sign)
    return from_now(shift, *marks) if shift else None


def _zh_list(f: Found) -> Piece | None:
    """ "2年3个月前", and longer lists."""
    parts = [
        (
            -float(KINDS["z"][1](amount)),
            {"年": "year", "月": "month", "周": "week", "天": "day", "时": "hour", "钟": "minute"}[unit[-1]],
        )
        for amount, unit in re.findall(r"([0-9一二两三四五六七八九十]{1,3}) ?(年|个?月|周|天|个?小时|分钟)", f.text())
    ]
    if len(parts) < 2:
        return None
    shift = Shift(*parts[0], tuple(parts[1:]))
    if f.text("way") == "前":
        return from_now(shift)
    return from_now(shift.back(), *(("within",) if f.text("way") == "内" else ()))


ENGLISH: Final[tuple[Rule[Piece], ...]] = (
    Rule(rf"(?<![a-z])in (?:about |around |less than |just |under )?{_AMOUNT}(?:'|’)?(?:'s)?(?: time)?(?![a-z]| per\b| a (?:day|week|month|year))", _on, "try again in 2 days", "2026-11-20"),
    Rule(r"(?<![a-z])in (?:about |around |the next )?\d{1,2} ?(?:-|to|or) ?(?P<top>\d{1,2}) {unit}(?: time)?", lambda f: from_now(Shift(int(f.text("top")), f["unit"])), "reply in 2-3 days", "2026-11-21"),
    Rule(r"(?<![a-z])in (?:about )?(?:{n} or {n:b}|(?:an?|one) (?=[a-z]+ or)) ?{unit}(?P<more> or two)?(?: time|'s time)?(?![a-z])", lambda f: from_now(Shift(f["n_b"] or (2 if f.text("more") else 1), f["unit"])), "reply in a day or two", "2026-11-20"),
    Rule(r"(?<![a-z])in (?P<h>\d{1,2}) ?h(?:rs?)? ?(?P<m>[0-5]\d)(?: ?m(?:ins?)?)?(?![\da-z])", lambda f: from_now(Shift(int(f.text("h")), "hour", ((int(f.text("m")), "minute"),))), "call in 1h30", "2026-11-18T12:00"),
    Rule(rf"(?:the )?week of (?={_NAMED_BARE})", lambda f: anchored(Shift(0, "week beside")), "the week of Thanksgiving", "2026-11-23"),
    Rule(rf"(?:exactly )?{_AMOUNT} ago (?P<day>today|yesterday)(?![a-z])", _back_from, "met them a week ago yesterday", "2026-11-10"),
    Rule(r"within the (?:next )?(?P<u>hour|day|week|month)(?![a-z]| and)", lambda f: from_now(Shift(1, f.text("u")), "within"), "reply within the hour", "2026-11-18T11:30"),
    Rule(r"this (?:time|day) (?P<way>next|last) (?P<u>week|month|year)(?![a-z])", lambda f: from_now(Shift(1 if f.text("way") == "next" else -1, f.text("u"))), "this time next month", "2026-12-18"),
    Rule(rf"(?:about |around )?{_AMOUNT} (?:ago|back)(?![a-z])", _back, "met 3 days ago", "2026-11-15"),
    Rule(rf"{_AMOUNT} (?:later|hence|in the future)(?![a-z]| (?:this|today|in))", _on, "call 2 days later", "2026-11-20"),
    Rule(rf"{_AMOUNT} earlier(?![a-z])", _back, "called 3 days earlier", "2026-11-15"),
    Rule(rf"{_AMOUNT} from (?:right )?(?:now|today)(?![a-z])", _on, "three weeks from now", "2026-12-09"),
    Rule(rf"(?:within|inside(?: of)?|no later than) (?:the next |the upcoming |the coming |next )?{_AMOUNT}(?![a-z])", lambda f: _on(f, "within"), "reply within 3 days", "2026-11-21"),
    Rule(rf"(?<![a-z])in (?:the )?next {_AMOUNT}(?![a-z])", lambda f: _on(f, "within"), "in the next 10 days", "2026-11-28"),
    Rule(rf"(?<![a-z])after {_AMOUNT}(?! of)(?![a-z])", _on, "ping after 4 days", "2026-11-22"),
    Rule(rf"(?:give it|give them|set a timer for|wait) {_AMOUNT}(?![a-z])", _on, "give it 2 weeks", "2026-12-02"),
    Rule(rf"^ ?(?:(?P<sign>[+-])|now (?P<sign2>[+-]) ?)(?=\d){_AMOUNT}$", lambda f: _on(f) if "+" in (f.text("sign") or f.text("sign2")) else _back(f), "+3 days", "2026-11-21"),
    Rule(r"(?<![a-z])in (?:an? )?(?P<share>[13]/4|1/2|(?:a )?quarter of an|three[- ]quarters of an) ?(?:hours?|h)(?![a-z])", _fraction, "call in 3/4 hour", "2026-11-18T11:15"),
    Rule(r"(?<![a-z])in {n} and an? half {unit}", _and_half, "call in 2 and a half hours", "2026-11-18T13:00"),
    Rule(r"(?<![a-z])in {n}'(?![a-z])", lambda f: from_now(Shift(f["n"], "minute")), "call in 15'", "2026-11-18T10:45"),
    Rule(rf"(?:more than |less than )?{_AMOUNT} (?P<way>before|prior to|after|(?<!for . weeks )(?<!for . days )(?<!for . months )from|following) (?={{day}}|{{weekday}}|{{month}}|the |our |next |{_NAMED_BARE}|\d|that|it|this)", lambda f: anchored(shift) if (shift := _shift(f, 1 if f.text("way") in ("after", "from", "following") else -1)) else None, "2 days before Friday", "2026-11-18"),
    Rule(rf"{_AMOUNT} (?P<way>before|beforehand|prior|in advance|ahead|after|afterwards|after that|later)(?! [a-z]*(?:friday|monday))(?![a-z])", lambda f: anchored(shift) if (shift := _shift(f, 1 if f.text("way").startswith(("after", "later")) else -1)) and f.text("way") != "later" else None, "demo on Dec 3, send the deck 2 days before", "2026-12-01"),
    Rule(rf"within {_AMOUNT} (?:of|from) (?:that|this|it|then)(?![a-z])", lambda f: anchored(shift, "within") if (shift := _shift(f)) else None, "board meets 9 Dec, decision within a week of that", "2026-12-16"),
    Rule(rf"(?:the )?(?:first )?{{weekday}} (?:right )?(?P<way>before|after|following) (?={_NAMED})", lambda f: anchored(Shift(-1 if f.text("way") == "before" else 1, f"weekday{f['weekday']}")), "the Monday after Easter", "2027-03-29"),
    Rule(rf"(?:the )?(?P<u>week|weekend) (?:right )?(?P<way>before|after|following) (?={_NAMED})", lambda f: anchored(Shift(-1 if f.text("way") == "before" else 1, f.text("u") + " beside")), "the week before Christmas", "2026-12-18/2026-12-25"),
    Rule(r"(?:the )?day (?P<way>before|after)(?! (?:yesterday|tomorrow|tmrw|tmr|today))(?![a-z])", lambda f: anchored(Shift(1 if f.text("way") == "after" else -1, "day")), "the day after Friday", "2026-11-21"),
    Rule(rf"(?<![a-z])for {_AMOUNT}(?![a-z])", lambda f: Piece("length", shift=shift) if (shift := _shift(f)) else None, "tomorrow 4pm for 30 mins", "2026-11-19T16:00/2026-11-19T16:30"),
    Rule(r"(?:the )?(?:next|coming|upcoming|following) (?P<list>(?:{n} )?(?:hours?|hrs?|minutes?|mins?)(?: (?:and )?\d{1,2} (?:minutes|mins))?)(?![a-z])", lambda f: stretch(_short(f)), "busy the next 5 hours", "2026-11-18T10:30/2026-11-18T15:30"),
    Rule(r"(?:the )?(?:last|past|previous) (?P<list>{n} (?:hours?|hrs?|minutes?|mins?))(?![a-z])", lambda f: stretch(shift.back()) if (shift := _short(f)) else None, "down the last 2 hours", "2026-11-18T08:30/2026-11-18T10:30"),
    Rule(r"(?<![a-z])for {n}'(?![a-z])", lambda f: Piece("length", shift=Shift(f["n"], "minute")), "tomorrow 4pm for 45'", "2026-11-19T16:00/2026-11-19T16:45"),
)  # fmt: skip


def _short(f: Found) -> Shift | None:
    words = f.text("list")
    return _pieces(words if words[0].isdigit() or f["n"] is not None else "1 " + words)


_BACKWARD: Final = r"(?:之前|以前|前)(?!台|端|期|后|提|面|沿|景|任|往|线|述|三|两|几|一)"
_FORWARD: Final = r"(?:之后|以后|过后|后)(?!续|期|面|台|天|端|来|勤|悔|果|补|备|门|年|半|三|两|几|一)"
_INSIDE: Final = r"(?:之内|以内|内)(?!部|容|测|存|地|网|销|饰|置)"
_NOT_A_DATE: Final = r"(?<![月年度第\d.])"

CHINESE: Final[tuple[Rule[Piece], ...]] = (
    Rule(r"(?:未来|接下来|今后|后)的?(?=[0-9一二两三四五六七八九十百半几]{1,4} ?个?(?:小时|钟头|分钟|秒))" + _ZH_AMOUNT + "(?:内|里|之内|以内)?", lambda f: stretch(_zh_amount(f)), "未来72小时内", "2026-11-18T10:30/2026-11-21T10:30"),
    Rule(_NOT_A_DATE + _ZH_AMOUNT + " ?" + _FORWARD, _zh_on, "三天后回访", "2026-11-21"),
    Rule(r"(?:{year_zh}|{rel_zh}(?P<m>月))的?(?:今天|今日|这一天|同一天|同日)", lambda f: from_now(Shift(f["rel_zh"], "month") if f.text("m") else Shift(f["year_zh"], "year")), "明年的今天", "2027-11-18"),
    Rule(_NOT_A_DATE + _ZH_AMOUNT + " ?(?:之|以)?(?P<way>前|后)的(?:今天|今日|这一天|同一天)", lambda f: _zh_on(f, -1 if f.text("way") == "前" else 1), "两年前的今天", "2024-11-18"),
    Rule(r"(?:再?过|再?等)(?=半|[一二两三四五六七八九十\d]{1,2}个半)" + _ZH_AMOUNT + "(?!后|之后|以后)", _zh_on, "再等半个小时打", "2026-11-18T11:00"),
    Rule(r"(?:再?过|等){z} ?{unit_zh}(?!后|之后|以后)", lambda f: from_now(Shift(f["z"], f["unit_zh"])) if f["z"] else None, "过两天再打", "2026-11-20"),
    Rule(_NOT_A_DATE + _ZH_AMOUNT + " ?" + _BACKWARD, lambda f: _zh_on(f, -1), "三天前见过", "2026-11-15"),
    Rule(_NOT_A_DATE + r"(?:未来|接下来)?" + _ZH_AMOUNT + " ?" + _INSIDE, lambda f: _zh_on(f, 1, "within"), "3天内答复", "2026-11-21"),
    Rule(r"(?<![0-9零〇一二三四五六七八九十])(?:[0-9一二两三四五六七八九十]{1,3}(?:年|个月|周|天|个?小时|分钟)[，, 零又]?){2,6}(?:之|以|过)?(?P<way>后|内)(?![来勤备天续期面])", _zh_list, "一个月零五天后到期", "2026-12-23"),
    Rule(r"(?:[0-9一二两三四五六七八九十]{1,3}(?:年|个?月|周|天|个?小时|分钟)[，, 零又]?){2,6}(?:之|以)?(?P<way>前)", _zh_list, "1年2个月前见过", "2025-09-18"),
    Rule(r"(?:过去的?|最近的?|近)" + _ZH_AMOUNT + "(?:内|里|之内|以内)?", lambda f: stretch(_zh_amount(f, -1)), "近两周", "2026-11-04/2026-11-19"),
    Rule(r"(?:前|上)的?(?=[0-9一二两三四五六七八九十百半几]{1,4} ?个?(?:小时|钟头|分钟|秒))" + _ZH_AMOUNT, lambda f: stretch(_zh_amount(f, -1)), "前两小时", "2026-11-18T08:30/2026-11-18T10:30"),
    Rule(r"(?<=[节庆旦明午秋一假])(?:放假|放|休假|休息|休){z}天", lambda f: Piece("length", shift=Shift(float(f["z"]), "day")), "国庆放假7天", "2027-10-01/2027-10-08"),
    Rule(r"提[前早] ?" + _ZH_AMOUNT, lambda f: anchored(shift) if (shift := _zh_amount(f, -1)) else None, "周五演示，提前两天提醒我", "2026-11-18"),
    Rule(r"(?:到期|截止|交付|交货|发货|开标|开会|出发|演示|生日|结束|续约|续费|验收|开展|上线)(?:日|那天)?(?:之|以)?前" + _ZH_AMOUNT, lambda f: anchored(shift, "needs") if (shift := _zh_amount(f, -1)) else None, "试用到12月20号，到期前三天提醒我", "2026-12-17"),
    Rule(r"(?:推迟|延后|延期|往后推|顺延|后移)(?:了)? ?" + _ZH_AMOUNT, lambda f: anchored(shift) if (shift := _zh_amount(f)) else None, "原定周五，推迟两天", "2026-11-22"),
)  # fmt: skip

RULES: Final = ENGLISH + CHINESE
__all__ = ["RULES", "after", "anchored", "from_day", "from_now", "moved"]
