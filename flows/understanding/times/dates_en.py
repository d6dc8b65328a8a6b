# ruff: noqa: E501 -- a rule is one line
"""English words for days and longer stretches."""

import re
from datetime import timedelta
from typing import Final

from flows.understanding.grammar import Found, Rule
from flows.understanding.lazily import lazy
from flows.understanding.times.days import (
    bare_day,
    day,
    fixed,
    last_weekday,
    month,
    nth_in,
    of_month,
    offset,
    placed,
    short_year,
    through,
    weekday,
    weekday_and_number,
    workday_in,
    yearless,
    years_on,
)
from flows.understanding.times.pieces import (
    Clock,
    Period,
    Piece,
    Place,
)
from flows.understanding.times.recurrence import EVENTS
from flows.understanding.times.spans import (
    edge,
    ends_of,
    half_of,
    halves,
    piece_of,
    quarter,
    rest_of,
    run,
    so_far,
    stretch,
    week_of,
    weekend_of,
    whole_year,
    years,
)
from flows.understanding.vocabulary import KINDS, ZONES


def _month_place(f: Found) -> Place:
    return placed(month(f["month"], f["y"]))


def _rel_place(f: Found) -> Place:
    return placed(stretch(f["unit"], f["rel"] or 0))


def _weekdays_on(f: Found) -> Piece | None:
    """ "3 Fridays from now", "two Mondays ago"."""
    number, count = KINDS["weekday"][1](f.text("weekdays")[:-1]), int(f["n"])
    if f.text("way") != "ago":
        return weekday(number, None, count - 1)
    return day(
        lambda world: Period(
            world.today - timedelta((world.today.weekday() - number - 1) % 7 + 1 + 7 * (count - 1)), "day"
        ),
        "day",
        number,
    )


def _half(f: Found) -> Piece:
    number = 1 if f.text("h") in ("first", "1st") else 2
    if f["month"]:
        return half_of(number, placed(month(f["month"], f["y_m"])))
    return half_of(number, placed(whole_year(f["y"]) if f["y"] else stretch(f.text("u"), f["rel"] or 0)))


EDGE: Final = {
    "early": "start",
    "beginning": "start",
    "start": "start",
    "mid": "mid",
    "middle": "mid",
    "late": "end",
    "end": "end",
}
_EDGE: Final = r"(?<![a-z])(?P<edge>early|beginning|start(?= of)|mid|middle(?= of)|late|end)(?![a-z])[- ]{0,2}"
_SHORT_EDGE: Final = {"b": "start", "e": "end", "m": "month", "w": "week", "q": "quarter", "y": "year"}


def _short_edge(f: Found) -> Piece:
    return edge(_SHORT_EDGE[f.text("edge")], placed(stretch(_SHORT_EDGE[f.text("long")], 0)))


_UNTIL: Final = r"(?:-|to|until|till|through|thru|and|~)"
_NEEDS_HELP: Final = frozenset(("may", "march", "mar", "jan", "june", "april", "august"))
_BEFORE_MONTH: Final = lazy(
    r"(?:(?<![a-z])(?:in|by|since|of|until|till|to|through|from|starts?|begins?|ends?|opens?|expires?|due|early|mid|late|this|next|last|before|after|during|for|around|end|beginning|every|coming|between|and|or|late-|mid-|early-|-|~)|\d(?:st|nd|rd|th)?|^)[ ,]{0,2}(?:the )?$"
)
_NOT_MODAL: Final = lazy(
    r"(?<![a-z])(?:in|by|since|of|until|till|through|early|mid|late|this|next|last|before|after|during|around|every|coming|between|from|to) $|^$"
)


_SPOKE_TO: Final = lazy(
    r"(?:phoned|spoke|spoken|talked|wrote|writing|talking|speaking|call|listened|(?:phone|e-?)?mail|reply|message|msg|text|word|answer|hear|heard|news|feedback) (?:to|from) $"
)


_SPEAKS: Final = lazy(
    r" (?:called|said|says|asked|asks|wants|rang|phoned|emailed|texted|confirmed|told|replied|wrote|thinks|likes)(?![a-z])"
)
"""June called."""


