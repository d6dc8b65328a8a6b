"""The wires on which every transcript is played: one line each, and the reasons why some do not apply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.ports import Clock
from store.engine import Database
from tests.transcripts.stages import memory, telegram
from tests.transcripts.stages.house import House

Open = Callable[[Database, Clock, Path], AbstractAsyncContextManager[House]]


@dataclass(frozen=True, slots=True)
class Wire:
    """A platform by one of the ways to it."""

    name: str
    open: Open
    not_there: Mapping[str, str] = field(default_factory=dict)
    """Transcript → why its story can't happen there."""


WIRES: tuple[Wire, ...] = (
    Wire("memory", memory.memory),
    Wire("telegram", telegram.polling),
    Wire("telegram-webhook", telegram.webhook),
)
PLATFORMS: Mapping[str, Open] = {"memory": memory.memory, "telegram": telegram.polling}
"""What may stand behind a person's role."""
