"""Erasing a customer: what goes at once, in one transaction; and other people's words, a table at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import String, bindparam, delete, func, literal_column, or_, select, type_coerce, update

from store.columns import REGISTRY
from store.models import Account, Change, Conversation, Customer, Inbound, Request, Row
from store.models.row import kind_of
from store.statements import Statement
from store.struck import STRUCK, likes, pattern, struck
from store.tombstones import bury, digests_of
from store.traces import Traces, ours
from store.types import Json, among, word
from store.work import Work

PAGE = 200


def erase(work: Work, customers: Sequence[int], found: Traces) -> None:
    """Rows go or lose what is personal; what they were known by stays as a hash."""
    bury(work, digests_of(work, customers))
    rooms = [row.id for id in customers for row in work.find(Conversation, customer=id) if row.kind == "room"]
    work.run(_open_deals("deal"), ids=found.ids.get("deal", []))
    for name, held in REGISTRY.items():
        if not held.of or name == "conversation":
            continue
        if held.stays:
            if held.personal:
                work.run(_blank(name), ids=found.ids[name])
        elif "id" in Row.metadata.tables[name].c:
            work.run(_delete(name), ids=found.ids[name])
        else:
            work.run(_delete(name, "customer"), ids=list(customers))
    work.run(_blank("conversation", but=("address",)), ids=rooms)
    work.run(_delete("conversation"), ids=sorted(set(found.ids["conversation"]) - set(rooms)))
    work.run(_GONE, ids=list(customers))
    _forget_updates(work, found)


def mentions(work: Work, table: str, needles: Sequence[str], after: int) -> list[int]:
    """The next rows of anybody whose words fit a pattern."""
    patterns = likes(needles)
    if not patterns:
        return []
    values = {f"like{number}": like for number, like in enumerate(patterns)}
    return [id for (id,) in work.rows(_mention(table, len(patterns)), after=after, limit=PAGE, **values)]


def strike(work: Work, table: str, ids: Sequence[int], needles: Sequence[str]) -> int:
    """Strikes them out of these rows, and returns how many changed."""
    wanted, count = pattern(needles), 0
    words = sorted(REGISTRY[table].words)
    for id, *values in work.rows(_words(table), ids=list(ids)):
        new = [struck(value, wanted) for value in values]
        if new != values:
            work.run(_rewrite(table), row=id, **{f"new_{name}": value for name, value in zip(words, new, strict=True)})
            count += 1
    return count


def undoing(work: Work, found: Traces, after: int) -> tuple[list[int], int]:
    """Of the next changes that could be undone, those that would bring rows of theirs back; and how far that came."""
    ids = {name: frozenset(numbers) for name, numbers in found.ids.items()}
    theirs, last = [], 0
    for id, rows in work.rows(_CHANGES, after=after, limit=PAGE * 10):
        last = id
        if any(_is_theirs(ids, *row) for row in rows):
            theirs.append(id)
    return theirs, last


def forget_changes(work: Work, ids: Sequence[int]) -> None:
    """Undo does not reach further back than this."""
    work.run(_delete("change"), ids=list(ids))


SPEAKING = tuple(name for name, held in REGISTRY.items() if held.words and name not in ("inbound", "request"))
"""Tables in which anybody may have named them."""


def _ours_by_number(table: Any) -> list[Any]:
    """The rows with these numbers, where they are ours: SQLite would rather walk an index of all rows of the firm."""
    ours = [table.c.workspace + literal_column("0") == bindparam("workspace")] if "workspace" in table.c else []
    return [*ours, among(table.c.id, "ids")]


def _delete(name: str, column: str = "id") -> Statement:
    table = Row.metadata.tables[name]
    if column == "id":
        return Statement(lambda: delete(table).where(*_ours_by_number(table)))
    return Statement(lambda: delete(table).where(*ours(table), among(table.c[column], "ids")))


def _blank(name: str, but: Sequence[str] = ()) -> Statement:
    kind, table = kind_of(name), Row.metadata.tables[name]
    values = {column: _empty(kind, column) for column in sorted(REGISTRY[name].personal - set(but))}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    return Statement(lambda: update(table).where(*_ours_by_number(table)).values(values))


def _empty(kind: type[Row], column: str) -> Any:
    """What a column holds when nothing is known: its default, or the sign that something was struck out."""
    if kind.table().c[column].nullable:
        return None
    made = kind.model_fields[column]
    if made.default_factory is not None:
        return made.default_factory()  # type: ignore[call-arg]
    return STRUCK if made.is_required() else made.default


def _open_deals(name: str) -> Statement:
    """Nobody will buy: an open deal goes, a closed one stays as a figure."""
    table = Row.metadata.tables[name]
    return Statement(lambda: delete(table).where(*_ours_by_number(table), table.c.state == word("open")))


def _mention(name: str, count: int) -> Statement:
    table = Row.metadata.tables[name]
    columns = [table.c[column] for column in sorted(REGISTRY[name].words)]
    return Statement(
        lambda: (
            select(table.c.id)
            .where(*_reach(table), table.c.id > bindparam("after"), _like(columns, count))
            .order_by(table.c.id)
            .limit(bindparam("limit"))
        )
    )


def _like(columns: Sequence[Any], count: int) -> Any:
    texts = [func.lower(_text(column)) for column in columns]
    return or_(*(text.like(func.lower(bindparam(f"like{n}")), escape="\\") for text in texts for n in range(count)))


def _text(column: Any) -> Any:
    """JSON is text in our tables."""
    return type_coerce(column, String)


def _reach(table: Any) -> list[Any]:
    """The screens of chats have no workspace of their own, and are the firm's by their address."""
    if "workspace" in table.c:
        return ours(table)
    chats = Conversation.table()
    return [table.c.chat.in_(select(chats.c.address).where(chats.c.workspace == bindparam("workspace")))]


