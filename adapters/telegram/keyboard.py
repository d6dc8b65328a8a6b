"""How buttons are laid out under a Telegram message, so that labels can be read on a small phone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from adapters.telegram.spans import linkable, visible
from bot.core.incoming import whole
from bot.core.messages import Button

DATA_BYTES = 64
TINY, SHORT, HALF = 4, 9, 16
"""Widest labels of rows of six, three and two, in Latin letters."""


def keyboard(buttons: Sequence[Button]) -> list[list[dict[str, Any]]]:
    """Rows of an inline keyboard; scores 1-5 share one row, 0-10 two."""
    return [[_button(button) for button in row] for row in _rows(buttons) if row]


def unlinkable(buttons: Sequence[Button]) -> tuple[Button, ...]:
    """Buttons that Telegram would refuse, with the message; they are written out in the text."""
    return tuple(button for button in buttons if button.url and not linkable(button.url))


def _rows(buttons: Sequence[Button]) -> Iterator[Sequence[Button]]:
    """Neighbours of one size share rows; every row of such a group is about equally long."""
    shown = [button for button in buttons if button.press or (button.url and linkable(button.url))]
    group: list[Button] = []
    for button in shown:
        if group and _per_row(button) != _per_row(group[0]):
            yield from _balanced(group)
            group = []
        group.append(button)
    yield from _balanced(group)


def _balanced(group: Sequence[Button]) -> Iterator[Sequence[Button]]:
    if not group:
        return
    rows = -(-len(group) // _per_row(group[0]))
    length = -(-len(group) // rows)
    for start in range(0, len(group), length):
        yield group[start : start + length]


def _per_row(button: Button) -> int:
    width = _width(button.label)
    if button.wide or width > HALF:
        return 1
    return 6 if width <= TINY else 3 if width <= SHORT else 2


def _width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in label)


def _button(button: Button) -> dict[str, Any]:
    label = whole(button.label)
    made: dict[str, Any] = {"text": label if visible(label) else "•"}
    if button.press:
        if len(button.press.encode()) > DATA_BYTES:
            raise ValueError(f"a press of {len(button.press.encode())} bytes: Telegram takes {DATA_BYTES}")
        made["callback_data"] = button.press
    else:
        made["url"] = button.url
    if button.style:
        made["style"] = button.style
    return made
