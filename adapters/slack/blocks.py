"""Runs and buttons as Block Kit: rich text, in which what a person typed can be neither a mention nor a link."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from adapters.slack.forms import plain
from adapters.slack.words import to_type
from bot.core.incoming import whole
from bot.core.messages import Button
from bot.core.text import Run, Runs

Block = dict[str, Any]

BLOCK_CHARACTERS = 3000
BLOCKS = 50
ROW = 5
LABEL = 75
URL = 3000
TINY = 4
"""Longest label of a score: these share rows of their own."""


def blocks_of(runs: Runs, buttons: Sequence[Button]) -> list[Block]:
    """At most 50: `fit` has made the message small enough."""
    blocks = [*_texts(spelled(runs)), *_rows(buttons)]
    if len(blocks) > BLOCKS:
        raise ValueError(f"a message of {len(blocks)} blocks: Slack takes {BLOCKS}")
    return blocks


def spelled(runs: Runs) -> Runs:
    """Whole characters only; commands as they are typed here; a link that Slack would not take is written out."""
    return tuple(part for run in runs for part in _spelled(replace(run, text=whole(run.text))) if part.text)


def linkable(url: str) -> bool:
    """Whether Slack takes it for a link; it refuses the whole message when it doesn't."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= URL and not set(url) & set(" <>|")


def visible(text: str) -> bool:
    """Whether a reader would see anything."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def _spelled(run: Run) -> Sequence[Run]:
    if run.style == "code" and not run.url:
        return (replace(run, text=to_type(run.text)),)
    if not run.url or linkable(run.url):
        return (run,)
    label = () if run.text == run.url else (Run(f"{run.text}: ", run.style),)
    return (*label, Run(run.url, "code"))


def _texts(runs: Runs) -> Iterator[Block]:
    for part in _parts(runs):
        if any(visible(run.text) for run in part):
            yield {"type": "rich_text", "elements": list(_sections(part))}


def _parts(runs: Runs) -> Iterator[Runs]:
    """Pieces that one block can hold, cut at line ends where there are any."""
    piece: list[Run] = []
    room = BLOCK_CHARACTERS
    for run in runs:
        rest = run.text
        while len(rest) > room:
            end = rest.rfind("\n", 0, room) + 1 or room
            piece.append(replace(run, text=rest[:end]))
            yield tuple(piece)
            piece, rest, room = [], rest[end:], BLOCK_CHARACTERS
        piece.append(replace(run, text=rest))
        room -= len(rest)
    yield tuple(run for run in piece if run.text)


def _sections(runs: Runs) -> Iterator[Block]:
    """Quotations stand on lines of their own, so a line end before or after one is left out."""
    groups = [(quoted, list(group)) for quoted, group in groupby(runs, lambda run: run.style == "quote")]
    for number, (quoted, group) in enumerate(groups):
        if not quoted and number + 1 < len(groups):
            group[-1] = replace(group[-1], text=group[-1].text.removesuffix("\n"))
        if not quoted and number:
            group[0] = replace(group[0], text=group[0].text.removeprefix("\n"))
        if elements := [_element(run) for run in group if run.text]:
            yield {"type": "rich_text_quote" if quoted else "rich_text_section", "elements": elements}


def _element(run: Run) -> Block:
    element: Block = {"type": "text", "text": run.text}
    if run.url:
        element = {"type": "link", "url": run.url, "text": run.text}
    if run.style in ("bold", "italic", "code"):
        element["style"] = {run.style: True}
    return element


def _rows(buttons: Sequence[Button]) -> Iterator[Block]:
    """At most five a row, because Slack hides the rest of a longer one; scores and wide ones stay among themselves."""
    shown = [(number, button) for number, button in enumerate(buttons) if button.press or linkable(button.url)]
    for kind, grouped in groupby(shown, lambda item: _kind(item[1])):
        group = list(grouped)
        rows = len(group) if kind == "wide" else -(-len(group) // ROW)
        length = -(-len(group) // rows)
        for start in range(0, len(group), length):
            yield {"type": "actions", "elements": [_button(*item) for item in group[start : start + length]]}


def _kind(button: Button) -> str:
    if button.wide:
        return "wide"
    letters = any(unicodedata.category(character)[0] == "L" for character in button.label)
    return "score" if not letters and len(button.label) <= TINY else "ordinary"


def _button(number: int, button: Button) -> Block:
    label = button.label if visible(button.label) else "•"
    target = {"value": button.press} if button.press else {"url": button.url}
    text = plain(label, LABEL)
    made: Block = {"type": "button", "action_id": f"button:{number}", "text": text, **target}
    made["accessibility_label"] = text["text"]
    return {**made, "style": button.style} if button.style else made
