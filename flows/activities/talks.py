# ruff: noqa: E501 -- a rule is one line
"""A pasted talk becomes one message of its customer: its own hour, each side's promises, and nothing twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.messages import Reply
from flows.activities.actions import log
from flows.activities.lines import understood
from flows.activities.pasted import Spoken, talk_in, unfiled
from flows.activities.rules import Plan, Promised, plan
from flows.activities.writing import Outcome, draft, on_file, settle, shown
from flows.turn import Turn
from flows.understanding import Context, read_time
from store.models import Customer

_LOOKED_AT = 40
"""Earlier entries that an overlapping paste is held against."""
_THEIR_WORD = re.compile(
    r"(?<![a-z])(?:i|we)(?:['’]ll| will|['’]m going to| are going to| can)(?![a-z])|我们?(?:会|来|明天|今天|下周|这边|马上|尽快|安排)",
    re.IGNORECASE,
)
"""What the other side takes upon itself."""


def pasted_talk(turn: Turn, words: str, at: datetime, source: str) -> Outcome:
    """None where the words are no talk with anybody of ours, or with people of several customers."""
    talk = talk_in(words)
    own = {member.name.casefold() for member in turn.work.people.members()} | {"me", "我", "you", "你"}
    others = list(dict.fromkeys(one.who for one in talk if one.who.casefold() not in own))
    known = turn.work.search.named(others) if others else {}
    people = [hit for who in others for hit in known.get(who, []) if hit.contact]
    customers = [row for row in turn.work.search.customers(people) if row.state == "active"]
    if not others or (len(others) == len({one.who for one in talk}) and not people) or len(customers) > 1:
        return None
    if not customers:
        lines_ = "\n".join(one.line for one in talk)
        return settle(turn, understood(turn, others[0], at), draft(turn, lines_, at, source, **{"as": "message"}))
    contact = next(hit.contact for hit in people if hit.customer == customers[0].id)
    return _filed(turn, customers[0], contact, [(one, one.who.casefold() in own) for one in talk], at, source)


def _filed(
    turn: Turn, customer: Customer, contact: int, talk: Sequence[tuple[Spoken, bool]], at: datetime, source: str
) -> Reply:
    """Only what no earlier paste holds is written down."""
    earlier = [row.text for row in turn.work.activities.last(customer.id, limit=_LOOKED_AT) if row.kind == "message"]
    fresh = unfiled([one for one, _ours in talk], earlier)
    new = [(one, ours) for one, ours in talk if one in fresh]
    if not new:
        return on_file(customer)
    when = _hour_of(turn, new[-1][0], at)
    first = not turn.work.activities.any_by(turn.me().id)
    text = "\n".join(one.line for one, _ours in new)
    logged = log(turn, customer, contact, text, _planned(turn, new, when), source=source, inbound=not new[-1][1])
    return shown(turn, logged, first=first)


def _planned(turn: Turn, talk: Sequence[tuple[Spoken, bool]], when: datetime) -> Plan:
    """What we said we would do is ours, what they did is theirs; a question promises nothing."""
    found = Plan("message", "done", when)
    for one, ours in talk:
        reading = understood(turn, one.words, when)
        said = plan(reading, when.astimezone(turn.zone))
        found = replace(found, amount=said.amount or found.amount, currency=said.currency or found.currency)
        if reading.question or one.words.endswith(("?", "？", "吗")) or not (ours or _THEIR_WORD.search(one.words)):
            continue
        made = [item for item in said.promises if item.by == "us"]
        promises = made if ours else [Promised("them", item.what, item.due) for item in made]
        ahead = tuple(item for item in said.reminders if ours and item.due > turn.now)
        found = replace(
            found,
            promises=(*found.promises, *promises),
            reminders=(*found.reminders, *ahead),
            tags=(*found.tags, *said.tags),
        )
    return found


def _hour_of(turn: Turn, one: Spoken, at: datetime) -> datetime:
    """When it was said; when it was pasted, where that can't be read or would lie ahead."""
    found = read_time(
        one.when, Context(now=at.astimezone(turn.zone), country=turn.workspace.country, language=turn.language)
    )
    said = found.start if found is not None and isinstance(found.start, datetime) else at
    if said > at and said.date() > at.astimezone(turn.zone).date():
        said = said.replace(year=at.year, month=at.month, day=at.day)
    return min(said, at)
