"""What was done in a stretch of time, for the day's figures."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from store.models import Activity
from store.statements import Statement
from store.types import UtcTime, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_T = Activity.table()
_DONE = Statement(
    lambda: (
        select(*columns(Activity))
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.status == word("done"),
            _T.c.at >= bindparam("since", type_=UtcTime()),
            _T.c.at < bindparam("until_", type_=UtcTime()),
        )
        .order_by(_T.c.at, _T.c.id)
    )
)


def done_between(work: Work, since: datetime, until: datetime) -> list[Activity]:
    """Every member's activities in a stretch of time, the earliest first."""
    return work.all(Activity, _DONE, since=since, until_=until)
