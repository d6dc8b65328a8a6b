"""What the cells of a customer's columns mean here: an owner, a stage, a tier; or why they mean nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zoneinfo import available_timezones

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.imports import cells as cell
from flows.segments.short import STAGES
from flows.turn import Turn


def value_of(turn: Turn, column: str, said: str) -> int | str | Text:
    """As the column keeps it; a sentence where it can't be understood."""
    read = _READERS.get(column)
    return read(turn, said) if read else said


def _owner(turn: Turn, value: str) -> int | str | Text:
    found = turn.work.people.named(value.removeprefix("@"))
    return found[0].id if len(found) == 1 else _("Nobody here is called “{name}”.", name=value[:40])


def _stopped(turn: Turn, value: str) -> int | str | Text:
    plain = value.casefold()
    return plain if plain in ("surveys", "all") else "all" if cell.yes(plain) else ""


def _language(turn: Turn, value: str) -> int | str | Text:
    plain = value.casefold()
    if plain[:2] in ("zh", "en"):
        return plain[:2]
    named = {"中文": "zh", "汉语": "zh", "chinese": "zh", "英文": "en", "英语": "en"}
    return named.get(plain) or _("“{cell}” is no language of mine.", cell=value[:40])


def _zone(turn: Turn, value: str) -> int | str | Text:
    return value if value in available_timezones() else _("“{cell}” is no time zone.", cell=value[:40])


def _stage(turn: Turn, value: str) -> int | str | Text:
    """One of ours by any of its names; another CRM's stages are no reason to lose the row."""
    found = STAGES.get(value.casefold())
    return found or (value if value in STAGES.values() else _("“{cell}” is no stage here.", cell=value[:40]))


def _tier(turn: Turn, value: str) -> int | str | Text:
    found = value.strip().upper().removesuffix("级").removesuffix("类")
    return found if found in ("A", "B", "C") else _("“{cell}” is no tier: A, B or C.", cell=value[:40])


_READERS: Mapping[str, Callable[[Turn, str], int | str | Text]] = {
    "stage": _stage,
    "tier": _tier,
    "owner": _owner,
    "stopped": _stopped,
    "language": _language,
    "zone": _zone,
}
