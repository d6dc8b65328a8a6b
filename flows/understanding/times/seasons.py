# ruff: noqa: E501 -- a rule is one line
"""The four seasons by whole months, spring from March (from September south of the equator), and decades."""

from datetime import date
from typing import Final

from flows.understanding.grammar import Found, Rule
from flows.understanding.times.days import day, placed, short_year
from flows.understanding.times.pieces import Every, Period, Piece, World, add_months
from flows.understanding.times.spans import years

_FIRST: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12, "春": 3, "夏": 6, "秋": 9, "冬": 12}
_SOUTHERN: Final = frozenset(("AU", "NZ", "ZA", "AR", "CL", "UY", "PY"))
_EDGES: Final = {
    "early": "start", "beginning of": "start", "start of": "start", "mid": "mid", "middle of": "mid", "late": "end", "end of": "end",
    "初": "start", "早": "start", "仲": "mid", "盛": "mid", "晚": "end", "深": "end", "暮": "end", "末": "end",
}  # fmt: skip
_MONTH_OF: Final = {"start": 0, "mid": 1, "end": 2}


def season(name: str, rel: int | None = None, year: int | None = None, years_on: int | None = None) -> Piece:
    """The season that runs or comes (that came last, looking back); this, next or last one; that of a year."""

    def place(world: World) -> Period:
        month = (_FIRST[name] + (6 if world.context.country in _SOUTHERN else 0) - 1) % 12 + 1
        if year is not None or years_on is not None:
            start = date(year or world.today.year + (years_on or 0), month, 1)
        else:
            start = _start(month, rel, world)
        return Period(start, "month", add_months(start, 3))

    return day(place, "month", None, "month", "year")


def _start(month: int, rel: int | None, world: World) -> date:
    today = world.today
    starts = [date(today.year + step, month, 1) for step in (-2, -1, 0, 1, 2)]
    if rel is not None and rel > 0:
        return next(one for one in starts if one > today)
    if rel is not None and rel < 0:
        return [one for one in starts if add_months(one, 3) <= today][-1]
    if rel is None and world.mood == "past":
        return [one for one in starts if one <= today][-1]
    running = [one for one in starts if one <= today < add_months(one, 3)]
    if rel == 0 and not running:
        return date(today.year, month, 1)
    return (running or [one for one in starts if one > today])[0]


def _edged(which: str, whole: Piece) -> Piece:
    """Its first, middle or last month."""
    within = placed(whole)

    def place(world: World) -> Period | None:
        found = within(world)
        return found and Period(add_months(found.start, _MONTH_OF[_EDGES[which]]), "month")

    return day(place, "month", None, "month", "year")


def _english(f: Found) -> Piece:
    written = f.text("yy")
    year = f["y"] or (short_year(int(written)) if written else None)
    whole = season(f.text("s"), f["rel"], year)
    return _edged(f.text("edge"), whole) if f.text("edge") else whole


def _chinese(f: Found) -> Piece:
    name = f.text("s")
    short = {"今": 0, "明": 1, "去": -1, "来": 1}.get(f.text("r"))
    rel = f["year_zh"] if f["year_zh"] is not None else short
    year = int(f["zy"]) if f["zy"] is not None else short_year(int(f["zy2"])) if f["zy2"] is not None else None
    whole = season(name, f["rel_zh"], year, rel)
    which = f.text("edge") or f.text("last")
    return _edged(which, whole) if which else whole


