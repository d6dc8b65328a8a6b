"""Setting how long a kind is kept, and planning the nights in which what is older goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta

from bot.core.messages import Reply
from bot.core.text import gettext as _
from flows.keeping import cards
from flows.keeping.rules import FOREVER
from flows.reminders.rules import next_clock
from flows.turn import Turn
from flows.words import zone_of
from store.keeping import count
from store.models import Retention, Timer

NIGHTLY = "keep"
NIGHT = time(3)
"""On the firm's clock."""


def kept(turn: Turn) -> Mapping[str, int]:
    """The kinds that are not kept for ever, with their days."""
    return {row.kind: row.days for row in turn.work.find(Retention) if row.days != FOREVER}


def asked(turn: Turn, kind: str, days: int) -> Reply:
    """Longer holds at once; what would take something away is shown first."""
    now = kept(turn).get(kind, FOREVER)
    shorter = days != FOREVER and (now == FOREVER or days < now)
    if shorter:
        before = turn.now - timedelta(days=days)
        counted, rows = count(turn.work, kind, before)
        if rows:
            return cards.preview(kind, days, counted, before.astimezone(turn.zone).date())
    return keep(turn, kind, days)


def keep(turn: Turn, kind: str, days: int) -> Reply:
    """From the next night on."""
    row = turn.work.first(Retention, kind=kind)
    if row is None:
        turn.work.add(Retention(kind=kind, days=days, by=turn.me().id, since=turn.now))
    else:
        turn.work.change(row, days=days, by=turn.me().id, since=turn.now)
    turn.work.audit(f"member:{turn.me().id}", "retention", f"{kind} {days}")
    turn.did(_("how long {kind} are kept", kind=cards.NAMES[kind]), cards.CARD)
    if not turn.work.find(Timer, kind=NIGHTLY, state="waiting"):
        plan(turn)
    return cards.done(kind, days)


def plan(turn: Turn) -> None:
    """The next three o'clock of the firm."""
    turn.work.timers.move(NIGHTLY, "", next_clock(turn.now, NIGHT, zone_of(turn.workspace.zone)))
