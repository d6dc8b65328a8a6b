"""What a platform can show, and `fit`: the one place that makes a message small and plain enough for it.

Nothing a person can choose is ever lost: what can't be a button becomes a numbered line, and its number is accepted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.core.messages import Button, Outgoing
from bot.core.text import Run, Runs

Unit = Literal["characters", "utf16", "bytes"]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Limits in the platform's own units; 0 buttons means that choices are typed."""

    text: int = 4096
    unit: Unit = "characters"
    buttons: int = 100
    label: int = 75
    url_buttons: bool = True
    edits: bool = True
    files: bool = True
    links: bool = True
    caption: int = 0
    """Longest text that can travel with a file; 0: the text goes first, as a message of its own."""
    private_first: bool = True
    """The bot may write first to somebody who never wrote to it."""
    rate: float = 0.0
    """Messages a second for the whole account; 0: unlimited."""
    chat_rate: float = 0.0
    """Messages a second in one chat, after a short burst."""
    room_rate: float = 0.0
    """Messages a minute in one room."""
    keeps: bool = False
    """Its messages stay in our own tables: what is sealed is opened when somebody looks, not before."""
    latency: float = 0.25
    """Seconds a call usually takes: with `rate` it says how many may be on their way at once."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Messages in order; the buttons are on the last; `choices` are the presses behind typed numbers 1, 2, …"""

    messages: tuple[Outgoing, ...]
    choices: tuple[str, ...] = ()


def size(text: str, unit: Unit) -> int:
    """Length the way the platform counts."""
    if unit == "utf16":
        return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)
    return len(text.encode()) if unit == "bytes" else len(text)


_MORE = " …"
_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
"""Regional indicators: two in a row are one flag."""


def fit(message: Outgoing, can: Capabilities) -> Fitted:
    """The message as this platform can show it: cut in several, buttons as numbered lines where there are none."""
    buttons = tuple(button for button in message.buttons if can.url_buttons or not button.url)
    kept, rest = buttons[: can.buttons], buttons[can.buttons :]
    typed = tuple(button for button in rest if button.press)
    linked = tuple(button for button in message.buttons if button.url and button not in kept)
    text = message.text + _numbered(typed) + _addresses(linked)
    choices = tuple(button.press for button in typed)
    kept = tuple(replace(button, label=clipped(button.label, can.label)) for button in kept)
    whole = replace(message, text=text, buttons=kept)
    if message.edits or message.clears:
        return Fitted((replace(whole, text=_cut(text, can.text, can.unit)),), choices)
    return Fitted(_in_pieces(whole, can), choices)


def clipped(text: str, limit: int) -> str:
    """At most `limit` characters, the cut shown."""
    return text if len(text) <= limit else text[: _between(text, limit - 1)].rstrip() + "…"


def _addresses(buttons: Sequence[Button]) -> Runs:
    return tuple(Run(f"\n{button.label}: {button.url}") for button in buttons if button.url)


def _numbered(buttons: Sequence[Button]) -> Runs:
    return tuple(Run(f"\n{number}. {button.label}") for number, button in enumerate(buttons, 1))


def _in_pieces(message: Outgoing, can: Capabilities) -> tuple[Outgoing, ...]:
    limit = can.caption if message.file and can.caption else can.text
    if _size(message.text, can.unit) <= limit and not (message.file and not can.caption and message.text):
        return (message,)
    texts = list(_split(message.text, can.text, can.unit))
    bare = replace(message, buttons=(), file=None)
    if message.file:
        first = [replace(bare, text=text) for text in texts]
        return (*first, replace(message, text=()))
    return (*(replace(bare, text=text) for text in texts[:-1]), replace(message, text=texts[-1]))


def _size(runs: Runs, unit: Unit) -> int:
    return sum(size(run.text, unit) for run in runs)


def _split(runs: Runs, limit: int, unit: Unit) -> Sequence[Runs]:
    """Pieces of at most `limit`, cut at a line, else at a space, else between two whole characters."""
    pieces: list[Runs] = []
    piece: list[Run] = []
    room = limit
    for run in runs:
        rest = run.text
        while size(rest, unit) > room:
            head = _head(rest, room, unit)
            if not head and room == limit:
                head = rest[: max(_most(rest, room, unit), 1)]
            if head:
                piece.append(replace(run, text=head))
                rest = rest[len(head) :].removeprefix("\n")
            pieces.append(tuple(piece))
            piece, room = [], limit
        if rest:
            piece.append(replace(run, text=rest))
            room -= size(rest, unit)
    if piece:
        pieces.append(tuple(piece))
    return [piece for piece in pieces if piece] or [()]


def _head(text: str, room: int, unit: Unit) -> str:
    """Empty when nothing whole fits: a new piece may have the room."""
    end = _between(text, _most(text, room, unit))
    for mark in ("\n", "。", ". ", " "):
        at = text.rfind(mark, end // 2, end)
        if at > 0 and (head := text[: at + len(mark)].rstrip("\n")):
            return head
    return text[:end]


def _most(text: str, room: int, unit: Unit) -> int:
    """How many characters fit."""
    end, used = 0, 0
    while end < len(text) and (used := used + size(text[end], unit)) <= room:
        end += 1
    return end


def _between(text: str, end: int) -> int:
    """The last place up to `end` that is not inside what a reader sees as one character."""
    while 0 < end < len(text) and _inside(text, end):
        end -= 1
    return end


def _inside(text: str, at: int) -> bool:
    """Before a mark, a skin tone or a tag, beside a joiner, or between the two letters of a flag."""
    before, after = text[at - 1], text[at]
    if after in _FLAG_LETTERS:
        return (at - len(text[:at].rstrip(_FLAG_LETTERS))) % 2 == 1
    return (
        unicodedata.category(after) in ("Mn", "Mc", "Me")
        or "\u200d" in (before, after)
        or 0x1F3FB <= ord(after) <= 0x1F3FF
        or 0xE0020 <= ord(after) <= 0xE007F
    )


def _cut(runs: Runs, limit: int, unit: Unit) -> Runs:
    if _size(runs, unit) <= limit:
        return runs
    first = _split(runs, limit - size(_MORE, unit), unit)[0]
    return (*first, Run(_MORE))
