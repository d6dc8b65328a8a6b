"""Leases: one process owns a bot account at a time; the epoch fences what an earlier owner left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from store.models import Lease
from store.statements import Statement
from store.types import UtcTime

if TYPE_CHECKING:
    from store.work import Work

_T = Lease.table()


def _take(new: Any) -> Any:
    values = {name: bindparam(name, type_=_T.c[name].type) for name in ("name", "owner", "epoch", "until")}
    now = bindparam("now", type_=UtcTime())
    insert = new(_T).values(values)
    return insert.on_conflict_do_update(
        index_elements=["name"],
        set_={"owner": insert.excluded.owner, "until": insert.excluded.until, "epoch": _T.c.epoch + 1},
        where=or_(_T.c.owner == bindparam("me"), _T.c.until < now),
    ).returning(_T.c.epoch, _T.c.paused_until)


_TAKE = {"sqlite": Statement(lambda: _take(sqlite.insert)), "postgresql": Statement(lambda: _take(postgresql.insert))}
_RENEW = Statement(
    lambda: (
        update(_T)
        .where(_T.c.name == bindparam("in_name"), _T.c.owner == bindparam("me"), _T.c.epoch == bindparam("in_epoch"))
        .values(until=bindparam("new_until", type_=UtcTime()))
    )
)
_HELD = Statement(
    lambda: select(_T.c.epoch).where(
        _T.c.name == bindparam("in_name"), _T.c.owner == bindparam("me"), _T.c.epoch == bindparam("in_epoch")
    )
)
_HOLDER = Statement(lambda: select(_T.c.owner, _T.c.epoch).where(_T.c.name == bindparam("in_name")))
_PAUSE = Statement(
    lambda: (
        update(_T)
        .where(_T.c.name == bindparam("in_name"))
        .values(paused_until=bindparam("new_paused", type_=UtcTime()))
    )
)


@dataclass(frozen=True, slots=True)
class Held:
    """A lease that is ours until it isn't: the epoch goes into every statement that finishes something."""

    name: str
    owner: str
    epoch: int
    paused_until: datetime | None = None


def take(work: Work, name: str, owner: str, *, hold: timedelta) -> Held | None:
    """The lease, when it is free, run out, or already ours (with a new epoch); None while another holds it."""
    values = {"name": name, "owner": owner, "epoch": 1, "until": work.now + hold, "me": owner, "now": work.now}
    found = work.rows(_TAKE[work.dialect], **values)
    return Held(name, owner, found[0][0], found[0][1]) if found else None


def renew(work: Work, held: Held, *, hold: timedelta) -> bool:
    """Keeps it for another while; False when it was lost."""
    return bool(work.run(_RENEW, in_name=held.name, me=held.owner, in_epoch=held.epoch, new_until=work.now + hold))


def holder(work: Work, name: str) -> Held | None:
    """Who has it, or had it last."""
    found = work.rows(_HOLDER, in_name=name)
    return Held(name, found[0][0], found[0][1]) if found else None


def still_held(work: Work, held: Held) -> bool:
    """True while nobody has taken over; asked inside the transaction that claims."""
    return work.value(_HELD, in_name=held.name, me=held.owner, in_epoch=held.epoch) is not None


def release(work: Work, held: Held) -> None:
    """Lets the next one take it at once."""
    work.run(_RENEW, in_name=held.name, me=held.owner, in_epoch=held.epoch, new_until=work.now - timedelta(seconds=1))


def pause(work: Work, name: str, until: datetime | None) -> None:
    """The platform wants no requests of this account until then, whoever owns it."""
    work.run(_PAUSE, in_name=name, new_paused=until)
