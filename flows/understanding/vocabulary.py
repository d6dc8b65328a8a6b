# ruff: noqa: E501 -- a rule is one line
"""The closed words of time and number in both languages, by kind, each with what it is worth."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from flows.understanding.numerals import DIGITS, ORDINALS, SCALES, WORDS, chinese, english

MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SHORT_DAYS: Final = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}


def _worth(**kinds: str) -> dict[str, str]:
    """Many words, one value each: minute="min mins" → {"min": "minute", "mins": "minute"}."""
    return {word.replace("_", " "): value for value, words in kinds.items() for word in words.split()}


_LONG_MONTH: Final = {name: place for place, name in enumerate(MONTHS, 1)}
_MONTH: Final = _LONG_MONTH | {name[:3]: place for name, place in _LONG_MONTH.items()} | {"sept": 9}
_WEEKDAY: Final = {name: place for place, name in enumerate(WEEKDAYS)} | _SHORT_DAYS | {"sat": 5, "sun": 6}

UNIT: Final = _worth(
    second="seconds second secs sec",
    minute="minutes minute mins min minuets",
    hour="hours hour hrs hr",
    day="days day",
    week="weeks week wks wk",
    month="months month mths mth",
    quarter="quarters quarter qtrs qtr",
    year="years year yrs yr",
    weekend="weekends weekend week-end",
    fortnight="fortnights fortnight",
    decade="decades decade",
    workday="working_days working_day business_days business_day workdays workday work_days work_day",
)
LETTER: Final = _worth(second="s", minute="m", hour="h", day="d", week="w", month="mo", year="y")
UNIT_ZH: Final = _worth(
    second="秒钟 秒",
    minute="分钟",
    hour="个小时 小时 个钟头 钟头 个钟",
    day="天 日",
    week="个星期 星期 个礼拜 礼拜 周",
    month="个月",
    quarter="个季度 季度",
    year="年",
    workday="个工作日 工作日 个交易日 交易日",
)
REL: Final = {
    **dict.fromkeys(["this", "current"], 0),
    **dict.fromkeys(["next", "nxt", "coming", "upcoming", "following"], 1),
    **dict.fromkeys(["last", "previous", "past", "prev", "prior"], -1),
}
REL_ZH: Final = {
    **dict.fromkeys(["这个", "这", "本", "今个", "当"], 0),
    **dict.fromkeys(["下一个", "下个", "下一", "下"], 1),
    **dict.fromkeys(["下下个", "下下"], 2),
    **dict.fromkeys(["上一个", "上个", "上一", "上"], -1),
    **dict.fromkeys(["上上个", "上上"], -2),
}
DAY: Final = {
    **dict.fromkeys(["today", "tdy", "2day"], 0),
    **dict.fromkeys(["tomorrow", "tmrw", "tmr", "tmw", "tomo", "2moro"], 1),
    **dict.fromkeys(["yesterday", "yday", "yest"], -1),
}
DAY_ZH: Final = {
    **dict.fromkeys(["今天", "今日", "今儿", "今儿个", "当天", "当日"], 0),
    **dict.fromkeys(["明天", "明日", "明儿", "明儿个", "听日", "次日", "翌日", "第二天", "隔天"], 1),
    **dict.fromkeys(["后天", "后日", "后儿", "后儿个"], 2),
    "大后天": 3,
    "大大后天": 4,
    **dict.fromkeys(["昨天", "昨日", "昨儿", "昨儿个", "寻日", "琴日"], -1),
    **dict.fromkeys(["前天", "前日", "前儿"], -2),
    "大前天": -3,
}
NIGHT_ZH: Final = {
    **dict.fromkeys(["今晚", "今夜"], (0, "dark")),
    **dict.fromkeys(["今早", "今晨"], (0, "early")),
    **dict.fromkeys(["明晚", "听晚"], (1, "dark")),
    **dict.fromkeys(["明早", "明晨"], (1, "early")),
    "听朝": (1, "early"),
    "后晚": (2, "dark"),
    "后早": (2, "early"),
    **dict.fromkeys(["昨晚", "昨夜", "寻晚", "琴晚"], (-1, "dark")),
    "昨早": (-1, "early"),
    "前晚": (-2, "dark"),
}
YEAR_ZH: Final = {
    **dict.fromkeys(["今年", "本年度", "本年", "这一年", "当年"], 0),
    **dict.fromkeys(["明年", "来年", "下一年"], 1),
    "后年": 2,
    **dict.fromkeys(["去年", "上年", "上一年"], -1),
    "前年": -2,
    "大前年": -3,
}
PART: Final = _worth(
    morning="morning mornings morn",
    lunch="lunchtime lunch_time lunch",
    afternoon="afternoon afternoons afternoonish arvo",
    evening="evening evenings",
    night="night-time nighttime night nights",
)
PART_ZH: Final = _worth(
    dawn="凌晨 半夜 深夜 午夜",
    early="大清早 早上 早晨 清晨 清早 早间 朝早 早",
    forenoon="上午 上昼 头晌",
    noon="中午 正午 晌午",
    afternoon="下午 午后 晏昼 下昼 下晌",
    dusk="傍晚 黄昏",
    dark="晚上 晚间 夜里 夜间 夜晚 晚",
)
_WEEKDAY_ZH: Final = (
    {mark: place for place, mark in enumerate("一二三四五六日")}
    | {"天": 6, "末": 7}
    | {str(place): place - 1 for place in range(1, 7)}
)
ZONES: Final = {
    **dict.fromkeys(["pst", "pdt", "pt"], "America/Los_Angeles"),
    **dict.fromkeys(["pacific太平洋时间"], "America/Los_Angeles"),
    **dict.fromkeys(["mst", "mdt"], "America/Denver"),
    **dict.fromkeys(["cst", "cdt"], "America/Chicago"),
    **dict.fromkeys(["est", "edt", "et"], "America/New_York"),
    **dict.fromkeys(["gmt", "utc"], "UTC"),
    **dict.fromkeys(["bst"], "Europe/London"),
    **dict.fromkeys(["cet", "cest"], "Europe/Berlin"),
    **dict.fromkeys(["ist"], "Asia/Kolkata"),
    **dict.fromkeys(["jst"], "Asia/Tokyo"),
    **dict.fromkeys(["kst"], "Asia/Seoul"),
    **dict.fromkeys(["sgt"], "Asia/Singapore"),
    **dict.fromkeys(["hkt"], "Asia/Hong_Kong"),
    **dict.fromkeys(["aest", "aedt"], "Australia/Sydney"),
}
CITIES: Final = {
    "beijing": "Asia/Shanghai",
    "shanghai": "Asia/Shanghai",
    "china": "Asia/Shanghai",
    "hong kong": "Asia/Hong_Kong",
    "singapore": "Asia/Singapore",
    "tokyo": "Asia/Tokyo",
    "london": "Europe/London",
    "uk": "Europe/London",
    "berlin": "Europe/Berlin",
    "paris": "Europe/Paris",
    "new york": "America/New_York",
    "nyc": "America/New_York",
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "la": "America/Los_Angeles",
    "sf": "America/Los_Angeles",
    "sydney": "Australia/Sydney",
    "dubai": "Asia/Dubai",
    "india": "Asia/Kolkata",
}
CITIES_ZH: Final = {
    "北京": "Asia/Shanghai",
    "香港": "Asia/Hong_Kong",
    "新加坡": "Asia/Singapore",
    "东京": "Asia/Tokyo",
    "日本": "Asia/Tokyo",
    "首尔": "Asia/Seoul",
    "伦敦": "Europe/London",
    "英国": "Europe/London",
    "柏林": "Europe/Berlin",
    "德国": "Europe/Berlin",
    "巴黎": "Europe/Paris",
    "纽约": "America/New_York",
    "美东": "America/New_York",
    "太平洋": "America/Los_Angeles",
    "美西": "America/Los_Angeles",
    "悉尼": "Australia/Sydney",
    "迪拜": "Asia/Dubai",
}


def _number(words: str) -> float:
    """The worth of an English amount: "3", "2.5", "twenty-one", "a couple of", "half an"."""
    words = words.strip()
    if words[0].isdigit():
        return float(words.replace(",", ""))
    for start, worth in (
        ("half", 0.5),
        ("a couple", 2),
        ("couple", 2),
        ("a pair", 2),
        ("pair", 2),
        ("a few", 3),
        ("few", 3),
        ("several", 3),
    ):
        if words.startswith(start):
            return float(worth)
    if words in ("a", "an", "the"):
        return 1.0
    spelled = ["one" if word in ("a", "an") else word for word in words.replace("-", " ").split()]
    return float(english(spelled)[0][0])


def _ordinal(words: str) -> int:
    """The worth of an ordinal: "21st", "third", "twenty-first"."""
    words = words.strip()
    if words[0].isdigit():
        return int("".join(c for c in words if c.isdigit()))
    *tens, last = words.replace("-", " ").split()
    return (WORDS[tens[0]] if tens else 0) + ORDINALS[last]


def _year(words: str) -> int:
    """The worth of a year: "2026", "twenty twenty-six", "two thousand and nine"."""
    if words.isdigit():
        return int(words)
    found = [value for value, _, _ in english(words.replace("-", " ").split())]
    value = int(found[0] * 100 + found[1]) if len(found) > 1 else int(found[0])
    if not 1900 <= value < 2200:
        raise ValueError(value)
    return value


def _figures(words: str) -> float:
    """The worth of Chinese figures, "几" being three."""
    if words in ("几", "数", "好几"):
        return 3.0
    return 1.0 if words == "元" else (chinese(words.replace("几", "三")) or 0.0)


def _count(words: str) -> float:
    """A count, where two figures beside each other are about so many: 两三天 is up to three days."""
    if len(words) == 2 and all(mark in DIGITS for mark in words):
        low, high = (DIGITS[mark] for mark in words)
        if low and high - low in (1, 2):
            return float(high)
    return _figures(words)


def _either(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _word(words: Any) -> str:
    return rf"(?<![a-z])(?:{_either(words)})(?![a-z])"


_SMALL: Final = [word for word, value in WORDS.items() if value < 20]
_TENS: Final = [word for word, value in WORDS.items() if value >= 20]
_CARDINAL: Final = rf"(?:(?:{_either(_TENS)})(?:[- ]?(?:{_either(_SMALL[1:10])}))?|{_either(_SMALL)})"
_LONG: Final = rf"(?:an? (?:hundred|thousand)(?:(?: and)? {_CARDINAL})?|{_CARDINAL}(?: (?:{_either(SCALES)}))?(?: (?:and )?{_CARDINAL})?)"
_DAY_ORDINAL: Final = (
    rf"(?:(?:twenty|thirty)[- ](?:{_either([w for w, v in ORDINALS.items() if v < 10])})|"
    rf"{_either([w for w, v in ORDINALS.items() if v < 20 or v in (20, 30)])})"
)
_FIGURES: Final = "[零〇一二三四五六七八九十百千万两廿卅几0-9]"

Worth = Callable[[str], Any]
KINDS: Final[dict[str, tuple[str, Worth]]] = {
    "month": (_word(_MONTH) + r"(?:\.(?=[ ]?\d))?", lambda w: _MONTH[w.rstrip(".")]),
    "weekday": (_word(_WEEKDAY) + r"(?:\.(?=[ ]?\d))?", lambda w: _WEEKDAY[w.rstrip(".")]),
    "weekdays": (_word([name + "s" for name in WEEKDAYS]), lambda w: _WEEKDAY[w[:-1]]),
    "unit": (_word(UNIT), UNIT.__getitem__),
    "letter": (rf"(?<=[\d ])(?:{_either(LETTER)})(?![a-z])", LETTER.__getitem__),
    "rel": (_word(REL), REL.__getitem__),
    "day": (rf"(?<![a-z\d])(?:{_either(DAY)})(?![a-z])", DAY.__getitem__),
    "part": (_word(PART), PART.__getitem__),
    "n": (
        rf"(?<![\d.,a-z])(?:\d{{1,4}}(?:\.\d{{1,2}})?(?![\d,]\d)|{_LONG}(?![a-z])|(?:a )?(?:couple|pair)(?: of)?(?![a-z])|"
        r"(?:a )?few(?![a-z])|several(?![a-z])|half an?(?![a-z])|an?(?![a-z]))",
        _number,
    ),
    "d": (r"(?<![\d.,/:$€£¥])(?:3[01]|[12]\d|0?[1-9])(?![\d%]|[.,:/]\d)", int),
    "ord": (rf"(?<![\d.,a-z])(?:(?:3[01]|[12]?\d)(?:st|nd|rd|th)|{_DAY_ORDINAL})(?![a-z])", _ordinal),
    "nth": (
        rf"(?<![\d.,a-z])(?:[1-5]?\d(?:st|nd|rd|th)|{_DAY_ORDINAL}|last|final)(?![a-z])",
        lambda w: -1 if w in ("last", "final") else _ordinal(w),
    ),
    "y": (
        rf"(?:(?<![\d.,/])(?<!\d\d-)(?:19|20)\d\d(?![\d%]|[.,:/]\d|-\d(?!\d\d\d))|(?<![a-z])(?:two thousand(?: and)?(?: {_CARDINAL})?|nineteen (?:{_either(_TENS)})(?:[- ](?:{_either(_SMALL[1:10])}))?|twenty (?:{_either(_TENS)}|ten|eleven|twelve)(?:[- ](?:{_either(_SMALL[1:10])}))?)(?![a-z]))",
        _year,
    ),
    "far": (
        r"(?<![\d.,/])(?:2[1-9]|[3-9]\d)\d\d(?![\d%]|[.,:/-]\d| ?(?:k|m|usd|eur|gbp|cny|rmb|dollars|euros|units|users|seats|people|pcs|licen\w+|boxes|万|元|个|台|套)(?![a-z]))",
        int,
    ),
    "zone": (_word(ZONES) + r"(?:[+-]\d{1,2})?", str),
    "city": (_word(CITIES), CITIES.__getitem__),
    "z": (rf"(?<![\d.]){_FIGURES}{{1,5}}(?:\.\d{{1,2}})?", _count),
    "zd": (
        r"(?<![\d.])(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|[一二三四五六七八九])(?!\d)",
        _figures,
    ),
    "zm": (
        r"(?<![\d.])(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|(?<![\d零一二三四五六七八九十百千万亿几多日美欧港澳加韩台新])元(?=月))(?!\d)",
        _figures,
    ),
    "zh": (
        r"(?<![\d.])(?:2[0-4]|1\d|0?\d|二十[一二三四]?|十[一二三四五六七八九]?|[零〇一二两三四五六七八九])(?!\d)",
        _figures,
    ),
    "zmin": (
        r"(?:[0-5]?\d|[二三四五]?十[一二三四五六七八九]?|[零〇]?[一二三四五六七八九]|廿[一二三四五六七八九]?)(?!\d)",
        _figures,
    ),
    "zy": (r"(?<![\d.])(?:(?:19|20)\d\d|[一二][零〇一二三四五六七八九]{3})(?!\d)", _figures),
    "zy2": (
        r"(?<![\d.])(?:[0-4]\d|[零〇一二三四][零〇一二三四五六七八九]|[89]\d|[九八][零〇一二三四五六七八九])(?!\d)",
        _figures,
    ),
    "unit_zh": (_either(UNIT_ZH), UNIT_ZH.__getitem__),
    "rel_zh": (_either(REL_ZH).replace("下下", "(?<!一)下下"), REL_ZH.__getitem__),
    "day_zh": (_either(DAY_ZH), DAY_ZH.__getitem__),
    "night_zh": (_either(NIGHT_ZH), NIGHT_ZH.__getitem__),
    "year_zh": (f"(?:{_either(YEAR_ZH)})(?![历画糕货])", YEAR_ZH.__getitem__),
    "part_zh": (_either(PART_ZH), PART_ZH.__getitem__),
    "weekday_zh": ("(?:周|星期|礼拜)(?:[一二三四五六日天]|[1-6](?!\\d))", lambda w: _WEEKDAY_ZH[w[-1]]),
    "city_zh": (rf"(?:{_either(CITIES_ZH)})时间", lambda w: CITIES_ZH[w[:-2]]),
}

_LATIN: Final = {
    "month": _MONTH, "weekday": _WEEKDAY, "weekdays": [n + "s" for n in WEEKDAYS], "rel": REL, "day": DAY, "zone": ZONES,
}  # fmt: skip


@cache
def kinds_by_word() -> dict[str, set[str]]:
    """For the quick look at which rules can match at all."""
    table: dict[str, set[str]] = {}
    plain = {**_LATIN, "unit": UNIT, "part": PART}
    for kind, words in plain.items():
        for word in words:
            table.setdefault(word.split(" ")[0].split("-")[0], set()).add(kind)
    return table
