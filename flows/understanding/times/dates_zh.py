# ruff: noqa: E501 -- a rule is one line
"""Chinese words for days and longer stretches."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from flows.understanding.grammar import Found, Rule
from flows.understanding.times import shifts
from flows.understanding.times.days import (
    bare_day,
    day,
    fixed,
    month,
    nth_in,
    offset,
    short_year,
    weekday,
    workday_in,
    yearless,
)
from flows.understanding.times.pieces import Period, Piece, Place, Shift, World, add_months, after, begin
from flows.understanding.times.spans import bare_weekend, edge, piece_of, quarter, run, stretch, whole_year
from flows.understanding.workdays import from_lunar, lunar_day

_EDGE_ZH: Final = {
    "中下旬": "mid end",
    "上中旬": "start mid",
    "初": "start",
    "上旬": "start",
    "中": "mid",
    "中旬": "mid",
    "底": "end",
    "末": "end",
    "下旬": "end",
}
_EDGE: Final = "(?P<edge>中下旬|上中旬|上旬|中旬|下旬|初(?![一二三四五六七八九十\\d])|底|末|中(?=$|[，。,；; 再前后左交发到给要能]))"
_YEAR: Final = "(?:{zy}|{zy2}) ?年(?:度)?的? ?"
_LUNAR_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12}


def _year(f: Found) -> int | None:
    if f["zy"] is not None:
        return int(f["zy"])
    if f["zy2"] is not None:
        return _two_digits(f.text("zy2"), int(f["zy2"]))
    return None


def _two_digits(written: str, value: int) -> int | None:
    return short_year(value) if len(written) == 2 else None


def _full(f: Found) -> Piece | None:
    year = _year(f)
    return None if year is None else fixed(year, int(f["zm"]), int(f["zd"]))


def _month_of_year(rel: int, number: int) -> Piece:
    return day(lambda world: Period(date(world.today.year + rel, number, 1), "month"), "month", None, "month", "year")


def _place(piece: Piece | None) -> Place:
    return piece.place if piece and piece.place else lambda world: None


def _month_within(f: Found) -> Piece | None:
    """The month that the words before an edge or a count name."""
    if f["zm"] is not None:
        year = _year(f)
        if f["year_zh"] is not None:
            return _month_of_year(f["year_zh"], int(f["zm"]))
        return month(int(f["zm"]), year)
    return stretch("month", f["rel_zh"] or 0)


def _lunar(number: int, which: int, rel: int = 0, year: int | None = None) -> Piece | None:
    """A day of the lunar calendar, the next one where no year is said."""
    if not (1 <= number <= 12 and 1 <= which <= 30):
        return None

    def place(world: World) -> Period | None:
        if year is not None or rel:
            found = from_lunar(year or world.today.year + rel, number, which)
            return Period(found, "day") if found else None
        days = [one for step in (-1, 0, 1) if (one := from_lunar(world.today.year + step, number, which))]
        if world.mood == "past":
            days = [one for one in days if one <= world.today][-1:]
        return next((Period(one, "day") for one in days if one >= world.today or world.mood == "past"), None)

    return day(place, "day", None, "date", "year")


def _bare_lunar(told: str) -> Piece:
    """A lunar day without its month: this one's, or the next one's when it has passed."""
    number = "一二三四五六七八九十".index(told[1]) + (21 if told[0] == "廿" else 1)

    def place(world: World) -> Period | None:
        found = lunar_day(world.today, number, back=world.mood == "past")
        return Period(found, "day") if found else None

    return day(place, "day", None, "number")


def _lunar_month(number: int, rel: int, year: int | None) -> Piece:
    def place(world: World) -> Period | None:
        which = year or world.today.year + rel
        first = from_lunar(which, number, 1)
        if not first:
            return None
        last = from_lunar(which, number, 30) or first
        return Period(first, "day", last + timedelta(1))

    return day(place, "day", None, "run")


def _lunar_rule(f: Found) -> Piece | None:
    name = f.text("lm")
    number = _LUNAR_MONTHS.get(name) or int(f["zm"] or 0)
    return _lunar(number, int(f["zd"]), f["year_zh"] or 0, _year(f))


def _end_of(unit: str, rel: int) -> Piece:
    return edge("end", _place(stretch(unit, rel)))


def _first_days(count: int, unit: str, within: Place, last: bool) -> Piece:
    """ "下个月前三天", "本月最后四天", "2027年后三个月"."""

    def place(world: World) -> Period | None:
        whole = within(world)
        if whole is None:
            return None
        if last:
            return Period(after(whole.stop, unit, -count), "day", whole.stop)
        return Period(whole.start, "day", after(whole.start, unit, count))

    return day(place, "day", None, "run")


def _week_of_year(year: int, nth: int) -> Piece | None:
    return piece_of(nth, "week", _place(whole_year(year)))


def _nth_week(f: Found) -> Piece | None:
    """The nth week of a month, counted by its Mondays as people do."""
    within = _place(_month_within(f))
    nth = -1 if f.text("nth") == "最后一" else int(f["z"])

    def place(world: World) -> Period | None:
        whole = within(world)
        if whole is None:
            return None
        first = whole.start + timedelta(-whole.start.weekday() % 7)
        start = begin(whole.stop - timedelta(1), "week") if nth < 0 else first + timedelta(7 * (nth - 1))
        return Period(start, "week")

    return day(place, "week", None, "week")


def _weekend(rel: int) -> Piece | None:
    return stretch("weekend", rel)


def _span_of_months(f: Found) -> Piece | None:
    year = _year(f)
    first, last = int(f["zm"]), int(f["zm_b"])
    if first >= last:
        return None

    def place(world: World) -> Period:
        start = date(year or world.today.year + (f["year_zh"] or 0), first, 1)
        return Period(start, "month", add_months(start, last - first + 1))

    return day(place, "month", None, "run")


def _two_months(f: Found) -> Piece:
    first = "一二三四五六七八九".index(f.text("two")[0]) + 1
    year, rel = _year(f), f["year_zh"]

    def place(world: World) -> Period | None:
        if year is None and rel is None:
            last = _place(month(first + 1))(world)
            return last and Period(add_months(last.start, -1), "month", last.stop)
        start = date(year or world.today.year + (rel or 0), first, 1)
        return Period(start, "month", add_months(start, 2))

    return day(place, "month", None, "month", "year")


def _these_days(count: int) -> Piece:
    """The days around today, ahead or, looking back, behind; what is promised for them is due on the last."""

    def place(world: World) -> Period:
        if world.mood == "past":
            return Period(world.today - timedelta(count - 1), "day", world.today + timedelta(1))
        return Period(world.today, "day", world.today + timedelta(count))

    return day(place, "day", None, "run", "edge", "end")


RULES: Final[tuple[Rule[Piece], ...]] = (
    Rule(r"{day_zh}(?!头条)", lambda f: offset(f["day_zh"], *(("following",) if f.text()[0] in "次翌第隔" else ())), "明天再说", "2026-11-19"),
    Rule(r"明后(?:两|二)?天", lambda f: run("day", 2, 1), "明后天过去", "2026-11-19/2026-11-21"),
    Rule(r"(?P<d>今|明|昨)(?=上午|下午|中午|早上|晚上|天)", lambda f: offset({"今": 0, "明": 1, "昨": -1}[f.text("d")]), "明上午开会", "2026-11-19@10:00"),
    Rule(r"{weekday_zh}(?![一二三四五六七八九十百千万]?[个套台人家位份])", lambda f: weekday(f["weekday_zh"]), "周五见客户", "2026-11-20"),
    Rule(r"(?<!一(?=下)){rel_zh}{weekday_zh}(?!家(?:客户|公司|单位|回款|供应商|都))", lambda f: weekday(f["weekday_zh"], f["rel_zh"]), "下周二拜访", "2026-11-24"),
    Rule(r"(?<![一二三四五六七八九十\d每])(?:{rel_zh}(?:个)?)?周末", lambda f: bare_weekend() if f["rel_zh"] is None else _weekend(f["rel_zh"]), "周末加班", "2026-11-21/2026-11-23"),
    Rule(r"{rel_zh}(?:周|星期|礼拜|个星期|个礼拜)(?![一二三四五六日天1-6末])", lambda f: stretch("week", f["rel_zh"]), "下周再约", "2026-11-23"),
    Rule(r"{rel_zh}(?:月(?!份)|月份)", lambda f: stretch("month", f["rel_zh"]), "下个月签约", "2026-12-01"),
    Rule(r"{rel_zh}(?:季度|季)", lambda f: stretch("quarter", f["rel_zh"]), "下季度上线", "2027-01-01"),
    Rule(r"{year_zh}", lambda f: stretch("year", f["year_zh"]), "明年再谈", "2027-01-01"),
    Rule(r"(?P<a>上|下)半年", lambda f: _half(0, f.text("a")), "下半年有预算", "2026-07-01/2027-01-01"),
    Rule(r"(?P<a>上|下)(?:个)?半月", lambda f: _half_month(f.text("a")), "下半月安排", "2026-11-16/2026-12-01"),
    Rule(r"{zm}月(?P<x>廿|初){zd:t}?", lambda f: _lunar(int(f["zm"]), (20 if f.text("x") == "廿" else 0) + int(f["zd_t"] or 0)), "八月初五", "2027-09-05"),
    Rule(r"{zm} ?月(?:份)? ?{zd} ?(?:日|号)?", lambda f: yearless(int(f["zm"]), int(f["zd"])), "12月5日交付", "2026-12-05"),
    Rule(_YEAR + r"{zm} ?月(?:份)?", lambda f: month(int(f["zm"]), year) if (year := _year(f)) else None, "28年3月启动", "2028-03-01"),
    Rule(r"{zm}月(?:份)?(?![份结底末初中上下花路嫂]|稻田)(?!\d|[一二三四五六七八九十])", lambda f: month(int(f["zm"])), "3月启动", "2027-03-01"),
    Rule(r"{zy} ?年(?!来|多)", lambda f: whole_year(int(f["zy"])), "2028年规划", "2028-01-01"),
    Rule(r"(?<![\d年])(?P<yy>0\d)年(?!来|多|[0-9一二三四五六七八九十])", lambda f: whole_year(2000 + int(f.text("yy"))), "08年奥运", "2008-01-01"),
    Rule(r"(?<![路街巷弄如])(?<!大道){zd} ?(?:号(?![线楼店院机门桌车厅馆仓])|日(?![内前后之以子常期用本语元报]))(?![ ]*\d{5})", lambda f: bare_day(int(f["zd"])), "25号回款", "2026-11-25"),
    Rule(r"{zd} ?[-~到至] ?{zd:b} ?(?:号|日(?![内前后之以子常期用本语元报]))", lambda f: _bare_days(int(f["zd"]), int(f["zd_b"])), "25-27号出差", "2026-11-25/2026-11-28"),
    Rule(r"(?<!\d)(?P<far>[1-9]\d{3}) ?年 ?{zm} ?月 ?{zd} ?(?:日|号)?", lambda f: fixed(int(f.text("far")), int(f["zm"]), int(f["zd"])), "9999年12月31日", "9999-12-31"),
    Rule(r"(?:(?:{zy}|{zy2})年|{year_zh})?的?(?:第)?(?P<q>[一二三四1-4])(?:季度|(?<=[第年的].)季(?!度|节))", lambda f: _quarter(f), "明年第一季度", "2027-01-01"),
    Rule(r"(?:{year_zh}|(?:{zy}|{zy2})年?)?(?P<u>年|季)(?P<e>底(?!薪)|末|终(?!决算|总结|奖|盘点|大促|结算|会|述职|汇报|考核)|初|中)(?!学)", lambda f: _year_edge(f), "年底前", "2026-09-01/2027-01-01"),
    Rule(r"{year_zh}(?P<e>底|末|初|中)(?!学)", lambda f: _year_edge(f), "明年初启动", "2027-01-01/2027-05-02"),
    Rule(r"(?:{rel_zh}|(?<![{figures}年个]))月(?P<e>底|末|初|中)(?!学)".replace("{figures}", "零一二三四五六七八九十\\d"), lambda f: edge(_EDGE_ZH[f.text("e")], _place(stretch("month", f["rel_zh"] or 0))), "下月初谈", "2026-12-01/2026-12-11"),
    Rule(r"(?:(?:{zy}|{zy2})年|{year_zh})?{zm}月份?" + _EDGE, lambda f: edge(_EDGE_ZH[f.text("edge")], _place(_month_within(f))), "3月底上线", "2027-03-21/2027-04-01"),
    Rule(r"(?:{zm}月|{rel_zh}月)" + "(?P<edge>中下旬|上中旬|上旬|中旬|下旬)", lambda f: edge(_EDGE_ZH[f.text("edge")], _place(_month_within_(f))), "下月中旬上线", "2026-12-11/2026-12-21"),
    Rule(r"{rel_zh}周(?P<e>初|末|底|中)", lambda f: edge(_EDGE_ZH[f.text("e")], _place(stretch("week", f["rel_zh"]))) if f.text("e") != "末" else _weekend(f["rel_zh"]), "下周初给报价", "2026-11-23/2026-11-26"),
    Rule(r"(?:{zm}|{rel_zh})月(?:份)?的?第{z}(?:个)?{weekday_zh}", lambda f: nth_in(int(f["z"]), f["weekday_zh"], _place(_month_within_(f))), "下个月第一个周一", "2026-12-07"),
    Rule(r"(?:{zm}|{rel_zh})月(?:份)?的?最后(?:一)?个?{weekday_zh}", lambda f: nth_in(-1, f["weekday_zh"], _place(_month_within_(f))), "本月最后一个周五", "2026-11-27"),
    Rule(r"(?:(?:{zy}|{zy2})年|{year_zh})?(?:{zm}|{rel_zh})月(?:份)?的?(?P<nth>第{z}|最后一?)个?(?:工作日|交易日)", lambda f: workday_in(-1 if f.text("nth")[0] == "最" else int(f["z"]), _place(_month_within(f))), "三月最后一个工作日", "2027-03-31"),
    Rule(r"(?:(?:{zy}|{zy2})年|{year_zh})?(?:{zm}|{rel_zh})月(?:份)?的?(?:(?P<back>倒数)?第{z}|最后一)天", lambda f: piece_of((-1 if f.text("back") else 1) * int(f["z"]) if f["z"] else -1, "day", _place(_month_within(f))), "十一月的最后一天", "2026-11-30"),
    Rule(r"{zm}月(?:份)?的?(?P<l>前|头|最后|后){z}(?P<u>天|日|个?星期|周)(?![前后内])", lambda f: _first_days(int(f["z"]), _UNIT_OF[f.text("u")[-1]], _place(_month_within(f)), last=f.text("l") in ("最后", "后")) if f["z"] != 1 or f.text("u") in "天日" else None, "三月前十天", "2027-03-01/2027-03-11"),
    Rule(r"(?:(?:{zy}|{zy2})年|{year_zh})的?(?P<nth>第{z}|最后一)个?{weekday_zh}", lambda f: nth_in(-1 if f.text("nth")[0] == "最" else int(f["z"]), f["weekday_zh"], _place(whole_year(year) if (year := _year(f)) else stretch("year", f["year_zh"] or 0))), "2027年第一个周一", "2027-01-04"),
    Rule(r"(?:(?:{zy}|{zy2})年|{year_zh})?(?P<two>一二|二三|三四|四五|五六|六七|七八|八九|九十)月(?:份)?", _two_months, "明年二三月份", "2027-02-01/2027-04-01"),
    Rule(r"(?:{zy}|{zy2})(?:财年|财政年度)", lambda f: whole_year(year) if (year := _year(f)) else None, "2027财年", "2027-01-01"),
    Rule(r"今明(?:两|二|2)天|这(?:两|二|2|几|三)天(?:内|里|之内)?(?![前的后])", lambda f: _these_days(3 if "几" in f.text() or "三" in f.text() else 2), "今明两天给报价", "2026-11-18/2026-11-20"),
    Rule(r"(?:(?:{zy}|{zy2})年|{year_zh})?(?:{zm}|{rel_zh})月(?:份)?的?(?P<nth>第{z}|最后一)个?(?:周(?![一二三四五六日])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天]))", _nth_week, "下月第二周", "2026-12-14"),
    Rule(r"(?:{year_zh}的?)?第{z}周(?![一二三四五六日])", lambda f: piece_of(int(f["z"]), "week", _place(stretch("year", f["year_zh"] or 0))) if 5 < f["z"] <= 53 else None, "第50周上线", "2026-12-07"),
    Rule(r"(?:(?:{zy}|{zy2})年|{year_zh})?(?:{zm}月|{rel_zh}月)(?:份)?(?P<edge>上旬|中旬)[到至-](?P<last>中旬|下旬)", lambda f: edge(f"{_EDGE_ZH[f.text('edge')]} {_EDGE_ZH[f.text('last')]}", _place(_month_within(f))), "3月上旬到中旬", "2027-03-01/2027-03-21"),
    Rule(r"(?<![月年个])(?P<edge>上旬|中旬|下旬)", lambda f: edge(_EDGE_ZH[f.text("edge")], _place(stretch("month", 0))), "下旬交货", "2026-11-21/2026-12-01"),
    Rule(r"(?:{zy}|{zy2})年第?{z}周", lambda f: _week_of_year(year, int(f["z"])) if (year := _year(f)) else None, "2027年第3周", "2027-01-18"),
    Rule(r"(?:(?:{zy}|{zy2})年|{year_zh})的?第{z}个?(?P<u>月|天)", lambda f: _nth_of_year(f), "2027年第三个月", "2027-03-01"),
    Rule(r"(?P<w>这周|本周|上周|下周|这个月|本月|上月|上个月|下月|下个月|今年|去年|明年)的?(?P<l>前|头|最后|后){z}(?P<u>天|日|个?星期|周|个?月)(?![前后内])", lambda f: _head_or_tail(f), "下个月前三天", "2026-12-01/2026-12-04"),
    Rule(r"(?:{zy}|{zy2}) ?年的?(?P<l>前|头|最后|后) ?{z} ?(?P<u>天|日|周|个?月)(?![前后内])", lambda f: _head_or_tail(f), "2027年最后两个月", "2027-11-01/2028-01-01"),
    Rule(r"(?:未来|今后|接下来)的?{z}(?P<u>天|日|周|个?星期|个?礼拜|个月|个?季度|年)(?:内|里|之内|以内)?", lambda f: _from_today(f), "未来两周", "2026-11-18/2026-12-03"),
    Rule(r"(?<![一最])(?P<way>之后的?|下|后){z}(?P<u>天|日|周|个?星期|个?礼拜|个月|个?季度|年)(?:内|里|之内|以内)?", lambda f: _next_run(f), "下两周", "2026-11-23/2026-12-07"),
    Rule(r"(?P<way>前|上)的?{z}(?P<u>天|日|周|个?星期|个?礼拜|个?月|个?季度|年)(?![前后]|以前|之前)(?:内|里|之内|以内)?", lambda f: _last_run(f), "前三个季度", "2026-01-01/2026-10-01"),
    Rule(r"(?:(?:{zy}|{zy2}) ?年|{year_zh})?{zm} ?月? ?[-~到至] ?{zm:b} ?月(?:份)?(?!\d|[一二三四五六七八九十初底中])", _span_of_months, "明年3-5月", "2027-03-01/2027-06-01"),
    Rule(r"(?:(?:(?:{zy}|{zy2})年|{year_zh}))?(?:农历|阴历|旧历){zm}月(?:份)?初?{zd}(?:日|号)?", _lunar_rule, "农历八月十五", "2027-09-15"),
    Rule(r"(?:(?:(?:{zy}|{zy2})年|{year_zh}))?(?:农历|阴历|大年)?(?P<lm>正|腊)月初?{zd}(?:日|号)?{zm}?", _lunar_rule, "正月初八", "2027-02-13"),
    Rule(r"(?:农历|大)?年?初{zd}(?![级中])", lambda f: _lunar(1, int(f["zd"])) if f.text()[0] in "大年" or "年" in f.text() else None, "大年初五", "2027-02-10"),
    Rule(r"(?:农历|阴历|(?<![月年周大当最起本之自农正腊高]))(?P<x>初(?:[四五六七八九十]|[一二三](?!年级|[上下]|的?(?:学|家长|老师|班|课|数|语|英|物|化|毕业)))|廿[一二三四五六七八九])(?![级中年月班个回])", lambda f: _bare_lunar(f.text("x")), "初八提醒我", "2026-12-16"),
    Rule(r"(?:(?:{zy}|{zy2})年|{year_zh})?(?P<lm>正|腊)月(?![一二三四五六七八九十初廿卅朔正\d])", lambda f: _lunar_month(_LUNAR_MONTHS[f.text("lm")], f["year_zh"] or 0, _year(f)), "明年正月", "2027-02-06/2027-03-08"),
    Rule(r"(?:农历|阴历){zm}月(?![一二三四五六七八九十初廿卅\d])", lambda f: _lunar_month(int(f["zm"]), 0, None), "农历九月", "2026-10-10/2026-11-09"),
)  # fmt: skip


def _bare_days(first: int, last: int) -> Piece | None:
    """ "25-27号": this month's, or the next month's when they have begun."""
    if not 1 <= first < last <= 31:
        return None
    opening = bare_day(first)

    def place(world: World) -> Period | None:
        whole = opening.place(world) if opening.place else None
        return whole and Period(whole.start, "day", whole.start + timedelta(last - first + 1))

    return day(place, "day", None, "run")


def _month_within_(f: Found) -> Piece | None:
    number: int | None = f["zm"]
    return month(int(number)) if number is not None else stretch("month", f["rel_zh"] or 0)


def _half(rel: int, which: str) -> Piece:
    def place(world: World) -> Period:
        start = date(world.today.year + rel, 1 if which == "上" else 7, 1)
        return Period(start, "month", add_months(start, 6))

    return day(place, "month", None, "half")


def _half_month(which: str) -> Piece:
    def place(world: World) -> Period:
        first = world.today.replace(day=1)
        middle = first.replace(day=16)
        return Period(first, "day", middle) if which == "上" else Period(middle, "day", add_months(first, 1))

    return day(place, "day", None, "half")


def _quarter(f: Found) -> Piece | None:
    number = "一二三四".find(f.text("q")) + 1 or int(f.text("q"))
    year = _year(f)
    rel: int | None = f["year_zh"]
    if rel is None:
        return quarter(number, year)
    return day(
        lambda world: Period(date(world.today.year + rel, number * 3 - 2, 1), "quarter"), "quarter", None, "quarter"
    )


def _year_edge(f: Found) -> Piece:
    which = {"底": "end", "末": "end", "终": "end", "初": "start", "中": "mid"}[f.text("e")]
    worths = f.names
    rel = f["year_zh"] if "year_zh" in worths else 0
    if "u" in worths and f.text("u") == "季":
        return edge(which, _place(stretch("quarter", 0)))
    year = _year(f) if "zy" in worths else None
    return edge(which, _place(whole_year(year) if year else stretch("year", rel or 0)))


def _nth_of_year(f: Found) -> Piece | None:
    year = _year(f)
    rel: int | None = f["year_zh"]
    within = _place(whole_year(year)) if year else _place(stretch("year", rel or 0))
    count = int(f["z"])
    if f.text("u") == "月":
        return piece_of(count, "month", within) if count <= 12 else None
    return piece_of(count, "day", within) if count <= 366 else None


_UNIT_OF: Final[dict[str, str]] = {
    "天": "day",
    "日": "day",
    "周": "week",
    "月": "month",
    "年": "year",
    "期": "week",
    "拜": "week",
    "度": "quarter",
}


def _head_or_tail(f: Found) -> Piece:
    unit = _UNIT_OF[f.text("u")[-1]]
    if "w" in f.names:
        word = f.text("w")
        rel = {"这": 0, "本": 0, "今": 0, "上": -1, "去": -1, "下": 1, "明": 1}[word[0]]
        unit_of = {"年": "year", "周": "week"}.get(word[-1], "month")
        within = _place(stretch(unit_of, rel))
    else:
        within = _place(whole_year(_year(f) or 2000))
    return _first_days(int(f["z"]), unit, within, last=f.text("l") in ("最后", "后"))


def _from_today(f: Found) -> Piece | None:
    return shifts.stretch(Shift(float(f["z"]), _UNIT_OF[f.text("u")[-1]]))


def _next_run(f: Found) -> Piece | None:
    return run(_UNIT_OF[f.text("u")[-1]], int(f["z"]), 1)


def _last_run(f: Found) -> Piece | None:
    if f.text("u") == "月" and f.text("way") == "上":
        return None
    unit = _UNIT_OF[f.text("u")[-1]]
    made = run(unit, int(f["z"]), -1)
    is_head = f.text("way") == "前"
    return replace(made, shift=Shift(-f["z"], unit), marks=made.marks | {"head"}) if made and is_head else made