def _words(name: str) -> Statement:
    table = Row.metadata.tables[name]
    columns = [table.c[column] for column in sorted(REGISTRY[name].words)]
    where = _ours_by_number if "workspace" in table.c else _reach
    return Statement(lambda: select(table.c.id, *columns).where(*where(table), among(table.c.id, "ids")))


def _rewrite(name: str) -> Statement:
    table = Row.metadata.tables[name]
    values = {column: bindparam(f"new_{column}", type_=table.c[column].type) for column in REGISTRY[name].words}
    return Statement(lambda: update(table).where(*ours(table), table.c.id == bindparam("row")).values(values))


def _forget_updates(work: Work, found: Traces) -> None:
    """Parked updates that speak of them are never handled; stored answers that do are not repeated."""
    patterns = likes(found.needles())
    if not patterns:
        return
    values = {f"like{number}": like for number, like in enumerate(patterns)}
    work.run(_updates(len(patterns)), **values)
    work.run(_requests(len(patterns)), **values)


def _updates(count: int) -> Statement:
    table, account = Inbound.table(), Account.table()
    ours = select(account.c.name).where(account.c.workspace == bindparam("workspace"))
    return Statement(
        lambda: (
            update(table)
            .where(table.c.account.in_(ours), _like([table.c.raw, table.c.answer], count))
            .values(state="done", raw="", error="", answer=bindparam("nothing", None, type_=Json()))
        )
    )


def _requests(count: int) -> Statement:
    table = Request.table()
    return Statement(lambda: delete(table).where(*ours(table), _like([table.c.body], count)))


def _is_theirs(ids: Mapping[str, frozenset[int]], table: str, id: int, before: Any, after: Any) -> bool:
    customers = ids["customer"]
    return id in ids.get(table, ()) or any(row and row.get("customer") in customers for row in (before, after))


_C, _K = Change.table(), Customer.table()
_CHANGES = Statement(
    lambda: (
        select(_C.c.id, _C.c.rows)
        .where(_C.c.workspace == bindparam("workspace"), _C.c.id > bindparam("after"))
        .order_by(_C.c.id)
        .limit(bindparam("limit"))
    )
)
_GONE = Statement(
    lambda: update(_K).where(_K.c.workspace == bindparam("workspace"), among(_K.c.id, "ids")).values(state="erased")
)
