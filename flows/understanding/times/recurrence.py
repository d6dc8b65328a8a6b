# ruff: noqa: E501 -- a rule is one line
"""What comes again and again, as the fields of an RFC 5545 rule."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from flows.understanding.grammar import Found, Rule
from flows.understanding.times.pieces import Clock, Every, Piece, World, add_months, real_date
from flows.understanding.vocabulary import KINDS
from flows.understanding.workdays import nth_weekday

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKWEEK: Final = DAYS[:5]
_WEEKEND: Final = DAYS[5:]
_FREQ: Final = {
    "day": ("DAILY", 1),
    "week": ("WEEKLY", 1),
    "fortnight": ("WEEKLY", 2),
    "month": ("MONTHLY", 1),
    "quarter": ("MONTHLY", 3),
    "year": ("YEARLY", 1),
    "hour": ("HOURLY", 1),
    "minute": ("MINUTELY", 1),
    "decade": ("YEARLY", 10),
}
_OFTEN: Final = {
    "daily": ("DAILY", 1), "everyday": ("DAILY", 1), "weekly": ("WEEKLY", 1), "biweekly": ("WEEKLY", 2),
    "bi-weekly": ("WEEKLY", 2), "fortnightly": ("WEEKLY", 2), "monthly": ("MONTHLY", 1), "bimonthly": ("MONTHLY", 2),
    "bi-monthly": ("MONTHLY", 2), "quarterly": ("MONTHLY", 3), "yearly": ("YEARLY", 1), "annually": ("YEARLY", 1),
    "annual": ("YEARLY", 1), "semiannual": ("MONTHLY", 6), "semi-annual": ("MONTHLY", 6), "semiannually": ("MONTHLY", 6),
    "biannual": ("MONTHLY", 6), "biannually": ("MONTHLY", 6), "hourly": ("HOURLY", 1), "nightly": ("DAILY", 1),
}  # fmt: skip


def every(freq: str, interval: int = 1, **more: object) -> Piece | None:
    if not 1 <= interval <= 999:
        return None
    return Piece("every", every=Every(freq, interval, **more))  # type: ignore[arg-type]


def _by_unit(unit: str, count: int) -> Piece | None:
    if unit == "workday":
        return every("WEEKLY", 1, days=_WORKWEEK)
    if unit == "weekend":
        return every("WEEKLY", count, days=_WEEKEND)
    if unit not in _FREQ:
        return None
    freq, step = _FREQ[unit]
    return every(freq, step * count)


def _weekdays(f: Found) -> tuple[str, ...]:
    """All weekdays named in the match, in the order of the week."""
    table = KINDS["weekday"][1]
    names = re.findall(r"[a-z]+", f.text("all"))
    found = {
        table(name.removesuffix("s") if name not in ("tues", "thurs", "weds") else name)
        for name in names
        if name not in ("and", "or", "on", "every", "each")
    }
    return tuple(DAYS[number] for number in sorted(found))


def _from_to(f: Found) -> Piece | None:
    first = f["weekday"] if f["weekday"] is not None else f["weekday_c"]
    last = f["weekday_b"] if f["weekday_b"] is not None else f["weekday_e"]
    return every("WEEKLY", 1, days=DAYS[first : last + 1]) if first < last else None


_DAY_NAMES: Final = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|thu|fri|sat|sun)s?(?![a-z])"
)
_LIST: Final = rf"(?P<all>{_DAY_NAMES}(?: ?(?:,|/|and|&|or|, and) ?{_DAY_NAMES}){{0,6}})"
_OFTEN_WORDS: Final = "|".join(sorted(_OFTEN, key=len, reverse=True))


def _zh_days(words: str) -> tuple[str, ...]:
    found = {
        "一二三四五六日".find(mark.replace("天", "日").replace("末", "六"))
        for mark in words
        if mark in "一二三四五六日天末"
    }
    found |= {int(mark) - 1 for mark in words if mark in "1234567"}
    return tuple(DAYS[number] for number in sorted(found) if number >= 0)


_ZH_UNIT: Final = (
    r"(?P<u>天|日|周|星期|个星期|礼拜|个礼拜|个?月|个?季度?|年|半年|小时|个小时|分钟|个?工作日|个?交易日|周末)"
)
_ZH_UNIT_OF: Final = {
    "天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month", "季度": "quarter", "季": "quarter",
    "年": "year", "小时": "hour", "分钟": "minute", "工作日": "workday", "交易日": "workday", "周末": "weekend",
}  # fmt: skip


def _zh_unit(f: Found, count: int) -> Piece | None:
    word = f.text("u").removeprefix("个")
    if word == "半年":
        return every("MONTHLY", 6 * count)
    return _by_unit(_ZH_UNIT_OF[word], count)


def _month_day(number: int) -> Piece | None:
    return every("MONTHLY", 1, month_days=(number,)) if 1 <= number <= 31 else None


def _month_days(*numbers: int) -> Piece | None:
    days = tuple(sorted(set(numbers)))
    return every("MONTHLY", 1, month_days=days) if days[0] >= 1 and days[-1] <= 31 else None


def _nth_workday(nth: int) -> Piece | None:
    return every("MONTHLY", 1, days=_WORKWEEK, nth=nth) if -5 <= nth <= 23 and nth else None


def _nth_day(nth: int, weekday: int) -> Piece | None:
    return every("MONTHLY", 1, days=(f"{nth}{DAYS[weekday]}",)) if -5 <= nth <= 5 and nth else None


EVENTS: Final = r"(?:meeting|mtg|call|demo|visit|lunch|slot|session|appointment|sync|review|zoom|catch-?up|qbr|kick-?off|workshop|training|webinar|dinner|coffee|breakfast|check-?in|stand-?up|presentation|pitch|tour|audit|inspection|interview)(?![a-z])"
"""What is held once, on a day that stands before it: mondays meeting, Tuesday's QBR."""
ENGLISH: Final[tuple[Rule[Piece], ...]] = (
    Rule(r"(?<![a-z])(?:every|each|any(?! ?days?(?![a-z]))) (?:single )?{unit}", lambda f: _by_unit(f["unit"], 1), "every week", "FREQ=WEEKLY"),
    Rule(r"(?<![a-z])every (?:other|second|alternate) {unit}", lambda f: _by_unit(f["unit"], 2), "every other month", "FREQ=MONTHLY;INTERVAL=2"),
    Rule(r"(?<![a-z])every {n} {unit}", lambda f: _by_unit(f["unit"], int(f["n"])), "every 3 weeks", "FREQ=WEEKLY;INTERVAL=3"),
    Rule(r"(?<![a-z])(?:(?:every|each) {weekday} ?(?:-|to|through) ?{weekday:b}|{weekday:c} ?(?:-|to|through) ?{weekday:e},? (?:every|each) week)", lambda f: _from_to(f), "every Mon-Fri", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    Rule(rf"(?<![a-z])(?:every|each) {_LIST}", lambda f: every("WEEKLY", 1, days=_weekdays(f)), "every Mon and Thu", "FREQ=WEEKLY;BYDAY=MO,TH"),
    Rule(rf"(?<![a-z])every (?:{{n}} weeks?|(?:other|second|2nd|alternate) week),? (?:on )?(?:an? )?{_LIST}", lambda f: every("WEEKLY", int(f["n"] or 2), days=_weekdays(f)), "every 3 weeks on Tuesday", "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU"),
    Rule(rf"(?<![a-z])every (?:other|second|2nd|alternate) {_LIST}", lambda f: every("WEEKLY", 2, days=_weekdays(f)), "every other Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
    Rule(r"(?:on )?(?P<all>{weekdays}(?!(?<!on [a-z]{7})(?<!on [a-z]{8})(?<!on [a-z]{9})(?<!on [a-z]{10}) (?:[a-z]+ ){0,2}"+ EVENTS + r")(?: ?(?:,|/|and|&|or) ?{weekdays:b})?)", lambda f: every("WEEKLY", 1, days=_weekdays(f)), "calls on Mondays", "FREQ=WEEKLY;BYDAY=MO"),
    Rule(r"(?<![a-z]){weekday} (?P<p>mornings|afternoons|evenings|nights)(?![a-z])", lambda f: every("WEEKLY", 1, days=(DAYS[f["weekday"]],), part=f.text("p")[:-1]), "Friday mornings", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=9;BYMINUTE=0"),
    Rule(r"(?<![a-z])(?:every|each) {part}", lambda f: every("DAILY", 1, part=f["part"]), "every morning", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0"),
    Rule(r"(?<![a-z])(?:every|each) (?:week|work|business|working)[ ]?days?(?![a-z])", lambda f: every("WEEKLY", 1, days=_WORKWEEK), "every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    Rule(r"(?:on )?(?<![a-z])weekends(?![a-z])", lambda f: every("WEEKLY", 1, days=_WEEKEND), "closed weekends", "FREQ=WEEKLY;BYDAY=SA,SU"),
    Rule(r"(?:on )?(?<![a-z])weekdays(?![a-z])", lambda f: every("WEEKLY", 1, days=_WORKWEEK), "open weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    Rule(rf"(?<![a-z])(?P<o>{_OFTEN_WORDS})(?![a-z])(?! (?:report|recurring|revenue|fee|subscription|price|plan|cost|license|newsletter|spend|budget|active))", lambda f: every(*_OFTEN[f.text("o")]), "sync weekly", "FREQ=WEEKLY"),
    Rule(rf"(?<![a-z])(?P<o>{_OFTEN_WORDS}) on (?:the )?{{ord}}", lambda f: _month_day(f["ord"]), "monthly on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
    Rule(rf"(?<![a-z])(?P<o>weekly|biweekly|bi-weekly|fortnightly),? (?:on )?{_LIST}", lambda f: every(*_OFTEN[f.text("o")], days=_weekdays(f)), "weekly on Tue", "FREQ=WEEKLY;BYDAY=TU"),
    Rule(r"(?<![a-z])once (?:a|an|every|per) {unit}", lambda f: _by_unit(f["unit"], 1), "sync once a week", "FREQ=WEEKLY"),
    Rule(r"(?<![a-z])once every {n} {unit}", lambda f: _by_unit(f["unit"], int(f["n"])), "sync once every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"),
    Rule(r"(?:on )?(?:the )?{ord} (?:day )?of (?:each|every) month", lambda f: _month_day(f["ord"]), "invoice on the 5th of each month", "FREQ=MONTHLY;BYMONTHDAY=5"),
    Rule(r"(?:twice (?:a|every|each) month|every month|each month|monthly),? on (?:the )?{ord} (?:and|&) (?:the )?{ord:b}", lambda f: _month_days(f["ord"], f["ord_b"]), "twice a month on the 1st and 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
    Rule(r"(?:on )?(?:the )?{ord} (?:and|&) (?:the )?{ord:b} (?:day )?of (?:each|every) month", lambda f: _month_days(f["ord"], f["ord_b"]), "on the 1st and 15th of each month", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
    Rule(r"every (?:{n}|other|second|alternate) months?,? on (?:the )?{ord}", lambda f: every("MONTHLY", int(f["n"] or 2), month_days=(f["ord"],)) if 1 <= f["ord"] <= 31 else None, "every other month on the 10th", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=10"),
    Rule(r"(?:every|each) {ord} of the month", lambda f: _month_day(f["ord"]), "every 10th of the month", "FREQ=MONTHLY;BYMONTHDAY=10"),
    Rule(r"(?:every|each) month on (?:the )?{ord}", lambda f: _month_day(f["ord"]), "every month on the 5th", "FREQ=MONTHLY;BYMONTHDAY=5"),
    Rule(r"(?:on )?(?:the )?{nth} {weekday} of (?:each|every) month", lambda f: _nth_day(f["nth"], f["weekday"]), "the first Monday of every month", "FREQ=MONTHLY;BYDAY=1MO"),
    Rule(r"(?<![a-z])(?:every|each) {nth} {weekday}(?: of the month)?", lambda f: _nth_day(f["nth"], f["weekday"]) if f["nth"] != 2 or "month" in f.text() else None, "every first Monday", "FREQ=MONTHLY;BYDAY=1MO"),
    Rule(r"(?:(?:on )?(?:the )?last day of (?:each|every) month|(?:every month|each month|monthly),? on the last day(?: of the month)?)", lambda f: every("MONTHLY", 1, month_days=(-1,)), "last day of every month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    Rule(r"(?:on )?(?:the )?{nth} (?:working|business|work) ?day of (?:each|every) month", lambda f: _nth_workday(f["nth"]), "the first working day of every month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
    Rule(r"(?:yearly|annually|every year|each year|once a year),? (?:on )?(?:the )?(?:{month} (?:the )?(?:{d}|{ord})|(?:{d:b}|{ord:b})(?: of)? {month:b})", lambda f: every("YEARLY", 1, month=f["month"] or f["month_b"], month_days=(f["d"] or f["ord"] or f["d_b"] or f["ord_b"],)), "yearly on March 1", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1"),
    Rule(r"(?:yearly|annually|every year|each year|once a year),? in {month}", lambda f: every("YEARLY", 1, month=f["month"]), "every year in March", "FREQ=YEARLY;BYMONTH=3"),
    Rule(r"(?:monthly|every month|each month|once a month),? (?:on )?(?:the )?{nth} {weekday}", lambda f: _nth_day(f["nth"], f["weekday"]), "monthly, last Friday", "FREQ=MONTHLY;BYDAY=-1FR"),
    Rule(rf"(?<![a-z])every fortnight,? (?:on )?(?:an? )?{_LIST}", lambda f: every("WEEKLY", 2, days=_weekdays(f)), "every fortnight on Wednesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
    Rule(r"(?<![a-z])(?:every|each) half[- ]?year|(?<![a-z])half[- ]yearly(?![a-z])", lambda f: every("MONTHLY", 6), "every half year", "FREQ=MONTHLY;INTERVAL=6"),
    Rule(r"(?:every|each) {month} (?:{d}|{ord})", lambda f: every("YEARLY", 1, month=f["month"], month_days=(f["d"] or f["ord"],)), "every March 5", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5"),
)  # fmt: skip
CHINESE: Final[tuple[Rule[Piece], ...]] = (
    Rule(r"(?:每|逢)(?:个|一)?" + _ZH_UNIT + r"(?!一|二|三|四|五|六|日|天|末)(?![个\d]*(?:月|次|套|人|台|万|元|块|分|点位))", lambda f: _zh_unit(f, 1), "每天早上打卡", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0"),
    Rule(r"每(?:一)?{z} ?" + _ZH_UNIT, lambda f: _zh_unit(f, int(f["z"])), "每两周同步", "FREQ=WEEKLY;INTERVAL=2"),
    Rule(r"每?(?:间隔|隔){z}" + _ZH_UNIT, lambda f: _zh_unit(f, int(f["z"])), "每隔3天看一次", "FREQ=DAILY;INTERVAL=3"),
    Rule(r"每?隔(?:一)?(?P<u>周|天|月|年)(?!后|再)", lambda f: _zh_unit(f, 2), "隔周例会", "FREQ=WEEKLY;INTERVAL=2"),
    Rule(r"(?:每个?|逢)(?:周|星期|礼拜)(?P<all>[一二三四五六日天1-7](?![次趟回遍])(?:[、,，和及]?(?:周|星期)?[一二三四五六日天1-7](?![点:\d套个台次趟]))*)", lambda f: every("WEEKLY", 1, days=_zh_days(f.text("all"))), "每周一三五晨会", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
    Rule(r"(?:每隔一周|隔周)的?(?:周|星期)(?P<all>[一二三四五六日天])", lambda f: every("WEEKLY", 2, days=_zh_days(f.text("all"))), "隔周周五例会", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
    Rule(r"(?:每隔|每|隔){z}(?:周|个?星期|个?礼拜)的?(?:周|星期|礼拜)(?P<all>[一二三四五六日天](?:[、,，和及]?(?:周|星期)?[一二三四五六日天](?![点:\d套个台]))*)", lambda f: every("WEEKLY", int(f["z"]), days=_zh_days(f.text("all"))), "每隔两周的周五例会", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
    Rule(r"(?:每天?周一[到至-]周?五(?:的?每天)?|周一[到至-]周?五的?每天|工作日的?每天|每天工作日)", lambda f: every("WEEKLY", 1, days=_WORKWEEK), "周一到周五每天晨会", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    Rule(r"每{z}个月的?{zd}(?:日|号)", lambda f: every("MONTHLY", int(f["z"]), month_days=(int(f["zd"]),)), "每两个月15号对账", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15"),
    Rule(r"双周(?:的?周|的?星期)?(?P<all>[一二三四五六日天])(?![次个])", lambda f: every("WEEKLY", 2, days=_zh_days(f.text("all"))), "双周周二例会", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    Rule(r"每个?" + _ZH_UNIT + "一(?:次|趟|回|遍)", lambda f: _zh_unit(f, 1), "提醒我每周一次跟进", "FREQ=WEEKLY"),
    Rule(r"每个?(?:周|星期|礼拜)(?=[一二两三四五六七八九十\d]{1,2}(?:次|趟|回|遍))", lambda f: every("WEEKLY"), "每周三次例会", "FREQ=WEEKLY"),
    Rule(r"(?<![上下这本每周])(?:周|星期)(?P<all>[一二三四五六日]{3,6})(?=[上下中早晚都开例晨有，, ]|$)", lambda f: every("WEEKLY", 1, days=_zh_days(f.text("all"))) if list(f.text("all")) == sorted(f.text("all"), key="一二三四五六日".index) else None, "周一三五晨会", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
    Rule(r"每隔?半个?月", lambda f: every("DAILY", 15), "每半个月对账", "FREQ=DAILY;INTERVAL=15"),
    Rule(r"每个?月的?{zd}(?:日|号)", lambda f: _month_day(int(f["zd"])), "每月15号对账", "FREQ=MONTHLY;BYMONTHDAY=15"),
    Rule(r"每个?月的?{zd}(?:日|号)?(?:[、,，和跟及]|还有){zd:b}(?:日|号)", lambda f: _month_days(int(f["zd"]), int(f["zd_b"])), "每月8号和23号对账", "FREQ=MONTHLY;BYMONTHDAY=8,23"),
    Rule(r"每个?季度?(?P<e>底|末|初|最后一天|第一天)", lambda f: every("MONTHLY", 3, month_days=(1 if f.text("e") in ("初", "第一天") else -1,)), "每季度末盘点", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
    Rule(r"每个?月(?:底|末|最后一天)", lambda f: every("MONTHLY", 1, month_days=(-1,)), "每月底对账", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    Rule(r"每个?月初", lambda f: every("MONTHLY", 1, month_days=(1,)), "每月初对账", "FREQ=MONTHLY;BYMONTHDAY=1"),
    Rule(r"每个?月(?:的)?第{z}个?{weekday_zh}", lambda f: _nth_day(int(f["z"]), f["weekday_zh"]), "每月第一个周一复盘", "FREQ=MONTHLY;BYDAY=1MO"),
    Rule(r"每个?月底?(?:的)?最后一个?{weekday_zh}", lambda f: _nth_day(-1, f["weekday_zh"]), "每月最后一个周五复盘", "FREQ=MONTHLY;BYDAY=-1FR"),
    Rule(r"每个?月(?:的)?(?:第{z}|(?P<last>最后(?:一)?|倒数第?一))个?(?:工作日|交易日)", lambda f: _nth_workday(-1 if f.text("last") else int(f["z"])), "每月最后一个工作日对账", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    Rule(r"每年的?{zm}月{zd}(?:日|号)", lambda f: every("YEARLY", 1, month=int(f["zm"]), month_days=(int(f["zd"]),)), "每年3月5号续费", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5"),
    Rule(r"每年的?{zm}月(?:份)?(?!\d|[一二三四五六七八九十])", lambda f: every("YEARLY", 1, month=int(f["zm"])), "每年3月续费", "FREQ=YEARLY;BYMONTH=3"),
    Rule(r"每(?P<p>早|晚)(?:上)?", lambda f: every("DAILY", 1, part="early" if f.text("p") == "早" else "dark"), "每晚复盘", "FREQ=DAILY;BYHOUR=20;BYMINUTE=0"),
)  # fmt: skip

RULES: Final = ENGLISH + CHINESE


def rrule(rule: Every, clock: Clock | None) -> str:
    """The rule as text, its fields in the order people know from calendars."""
    fields = [f"FREQ={rule.freq}"]
    if rule.interval > 1:
        fields.append(f"INTERVAL={rule.interval}")
    if rule.month:
        fields.append(f"BYMONTH={rule.month}")
    if rule.days:
        fields.append("BYDAY=" + ",".join(rule.days))
    if rule.month_days:
        fields.append("BYMONTHDAY=" + ",".join(map(str, rule.month_days)))
    if rule.nth:
        fields.append(f"BYSETPOS={rule.nth}")
    if clock:
        fields.append(f"BYHOUR={clock.hour % 24};BYMINUTE={clock.minute}")
    return ";".join(fields)


def first_day(rule: Every, world: World, not_today: bool) -> date:
    """The first day on which the rule holds, from today on."""
    start = world.today + timedelta(1 if not_today else 0)
    if rule.freq == "WEEKLY" and rule.days:
        return next(day for step in range(7) if DAYS[(day := start + timedelta(step)).weekday()] in rule.days)
    if rule.month:
        return _first([_in_month(year, rule) for year in range(start.year, start.year + 9)], start)
    if rule.freq == "MONTHLY" and (rule.month_days or rule.days):
        months = [add_months(start.replace(day=1), step) for step in range(14)]
        return min(
            _first([_monthly(month, one) for month in months if _is_its_month(month, one)], start)
            for one in _by_day(rule)
        )
    return start


def _by_day(rule: Every) -> Sequence[Every]:
    """A rule for each day of the month that it names."""
    return [replace(rule, month_days=(number,)) for number in rule.month_days] or [rule]


def _is_its_month(first: date, rule: Every) -> bool:
    """The end of a quarter lies in its last month, its beginning in the first."""
    if rule.interval != _FREQ["quarter"][1] or not rule.month_days:
        return True
    return first.month % 3 == (0 if rule.month_days[0] < 0 else 1)


def _first(days: Sequence[date | None], start: date) -> date:
    return next(day for day in days if day and day >= start)


def _in_month(year: int, rule: Every) -> date | None:
    return real_date(year, rule.month or 1, rule.month_days[0] if rule.month_days else 1)


def _monthly(first: date, rule: Every) -> date | None:
    if rule.month_days:
        number = rule.month_days[0]
        return add_months(first, 1) - timedelta(1) if number < 0 else real_date(first.year, first.month, number)
    if rule.nth:
        days = [first + timedelta(step) for step in range((add_months(first, 1) - first).days)]
        among = [one for one in days if DAYS[one.weekday()] in rule.days]
        return among[rule.nth - 1 if rule.nth > 0 else rule.nth]
    nth, name = int(rule.days[0][:-2]), rule.days[0][-2:]
    return nth_weekday(first.year, first.month, DAYS.index(name), nth)
