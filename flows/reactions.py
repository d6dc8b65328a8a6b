"""Who reacts to which fact, and in which order: the one place that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flows.activities.facts import ActivityLogged
from flows.approvals.facts import Decided
from flows.clocks.facts import ClockStopped
from flows.customers.facts import CustomerRewrote, CustomerTouched, CustomerWrote
from flows.deals.facts import DealMoved
from flows.files.facts import FileHere
from flows.leads.facts import LeadTaken
from flows.promises.facts import PromiseMade
from flows.reminders.facts import ReminderOverdue
from flows.surveys.facts import AnswersWithdrawn, ScoreGiven, SurveyFinished
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
from flows.tiers.facts import StepReached
from flows.turn import Turn
from flows.undo.facts import RowsRestored


def _ask_for_a_score(turn: Turn, fact: ActivityLogged) -> None:
    from flows.surveys.actions import plan_after

    plan_after(turn, fact)


def _look_again(turn: Turn, fact: ActivityLogged) -> None:
    from flows.hints.actions import ask

    ask(turn, fact)


def _relay(name: str) -> Callable[[Turn, Any], None]:
    """One of the relay's reactions."""

    def reaction(turn: Turn, fact: Any) -> None:
        from flows.relay import reacting

        getattr(reacting, name)(turn, fact)

    return reaction


def _tickets(name: str) -> Callable[[Turn, Any], None]:
    """One of the reactions of tickets."""

    def reaction(turn: Turn, fact: Any) -> None:
        from flows.tickets import reacting

        getattr(reacting, name)(turn, fact)

    return reaction


def _clocks(name: str) -> Callable[[Turn, Any], None]:
    """One of the reactions of clocks."""

    def reaction(turn: Turn, fact: Any) -> None:
        from flows.clocks import reacting

        getattr(reacting, name)(turn, fact)

    return reaction


def _routing(name: str) -> Callable[[Turn, Any], None]:
    """One of the reactions of giving out."""

    def reaction(turn: Turn, fact: Any) -> None:
        from flows.routing import reacting

        getattr(reacting, name)(turn, fact)

    return reaction


def _raise_alert(turn: Turn, fact: ScoreGiven) -> None:
    from flows.alerts.actions import on_score

    on_score(turn, fact)


def _show_promises_to_delivery(turn: Turn, fact: ActivityLogged) -> None:
    from flows.promises.actions import from_log

    from_log(turn, fact.activity)


def _let_quote_out(turn: Turn, fact: Decided) -> None:
    from flows.quotes.actions import decided

    kind, _sep, id = fact.subject.partition(":")
    if kind == "quote":
        decided(turn, int(id), fact.state)


def _let_campaign_go(turn: Turn, fact: Decided) -> None:
    from flows.campaigns.actions import decided

    kind, _sep, id = fact.subject.partition(":")
    if kind == "campaign":
        decided(turn, int(id), fact.state)


def _count_anew(turn: Turn, fact: CustomerTouched) -> None:
    from flows.reminders.anchors import TOUCH, recount

    recount(turn, fact.customer, TOUCH)


def _count_the_recommendation(turn: Turn, fact: CustomerTouched) -> None:
    from flows.referrals.actions import on_words

    on_words(turn, fact)


def _try_to_win_back(turn: Turn, fact: CustomerTouched) -> None:
    from flows.churn.actions import tried

    if not fact.inbound:
        tried(turn, fact.customer)


def _look_at_the_risk(turn: Turn, fact: CustomerTouched) -> None:
    from flows.churn.actions import after_contact

    after_contact(turn, fact.customer)


def _take_the_alert_back(turn: Turn, fact: AnswersWithdrawn) -> None:
    from flows.alerts.actions import withdraw

    withdraw(turn, f"invitation:{fact.invitation}")


def _tell_who_must_know(turn: Turn, fact: ReminderOverdue) -> None:
    from flows.reminders.overdue import on_overdue

    on_overdue(turn, fact)


def _show_again(turn: Turn, fact: RowsRestored) -> None:
    """Others' cards follow an undo: nobody presses on something that is gone."""
    from flows.approvals.actions import shown_again as approval
    from flows.day.actions import shown_again as report
    from flows.promises.actions import shown_again as promise
    from flows.quotes.actions import shown_again as quote
    from flows.reminders.colleagues import shown_again as reminder
    from flows.tickets.restored import line, shown_again, ticket

    cards = {
        "activity": line,
        "ticket": ticket,
        "approval": approval,
        "promise": promise,
        "quote": quote,
        "reminder": reminder,
        "report": report,
    }
    for table, id in fact.rows:
        if table in cards:
            cards[table](turn, id, fact)
    shown_again(turn, fact)


def _tell_outside(turn: Turn, fact: Any) -> None:
    """Other programs hear last, when everything here is as it will be."""
    from flows.webhooks.actions import tell_outside

    tell_outside(turn, fact)


