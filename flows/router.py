"""What a person can say, press or send, and which function hears it.

Handlers are plain functions. A command's annotations are its parser: `flows/arguments.py` knows how to read each type,
the signature gives the usage line, the help text, the platform's menu and the docs. All of it is checked at import.
"""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeVar, get_args, get_type_hints

from bot.core.messages import Reply
from bot.core.text import Text
from flows.turn import Turn

Said = Reply | Text | None
Handler = Callable[..., Any]
"""Returns a Reply, a Text, several of them, None, or NotMine."""
F = TypeVar("F", bound=Callable[..., Any])

OWNERS = frozenset({"owner"})
MANAGERS = OWNERS | {"manager"}
EDITORS = MANAGERS | {"rep"}
MEMBERS = EDITORS | {"viewer"}
CUSTOMERS = frozenset({"customer"})
STRANGERS = frozenset({"stranger"})
EVERYONE = MEMBERS | CUSTOMERS


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a command: what it is called, how it is read, whether it may be left out."""

    name: str
    kind: Any
    optional: bool


NOTHING = Text()


Wants = Literal["value", "words", "reason", "verdict", "yes", "text"]
"""What a question wants: a time, a sum or a name; a few words on a matter; why it is so; how it was; a yes or a no; or
a text that is taken as it stands."""


@dataclass(frozen=True, slots=True)
class Route:
    """A handler with who may reach it; `words` are other ways to say a command, without a slash."""

    name: str
    act: Handler
    for_: frozenset[str]
    help: Text = NOTHING
    example: Text = NOTHING
    words: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    rooms: bool = True
    """False: only in a private chat."""
    listed: bool = True
    wants: Wants = "words"
    """Of a dialog: what its question is answered with."""

    @property
    def usage(self) -> str:
        """ "/remind customer when [text]": what may be left out stands in brackets."""
        named = (f"[{p.name}]" if p.optional else p.name for p in self.parameters)
        return " ".join((f"/{self.name}", *named))


COMMANDS: dict[str, Route] = {}
PRESSES: dict[str, Route] = {}
DIALOGS: dict[str, Route] = {}
ANSWERS: dict[str, Route] = {}
TIMERS: dict[str, Callable[[Turn, str], Said | Sequence[Said]]] = {}
HEARD: dict[str, list[Route]] = {
    what: []
    for what in (
        "first",
        "said",
        "overheard",
        "edited",
        "deleted",
        "shared",
        "joined",
        "left",
        "known",
        "linked",
        "files",
    )
}
"""Listeners by what they hear; the "first" hear what is said before commands and open talks do, and "overheard" is what
members say to each other in their rooms."""
REACTIONS: dict[type, list[Callable[[Turn, Any], None]]] = {}


class RouteError(Exception):
    """Two handlers want the same thing, or a handler's signature can't be read: raised at import."""


def command(
    name: str,
    *,
    help: Text,
    example: Text = NOTHING,
    for_: frozenset[str] = EDITORS,
    words: Sequence[str] = (),
    rooms: bool = True,
    listed: bool = True,
) -> Callable[[F], F]:
    """Hears "/name …" and the words, with arguments read by annotation."""

    def register(act: F) -> F:
        route = Route(
            name, act, for_, help, example, tuple(_normal(word) for word in words), _parameters(act), rooms, listed
        )
        _once(COMMANDS, name, route)
        return act

    return register


def press(name: str, *, for_: frozenset[str] = EDITORS) -> Callable[[F], F]:
    """Hears options whose press is "name" or "name:argument:…"; arguments are int or str by annotation."""

    def register(act: F) -> F:
        _once(PRESSES, name, Route(name, act, for_, parameters=_parameters(act)))
        return act

    return register


def dialog(kind: str, *, for_: frozenset[str] = EVERYONE, wants: Wants = "words") -> Callable[[F], F]:
    """Hears what is typed while a conversation's dialog of this kind is open; may return NotMine.

    What is no answer to what it `wants` goes where it belongs without it. A state may want something else at one step.
    """

    def register(act: F) -> F:
        _once(DIALOGS, kind, Route(kind, act, for_, wants=wants))
        return act

    return register


def answered(kind: str) -> Callable[[F], F]:
    """Hears what became of replies whose `tell` is "kind" or "kind:…"."""

    def register(act: F) -> F:
        _once(ANSWERS, kind, Route(kind, act, EVERYONE))
        return act

    return register


def heard(what: str, *, for_: frozenset[str]) -> Callable[[F], F]:
    """Hears plain events (the keys of `HEARD`) in the topics' order."""

    def register(act: F) -> F:
        HEARD[what].append(Route(what, act, for_))
        return act

    return register


def timer(kind: str) -> Callable[[F], F]:
    """Wakes when a timer of this kind is due; gets the timer's subject."""

    def register(act: F) -> F:
        _once(TIMERS, kind, act)
        return act

    return register


class NotMine:
    """What a dialog or a listener returns when the words are not for it; the next one is asked."""


NOT_MINE = NotMine()


def by_words(text: str) -> tuple[Route, str] | None:
    """The command whose words the text is or begins with, and the rest of the text."""
    normal = _normal(text)
    bare = normal.strip(" ?？!！.。")
    spoken = _spoken(len(COMMANDS))
    best: tuple[Route, str, int] | None = None
    for first in {normal[:1], bare[:1]}:
        for word, route in spoken.get(first, ()):
            rest = "" if bare == word else _rest_after(word, text, normal)
            if rest is not None and (best is None or len(word) > best[2]) and (route.parameters or not rest):
                best = route, rest, len(word)
    return best[:2] if best else None


@lru_cache(maxsize=1)
def _spoken(_commands: int) -> Mapping[str, Sequence[tuple[str, Route]]]:
    """The words of all commands by first letter, made anew when commands come: every message is held against them."""
    found: dict[str, list[tuple[str, Route]]] = {}
    for route in COMMANDS.values():
        for word in route.words:
            found.setdefault(word[0], []).append((word, route))
    return found


def _rest_after(word: str, text: str, normal: str) -> str | None:
    if not normal.startswith(word):
        return None
    rest = text.strip()[len(word) :]
    spoken = len(word) > 2 and not word.isascii()
    separated = rest[:1] in (" ", ":", "：", "\u3000") or spoken
    return rest.strip(" :：\u3000?？") if separated else None


def arguments(route: Route, given: Sequence[str]) -> Mapping[str, Any] | None:
    """A press's arguments by name; None when they do not fit the handler (an old or foreign button)."""
    if len(given) > len(route.parameters) or sum(not p.optional for p in route.parameters) > len(given):
        return None
    out: dict[str, Any] = {}
    for parameter, value in zip(route.parameters, given, strict=False):
        if parameter.kind is int:
            if not value.removeprefix("-").isdigit():
                return None
            out[parameter.name] = int(value)
        else:
            out[parameter.name] = value
    return out


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _once(table: dict[str, Any], name: str, route: Any) -> None:
    if name in table:
        raise RouteError(f"{name!r} is heard twice")
    table[name] = route


def _parameters(act: Handler) -> tuple[Parameter, ...]:
    hints = get_type_hints(act)
    found = []
    for name, parameter in list(inspect.signature(act).parameters.items())[1:]:
        kind, optional = hints[name], parameter.default is not inspect.Parameter.empty
        inner = [item for item in get_args(kind) if item is not type(None)]
        if type(None) in get_args(kind) and len(inner) == 1:
            kind = inner[0]
        found.append(Parameter(name, kind, optional))
    return tuple(found)
