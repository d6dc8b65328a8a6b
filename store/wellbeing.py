"""How the machinery is: what waits and since when, what ended badly, what was put aside. Counts and times, no words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, literal, not_, or_, select, update

from store.models import Account, Inbound, Job, Outbox, Timer
from store.outbox import CANCELLED
from store.statements import Statement
from store.types import UtcTime, among, as_moment, one_of, word
from store.work import Work, columns

LATELY = timedelta(hours=24)
LISTED = 10
KEPT = timedelta(days=7)
"""How long handled updates, sent messages and past timers are kept; every platform's repeats come sooner."""

_O, _I, _A, _T, _J = (kind.table() for kind in (Outbox, Inbound, Account, Timer, Job))
_now, _since = bindparam("now", type_=UtcTime()), bindparam("since", type_=UtcTime())
_OURS = or_(bindparam("workspace") == 0, _O.c.workspace == bindparam("workspace"))
_BAD = ("dead", "failed", "unknown")
_LAID = "laid aside: "
"""How the error of a message begins that somebody has looked at and let go; the reason follows."""
_IS_LAID = func.substr(_O.c.error, 1, len(_LAID)) == _LAID
_UNSEEN = and_(not_(_IS_LAID), _O.c.error != CANCELLED)
"""It ended badly, and nobody wanted it so."""

_WAITING = Statement(
    lambda: (
        select(_O.c.account, _O.c.lane, func.count(), func.min(_O.c.after))
        .where(one_of(_O.c.state, "pending", "claimed"), _O.c.after <= _now, _OURS)
        .group_by(_O.c.account, _O.c.lane)
        .order_by(_O.c.account, _O.c.lane)
    ),
    wide=True,
)
_ENDED = Statement(
    lambda: (
        select(_O.c.state, func.count())
        .where(one_of(_O.c.state, *_BAD), _O.c.done > _since, _UNSEEN, _OURS)
        .group_by(_O.c.state)
    ),
    wide=True,
)
_LIST = Statement(
    lambda: (
        select(*columns(Outbox))
        .where(
            _O.c.workspace == bindparam("workspace"),
            one_of(_O.c.state, *_BAD),
            _O.c.done > _since,
            _UNSEEN,
        )
        .order_by(_O.c.id.desc())
        .limit(bindparam("limit"))
    )
)
_PARKED = Statement(
    lambda: select(func.count()).where(
        _I.c.state == word("parked"),
        or_(
            bindparam("workspace") == 0,
            _I.c.account.in_(select(_A.c.name).where(_A.c.workspace == bindparam("workspace"))),
        ),
    )
)
_DUE = Statement(
    lambda: select(func.min(_T.c.due)).where(
        _T.c.state == word("waiting"),
        or_(bindparam("workspace") == 0, _T.c.workspace == bindparam("workspace")),
    ),
    wide=True,
)
_JOBS = Statement(
    lambda: select(func.count()).where(
        _J.c.state == word("failed"),
        _J.c.created > _since,
        or_(bindparam("workspace") == 0, _J.c.workspace == bindparam("workspace")),
    ),
    wide=True,
)
_AGAIN = Statement(
    lambda: (
        update(_O)
        .where(_O.c.workspace == bindparam("workspace"), among(_O.c.id, "ids"), one_of(_O.c.state, *_BAD))
        .values(
            state="pending",
            error="",
            attempts=0,
            part=0,
            done=None,
            after=bindparam("new_after", type_=UtcTime()),
            expires=bindparam("new_expires", type_=UtcTime()),
        )
    )
)
_ASIDE = Statement(
    lambda: (
        update(_O)
        .where(
            _O.c.workspace == bindparam("workspace"), among(_O.c.id, "ids"), one_of(_O.c.state, *_BAD), not_(_IS_LAID)
        )
        .values(error=literal(_LAID).concat(_O.c.error))
    )
)
_LISTED = Statement(
    lambda: (
        update(_O)
        .where(
            _O.c.workspace == bindparam("workspace"),
            _O.c.id.between(bindparam("first"), bindparam("last")),
            _IS_LAID,
        )
        .values(error=func.substr(_O.c.error, len(_LAID) + 1))
    )
)
_TAKEN = Statement(
    lambda: select(func.max(_I.c.received), func.count()).where(
        _I.c.received > _since,
        or_(
            bindparam("workspace") == 0,
            _I.c.account.in_(select(_A.c.name).where(_A.c.workspace == bindparam("workspace"))),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Queue:
    """What should have left one account by now, in one lane."""

    account: str
    lane: int
    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Wellbeing:
    """One look at everything; of one firm, or of all where the work has none."""

    at: datetime
    queues: Sequence[Queue]
    ended: dict[str, int]
    """Messages of the last day: given up (dead), refused (failed), or perhaps arrived and perhaps not (unknown)."""
    parked: int
    due: datetime | None
    """When the earliest waiting timer was or is due."""
    jobs: int
    """Long works that failed in the last day."""
    taken: int
    """Updates of the last day."""
    last: datetime | None

    @property
    def late(self) -> float:
        """Seconds by which what is due is late."""
        return max(0.0, (self.at - self.due).total_seconds()) if self.due else 0.0

    def age(self, queue: Queue) -> float:
        """Seconds that the oldest of a queue waits."""
        return max(0.0, (self.at - queue.since).total_seconds())


def look(work: Work) -> Wellbeing:
    """As the tables say now."""
    since = work.now - LATELY
    last, taken = work.rows(_TAKEN, since=since)[0]
    queues = [Queue(a, lane, count, as_moment(at)) for a, lane, count, at in work.rows(_WAITING, now=work.now)]
    return Wellbeing(
        at=work.now,
        queues=queues,
        ended={str(state): int(count) for state, count in work.rows(_ENDED, since=since)},
        parked=int(work.value(_PARKED)),
        due=_perhaps(work.value(_DUE)),
        jobs=int(work.value(_JOBS, since=since)),
        taken=int(taken),
        last=_perhaps(last),
    )


def stranded(work: Work) -> list[Outbox]:
    """Messages of the last day that did not arrive, or perhaps not; the newest first."""
    return work.all(Outbox, _LIST, since=work.now - LATELY, limit=LISTED)


def send_again(work: Work, ids: Sequence[int], lifetime: timedelta) -> int:
    """They wait once more, with nothing counted against them; returns how many did not before."""
    return work.run(_AGAIN, ids=list(ids), new_after=work.now, new_expires=work.now + lifetime)


def lay_aside(work: Work, ids: Sequence[int]) -> int:
    """Somebody has seen them: they stay as they ended, and are listed no more."""
    return work.run(_ASIDE, ids=list(ids))


def list_again(work: Work, first: int, last: int) -> int:
    """From that number to that one, both with them: they were laid aside too early."""
    return work.run(_LISTED, first=first, last=last)


def _perhaps(value: Any) -> datetime | None:
    return as_moment(value) if value is not None else None
