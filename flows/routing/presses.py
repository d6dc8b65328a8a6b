"""Buttons about who gets what."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Reply
from bot.core.text import gettext as _
from bot.core.text import join
from flows.replies import settled
from flows.router import MANAGERS, press
from flows.routing import cards
from flows.routing.actions import PURPOSE, give_out, let_go
from flows.routing.away import Away
from flows.routing.duty import absence, come_back, go_away, here_again, waiting_for
from flows.turn import Turn
from store.models import Member, Rule


@press("route-off", for_=MANAGERS)
def rule_off(turn: Turn, rule: int) -> Reply:
    row = turn.work.first(Rule, id=rule, purpose=PURPOSE)
    if row is None:
        return settled()
    turn.work.remove(row)
    turn.did(_("rule {words} removed", words=row.name[:60]), "routes")
    return cards.rules_card(turn, undo=True)


@press("away-back")
def back(turn: Turn) -> Reply:
    return cards.back_card(turn, come_back(turn, turn.me()))


@press("away-other", for_=MANAGERS)
def other_back(turn: Turn, member: int) -> Reply:
    """A colleague who was put down as away is here after all."""
    found = turn.work.get(Member, member)
    if found is None or found.state != "active" or absence(turn, found) is None:
        return settled()
    return here_again(turn, found)


@press("away-for")
def away_for(turn: Turn, what: str) -> Reply:
    days = {"today": 1, "tomorrow": 2}.get(what)
    until = turn.local.date() + timedelta(days=days) if days else None
    return go_away(turn, turn.me(), Away(None, until))


@press("away-hand")
def hand_over(turn: Turn) -> Reply:
    """What customers wait for goes to whoever is there."""
    me = turn.me()
    if not waiting_for(turn, me):
        return settled()
    given = let_go(turn, me, waiting_only=True)
    turn.did(_("requests handed over"), f"duty:{me.id}:away")
    give_out(turn)
    names = {}
    for ticket in given:
        now = turn.work.desk.get(ticket.id)
        owner = turn.work.get(Member, now.owner) if now and now.owner else None
        names[str(ticket.number)] = owner.name if owner else ""
    said = join(", ", [f"T-{number} → {name}" if name else f"T-{number}" for number, name in names.items()])
    return Reply(_("Handed over: {what}. What has no name waits in sight of all.", what=said))
