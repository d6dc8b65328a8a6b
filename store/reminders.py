"""Reminders: what a member has to do, and when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

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
