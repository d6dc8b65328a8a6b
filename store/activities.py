"""Activities and promises: what happened with a customer, and what was said to happen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from store.models import Activity, Promise
from store.statements import Statement
from store.types import UtcTime, as_moment, filled, unindexed, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_T, _P = Activity.table(), Promise.table()
_LAST = Statement(
    lambda: (
        select(*columns(Activity))
        .where(_T.c.workspace == bindparam("workspace"), _T.c.customer == bindparam("customer"), _T.c.status == "done")
        .order_by(_T.c.at.desc(), _T.c.id.desc())
        .limit(bindparam("limit"))
    )
)
_PLANNED = Statement(
    lambda: (
        select(*columns(Activity))
        .where(
            _T.c.workspace == bindparam("workspace"), _T.c.customer == bindparam("customer"), _T.c.status == "planned"
        )
        .order_by(_T.c.at.desc(), _T.c.id.desc())
        .limit(bindparam("limit"))
    )
)
_BY_SOURCE = Statement(
    lambda: select(*columns(Activity)).where(
        _T.c.workspace == bindparam("workspace"), _T.c.source == bindparam("source"), filled(_T.c.source)
    )
)
_BY_MEMBER = Statement(
    lambda: (
        select(*columns(Activity))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.member == bindparam("member"),
            _T.c.at >= bindparam("since", type_=UtcTime()),
            _T.c.at < bindparam("until_", type_=UtcTime()),
        )
        .order_by(_T.c.at, _T.c.id)
    )
)
_OF_CUSTOMER = Statement(
    lambda: (
        select(*columns(Activity))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.customer == bindparam("customer"),
            _T.c.at >= bindparam("since", type_=UtcTime()),
            _T.c.at <= bindparam("until_", type_=UtcTime()),
        )
        .order_by(_T.c.at.desc(), _T.c.id.desc())
    )
)
_TOUCHES = Statement(
    lambda: select(func.max(_T.c.at)).where(
        _T.c.workspace == bindparam("workspace"), _T.c.customer == bindparam("customer"), _T.c.status == "done"
    )
)
_PROMISED = Statement(
    lambda: (
        select(*columns(Promise))
        .where(
            _P.c.workspace == bindparam("workspace"), _P.c.customer == bindparam("customer"), _P.c.state == word("open")
        )
        .order_by(unindexed(_P.c.due), _P.c.id)
    )
)
_DUE = Statement(
    lambda: (
        select(*columns(Promise))
        .where(
            _P.c.workspace == bindparam("workspace"),
            _P.c.member == bindparam("member"),
            _P.c.state == word("open"),
            _P.c.due < bindparam("until_", type_=UtcTime()),
        )
        .order_by(_P.c.due, _P.c.id)
    )
)


_ANY = Statement(
    lambda: select(_T.c.id).where(_T.c.workspace == bindparam("workspace"), _T.c.member == bindparam("member")).limit(1)
)


class Activities:
    """Asks what happened and what was promised."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def last(self, customer: int, *, limit: int = 5) -> list[Activity]:
        """The latest things done with a customer, newest first."""
        return self._work.all(Activity, _LAST, customer=customer, limit=limit)

    def planned(self, customer: int, *, limit: int = 5) -> list[Activity]:
        """What is planned with a customer, the farthest ahead first; also what nobody said was held."""
        return self._work.all(Activity, _PLANNED, customer=customer, limit=limit)

    def of_customer(self, customer: int, since: datetime, until: datetime) -> list[Activity]:
        """What was done or is planned with a customer in a stretch of time, the latest first."""
        return self._work.all(Activity, _OF_CUSTOMER, customer=customer, since=since, until_=until)

    def any_by(self, member: int) -> bool:
        """Whether a member has logged anything yet."""
        return self._work.value(_ANY, member=member) is not None

    def by_source(self, source: str) -> Activity | None:
        """What was read from that message."""
        return self._work.one(Activity, _BY_SOURCE, source=source) if source else None

    def of_member(self, member: int, since: datetime, until: datetime) -> list[Activity]:
        """What a member did in a stretch of time."""
        return self._work.all(Activity, _BY_MEMBER, member=member, since=since, until_=until)

    def last_touch(self, customer: int) -> datetime | None:
        """When somebody last had to do with the customer, from the activities themselves."""
        found = self._work.value(_TOUCHES, customer=customer)
        return None if found is None else as_moment(found)

    def promised(self, customer: int) -> list[Promise]:
        """Open promises by and to a customer, the earliest due first."""
        return self._work.all(Promise, _PROMISED, customer=customer)

    def promises_due(self, member: int, until: datetime) -> Sequence[Promise]:
        """A member's open promises that fall due before that."""
        return self._work.all(Promise, _DUE, member=member, until_=until)
