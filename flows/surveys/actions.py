"""Publishing surveys, deciding whom to ask, and sending."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.core.messages import Reply
from bot.core.text import gettext as _
from bot.core.text import moment
from flows.dialog import as_json, begin
from flows.reminders.rules import out_of_quiet
from flows.replies import below, settled
from flows.surveys import cards, questions
from flows.surveys.asked import (
    ASKED,
    active,
    best_chats,
    dialog_of,
    given_of,
    history_of,
    newest,
    trigger_of,
    zone_of_customer,
)
from flows.surveys.drawing import enough
from flows.surveys.ready import AFTER, TITLE, VISIT
from flows.surveys.rules import LIFETIME, QUIET_FROM, QUIET_UNTIL, Refusal, may_ask, may_override
from flows.turn import Turn
from flows.words import zone_of
from store.models import Activity, Conversation, Customer, Invitation, Survey
from store.work import Work

INVITE, REST, EXPIRE, REMIND = "survey", "survey-rest", "survey-expire", "survey-remind"
"""Timers: send it, take a half-answered one for finished, close it, remind once."""


def publish_ready_surveys(work: Work) -> None:
    """The surveys that a new firm starts with."""
    if work.feedback.survey(VISIT.name) is None:
        work.add(
            Survey(
                name=VISIT.name,
                edition=VISIT.version,
                title=dict(TITLE),
                steps=as_json(VISIT),
                thanks=[[condition, dict(said)] for condition, said in VISIT.thanks],
                after=list(AFTER),
            )
        )


def by_day(turn: Turn, customer: int, due: datetime) -> datetime:
    """That moment, or the end of the customer's night."""
    return out_of_quiet(due, zone_of(zone_of_customer(turn, customer)), QUIET_FROM, QUIET_UNTIL)


def invitation_for(
    turn: Turn, survey: Survey, customer: int, activity: Activity | None, *, state: str, by: int | None = None
) -> Invitation:
    """The one invitation of a trigger, new where there is none; who served is kept at this moment."""
    trigger = trigger_of(activity) if activity else f"tap:{turn.key}:{customer}"[:200]
    known = turn.work.first(Invitation, survey=survey.id, trigger=trigger)
    values: dict[str, Any] = {
        "customer": customer,
        "contact": activity.contact if activity else None,
        "member": activity.member if activity else by,
    }
    if known is not None:
        return known if known.state in ASKED else turn.work.change(known, **values)
    return turn.work.add(
        Invitation(
            survey=survey.id,
            trigger=trigger,
            activity=activity.id if activity else None,
            by=by,
            state=state,
            made=turn.now,
            **values,
        )
    )


def ask(turn: Turn, survey: Survey, invitation: Invitation, *, anyway: bool = False) -> Invitation:
    """Sends it when it is right to, else keeps the reason; returns the invitation as it is then."""
    survey = newest(turn, survey)
    refusal = _refusal(turn, survey, invitation, anyway=anyway)
    turn.work.timers.cancel(INVITE, str(invitation.id))
    if refusal is not None:
        return turn.work.change(invitation, state="refused", reason=refusal.code)
    return _send(turn, survey, invitation)


def _refusal(turn: Turn, survey: Survey, invitation: Invitation, *, anyway: bool) -> Refusal | None:
    if not survey.active or enough(turn, survey):
        return Refusal("full" if survey.active else "off")
    history = history_of(turn, survey, invitation)
    return None if anyway and may_override(history) else may_ask(history)


def _send(turn: Turn, survey: Survey, invitation: Invitation) -> Invitation:
    """The talk is open from now on, not from when the platform confirms: a quick answer finds it."""
    chat = best_chats(turn, invitation.customer)[0]
    dialog = dialog_of(survey)
    invitation = turn.work.change(invitation, survey=survey.id, contact=chat.contact or invitation.contact)
    given = given_of(turn, dialog, invitation)
    invitation = turn.work.change(
        invitation,
        state="sending",
        reason="",
        sent=turn.now,
        conversation=chat.id,
        given=given,
        step=begin(dialog, given).step,
    )
    open_talk(turn, chat, invitation)
    shown = first_question(turn, survey, invitation, chat)
    turn.say_to(chat, cards.campaign(shown, tell=f"survey:{invitation.id}"))
    turn.work.timers.move(EXPIRE, str(invitation.id), turn.now + LIFETIME)
    if survey.remind:
        due = by_day(turn, invitation.customer, turn.now + timedelta(days=survey.remind))
        turn.work.timers.move(REMIND, str(invitation.id), due)
    return invitation