def _look_at_the_stage(turn: Turn, fact: ActivityLogged) -> None:
    from flows.tiers.actions import after_contact

    after_contact(turn, fact.customer)


def _ask_after_a_delivery(turn: Turn, fact: DealMoved) -> None:
    from flows.surveys.following import delivered

    delivered(turn, fact)


def _look_at_the_score(turn: Turn, fact: ScoreGiven) -> None:
    from flows.tiers.actions import after_score

    after_score(turn, fact.invitation)


def _file_in_a_ticket(turn: Turn, fact: CustomerWrote) -> None:
    from flows.reception.standing import answered
    from flows.tickets.intake import came

    if not answered(turn, fact):
        came(turn, fact)


def _look_it_up(turn: Turn, fact: CustomerSaid) -> None:
    from flows.knowledge.suggesting import on_words

    on_words(turn, fact)


def _asks_for_a_person(turn: Turn, fact: CustomerSaid) -> None:
    from flows.reception.answering import on_words

    on_words(turn, fact)


def _say_when_we_are_here(turn: Turn, fact: CustomerSaid) -> None:
    from flows.reception.hours import on_words

    on_words(turn, fact)


def _end_its_survey(turn: Turn, fact: TicketReopened) -> None:
    from flows.surveys.following import reopened

    reopened(turn, fact)


def _count_in_the_round(turn: Turn, fact: SurveyFinished) -> None:
    from flows.surveys.rounds import answered

    answered(turn, fact)


def _give_a_code(turn: Turn, fact: SurveyFinished) -> None:
    from flows.rewards.actions import on_finish

    on_finish(turn, fact)


def _give_a_referral_code(turn: Turn, fact: SurveyFinished) -> None:
    from flows.referrals.promoters import on_finish

    on_finish(turn, fact)


def _watch_trends(turn: Turn, fact: TicketOpened) -> None:
    from flows.trends.actions import watch

    watch(turn)


REACTIONS: Mapping[type, tuple[Callable[[Turn, Any], None], ...]] = {
    ClockStopped: (_clocks("stopped"),),
    ActivityLogged: (
        _look_at_the_stage,
        _show_promises_to_delivery,
        _tickets("logged"),
        _ask_for_a_score,
        _look_again,
    ),
    AnswerFailed: (_tickets("shown"),),
    CustomerAnswered: (_clocks("answered"), _tickets("answered"), _tickets("shown")),
    AnswersWithdrawn: (_take_the_alert_back,),
    CustomerTouched: (_count_anew, _try_to_win_back, _look_at_the_risk, _count_the_recommendation),
    CustomerRewrote: (_relay("rewrote"), _clocks("taken_back")),
    CustomerSaid: (
        _routing("said"),
        _clocks("said"),
        _tickets("heard"),
        _relay("said"),
        _asks_for_a_person,
        _say_when_we_are_here,
        _look_it_up,
        _tickets("shown"),
    ),
    CustomerWrote: (_file_in_a_ticket, _relay("courtesy")),
    DealMoved: (_ask_after_a_delivery,),
    Decided: (_let_quote_out, _let_campaign_go),
    ReminderOverdue: (_tell_who_must_know,),
    FileHere: (_relay("file_here"),),
    LeadTaken: (_relay("lead_taken"),),
    NoteWritten: (_relay("noted"),),
    RowsRestored: (
        _show_again,
        _clocks("restored"),
        _routing("restored"),
        _relay("restored"),
    ),
    PromiseMade: (_tickets("promised"),),
    StepReached: (_relay("reached"),),
    ScoreGiven: (_raise_alert, _look_at_the_score, _tickets("scored")),
    TicketAssigned: (_relay("assigned"), _routing("assigned"), _clocks("assigned"), _tickets("shown")),
    TicketChanged: (
        _clocks("changed"),
        _tickets("shown"),
    ),
    TicketMoved: (_clocks("moved"), _routing("moved"), _relay("moved"), _tickets("moved"), _tickets("shown")),
    TicketOpened: (
        _routing("opened"),
        _clocks("opened"),
        _relay("opened"),
        _relay("acknowledge"),
        _tickets("opened"),
        _watch_trends,
    ),
    TicketReopened: (
        _routing("reopened"),
        _clocks("reopened"),
        _relay("reopened"),
        _tickets("reopened"),
        _end_its_survey,
    ),
    TicketSolved: (
        _clocks("solved"),
        _tickets("solved"),
    ),
    SurveyFinished: (_count_in_the_round, _give_a_code, _give_a_referral_code),
}


def _follow_the_rules(turn: Turn, fact: Any) -> None:
    """The firm's own rules come after everything that always happens."""
    from flows.automation.actions import on_fact

    on_fact(turn, fact)


def react(turn: Turn, fact: Any) -> None:
    """Lets everybody react to whom the fact matters."""
    for reaction in REACTIONS.get(type(fact), ()):
        reaction(turn, fact)
    _follow_the_rules(turn, fact)
    _tell_outside(turn, fact)