def _is_month(f: Found) -> bool:
    """May, March and first names count as months only where a month would stand."""
    name, left = f.text(), f.left(16)
    if left.endswith("$"):
        return False
    if left.endswith("ed by ") or _SPOKE_TO.search(left):
        return False
    if (
        name.rstrip(".") == "may"
        and not left
        and re.match(r" [a-z]|[\u4e00-\u9fff](?<![月底初中前之份号到])", f.right())
    ):
        return False
    if name.rstrip(".") == "may":
        return bool(_NOT_MODAL.search(left)) and not re.match(
            r" (?:i|we|you|they|he|she|it|be|have|not|need|want|at)(?![a-z])", f.right()
        )
    if not left and name in _NEEDS_HELP and _SPEAKS.match(f.right(16)):
        return False
    if name.rstrip(".") in _NEEDS_HELP:
        return bool(_BEFORE_MONTH.search(left)) or not f.right().strip(" .,!?")
    return True


def _is_weekday(f: Found) -> bool:
    """ "sat down" and "the sun" are no days."""
    name = f.text().rstrip(".")
    if name in ("sat", "sun", "wed"):
        return not re.match(
            r" (?:down|next to|beside|opposite|around|with|in on|through|will|at the|is|was)(?![a-z])", f.right()
        ) and not f.left().endswith("the ")
    return True


def _days_of_month(f: Found) -> Piece | None:
    """Two numbered days of one month, the last one counted in."""
    first, last = f["d"] or f["ord"], f["d_b"] or f["ord_b"]
    start = fixed(f["y"], f["month"], first) if f["y"] else yearless(f["month"], first)
    return through(start, last) if start and first < last else None


def _days_of_this_month(f: Found) -> Piece | None:
    return through(of_month(f["d"], 0), f["d_b"]) if f["d"] < f["d_b"] else None


def _unix(f: Found) -> Piece | None:
    """The stamp of e-mail headers and logs, its year at the end."""
    base = fixed(f["y"], f["month"], f["d"])
    hour, minute = int(f.text("hh")), int(f.text("mm"))
    if base is None or hour > 23 or minute > 59:
        return None
    clock = Clock(hour, minute, int(f.text("ss")) if f.text("ss") else None, True)
    zone = ZONES.get(f.text("zone"), "")
    return Piece("day", place=base.place, clock=clock, zone=zone, marks=base.marks)


