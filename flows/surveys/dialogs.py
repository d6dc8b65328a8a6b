"""The buttons of a link and of a call, and the command with which a call's answers are written down."""

from __future__ import annotations

from bot.core.messages import Reply
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.replies import settled
from flows.router import EDITORS, MANAGERS, command, press
from flows.surveys import cards, channels
from flows.surveys.actions import no_survey
from flows.surveys.asked import active, newest
from flows.turn import Turn
from store.models import Customer, Invitation, Survey

Outcome = Reply | Text


@press("survey-link")
def link(turn: Turn, invitation: int) -> Outcome:
    found = turn.work.get(Invitation, invitation)
    return channels.by_link(turn, found) if found else settled()


@press("survey-phone")
def phone(turn: Turn, invitation: int) -> Outcome:
    """The member has the customer on the telephone, or goes on with a call."""
    found = turn.work.get(Invitation, invitation)
    return channels.by_call(turn, found) if found else settled()


@press("survey-call")
def call(turn: Turn, customer: int, survey: int) -> Outcome:
    found, chosen = turn.work.customers.get(customer), turn.work.get(Survey, survey)
    if found is None or found.state != "active" or chosen is None:
        return settled()
    return channels.call_about(turn, found, newest(turn, chosen))


@press("survey-unask")
def unask(turn: Turn, invitation: int) -> Outcome:
    found = turn.work.get(Invitation, invitation)
    if found is None or found.channel != "call" or found.by != turn.me().id or found.state not in ("sent", "started"):
        return settled()
    return channels.not_now(turn, found)


@press("survey-withdraw")
def withdraw(turn: Turn, invitation: int, sure: str = "") -> Outcome:
    """By whoever wrote it down, or a manager; after one more look."""
    found, me = turn.work.get(Invitation, invitation), turn.me()
    if found is None or found.channel != "call" or (found.by != me.id and me.role not in MANAGERS):
        return settled()
    return channels.withdraw(turn, found) if sure else channels.sure(turn, found)


@command(
    "feedback",
    help=_("Write down what a customer says to a survey"),
    example=_("/feedback Acme"),
    for_=EDITORS,
    words=("feedback from", "return call", "回访", "录入回访", "记录回访"),
    rooms=False,
)
def feedback(turn: Turn, customer: Customer) -> Outcome:
    """By telephone or on site: the member asks and writes down."""
    surveys = active(turn)
    if not surveys:
        return no_survey()
    if len(surveys) == 1:
        return channels.call_about(turn, customer, surveys[0])
    return cards.which(turn, customer, None, surveys, call=True)
