"""Nobody answered a lead in time: the next is asked."""

from __future__ import annotations

from bot.core.messages import Address, Reply
from bot.core.text import gettext as _
from flows.leads.actions import TIMER, card, pass_on
from flows.router import timer
from flows.turn import Turn
from store.models import Lead, Member


@timer(TIMER)
def late(turn: Turn, subject: str) -> None:
    lead = turn.work.get(Lead, int(subject))
    if lead is None or lead.state != "offered":
        return
    if lead.until is not None and lead.until > turn.now:
        turn.work.timers.set(TIMER, subject, lead.until)
        return
    late_one = turn.work.get(Member, lead.member) if lead.member else None
    shown = card(turn, lead).card
    if late_one is not None and late_one.home and turn.work.cards.message(shown, late_one.home):
        turn.say(Reply(_("The time is up: the lead has gone to the next."), to=Address.of(late_one.home), card=shown))
    pass_on(turn, lead)
