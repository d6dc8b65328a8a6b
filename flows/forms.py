"""Forms: several questions at once, where the platform can show them; the same is always sayable in chat.

A form goes along with an ordinary reply. Platforms with forms open it, the others never hear of it, so a topic that
offers one says the same with buttons. What was filled in comes back as a press.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.core.messages import PRESS_BYTES, Pressed
from bot.core.text import Text, plain
from flows.turn import Turn, sign

Kind = Literal["words", "long", "number", "date", "time", "choice"]
TITLE = 24
"""Longest title that is shown whole everywhere."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question; `value` is what stands there already, `options` are (id, label) of a choice."""

    name: str
    label: Text
    kind: Kind = "words"
    value: str = ""
    hint: Text | None = None
    options: Sequence[tuple[str, Text]] = ()
    optional: bool = False


def offer(turn: Turn, press: str, title: Text, submit: Text, fields: Sequence[Field]) -> None:
    """Opens a form for whoever acts in this turn; `press` names who hears what was filled in."""
    where = turn.event.page or turn.where if turn.event else None
    if where is None:
        return
    if len(press.encode()) > PRESS_BYTES:
        raise ValueError(f"press is longer than {PRESS_BYTES} bytes: {press}")
    turn.data["form"] = {
        "title": _said(turn, title),
        "press": sign(turn.workspace.secret, where, press),
        "submit": _said(turn, submit),
        "fields": [_field(turn, field) for field in fields],
    }


def filled(turn: Turn) -> Mapping[str, str]:
    """What was filled in, by field; empty when it was a button without a form."""
    body = turn.event.body if turn.event else None
    return {name: value.strip() for name, value in body.values} if isinstance(body, Pressed) else {}


def wrong(turn: Turn, field: str, why: Text) -> None:
    """Says beside the field what is wrong with it; the form stays open, so whoever says this changes nothing else."""
    turn.data.setdefault("errors", {})[field] = _said(turn, why)


def _field(turn: Turn, field: Field) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": field.name,
        "label": _said(turn, field.label),
        "kind": field.kind,
        "value": field.value,
        "optional": field.optional,
    }
    if field.hint is not None:
        made["hint"] = _said(turn, field.hint)
    if field.options:
        made["options"] = [[id, _said(turn, label)] for id, label in field.options]
    return made


def _said(turn: Turn, text: Text) -> str:
    return plain(text.resolve(turn.words))