def _decade(f: Found) -> Piece | None:
    first = int(f.text("d")) if f.text("d") else 0
    if f.text("w"):
        first = {"fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}[f.text("w")]
    return years(first + 1900 if first < 100 else first, (first + 1900 if first < 100 else first) + 9)


def _decade_zh(f: Found) -> Piece | None:
    written = f.text("d")
    tens = "零一二三四五六七八九".find(written[0]) * 10 if not written[0].isdigit() else int(written)
    century = {"二": 1900, "2": 1900, "上": 1900, "本": 2000, "这": 2000}.get(f.text("c")[:1])
    if f.text("c") in ("二十一世纪", "21世纪"):
        century = 2000
    if f.text("c").isdigit():
        century = int(f.text("c")) * 100
    first = (century if century else 1900 if tens >= 30 else 2000) + tens
    return years(first, first + 9)


def _every(f: Found) -> Piece:
    return Piece("every", every=Every("YEARLY", month=_FIRST[f.text("s")]))


_NAMED: Final = r"(?P<s>spring|summer|autumn|fall|winter)(?:time)?(?![a-z])(?: (?:holidays?|break)(?![a-z]))?"
_NO_SEASON: Final = (
    r"(?! ?(?:collections?|catalogues?|catalogs?|lines?|range|sales?|campaigns?|promos?|promotions?|festivals?|rolls?|water|onions?|clean\w*|menus?|school|intern\w*|term|semester|fairs?|shows?|parties|party|"
    r"camp|jobs?|tyres?|tires?|coats?|wear|stock|uniforms?|products?|models?|issue|newsletter|edition|fashion|season (?:stock|sale)|steel|mattress\w*|loaded|house|garden|lettuce|wheat)(?![a-z]))"
)
_NO_FALL: Final = r"(?!(?<=fall) (?:in(?! \d{4})|behind|through|off|short|from|into|on|to|apart|down|back|over|under|within|for|ill)(?![a-z]))"
_AFTER: Final = _NO_FALL + _NO_SEASON
_EDGE: Final = r"(?P<edge>early|mid|late|(?:beginning|start|middle|end) of)[ -](?:the )?"
_WHEN: Final = r"(?:(?<=in )|(?<=by )|(?<=until )|(?<=till )|(?<=before )|(?<=after )|(?<=over )|(?<=during )|(?<=throughout )|(?<=since )|(?<=from )|(?<=for )|(?<=around )|(?<=through ))"
_OF: Final = r"(?:,? (?:of |in )?{y}(?:[/-]\d\d)?|[ ]'(?P<yy>\d\d))"
_ZH: Final = r"(?P<s>[春夏秋冬])(?:天|季|日(?!本))(?P<last>初|末)?的?(?!节|运|招|装|款|新|促|限|大促|展|赛|班|学|校|服|花|百货|广交|交易|特|菜|茶|酒店|衣|流行|风|系列|销售季)"

RULES: Final[tuple[Rule[Piece], ...]] = (
    Rule(_WHEN + "(?:the )?" + _NAMED + _AFTER, _english, "revisit in spring", "2027-03-01/2027-06-01"),
    Rule("{rel} " + _NAMED + _AFTER, _english, "launch next autumn", "2027-09-01/2027-12-01"),
    Rule("(?:the )?" + _NAMED + _OF, _english, "summer 2028", "2028-06-01/2028-09-01"),
    Rule(_EDGE + "(?:{rel} )?" + _NAMED + _OF + "?" + _AFTER, _english, "early next spring", "2027-03-01"),
    Rule(r"(?<![a-z])(?:every|each) " + _NAMED + _AFTER, _every, "service every autumn", "FREQ=YEARLY;BYMONTH=9"),
    Rule(r"(?<![a-z\d])(?:the )?(?:early |mid[ -]|late )?(?P<d>(?:19|20)\d0)'?s(?![a-z])", _decade, "built in the 1990s", "1990-01-01/2000-01-01"),
    Rule(r"(?<![a-z])the (?:early |mid[ -]|late )?(?:'?(?P<d>[5-9]0)'?s|(?P<w>fifties|sixties|seventies|eighties|nineties))(?![a-z])", _decade, "a plant from the nineties", "1990-01-01/2000-01-01"),
    Rule(r"(?:{year_zh}|(?:{zy}|{zy2})年)的?(?P<edge>初|早|晚|深)?(?P<s>[春夏秋冬])(?:天|季|末)?(?!节|运|招|装|款)", _chinese, "明年春天再联系", "2027-03-01/2027-06-01"),
    Rule(r"(?:这个?|下个?|上个?)?(?P<edge>初|早|仲|盛|晚|深|暮)(?P<s>[春夏秋冬])(?!节|运|招|装|款)", _chinese, "深秋再谈", "2026-11-01"),
    Rule(r"(?<![\u3400-\u9fff])(?P<r>今|明|去|来)(?P<s>[春夏秋冬])(?![天季装款节])", _chinese, "今冬上线", "2026-12-01/2027-03-01"),
    Rule(r"(?:{rel_zh})?(?<![春夏秋冬])" + _ZH, _chinese, "夏天再说", "2027-06-01/2027-09-01"),
    Rule(r"(?:开(?=春)|入(?=[春夏秋冬]))(?P<s>[春夏秋冬])(?!装|款)", _chinese, "开春再谈", "2027-03-01/2027-06-01"),
    Rule(r"每年?个?的?(?P<s>[春夏秋冬])(?:天|季)", _every, "每年秋天检修", "FREQ=YEARLY;BYMONTH=9"),
    Rule(r"(?P<c>二十一世纪|21世纪|二十世纪|20世纪|上个?世纪|本世纪|这个世纪|19|20)?的?(?P<d>\d0|[一二三四五六七八九]十)年代", _decade_zh, "九十年代的厂房", "1990-01-01/2000-01-01"),
)  # fmt: skip
