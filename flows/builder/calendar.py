"""Surveys by calendar: when the next round is, and beginning it for everybody who is meant."""

from __future__ import annotations

from datetime import datetime

from bot.core.errors import Problem
from bot.core.messages import Reply
from bot.core.text import Text, lines
from bot.core.text import gettext as _
from flows.builder.settings import RHYTHMS, next_round
from flows.dialog import in_language
from flows.router import MANAGERS
from flows.segments.actions import ask
from flows.surveys import rounds
from flows.surveys.asked import newest
from flows.surveys.drawing import drawn
from flows.turn import Turn
from flows.words import zone_of
from store.models import Customer, Round, Survey

TIMER = "survey-calendar"
EVERYBODY = "reachable:yes"
MOST = 5000
"""Customers of one round; who wants more says whom first."""


def due(turn: Turn, survey: Survey) -> datetime | None:
    """When its next round begins; None without a rhythm."""
    if survey.rhythm not in RHYTHMS or survey.draft:
        return None
    return next_round(survey.rhythm, turn.now, zone_of(turn.workspace.zone))


def plan(turn: Turn, survey: Survey) -> None:
    """The timer is as the survey says; by its name, so that an edition takes over from the one before."""
    if survey.draft:
        return
    current = newest(turn, survey)
    turn.work.timers.cancel(TIMER, survey.name)
    if current.active and (at := due(turn, current)) is not None:
        turn.work.timers.set(TIMER, survey.name, at)


def came(turn: Turn, name: str) -> None:
    """The day has come: managers see how far the round is, and the next day is set."""
    rows = turn.work.find(Survey, name=name, draft=False)
    if not rows or not (survey := newest(turn, rows[0])).active:
        return
    plan(turn, survey)
    try:
        customers = meant(turn, survey.audience)
    except Problem as problem:
        _tell(
            turn,
            lines(_("“{name}” could not be sent by calendar:", name=in_language(survey.title, "en")), problem.text),
        )
        return
    if customers:
        round = begin(turn, survey, customers, survey.share)
        for member in turn.work.people.members():
            if member.role in MANAGERS:
                turn.message_member(member, rounds.progress(turn, round), "score")


def _tell(turn: Turn, said: Text) -> None:
    for member in turn.work.people.members():
        if member.role in MANAGERS:
            turn.message_member(member, Reply(said), "score")


def meant(turn: Turn, audience: str) -> list[Customer]:
    """Who fits, the most valuable first; nobody is asked whom no chat reaches."""
    found = turn.work.segments.found(ask(turn, audience or EVERYBODY).question).ids[:MOST]
    return [customer for customer in turn.work.segments.customers(found) if customer.state == "active"]


def begin(turn: Turn, survey: Survey, customers: list[Customer], share: int) -> Round:
    """Those who are drawn are asked, a little at a time."""
    return rounds.begin(turn, survey, drawn(survey, customers, share, turn.key))
