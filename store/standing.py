"""What tiers, scores and stages are made of: sums and counts of one customer's orders, contacts and answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Integer, and_, bindparam, case, cast, func, or_, select

from store.models import Activity, Customer, Invitation, Purchase, Standing, Survey, Tag
from store.statements import Statement
from store.types import UtcTime, among, one_of, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

YEAR, HALF, QUARTER = timedelta(days=365), timedelta(days=182), timedelta(days=90)
TOUCHES = ("call", "meeting", "visit", "email", "message", "demo")
_P, _A, _I, _S, _H, _C = (row.table() for row in (Purchase, Activity, Invitation, Survey, Standing, Customer))
_G = Tag.table()
_ZERO = cast(0, BigInteger)


def _at(name: str) -> Any:
    return bindparam(name, type_=UtcTime())


def _sum(column: Any, *conditions: Any) -> Any:
    return func.coalesce(func.sum(case((and_(*conditions), column), else_=_ZERO)), _ZERO)


def _count(*conditions: Any) -> Any:
    return _sum(cast(1, BigInteger), *conditions)


def _paid() -> Any:
    return or_(_P.c.currency == "", _P.c.currency == bindparam("firm_currency"))


_ORDERS = Statement(
    lambda: select(
        func.count(),
        _count(_P.c.at >= _at("year")),
        _sum(_P.c.amount, _P.c.at >= _at("year"), _paid()),
        _sum(_P.c.amount, _P.c.at >= _at("half"), _paid()),
        _sum(_P.c.amount, _P.c.at >= _at("year"), _P.c.at < _at("half"), _paid()),
    ).where(
        _P.c.workspace == bindparam("workspace"),
        _P.c.customer == bindparam("customer"),
        _P.c.kind == word("order"),
        _P.c.state == word("open"),
    )
)
_TALK = Statement(
    lambda: select(
        _count(_A.c.at >= _at("quarter")),
        _count(_A.c.at < _at("quarter")),
    ).where(
        _A.c.workspace == bindparam("workspace"),
        _A.c.customer == bindparam("customer"),
        _A.c.at >= _at("before"),
        _A.c.status == word("done"),
        one_of(_A.c.kind, *TOUCHES),
    )
)
_ANSWERS = Statement(
    lambda: (
        select(
            _count(_I.c.score <= 2, _I.c.finished >= _at("quarter")),
            _count(_I.c.score <= 2, _I.c.finished < _at("quarter"), _I.c.finished >= _at("before")),
            _count(_I.c.score <= 2),
            func.coalesce(func.sum(cast(_I.c.score, Integer)), 0),
            func.count(),
        )
        .select_from(_I.join(_S, _S.c.id == _I.c.survey))
        .where(
            _I.c.workspace == bindparam("workspace"),
            _I.c.customer == bindparam("customer"),
            _S.c.kind == word("csat"),
            _I.c.score.is_not(None),
            _I.c.finished >= _at("year"),
        )
    )
)
_LAST = Statement(
    lambda: (
        select(*columns(Standing))
        .where(
            _H.c.workspace == bindparam("workspace"),
            _H.c.customer == bindparam("customer"),
            _H.c.kind == bindparam("kind"),
        )
        .order_by(_H.c.id.desc())
        .limit(1)
    )
)
_MOVES = Statement(
    lambda: (
        select(*columns(Standing))
        .where(_H.c.workspace == bindparam("workspace"), _H.c.kind == bindparam("kind"), _H.c.at >= _at("since"))
        .order_by(_H.c.id)
    )
)
_BUYERS = Statement(
    lambda: (
        select(*columns(Customer))
        .where(
            _C.c.workspace == bindparam("workspace"),
            _C.c.state == word("active"),
            one_of(_C.c.stage, "new", "growth", "warning"),
            _C.c.id > bindparam("after"),
        )
        .order_by(_C.c.id)
        .limit(bindparam("limit"))
    )
)


def _bought(table: Any) -> list[Any]:
    ours = table.c.workspace == bindparam("workspace")
    return [ours, table.c.kind == word("order"), table.c.state == word("open"), table.c.what != ""]


_MY_PRODUCTS = Statement(
    lambda: (
        select(_P.c.what)
        .where(*_bought(_P), _P.c.customer == bindparam("customer"))
        .order_by(_P.c.at.desc())
        .limit(bindparam("latest"))
    )
)
_BUYERS_OF = Statement(
    lambda: (
        select(_P.c.what, _P.c.customer)
        .where(*_bought(_P), among(_P.c.what, "products"), _P.c.customer != bindparam("customer"))
        .distinct()
        .limit(bindparam("limit"))
    )
)
_WEARERS = Statement(
    lambda: (
        select(_G.c.name, _G.c.customer)
        .where(
            _G.c.workspace == bindparam("workspace"),
            among(_G.c.name, "tags"),
            _G.c.customer != bindparam("customer"),
        )
        .limit(bindparam("limit"))
    )
)
_BASKETS = Statement(lambda: select(_P.c.customer, _P.c.what).where(*_bought(_P), among(_P.c.customer, "customers")))
_LATEST = (
    select(_P.c.customer, _P.c.what).where(*_bought(_P)).order_by(_P.c.at.desc()).limit(bindparam("latest")).subquery()
)
_POPULAR = Statement(
    lambda: (
        select(_LATEST.c.what, func.count(_LATEST.c.customer.distinct()))
        .where(among(_LATEST.c.what, "products"))
        .group_by(_LATEST.c.what)
    )
)
_EVERYBODY = Statement(lambda: select(func.count(_LATEST.c.customer.distinct())))
_TAGS = Statement(
    lambda: (
        select(Tag.table().c.name, func.count())
        .where(Tag.table().c.workspace == bindparam("workspace"))
        .group_by(Tag.table().c.name)
    )
)


def _usual() -> Any:
    """The commonest names, each with the first row that has it."""
    tag = Tag.table()
    ours = tag.c.workspace == bindparam("workspace")
    counted = (
        select(func.min(tag.c.id).label("id"), func.count().label("worn"))
        .where(ours)
        .group_by(tag.c.name)
        .order_by(func.count().desc(), func.min(tag.c.id))
        .limit(bindparam("limit"))
        .subquery()
    )
    joined = tag.join(counted, counted.c.id == tag.c.id)
    return select(*columns(Tag)).select_from(joined).where(ours).order_by(counted.c.worn.desc(), tag.c.id)


_USUAL = Statement(_usual)
_ACTIVE = Statement(
    lambda: (
        select(func.count())
        .select_from(_C)
        .where(_C.c.workspace == bindparam("workspace"), _C.c.state == word("active"))
    )
)
_LOOKED_AT = 3000
"""Buyers of the same products who are compared: enough for a pattern, few enough for a card."""
_LATELY = 20_000
"""The firm's latest orders, by which it is told how popular a product is."""
_OWN_LATELY = 200
"""A customer's own latest orders, by which it is told what they have."""


