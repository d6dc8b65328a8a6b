"""What goes wrong on purpose: a script of faults, each for some calls of some method."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from aiohttp import web

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


class Clocked(Protocol):
    """The world behind a wire."""

    shift: float

    def now(self) -> float: ...


class Faulty:
    """A wire that fails when it is told to."""

    faults: Faults
    world: Clocked

    def fails(self, method: str = "", code: int = 500, **how: Any) -> Fault:
        """Answers with an error; accepted=True carries the call out first; also chat, times, share."""
        return self._scripted(Fault("error", method, code=code, **how))

    def drops(self, method: str = "", **how: Any) -> Fault:
        """Closes the connection, before or (accepted=True) after carrying the call out."""
        return self._scripted(Fault("drop", method, **how))

    def slows(self, method: str = "", seconds: float = 1.0, **how: Any) -> Fault:
        """Carries out, and answers late."""
        return self._scripted(Fault("slow", method, seconds=seconds, **how))

    def garbles(self, method: str = "", **how: Any) -> Fault:
        """Answers with something that is no JSON."""
        return self._scripted(Fault("garbage", method, **how))

    def limits(self, seconds: float, chat: str = "") -> None:
        """429 for a chat, or everything, until the time is over; disobedience is counted in faults.inside_pause."""
        self.faults.limit(chat, self.world.now() + seconds)

    def passes(self, seconds: float) -> None:
        """Time passes on the platform."""
        self.world.shift += seconds

    def _scripted(self, fault: Fault) -> Fault:
        self.faults.script.append(fault)
        return fault


def broken(fault: Fault, request: web.Request, error: web.Response) -> web.StreamResponse:
    """What a call meets that is struck; `error` is how the platform says that something went wrong on its side."""
    if fault.kind == "drop":
        assert request.transport is not None
        request.transport.abort()
        return web.Response()
    if fault.kind == "garbage":
        return web.Response(text='{"ok": tru', content_type="application/json")
    if fault.code == 502:
        return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
    return error
