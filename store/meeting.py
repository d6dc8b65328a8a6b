"""Who wrote where: everything that a turn must know about it, from one query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import String, and_, bindparam, cast, func, select

from bot.core.messages import Address, Sender
from store.models import Account, Conversation, Identity, Member, Row, Workspace
from store.statements import DIALECTS, Statement
from store.wall import SETTING

if TYPE_CHECKING:
    from store.work import Work

_A, _W, _C, _I, _M = (kind.table() for kind in (Account, Workspace, Conversation, Identity, Member))
_ASKED: Final[Mapping[type[Row], frozenset[str]]] = {
    Conversation: frozenset({"workspace", "address", "platform", "account"}),
    Identity: frozenset({"workspace", "platform", "account", "person"}),
    Member: frozenset({"workspace"}),
}
"""Columns that are as the question says, and so are not read: in this widest of rows it is the columns that cost."""


@dataclass(frozen=True, slots=True)
class Met:
    """Whose bot it is, and who is there as far as we know."""

    account: Account
    workspace: Workspace
    conversation: Conversation | None
    identity: Identity | None
    member: Member | None


@dataclass(frozen=True, slots=True)
class _Part:
    """Where a table's columns stand in the wide row."""

    kind: type[Row]
    names: tuple[str, ...]
    asked: tuple[str, ...]
    id: int
    place: slice

    def row(self, raw: Sequence[Any], asked: Mapping[str, Any]) -> Any:
        """None where the table has nothing to say."""
        if raw[self.id] is None:
            return None
        values = dict(zip(self.names, raw[self.place], strict=True))
        for name in self.asked:
            values[name] = asked[name]
        return self.kind.loaded(values)


def _parts(kinds: Iterable[type[Row]], start: int = 0) -> Iterator[_Part]:
    for kind in kinds:
        asked = _ASKED.get(kind, frozenset())
        names = tuple(column.name for column in kind.table().c if column.name not in asked)
        end = start + len(names)
        yield _Part(kind, names, tuple(asked), start + names.index("id"), slice(start, end))
        start = end


_WHO = tuple(_parts((Conversation, Identity, Member)))
_WHOSE = tuple(_parts((Account, Workspace), _WHO[-1].place.stop))


def _met(dialect: str, parts: Sequence[_Part]) -> Any:
    """On PostgreSQL it also says whose rows are there from then on: one journey to the server for both."""
    tables = [(part.kind.table(), part.names) for part in parts]
    said = [func.set_config(SETTING, cast(_A.c.workspace, String()), True)] if dialect == "postgresql" else []
    return (
        select(*(table.c[name].label(f"{table.name}_{name}") for table, names in tables for name in names), *said)
        .select_from(_A)
        .join(_W, _W.c.id == _A.c.workspace)
        .outerjoin(_C, and_(_C.c.workspace == _A.c.workspace, _C.c.address == bindparam("address")))
        .outerjoin(
            _I,
            and_(
                _I.c.workspace == _A.c.workspace,
                _I.c.platform == bindparam("platform"),
                _I.c.account == bindparam("account"),
                _I.c.person == bindparam("person"),
            ),
        )
        .outerjoin(_M, and_(_M.c.workspace == _A.c.workspace, _M.c.id == _I.c.member))
        .where(_A.c.platform == bindparam("platform"), _A.c.name == bindparam("account"))
    )


_FIRST = {dialect: Statement(partial(_met, dialect, (*_WHO, *_WHOSE)), wide=True) for dialect in DIALECTS}
_AGAIN = {dialect: Statement(partial(_met, dialect, _WHO), wide=True) for dialect in DIALECTS}
"""For a transaction that has met this account already: its row and the firm's are as they were."""


def meet(work: Work, where: Address, sender: Sender) -> Met | None:
    """Who wrote where, or None when the account is not ours."""
    asked = {"address": where.key, "platform": where.platform, "account": where.account, "person": sender.id}
    accounts, firms = work.known(Account), work.known(Workspace)
    account = accounts.get((where.platform, where.account))
    firm = firms.get((account.workspace,)) if account else None
    found = work.rows((_AGAIN if firm else _FIRST)[work.dialect], **asked)
    if not found:
        return None
    if not account or not firm:
        account, firm = (part.row(found[0], asked) for part in _WHOSE)
        accounts[where.platform, where.account], firms[firm.id,] = account, firm
    asked["workspace"] = firm.id
    conversation, identity, member = (part.row(found[0], asked) for part in _WHO)
    return Met(account, firm, conversation, identity, member)
