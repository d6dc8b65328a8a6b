"""How buttons are laid out under a Telegram message, so that labels can be read on a small phone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from adapters.telegram.spans import linkable, visible
from bot.core.incoming import whole
from bot.core.messages import Button

DATA_BYTES = 64
TINY, SHORT, HALF = 4, 9, 16
"""Widest labels of scores, and of rows of three and of two, in Latin letters."""


def keyboard(buttons: Sequence[Button]) -> list[list[dict[str, Any]]]:
    """Rows of an inline keyboard; scores 1-5 share one row, 0-10 two."""
    return [[_button(button) for button in row] for row in _rows(buttons) if row]


def unlinkable(buttons: Sequence[Button]) -> tuple[Button, ...]:
    """Buttons that Telegram would refuse, with the message; they are written out in the text."""
    return tuple(button for button in buttons if button.url and not linkable(button.url))


def _rows(buttons: Sequence[Button]) -> Iterator[Sequence[Button]]:
    """Scores, ordinary buttons and wide ones never share a row; the rows of such a group are about equally long."""
    shown = [button for button in buttons if button.press or (button.url and linkable(button.url))]
    for _, group in groupby(shown, _kind):
        yield from _balanced(list(group))


def _balanced(group: Sequence[Button]) -> Iterator[Sequence[Button]]:
    rows = -(-len(group) // min(_per_row(button) for button in group))
    length = -(-len(group) // rows)
    for start in range(0, len(group), length):
        yield group[start : start + length]


def _kind(button: Button) -> str:
    if _is_score(button):
        return "score"
    return "wide" if _per_row(button) == 1 else "ordinary"


def _per_row(button: Button) -> int:
    width = _width(button.label)
    if button.wide or width > HALF:
        return 1
    return 6 if _is_score(button) else 3 if width <= SHORT else 2


def _is_score(button: Button) -> bool:
    letters = any(unicodedata.category(character)[0] == "L" for character in button.label)
    return not button.wide and not letters and _width(button.label) <= TINY


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
