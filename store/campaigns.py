"""Campaigns: who is on the list, how far it is, what came of it; and whom too much was sent already."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, cast, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import BigInteger

from store.models import Activity, Campaign, Conversation, Customer, Greeting, Invitation, Purchase, Recipient
from store.standing import TOUCHES
from store.statements import Statement
from store.types import UtcTime, among, as_moment, one_of, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_R, _C, _A, _G, _I = (row.table() for row in (Recipient, Customer, Activity, Greeting, Invitation))
_CHAT, _P, _K = Conversation.table(), Purchase.table(), Campaign.table()
WITHIN = timedelta(days=30)
"""An order so soon after a campaign is counted as its result."""
_SOME = 500
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def _at(name: str) -> Any:
    return bindparam(name, type_=UtcTime())


def _theirs(table: Any) -> Any:
    return and_(table.c.workspace == bindparam("workspace"), among(table.c.customer, "ids"))


def _listed(*conditions: Any) -> Any:
    """Of one campaign's list."""
    return and_(_R.c.workspace == bindparam("workspace"), _R.c.campaign == bindparam("campaign"), *conditions)


def _add(new: Any) -> Any:
    """Who is on the list already stays as they are there."""
    values: dict[str, Any] = {name: bindparam(f"in_{name}") for name in ("campaign", "customer", "state", "reason")}
    return new(_R).values(workspace=bindparam("workspace"), answer="", version=0, **values).on_conflict_do_nothing()


_ADD = {
    "sqlite": Statement(lambda: _add(sqlite.insert)),
    "postgresql": Statement(lambda: _add(postgresql.insert)),
}
_LOOKED_AT = Statement(
    lambda: select(_C.c.id, _C.c.state, _C.c.stopped).where(
        _C.c.workspace == bindparam("workspace"), among(_C.c.id, "ids")
    )
)
_COUNTS = Statement(
    lambda: select(_R.c.state, _R.c.reason, func.count()).where(_listed()).group_by(_R.c.state, _R.c.reason)
)
_ANSWERS = Statement(lambda: select(_R.c.answer, func.count()).where(_listed(_R.c.answer != "")).group_by(_R.c.answer))
_COUNT = Statement(lambda: select(func.count()).where(_listed(among(_R.c.state, "states"))))
_NEXT = Statement(
    lambda: (
        select(*columns(Recipient))
        .where(_listed(_R.c.state == word("planned"), _R.c.reason == ""))
        .order_by(_R.c.id)
        .limit(bindparam("limit"))
    )
)


_WAKE = Statement(
    lambda: (
        update(_R)
        .where(
            _R.c.id.in_(
                select(_R.c.id)
                .where(_listed(_R.c.state == word("asleep"), _R.c.after <= _at("now")))
                .order_by(_R.c.after)
                .limit(bindparam("limit"))
                .scalar_subquery()
            )
        )
        .values(state="planned", version=_R.c.version + 1)
    )
)
_EARLIEST = Statement(lambda: select(func.min(_R.c.after)).where(_listed(_R.c.state == word("asleep"))))
_COMERS = Statement(
    lambda: (
        select(_C.c.name)
        .select_from(_R.join(_C, and_(_C.c.workspace == _R.c.workspace, _C.c.id == _R.c.customer)))
        .where(
            _listed(_R.c.answer == bindparam("answer"), or_(_R.c.answer != "", one_of(_R.c.state, "sent", "unknown")))
        )
        .order_by(_R.c.id)
        .limit(bindparam("limit"))
    )
)
_REACHED = Statement(
    lambda: (
        select(_CHAT.c.customer)
        .where(
            _theirs(_CHAT),
            _CHAT.c.side == word("customer"),
            _CHAT.c.kind == word("private"),
            _CHAT.c.reachable,
            _CHAT.c.blocked.is_(None),
        )
        .distinct()
    )
)
_OUT = ("sending", "sent", "unknown")
_QUEUED = ("queued", "sent", "unknown")
_ASKED = ("sending", "sent", "started", "finished", "skipped", "stopped", "unknown", "expired")


def _grouped(table: Any, *conditions: Any) -> Statement:
    return Statement(
        lambda: select(table.c.customer, func.count()).where(_theirs(table), *conditions).group_by(table.c.customer)
    )


