"""Who reacts to which fact, and in which order: the one place that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flows.activities.facts import ActivityLogged
from flows.alerts import actions as alerts
from flows.approvals.actions import shown_again as show_approval
from flows.approvals.facts import Decided
from flows.automation.actions import on_fact as follow_the_rules
from flows.campaigns import actions as campaigns
from flows.churn import actions as churn
from flows.clocks import reacting as clocks
from flows.clocks.facts import ClockStopped
from flows.customers.facts import CustomerRewrote, CustomerTouched, CustomerWrote
from flows.day.actions import shown_again as show_report
from flows.deals.facts import DealMoved
from flows.files.facts import FileHere
from flows.hints.actions import ask as look_again
from flows.knowledge.suggesting import on_words as look_it_up
from flows.leads.facts import LeadTaken
from flows.promises import actions as promises
from flows.promises.facts import PromiseMade
from flows.quotes import actions as quotes
from flows.reception.answering import on_words as ask_for_a_person
from flows.reception.hours import on_words as say_when_we_are_here
from flows.reception.opening import answered as told_when_open
from flows.reception.standing import answered as told_how_it_stands
from flows.referrals.actions import on_words as count_the_recommendation
from flows.referrals.promoters import on_finish as give_a_referral_code
from flows.relay import reacting as relay
from flows.reminders.anchors import TOUCH, recount
from flows.reminders.colleagues import shown_again as show_reminder
from flows.reminders.facts import ReminderOverdue
from flows.reminders.overdue import on_overdue as tell_who_must_know
from flows.rewards.actions import on_finish as give_a_code
from flows.routing import reacting as routing
from flows.surveys import following
from flows.surveys.facts import AnswersWithdrawn, ScoreGiven, SurveyFinished
from flows.surveys.rounds import answered as count_in_the_round
from flows.tickets import reacting as tickets
from flows.tickets import restored
from flows.tickets.facts import (
    AnswerFailed,
    CustomerAnswered,
    CustomerSaid,
    NoteWritten,
    TicketAssigned,
    TicketChanged,
    TicketMoved,
    TicketOpened,
    TicketReopened,
    TicketSolved,
)
from flows.tickets.intake import came as file_in_a_ticket
from flows.tiers import actions as tiers
from flows.tiers.facts import StepReached
from flows.trends.actions import watch
from flows.turn import Turn
from flows.undo.facts import RowsRestored
from flows.webhooks.actions import tell_outside

Reaction = Callable[[Turn, Any], None]


def _look_at_the_stage(turn: Turn, fact: ActivityLogged) -> None:
    tiers.after_contact(turn, fact.customer)


def _look_at_the_score(turn: Turn, fact: ScoreGiven) -> None:
    tiers.after_score(turn, fact.invitation)


def _show_promises_to_delivery(turn: Turn, fact: ActivityLogged) -> None:
    promises.from_log(turn, fact.activity)


def _let_it_go(turn: Turn, fact: Decided) -> None:
    kind, _colon, id = fact.subject.partition(":")
    if kind in ("quote", "campaign"):
        {"quote": quotes, "campaign": campaigns}[kind].decided(turn, int(id), fact.state)


def _count_anew(turn: Turn, fact: CustomerTouched) -> None:
    recount(turn, fact.customer, TOUCH)


def _try_to_win_back(turn: Turn, fact: CustomerTouched) -> None:
    if not fact.inbound:
        churn.tried(turn, fact.customer)


def _look_at_the_risk(turn: Turn, fact: CustomerTouched) -> None:
    churn.after_contact(turn, fact.customer)


def _take_the_alert_back(turn: Turn, fact: AnswersWithdrawn) -> None:
    alerts.withdraw(turn, f"invitation:{fact.invitation}")


def _file_in_a_ticket(turn: Turn, fact: CustomerWrote) -> None:
    if not told_how_it_stands(turn, fact) and not told_when_open(turn, fact):
        file_in_a_ticket(turn, fact)


def _watch_trends(turn: Turn, _fact: TicketOpened) -> None:
    watch(turn)


_SHOWN_AGAIN: Mapping[str, Callable[[Turn, int, RowsRestored], None]] = {
    "activity": restored.line,
    "approval": show_approval,
    "promise": promises.shown_again,
    "quote": quotes.shown_again,
    "reminder": show_reminder,
    "report": show_report,
    "ticket": restored.ticket,
}


def _show_again(turn: Turn, fact: RowsRestored) -> None:
    """Others' cards follow an undo: nobody presses on something that is gone."""
    for table, id in fact.rows:
        if table in _SHOWN_AGAIN:
            _SHOWN_AGAIN[table](turn, id, fact)
    restored.shown_again(turn, fact)


REACTIONS: Mapping[type, tuple[Reaction, ...]] = {
    ClockStopped: (clocks.stopped,),
    ActivityLogged: (
        _look_at_the_stage,
        _show_promises_to_delivery,
        tickets.logged,
        following.plan_after,
        look_again,
    ),
    AnswerFailed: (tickets.shown,),
    CustomerAnswered: (clocks.answered, tickets.answered, tickets.shown),
    AnswersWithdrawn: (_take_the_alert_back,),
    CustomerTouched: (_count_anew, _try_to_win_back, _look_at_the_risk, count_the_recommendation),
    CustomerRewrote: (relay.rewrote, clocks.taken_back),
    CustomerSaid: (
        routing.said,
        clocks.said,
        tickets.heard,
        relay.said,
        ask_for_a_person,
        say_when_we_are_here,
        look_it_up,
        tickets.shown,
    ),
    CustomerWrote: (_file_in_a_ticket, relay.courtesy),
    DealMoved: (following.delivered,),
    Decided: (_let_it_go,),
    ReminderOverdue: (tell_who_must_know,),
    FileHere: (relay.file_here,),
    LeadTaken: (relay.lead_taken,),
    NoteWritten: (relay.noted,),
    RowsRestored: (
        _show_again,
        clocks.restored,
        routing.restored,
        relay.restored,
    ),
    PromiseMade: (tickets.promised,),
    StepReached: (relay.reached,),
    ScoreGiven: (alerts.on_score, _look_at_the_score, tickets.scored),
    TicketAssigned: (relay.assigned, routing.assigned, clocks.assigned, tickets.shown),
    TicketChanged: (
        clocks.changed,
        tickets.shown,
    ),
    TicketMoved: (clocks.moved, routing.moved, relay.moved, tickets.moved, tickets.shown),
    TicketOpened: (
        routing.opened,
        clocks.opened,
        relay.opened,
        relay.acknowledge,
        tickets.opened,
        _watch_trends,
    ),
    TicketReopened: (
        routing.reopened,
        clocks.reopened,
        relay.reopened,
        tickets.reopened,
        following.reopened,
    ),
    TicketSolved: (
        clocks.solved,
        tickets.solved,
    ),
    SurveyFinished: (count_in_the_round, give_a_code, give_a_referral_code),
}


def react(turn: Turn, fact: Any) -> None:
    """Lets everybody react to whom the fact matters; then the firm's own rules, and last, when all is as it will be,
    the programs outside.
    """
    for reaction in REACTIONS.get(type(fact), ()):
        reaction(turn, fact)
    follow_the_rules(turn, fact)
    tell_outside(turn, fact)
