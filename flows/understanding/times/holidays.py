"""Holidays by the names people use, each with the rule that finds its day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from flows.understanding.grammar import Found, Rule
from flows.understanding.times.dates_en import day
from flows.understanding.times.pieces import Period, Piece, World
from flows.understanding.workdays import Yearly, easter, from_lunar, nth_weekday, solar_term


def fixed(month: int, number: int) -> Yearly:
    return lambda year: date(year, month, number)


def nth(month: int, weekday: int, which: int, more: int = 0) -> Yearly:
    def day_of(year: int) -> date | None:
        found = nth_weekday(year, month, weekday, which)
        return found + timedelta(more) if found else None

    return day_of


def from_easter(days: int, orthodox: bool = False) -> Yearly:
    return lambda year: easter(year, orthodox) + timedelta(days)


def lunar(month: int, number: int) -> Yearly:
    return lambda year: from_lunar(year, month, number)


def term(index: int) -> Yearly:
    return lambda year: solar_term(year, index)


def lunar_eve(year: int) -> date | None:
    """除夕 of a lunar year is the day before the next one begins."""
    first = from_lunar(year + 1, 1, 1)
    return first - timedelta(1) if first else None


def religious(calendar_name: str, method: str) -> Yearly:
    """A holiday from the calendars of the `holidays` library."""

    def day_of(year: int) -> date | None:
        import holidays.calendars as calendars

        answer = getattr(getattr(calendars, calendar_name)(), method)(year)
        several = [answer] if isinstance(answer, tuple) and isinstance(answer[0], date) else list(answer or ())
        dates = [one[0] if isinstance(one, tuple) else one for one in several]
        return next((one for one in dates if isinstance(one, date) and one.year == year), None)

    return day_of


def _boss(year: int) -> date:
    day_of = date(year, 10, 16)
    return day_of + timedelta({5: -1, 6: 1}.get(day_of.weekday(), 0)) if day_of.weekday() > 4 else day_of


ENGLISH: Final[tuple[tuple[str, Yearly], ...]] = (
    (r"new year'?s? eve", fixed(12, 31)),
    (r"new year'?s?(?: day)?(?! eve)", fixed(1, 1)),
    (r"(?:martin luther king(?:,? jr\.?)?'?s?|mlk(?: jr\.?)?) day", nth(1, 0, 3)),
    (r"ground ?hog day", fixed(2, 2)),
    (r"(?:st\.? |saint )?valentine'?s?(?: day)?", fixed(2, 14)),
    (r"president'?s'? day|washington'?s birthday", nth(2, 0, 3)),
    (r"(?:st\.?|saint) (?:patrick'?s?|paddy'?s?)(?: day)?", fixed(3, 17)),
    (r"april fool'?s?'?(?: day)?", fixed(4, 1)),
    (r"earth day", fixed(4, 22)),
    (r"(?:international )?women'?s day", fixed(3, 8)),
    (r"(?:may day|international workers'? day)", fixed(5, 1)),
    (r"cinco de mayo", fixed(5, 5)),
    (r"mother'?s'? day", nth(5, 6, 2)),
    (r"memorial day", nth(5, 0, -1)),
    (r"father'?s'? day", nth(6, 6, 3)),
    (r"juneteenth", fixed(6, 19)),
    (r"independence day", fixed(7, 4)),
    (r"labou?r day", nth(9, 0, 1)),
    (r"(?:columbus|indigenous peoples'?) day", nth(10, 0, 2)),
    (r"boss'?s?'? day", _boss),
    (r"halloween|hallowe'en", fixed(10, 31)),
    (r"veterans'? day", fixed(11, 11)),
    (r"singles'? day", fixed(11, 11)),
    (r"thanks ?giving(?: day)?", nth(11, 3, 4)),
    (r"black friday", nth(11, 3, 4, 1)),
    (r"cyber monday", nth(11, 3, 4, 4)),
    (r"(?:christmas|xmas) eve", fixed(12, 24)),
    (r"(?:christmas|xmas|x-mas)(?: day)?(?! eve)", fixed(12, 25)),
    (r"boxing day", fixed(12, 26)),
    (r"good friday", from_easter(-2)),
    (r"(?:ash wednesday)", from_easter(-46)),
    (r"(?:shrove tuesday|mardi gras|pancake (?:day|tuesday))", from_easter(-47)),
    (r"palm sunday", from_easter(-7)),
    (r"easter(?: sunday)?(?! mon)", from_easter(0)),
    (r"easter mon(?:day)?", from_easter(1)),
    (r"ascension day", from_easter(39)),
    (r"pentecost|whit sunday", from_easter(49)),
    (r"whit monday", from_easter(50)),
    (r"orthodox easter(?: sunday)?", from_easter(0, True)),
    (r"orthodox (?:good|great) friday", from_easter(-2, True)),
    (r"(?:chinese|lunar)(?: lunar)? new year'?s?(?: day)?|spring festival", lunar(1, 1)),
    (r"lantern festival", lunar(1, 15)),
    (r"dragon boat festival", lunar(5, 5)),
    (r"mid-?autumn(?: festival)?|moon festival", lunar(8, 15)),
    (r"(?:tomb[- ]sweeping day|qingming(?: festival)?)", term(6)),
    (r"(?:china'?s? )?national day|golden week", fixed(10, 1)),
    (r"canada day", fixed(7, 1)),
    (r"bastille day", fixed(7, 14)),
    (r"australia day", fixed(1, 26)),
    (r"anzac day", fixed(4, 25)),
    (r"(?:king'?s day|koningsdag)", lambda year: date(year, 4, 26 if date(year, 4, 27).weekday() == 6 else 27)),
    (r"eid al[- ]?fitr|eid ul[- ]?fitr", religious("_IslamicLunar", "eid_al_fitr_dates")),
    (r"eid al[- ]?adha|eid ul[- ]?adha|id ul[- ]?adha|bakr[- ]id", religious("_IslamicLunar", "eid_al_adha_dates")),
    (r"islamic new year", religious("_IslamicLunar", "hijri_new_year_dates")),
    (r"diwali|deepavali", religious("_HinduLunisolar", "diwali_date")),
    (r"holi(?! ?day)", religious("_HinduLunisolar", "holi_date")),
    (r"vesak", religious("_BuddhistLunisolar", "vesak_date")),
)

CHINESE: Final[tuple[tuple[str, Yearly], ...]] = (
    ("元旦(?:节)?", fixed(1, 1)),
    ("情人节", fixed(2, 14)),
    ("(?:三八)?妇女节|三八节|女神节", fixed(3, 8)),
    ("植树节", fixed(3, 12)),
    ("愚人节", fixed(4, 1)),
    ("清明(?:节)?", term(6)),
    ("(?:五一)?劳动节|五一(?:节|假期|黄金周|长假)?", fixed(5, 1)),
    ("(?:五四)?青年节|五四", fixed(5, 4)),
    ("母亲节", nth(5, 6, 2)),
    ("(?:六一)?儿童节|六一", fixed(6, 1)),
    ("父亲节", nth(6, 6, 3)),
    ("建党节|七一", fixed(7, 1)),
    ("(?:八一)?建军节|八一", fixed(8, 1)),
    ("教师节", fixed(9, 10)),
    ("国庆(?:节|长假|假期)?|十一(?:假期|长假|黄金周)", fixed(10, 1)),
    ("万圣节(?:前夜)?", fixed(10, 31)),
    ("双(?:十一|11)|光棍节", fixed(11, 11)),
    ("双(?:十二|12)", fixed(12, 12)),
    ("感恩节", nth(11, 3, 4)),
    ("黑色?星期五|黑五", nth(11, 3, 4, 1)),
    ("平安夜|圣诞前夜", fixed(12, 24)),
    ("圣诞(?:节)?(?!前夜|快乐)", fixed(12, 25)),
    ("618|六一八", fixed(6, 18)),
    ("春节(?:假期|长假)?|大年初一|正月初一|农历新年|正月朔日|正月正时|过年", lunar(1, 1)),
    ("元宵(?:节)?", lunar(1, 15)),
    ("龙抬头", lunar(2, 2)),
    ("端午(?:节)?", lunar(5, 5)),
    ("七夕(?:节)?", lunar(7, 7)),
    ("中元节", lunar(7, 15)),
    ("中秋(?:节)?", lunar(8, 15)),
    ("重阳(?:节)?", lunar(9, 9)),
    ("腊八(?:节)?", lunar(12, 8)),
    ("小年(?!轻)", lunar(12, 23)),
    ("除夕(?:夜)?|大年三十|年三十|年夜", lunar_eve),
    ("复活节(?!星期一|前夜)", from_easter(0)),
    ("复活节星期一", from_easter(1)),
    ("耶稣受难日|受难节", from_easter(-2)),
    *(
        (f"{name}(?![一-鿿]*节气表)", term(index))
        for index, name in enumerate(
            "小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至".split()
        )
        if name not in ("清明", "小满", "雨水")
    ),
)


def holiday(yearly: Yearly, year: int | None, rel: int | None) -> Piece:
    """The next such day, or the last after words that look back; of a year when one is said."""

    def place(world: World) -> Period | None:
        today = world.today
        if year is not None or rel == 0:
            found = yearly(year or today.year)
            return Period(found, "day") if found else None
        days = [one for step in (-1, 0, 1, 2) if (one := yearly(today.year + step))]
        if rel == -1 or world.mood == "past":
            return Period([one for one in days if one < today or (rel is None and one == today)][-1], "day")
        return next((Period(one, "day") for one in days if one >= today), None)

    return day(place, "day", None, "date", "year", "holiday")


def _in_chinese_year(yearly: Yearly, f: Found) -> Piece:
    rel: int | None = f["year_zh"]
    year = f["zy"]
    if year is None and f["zy2"] is not None and len(f.text("zy2")) == 2:
        year = 2000 + int(f["zy2"]) if f["zy2"] < 70 else 1900 + int(f["zy2"])
    if rel is None:
        return holiday(yearly, int(year) if year else None, None)

    def place(world: World) -> Period | None:
        found = yearly(world.today.year + rel)
        return Period(found, "day") if found else None

    return day(place, "day", None, "date", "year", "holiday")


def _english_rule(names: str, yearly: Yearly) -> Rule[Piece]:
    plain = _example(names)
    make: Callable[[Found], Piece] = lambda f: holiday(yearly, f["y"], f["rel"])  # noqa: E731
    pattern = rf"(?<![a-z])(?:{{rel}} )?(?:the )?(?:{names})(?![a-z'])(?: (?:of |in )?(?:{{y}}|this year))?"
    return Rule(pattern, make, f"after {plain}", _next_day(yearly))


def _chinese_rule(names: str, yearly: Yearly) -> Rule[Piece]:
    pattern = rf"(?:(?:{{zy}}|{{zy2}}) ?年|{{year_zh}})?的?(?:{names})(?:当天|那天)?"
    return Rule(pattern, lambda f: _in_chinese_year(yearly, f), _example(names), _next_day(yearly))


def _example(names: str) -> str:
    """The plainest way to write the first name of a pattern."""
    import re

    first = re.split(r"\|(?![^(]*\))", names)[0]
    first = re.sub(r"\(\?![^()]*\)", "", first)
    for _ in range(3):
        first = re.sub(r"\((?:\?:)?([^()|]*)(?:\|[^()]*)?\)\??", r"\1", first)
    return re.sub(r"\\?(.)\?", r"\1", first).replace("\\", "")


def _next_day(yearly: Yearly) -> str:
    return "holiday"


RULES: Final = tuple(_english_rule(*line) for line in ENGLISH) + tuple(_chinese_rule(*line) for line in CHINESE)
