"""What time alone triggers: the customer hears that it is solved; after days of silence it is closed."""

from __future__ import annotations

from flows.router import timer
from flows.tickets import closing, loop
from flows.turn import Turn


@timer(loop.DONE)
def done(turn: Turn, subject: str) -> None:
    if ticket := turn.work.desk.get(int(subject)):
        loop.tell_customer(turn, ticket)


@timer(closing.CLOSE)
def silent(turn: Turn, subject: str) -> None:
    if ticket := turn.work.desk.get(int(subject)):
        closing.silent(turn, ticket)
