"""No more surveys, or welcome again: what a customer wishes counts on every platform and for every open question."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import Text, lines, quote
from bot.core.text import gettext as _
from flows.surveys import anonymous, questions
from flows.surveys.actions import EXPIRE, INVITE, REMIND, REST, close_talk
from flows.surveys.asked import OPEN, dialog_of, state_of, stopped
from flows.surveys.wishes import Wish
from flows.turn import Turn
from store.models import Customer, Invitation, Member, Survey


def stop(turn: Turn, wish: Wish) -> Reply | Text:
    """The wish of whoever writes here."""
    customer = turn.customer
    if customer is None:
        return _("We send you nothing by ourselves. Your own questions are still answered here.")
    return stop_for(turn, customer, wish)


def stop_for(turn: Turn, customer: Customer, wish: Wish) -> Text:
    """No more surveys for this customer, on whatever platform; open ones close."""
    turn.work.customers.change(customer, stopped=" ".join(sorted(stopped(customer) | {wish})))
    turn.__dict__.pop("customer", None)
    for invitation in turn.work.feedback.invitations(customer.id, limit=20):
        _stop_one(turn, invitation)
    firm = turn.workspace.name
    if wish == "all":
        _tell_owner(turn, customer)
        said = _("Understood. {firm} sends you nothing more by itself.", firm=firm)
    else:
        said = _("Done: {firm} sends you no more surveys.", firm=firm)
    return lines(said, _("Your own questions are still answered here. To undo this, write “start surveys”."))


def _stop_one(turn: Turn, invitation: Invitation) -> None:
    if invitation.state == "waiting":
        turn.work.timers.cancel(INVITE, str(invitation.id))
        turn.work.change(invitation, state="refused", reason="stopped")
    if invitation.state not in OPEN:
        return
    close_talk(turn, invitation)
    for timer in (REST, EXPIRE, REMIND):
        turn.work.timers.cancel(timer, str(invitation.id))
    survey = turn.work.get(Survey, invitation.survey)
    if survey is None:
        return
    dialog = dialog_of(survey)
    answered = bool(state_of(turn, dialog, invitation).answers)
    if survey.anonymous:
        anonymous.forget(turn, invitation)
        answered = False
    state = "finished" if answered else "stopped"
    invitation = turn.work.change(invitation, state=state, step="", finished=turn.now)
    if not answered:
        turn.rewrite(questions.card_of(invitation.id), questions.stopped(invitation))
        return
    over = questions.over(turn, dialog, state_of(turn, dialog, invitation), invitation, turn.words.language)
    turn.rewrite(questions.card_of(invitation.id), over)


def _tell_owner(turn: Turn, customer: Customer) -> None:
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    if owner is not None:
        said = lines(
            _("{name} wants to be left alone:", name=customer.name),
            quote(_("no surveys and no messages by rule; answers to their own questions still arrive.")),
        )
        turn.message_member(owner, Reply(said, (Option(_("Show card"), f"who:{customer.id}"),)), "score")


def start_again(turn: Turn) -> Text:
    """Takes the stop back."""
    customer = turn.customer
    if customer is None or not stopped(customer) & {"surveys", "all"}:
        return _("Surveys are not stopped.")
    turn.work.customers.change(customer, stopped=" ".join(sorted(stopped(customer) - {"surveys", "all"})))
    turn.__dict__.pop("customer", None)
    return _("Welcome back: we may ask you now and then. “stop surveys” ends it again.")
