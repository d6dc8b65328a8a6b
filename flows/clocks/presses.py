"""Taking care of what is late."""

from __future__ import annotations

from bot.core.messages import Reply
from bot.core.text import gettext as _
from flows.clocks.escalation import claim
from flows.replies import settled
from flows.router import press
from flows.tickets.actions import assign, number_of, sheet_of
from flows.tickets.rules import DONE
from flows.turn import Turn
from store.models import Member


@press("sla-claim")
def claim_pressed(turn: Turn, ticket: int) -> Reply:
    """The ticket is the claimer's from now on: there is one owner."""
    row, me = turn.work.desk.get(ticket), turn.me()
    late = [clock for clock in turn.work.desk.clocks(ticket) if clock.warned] if row is not None else []
    if row is None or row.state in DONE or not late:
        return settled()
    by = next((clock.claimed for clock in late if clock.claimed), None)
    if by == me.id:
        return Reply(_("You have it already."), toast=True)
    if by is not None and (other := turn.work.get(Member, by)) is not None:
        return Reply(_("{name} was faster.", name=other.name), toast=True)
    turn.did(_("claimed {number}", number=number_of(row)), sheet_of(row.id))
    row = assign(turn, row, me.id)
    for clock in late:
        claim(turn, row, clock, me)
    return Reply(_("{number} is yours. The clock goes on until it is answered.", number=number_of(row)), toast=True)
