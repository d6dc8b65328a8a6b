"""Long work as rows: which is open, who is at it, and what an import asks for a whole batch at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from store.models import Activity, Contact, Job, Origin, SearchKey, Tag
from store.models.row import Row
from store.statements import Statement
from store.types import UtcTime, among, filled, unindexed, word
from store.work import Work, columns

_J, _O, _K = Job.table(), Origin.table(), SearchKey.table()
_FREE = or_(_J.c.until.is_(None), _J.c.until < bindparam("now", type_=UtcTime()), _J.c.owner == bindparam("who"))
_OPEN = Statement(
    lambda: select(*columns(Job)).where(_J.c.state == word("open"), _FREE).order_by(_J.c.id).limit(bindparam("limit")),
    wide=True,
)
_CLAIM = Statement(
    lambda: (
        update(_J)
        .where(_J.c.id == bindparam("job"), _J.c.state == word("open"), _FREE)
        .values(owner=bindparam("new_owner"), until=bindparam("new_until", type_=UtcTime()))
    ),
    wide=True,
)


def _origin(new: Any) -> Any:
    names = ("workspace", "key", "customer", "job")
    values = {name: bindparam(name, type_=_O.c[name].type) for name in names}
    made = new(_O).values(values)
    return made.on_conflict_do_update(index_elements=["workspace", "key"], set_={"customer": made.excluded.customer})


_REMEMBER = {
    "sqlite": Statement(lambda: _origin(sqlite.insert)),
    "postgresql": Statement(lambda: _origin(postgresql.insert)),
}
_ORIGINS = Statement(
    lambda: select(_O.c.key, _O.c.customer).where(_O.c.workspace == bindparam("workspace"), among(_O.c.key, "keys"))
)
_ORIGINS_OF = Statement(
    lambda: select(_O.c.customer, _O.c.key).where(_O.c.workspace == bindparam("workspace"), among(_O.c.customer, "ids"))
)
_FORGET_ORIGINS = Statement(
    lambda: delete(_O).where(_O.c.workspace == bindparam("workspace"), _O.c.customer == bindparam("old"))
)
_REACHED = Statement(
    lambda: select(_K.c.key, _K.c.customer).where(
        _K.c.workspace == bindparam("workspace"), _K.c.kind == bindparam("kind"), among(_K.c.key, "keys")
    )
)


def _of(kind: type[Row], column: str = "customer") -> Statement:
    table = kind.table()
    narrowed = () if column == "customer" else (filled(table.c[column]),)
    return Statement(
        lambda: (
            select(*columns(kind))
            .where(table.c.workspace == bindparam("workspace"), among(table.c[column], "ids"), *narrowed)
            .order_by(unindexed(table.c.id))
        )
    )


_CONTACTS, _TAGS, _NOTES = _of(Contact), _of(Tag), _of(Activity, "source")


def waiting(work: Work, who: str, *, limit: int = 20) -> list[Job]:
    """Open work that nobody is at, of every workspace, oldest first."""
    return work.all(Job, _OPEN, now=work.now, who=who, limit=limit)


def claim(work: Work, job: Job, who: str, until: datetime) -> bool:
    """Takes the job, or goes on holding it; False when somebody else has it or it is over."""
    return bool(work.run(_CLAIM, job=job.id, now=work.now, who=who, new_owner=who, new_until=until))


def origins(work: Work, keys: Iterable[str]) -> dict[str, int]:
    """Which customers rows of sheets became."""
    wanted = sorted(set(keys))
    return dict(work.rows(_ORIGINS, keys=wanted)) if wanted else {}  # type: ignore[arg-type]


def remember_origins(work: Work, found: Sequence[tuple[str, int]], job: int) -> None:
    """For next week's sheet."""
    rows = [{"key": key, "customer": customer, "job": job} for key, customer in dict(found).items()]
    if rows:
        work.run_many(_REMEMBER[work.dialect], rows)


def origin_keys(work: Work, customers: Iterable[int]) -> dict[int, set[str]]:
    """Under which names and numbers sheets know these customers."""
    found: dict[int, set[str]] = {}
    for customer, key in work.rows(_ORIGINS_OF, ids=sorted(customers)):
        found.setdefault(customer, set()).add(key)
    return found


def forget_origins(work: Work, customer: int) -> None:
    """The customer is gone: its rows are new ones again."""
    work.run(_FORGET_ORIGINS, old=customer)


def reached(work: Work, kind: str, keys: Iterable[str]) -> dict[str, set[int]]:
    """Customers by exact search keys of one kind ("phone", "email")."""
    wanted, found = sorted(set(keys)), dict[str, set[int]]()
    for key, customer in work.rows(_REACHED, kind=kind, keys=wanted) if wanted else ():
        found.setdefault(key, set()).add(customer)
    return found


def contacts_of(work: Work, customers: Iterable[int]) -> dict[int, list[Contact]]:
    """The people at many customers."""
    return _by_customer(work.all(Contact, _CONTACTS, ids=sorted(set(customers))))


def tags_of(work: Work, customers: Iterable[int]) -> dict[int, list[Tag]]:
    """The words on many customers."""
    return _by_customer(work.all(Tag, _TAGS, ids=sorted(set(customers))))


def notes_from(work: Work, sources: Iterable[str]) -> set[str]:
    """Which notes are in the file already, by where they came from."""
    wanted = sorted(set(sources))
    return {note.source for note in work.all(Activity, _NOTES, ids=wanted)} if wanted else set()


def _by_customer(rows: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.customer, []).append(row)
    return found
