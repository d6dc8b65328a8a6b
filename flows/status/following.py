"""What came of handling or sending something again: looked at until it is known, and told to who asked for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from bot.core.messages import Reply
from flows.status.cards import replayed_card, sent_again_card
from flows.turn import Turn
from store.models import Member, Outbox
from store.types import micros, moment

REPLAYED, RESENT = "replayed", "resent"
EVERY = timedelta(seconds=3)
LOOKS = 20
"""After so many looks it is told how far it has come."""


def follow(turn: Turn, kind: str, *what: int) -> None:
    """Looks in a moment, for whoever acts."""
    _look(turn, kind, turn.me().id, 1, what)


def _look(turn: Turn, kind: str, member: int, number: int, what: Sequence[int]) -> None:
    subject = ".".join(map(str, (member, number, micros(turn.now), *what)))
    turn.work.timers.set(kind, subject, turn.now + EVERY)


def looked(turn: Turn, kind: str, subject: str) -> None:
    """Tells it once all of it is known, or patience ends."""
    member, number, _asked, *what = map(int, subject.split("."))
    found = turn.work.get(Member, member)
    reply, waits = (_replayed if kind == REPLAYED else _resent)(turn, what)
    if waits and number < LOOKS:
        _look(turn, kind, member, number + 1, what)
    elif found is not None:
        turn.message_member(found, reply, kind="")


def _replayed(turn: Turn, what: Sequence[int]) -> tuple[Reply, bool]:
    last, count, before = what
    left = [one for one in turn.work.updates.parked() if micros(one.received) <= last]
    failed = Counter(one.error for one in left if not one.waits)
    waiting = sum(one.waits for one in left)
    dropped = max(0, turn.work.updates.dropped(moment(last)) - before)
    return replayed_card(max(0, count - len(left) - dropped), failed, waiting, dropped), bool(waiting)


def _resent(turn: Turn, ids: Sequence[int]) -> tuple[Reply, bool]:
    rows = [row for id in ids if (row := turn.work.get(Outbox, id)) is not None]
    ended = Counter(row.state for row in rows)
    left = ended["pending"] + ended["claimed"]
    return sent_again_card(ended, left), bool(left)
