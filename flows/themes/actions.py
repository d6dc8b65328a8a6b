"""Themes as they are kept, or the ready ones until somebody changes one; which texts belong to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flows.results.rules import band
from flows.themes.rules import READY, fitting
from flows.turn import Turn
from store.models import RoomReply, Theme
from store.results import Comment, comments

SPAN = timedelta(days=90)


@dataclass(slots=True)
class Said:
    """A theme with what was said of it lately."""

    theme: Theme
    comments: list[Comment] = field(default_factory=list)

    @property
    def low(self) -> int:
        """How many of those who gave a bad score spoke of it."""
        return sum(is_low(one) for one in self.comments)


def is_low(said: Comment) -> bool:
    return said.score is not None and band(said.kind, said.score) == "low"


def themes(turn: Turn) -> list[Theme]:
    """As they are kept; the ready ones while nobody has changed any."""
    return turn.work.find(Theme) or [_ready(turn, name) for name in READY]


def _ready(turn: Turn, name: str) -> Theme:
    return Theme(name=name, words=list(READY[name]), changed=turn.now)


def themes_of(turn: Turn, text: str) -> list[Theme]:
    """Those that a text speaks of."""
    return [theme for theme in themes(turn) if fitting(theme.words, text)]


def called(turn: Turn, name: str) -> Theme | None:
    """By its name, whatever its case."""
    return next((theme for theme in themes(turn) if theme.name.casefold() == name.strip().casefold()), None)


def change(turn: Turn, theme: Theme, **values: Any) -> Theme:
    """Changes it; with the first change the ready ones become the firm's own."""
    if not turn.work.find(Theme):
        theme = {row.name: turn.work.add(row) for row in themes(turn)}[theme.name]
    return turn.work.change(theme, changed=turn.now, **values)


def add(turn: Turn, name: str, words: Sequence[str]) -> Theme:
    """A theme of the firm's own."""
    if not turn.work.find(Theme):
        for row in themes(turn):
            turn.work.add(row)
    return turn.work.add(Theme(name=name, words=list(words), changed=turn.now))


def heard(turn: Turn, since: datetime | None = None) -> list[Comment]:
    """What customers wrote lately: answers in words, and replies to questions put to their rooms."""
    since = since or turn.now - SPAN
    return [*comments(turn.work, since=since), *_replies(turn, since)]


def _replies(turn: Turn, since: datetime) -> list[Comment]:
    found = []
    for row in turn.work.find(RoomReply):
        if row.at >= since:
            customer = turn.work.customers.get(row.customer) if row.customer else None
            name = customer.name if customer else row.person
            found.append(Comment(0, row.customer or 0, name, "room", None, row.text, row.at))
    return found


def sorted_out(turn: Turn, said: Sequence[Comment]) -> tuple[list[Said], list[Comment]]:
    """Each theme with its texts, the most spoken of first; and the texts that belong to none."""
    found = [Said(theme) for theme in themes(turn)]
    rest = []
    for one in said:
        fits = [group for group in found if fitting(group.theme.words, one.text)]
        for group in fits:
            group.comments.append(one)
        if not fits:
            rest.append(one)
    return sorted(found, key=lambda group: (-len(group.comments), group.theme.name)), rest
