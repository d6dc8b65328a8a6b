"""What a database that comes back from a backup must know: the world went on without it."""

from __future__ import annotations

from sqlalchemy import bindparam, update

from store.models import Outbox
from store.statements import Statement
from store.types import UtcTime, one_of
from store.work import Work

_T = Outbox.table()
_UNSURE = Statement(
    lambda: (
        update(_T)
        .where(one_of(_T.c.state, "pending", "claimed"), _T.c.again.is_(False))
        .values(state="unknown", error="restored", done=bindparam("new_done", type_=UtcTime()))
    ),
    wide=True,
)


def settle(work: Work) -> int:
    """What must not come twice may be out already, and is shown as unknown; returns how many those are."""
    return work.run(_UNSURE, new_done=work.now)
