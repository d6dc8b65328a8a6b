# ruff: noqa: E501 -- a rule is one line
"""Holidays by the names people use, each with the rule that finds its day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from flows.understanding.grammar import Found, Rule
from flows.understanding.times.days import day, placed
from flows.understanding.times.pieces import Every, Period, Piece, World
from flows.understanding.workdays import Yearly, easter, from_lunar, next_off, nth_weekday, solar_term


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


Line = tuple[str, Yearly, str, str]

ENGLISH: Final[tuple[Line, ...]] = (
    (r"new year'?s? eve", fixed(12, 31), "new year's eve", "2026-12-31"),
    (
        r"(?<!happy )(?<!parsi )(?<!islamic )(?<!jewish )"
        r"(?<!chinese )(?<!lunar )(?<!thai )new year'?s?(?: day)?(?! eve)",
        fixed(1, 1),
        "new year's day",
        "2027-01-01",
    ),
    (r"(?:martin luther king(?:,? jr\.?)?'?s?|mlk(?: jr\.?)?) day", nth(1, 0, 3), "MLK day", "2027-01-18"),
    (r"ground ?hog day", fixed(2, 2), "groundhog day", "2027-02-02"),
    (r"(?:st\.? |saint )?valentine'?s?(?: day)?", fixed(2, 14), "st. valentine's day", "2027-02-14"),
    (r"president'?s'? day|washington'?s birthday", nth(2, 0, 3), "presidents' day", "2027-02-15"),
    (r"(?:st\.?|saint) (?:patrick'?s?|paddy'?s?)(?: day)?", fixed(3, 17), "st. patrick's day", "2027-03-17"),
    (r"april fool'?s?'?(?: day)?", fixed(4, 1), "april fools' day", "2027-04-01"),
    (r"earth day", fixed(4, 22), "earth day", "2027-04-22"),
    (r"(?:international )?women'?s day", fixed(3, 8), "international women's day", "2027-03-08"),
    (r"(?:may day|international workers'? day)", fixed(5, 1), "may day", "2027-05-01"),
    (r"cinco de mayo", fixed(5, 5), "cinco de mayo", "2027-05-05"),
    (r"mother'?s'? day", nth(5, 6, 2), "mother's day", "2027-05-09"),
    (r"memorial day", nth(5, 0, -1), "memorial day", "2027-05-31"),
    (r"father'?s'? day", nth(6, 6, 3), "father's day", "2027-06-20"),
    (r"juneteenth", fixed(6, 19), "juneteenth", "2027-06-19"),
    (r"independence day", fixed(7, 4), "independence day", "2027-07-04"),
    (r"labou?r day", nth(9, 0, 1), "labour day", "2027-09-06"),
    (r"(?:columbus|indigenous peoples'?) day", nth(10, 0, 2), "columbus day", "2027-10-11"),
    (r"boss'?s?'? day", _boss, "boss's day", "2027-10-15"),
    (r"halloween|hallowe'en", fixed(10, 31), "halloween", "2027-10-31"),
    (r"veterans'? day", fixed(11, 11), "veterans' day", "2027-11-11"),
    (r"singles'? day", fixed(11, 11), "singles' day", "2027-11-11"),
    (r"thanks ?giving(?: day)?", nth(11, 3, 4), "thanksgiving", "2026-11-26"),
    (r"black friday", nth(11, 3, 4, 1), "black friday", "2026-11-27"),
    (r"cyber monday", nth(11, 3, 4, 4), "cyber monday", "2026-11-30"),
    (r"(?:christmas|xmas) eve", fixed(12, 24), "christmas eve", "2026-12-24"),
    (
        r"(?:christmas|xmas|x-mas)(?: day)?(?! (?:eve|party|parties|dinner|lunch|do|drinks|cards?|gifts?|hampers?|presents?|bash|bonus)(?![a-z]))",
        fixed(12, 25),
        "christmas day",
        "2026-12-25",
    ),
    (r"boxing day", fixed(12, 26), "boxing day", "2026-12-26"),
    (r"good friday", from_easter(-2), "good friday", "2027-03-26"),
    (r"(?:ash wednesday)", from_easter(-46), "ash wednesday", "2027-02-10"),
    (r"(?:shrove tuesday|mardi gras|pancake (?:day|tuesday))", from_easter(-47), "shrove tuesday", "2027-02-09"),
    (r"palm sunday", from_easter(-7), "palm sunday", "2027-03-21"),
    (r"easter(?: sunday)?(?! mon)", from_easter(0), "easter sunday", "2027-03-28"),
    (r"easter mon(?:day)?", from_easter(1), "easter monday", "2027-03-29"),
    (r"ascension day", from_easter(39), "ascension day", "2027-05-06"),
    (r"pentecost|whit sunday", from_easter(49), "pentecost", "2027-05-16"),
    (r"whit monday", from_easter(50), "whit monday", "2027-05-17"),
    (r"orthodox easter(?: sunday)?", from_easter(0, True), "orthodox easter sunday", "2027-05-02"),
    (r"orthodox (?:good|great) friday", from_easter(-2, True), "orthodox good friday", "2027-04-30"),
    (
        r"(?:chinese|lunar)(?: lunar)? new year'?s?(?: day)?|spring festival",
        lunar(1, 1),
        "lunar new year",
        "2027-02-06",
    ),
    (r"lantern festival", lunar(1, 15), "lantern festival", "2027-02-20"),
    (r"dragon boat festival", lunar(5, 5), "dragon boat festival", "2027-06-09"),
    (r"mid-?autumn(?: festival)?|moon festival", lunar(8, 15), "mid-autumn festival", "2027-09-15"),
    (r"(?:tomb[- ]sweeping day|qingming(?: festival)?)", term(6), "qingming", "2027-04-05"),
    (r"(?:china'?s? )?national day|golden week", fixed(10, 1), "china's national day", "2027-10-01"),
    (r"canada day", fixed(7, 1), "canada day", "2027-07-01"),
    (r"bastille day", fixed(7, 14), "bastille day", "2027-07-14"),
    (r"australia day", fixed(1, 26), "australia day", "2027-01-26"),
    (r"anzac day", fixed(4, 25), "anzac day", "2027-04-25"),
    (
        r"(?:king'?s day|koningsdag)",
        lambda year: date(year, 4, 26 if date(year, 4, 27).weekday() == 6 else 27),
        "king's day",
        "2027-04-27",
    ),
    (r"eid al[- ]?fitr|eid ul[- ]?fitr", religious("_IslamicLunar", "eid_al_fitr_dates"), "eid al-fitr", "2027-03-09"),
    (
        r"eid al[- ]?adha|eid ul[- ]?adha|id ul[- ]?adha|bakr[- ]id",
        religious("_IslamicLunar", "eid_al_adha_dates"),
        "eid al-adha",
        "2027-05-16",
    ),
    (r"islamic new year", religious("_IslamicLunar", "hijri_new_year_dates"), "islamic new year", "2027-06-06"),
    (r"diwali|deepavali", religious("_HinduLunisolar", "diwali_date"), "diwali", "2027-10-28"),
    (r"holi(?! ?day)", religious("_HinduLunisolar", "holi_date"), "holi", "2027-03-22"),
    (r"vesak", religious("_BuddhistLunisolar", "vesak_date"), "vesak", "2027-05-20"),
)

_NO_STREET: Final = "(?!路|街|大道|钢|中学|小学|公园|广场|村|桥|厂|农场)"
CHINESE: Final[tuple[Line, ...]] = (
    ("元旦(?:节)?", fixed(1, 1), "元旦节", "2027-01-01"),
    ("情人节", fixed(2, 14), "情人节", "2027-02-14"),
    ("(?:三八)?妇女节|三八节|女神节", fixed(3, 8), "三八妇女节", "2027-03-08"),
    ("植树节", fixed(3, 12), "植树节", "2027-03-12"),
    ("愚人节", fixed(4, 1), "愚人节", "2027-04-01"),
    ("清明(?:节)?", term(6), "清明节", "2027-04-05"),
    (
        f"(?:五一)?劳动节|(?<![块毛角千百万])五一{_NO_STREET}(?:节|假期|黄金周|长假)?",
        fixed(5, 1),
        "五一劳动节",
        "2027-05-01",
    ),
    ("(?:五四)?青年节|五四", fixed(5, 4), "五四青年节", "2027-05-04"),
    ("母亲节", nth(5, 6, 2), "母亲节", "2027-05-09"),
    (f"(?:六一)?儿童节|(?<![千百万])六一{_NO_STREET}", fixed(6, 1), "六一儿童节", "2027-06-01"),
    ("父亲节", nth(6, 6, 3), "父亲节", "2027-06-20"),
    (f"建党节|(?<![千百万])七一{_NO_STREET}", fixed(7, 1), "建党节", "2027-07-01"),
    (f"(?:八一)?建军节|(?<![千百万])八一{_NO_STREET}", fixed(8, 1), "八一建军节", "2027-08-01"),
    ("教师节", fixed(9, 10), "教师节", "2027-09-10"),
    ("国庆(?:节|长假|假期)?|十一(?:假期|长假|黄金周)", fixed(10, 1), "国庆节", "2027-10-01"),
    ("万圣节(?:前夜)?", fixed(10, 31), "万圣节前夜", "2027-10-31"),
    ("双(?:十一|11)|光棍节", fixed(11, 11), "双十一", "2027-11-11"),
    ("双(?:十二|12)", fixed(12, 12), "双十二", "2026-12-12"),
    ("感恩节", nth(11, 3, 4), "感恩节", "2026-11-26"),
    ("黑色?星期五|黑五", nth(11, 3, 4, 1), "黑色星期五", "2026-11-27"),
    ("平安夜|圣诞前夜", fixed(12, 24), "平安夜", "2026-12-24"),
    ("圣诞(?:节)?(?!前夜|快乐)", fixed(12, 25), "圣诞节", "2026-12-25"),
    ("618|六一八", fixed(6, 18), "618", "2027-06-18"),
    (
        "春节(?:假期|长假)?|大年初一|正月初一|农历新年|正月朔日|正月正时|过完?年(?![度货]|中)|(?<![\u3400-\u9fff0-9])年(?=[前后](?![台辈]))",
        lunar(1, 1),
        "春节假期",
        "2027-02-06",
    ),
    ("元宵(?:节)?", lunar(1, 15), "元宵节", "2027-02-20"),
    ("龙抬头", lunar(2, 2), "龙抬头", "2027-03-09"),
    ("端午(?:节)?", lunar(5, 5), "端午节", "2027-06-09"),
    ("七夕(?:节)?", lunar(7, 7), "七夕节", "2027-08-08"),
    ("中元节", lunar(7, 15), "中元节", "2027-08-16"),
    ("中秋(?:节)?", lunar(8, 15), "中秋节", "2027-09-15"),
    ("重阳(?:节)?", lunar(9, 9), "重阳节", "2027-10-08"),
    ("腊八(?:节)?", lunar(12, 8), "腊八节", "2027-01-15"),
    ("小年(?!轻)", lunar(12, 23), "小年", "2027-01-30"),
    ("除夕(?:夜(?![一二三四五六七八九十\\d]))?|大年三十|年三十|年夜", lunar_eve, "除夕夜", "2027-02-05"),
    ("复活节(?!星期一|前夜)", from_easter(0), "复活节", "2027-03-28"),
    ("复活节星期一", from_easter(1), "复活节星期一", "2027-03-29"),
    ("耶稣受难日|受难节", from_easter(-2), "耶稣受难日", "2027-03-26"),
    ("小寒", term(0), "小寒", "2027-01-05"),
    ("大寒", term(1), "大寒", "2027-01-20"),
    ("立春", term(2), "立春", "2027-02-04"),
    ("惊蛰", term(4), "惊蛰", "2027-03-06"),
    ("春分", term(5), "春分", "2027-03-21"),
    ("谷雨", term(7), "谷雨", "2027-04-20"),
    ("立夏", term(8), "立夏", "2027-05-06"),
    ("芒种", term(10), "芒种", "2027-06-06"),
    ("夏至", term(11), "夏至", "2027-06-21"),
    ("小暑", term(12), "小暑", "2027-07-07"),
    ("大暑", term(13), "大暑", "2027-07-23"),
    ("立秋", term(14), "立秋", "2027-08-08"),
    ("处暑", term(15), "处暑", "2027-08-23"),
    ("白露", term(16), "白露", "2027-09-08"),
    ("秋分", term(17), "秋分", "2027-09-23"),
    ("寒露", term(18), "寒露", "2027-10-08"),
    ("霜降", term(19), "霜降", "2027-10-23"),
    ("立冬", term(20), "立冬", "2027-11-07"),
    ("冬至", term(23), "冬至", "2026-12-22"),
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


def _in_chinese_year(yearly: Yearly, f: Found) -> Piece | None:
    if f.text("every"):
        return _every_year(yearly)
    made = _of_year(yearly, f)
    return _days_in(made, int(f["z_nth"])) if f["z_nth"] is not None else made


def _days_in(first: Piece, nth: int) -> Piece:
    """国庆第三天."""
    within = placed(first)

    def place(world: World) -> Period | None:
        found = within(world)
        return found and Period(found.start + timedelta(nth - 1), "day")

    return replace(first, place=place)


def _of_year(yearly: Yearly, f: Found) -> Piece:
    rel: int | None = f["year_zh"]
    year = f["zy"]
    if year is None and f["zy2"] is not None and len(f.text("zy2")) == 2:
        year = 2000 + int(f["zy2"]) if f["zy2"] < 70 else 1900 + int(f["zy2"])
    if rel is None:
        return holiday(yearly, int(year) if year else None, None)

    return _years_on(yearly, rel)


def _english_rule(names: str, yearly: Yearly, example: str, expected: str) -> Rule[Piece]:
    pattern = rf"(?<![a-z])(?:(?P<every>every|each) |{{rel}} )?(?:the )?(?:{names})(?: (?:public )?(?:holidays?|break)(?![a-z]))?(?P<we> weekend)?(?![a-z'])(?:,? (?:of |in )?(?:{{y}}|(?P<then>this|next|last) year))?"
    return Rule(pattern, lambda f: _in_english(yearly, f), example, expected)


def _every_year(yearly: Yearly) -> Piece | None:
    """Every Christmas; None for a day that moves, which no rule of a calendar says."""
    one, other = yearly(2027), yearly(2028)
    if one is None or other is None or (one.month, one.day) != (other.month, other.day):
        return None
    return Piece("every", every=Every("YEARLY", month=one.month, month_days=(one.day,)))


def _in_english(yearly: Yearly, f: Found) -> Piece | None:
    if f.text("every"):
        return _every_year(yearly)
    then = {"next": 1, "last": -1}.get(f.text("then"))
    made = holiday(yearly, f["y"], f["rel"]) if then is None else _years_on(yearly, then)
    return _its_weekend(made) if f.text("we") else made


def _years_on(yearly: Yearly, rel: int) -> Piece:
    def place(world: World) -> Period | None:
        found = yearly(world.today.year + rel)
        return Period(found, "day") if found else None

    return day(place, "day", None, "date", "year", "holiday")


def _its_weekend(named: Piece) -> Piece:
    """Memorial Day weekend: the weekend beside the day off, with it."""
    within = placed(named)

    def place(world: World) -> Period | None:
        found = within(world)
        if found is None:
            return None
        one, number = found.start, found.start.weekday()
        saturday = one - timedelta(number + 2) if number < 2 else one + timedelta(5 - number)
        return Period(min(saturday, one), "day", max(saturday + timedelta(2), one + timedelta(1)))

    return day(place, "day", None, "date", "year", "run")


def _chinese_rule(names: str, yearly: Yearly, example: str, expected: str) -> Rule[Piece]:
    pattern = rf"(?:(?:(?P<every>每年)|(?:{{zy}}|{{zy2}}) ?年|{{year_zh}})的?)?(?<![一二三四五六七八九])(?:{names})(?:当天|那天|放假(?=[之以]?[前后])|小长假|(?:假期)?第{{z:nth}}天)?"
    return Rule(pattern, lambda f: _in_chinese_year(yearly, f), example, expected)


def _days_off() -> Piece:
    """The next public holiday, where none is named: 节后第一天, after the holidays."""
    return day(
        lambda world: Period(off, "day") if (off := next_off(world.context)) else None,
        "day",
        None,
        "date",
        "holiday",
        "off",
    )


def _new_year() -> Piece:
    """The Spring Festival to come: 放到年后再说, in the middle of a line and whatever 了 says."""
    ahead = holiday(lunar(1, 1), None, None)
    return replace(ahead, place=lambda world: ahead.place(World(world.context, "future")) if ahead.place else None)


_NO_YEAR_END: Final = "[0-9〇零一二三四五六七八九十百千万亿两几半多整数今明去后前大全每当本新过同近往老少青中学财次翌周成童晚早暮幼来历这那哪个]"
UNNAMED: Final[tuple[Rule[Piece], ...]] = (
    Rule(rf"(?<=[\u3400-\u9fff])(?<!{_NO_YEAR_END})年(?=[前后](?![台辈几一二两三四五]))", lambda _found: _new_year(), "放到年后再说", "2027-02-12"),
    Rule(r"(?<![\u3400-\u9fff0-9])(?:节|小?长假|假期|放完?假)(?=[之以]?[前后](?![台端期面辈]))", lambda _found: _days_off(), "节后第一天", "2027-01-04"),
    Rule(r"(?<=after )the (?:public |bank |long |coming |next )?holidays?(?! (?:season|party|sale|calendar))(?![a-z])", lambda _found: _days_off(), "call Acme after the holidays", "2027-01-04"),
)  # fmt: skip
RULES: Final = (
    tuple(_english_rule(*line) for line in ENGLISH) + tuple(_chinese_rule(*line) for line in CHINESE) + UNNAMED
)
