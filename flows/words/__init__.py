"""Sentences in the reader's language: gettext catalogues, plural rules, times and money as that reader writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone_location
from babel.numbers import format_compact_currency, format_currency, format_decimal

from bot.core.text import Amount, Message, Moment

Language = Literal["en", "zh"]
Entry = str | tuple[str, ...]
"""A translation, or its plural forms."""
LANGUAGES: tuple[Language, ...] = ("en", "zh")
_LOCALE = {"en": "en", "zh": "zh_Hans_CN"}
_HERE = Path(__file__).parent
_PATTERNS = {
    "en": {"moment": "EEE d MMM HH:mm", "day": "EEE d MMM", "time": "HH:mm", "short": "EEE d MMM HH:mm"},
    "zh": {"moment": "M月d日EEE HH:mm", "day": "M月d日EEE", "time": "HH:mm", "short": "M月d日EEE HH:mm"},
}
_MARKS = {", ": "、", ": ": "：", "; ": "；"}
"""What stands between two parts in Chinese."""
_SOON = 300
"""Days within which a date needs no year."""


def language_of(code: str, fallback: Language = "en") -> Language:
    """One of ours for a platform's language code ("zh-hans", "en-GB"); anything unknown is the fallback."""
    head = code.lower().replace("_", "-").split("-")[0]
    return "zh" if head == "zh" else "en" if head == "en" else fallback


def language_written(words: str) -> Language | None:
    """What a text is plainly written in; None for figures, a name, a word or two."""
    latin = [word for word in map(_bare, words.casefold().split()) if word.isascii() and word.isalpha()]
    chinese = len(_CHINESE.findall(words))
    if chinese > max(1, len(latin)):
        return "zh"
    return "en" if not chinese and len(latin) >= _PLAINLY and not _ENGLISH.isdisjoint(latin) else None


def _bare(word: str) -> str:
    return word.strip(".,;:!?\"'()").replace("'", "").replace("’", "")


_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PLAINLY = 3
_ENGLISH = frozenset(
    "a an the my our your i im we you it its is are was were am be do does did not dont cant have has had can could"  # noqa: SIM905 -- words
    " will would to for of on at in from with and or but this that there here please need want when where what which"
    " who how why".split()
)
"""Without one of these a few words may be a firm's name."""


def zone_of(name: str) -> ZoneInfo:
    """The zone, or UTC for a name that nobody knows."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def zone_here() -> str:
    """This machine's zone by name, where it has one; else UTC."""
    parts = Path("/etc/localtime").resolve().parts
    name = "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else ""
    return name if name in available_timezones() else "UTC"


@dataclass(frozen=True, slots=True)
class Words:
    """One reader: language, zone, and the moment at which they read."""

    language: Language
    zone: str
    now: datetime

    def sentence(self, message: Message) -> str:
        """The translation, or the English wording where there is none."""
        if self.language == "en":
            found: Entry | None = None
        else:
            found = _MARKS.get(message.id) or catalogue(self.language).get(message.id)
        if message.plural:
            forms = found if isinstance(found, tuple) else (message.id, message.plural)
            return forms[0] if len(forms) == 1 or message.count == 1 else forms[1]
        return found if isinstance(found, str) and found else message.id

    def moment(self, moment: Moment) -> str:
        """Weekday, date, time and, in the long form, the reader's city."""
        at, locale = moment.at, _locale(self.language)
        if not isinstance(at, datetime):
            return format_date(at, self._pattern("day", at), locale=locale)
        local = at.astimezone(zone_of(self.zone))
        text = format_datetime(local, self._pattern(moment.form, local.date()), locale=locale)
        return f"{text} ({_city(self.language, self.zone)})" if moment.form == "moment" else text

    def amount(self, amount: Amount) -> str:
        """In full below ten thousand, else compact: ¥1.2M, ¥120万."""
        locale = _locale(self.language)
        if abs(amount.value) < 10_000:
            return format_currency(
                amount.value, amount.currency, locale=locale, format="¤#,##0.##", currency_digits=False
            )
        return format_compact_currency(amount.value, amount.currency, locale=locale, fraction_digits=2).replace(
            ".00", ""
        )

    def number(self, value: int | float | Decimal) -> str:
        """With the language's separators."""
        return format_decimal(value, locale=_locale(self.language))

    def _pattern(self, form: str, day: date) -> str:
        pattern = _PATTERNS[self.language][form]
        today = self.now.astimezone(zone_of(self.zone)).date()
        if form == "time" or abs((day - today).days) < _SOON:
            return pattern
        return pattern.replace("d MMM", "d MMM y").replace("M月", "y年M月")


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(_LOCALE[language])


@cache
def _city(language: Language, zone: str) -> str:
    found = get_timezone_location(zone_of(zone), locale=_LOCALE[language], return_city=True)
    return str(found)


@cache
def catalogue(language: Language) -> Mapping[str, Entry]:
    """The translations of a language by English wording, one file a topic; read once."""
    from babel.messages.pofile import read_po

    found: dict[str, Entry] = {}
    for path in sorted((_HERE / f"{language}.d").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=_LOCALE[language]):
                if message.id and message.string and not message.fuzzy:
                    id = message.id if isinstance(message.id, str) else message.id[0]
                    found[id] = message.string if isinstance(message.string, str) else tuple(message.string)
    return found
