"""What is known of customers who may go or have gone, many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, func, select

from store.clauses import visible
from store.models import Activity, Customer, Invitation, Loss, Member, Purchase, Standing, Survey, Winback
from store.standing import TOUCHES
from store.statements import Statement
from store.types import UtcTime, among, as_moment, one_of, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_A, _P, _I, _S, _C = (row.table() for row in (Activity, Purchase, Invitation, Survey, Customer))
_H, _L, _M, _B = (row.table() for row in (Standing, Loss, Member, Winback))
YEAR = timedelta(days=365)
LISTED = 500


def _at(name: str) -> Any:
    return bindparam(name, type_=UtcTime())


def _theirs(table: Any) -> Any:
    return and_(table.c.workspace == bindparam("workspace"), among(table.c.customer, "ids"))


def _order(table: Any) -> Any:
    return and_(table.c.kind == word("order"), table.c.state == word("open"))


_TALK = Statement(
    lambda: (
        select(_A.c.customer, _A.c.at, _A.c.kind, _A.c.direction, _A.c.text)
        .where(_theirs(_A), _A.c.status == word("done"), _A.c.at >= _at("since"))
        .order_by(_A.c.at)
    )
)
_ORDERS = Statement(
    lambda: select(_P.c.customer, _P.c.at).where(_theirs(_P), _order(_P), _P.c.at >= _at("since")).order_by(_P.c.at)
)
_SCORES = Statement(
    lambda: (
        select(_I.c.customer, _I.c.finished, _I.c.score, _S.c.kind)
        .select_from(_I.join(_S, and_(_S.c.workspace == _I.c.workspace, _S.c.id == _I.c.survey)))
        .where(_theirs(_I), _I.c.score.is_not(None), _I.c.finished >= _at("since"), one_of(_S.c.kind, "csat", "nps"))
        .order_by(_I.c.finished)
    )
)


def _newest() -> Any:
    """Each customer's last word on risk."""
    last = (
        select(func.max(_H.c.id).label("id"))
        .where(_H.c.workspace == bindparam("workspace"), _H.c.kind == word("risk"))
        .group_by(_H.c.customer)
        .subquery()
    )
    return (
        select(*columns(Standing))
        .join(last, last.c.id == _H.c.id)
        .where(_H.c.workspace == bindparam("workspace"), _H.c.now != "")
        .order_by(_H.c.now, _H.c.at.desc(), _H.c.id)
        .limit(LISTED)
    )


_GRADED = Statement(_newest)


def _lives(sight: frozenset[int] | None) -> Statement:
    """Buyers whom one may see, each with the first and last order."""
    seen = visible(sight)
    return Statement(
        lambda: (
            select(
                _C.c.id,
                _C.c.source,
                _C.c.tier,
                _M.c.name,
                _C.c.industry,
                _C.c.last_touch,
                func.min(_P.c.at),
                func.max(_P.c.at),
            )
            .select_from(
                _C.join(_P, and_(_P.c.workspace == _C.c.workspace, _P.c.customer == _C.c.id)).outerjoin(
                    _M, and_(_M.c.workspace == _C.c.workspace, _M.c.id == _C.c.owner)
                )
            )
            .where(seen, _order(_P))
            .group_by(_C.c.id, _C.c.source, _C.c.tier, _M.c.name, _C.c.industry, _C.c.last_touch)
            .order_by(_C.c.id)
        )
    )


def _losses(sight: frozenset[int] | None) -> Statement:
    """Customers who are gone, of those whom one may see."""
    seen = visible(sight)
    return Statement(
        lambda: (
            select(*columns(Loss))
            .select_from(_L.join(_C, and_(_C.c.workspace == _L.c.workspace, _C.c.id == _L.c.customer)))
            .where(seen, _L.c.back.is_(None), _L.c.at >= _at("since"))
            .order_by(_L.c.id)
        )
    )


_ORDERED_SINCE = Statement(
    lambda: (
        select(*columns(Winback))
        .where(
            _B.c.workspace == bindparam("workspace"),
            one_of(_B.c.state, "open", "tried"),
            select(_P.c.id)
            .where(_P.c.workspace == _B.c.workspace, _P.c.customer == _B.c.customer, _order(_P), _P.c.at > _B.c.made)
            .correlate(_B)
            .exists(),
        )
        .order_by(_B.c.id)
    )
)


@dataclass(slots=True)
class Past:
    """A customer's year, every list in order of time; scores on a scale of 1 to 5."""

    touches: list[datetime] = field(default_factory=list)
    heard: list[datetime] = field(default_factory=list)
    said: list[tuple[datetime, str]] = field(default_factory=list)
    orders: list[datetime] = field(default_factory=list)
    scores: list[tuple[datetime, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Life:
    """A buyer: since when, until when there was a sign of life, and what they are."""

    customer: int
    source: str
    tier: str
    owner: str
    industry: str
    first: datetime
    last: datetime


class Churn:
    """Asks for signs of leaving and for those who left."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def pasts(self, ids: Sequence[int]) -> dict[int, Past]:
        """The last year of each."""
        found = {id: Past() for id in ids}
        values = {"ids": list(ids), "since": self._work.now - YEAR}
        for customer, at, kind, direction, words in self._work.rows(_TALK, **values):
            past = found[customer]
            if kind in TOUCHES or direction == "in":
                past.touches.append(as_moment(at))
            if direction == "in":
                past.heard.append(as_moment(at))
                past.said.append((as_moment(at), words))
        for customer, at in self._work.rows(_ORDERS, **values):
            found[customer].orders.append(as_moment(at))
        for customer, at, score, kind in self._work.rows(_SCORES, **values):
            found[customer].scores.append((as_moment(at), score / 2 if kind == "nps" else float(score)))
        return found

    def graded(self) -> list[Standing]:
        """Every customer who is at risk now, red ones first."""
        return self._work.all(Standing, _GRADED)

    def lives(self) -> Iterator[Life]:
        """Everybody who has ever bought and whom one may see."""
        for id, source, tier, owner, industry, touch, first, last in self._work.rows(_lives(self._work.sight)):
            signs = [as_moment(at) for at in (touch, last) if at is not None]
            yield Life(id, source, tier, owner or "", industry, as_moment(first), max(signs))

    def losses(self, since: datetime) -> list[Loss]:
        """Who was lost since then and has not come back, of those whom one may see."""
        return self._work.all(Loss, _losses(self._work.sight), since=since)

    def ordered_since(self) -> list[Winback]:
        """Attempts whose customer has bought again."""
        return self._work.all(Winback, _ORDERED_SINCE)
