"""What became of an invitation that was sent."""

from __future__ import annotations

from dataclasses import replace

from bot.core.messages import Answered, Option, Urgency
from bot.core.text import gettext as _
from flows.surveys import cards
from flows.surveys.actions import EXPIRE, REMIND, close_talk
from flows.surveys.rounds import moved_on
from flows.turn import Turn
from store.models import Conversation, Invitation, Member


def came_through(turn: Turn, answered: Answered) -> None:
    """The platform said what became of it; a quick answer of the customer's stands."""
    invitation = turn.work.get(Invitation, int(answered.tell.partition(":")[2]))
    if invitation is None or invitation.state != "sending":
        return
    moved_on(turn, invitation)
    if answered.outcome == "failed":
        invitation = _failed(turn, invitation)
    else:
        invitation = turn.work.change(invitation, state="unknown" if answered.outcome == "unknown" else "sent")
    card = cards.offer_card(invitation.id)
    if turn.work.cards.places(card):
        turn.rewrite(card, cards.outcome(turn, invitation))
    elif invitation.state == "failed":
        _tell_who_served(turn, invitation)


def _failed(turn: Turn, invitation: Invitation) -> Invitation:
    chat = turn.work.get(Conversation, invitation.conversation) if invitation.conversation else None
    close_talk(turn, invitation)
    for timer in (EXPIRE, REMIND):
        turn.work.timers.cancel(timer, str(invitation.id))
    reason = "failed" if chat is not None and chat.reachable else "blocked"
    return turn.work.change(invitation, state="failed", reason=reason, sent=None)


def _tell_who_served(turn: Turn, invitation: Invitation) -> None:
    member = turn.work.get(Member, invitation.member) if invitation.member else None
    if member is not None:
        shown = cards.outcome(turn, invitation)
        option = Option(_("Show card"), f"who:{invitation.customer}")
        turn.message_member(member, replace(shown, options=(option,), urgency=Urgency.REMINDER))
