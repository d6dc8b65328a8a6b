"""Days that come, and what was sent to customers unasked: how much, since when, with what echo."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, cast, func, or_, select
from sqlalchemy.types import BigInteger

from store.models import (
    Customer,
    Deal,
    FieldValue,
    Greeting,
    Invitation,
    Occasion,
    OwnField,
    Purchase,
    Recipient,
    Trace,
)
from store.segments import Question
from store.statements import Statement
from store.types import UtcTime, among, as_moment, one_of, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_O, _G, _R, _I, _C = (row.table() for row in (Occasion, Greeting, Recipient, Invitation, Customer))
_T, _P, _D, _V, _F = (row.table() for row in (Trace, Purchase, Deal, FieldValue, OwnField))
OUT = ("sending", "sent", "unknown")
"""States in which a greeting was read, or may have been."""
_ASKED = ("sending", "sent", "started", "finished", "skipped", "stopped", "unknown", "expired")
MONTH = timedelta(days=30)


def _at(name: str) -> Any:
    return bindparam(name, type_=UtcTime())


def _of(table: Any) -> Any:
    return and_(table.c.workspace == bindparam("workspace"), table.c.customer == bindparam("customer"))


_KEPT = Statement(
    lambda: (
        select(*columns(Occasion))
        .where(
            _O.c.workspace == bindparam("workspace"),
            _O.c.id > bindparam("after"),
            or_(
                and_(_O.c.calendar == word("solar"), among(_O.c.month, "solar")),
                and_(_O.c.calendar == word("lunar"), among(_O.c.month, "lunar")),
            ),
        )
        .order_by(_O.c.id)
        .limit(bindparam("limit"))
    )
)


def _sent_since(table: Any, *more: Any) -> Any:
    return select(func.count(), func.max(table.c.sent)).where(_of(table), table.c.sent > _at("since"), *more)


_GREETED = Statement(lambda: _sent_since(_G, one_of(_G.c.state, *OUT)))
_GREETED_ALONE = Statement(lambda: _sent_since(_G, one_of(_G.c.state, *OUT), _G.c.auto.is_(True)))
_PUSHED = Statement(lambda: _sent_since(_R, one_of(_R.c.state, "queued", "sent", "unknown")))
_ASKED_SINCE = Statement(lambda: _sent_since(_I, one_of(_I.c.state, *_ASKED)))
_LAST_OF = {
    "greetings": Statement(lambda: select(func.max(_G.c.sent)).where(_of(_G), one_of(_G.c.state, *OUT))),
    "offers": Statement(
        lambda: select(func.max(_R.c.sent)).where(_of(_R), one_of(_R.c.state, "queued", "sent", "unknown"))
    ),
    "surveys": Statement(lambda: select(func.max(_I.c.sent)).where(_of(_I))),
}
_COMING = Statement(
    lambda: (
        select(*columns(Greeting))
        .where(
            _G.c.workspace == bindparam("workspace"),
            _G.c.member == bindparam("member"),
            one_of(_G.c.state, "draft", "confirmed"),
        )
        .order_by(_G.c.day, _G.c.id)
        .limit(bindparam("limit"))
    )
)
_ENDS = Statement(
    lambda: (
        select(*columns(Deal))
        .where(
            _D.c.workspace == bindparam("workspace"),
            _D.c.state == word("won"),
            _D.c.until >= _at("first"),
            _D.c.until < _at("last"),
        )
        .order_by(_D.c.id)
    )
)
_DATES = Statement(
    lambda: (
        select(_V.c.id, _V.c.customer, _F.c.name, _F.c.label, _V.c.words)
        .select_from(_V.join(_F, and_(_F.c.workspace == _V.c.workspace, _F.c.id == _V.c.field)))
        .where(
            _V.c.workspace == bindparam("workspace"),
            _V.c.id > bindparam("after"),
            _F.c.kind == word("date"),
            _F.c.state == word("active"),
            among(func.substr(_V.c.words, 6, 5), "days"),
        )
        .order_by(_V.c.id)
        .limit(bindparam("limit"))
    )
)


def _ones(condition: Any) -> Any:
    one = cast(1, BigInteger)
    return func.coalesce(func.sum(case((condition, one), else_=cast(0, BigInteger))), cast(0, BigInteger))


_USED = Statement(
    lambda: (
        select(_T.c.customer, _ones(_T.c.at >= _at("month")), _ones(_T.c.at < _at("month")))
        .where(_T.c.workspace == bindparam("workspace"), _T.c.at >= _at("before"))
        .group_by(_T.c.customer)
        .having(_ones(_T.c.at < _at("month")) >= bindparam("least"))
        .order_by(_T.c.customer)
    )
)
_FIRST_ORDERS = Statement(
    lambda: (
        select(_P.c.customer, func.min(_P.c.at))
        .where(_P.c.workspace == bindparam("workspace"), _P.c.kind == word("order"), _P.c.state == word("open"))
        .group_by(_P.c.customer)
        .order_by(_P.c.customer)
    )
)


class Care:
    """Asks for days and for what was sent unasked."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def kept(self, solar: Collection[int], lunar: Collection[int], after: int, *, limit: int) -> list[Occasion]:
        """Occasions in these months of either calendar, by id."""
        return self._work.all(Occasion, _KEPT, solar=list(solar), lunar=list(lunar), after=after, limit=limit)

    def own_dates(self, days: Collection[str], after: int, *, limit: int) -> list[Sequence[Any]]:
        """(id, customer, name, label, date) of the firm's own fields of the kind date on these days ("05-31")."""
        return self._work.rows(_DATES, days=list(days), after=after, limit=limit)

    def contract_ends(self, first: datetime, last: datetime) -> list[Deal]:
        """Won deals whose contract ends between these moments."""
        return self._work.all(Deal, _ENDS, first=first, last=last)

    def first_orders(self) -> list[tuple[int, datetime]]:
        """When each customer bought for the first time."""
        return [(customer, as_moment(at)) for customer, at in self._work.rows(_FIRST_ORDERS)]

    def used(self, least: int) -> list[tuple[int, int, int]]:
        """(customer, uses of the last 30 days, of the 30 before) where there were at least so many before."""
        now = self._work.now
        found = self._work.rows(_USED, month=now - MONTH, before=now - 2 * MONTH, least=least)
        return [(int(customer), int(late), int(before)) for customer, late, before in found]

    def unasked(self, customer: int, since: datetime) -> int:
        """How much went out without the hand of a member: greetings by themselves, campaigns, surveys."""
        found = (
            self._work.rows(statement, customer=customer, since=since)[0][0]
            for statement in (_GREETED_ALONE, _PUSHED, _ASKED_SINCE)
        )
        return sum(int(count) for count in found)

    def unanswered(self, customer: int, since: datetime) -> tuple[int, datetime | None]:
        """How many greetings and campaigns there were since then, and when the last one was."""
        found = [self._work.rows(statement, customer=customer, since=since)[0] for statement in (_GREETED, _PUSHED)]
        moments = [as_moment(at) for _count, at in found if at is not None]
        return sum(int(count) for count, _at in found), max(moments, default=None)

    def last_kind(self, customer: int) -> str:
        """What the customer was sent unasked the last time: "greetings", "offers", "surveys"; empty for nothing."""
        there = self._sent(customer)
        return max(there, key=lambda name: there[name]) if there else ""

    def last_sent(self, customer: int) -> datetime | None:
        """When that was."""
        return max(self._sent(customer).values(), default=None)

    def _sent(self, customer: int) -> dict[str, datetime]:
        found = {name: self._work.value(statement, customer=customer) for name, statement in _LAST_OF.items()}
        return {name: as_moment(at) for name, at in found.items() if at is not None}

    def coming(self, member: int, *, limit: int) -> list[Greeting]:
        """What a member is asked about, or has agreed to, the next first."""
        return self._work.all(Greeting, _COMING, member=member, limit=limit)

    def fitting(self, question: Question, after: int, *, limit: int) -> list[int]:
        """Customers who fit, by id."""
        if question.rest:
            return [id for id in sorted(self._work.segments.found(question).ids) if id > after][:limit]
        asked = Statement(lambda: select(_C.c.id).where(question.where, _C.c.id > after).order_by(_C.c.id).limit(limit))
        return [int(row[0]) for row in self._work.rows(asked)]
