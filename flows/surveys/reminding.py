"""The one reminder: the open question again, as a new message, with everything that was answered kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.text import gettext as _
from bot.core.text import lines
from flows.surveys import cards, questions
from flows.surveys.actions import REMIND, by_day, open_talk
from flows.surveys.answers import closed
from flows.surveys.asked import OPEN, dialog_of, state_of, stopped
from flows.turn import Turn
from store.models import Conversation, Invitation, Survey

AGAIN = timedelta(days=1)
"""Until the next look, when something else is open in that chat."""


def remind(turn: Turn, invitation: Invitation) -> None:
    """Who has not finished, has not stopped, and whose chat is free; never twice, and never at night."""
    survey = turn.work.get(Survey, invitation.survey)
    if survey is None or not _may(turn, survey, invitation):
        return
    chat = turn.work.get(Conversation, invitation.conversation) if invitation.conversation else None
    if chat is None or not chat.reachable or chat.customer != invitation.customer:
        return
    busy = bool(chat.dialog) and (chat.dialog or {}).get("invitation") != invitation.id
    due = by_day(turn, invitation.customer, turn.now + AGAIN if busy else turn.now)
    if due > turn.now:
        turn.work.timers.move(REMIND, str(invitation.id), due)
        return
    _ask_again(turn, survey, invitation, chat)


def _may(turn: Turn, survey: Survey, invitation: Invitation) -> bool:
    customer = turn.work.customers.get(invitation.customer)
    welcome = customer is not None and customer.state == "active" and not stopped(customer) & {"surveys", "all"}
    open_ = invitation.state in OPEN and invitation.state != "sending" and not closed(turn, invitation)
    return welcome and open_ and survey.active and invitation.reminded is None


def _ask_again(turn: Turn, survey: Survey, invitation: Invitation, chat: Conversation) -> None:
    dialog, language = dialog_of(survey), turn.words_for(chat).language
    shown = questions.now(turn, survey, dialog, state_of(turn, dialog, invitation), invitation, language)
    open_talk(turn, chat, invitation)
    turn.work.change(invitation, reminded=turn.now)
    if turn.work.cards.message(shown.card, chat.address):
        turn.work.cards.shown(shown.card, chat.address, "")
    text = lines(_("This question of ours is still open. We ask this one more time only."), shown.text)
    turn.say_to(chat, cards.campaign(replace(shown, text=text), tell=""))
