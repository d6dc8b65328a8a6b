"""Working out and changing tiers, scores and stages: each change with its reason, told to the owner, reversible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from flows.tiers.facts import StepReached
from flows.tiers.rules import Limits, Numbers, Why, parts_of, score_of, stage_of, tier_of
from flows.tiers.settings import limits_of
from flows.tiers.stages import tasks_of
from flows.turn import Turn
from store.models import Customer, Invitation, Standing

Kind = Literal["tier", "stage", "step"]
KINDS: Mapping[str, Kind] = {"tier": "tier", "stage": "stage", "step": "step"}


@dataclass(frozen=True, slots=True)
class Worth:
    """A customer's numbers, and what follows from them."""

    numbers: Numbers
    limits: Limits
    score: int
    tier: str
    tier_why: Why
    stage: str
    stage_why: Why


def worth(turn: Turn, customer: Customer) -> Worth:
    """What the numbers of today say, whatever stands on the card."""
    limits = limits_of(turn.workspace)
    risk = turn.work.standing.last(customer.id, "risk")
    red = risk is not None and risk.now == "red"
    numbers = Numbers(**turn.work.standing.numbers(customer, turn.workspace.currency), red=red)
    stage, stage_why = stage_of(numbers, limits)
    score = score_of(parts_of(numbers, stage, limits), limits.weights)
    tier, tier_why = tier_of(numbers, score, limits)
    return Worth(numbers, limits, score, tier, tier_why, stage, stage_why)


def review(turn: Turn, customer: Customer, *, cancelled: bool = False) -> tuple[Customer, list[Standing]]:
    """Brings value, score, tier and stage up to date; what somebody set by hand stays, and leads stay leads.

    Without any order there is nothing to judge by: what another system said of the customer stays.
    """
    from flows.tiers.cards import announce

    found = worth(turn, customer)
    customer = turn.work.customers.change(customer, value=found.numbers.value, score=found.score)
    moves: list[Standing] = []
    if not found.numbers.orders and not cancelled:
        return customer, moves
    if found.tier != customer.tier and not by_hand(turn, customer, "tier"):
        customer, move = place(turn, customer, "tier", found.tier, found.tier_why)
        moves.append(move)
    if customer.stage != "lead" and found.stage != customer.stage and not by_hand(turn, customer, "stage"):
        customer, move = place(turn, customer, "stage", found.stage, found.stage_why)
        moves.append(move)
        standard_tasks(turn, customer)
    if moves:
        announce(turn, customer, moves)
    for move in moves:
        customer = hand_on(turn, customer, move)
    return customer, moves


def place(
    turn: Turn, customer: Customer, kind: Kind, to: str, why: Why, *, member: int | None = None
) -> tuple[Customer, Standing]:
    """The customer comes to another tier, stage or step."""
    was = getattr(customer, kind)
    changed = turn.work.customers.change(customer, **{kind: to})
    row = turn.work.add(Standing(customer=customer.id, kind=kind, was=was, now=to, why=why, member=member, at=turn.now))
    if kind == "step":
        turn.tell(StepReached(row.id))
    return changed, row


def hand_on(turn: Turn, customer: Customer, move: Standing) -> Customer:
    """Those who look after that tier or stage hear of it."""
    from flows.duty.actions import on_move

    return on_move(turn, customer, move)


def by_hand(turn: Turn, customer: Customer, kind: Kind) -> bool:
    """Whether somebody has set it, and nobody let it go since."""
    last = turn.work.standing.last(customer.id, kind)
    return last is not None and last.member is not None


def let_go(turn: Turn, customer: Customer, kind: Kind) -> Customer:
    """From now on the rules decide again."""
    found = worth(turn, customer)
    to, why = (found.tier, found.tier_why) if kind == "tier" else (found.stage, found.stage_why)
    return place(turn, customer, kind, to, why)[0]


def standard_tasks(turn: Turn, customer: Customer) -> int:
    """What is usually done in the stage that was reached goes on the owner's list; returns how many."""
    return tasks_of(turn, customer)


def after_contact(turn: Turn, customer: int) -> None:
    """Somebody had to do with a customer who has bought before: the stage may change at once."""
    found = turn.work.customers.get(customer)
    if found is not None and found.stage in ("new", "growth", "warning"):
        review(turn, found)


def after_score(turn: Turn, invitation: int) -> None:
    """A customer gave a score: low ones may be a warning."""
    found = turn.work.get(Invitation, invitation)
    if found is not None:
        after_contact(turn, found.customer)
