"""What time alone does: a confirmed answer goes out, a night is over."""

from __future__ import annotations

from flows.relay.actions import introduce
from flows.relay.outward import TIMER, leave
from flows.relay.places import MORNING, places
from flows.router import timer
from flows.turn import Turn
from store.models import Line, Member


@timer(TIMER)
def goes_out(turn: Turn, subject: str) -> None:
    line = turn.work.get(Line, int(subject))
    if line is not None and line.state == "held":
        leave(turn, line)


@timer(MORNING)
def wakes(turn: Turn, subject: str) -> None:
    """What came in the night, if it is still this member's and still open."""
    ticket_id, _colon, member_id = subject.partition(":")
    ticket, member = turn.work.desk.get(int(ticket_id)), turn.work.get(Member, int(member_id))
    if ticket is None or member is None or ticket.state not in ("open", "waiting"):
        return
    for chat in places(turn, ticket):
        if chat.address == member.home:
            introduce(turn, ticket, chat)
