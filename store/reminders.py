"""Reminders: what a member has to do, and when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_, select

from store.models import Reminder
from store.statements import Statement
from store.types import UtcTime, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_T = Reminder.table()
_OPEN = Statement(
    lambda: (
        select(*columns(Reminder))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.member == bindparam("member"),
            _T.c.state == word("open"),
            _T.c.due < bindparam("until_", type_=UtcTime()),
        )
        .order_by(_T.c.due, _T.c.id)
    )
)
_OF_CUSTOMER = Statement(
    lambda: (
        select(*columns(Reminder))
        .where(
            _T.c.workspace == bindparam("workspace"), _T.c.customer == bindparam("customer"), _T.c.state == word("open")
        )
        .order_by(_T.c.due, _T.c.id)
    )
)
_OF_ACTIVITY = Statement(
    lambda: (
        select(*columns(Reminder))
        .where(_T.c.workspace == bindparam("workspace"), _T.c.activity == bindparam("activity"))
        .order_by(_T.c.id)
    )
)
_WAITING = Statement(
    lambda: (
        select(*columns(Reminder))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.member == bindparam("member"),
            _T.c.state == word("open"),
            _T.c.due <= bindparam("until_", type_=UtcTime()),
            or_(_T.c.rung.is_(None), _T.c.rung < _T.c.due),
        )
        .order_by(_T.c.due, _T.c.id)
    )
)
_RUNG = Statement(
    lambda: (
        select(*columns(Reminder))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.member == bindparam("member"),
            _T.c.rung == bindparam("at_", type_=UtcTime()),
        )
        .order_by(_T.c.occurrence, _T.c.id)
    )
)
_BY_SOURCE = Statement(
    lambda: (
        select(*columns(Reminder))
        .where(_T.c.workspace == bindparam("workspace"), _T.c.source == bindparam("source"))
        .order_by(_T.c.id.desc())
        .limit(1)
    )
)
_ANCHORED = Statement(
    lambda: (
        select(*columns(Reminder))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.customer == bindparam("customer"),
            _T.c.anchor == bindparam("anchor"),
            _T.c.state == word("open"),
        )
        .order_by(_T.c.id)
    )
)
_GIVEN = Statement(
    lambda: (
        select(*columns(Reminder))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.by == bindparam("by"),
            _T.c.member != bindparam("by_"),
            _T.c.state == word("open"),
        )
        .order_by(_T.c.due, _T.c.id)
    )
)
_TO_CONTACT = Statement(
    lambda: (
        select(*columns(Reminder))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.customer == bindparam("customer"),
            _T.c.state == word("open"),
            _T.c.member != bindparam("member"),
            _T.c.due >= bindparam("since", type_=UtcTime()),
            _T.c.due < bindparam("until_", type_=UtcTime()),
        )
        .order_by(_T.c.due, _T.c.id)
    )
)


class Reminders:
    """Asks what is to be done."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, id: int) -> Reminder | None:
        """The reminder."""
        return self._work.get(Reminder, id)

    def open(self, member: int, until: datetime) -> list[Reminder]:
        """A member's open reminders due before that, the earliest first."""
        return self._work.all(Reminder, _OPEN, member=member, until_=until)

    def of_customer(self, customer: int) -> list[Reminder]:
        """What anybody still has to do for a customer."""
        return self._work.all(Reminder, _OF_CUSTOMER, customer=customer)

    def of_activity(self, activity: int) -> list[Reminder]:
        """What was agreed in an activity."""
        return self._work.all(Reminder, _OF_ACTIVITY, activity=activity)

    def waiting(self, member: int, until: datetime) -> list[Reminder]:
        """A member's reminders that should have rung by then and have not."""
        return self._work.all(Reminder, _WAITING, member=member, until_=until)

    def rung_at(self, member: int, at: datetime) -> list[Reminder]:
        """Those that arrived together."""
        return self._work.all(Reminder, _RUNG, member=member, at_=at)

    def by_source(self, source: str) -> Reminder | None:
        """What was last set by that message."""
        return self._work.one(Reminder, _BY_SOURCE, source=source) if source else None

    def anchored(self, customer: int, anchor: str) -> list[Reminder]:
        """What is counted from something of this customer's."""
        return self._work.all(Reminder, _ANCHORED, customer=customer, anchor=anchor)

    def given_by(self, member: int) -> list[Reminder]:
        """What colleagues are to do because this member asked."""
        return self._work.all(Reminder, _GIVEN, by=member, by_=member)

    def of_others(self, customer: int, member: int, since: datetime, until: datetime) -> list[Reminder]:
        """What colleagues have planned with a customer in a stretch of time."""
        return self._work.all(Reminder, _TO_CONTACT, customer=customer, member=member, since=since, until_=until)
