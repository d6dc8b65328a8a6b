"""Whoever waits for a test hears soon that nothing has come back yet."""

from __future__ import annotations

from flows.router import timer
from flows.turn import Turn
from flows.webhooks import actions, cards
from store.models import Endpoint, Member


@timer("endpoint-test")
def endpoint_test(turn: Turn, subject: str) -> None:
    id, asked = subject.split(":")
    row, asker = turn.work.get(Endpoint, int(id)), turn.work.get(Member, int(asked))
    if row is not None and asker is not None and row.state == "active" and actions.still_waits(turn, row):
        turn.message_member(asker, cards.not_yet(row), "")