RULES: Final[tuple[Rule[Piece], ...]] = (
    Rule(r"{day}", lambda f: offset(f["day"]), "see them tomorrow", "2026-11-19"),
    Rule(r"(?<![a-z-])(?:till|current|today's) date(?![a-z])", lambda f: offset(0), "calls till date", "2026-11-18"),
    Rule(r"{month} (?P<w>(?:twenty|thirty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)(?![a-z])(?! (?:people|seats|users|units|hundred|thousand))", lambda f: yearless(f["month"], int(KINDS["n"][1](f.text("w")))), "December twenty one", "2026-12-21"),
    Rule(r"(?<!day )(?<!the )after tomorrow", lambda f: offset(2), "demo after tomorrow", "2026-11-20"),
    Rule(r"(?:the )?day after {day}", lambda f: offset(f["day"] + 1), "demo the day after tomorrow", "2026-11-20"),
    Rule(r"(?:the )?day before {day}", lambda f: offset(f["day"] - 1), "met the day before yesterday", "2026-11-16"),
    Rule(r"(?<![a-z])overmorrow(?![a-z])", lambda f: offset(2), "lunch overmorrow", "2026-11-20"),
    Rule(r"{weekday}(?!'s(?! (?:[a-z]+ ){0,2}" + EVENTS + r"| \d{1,2}(?: ?[ap]m|[:.]\d\d)(?!\d)| noon)|/)", lambda f: weekday(f["weekday"]) if _is_weekday(f) else None, "pitch on Friday", "2026-11-20"),
    Rule(r"(?<!on ){weekdays}(?= (?:[a-z]+ ){0,2}" + EVENTS + ")", lambda f: weekday(KINDS["weekday"][1](f.text()[:-1])), "prep for mondays board meeting", "2026-11-23"),
    Rule(r"{rel} {weekday}(?:'s(?= ))?", lambda f: last_weekday(f["weekday"]) if f.text("rel") == "past" else weekday(f["weekday"]) if f.text("rel") in ("coming", "upcoming") else weekday(f["weekday"], f["rel"]), "next Tue", "2026-11-24"),
    Rule(r"{weekday} week(?![a-z])", lambda f: weekday(f["weekday"], None, 1), "Friday week", "2026-11-27"),
    Rule(r"{weekday} fortnight(?![a-z])", lambda f: weekday(f["weekday"], None, 2), "Friday fortnight", "2026-12-04"),
    Rule(r"(?<!for )(?<!every )(?<!each )(?:(?P<one>a|one) week|(?:a )?fortnight|two weeks) (?:on|this) {weekday}", lambda f: weekday(f["weekday"], None, 1 if f.text("one") else 2), "a week on Friday", "2026-11-27"),
    Rule(r"(?P<way>next|last) {weekday} but one", lambda f: weekday(f["weekday"], 2 if f.text("way") == "next" else -2), "next Friday but one", "2026-12-04"),
    Rule(r"{weekday} before last", lambda f: weekday(f["weekday"], -2), "met them the Friday before last", "2026-11-06"),
    Rule(r"{n} {weekdays} (?P<way>from now|later|ago)(?![a-z])", lambda f: _weekdays_on(f), "3 Fridays from now", "2026-12-04"),
    Rule(r"(?<![\d.,/-])(?P<y4>20\d\d)[- ]?w(?:k|eek)? ?(?P<w>[0-5]?\d)(?![\d.-])", lambda f: piece_of(int(f.text("w")), "week", placed(whole_year(int(f.text("y4"))))) if 1 <= int(f.text("w")) <= 53 else None, "live in 2026-W50", "2026-12-07"),
    Rule(r"{weekday} after next", lambda f: weekday(f["weekday"], None, 1), "Friday after next", "2026-11-27"),
    Rule(r"(?:the )?week(?:end)? after next", lambda f: stretch("weekend" if "weekend" in f.text() else "week", 2), "the week after next", "2026-11-30"),
    Rule(r"(?:the )?(?P<u>month|quarter|year) after next", lambda f: stretch(f.text("u"), 2), "the month after next", "2027-01-01"),
    Rule(r"(?:the )?week after that", lambda f: stretch("week", 2), "the week after that", "2026-11-30"),
    Rule(r"(?:the )?{rel} (?:fiscal |financial |calendar )?{unit}", lambda f: stretch(f["unit"], f["rel"]), "next quarter", "2027-01-01"),
    Rule(r"(?:this|the) past {unit}", lambda f: stretch(f["unit"], -1), "this past month", "2026-10-01"),
    Rule(r"(?<![a-z])(?:over (?=the weekend))?the (?P<u>week|month|quarter|year|weekend)(?! of| before| after|[a-z])", lambda f: stretch(f.text("u"), 0), "calls over the weekend", "2026-11-21/2026-11-23"),
    Rule(r"(?<![a-z])(?P<u>weekend)(?![a-z])", lambda f: stretch("weekend", 0), "at home weekend", "2026-11-21/2026-11-23"),
    Rule(r"(?:the |over the |in the )?(?P<way>last|past|previous) {n} {unit}", lambda f: run(f["unit"], int(f["n"]), -1), "in the last 3 weeks", "2026-10-26/2026-11-16"),
    Rule(r"(?:the |over the |in the )?(?P<way>next|coming|upcoming|following) {n} {unit}", lambda f: run(f["unit"], int(f["n"]), 1), "over the next two weeks", "2026-11-23/2026-12-07"),
    Rule(r"{n} (?:upcoming|coming) {unit}", lambda f: run(f["unit"], int(f["n"]), 1), "four upcoming weeks", "2026-11-23/2026-12-21"),
    Rule(r"(?<!\s\d )(?<!\s\d\d ){month} {d}(?! ?(?:[ap]\.?m(?![a-z])|:\d\d))", lambda f: yearless(f["month"], f["d"]), "Jan 11", "2027-01-11"),
    Rule(rf"(?<!\s\d )(?<!\s\d\d ){{month}} (?:the |between |from )?(?:{{d}}|{{ord}}) ?{_UNTIL} ?(?:the )?(?:{{d:b}}|{{ord:b}})(?![\d:]| ?[ap]\.?m)(?:(?:,| of|,? in)? {{y}})?", _days_of_month, "Dec 10-12", "2026-12-10/2026-12-13"),
    Rule(rf"(?:from |between )?(?:the )?(?:{{d}}|{{ord}}) ?{_UNTIL} ?(?:the )?(?:{{d:b}}|{{ord:b}})(?: of)? {{month}}(?:,?(?: of)? {{y}})?", _days_of_month, "10th to 12th of December", "2026-12-10/2026-12-13"),
    Rule(rf"(?:from |between )?(?:the )?{{d}} ?{_UNTIL} ?(?:the )?{{d:b}} (?:of )?this month", _days_of_this_month, "from 20 to 24 this month", "2026-11-20/2026-11-25"),
    Rule(r"(?<![\d.,/-])(?P<a>(?:19|20)\d\d) ?[-~] ?(?P<b>(?:19|20)\d\d)(?![\d-]|[./]\d)", lambda f: years(int(f.text("a")), int(f.text("b"))), "2027-2029", "2027-01-01/2030-01-01"),
    Rule(r"(?:from |between |in )?{y} ?(?:to|through|until|till|and) ?{y:b}(?! ?(?:usd|dollars|units))", lambda f: years(f["y"], f["y_b"]), "from 2027 to 2029", "2027-01-01/2030-01-01"),
    Rule(r"(?<=from ){y}(?= (?:to|until|till|through) )", lambda f: whole_year(f["y"]), "from 2025 to May 5th 2027", "2025-01-01/2027-05-06"),
    Rule(r"(?<=between ){y}(?= and )", lambda f: whole_year(f["y"]), "between 2025 and May 5th 2027", "2025-01-01/2027-05-06"),
    Rule(r"{month} {d} (?P<hh>\d\d):(?P<mm>\d\d)(?::(?P<ss>\d\d))?(?: {zone})? {y}", _unix, "Thu Dec 3 11:00:09 2026", "2026-12-03T11:00:09"),
    Rule(r"{month},? (?:the )?{ord}", lambda f: yearless(f["month"], f["ord"]), "kick-off Dec 3rd", "2026-12-03"),
    Rule(r"(?:the )?{ord}(?: day)?(?: of| in)? {month}", lambda f: yearless(f["month"], f["ord"]), "the 3rd of December", "2026-12-03"),
    Rule(r"{d}(?: of)?[ -]?{month}", lambda f: yearless(f["month"], f["d"]), "signing 3 Dec", "2026-12-03"),
    Rule(r"{month} (?:the )?(?:{d}|{ord})(?:,| of|,? in)? {y}", lambda f: fixed(f["y"], f["month"], f["d"] or f["ord"]), "March 3, 2027", "2027-03-03"),
    Rule(r"(?:the )?(?:{d}|{ord})(?: day)?(?: of)? {month},?(?: of)? {y}", lambda f: fixed(f["y"], f["month"], f["d"] or f["ord"]), "3rd March 2027", "2027-03-03"),
    Rule(r"{month} (?:the )?(?:{d}|{ord})(?:,| of|,? in)? {far}", lambda f: fixed(f["far"], f["month"], f["d"] or f["ord"]), "Dec 31, 3000", "3000-12-31"),
    Rule(r"(?:the )?(?:{d}|{ord})(?: day)?(?: of)?[ -]?{month},?(?: of)?[ -]{far}", lambda f: fixed(f["far"], f["month"], f["d"] or f["ord"]), "31 Dec 9999", "9999-12-31"),
    Rule(r"{month},? {far}", lambda f: month(f["month"], f["far"]), "December 3000", "3000-12-01"),
    Rule(r"(?<![a-z])(?:the )?year {far}", lambda f: whole_year(f["far"]), "the year 3000", "3000-01-01"),
    Rule(r"{d} {month} '?(?P<yy>\d\d)(?![\d:]|[ ]?-[ ]?\d| ?[ap]\.?m(?![a-z])| ?h(?![a-z]))", lambda f: fixed(short_year(int(f.text("yy"))), f["month"], f["d"]), "3 Mar 27", "2027-03-03"),
    Rule(r"{month} {d} '?(?P<yy>[3-9]\d)(?![\d:.,])", lambda f: fixed(short_year(int(f.text("yy"))), f["month"], f["d"]), "Mar 3 98", "1998-03-03"),
    Rule(r"(?:(?<!\d)(?P<a>\d{4})[/ .-])?{month}[/ .-](?P<b>\d{1,2})(?![\d:]|(?:st|nd|rd|th))", lambda f: fixed(int(f.text("a")), f["month"], int(f.text("b"))) if f.text("a") else None, "2027/Mar/3", "2027-03-03"),
    Rule(r"(?<!\d)(?P<a>\d{4})[/ .-](?P<b>\d{1,2})[/ .-]{month}", lambda f: fixed(int(f.text("a")), f["month"], int(f.text("b"))), "2027/3/Mar", "2027-03-03"),
    Rule(r"{d}[/.-]{month}[/.-](?P<yy>\d{4}|\d\d)(?!\d)", lambda f: fixed(short_year(int(f.text("yy"))), f["month"], f["d"]), "03-Mar-2027", "2027-03-03"),
    Rule(r"{month}", lambda f: month(f["month"]) if _is_month(f) else None, "launch in March", "2027-03-01"),
    Rule(r"{month},?(?: of|/|-| in)? {y}", lambda f: month(f["month"], f["y"]), "March 2028", "2028-03-01"),
    Rule(r"{y},? {month}", lambda f: month(f["month"], f["y"]), "2028 March", "2028-03-01"),
    Rule(r"{month} '?(?P<yy>[3-9]\d|'\d\d)(?![\d:.,]|(?:st|nd|rd|th))", lambda f: month(f["month"], int(f.text("yy").strip("'"))), "Mar 98", "1998-03-01"),
    Rule(r"{rel} {month}", lambda f: month(f["month"], None, f["rel"]), "last March", "2026-03-01"),
    Rule(r"{month} in {n} years?", lambda f: years_on(f["month"], int(f["n"])), "March in 2 years", "2028-03-01"),
    Rule(r"(?:the )?{ord} (?:of|in) (?:the )?{rel} month", lambda f: of_month(f["ord"], f["rel"]), "20th of next month", "2026-12-20"),
    Rule(r"(?:the )?{d} of (?:the )?{rel} month", lambda f: of_month(f["d"], f["rel"]), "24 of this month", "2026-11-24"),
    Rule(r"(?:the )?{ord} this month", lambda f: of_month(f["ord"], 0), "the 21st this month", "2026-11-21"),
    Rule(r"(?:the )?{ord} (?:day )?of the month", lambda f: of_month(f["ord"], 0), "the 30th of the month", "2026-11-30"),
    Rule(r"(?<![a-z])the {ord}(?!(?<=[a-z]{3}) (?!at|in the|by|or|and|if|so|with|for|to|then|but)[a-z])(?<!the last)(?! (?!(?:call|visit) (?:him|her|them))[a-z]*(?:time|attempt|floor|quarter|qtr|call|visit|one|half|week|day|month|year|meeting|round|party))", lambda f: bare_day(f["ord"]), "sign by the 25th", "2026-11-25"),
    Rule(r"(?<![a-z\d])(?<!\d ){ord}(?= (?:at |@ ?)?(?:\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m|\d{1,2}[:.][0-5]\d|noon|midday)(?![a-z\d]))", lambda f: bare_day(f["ord"]), "new slot 27th 9am", "2026-11-27T09:00"),
    Rule(r"(?:(?<![a-z])(?:on|due|from|for) (?:the )?|(?<=by )|(?<=before )|(?<=until )|(?<=till )|(?<=til )){ord}(?! (?:of )?{month})(?! (?!(?:call|visit) (?:him|her|them))(?:[a-z]+ )?(?:time|attempt|try|floor|quarter|qtr|call|visit|half|week|day|month|year|meeting|round|party|phase|line|shift|order|payment|instal|copy|demo|gen|site|unit|one|and last))", lambda f: bare_day(f["ord"]), "visit on 25th", "2026-11-25"),
    Rule(r"(?<![a-z])(?:on|for) the {d}(?! [a-z])", lambda f: bare_day(f["d"]), "for the 27", "2026-11-27"),
    Rule(r"(?<![a-z])on {d}(?= at \d)", lambda f: bare_day(f["d"]), "on 27 at 10:00", "2026-11-27T10:00"),
    Rule(r"{weekday},? (?:the )?{ord} (?:of )?{month}(?!,? \d{4}|,? {y})", lambda f: yearless(f["month"], f["ord"]), "book in for weds 2nd dec", "2026-12-02"),
    Rule(r"{weekday},? (?:the )?{ord}", lambda f: weekday_and_number(f["weekday"], f["ord"]) if f.text()[-3:-2].isdigit() or " the " in f.text() else None, "Tuesday the 8th", "2026-12-08"),
    Rule(r"{weekday} {d}(?!\d| ?[ap]\.?m| ?[ap](?![a-z])| ?(?:o'?clock|hours|mins|people|:)|[ -]+\d|/)(?= (?:at|between|from|in|of)|[ ]*[,.;!?]|[ ]*$)", lambda f: weekday_and_number(f["weekday"], f["d"]) if f["d"] > 12 or f.right(5).startswith((" at ", " betw", " from", " in ", " of ")) else None, "Tuesday 15", "2026-12-15"),
    Rule(r"(?:the )?{nth} {weekday}s? (?:of|in) {month}(?:,? {y})?", lambda f: nth_in(f["nth"], f["weekday"], _month_place(f)), "first Monday of March", "2027-03-01"),
    Rule(r"(?:the )?{nth} {weekday} (?:of|in) (?:the )?(?:{rel} )?month", lambda f: nth_in(f["nth"], f["weekday"], placed(stretch("month", f["rel"] or 0))), "last Friday of the month", "2026-11-27"),
    Rule(r"(?:the )?{nth} {weekday} (?:of|in) (?:{y}|(?:the )?(?:{rel} )?(?P<u>year|quarter))", lambda f: nth_in(f["nth"], f["weekday"], placed(whole_year(f["y"]) if f["y"] else stretch(f.text("u"), f["rel"] or 0))), "first Saturday of 2027", "2027-01-02"),
    Rule(r"(?:the )?(?P<h>first|1st|second|2nd|latter) half (?:of|in) (?:the )?(?:{y}|{month}(?:,? {y:m})?|(?:{rel} )?(?P<u>year|month|quarter))", _half, "the second half of 2027", "2027-07-01/2028-01-01"),
    Rule(r"(?:the )?weekend of (?:the )?(?:{month} (?:{d}|{ord})|(?:{d:b}|{ord:b}) (?:of )?{month:b})", lambda f: weekend_of(yearless(f["month"] or f["month_b"], f["d"] or f["ord"] or f["d_b"] or f["ord_b"])), "the weekend of December 12", "2026-12-12/2026-12-14"),
    Rule(r"(?:the )?{nth} (?:to )?(?P<back>last )?{unit} (?:of|in) {month}(?:,? {y})?", lambda f: piece_of(-f["nth"] if f.text("back") else f["nth"], f["unit"], _month_place(f)), "last day of February", "2027-02-28"),
    Rule(r"(?:the )?(?P<way>first|last|final|opening|closing) {n} {unit:u} (?:of|in) (?:the )?(?:{month}(?:,? {y})?|(?:{rel} )?{unit})", lambda f: ends_of(int(f["n"]), f["unit_u"], _month_place(f) if f["month"] else _rel_place(f), last=f.text("way") in ("last", "final", "closing")), "the last two weeks of the year", "2026-12-18/2027-01-01"),
    Rule(r"(?:the )?{nth} (?P<back>last )?{unit} (?:of|in) {y}", lambda f: piece_of(-f["nth"] if f.text("back") else f["nth"], f["unit"], placed(whole_year(f["y"]))), "first week of 2027", "2027-01-04"),
    Rule(r"(?:the )?{nth} {unit:u} (?:of|in) (?:the )?(?:{rel} )?{unit}", lambda f: piece_of(f["nth"], f["unit_u"], _rel_place(f)), "first week of next month", "2026-11-30"),
    Rule(r"(?:the )?(?:{nth}|(?P<last>last)) (?:working|business|work) ?day (?:of|in) (?:the )?(?:{month}(?:,? {y})?|(?:{rel} )?month)", lambda f: workday_in(-1 if f.text("last") else f["nth"], _month_place(f) if f["month"] else placed(stretch("month", f["rel"] or 0))), "last working day of March", "2027-03-31"),
    Rule(r"(?<![a-z])q(?P<q>[1-4])(?!\d|[a-z])", lambda f: quarter(int(f.text("q"))), "nothing until Q1", "2027-01-01"),
    Rule(r"(?<![a-z])q(?P<q>[1-4])[ ,/-]?(?: of)? {y}", lambda f: quarter(int(f.text("q")), f["y"]), "Q3 2027", "2027-07-01"),
    Rule(r"{y}[ -]?q(?P<q>[1-4])(?!\d)", lambda f: quarter(int(f.text("q")), f["y"]), "2027-Q3", "2027-07-01"),
    Rule(r"(?<!\d)(?P<yy>\d\d)q(?P<q>[1-4])(?!\d)", lambda f: quarter(int(f.text("q")), int(f.text("yy"))), "27q3", "2027-07-01"),
    Rule(r"(?<![a-z])fy ?'?(?P<yy>2\d)(?![\d.,])", lambda f: whole_year(2000 + int(f.text("yy"))), "budget for FY27", "2027-01-01"),
    Rule(r"(?:the )?{ord} (?:quarter|qtr)(?:,?(?: of)?(?: the| this)? (?:{y}|year))?", lambda f: quarter(f["ord"], f["y"]) if "this" not in f.text() else piece_of(f["ord"], "quarter", placed(stretch("year", 0))), "live in the 2nd qtr", "2027-04-01"),
    Rule(r"(?<![a-z\d])(?:{y} ?)?h(?P<h>[12])(?![\da-z])(?: {y:t})?", lambda f: halves(int(f.text("h")), f["y"] or f["y_t"]), "H2 2027", "2027-07-01/2028-01-01"),
    Rule(r"(?<![a-z])(?:in|during|since|by|until|before|after|through|year|fy|for|the year(?: of)?) {y}(?! ?(?:dollars|usd|eur|units|seats|people|users|pcs|licen|rmb|yuan))", lambda f: whole_year(f["y"]), "founded in 2014", "2014-01-01"),
    Rule(r"(?<![a-z])week {n}(?: (?:of|in) {y})?(?![\d:])", lambda f: piece_of(int(f["n"]), "week", placed(whole_year(f["y"]) if f["y"] else stretch("year", 0))) if f["n"] <= 53 else None, "week 50", "2026-12-07"),
    Rule(r"(?:(?:the )?(?:week|wk) (?:of|starting(?: on)?|beginning|commencing|from)|(?<![a-z])w/?c) (?:the )?{month} (?:{d}|{ord})", lambda f: week_of(yearless(f["month"], f["d"] or f["ord"])), "the week of Dec 9", "2026-12-07"),
    Rule(r"(?:(?:the )?(?:week|wk) (?:of|starting(?: on)?|beginning|commencing|from)|(?<![a-z])w/?c) (?:the )?(?:{d}|{ord}) (?:of )?{month}", lambda f: week_of(yearless(f["month"], f["d"] or f["ord"])), "the week of 9 Dec", "2026-12-07"),
    Rule(r"(?:(?:the )?(?:week|wk) (?:of|starting(?: on)?|beginning|commencing)|(?<![a-z])w/?c) (?:the )?{ord}(?! (?:of )?{month})", lambda f: week_of(bare_day(f["ord"])), "the week of the 7th", "2026-12-07"),
    Rule(r"(?:at )?(?:the )?" + _EDGE + r"(?:in |of |part of )?(?:around )?(?:the )?{month}(?: {y})?", lambda f: edge(EDGE[f.text("edge")], _month_place(f)), "early April", "2027-04-01/2027-04-11"),
    Rule(r"(?:at )?(?:the )?" + _EDGE + r"(?:in |of |part of )?(?:around )?(?:the )?(?:{rel} )?{unit}", lambda f: edge(EDGE[f.text("edge")], _rel_place(f)) if f["unit"] != "day" else None, "early next week", "2026-11-23/2026-11-26"),
    Rule(r"(?<![a-z])(?:the )?(?P<long>month|quarter|year)[- ]?end(?![a-z])(?! (?:of|sale|party))", lambda f: edge("end", placed(stretch(f.text("long"), 0))), "before month end", "2026-11-21/2026-12-01"),
    Rule(r"(?:at )?(?:the )?" + _EDGE + r"(?:in |of |part of )?{y}", lambda f: edge(EDGE[f.text("edge")], placed(whole_year(f["y"]))), "beginning of 2027", "2027-01-01/2027-05-02"),
    Rule(r"(?<![a-z])(?:the |at the )?(?P<edge>[eb])o(?P<long>[mwqy])(?![a-z])", lambda f: _short_edge(f), "closing EOM", "2026-11-21/2026-12-01"),
    Rule(r"(?:later|rest of|remainder of|remaining of)(?: in)?(?: the)?(?: this)? (?P<u>week|month|year|quarter)", lambda f: rest_of(f.text("u")), "later this week", "2026-11-18/2026-11-23"),
    Rule(r"earlier(?: in)?(?: the| this) (?P<u>week|month|year|quarter)", lambda f: so_far(f.text("u")), "earlier this month", "2026-11-01/2026-11-18"),
    Rule(r"(?<![a-z])(?P<u>year|month|quarter|week)[ -]to[ -]date", lambda f: so_far(f.text("u")), "sales year to date", "2026-01-01/2026-11-18"),
)  # fmt: skip