_TOUCHED = (
    _grouped(
        _A,
        _A.c.at >= _at("since"),
        _A.c.at <= _at("now"),
        one_of(_A.c.kind, *TOUCHES),
        _A.c.direction == word("out"),
    ),
    _grouped(_G, _G.c.sent >= _at("since"), one_of(_G.c.state, *_OUT), _G.c.auto.is_(True)),
    _grouped(_R, _R.c.sent >= _at("since"), one_of(_R.c.state, *_QUEUED)),
    _grouped(_I, _I.c.sent >= _at("since"), one_of(_I.c.state, *_ASKED)),
)


def _since_they_wrote(table: Any, *states: str) -> Statement:
    """Count and last time of what was sent after the customer was last heard."""
    heard = func.coalesce(_C.c.last_in, bindparam("never", type_=UtcTime()))
    return Statement(
        lambda: (
            select(table.c.customer, func.count(), func.max(table.c.sent))
            .select_from(table.join(_C, and_(_C.c.workspace == table.c.workspace, _C.c.id == table.c.customer)))
            .where(_theirs(table), table.c.sent > heard, one_of(table.c.state, *states))
            .group_by(table.c.customer)
        )
    )


_UNANSWERED = (_since_they_wrote(_G, *_OUT), _since_they_wrote(_R, *_QUEUED))
_ZERO = cast(0, BigInteger)
_OURS = or_(_P.c.currency == "", _P.c.currency == bindparam("currency"))
_SUM = func.coalesce(func.sum(case((_OURS, _P.c.amount), else_=_ZERO)), _ZERO)
_ORDERS = (_P.c.kind == word("order"), _P.c.state == word("open"))


def _bought() -> Any:
    """Orders of who was reached, within thirty days after it."""
    return (
        select(func.count(_P.c.customer.distinct()), _SUM)
        .select_from(_R.join(_P, and_(_P.c.workspace == _R.c.workspace, _P.c.customer == _R.c.customer)))
        .where(
            _listed(
                one_of(_R.c.state, "sent", "unknown"),
                *_ORDERS,
                _P.c.at >= _R.c.sent,
                _P.c.at < _R.c.sent + bindparam("within", type_=BigInteger()),
            )
        )
    )


_BOUGHT = Statement(_bought)
_LEFT_OUT = Statement(
    lambda: (
        select(func.count(_P.c.customer.distinct()))
        .select_from(_R.join(_P, and_(_P.c.workspace == _R.c.workspace, _P.c.customer == _R.c.customer)))
        .where(_listed(_R.c.state == word("left"), *_ORDERS, _P.c.at >= _at("first"), _P.c.at < _at("last")))
    )
)
_FROM = Statement(
    lambda: (
        select(func.count(_C.c.id.distinct()), func.count(_P.c.customer.distinct()), _SUM)
        .select_from(_C.outerjoin(_P, and_(_P.c.workspace == _C.c.workspace, _P.c.customer == _C.c.id, *_ORDERS)))
        .where(
            _C.c.workspace == bindparam("workspace"),
            _C.c.state == word("active"),
            func.lower(_C.c.source) == bindparam("source"),
        )
    )
)
_LAST = Statement(
    lambda: (
        select(_K.c.kind)
        .select_from(_R.join(_K, and_(_K.c.workspace == _R.c.workspace, _K.c.id == _R.c.campaign)))
        .where(
            _R.c.workspace == bindparam("workspace"),
            _R.c.customer == bindparam("customer"),
            one_of(_R.c.state, *_QUEUED),
        )
        .order_by(_R.c.sent.desc())
        .limit(1)
    )
)


@dataclass(frozen=True, slots=True)
class Bought:
    """What came after it: customers, and the sum of their orders in hundredths of the firm's currency."""

    customers: int
    sum: int


@dataclass(frozen=True, slots=True)
class Silence:
    """How much went to a customer since they were last heard, and when the last of it did."""

    count: int = 0
    last: datetime | None = None


