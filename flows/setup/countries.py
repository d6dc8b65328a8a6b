"""What follows from a firm's country: its zones, its currency, the language it most likely works in. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import get_territory_currencies

OFFERED = ("CN", "US", "DE", "GB", "SG", "HK")
_ALIASES = {
    "hong kong": "HK",
    "香港": "HK",
    "澳门": "MO",
    "台湾": "TW",
    "uk": "GB",
    "england": "GB",
    "usa": "US",
    "america": "US",
    "prc": "CN",
    "mainland china": "CN",
}


_LED = re.compile(r"^(?:we'?re |we are |it'?s |it is )?(?:in |from )?(?:the )?|^(?:我们)?(?:在|是)")


def country_of(said: str) -> str | None:
    """The ISO code for a code or a name in English or Chinese."""
    word = said.strip().casefold()
    bare = _LED.sub("", word).strip(" .!。！")
    return _ALIASES.get(word) or _names().get(word) or _ALIASES.get(bare) or _names().get(bare)


def country_name(code: str, language: str) -> str:
    """As it is called in that language."""
    return str(Locale.parse("zh_Hans_CN" if language == "zh" else "en").territories.get(code, code))


def zones_of(country: str, now: datetime) -> Sequence[str]:
    """The country's zones, the most populous first, one for each time of day that it has."""
    found: dict[object, str] = {}
    for zone in _zones().get(country, ()):
        found.setdefault(now.astimezone(ZoneInfo(zone)).utcoffset(), zone)
    return tuple(found.values())


def currency_of(country: str) -> str:
    """What is paid with there now."""
    found = get_territory_currencies(country)
    return found[0] if found else "USD"


@cache
def _names() -> Mapping[str, str]:
    out: dict[str, str] = {}
    for locale in ("en", "zh_Hans_CN"):
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code in _zones():
                out[code.casefold()] = code
                out[str(name).casefold()] = code
    return out


@cache
def _zones() -> Mapping[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _place, zone, *_rest = line.split("\t")
            out[code] = (*out.get(code, ()), zone)
    return out
