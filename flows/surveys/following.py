"""Surveys by rule: what they follow, and what becomes of that meanwhile."""

from __future__ import annotations

from datetime import timedelta

from flows.activities.facts import ActivityLogged
from flows.deals.facts import DealMoved
from flows.surveys.actions import INVITE, by_day, invitation_for
from flows.surveys.answers import pointless
from flows.surveys.asked import (
    OPEN,
    active,
    dialog_of,
    followed,
    state_of,
    trigger_of,
    words_in,
)
from flows.surveys.drawing import chosen
from flows.surveys.rules import follows
from flows.tickets.facts import TicketReopened
from flows.tickets.reading import says_not_done
from flows.turn import Turn
from store.models import Activity, Deal, Invitation, Move, Stage, Survey, Ticket

DELIVERING = ("deliver", "shipping", "交付", "发货", "实施")
"""Words by which the stage of a delivery is known, whatever the firm has made of its pipeline."""
TICKET = "ticket:"


def plan_after(turn: Turn, fact: ActivityLogged) -> None:
    """A survey may follow an activity by rule, after its delay and never at night."""
    activity = turn.work.get(Activity, fact.activity)
    if activity is None:
        return
    for survey in active(turn):
        followed_by = follows(fact.kind, fact.status, survey.after, turn.now - activity.at)
        if followed_by and chosen(turn, survey, activity.customer, trigger_of(activity)):
            invitation = invitation_for(turn, survey, activity.customer, activity, state="waiting")
            due = by_day(turn, invitation.customer, turn.now + timedelta(minutes=survey.delay))
            turn.work.timers.move(INVITE, str(invitation.id), due)


def plan(
    turn: Turn, trigger: str, customer: int, *, contact: int | None, member: int | None, refused: str = ""
) -> None:
    """A survey may follow something else than an activity ("ticket:12:…") likewise; `refused` is why it does not."""
    for survey in active(turn):
        if trigger.partition(":")[0] not in survey.after or turn.work.first(
            Invitation, survey=survey.id, trigger=trigger
        ):
            continue
        if not chosen(turn, survey, customer, trigger):
            continue
        invitation = turn.work.add(
            Invitation(
                survey=survey.id,
                customer=customer,
                contact=contact,
                member=member,
                trigger=trigger,
                state="refused" if refused else "waiting",
                reason=refused,
                made=turn.now,
            )
        )
        if not refused:
            due = by_day(turn, customer, turn.now + timedelta(minutes=survey.delay))
            turn.work.timers.move(INVITE, str(invitation.id), due)


def delivered(turn: Turn, fact: DealMoved) -> None:
    """A sale has left the stage in which it is delivered, and is not lost."""
    deal, moves = turn.work.get(Deal, fact.deal), turn.work.find(Move, deal=fact.deal)
    if deal is None or fact.state != "won" or len(moves) < 2:
        return
    before, now = (turn.work.get(Stage, move.stage) for move in moves[-2:])
    if _is_delivery(before) and not _is_delivery(now):
        plan(turn, f"delivery:{deal.id}", deal.customer, contact=None, member=deal.member)


def _is_delivery(stage: Stage | None) -> bool:
    return stage is not None and any(word in stage.name.casefold() for word in DELIVERING)


def still_solved(turn: Turn, invitation: Invitation) -> bool:
    """A ticket that was opened again meanwhile is nothing to ask about."""
    if not invitation.trigger.startswith(TICKET):
        return True
    ticket = turn.work.get(Ticket, int(invitation.trigger.split(":")[1]))
    return ticket is not None and ticket.state in ("solved", "closed")


def reopened(turn: Turn, fact: TicketReopened) -> None:
    """Nobody is asked how it was while it is not done; who is just saying so in the survey itself goes on with it."""
    ticket = turn.work.get(Ticket, fact.ticket)
    asked = turn.work.feedback.invitations(ticket.customer, limit=20) if ticket else []
    for invitation in asked:
        survey = turn.work.get(Survey, invitation.survey)
        if survey is None or not invitation.trigger.startswith(f"{TICKET}{fact.ticket}:"):
            continue
        dialog = dialog_of(survey)
        if invitation.state in OPEN and not says_not_done(words_in(dialog, state_of(turn, dialog, invitation))):
            pointless(turn, invitation)


def follow_changes(turn: Turn, survey: Survey, invitation: Invitation) -> Invitation | None:
    """The invitation by rule as the activity is now; None when the rule does not fit it any more."""
    activity = followed(turn, invitation)
    if activity is None:
        return invitation if still_solved(turn, invitation) else None
    if activity.kind not in survey.after or activity.status != "done":
        return None
    return turn.work.change(invitation, customer=activity.customer, contact=activity.contact, member=activity.member)