class Standings:
    """Asks for the numbers behind a tier or stage, and for how it came about."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def numbers(self, customer: Customer, currency: str) -> dict[str, Any]:
        """Values for `flows.tiers.rules.Numbers`; orders in other currencies count, their sums do not."""
        now = self._work.now
        spans = {
            "year": now - YEAR,
            "half": now - HALF,
            "quarter": now - QUARTER,
            "before": now - 2 * QUARTER,
            "customer": customer.id,
        }
        orders = [int(v) for v in self._work.rows(_ORDERS, **spans, firm_currency=currency)[0]]
        talk = [int(v) for v in self._work.rows(_TALK, **spans)[0]]
        low, low_before, low_year, total, answers = (int(v) for v in self._work.rows(_ANSWERS, **spans)[0])
        return {
            **dict(zip(("orders", "orders_year", "value", "half", "half_before"), orders, strict=True)),
            "activity": talk[0],
            "activity_before": talk[1],
            "complaints": low,
            "complaints_before": low_before,
            "complaints_year": low_year,
            "satisfaction": total / answers if answers else None,
            "silent": (now - (customer.last_touch or customer.created)).days,
        }

    def last(self, customer: int, kind: str) -> Standing | None:
        """How the customer came to the present tier or stage."""
        return self._work.one(Standing, _LAST, customer=customer, kind=kind)

    def moves(self, kind: str, since: datetime) -> list[Standing]:
        """Every change since then, in order."""
        return self._work.all(Standing, _MOVES, kind=kind, since=since)

    def history(self, customer: int) -> list[Standing]:
        """Every change of one customer."""
        return self._work.find(Standing, customer=customer)

    def likely(self, customer: int) -> tuple[str, int, int, str] | None:
        """What this customer may buy next: (product, who has it of those like them, those like them, what is alike).

        Alike is a product they have too, or a tag ("#auto"). Not the most popular product, but the one that those like
        them have more often than everybody does.
        """
        mine = {row[0] for row in self._work.rows(_MY_PRODUCTS, customer=customer, latest=_OWN_LATELY)}
        owners: dict[str, set[int]] = {}
        for product, who in self._work.rows(_BUYERS_OF, products=sorted(mine), customer=customer, limit=_LOOKED_AT):
            owners.setdefault(product, set()).add(who)
        wearers: dict[str, set[int]] = {}
        worn = [tag.name for tag in self._work.find(Tag, customer=customer)]
        for tag, who in self._work.rows(_WEARERS, tags=worn, customer=customer, limit=_LOOKED_AT):
            wearers.setdefault(f"#{tag}", set()).add(who)
        everybody = set().union(*owners.values(), *wearers.values())
        baskets: dict[str, set[int]] = {}
        bought = set[int]()
        for who, product in self._work.rows(_BASKETS, customers=sorted(everybody)):
            bought.add(who)
            if product not in mine:
                baskets.setdefault(product, set()).add(who)
        owners |= {tag: theirs & bought for tag, theirs in wearers.items()}
        if not baskets:
            return None
        counted = self._work.rows(_POPULAR, products=sorted(baskets), latest=_LATELY)
        popular, total = {row[0]: int(row[1]) for row in counted}, max(1, self._work.value(_EVERYBODY, latest=_LATELY))
        best: tuple[float, str, int, int, str] | None = None
        for because, theirs in sorted(owners.items()):
            for product, having in sorted(baskets.items()):
                both = len(theirs & having)
                lift = both / (len(theirs) + 1) - popular.get(product, 0) / total
                if both >= 2 and lift > 0 and (best is None or lift > best[0]):
                    best = lift, product, both, len(theirs), because
        return best[1:] if best else None

    def odd_tags(self) -> tuple[list[str], list[str]]:
        """Tags that only one customer wears, and those that nine of ten wear (where there are ten)."""
        counts = {row[0]: int(row[1]) for row in self._work.rows(_TAGS)}
        total = int(self._work.value(_ACTIVE))
        once = sorted(name for name, count in counts.items() if count == 1)
        return once, sorted(name for name, count in counts.items() if total >= 10 and count * 10 >= total * 9)

    def usual_tags(self, most: int) -> list[Tag]:
        """The tags that most customers wear, the commonest first; each by one row that carries it."""
        return self._work.all(Tag, _USUAL, limit=most)

    def buyers(self, after: int, *, limit: int) -> Sequence[Customer]:
        """Customers who have bought, by id."""
        return self._work.all(Customer, _BUYERS, after=after, limit=limit)
