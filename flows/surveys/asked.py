"""The rows behind a question to a customer: which survey, which invitation, what is known when it may be sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flows.dialog import Dialog, State, after, from_json, main, needed
from flows.surveys.rules import History, Trigger
from flows.turn import Turn
from flows.words import zone_of
from store.models import Activity, Conversation, Customer, Identity, Invitation, SealedAnswer, Survey, Ticket

ASKED = frozenset({"sending", "sent", "started", "finished", "skipped", "stopped", "unknown", "expired"})
"""States in which the customer has the question, or may have it."""
OPEN = frozenset({"sending", "sent", "started", "unknown"})
"""States in which a typed answer is waited for."""


def published(turn: Turn) -> list[Survey]:
    """The newest edition of each survey, those that are switched off among them."""
    rows = sorted(turn.work.find(Survey, draft=False), key=lambda survey: survey.edition)
    return list({survey.name: survey for survey in rows}.values())


def meant(rows: Sequence[Survey], words: str) -> Survey | None:
    """The newest of that name or title; else the only survey whose title begins with the words, or holds them."""
    wanted = _SURVEY_WORD.sub("", words.strip().casefold()) or words.strip().casefold()
    named = [row for row in rows if wanted in _names(row) or words.strip().casefold() in _names(row)]
    if named or len(wanted.encode()) < _LEAST:
        return named[-1] if named else None
    for fits in (str.startswith, str.__contains__):
        alike = {row.name: row for row in rows if any(fits(known, wanted) for known in _names(row))}
        if alike:
            return next(iter(alike.values())) if len(alike) == 1 else None
    return None


_SURVEY_WORD = re.compile(r"^(?:the|our|my) |[ ]?(?:survey|questionnaire|问卷|调查)$")
_LEAST = 4
"""Bytes of a part of a title that is one: "nps" has none, 季度 does."""


def _names(survey: Survey) -> tuple[str, ...]:
    return (survey.name.casefold(), *(title.casefold() for title in survey.title.values()))


def drafts(turn: Turn) -> list[Survey]:
    """Surveys, and editions of surveys, that nobody has been asked yet."""
    return turn.work.find(Survey, draft=True)


def active(turn: Turn) -> list[Survey]:
    """The newest edition of each survey that is switched on."""
    return [survey for survey in published(turn) if survey.active]


def newest(turn: Turn, survey: Survey) -> Survey:
    """The edition that is sent now; who has an older one keeps it."""
    rows = turn.work.find(Survey, name=survey.name, draft=False)
    return max(rows, key=lambda row: row.edition, default=survey)


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
    chats = best_chats(turn, invitation.customer)
    rooms = [] if chats else turn.work.find(Conversation, customer=invitation.customer, kind="room")
    asked = turn.work.feedback.last_asked(invitation.customer)
    same = [at for at, name in asked if name == survey.name]
    return History(
        now=turn.now,
        activity=_trigger(turn, invitation, activity),
        by_human=_by_human(turn, invitation, activity),
        active=customer is not None and customer.state == "active",
        reachable=bool(chats or rooms),
        stopped=customer is not None and bool(stopped(customer) & {"surveys", "all"}),
        every=survey.every,
        times=survey.times,
        had=len(same),
        last_same=same[0] if same else None,
        last_any=asked[0][0] if asked else None,
        busy=bool(chats and chats[0].dialog),
        room=bool(rooms),
        reporter=_rates_themselves(turn, invitation),
    )


def best_chats(turn: Turn, customer: int) -> list[Conversation]:
    """Where this customer can be asked: first where they last answered a survey, then where they wrote last."""
    chats = turn.work.people.chats_of(customer)
    if len(chats) < 2:
        return chats
    answered = turn.work.feedback.answered_in(customer)
    return sorted(chats, key=lambda chat: chat.id != answered)


def stopped(customer: Customer) -> set[str]:
    """What this customer does not want any more."""
    return set(customer.stopped.split())


def zone_of_customer(turn: Turn, customer: int) -> str:
    """Where it is day or night for this customer."""
    found = turn.work.customers.get(customer)
    return str(zone_of((found.zone if found else "") or turn.workspace.zone))


def dialog_of(survey: Survey) -> Dialog:
    """The survey's questions, in the edition that was sent."""
    return from_json(survey.name, survey.edition, survey.steps, survey.thanks)


