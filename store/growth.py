"""How the file as a whole does: stages with their numbers, tiers with their moves, cards with gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, func, or_, select

from store.clauses import visible
from store.models import Contact, Customer, Invitation, Lead, Purchase, Standing, Survey
from store.statements import Statement
from store.work import Work, columns

_C, _P, _L, _I, _S, _H = (row.table() for row in (Customer, Purchase, Lead, Invitation, Survey, Standing))
_N = Contact.table()
YEAR = timedelta(days=365)
FIRST_ORDERS = 5000
"""Sales whose length is looked at."""


@dataclass(frozen=True, slots=True)
class StageNumbers:
    """Counts of a span; `satisfaction` is the mean of 1 to 5, `nps` -100 to 100, None where nobody answered."""

    leads: int
    taken: int
    bought: int
    cycle: int | None
    satisfaction: float | None
    nps: int | None
    buyers: int
    again: int


def in_stages(work: Work) -> dict[str, int]:
    """How many customers stand where."""
    seen = visible(work.sight)
    found = work.rows(Statement(lambda: select(_C.c.stage, func.count()).where(seen).group_by(_C.c.stage)))
    return {stage: int(count) for stage, count in found}


def in_tiers(work: Work) -> dict[str, int]:
    """How many customers are worth what."""
    seen = visible(work.sight)
    found = work.rows(Statement(lambda: select(_C.c.tier, func.count()).where(seen).group_by(_C.c.tier)))
    return {tier: int(count) for tier, count in found}


def stage_numbers(work: Work, since: datetime) -> StageNumbers:
    """Conversion, length of sales, what customers say, who buys again."""
    leads = _row(work, _leads(work, since))
    says = _row(work, _answers(work, since))
    buyers = _row(work, _buyers(work))
    days = [
        (first - created).days
        for first, created in work.rows(_first_orders(work, since))
        if first is not None and created is not None
    ]
    return StageNumbers(
        leads=leads[0],
        taken=leads[1],
        bought=leads[2],
        cycle=max(0, round(median(days))) if days else None,
        satisfaction=says[1] / says[0] if says[0] else None,
        nps=round(100 * (says[3] - says[4]) / says[2]) if says[2] else None,
        buyers=buyers[0],
        again=buyers[1],
    )


def without_order(work: Work, tier: str, before: datetime) -> int:
    """Customers of a tier who have bought nothing since."""
    seen = visible(work.sight)
    late = exists().where(_P.c.workspace == _C.c.workspace, _P.c.customer == _C.c.id, *_order(), _P.c.at >= before)
    asked = Statement(lambda: select(func.count()).select_from(_C).where(seen, _C.c.tier == tier, ~late))
    return int(work.value(asked))


def with_gaps(work: Work, owner: int, before: datetime, limit: int) -> list[Customer]:
    """A member's customers who are long enough here and lack a way to be reached, a contact, or their trade."""
    people = exists().where(_N.c.workspace == _C.c.workspace, _N.c.customer == _C.c.id)
    gaps = or_(and_(_C.c.phone == "", _C.c.email == ""), _C.c.industry == "", ~people)
    mine = and_(visible(None), _C.c.owner == owner, _C.c.created < before, gaps)
    return work.all(
        Customer,
        Statement(lambda: select(*columns(Customer)).where(mine).order_by(_C.c.value.desc(), _C.c.id).limit(limit)),
    )


def stale(work: Work, before: datetime, limit: int) -> Sequence[Customer]:
    """Customers whose need and chance nobody was asked about since, the most valuable first."""
    asked = exists().where(
        _H.c.workspace == _C.c.workspace, _H.c.customer == _C.c.id, _H.c.kind == "refresh", _H.c.at >= before
    )
    due = and_(visible(None), _C.c.owner.is_not(None), _C.c.stage != "lead", _C.c.created < before, ~asked)
    return work.all(
        Customer,
        Statement(lambda: select(*columns(Customer)).where(due).order_by(_C.c.value.desc(), _C.c.id).limit(limit)),
    )


def _row(work: Work, statement: Statement) -> list[int]:
    return [int(value or 0) for value in work.rows(statement)[0]]


def _order() -> list[Any]:
    return [_P.c.kind == "order", _P.c.state == "open"]


def _ones(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _leads(work: Work, since: datetime) -> Statement:
    seen = visible(work.sight)
    sold = exists().where(_P.c.workspace == _L.c.workspace, _P.c.customer == _L.c.customer, *_order()).correlate(_L)
    return Statement(
        lambda: (
            select(func.count(), _ones(_L.c.state == "taken"), _ones(sold))
            .select_from(_L.join(_C, _C.c.id == _L.c.customer))
            .where(_L.c.workspace == bindparam("workspace"), _L.c.made >= since, seen)
        )
    )


def _first_orders(work: Work, since: datetime) -> Statement:
    seen = visible(work.sight)
    return Statement(
        lambda: (
            select(func.min(_P.c.at), _C.c.created)
            .select_from(_P.join(_C, _C.c.id == _P.c.customer))
            .where(_P.c.workspace == bindparam("workspace"), *_order(), seen)
            .group_by(_C.c.id, _C.c.created)
            .having(func.min(_P.c.at) >= since)
            .limit(FIRST_ORDERS)
        )
    )


def _answers(work: Work, since: datetime) -> Statement:
    seen = visible(work.sight)
    csat, nps = _S.c.kind == "csat", _S.c.kind == "nps"
    return Statement(
        lambda: (
            select(
                _ones(csat),
                func.coalesce(func.sum(case((csat, _I.c.score), else_=0)), 0),
                _ones(nps),
                _ones(and_(nps, _I.c.score >= 9)),
                _ones(and_(nps, _I.c.score <= 6)),
            )
            .select_from(_I.join(_S, _S.c.id == _I.c.survey).join(_C, _C.c.id == _I.c.customer))
            .where(_I.c.workspace == bindparam("workspace"), _I.c.score.is_not(None), _I.c.finished >= since, seen)
        )
    )


def _buyers(work: Work) -> Statement:
    seen, year = visible(work.sight), work.now - YEAR
    each = (
        select(func.count().label("orders"))
        .select_from(_P.join(_C, _C.c.id == _P.c.customer))
        .where(_P.c.workspace == bindparam("workspace"), *_order(), _P.c.at >= year, seen)
        .group_by(_P.c.customer)
        .subquery()
    )
    return Statement(lambda: select(func.count(), _ones(each.c.orders > 1)).select_from(each))
