"""Sentences that tell a customer's day, or ask for it: pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from flows.care.days import NoSuchDay, Told, read_day
from flows.understanding.lazily import lazy

_KINDS = (
    ("birthday", lazy(r"birth\s?day|b-day|\bbday|born|生日|生辰|出生|生于", re.I)),
    ("membership", lazy(r"membership day|member day|会员日", re.I)),
    (
        "anniversary",
        lazy(r"(?<!wedding )anniversary|合作(?:周年)?纪念日?|合作周年|周年(?:纪念日?|庆)?|合作日", re.I),
    ),
)
_EN = r"(?P<named>(?:[a-z]+ ){0,2}(?:birthday|b-day|bday|anniversary|day))"
_ZH = r"(?P<named>生日|生辰|会员日|合作(?:周年)?纪念日|合作周年|合作日|周年(?:纪念日?|庆)?)"
_ZH_NAMED = r"(?P<named>[\u4e00-\u9fff]{1,4}(?:纪念日|日|庆|节))"
_BE = r"(?: is| was|:|：| falls)(?: on)?"
_TELLS = tuple(
    lazy(pattern, re.I)
    for pattern in (
        rf"(?P<of>.{{1,80}}?)['’]s? {_EN}{_BE}? *(?P<day>.+)",
        r"(?P<of>.{1,80}?) has (?:his|her|their|a) (?P<named>birthday|b-day|bday|anniversary)(?: on)? (?P<day>.+)",
        rf"(?P<of>.{{2,80}}?)s? (?P<named>birthday|b-day|bday)(?:{_BE})? *(?P<day>.+)",
        rf"(?:the )?{_EN} of (?P<of>.{{1,80}}?){_BE} *(?P<day>.+)",
        r"(?P<of>.{1,80}?) (?:was )?born(?: on)? (?P<day>.+)",
        rf"(?P<of>.{{1,40}}?)的?{_ZH}(?:是|在|为|：|:|每年)*\s*(?P<day>[^，。]*[月\d][^，。]*)",
        rf"(?P<of>.{{1,40}}?)的{_ZH_NAMED}(?:是|在|为|：|:|每年)+\s*(?P<day>[^，。]*[月\d][^，。]*)",
        r"(?P<of>.{1,40}?)(?:出)?生[于在](?P<day>[^，。]*月[^，。]*)",
    )
)
_DAY_FIRST = lazy(r"(?P<all>.{2,60}?)(?:过)?(?P<named>生日|生辰|会员日|合作(?:周年)?纪念日|周年(?:纪念日|庆))", re.I)
_ASKS = tuple(
    lazy(pattern, re.I)
    for pattern in (
        r"when (?:is|was) (?P<of>.{1,80}?)['’]s? (?P<named>birthday|bday|anniversary|membership day)",
        r"when was (?P<of>.{1,80}?) (?P<named>born)",
        r"(?P<of>.{1,40}?)的?(?P<named>生日|合作(?:周年)?纪念日|会员日|周年(?:纪念日|庆)?)(?:是|在)?(?:哪一?天|什么时候|几月几[日号]|啥时候|几号|多少)",
        r"(?:什么时候|哪天)是(?P<of>.{1,40}?)的?(?P<named>生日|合作(?:周年)?纪念日|会员日)",
    )
)
_NAMED = lazy(r"birth|b-?day|\bborn\b|anniversary|\bday\b|生|日|辰|庆|节", re.I)
_CLAUSES = lazy(r"[,，;；。!！]|\.\s|\band\b|\bbut\b", re.I)
_LUNAR = lazy(
    r"(?P<of>.+?)(?:['’]s?)? lunar (?P<named>birthday|b-day|bday)(?: is| was|:)?(?: on)? *(?P<day>[\dA-Za-z].*)", re.I
)
"""The calendar said before the day's name: "Li Wei lunar birthday 8/15"."""
_POLITE = lazy(r"^(?:please |pls |note:? |记一?下[:：,，]?|备注[:：]?|请记住[:：,，]?)", re.I)
_WEEKDAY = lazy(r"\b(?:yesterday|today|tomorrow|last|next|this)\b|昨天|今天|明天|上周|下周|本周", re.I)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A day of somebody's: of whom, which kind, what it is called where it has a name of its own, and the day."""

    of: str
    kind: str
    name: str
    told: Told


def kind_of(named: str) -> tuple[str, str]:
    """The kind that words mean, and a name for a day of no usual kind."""
    for kind, pattern in _KINDS:
        if pattern.search(named):
            return kind, ""
    return "day", " ".join(named.split())[:40]


def names_a_day(said: str) -> bool:
    """Whether it may tell or ask a day at all: most lines don't, and need no closer look."""
    return _NAMED.search(said) is not None


def read(said: str, *, month_first: bool) -> Wanted | None:
    """The day that a sentence tells, when it does that and nothing else; raises NoSuchDay."""
    line = _POLITE.sub("", unicodedata.normalize("NFKC", said).strip().rstrip(".。! "))
    if "\n" in line or len(line) > 160 or line.endswith("?"):
        return None
    line = _LUNAR.sub(r"\g<of>'s \g<named> is lunar \g<day>", line)
    for pattern in _TELLS:
        match = pattern.fullmatch(line)
        if match is None or _WEEKDAY.search(match["day"]):
            continue
        found = read_day(match["day"], month_first=month_first)
        if found is None or _long(found.before) or _long(found.after):
            continue
        kind, name = kind_of(match.groupdict().get("named") or "born")
        return Wanted(_bare(match["of"]), kind, name, found.told)
    return _day_first(line, month_first)


def within(said: str, *, month_first: bool) -> tuple[Wanted, str] | None:
    """The day that one clause of a longer line tells, and that clause."""
    clauses = [part.strip() for part in _CLAUSES.split(unicodedata.normalize("NFKC", said)) if part.strip()]
    for clause in clauses if len(clauses) > 1 else ():
        try:
            if found := read(re.sub(r"^(his|her|their) ", r"\1's ", clause, flags=re.I), month_first=month_first):
                return found, clause
        except NoSuchDay:
            continue
    return None


def _day_first(line: str, month_first: bool) -> Wanted | None:
    """ "李伟农历八月十五生日"."""
    match = _DAY_FIRST.fullmatch(line)
    found = read_day(match["all"], month_first=month_first) if match else None
    if match is None or found is None or not found.before or found.after:
        return None
    kind, name = kind_of(match["named"])
    return Wanted(_bare(found.before), kind, name, found.told)


def asks(said: str) -> tuple[str, str] | None:
    """(of whom, kind) when a day is asked for."""
    line = unicodedata.normalize("NFKC", said).strip().rstrip("?？。. ")
    for pattern in _ASKS:
        if match := pattern.fullmatch(line):
            return _bare(match["of"]), kind_of(match["named"])[0]
    return None


def after_name(words: str, *, month_first: bool) -> Wanted | None:
    """What follows a customer's name in "/care Acme birthday 5 May"; raises NoSuchDay."""
    found = read_day(words, month_first=month_first)
    if found is None:
        return None
    named = " ".join(f"{found.before} {found.after}".split()).strip(" :：,，是为在")
    kind, name = kind_of(named or "birthday")
    return Wanted("", kind, name, found.told)


def _bare(of: str) -> str:
    return re.sub(r"(?<=.)[的是在]$", "", of.strip(" ,，:：")).strip()


def _long(words: str) -> bool:
    """More than a stray word beside the day: it is another sentence."""
    return len(words.strip(" ,，.。年每on")) > 6