def unsend(turn: Turn, invitation: Invitation, *, state: str, reason: str = "") -> Invitation:
    """Takes a question back that is still on our side; one that a platform may have stays as it is."""
    chat = turn.work.get(Conversation, invitation.conversation) if invitation.conversation else None
    if chat is None or not turn.work.outbox.drop(chat.account, chat.address, f"survey:{invitation.id}"):
        return invitation
    close_talk(turn, invitation)
    for timer in (EXPIRE, REMIND):
        turn.work.timers.cancel(timer, str(invitation.id))
    return turn.work.change(invitation, state=state, reason=reason, sent=None, step="")


def first_question(turn: Turn, survey: Survey, invitation: Invitation, chat: Conversation) -> Reply:
    """What the customer reads first, in the language of that chat."""
    dialog = dialog_of(survey)
    given = given_of(turn, dialog, invitation)
    return questions.now(turn, survey, dialog, begin(dialog, given), invitation, turn.words_for(chat).language)


def open_talk(turn: Turn, chat: Conversation, invitation: Invitation) -> None:
    """What is typed there answers this invitation."""
    chat = turn.work.change(chat, dialog={"kind": "survey", "invitation": invitation.id})
    if turn.conversation is not None and turn.conversation.id == chat.id:
        turn.conversation = chat


def close_talk(turn: Turn, invitation: Invitation) -> None:
    """What is typed there is an ordinary message again."""
    chat = turn.work.get(Conversation, invitation.conversation) if invitation.conversation else turn.conversation
    if chat is None or not chat.dialog or chat.dialog.get("invitation") != invitation.id:
        return
    if turn.conversation is not None and turn.conversation.id == chat.id:
        turn.remember(None)
    else:
        turn.work.change(chat, dialog=None)


# by a tap


def offer(turn: Turn, customer: Customer, activity: Activity | None, survey: Survey | None = None) -> Reply:
    """A preview of what would be sent, or why it would not be; first which survey, where several could be meant."""
    surveys = active(turn)
    if not surveys:
        return no_survey()
    fitting = [row for row in surveys if activity is not None and activity.kind in row.after]
    survey = survey or (fitting[0] if len(fitting) == 1 else surveys[0] if len(surveys) == 1 else None)
    if survey is None:
        return cards.which(turn, customer, activity, surveys)
    invitation = invitation_for(turn, survey, customer.id, activity, state="draft", by=turn.me().id)
    if invitation.state in ASKED:
        return _asked_already(invitation)
    chat = next(iter(best_chats(turn, customer.id)), None)
    if chat is not None and chat.contact:
        invitation = turn.work.change(invitation, contact=chat.contact)
    history = history_of(turn, survey, invitation)
    refusal = may_ask(history)
    if refusal or chat is None:
        if refusal and invitation.state != "waiting":
            turn.work.change(invitation, state="refused", reason=refusal.code)
        return below(turn, cards.refused(turn, invitation, history))
    return below(turn, cards.preview(turn, invitation, first_question(turn, survey, invitation, chat), chat))


def no_survey() -> Reply:
    return Reply(_("Every survey is switched off. Managers see them with /survey."))


def _asked_already(invitation: Invitation) -> Reply:
    when = moment(invitation.sent or invitation.made, "short")
    return Reply(_("This was asked already, {when}.", when=when), toast=True)


def send_now(turn: Turn, id: int, *, anyway: bool = False) -> Reply:
    """The tap on Send or Send anyway: asked once, however often it is pressed."""
    invitation = turn.work.get(Invitation, id)
    survey = turn.work.get(Survey, invitation.survey) if invitation else None
    if invitation is None or survey is None:
        return settled()
    if invitation.state in ASKED:
        return _asked_already(invitation)
    asked = ask(turn, survey, turn.work.change(invitation, by=turn.me().id), anyway=anyway)
    if asked.state == "refused":
        return cards.refused(turn, asked, history_of(turn, survey, asked))
    return cards.outcome(turn, asked)
