"""What rules can wait for: each occasion with its names for conditions, and those of the past, for a trial."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.activities.facts import ActivityLogged
from flows.clocks.facts import ClockLate
from flows.deals.facts import DealMoved
from flows.surveys.facts import ScoreGiven
from flows.tickets.facts import TicketOpened, TicketReopened, TicketSolved
from flows.turn import Turn
from store.models import Activity, Deal, Invitation, Move, SlaClock, Ticket

PRIORITY: Mapping[int, str] = {1: "urgent", 2: "high", 3: "normal", 4: "low"}
OF_TICKETS: Mapping[str, Any] = {"kind": "", "priority": "", "tone": "", "source": "", "number": 0, "words": ""}
OF_CUSTOMERS: Mapping[str, Any] = {
    "name": "",
    "tier": "",
    "stage": "",
    "industry": "",
    "place": "",
    "owner": "",
    "tags": [],
    "value": 0,
    "score": 0,
    "silent": 0,
}
"""Names of the customer, as segments have them; on every occasion."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: what it is about, whose it is, in words, and the values of the occasion's names."""

    subject: str
    customer: int
    words: str
    names: Mapping[str, Any]
    ticket: int | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """A kind of happening. `words` are how people say it; each may say a condition too ("new complaint")."""

    name: str
    label: Text
    words: Mapping[str, str]
    names: Mapping[str, Any]
    read: Callable[[Turn, Any], Happening | None]
    past: Callable[[Turn, datetime], Iterator[Any]]


def _ticket(turn: Turn, id: int, again: int = 0) -> Happening | None:
    row = turn.work.desk.get(id)
    if row is None:
        return None
    names = {
        "kind": row.kind,
        "priority": PRIORITY.get(row.priority, "normal"),
        "tone": row.tone,
        "source": row.source,
        "number": row.number,
        "words": row.title,
    }
    subject = f"ticket:{row.id}" + (f":{again}" if again else "")
    return Happening(subject, row.customer, f"T-{row.number} · {row.title}", names, row.id)


def _reopened(turn: Turn, fact: TicketReopened) -> Happening | None:
    """Each time it is opened again is a happening of its own."""
    row = turn.work.desk.get(fact.ticket)
    return _ticket(turn, fact.ticket, row.reopened) if row is not None else None


def _late(turn: Turn, fact: ClockLate) -> Happening | None:
    """Once for each promised time: `clock` is "first", "next", "solve" or "total"."""
    clock = turn.work.get(SlaClock, fact.clock)
    found = _ticket(turn, clock.ticket) if clock is not None else None
    if clock is None or found is None:
        return None
    return replace(found, subject=f"clock:{clock.id}", names={**found.names, "clock": clock.kind})


def _score(turn: Turn, fact: ScoreGiven) -> Happening | None:
    row = turn.work.get(Invitation, fact.invitation)
    if row is None:
        return None
    words = f"{fact.score} · {fact.words}" if fact.words else str(fact.score)
    names = {"given": fact.score, "survey": fact.survey, "kind": fact.kind, "words": fact.words}
    return Happening(f"invitation:{row.id}", row.customer, words, names)


def _activity(turn: Turn, fact: ActivityLogged) -> Happening | None:
    row = turn.work.get(Activity, fact.activity)
    if row is None:
        return None
    names = {"kind": row.kind, "status": row.status, "words": row.text, "amount": row.amount or 0}
    return Happening(f"activity:{row.id}", row.customer, row.text[:200], names)


def _deal(turn: Turn, fact: DealMoved) -> Happening | None:
    row = turn.work.get(Deal, fact.deal)
    if row is None:
        return None
    names = {"deal": fact.state, "amount": row.amount or 0}
    return Happening(f"deal:{row.id}:{fact.state}", fact.customer, row.what, names)


def _tickets(turn: Turn, since: datetime) -> Iterator[Ticket]:
    yield from turn.work.desk.since(since)


def _scores(turn: Turn, since: datetime) -> Iterator[ScoreGiven]:
    for row in turn.work.since(Invitation, "finished", since, state="finished"):
        if row.score is not None:
            yield ScoreGiven(row.id, "", "csat", row.score)


def _activities(turn: Turn, since: datetime) -> Iterator[ActivityLogged]:
    for member in turn.work.people.members():
        for row in turn.work.activities.of_member(member.id, since, turn.now):
            yield ActivityLogged(row.id, row.customer, row.kind, row.status)


