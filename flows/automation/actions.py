"""Rules: kept, tried on the past, and carried out when their occasion comes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from flows.automation import cards, verbs
from flows.automation.conditions import holds
from flows.automation.occasions import OCCASIONS, Happening, Occasion, names_of, occasion_of
from flows.router import MANAGERS
from flows.turn import Turn
from store.models import Firing, Rule

ACT = "act"
TRIED = timedelta(days=30)
"""How far back a trial looks."""
_FACTS = {occasion.name: kind for kind, occasion in OCCASIONS.items()}


def rules(turn: Turn) -> list[Rule]:
    """The firm's rules, in the order in which they were made."""
    return [rule for rule in turn.work.find(Rule, purpose=ACT) if rule.fact in _FACTS]


def add_rule(turn: Turn, words: str, occasion: Occasion, condition: str, steps: Sequence[verbs.Step]) -> Rule:
    """A new rule; it acts on what happens from now on."""
    return turn.work.add(
        Rule(
            purpose=ACT,
            name=words[:200],
            fact=occasion.name,
            condition=condition,
            then=json.dumps(list(steps), ensure_ascii=False),
            position=max((rule.position for rule in rules(turn)), default=0) + 1,
            by=turn.me().id,
            made=turn.now,
        )
    )


def on_fact(turn: Turn, fact: Any) -> None:
    """Every rule whose occasion this is, and whose condition holds, acts once for it."""
    occasion = OCCASIONS.get(type(fact))
    if occasion is None:
        return
    waiting = [rule for rule in turn.work.find(Rule, purpose=ACT, fact=occasion.name) if rule.active]
    happening = occasion.read(turn, fact) if waiting else None
    if happening is None:
        return
    names = names_of(turn, occasion, happening)
    for rule in waiting:
        if holds(rule.condition, names):
            fire(turn, rule, happening)


def fire(turn: Turn, rule: Rule, happening: Happening) -> Firing | None:
    """Once for each happening, however often it is told."""
    if turn.work.first(Firing, rule=rule.id, subject=happening.subject) is not None:
        return None
    steps = verbs.steps_of(rule)
    alerts = any(step[0] in ("alert", "tell") for step in steps)
    firing = turn.work.add(
        Firing(
            rule=rule.id,
            subject=happening.subject,
            at=turn.now,
            customer=happening.customer,
            words=happening.words[:300],
            state="open" if alerts else "done",
        )
    )
    card = cards.alarm(turn, rule, firing)
    for step in steps:
        verbs.act(turn, step, happening, firing, card)
    return firing


def tried(turn: Turn, rule: Rule) -> Iterator[Happening]:
    """What the rule would have acted on in the last thirty days; nothing is done."""
    occasion = occasion_of(rule.fact)
    if occasion is None:
        return
    for fact in occasion.past(turn, turn.now - TRIED):
        happening = occasion.read(turn, fact)
        if happening is not None and holds(rule.condition, names_of(turn, occasion, happening)):
            yield happening


def open_alarms(turn: Turn) -> list[Firing]:
    """What nobody has claimed yet, the newest first; a snoozed one is back when its time is over."""
    rows = [*turn.work.find(Firing, state="open"), *turn.work.find(Firing, state="snoozed")]
    due = [row for row in rows if row.until is None or row.until <= turn.now]
    return sorted(due, key=lambda row: -row.id)


def may_change(turn: Turn, rule: Rule) -> bool:
    """Whoever made it, and managers."""
    return turn.me().role in MANAGERS or rule.by == turn.me().id
