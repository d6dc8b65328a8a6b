"""Taking care of what is late."""

from __future__ import annotations

from bot.core.messages import Reply
from bot.core.text import gettext as _
from flows.clocks.escalation import claim
from flows.router import press
from flows.tickets.actions import assign, number_of, sheet_of
from flows.turn import Turn
from store.models import Member, SlaClock


@press("sla-claim")
def claim_pressed(turn: Turn, clock: int) -> Reply:
    """The ticket is the claimer's from now on: there is one owner."""
    row = turn.work.get(SlaClock, clock)
    ticket = turn.work.desk.get(row.ticket) if row else None
    me = turn.me()
    if row is None or ticket is None or row.ended is not None or ticket.state in ("solved", "closed", "merged"):
        return Reply(_("That is settled already."), toast=True)
    if row.claimed == me.id:
        return Reply(_("You have it already."), toast=True)
    if row.claimed and (other := turn.work.get(Member, row.claimed)) is not None:
        return Reply(_("{name} was faster.", name=other.name), toast=True)
    turn.did(_("claimed {number}", number=number_of(ticket)), sheet_of(ticket.id))
    claim(turn, assign(turn, ticket, me.id), row, me)
    return Reply(_("{number} is yours. The clock goes on until it is answered.", number=number_of(ticket)), toast=True)
