"""The rows behind a question to a customer: which survey, which invitation, what is known when it may be sent."""

from __future__ import annotations

from datetime import datetime

from flows.dialog import Dialog, State, after, from_json, step_of
from flows.surveys.ready import SCORE
from flows.surveys.rules import History, Trigger
from flows.turn import Turn
from flows.words import zone_of
from store.models import Activity, Conversation, Customer, Identity, Invitation, Survey

ASKED = frozenset({"sending", "sent", "started", "finished", "skipped", "stopped", "unknown", "expired"})
"""States in which the customer has the question, or may have it."""
OPEN = frozenset({"sending", "sent", "started", "unknown"})
"""States in which a typed answer is waited for."""


def active(turn: Turn) -> list[Survey]:
    """The newest version of each survey that is switched on."""
    newest = {survey.name: survey for survey in sorted(turn.work.find(Survey), key=lambda s: s.version)}
    return [survey for survey in newest.values() if survey.active]


def trigger_of(activity: Activity) -> str:
    """What an invitation follows; the moment is in it because a database may give a number again."""
    return f"activity:{activity.id}:{int(activity.logged.timestamp())}"


def followed(turn: Turn, invitation: Invitation) -> Activity | None:
    """The activity an invitation follows, while it is there."""
    row = turn.work.get(Activity, invitation.activity) if invitation.activity else None
    return row if row is not None and trigger_of(row) == invitation.trigger else None


def history_of(turn: Turn, survey: Survey, invitation: Invitation) -> History:
    """Everything the rule wants to know, at this moment."""
    customer = turn.work.customers.get(invitation.customer)
    activity = followed(turn, invitation)
    chats = turn.work.people.chats_of(invitation.customer)
    rooms = [] if chats else turn.work.find(Conversation, customer=invitation.customer, kind="room")
    same, any_ = _last_asked(turn, survey, invitation)
    return History(
        now=turn.now,
        activity=_trigger(invitation, activity),
        by_human=activity is None or activity.member is not None,
        active=customer is not None and customer.state == "active",
        reachable=bool(chats or rooms),
        stopped=customer is not None and bool(stopped(customer) & {"surveys", "all"}),
        every=survey.every,
        last_same=same,
        last_any=any_,
        busy=bool(chats and chats[0].dialog),
        room=bool(rooms),
        reporter=_rates_themselves(turn, invitation),
    )


def stopped(customer: Customer) -> set[str]:
    """What this customer does not want any more."""
    return set(customer.stopped.split())


def zone_of_customer(turn: Turn, customer: int) -> str:
    """Where it is day or night for this customer."""
    found = turn.work.customers.get(customer)
    return str(zone_of((found.zone if found else "") or turn.workspace.zone))


def dialog_of(survey: Survey) -> Dialog:
    """The survey's questions, in the version it was sent in."""
    return from_json(survey.name, survey.version, survey.steps, survey.thanks)


def state_of(turn: Turn, dialog: Dialog, invitation: Invitation) -> State:
    """Where the customer is, with what was answered."""
    return State(dialog.name, dialog.version, invitation.step, turn.work.feedback.answers(invitation.id))


def words_in(dialog: Dialog, state: State) -> str:
    """The words that go with the score as it is now."""
    if SCORE not in state.answers:
        return ""
    answers = after(dialog, state, step_of(dialog, SCORE), state.answers[SCORE]).answers
    return " · ".join(str(value) for name, value in answers.items() if name != SCORE)


def _trigger(invitation: Invitation, activity: Activity | None) -> Trigger:
    if invitation.activity is None:
        return "none"
    return "there" if activity is not None and activity.status == "done" else "undone"


def _last_asked(turn: Turn, survey: Survey, invitation: Invitation) -> tuple[datetime | None, datetime | None]:
    asked = turn.work.feedback.last_asked(invitation.customer)
    same = next((at for at, name in asked if name == survey.name), None)
    return same, asked[0][0] if asked else None


def _rates_themselves(turn: Turn, invitation: Invitation) -> bool:
    """Whether whoever served is also the person in the customer's chat."""
    served = (
        {(i.platform, i.person) for i in turn.work.find(Identity, member=invitation.member)}
        if invitation.member
        else set()
    )
    return any((i.platform, i.person) in served for i in turn.work.find(Identity, customer=invitation.customer))