class Campaigns:
    """Asks and changes the lists of campaigns."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def list_them(self, campaign: int, customers: Sequence[tuple[int, str]]) -> None:
        """Puts customers on the list: (id, why they are left out, empty for none)."""
        rows = [
            {
                "in_campaign": campaign,
                "in_customer": customer,
                "in_state": "left" if reason else "planned",
                "in_reason": reason,
            }
            for customer, reason in customers
        ]
        if rows:
            self._work.run_many(_ADD[self._work.dialect], rows)

    def looked_at(self, ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
        """Of each: (state, what they do not want)."""
        return {
            id: (state, stopped) for some in _cut(ids) for id, state, stopped in self._work.rows(_LOOKED_AT, ids=some)
        }

    def count(self, campaign: int, *states: str) -> int:
        """How many stand there."""
        return int(self._work.value(_COUNT, campaign=campaign, states=list(states)))

    def comers(self, campaign: int, answer: str, *, limit: int) -> list[str]:
        """The first who said so, by name; with "" who were asked and have not said."""
        return self._work.column(_COMERS, campaign=campaign, answer=answer, limit=limit)

    def wake(self, campaign: int, *, limit: int) -> None:
        """Those whose morning has come are planned again."""
        self._work.run(_WAKE, campaign=campaign, now=self._work.now, limit=limit)

    def counts(self, campaign: int) -> Mapping[tuple[str, str], int]:
        """How many stand where, by (state, reason)."""
        return {(state, reason): int(n) for state, reason, n in self._work.rows(_COUNTS, campaign=campaign)}

    def answers(self, campaign: int) -> Mapping[str, int]:
        """How many said yes and no."""
        return {answer: int(n) for answer, n in self._work.rows(_ANSWERS, campaign=campaign)}

    def next(self, campaign: int, *, limit: int) -> list[Recipient]:
        """Who comes next."""
        return self._work.all(Recipient, _NEXT, campaign=campaign, limit=limit)

    def next_after(self, campaign: int) -> datetime | None:
        """When the first of those who sleep now may be written to."""
        found = self._work.value(_EARLIEST, campaign=campaign)
        return None if found is None else as_moment(found)

    def reached(self, ids: Sequence[int]) -> set[int]:
        """Who of these has a chat in which they can be written to."""
        return {row[0] for some in _cut(ids) for row in self._work.rows(_REACHED, ids=some)}

    def touches(self, ids: Sequence[int], since: datetime) -> Mapping[int, int]:
        """How often we were in touch with each since then, by hand or by itself."""
        found: dict[int, int] = {}
        for some in _cut(ids):
            for statement in _TOUCHED:
                for customer, count in self._work.rows(statement, ids=some, since=since, now=self._work.now):
                    found[customer] = found.get(customer, 0) + int(count)
        return found

    def silences(self, ids: Sequence[int]) -> Mapping[int, Silence]:
        """What each was sent since they were last heard."""
        found: dict[int, Silence] = {}
        for some in _cut(ids):
            for statement in _UNANSWERED:
                for customer, count, last in self._work.rows(statement, ids=some, never=_LONG_AGO):
                    before = found.get(customer, Silence())
                    latest = max(filter(None, (before.last, as_moment(last))))
                    found[customer] = Silence(before.count + int(count), latest)
        return found

    def bought(self, campaign: int, currency: str) -> Bought:
        """Orders within thirty days after the message."""
        within = WITHIN // timedelta(microseconds=1)
        row = self._work.rows(_BOUGHT, campaign=campaign, currency=currency, within=within)[0]
        return Bought(int(row[0]), int(row[1]))

    def bought_without(self, campaign: int, first: datetime, last: datetime) -> int:
        """How many of those who were left out bought meanwhile."""
        return int(self._work.value(_LEFT_OUT, campaign=campaign, first=first, last=last))

    def of_source(self, source: str, currency: str) -> tuple[int, Bought]:
        """How many customers a source has brought, and what they have bought."""
        row = self._work.rows(_FROM, source=source.casefold(), currency=currency)[0]
        return int(row[0]), Bought(int(row[1]), int(row[2]))

    def last_kind(self, customer: int) -> str:
        """Of which kind the customer's last campaign was."""
        return str(self._work.value(_LAST, customer=customer) or "")


def _cut(ids: Collection[int]) -> list[list[int]]:
    whole = sorted(ids)
    return [whole[start : start + _SOME] for start in range(0, len(whole), _SOME)]
