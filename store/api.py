"""What the API asks of the tables: whose key it is, answers to repeated requests, pages of rows."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, bindparam, delete, insert, or_, select

from store.models import ApiKey, Customer, Owned, Reminder, Request
from store.statements import Statement
from store.types import UtcTime, among_these, word
from store.work import Work, columns

_C, _K, _R = Customer.table(), ApiKey.table(), Request.table()
_KEY = Statement(lambda: select(*columns(ApiKey)).where(_K.c.digest == bindparam("digest")), wide=True)
_mine = (_R.c.workspace == bindparam("workspace"), _R.c.api_key == bindparam("in_key"), _R.c.key == bindparam("named"))
_ANSWER = Statement(lambda: select(*columns(Request)).where(*_mine))
_FORGET = Statement(lambda: delete(_R).where(*_mine))
_KEEP = Statement(lambda: insert(_R).values({c.name: bindparam(c.name, type_=c.type) for c in _R.c}))
_PRUNE = Statement(lambda: delete(_R).where(_R.c.at < bindparam("before", type_=UtcTime())), wide=True)

Own = TypeVar("Own", bound=Owned)


def key_by_digest(work: Work, digest: str) -> ApiKey | None:
    """The key, whosever it is."""
    return work.one(ApiKey, _KEY, digest=digest)


def answered(work: Work, key: int, named: str) -> Request | None:
    """What was answered to a request of this name."""
    return work.one(Request, _ANSWER, in_key=key, named=named)


def keep_answer(work: Work, row: Request) -> None:
    """From now on the same request gets the same answer."""
    work.run(_FORGET, in_key=row.api_key, named=row.key)
    work.run(_KEEP, **row.__dict__)


def prune(work: Work, before: datetime) -> int:
    """Forgets answers that nobody asks for any more."""
    return work.run(_PRUNE, before=before)


def page(work: Work, kind: type[Own], after: int, limit: int, customer: int | None = None) -> list[Own]:
    """The next rows by number; of one customer, when it is named; of customers that may be seen, when not all may."""
    values: dict[str, Any] = {"after": after, "limit": limit}
    if customer is not None:
        values["of"] = customer
    return work.all(kind, _page(kind, customer is not None, work.sight), **values)


@lru_cache(maxsize=200)
def _page(kind: type[Owned], of_one: bool, sight: frozenset[int] | None) -> Statement:
    table = kind.table()
    conditions = [table.c.workspace == bindparam("workspace"), table.c.id > bindparam("after")]
    if of_one:
        conditions.append(table.c.customer == bindparam("of"))
    if kind is Customer:
        conditions.append(or_(table.c.state == word("active"), table.c.state == word("lead")))
    if sight is not None:
        conditions.append(_seen(kind, sorted(sight)))
    return Statement(lambda: select(*columns(kind)).where(*conditions).order_by(table.c.id).limit(bindparam("limit")))


def _seen(kind: type[Owned], members: list[int]) -> ColumnElement[bool]:
    """Reminders are seen by whose they are, everything else by whose customer it is about."""
    table = kind.table()
    if kind is Reminder:
        return among_these(table.c.member, members)
    seen = or_(_C.c.owner.is_(None), among_these(_C.c.owner, members))
    if kind is Customer:
        return seen
    return table.c.customer.in_(select(_C.c.id).where(_C.c.workspace == bindparam("workspace"), seen))
