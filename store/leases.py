"""Leases: one process owns a bot account at a time; the epoch fences what an earlier owner left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ColumnElement, bindparam, literal_column, or_, select, type_coerce, update
from sqlalchemy.dialects import postgresql, sqlite

from store.models import Lease
from store.statements import Statement
from store.types import micros

if TYPE_CHECKING:
    from store.work import Work

_T = Lease.table()
_UNTIL, _PAUSED_UNTIL = type_coerce(_T.c.until, BigInteger), type_coerce(_T.c.paused_until, BigInteger)
_NEW: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_NOW: Mapping[str, ColumnElement[int]] = {
    "sqlite": bindparam("now"),
    "postgresql": literal_column("CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"),
}
"""SQLite's processes share one machine's clock. PostgreSQL's have its server's clock in common."""
_HOLD: ColumnElement[int] = bindparam("hold")


def _take(dialect: str) -> Any:
    now = _NOW[dialect]
    values: dict[str, Any] = {name: bindparam(name) for name in ("name", "owner", "epoch")}
    insert = _NEW[dialect](_T).values({**values, "until": now + _HOLD})
    return insert.on_conflict_do_update(
        index_elements=["name"],
        set_={"owner": insert.excluded.owner, "until": insert.excluded.until, "epoch": _T.c.epoch + 1},
        where=or_(_T.c.owner == bindparam("me"), now > _UNTIL),
    ).returning(_T.c.epoch, _PAUSED_UNTIL - now)


def _renew(dialect: str) -> Any:
    mine = (_T.c.name == bindparam("in_name"), _T.c.owner == bindparam("me"), _T.c.epoch == bindparam("in_epoch"))
    return update(_T).where(*mine).values(until=_NOW[dialect] + _HOLD)


def _pause(dialect: str) -> Any:
    return update(_T).where(_T.c.name == bindparam("in_name")).values(paused_until=_NOW[dialect] + _HOLD)


def _each(build: Callable[[str], Any]) -> Mapping[str, Statement]:
    return {dialect: Statement(partial(build, dialect)) for dialect in _NEW}


_TAKE, _RENEW, _PAUSE = _each(_take), _each(_renew), _each(_pause)
_HELD = Statement(
    lambda: select(_T.c.epoch).where(
        _T.c.name == bindparam("in_name"), _T.c.owner == bindparam("me"), _T.c.epoch == bindparam("in_epoch")
    )
)
_HOLDER = Statement(lambda: select(_T.c.owner, _T.c.epoch).where(_T.c.name == bindparam("in_name")))


@dataclass(frozen=True, slots=True)
class Held:
    """A lease that is ours until it isn't: the epoch goes into every statement that finishes something."""

    name: str
    owner: str
    epoch: int
    paused_for: float = 0.0
    """Seconds for which the platform wanted no requests, counted from when the lease was taken."""


def take(work: Work, name: str, owner: str, *, hold: timedelta) -> Held | None:
    """The lease, when it is free, run out, or already ours (with a new epoch); None while another holds it."""
    found = work.rows(_TAKE[work.dialect], name=name, owner=owner, epoch=1, me=owner, **_moment(work, hold))
    return Held(name, owner, found[0][0], max(0, found[0][1] or 0) / _SECOND) if found else None


def renew(work: Work, held: Held, *, hold: timedelta) -> bool:
    """Keeps it for another while; False when it was lost."""
    mine = {"in_name": held.name, "me": held.owner, "in_epoch": held.epoch}
    return bool(work.run(_RENEW[work.dialect], **mine, **_moment(work, hold)))


def holder(work: Work, name: str) -> Held | None:
    """Who has it, or had it last."""
    found = work.rows(_HOLDER, in_name=name)
    return Held(name, found[0][0], found[0][1]) if found else None


def still_held(work: Work, held: Held) -> bool:
    """True while nobody has taken over; asked inside the transaction that claims."""
    return work.value(_HELD, in_name=held.name, me=held.owner, in_epoch=held.epoch) is not None


def release(work: Work, held: Held) -> None:
    """Lets the next one take it at once, and tells whoever waits for it."""
    work.signals.add(f"lease:{held.name}")
    renew(work, held, hold=timedelta(seconds=-1))


def pause(work: Work, name: str, span: timedelta) -> None:
    """The platform wants no requests of this account for so long, whoever owns it."""
    work.run(_PAUSE[work.dialect], in_name=name, **_moment(work, span))


_SECOND = 1_000_000


def _moment(work: Work, hold: timedelta) -> dict[str, int]:
    return {"now": micros(work.now), "hold": hold // timedelta(microseconds=1)}
