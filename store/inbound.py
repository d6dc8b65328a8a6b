"""Updates: which ones we have already, what was answered, which ones are parked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Integer, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.core.messages import Answer, Update
from bot.core.tokens import masked
from store.alone import conversation, number_of
from store.models import Account, Inbound
from store.statements import Statement
from store.types import Json, UtcTime, word

if TYPE_CHECKING:
    from store.work import Work

_T, _A = Inbound.table(), Account.table()

_NAMES = ("account", "key", "received", "state", "raw", "error")
_VALUES = {name: bindparam(name, type_=_T.c[name].type) for name in _NAMES}


def _alone_insert() -> Any:
    """Alone in the conversation from here on: one journey to the server for both."""
    name = bindparam("alone", type_=BigInteger())
    locked = select(func.pg_advisory_xact_lock(name)).cte("locked").prefix_with("MATERIALIZED", dialect="postgresql")
    values = select(*_VALUES.values()).select_from(locked)
    return postgresql.insert(_T).from_select(_NAMES, values).on_conflict_do_nothing()


_TAKE = {
    "sqlite": Statement(lambda: sqlite.insert(_T).values(_VALUES).on_conflict_do_nothing()),
    "postgresql": Statement(_alone_insert),
}
_ANSWER = Statement(
    lambda: select(_T.c.answer).where(_T.c.account == bindparam("account"), _T.c.key == bindparam("key"))
)
_ANSWERED = Statement(
    lambda: (
        update(_T)
        .where(_T.c.account == bindparam("in_account"), _T.c.key == bindparam("in_key"))
        .values(answer=bindparam("answer", type_=Json()))
    )
)
_PARKED = Statement(
    lambda: (
        select(_T.c.account, _T.c.key, _T.c.raw, _T.c.error, _T.c.received)
        .where(
            _T.c.state == word("parked"),
            or_(
                bindparam("workspace", type_=Integer()) == 0,
                exists().where(_A.c.name == _T.c.account, _A.c.workspace == bindparam("workspace")),
            ),
        )
        .order_by(_T.c.received, _T.c.key)
    )
)
_AGAIN = "again"
"""The error of a parked update that somebody wants handled once more."""
_IS_PARKED = (
    _T.c.account == bindparam("in_account"),
    _T.c.key == bindparam("in_key"),
    _T.c.state == word("parked"),
)
_RETRY = Statement(lambda: update(_T).where(*_IS_PARKED).values(error=bindparam("new_error")))
_WANTED = Statement(
    lambda: (
        select(_T.c.account, _T.c.key, _T.c.raw)
        .where(_T.c.state == word("parked"), _T.c.error == word(_AGAIN))
        .order_by(_T.c.received, _T.c.key)
        .limit(50)
    )
)
_RESUME = Statement(
    lambda: update(_T).where(*_IS_PARKED, _T.c.error == word(_AGAIN)).values(state="done", raw="", error="")
)
_DROPPED = "dropped"
"""The error of an update that somebody decided never to have handled."""
_DROP = Statement(lambda: update(_T).where(*_IS_PARKED).values(state="done", raw="", error=_DROPPED))
_LET_GO = Statement(
    lambda: select(func.count()).where(
        _T.c.state == word("done"),
        _T.c.error == word(_DROPPED),
        _T.c.received <= bindparam("last", type_=UtcTime()),
        exists().where(_A.c.name == _T.c.account, _A.c.workspace == bindparam("workspace")),
    )
)
_FORGET = Statement(lambda: delete(_T).where(_T.c.account == bindparam("in_account"), _T.c.key == bindparam("in_key")))
_PRUNE = Statement(
    lambda: delete(_T).where(_T.c.received < bindparam("before", type_=UtcTime()), _T.c.state == word("done"))
)


@dataclass(frozen=True, slots=True)
class Parked:
    """An update whose turn failed: kept raw until somebody replays or drops it."""

    update: Update
    error: str
    received: datetime

    @property
    def waits(self) -> bool:
        """Whether somebody has asked for it to be handled again."""
        return self.error == _AGAIN


class Updates:
    """Asks and changes what came in."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.alone = ""
        """The conversation that this transaction has to itself; empty while it has none."""

    def take(self, update: Update, *, error: str = "", secret: bool = False) -> bool:
        """Notes the update; False when we have it already. Raw text stays only of parked ones, without secrets; of
        what belongs to an anonymous survey nothing stays.
        """
        state, raw = ("parked", "" if secret else masked(update.raw)) if error else ("done", "")
        self.alone = conversation(update.account, update.lane or f" {update.key}")
        return bool(
            self._work.run(
                _TAKE[self._work.dialect],
                account=update.account,
                key=update.key,
                received=self._work.now,
                state=state,
                raw=raw,
                error=error,
                alone=number_of(self.alone),
            )
        )

    def answer(self, update: Update) -> Answer | None:
        """What was answered when it came first."""
        found = self._work.value(_ANSWER, account=update.account, key=update.key)
        return Answer(**found) if found else None

    def answered(self, update: Update, answer: Answer) -> None:
        """Keeps the answer for when the update comes again."""
        data = {"toast": answer.toast, "data": answer.data}
        self._work.run(_ANSWERED, in_account=update.account, in_key=update.key, answer=data)

    def parked(self) -> list[Parked]:
        """Those of the firm's accounts, the oldest first; of every firm where none was named."""
        return [Parked(Update(account, key, raw), *more) for account, key, raw, *more in self._work.rows(_PARKED)]

    def retry(self, update: Update) -> bool:
        """Somebody has mended what was wrong: whichever process looks first handles it; False when it is not parked."""
        return bool(self._work.run(_RETRY, in_account=update.account, in_key=update.key, new_error=_AGAIN))

    def wanted(self) -> list[Update]:
        """The oldest parked updates that somebody wants handled again."""
        return [Update(account, key, raw) for account, key, raw in self._work.rows(_WANTED)]

    def resume(self, update: Update) -> bool:
        """Takes it out of the park; False when another process has."""
        return bool(self._work.run(_RESUME, in_account=update.account, in_key=update.key))

    def drop(self, update: Update) -> bool:
        """It is never handled, also not when it comes again; False when it is not parked."""
        return bool(self._work.run(_DROP, in_account=update.account, in_key=update.key))

    def dropped(self, last: datetime) -> int:
        """How many of the firm's that came until then were dropped."""
        return int(self._work.value(_LET_GO, last=last))

    def stays(self, update: Update, error: str) -> None:
        """It failed again."""
        self._work.run(_RETRY, in_account=update.account, in_key=update.key, new_error=error)

    def forget(self, update: Update) -> None:
        """Drops the row, so that the update can be handled again."""
        self._work.run(_FORGET, in_account=update.account, in_key=update.key)

    def prune(self, before: datetime) -> int:
        """Deletes handled updates older than that; no platform comes again after 24 hours."""
        return self._work.run(_PRUNE, before=before)
