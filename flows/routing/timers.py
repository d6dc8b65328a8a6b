"""What time alone triggers: nobody took a request, somebody is back, somebody's hours begin."""

from __future__ import annotations

from flows.router import timer
from flows.routing.actions import ACCEPT, QUEUE, give_out, not_taken
from flows.routing.duty import BACK, LEAVE, come_back, leave
from flows.routing.telling import nobody_takes_it
from flows.turn import Turn
from store.models import Member


@timer(ACCEPT)
def not_accepted(turn: Turn, subject: str) -> None:
    ticket = turn.work.desk.get(int(subject))
    if ticket is not None and not_taken(turn, ticket) is None:
        nobody_takes_it(turn, ticket)
    turn.work.for_good()


@timer(QUEUE)
def somebody_is_there(turn: Turn, subject: str) -> None:
    give_out(turn)
    turn.work.for_good()


@timer(LEAVE)
def away_from_now(turn: Turn, subject: str) -> None:
    member = turn.work.get(Member, int(subject))
    if member is not None and member.state == "active":
        leave(turn, member)
    turn.work.for_good()


@timer(BACK)
def back_again(turn: Turn, subject: str) -> None:
    member = turn.work.get(Member, int(subject))
    if member is not None and member.state == "active" and member.duty == "off":
        come_back(turn, member)
    turn.work.for_good()
