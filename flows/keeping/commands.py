"""`/keep`: how long which kind of material is kept; "keep voice notes for 90 days" says it in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Reply, Said
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.arrival import refusal
from flows.keeping import cards
from flows.keeping.actions import asked, keep, kept
from flows.keeping.rules import FOREVER, KINDS, LONGEST, days_in, is_bare, kind_in, wanted
from flows.replies import below
from flows.router import COMMANDS, MEMBERS, NOT_MINE, OWNERS, command, dialog, heard, press
from flows.turn import Turn
from store.wellbeing import KEPT


@command(
    "keep",
    help=_("How long things are kept"),
    example=_("/keep voice notes 90 days"),
    for_=OWNERS,
    words=(
        "retention",
        "data retention",
        "retention settings",
        "how long do you keep",
        "how long do we keep",
        "how long is data kept",
        "保留期限",
        "保存期限",
        "数据保留",
        "数据保留期限",
        "数据保存多久",
        "资料保留多久",
        "资料要保留多久",
        "资料都保留多久",
        "资料都要保留多久",
        "保留多久",
        "我们保留多久",
    ),
    rooms=False,
)
def keep_(turn: Turn, words: Rest | None = None) -> Reply | Text:
    said = (words or "").strip(" ?？。.")
    if not said:
        return _overview(turn)
    kind = kind_in(said)
    if kind is None:
        return cards.unknown(said)
    days = days_in(said)
    if days is None:
        return cards.unread() if any(c.isdigit() for c in said) else _choose(turn, kind)
    return asked(turn, kind, days)


@heard("first", for_=MEMBERS)
def told(turn: Turn, said: Said) -> Any:
    """A whole sentence that says which kind, and how long."""
    found = wanted(said.text) if turn.private and len(said.text) < 120 else None
    if found is None:
        return NOT_MINE
    turn.action = "command:keep"
    refused = refusal(turn, COMMANDS["keep"])
    return refused or (asked(turn, found.kind, found.days) if found.days is not None else cards.unread())


def _overview(turn: Turn) -> Reply:
    return cards.overview(kept(turn), KEPT.days)


@press("keep", for_=OWNERS)
def keep_pressed(turn: Turn) -> Reply:
    return _overview(turn)


@press("keep-kind", for_=OWNERS)
def kind_pressed(turn: Turn, kind: str) -> Reply:
    return _choose(turn, kind) if kind in KINDS else _older()


def _choose(turn: Turn, kind: str) -> Reply:
    turn.remember({"kind": "keep", "what": kind})
    return cards.choose(kind, kept(turn).get(kind, FOREVER))


@dialog("keep", for_=OWNERS, wants="value")
def days_typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """How long, said instead of pressed; any other line is about something else."""
    days = days_in(said.text) or days_in(f"{said.text.strip(' .。')} days")
    if days is None and is_bare(said.text):
        return cards.unread()
    turn.remember(None)
    return NOT_MINE if days is None else below(turn, asked(turn, state["what"], days))


@press("keep-days", for_=OWNERS)
def days_pressed(turn: Turn, kind: str, days: int) -> Reply:
    return asked(turn, kind, days) if _possible(kind, days) else _older()


@press("keep-yes", for_=OWNERS)
def yes(turn: Turn, kind: str, days: int) -> Reply:
    return keep(turn, kind, days) if _possible(kind, days) else _older()


@press("keep-no", for_=OWNERS)
def no(turn: Turn) -> Reply:
    return _overview(turn)


def _possible(kind: str, days: int) -> bool:
    return kind in KINDS and 0 <= days <= LONGEST


def _older() -> Reply:
    return Reply(_("That button is from an older version. Please ask again."), toast=True)
