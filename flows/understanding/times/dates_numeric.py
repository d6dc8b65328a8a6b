# ruff: noqa: E501 -- a rule is one line
"""Dates in figures: 2026-12-05, 5/12, 12.5., 20261205."""

from datetime import timedelta
from typing import Final

from flows.understanding.grammar import Found, Rule
from flows.understanding.lazily import lazy
from flows.understanding.times.days import day, fixed, month, short_year, yearless
from flows.understanding.times.pieces import Clock, Period, Piece, World, real_date

_FREE: Final = r"(?<![\d.,:/$£€¥+-])"
_LEFT: Final = r"(?<![\d./$£€¥+])(?<!\d[,:-])"
_END: Final = r"(?![\d%]|[/-]\d|[.:]\d\d(?!\d{2}|:\d\d|[ ]?[ap]\.?m))"
_TIGHT_END: Final = r"(?![\d%]|[.:/-]\d| ?(?:%|percent|万|元|k\b|m\b|usd|dollars))"


def _ordered(first: int, second: int, year: int | None, left: int | None = None) -> Piece | None:
    """Day and month in the workspace's order, unless only the other order makes a date."""

    def place(world: World) -> Period | None:
        is_month_first = world.context.is_month_first
        for number, which in (
            ((first, second), (second, first)) if is_month_first else ((second, first), (first, second))
        ):
            piece = fixed(year, number, which) if year else yearless(number, which)
            if piece and piece.place:
                return piece.place(world)
        return None

    if not any(1 <= a <= 12 and real_date(2024, a, b) for a, b in ((first, second), (second, first))):
        return None
    marks = ("date", "year") if year else ("date",)
    return day(place, "day", None, *marks)


def _stamp(f: Found) -> Piece | None:
    """An ISO stamp carries its hour, and its zone if it has one."""
    date_part = fixed(int(f.text("y1")), int(f.text("m1")), int(f.text("d1")))
    hour, minute = int(f.text("hh")), int(f.text("mm"))
    if date_part is None or hour > 23 or minute > 59:
        return None
    clock = Clock(hour, minute, int(f.text("ss")) if f.text("ss") else None, True)
    return Piece("day", place=date_part.place, clock=clock, marks=date_part.marks, zone=_offset(f.text("zz")))


def _offset(written: str) -> str:
    """+0200 and +02:00 behind a stamp."""
    if not written or written == "z":
        return "UTC" if written else ""
    minutes = int(written[-2:])
    return f"UTC{written[0]}{int(written[1:3])}" + (f":{minutes}" if minutes else "")


_SCORED: Final = lazy(
    r"(?<![a-z])(?:gave (?:us|it|me|him|her|them)|scored?(?: (?:us|it|of))?|rat(?:ed|es|ing)(?: (?:us|it|of))?|nps(?: (?:of|is|was))?|csat(?: (?:of|is|was))?)(?: an?)? $"
)
"""They gave us 9/10: a mark."""


def _two(f: Found) -> Piece | None:
    if (f.text()[-3:] in (".00", ".15", ".30", ".45") and f.left(4) == "day ") or _SCORED.search(f.left(24)):
        return None
    if f.text().replace(" ", "") in ("24/7", "24/6") and not f.left(4).endswith(("on ", "by ", "due ")):
        return None
    if "-" in f.text() and f.left(4) == "day " and _are_hours(int(f.text("a")), int(f.text("b"))):
        return None
    return _ordered(int(f.text("a")), int(f.text("b")), None)


def _are_hours(first: int, last: int) -> bool:
    """Monday 9-5, Tuesday 2-4: from one hour to another."""
    return first < last <= _NOON or (_OPENING <= first <= _NOON and last <= _CLOSING)


_OPENING: Final = 8
_CLOSING: Final = 6
_NOON: Final = 12


def _both(f: Found) -> Piece | None:
    year = int(f.text("c")) if f.text("c") else None
    first, last = _ordered(int(f.text("a")), int(f.text("b")), year), _ordered(int(f.text("p")), int(f.text("q")), year)
    if first is None or last is None:
        return None

    def place(world: World) -> Period | None:
        start, stop = (first.place(world) if first.place else None), (last.place(world) if last.place else None)
        if start is None or stop is None:
            return None
        until = stop.start if stop.start > start.start else stop.start.replace(year=stop.start.year + 1)
        return Period(start.start, "day", until + timedelta(1))

    return day(place, "day", None, "date", "run")


def _three(f: Found) -> Piece | None:
    return _ordered(int(f.text("a")), int(f.text("b")), short_year(int(f.text("c"))))


def _year_first(f: Found) -> Piece | None:
    return fixed(int(f.text("a")), int(f.text("b")), int(f.text("c")))


def _month_year(year: str, number: str) -> Piece | None:
    return month(int(number), int(year)) if 1 <= int(number) <= 12 and 1900 <= int(year) < 2100 else None


