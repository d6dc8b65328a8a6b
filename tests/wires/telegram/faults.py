"""What goes wrong on purpose: a script of faults, each for some calls of some method."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["error", "drop", "slow", "garbage"]


@dataclass
class Fault:
    """Strikes matching calls until `times` is used up; `accepted` says whether the call is carried out first."""

    kind: Kind
    method: str = ""
    chat: str = ""
    code: int = 500
    accepted: bool = False
    seconds: float = 0.0
    times: int = 1
    share: float = 1.0
    struck: int = 0

    def strikes(self, method: str, chat: str, chance: random.Random) -> bool:
        if self.struck >= self.times or self.method not in ("", method) or self.chat not in ("", chat):
            return False
        if self.share < 1 and chance.random() >= self.share:
            return False
        self.struck += 1
        return True


@dataclass
class Faults:
    """The script, and the pauses that 429s have ordered."""

    script: list[Fault] = field(default_factory=list)
    pauses: dict[str, float] = field(default_factory=dict)
    """Chat → until when; "" is the whole bot."""
    inside_pause: int = 0
    """Requests made although the platform had asked for a pause."""
    announced: set[str] = field(default_factory=set)
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    def strike(self, method: str, chat: str) -> Fault | None:
        return next((fault for fault in self.script if fault.strikes(method, chat, self.chance)), None)

    def pause(self, chat: str, now: float) -> float:
        """Seconds still to wait, 0 when free; the first refusal announces the pause, later ones disobey it."""
        scope = next((name for name in ("", chat) if self.pauses.get(name, 0.0) > now), None)
        if scope is None:
            return 0.0
        if scope in self.announced:
            self.inside_pause += 1
        self.announced.add(scope)
        return self.pauses[scope] - now

    def limit(self, chat: str, until: float) -> None:
        self.pauses[chat] = until
        self.announced.discard(chat)