def _moves(turn: Turn, since: datetime) -> Iterator[DealMoved]:
    for move in turn.work.since(Move, "at", since):
        if (row := turn.work.get(Deal, move.deal)) is not None:
            yield DealMoved(row.id, row.customer, row.state)


OCCASIONS: Mapping[type, Occasion] = {
    TicketOpened: Occasion(
        "ticket.opened",
        _("a ticket is opened"),
        {
            "ticket opened": "",
            "new ticket": "",
            "a ticket is opened": "",
            "ticket": "",
            "new complaint": 'kind == "complaint"',
            "complaint": 'kind == "complaint"',
            "a complaint": 'kind == "complaint"',
            "new fault": 'kind == "fault"',
            "fault": 'kind == "fault"',
            "angry customer": 'tone == "angry"',
            "新工单": "",
            "有新工单": "",
            "工单": "",
            "新投诉": 'kind == "complaint"',
            "有投诉": 'kind == "complaint"',
            "投诉": 'kind == "complaint"',
            "新故障": 'kind == "fault"',
            "报修": 'kind == "fault"',
            "客户生气": 'tone == "angry"',
        },
        OF_TICKETS,
        lambda turn, fact: _ticket(turn, fact.ticket),
        lambda turn, since: (TicketOpened(row.id) for row in _tickets(turn, since)),
    ),
    TicketSolved: Occasion(
        "ticket.solved",
        _("a ticket is solved"),
        {"ticket solved": "", "a ticket is solved": "", "solved": "", "工单解决": "", "工单已解决": ""},
        OF_TICKETS,
        lambda turn, fact: _ticket(turn, fact.ticket),
        lambda turn, since: (TicketSolved(row.id, None) for row in _tickets(turn, since) if row.solved),
    ),
    TicketReopened: Occasion(
        "ticket.reopened",
        _("a ticket is opened again"),
        {"ticket reopened": "", "reopened": "", "a ticket is opened again": "", "工单重开": "", "重新打开": ""},
        OF_TICKETS,
        _reopened,
        lambda turn, since: (TicketReopened(row.id) for row in _tickets(turn, since) if row.reopened),
    ),
    ClockLate: Occasion(
        "ticket.late",
        _("an answer is late"),
        {
            "late": "",
            "answer late": "",
            "answer is late": "",
            "an answer is late": "",
            "ticket late": "",
            "ticket is late": "",
            "超时": "",
            "工单超时": "",
            "回复超时": "",
            "有超时": "",
        },
        {**OF_TICKETS, "clock": ""},
        _late,
        lambda turn, since: (ClockLate(row.id) for row in turn.work.since(SlaClock, "missed", since)),
    ),
    ScoreGiven: Occasion(
        "score.given",
        _("a score is given"),
        {
            "score": "",
            "score given": "",
            "a score is given": "",
            "low score": "given <= 2",
            "评分": "",
            "低分": "given <= 2",
            "打分": "",
        },
        {"given": 0, "survey": "", "kind": "", "words": ""},
        _score,
        _scores,
    ),
    ActivityLogged: Occasion(
        "contact.logged",
        _("a contact is logged"),
        {
            "log": "",
            "contact": "",
            "a contact is logged": "",
            "visit": 'kind == "visit"',
            "call": 'kind == "call"',
            "记录": "",
            "跟进": "",
            "拜访": 'kind == "visit"',
            "通话": 'kind == "call"',
        },
        {"kind": "", "status": "", "words": "", "amount": 0},
        _activity,
        _activities,
    ),
    DealMoved: Occasion(
        "deal.moved",
        _("a deal moves"),
        {
            "deal moved": "",
            "deal moves": "",
            "a deal moves": "",
            "deal": "",
            "deal won": 'deal == "won"',
            "deal lost": 'deal == "lost"',
            "商机": "",
            "商机变化": "",
            "赢单": 'deal == "won"',
            "成交": 'deal == "won"',
            "丢单": 'deal == "lost"',
        },
        {"deal": "", "amount": 0},
        _deal,
        _moves,
    ),
}


def occasion_of(name: str) -> Occasion | None:
    """The occasion that a rule waits for."""
    return next((occasion for occasion in OCCASIONS.values() if occasion.name == name), None)


def names_of(turn: Turn, occasion: Occasion, happening: Happening) -> Mapping[str, Any]:
    """The value of every name that a condition may use."""
    found = dict(OF_CUSTOMERS)
    for _id, facts in turn.work.segments.facts([happening.customer]):
        found |= {name: facts[name] for name in OF_CUSTOMERS if name in facts}
    return {**found, **occasion.names, **happening.names}