def state_of(turn: Turn, dialog: Dialog, invitation: Invitation) -> State:
    """Where the customer is, with what was answered."""
    answers = sealed(turn, invitation) or turn.work.feedback.answers(invitation.id)
    return State(dialog.name, dialog.version, invitation.step, answers, invitation.given)


HIDDEN = "•"
"""Stands for an answer of an anonymous survey: it is given, and can't be read."""


def sealed(turn: Turn, invitation: Invitation) -> dict[str, Any]:
    """The questions of an anonymous survey that have an answer by now."""
    return dict.fromkeys((row.question for row in turn.work.find(SealedAnswer, invitation=invitation.id)), HIDDEN)


def masked(state: State) -> State:
    """What may be shown of an anonymous survey: that there is an answer, not which."""
    return replace(state, answers=dict.fromkeys(state.answers, HIDDEN))


def given_of(turn: Turn, dialog: Dialog, invitation: Invitation) -> dict[str, Any]:
    """What its conditions and texts want to know of the customer, as it is at this moment."""
    wanted = needed(dialog)
    customer = turn.work.customers.get(invitation.customer)
    if not wanted or customer is None:
        return {}
    contact = turn.work.customers.contact(invitation.contact) if invitation.contact else None
    names = {"customer": customer.name, "contact": contact.name if contact else "", "firm": turn.workspace.name}
    facts = next((known for _id, known in turn.work.segments.facts([customer.id])), {})
    return {name: value for name, value in {**facts, **names}.items() if name in wanted and value is not None}


def score_of(dialog: Dialog, state: State) -> int | None:
    """The answer to the question that gives the score."""
    step = main(dialog)
    value = state.answers.get(step.name) if step else None
    return int(value) if value is not None and value != HIDDEN else None


def words_in(dialog: Dialog, state: State) -> str:
    """The words that go with the score as it is now."""
    step = main(dialog)
    if step is None or step.name not in state.answers:
        return ""
    answers = after(dialog, state, step, state.answers[step.name]).answers
    words = {step.name for step in dialog.steps if step.kind == "words"}
    return " · ".join(str(value) for name, value in answers.items() if name in words)


def _trigger(turn: Turn, invitation: Invitation, activity: Activity | None) -> Trigger:
    if invitation.trigger.startswith("ticket:"):
        return "there" if _solved(turn, invitation) else "undone"
    if invitation.activity is None:
        return "none"
    return "there" if activity is not None and activity.status == "done" else "undone"


def _solved(turn: Turn, invitation: Invitation) -> Ticket | None:
    """The ticket it follows, while it stays solved as it was then."""
    _ticket, id, at = invitation.trigger.split(":")
    row = turn.work.get(Ticket, int(id))
    same = row is not None and row.solved is not None and int(row.solved.timestamp()) == int(at)
    return row if same else None


def _by_human(turn: Turn, invitation: Invitation, activity: Activity | None) -> bool:
    """Somebody of ours did something, or answered, that the customer can speak of."""
    if invitation.trigger.startswith("ticket:"):
        ticket = _solved(turn, invitation)
        return ticket is not None and ticket.answered is not None
    return activity is None or activity.member is not None


def _rates_themselves(turn: Turn, invitation: Invitation) -> bool:
    """Whether whoever served is also the person in the customer's chat."""
    served = (
        {(i.platform, i.person) for i in turn.work.find(Identity, member=invitation.member)}
        if invitation.member
        else set()
    )
    return any((i.platform, i.person) in served for i in turn.work.find(Identity, customer=invitation.customer))
