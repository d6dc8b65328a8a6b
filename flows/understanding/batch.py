# ruff: noqa: E501 -- a rule is one line
"""Lines of JSON in, lines of JSON out: what `bot understand` does."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from flows.understanding.context import Context
from flows.understanding.facts import as_json
from flows.understanding.facts import why as reasons
from flows.understanding.lazily import lazy
from flows.understanding.names import NOBODY, MemoryNames, Names
from flows.understanding.reading import read

_OFFSET: Final = lazy(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$")
_COUNTRY: Final = {
    "Asia/Shanghai": "CN", "Asia/Hong_Kong": "HK", "Asia/Taipei": "TW", "Asia/Tokyo": "JP", "Asia/Singapore": "SG", "Asia/Kolkata": "IN",
    "Europe/London": "GB", "Europe/Dublin": "IE", "Europe/Berlin": "DE", "Europe/Paris": "FR", "Australia/Sydney": "AU",
}  # fmt: skip
_CHINESE: Final = lazy("[\u3400-\u9fff]")


class BadLine(ValueError):
    """This line is not an object with a "text" and a usable "now" and "zone"."""


def run(
    lines: Iterable[str], *, customers: Mapping[str, Any] | Names | None = None, why: bool = False, country: str | None = None,
    zone: str | None = None, now: datetime | None = None,
) -> Iterator[str]:  # fmt: skip
    """One line of JSON for each line; what can't be read yields {"error", "line"} and the rest goes on."""
    names = names_of(customers)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield json.dumps(understand(json.loads(line), names, why, country, zone, now), ensure_ascii=False)
        except (BadLine, ValueError) as problem:
            yield json.dumps({"error": str(problem), "line": number}, ensure_ascii=False)


def understand(
    row: Any,
    names: Names,
    why: bool = False,
    country: str | None = None,
    zone: str | None = None,
    now: datetime | None = None,
) -> dict[str, Any]:
    """One row as `bot understand` answers it."""
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadLine('not an object with a "text"')
    reading = read(row["text"], context_of(row, country, zone, now), names)
    return {**as_json(reading), **({"why": reasons(reading)} if why else {})}


def names_of(customers: Mapping[str, Any] | Names | None) -> Names:
    """Names from a customers file's content, or a lookup as it is."""
    if customers is None:
        return NOBODY
    return MemoryNames.from_lists(customers) if isinstance(customers, Mapping) else customers


def context_of(
    row: Mapping[str, Any], country: str | None = None, zone: str | None = None, now: datetime | None = None
) -> Context:
    """The row's own "now", "zone" and "country"; the country follows from the zone, else from the script."""
    name = row.get("zone") or zone
    there = zone_of(name) if name else None
    moment = _moment(row.get("now") or row.get("reference_time"), there, now)
    is_chinese = bool(_CHINESE.search(row["text"]))
    guessed = _COUNTRY.get(name or "") or ("CN" if is_chinese else "US")
    return Context(moment, row.get("country") or country or guessed, "zh" if is_chinese else "en")


def _moment(said: Any, there: tzinfo | None, now: datetime | None) -> datetime:
    if said is None:
        moment = now or datetime.now(there or UTC)
    elif isinstance(said, str):
        try:
            moment = datetime.fromisoformat(said)
        except ValueError as problem:
            raise BadLine(f'"now" is no ISO time: {said!r}') from problem
    else:
        raise BadLine('"now" is no ISO time')
    if moment.tzinfo is None:
        return moment.replace(tzinfo=there or UTC)
    return moment.astimezone(there) if there else moment


@lru_cache(maxsize=256)
def zone_of(name: str) -> tzinfo:
    """A zone by its IANA name, or by an offset such as "+08:00"."""
    if match := _OFFSET.match(name):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))
    try:
        return UTC if name in ("Z", "UTC") else ZoneInfo(name)
    except (KeyError, ValueError, OSError) as problem:
        raise BadLine(f'unknown "zone": {name!r}') from problem