RULES: Final[tuple[Rule[Piece], ...]] = (
    Rule(_FREE + r"(?P<y1>\d{4})-(?P<m1>\d\d)-(?P<d1>\d\d)(?:t|[ ]?t[ ]?|(?=\d\d:))(?P<hh>\d\d):(?P<mm>\d\d)(?::(?P<ss>\d\d)(?:\.\d{1,6})?)?(?P<zz>z|[+-]\d\d:?\d\d(?!\d))?", _stamp, "2026-12-05T14:30:00", "2026-12-05T14:30:00"),
    Rule(r"(?<![\d+$-])(?P<a>(?:19|20)\d\d) ?(?P<s>[-/.]) ?(?P<b>\d{1,2}) ?[-/.] ?(?P<c>\d{1,2})(?!\d(?!\d:))(?!/\d|-\d(?!\d{3}[-/.]))", _year_first, "2026-12-05", "2026-12-05"),
    Rule(_FREE + r"(?P<a>2[1-9]\d\d|[3-9]\d{3})(?P<s>[-/.])(?P<b>1[0-2]|0?[1-9])(?P=s)(?P<c>3[01]|[12]\d|0?[1-9])(?![\d/.-])", _year_first, "9999-12-31", "9999-12-31"),
    Rule(r"(?<![\da-z+$#-])(?P<a>20\d\d) (?P<b>[01]\d) (?P<c>[0-3]\d)(?![\d-]|[ ]\d)", _year_first, "2026 12 05", "2026-12-05"),
    Rule(_LEFT + r"(?P<a>\d{1,2}) ?/ ?(?P<b>\d{1,2})(?: ?/ ?|,[ ]?)(?P<c>\d{4}|\d\d)" + _END, _three, "12/5/2026", "2026-12-05"),
    Rule(r"(?<![\d.:/$£€¥+-])(?P<a>\d{1,2}) ?(?P<s>[.-]) ?(?P<b>\d{1,2}) ?(?P=s) ?(?P<c>\d{4}|\d\d)(?![\d%]|[-/]\d|\.\d{3})", _three, "12-5-2026", "2026-12-05"),
    Rule(_LEFT + r"(?P<a>\d{1,2})/(?P<b>\d{1,2})" + r"(?![\d%]|/\d| ?(?:of|point|hour|inch|mile|cup|h\b|人|的(?!会|约|拜访|演示|见面|培训|航班|电话|行程|活动|车|场|货|单|票))| (?:on|in) (?:the |our |their )?(?:survey|nps|csat|feedback))", _two, "ship 12/5", "2026-12-05"),
    Rule(r"(?:(?<=[^a-z]on )|(?<=^on )|(?<=by )|(?<=[^a-z]in )|(?<=^in )|(?<=this )|(?<=day )|(?<=before )|(?<=due )|(?<=until )|(?<=on the ))(?P<a>\d{1,2})[.-](?P<b>\d{1,2})" + _TIGHT_END, _two, "due on 12-5", "2026-12-05"),
    Rule(r"(?<![\d.,$£€¥+-])(?P<a>3[01]|[12]\d|0?[1-9])\.(?P<b>1[0-2]|0?[1-9])\.(?=\s|$|[,;])", lambda f: yearless(int(f.text("b")), int(f.text("a"))), "deliver 5.12.", "2026-12-05"),
    Rule(_LEFT + r"(?P<a>\d{1,2})/(?P<b>\d{1,2}) ?[-~] ?(?P<p>\d{1,2})/(?P<q>\d{1,2})(?:(?:/|, ?)(?P<c>20\d\d))?(?![\d/])", _both, "12/5-12/8", "2026-12-05/2026-12-09"),
    Rule(r"(?<![\d.,$£€¥+-])(?P<a>1[0-2]|[1-9])\.(?P<b>3[01]|[12]\d|0?[1-9])(?P<c>) ?[-~到至] ?(?P<p>1[0-2]|[1-9])\.(?P<q>3[01]|[12]\d|0?[1-9])(?=日|号|[ ]?(?:期间|之间|出差|休假|休息|放假|请假|年假|参展|参会|展会|活动|促销|培训|施工|安装|停[产机电工]|闭馆|在[\u3400-\u9fff]|去[\u3400-\u9fff]|有[效\u3400-\u9fff]))", _both, "12.1-12.15出差", "2026-12-01/2026-12-16"),
    Rule(r"^(?P<a>0\d|1[0-2])-(?P<b>\d\d)$", _two, "12-05", "2026-12-05"),
    Rule(r"(?<![\d.,$£€¥+-])(?P<a>1[0-2]|[1-9])\.(?P<b>[12]\d|3[01]|[1-9])(?=(?:日|号|前|之前|晚|早|上午|下午|周|去|到|开|交|付|签|发|寄|送|见|来|拜访|截止|上线|打款|回款|验|投标|后(?![台]))| \d{1,2}(?::\d\d|点)| (?:上午|下午|中午|晚上))", _two, "12.5前交付", "2026-12-05"),
    Rule(r"(?:(?<=生日)|(?<=日期)|(?<=交期)|(?<=到期日)|(?<=截止)|(?<=时间))[是为: ]?(?P<a>1[0-2]|[1-9])\.(?P<b>[12]\d|3[01]|[1-9])(?![\d.%])", _two, "交期12.20", "2026-12-20"),
    Rule(_LEFT + r"(?P<a>20\d\d|19\d\d) ?[-/] ?(?P<b>1[0-2]|0?[1-9])(?![\d%]|[-/.]\d|年)", lambda f: _month_year(f.text("a"), f.text("b")), "by 2027-03", "2027-03-01"),
    Rule(_LEFT + r"(?<![a-z])(?P<b>1[0-2]|0?[1-9])[-/](?P<a>20\d\d|19\d\d)(?![\d%]|[-/.]\d)", lambda f: _month_year(f.text("a"), f.text("b")), "report 3/2027", "2027-03-01"),
    Rule(r"(?<![\d.,$£€¥+-])(?P<a>20\d\d)\.(?P<b>1[0-2]|0[1-9])(?![\d%]|[-/.]\d)", lambda f: _month_year(f.text("a"), f.text("b")), "2027.03", "2027-03-01"),
)  # fmt: skip

_SPAN: Final = lazy(r"\d")
