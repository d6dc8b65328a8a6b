"""The outbox: what waits, what is claimed, how it ended. `docs/architecture.md` draws the states."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, exists, func, not_, or_, select, update

from bot.core.messages import Address, Outgoing, Urgency
from store.models import Outbox
from store.statements import Statement
from store.types import UtcTime, among, as_moment, filled, one_of, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_T = Outbox.table()
_EARLIER = _T.alias("earlier")

LIFETIME = {
    Urgency.ANSWER: timedelta(hours=24),
    Urgency.REMINDER: timedelta(hours=24),
    Urgency.ALERT: timedelta(hours=24),
}
"""How long a message is worth trying; a campaign says so itself."""

CANCELLED = "cancelled"
"""The error of a message that was taken back before it was sent: it ended as it was meant to."""
LIMITED = "limited"
"""The error of a message that waits because its platform asked for a pause in that chat."""

_now = bindparam("now", type_=UtcTime())


def _on_its_way() -> Any:
    """As the index of chats says it: SQLite takes an index of some rows only where its condition is repeated."""
    return one_of(_T.c.state, "pending", "claimed")


def _is_head() -> Any:
    """First of its chat and lane, and not an edit of a card whose earlier version is still on its way."""
    same = or_(_EARLIER.c.lane == _T.c.lane, and_(_T.c.card != "", _EARLIER.c.card == _T.c.card))
    return not_(
        exists().where(
            _EARLIER.c.account == _T.c.account,
            _EARLIER.c.chat == _T.c.chat,
            one_of(_EARLIER.c.state, "pending", "claimed"),
            _EARLIER.c.id < _T.c.id,
            same,
        )
    )


_NEXT = Statement(
    lambda: (
        select(*columns(Outbox))
        .where(
            _T.c.account == bindparam("account"),
            _T.c.state == word("pending"),
            _T.c.after <= _now,
            not_(among(_T.c.chat, "resting")),
            _is_head(),
        )
        .order_by(_T.c.lane, _T.c.after, _T.c.id)
        .limit(bindparam("limit"))
    ),
    wide=True,
)
_CLAIM = Statement(
    lambda: (
        update(_T)
        .where(among(_T.c.id, "ids"), _T.c.state == word("pending"))
        .values(
            state="claimed",
            lease=bindparam("epoch"),
            attempts=_T.c.attempts + 1,
        )
    ),
    wide=True,
)
_FINISH = Statement(
    lambda: (
        update(_T)
        .where(_T.c.id == bindparam("row"), _T.c.lease == bindparam("epoch"), _T.c.state == word("claimed"))
        .values(
            state=bindparam("new"),
            message=bindparam("new_message"),
            error=bindparam("new_error"),
            done=bindparam("new_done", type_=UtcTime()),
        )
    ),
    wide=True,
)
_BACK = Statement(
    lambda: (
        update(_T)
        .where(_T.c.id == bindparam("row"), _T.c.lease == bindparam("epoch"), _T.c.state == word("claimed"))
        .values(
            state="pending",
            after=bindparam("again_at", type_=UtcTime()),
            attempts=_T.c.attempts - bindparam("uncounted"),
            error=bindparam("new_error"),
        )
    ),
    wide=True,
)
_PART = Statement(
    lambda: (
        update(_T)
        .where(_T.c.id == bindparam("row"), _T.c.lease == bindparam("epoch"), _T.c.state == word("claimed"))
        .values(part=bindparam("new_part"))
    ),
    wide=True,
)
_LEFT_BEHIND = Statement(
    lambda: select(*columns(Outbox)).where(
        _T.c.account == bindparam("account"), _T.c.state == word("claimed"), _T.c.lease != bindparam("epoch")
    ),
    wide=True,
)
_UNSURE = Statement(
    lambda: select(*columns(Outbox)).where(
        _T.c.account == bindparam("account"),
        _T.c.state == word("claimed"),
        _T.c.lease != bindparam("epoch"),
        _T.c.again.is_(False),
    ),
    wide=True,
)
_LIMITED = Statement(
    lambda: (
        select(_T.c.chat, func.max(_T.c.after))
        .where(
            _T.c.account == bindparam("account"),
            _T.c.state == word("pending"),
            _T.c.after > _now,
            _T.c.error == word(LIMITED),
        )
        .group_by(_T.c.chat)
    ),
    wide=True,
)
_RELEASE = Statement(
    lambda: (
        update(_T)
        .where(among(_T.c.id, "ids"), _T.c.state == word("claimed"))
        .values(state=bindparam("new"), done=bindparam("new_done", type_=UtcTime()))
    ),
    wide=True,
)
_WAITING_CARD = Statement(
    lambda: select(_T.c.id).where(
        _T.c.account == bindparam("account"),
        _T.c.chat == bindparam("chat"),
        _on_its_way(),
        _T.c.state == word("pending"),
        _T.c.card == bindparam("card"),
        filled(_T.c.card),
        _T.c.part == 0,
        _T.c.workspace == bindparam("workspace"),
    )
)
_REWRITE = Statement(
    lambda: (
        update(_T)
        .where(_T.c.id == bindparam("row"), _T.c.workspace == bindparam("workspace"))
        .values(payload=bindparam("new_payload", type_=_T.c.payload.type))
    )
)
_CANCEL_CHAT = Statement(
    lambda: (
        update(_T)
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.chat == bindparam("chat"),
            _T.c.state == word("pending"),
            _T.c.lane >= bindparam("lane"),
        )
        .values(state="dead", done=_now, error=CANCELLED)
    )
)
_DROP = Statement(
    lambda: (
        update(_T)
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.account == bindparam("account"),
            _T.c.chat == bindparam("chat"),
            _T.c.tell == bindparam("in_tell"),
            _on_its_way(),
            _T.c.state == word("pending"),
        )
        .values(state="dead", done=_now, error=CANCELLED)
    )
)
_TAKE_BACK = Statement(
    lambda: (
        update(_T)
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.state == word("pending"),
            _T.c.lane == bindparam("lane"),
            among(_T.c.tell, "tells"),
        )
        .values(state="dead", done=_now, error=CANCELLED)
        .returning(_T.c.tell)
    )
)
_WAITING = Statement(
    lambda: select(func.count()).where(
        _T.c.workspace == bindparam("workspace"), _T.c.state == "pending", among(_T.c.chat, "chats")
    )
)
_MOVE = Statement(
    lambda: (
        update(_T)
        .where(
            _T.c.account == bindparam("account"),
            _T.c.chat == bindparam("chat"),
            one_of(_T.c.state, "pending", "claimed"),
        )
        .values(chat=bindparam("new_chat"))
    ),
    wide=True,
)
_NEXT_AFTER = Statement(
    lambda: select(func.min(_T.c.after)).where(
        _T.c.account == bindparam("account"), _T.c.state == word("pending"), _T.c.after > _now
    ),
    wide=True,
)
_PRUNE = Statement(lambda: delete(_T).where(_T.c.done < bindparam("before", type_=UtcTime())), wide=True)


@dataclass(frozen=True, slots=True)
class Posting:
    """A message to queue: where to, how urgent, and whose card it is."""

    to: Address
    message: Outgoing
    urgency: Urgency = Urgency.ANSWER
    card: str = ""
    under: str = ""
    tell: str = ""
    again: bool = True
    after: datetime | None = None


class Outgoings:
    """Asks and changes what goes out."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def queue(self, key: str, posting: Posting) -> None:
        """Puts a message in its lane; a waiting version of the same card there is rewritten instead."""
        work, chat = self._work, posting.to.key
        payload = posting.message.as_json()
        work.signals.add(f"outbox:{posting.to.account}")
        if posting.card and self._rewrite_waiting(posting, chat, payload):
            return
        work.add(
            Outbox(
                key=key,
                account=posting.to.account,
                chat=chat,
                lane=int(posting.urgency),
                payload=payload,
                card=posting.card,
                under=posting.under,
                tell=posting.tell,
                again=posting.again,
                queued=work.now,
                after=posting.after or work.now,
                expires=(posting.after or work.now) + LIFETIME.get(posting.urgency, timedelta(days=7)),
            )
        )

    def _rewrite_waiting(self, posting: Posting, chat: str, payload: dict[str, Any]) -> bool:
        row = self._work.value(_WAITING_CARD, account=posting.to.account, chat=chat, card=posting.card)
        return row is not None and bool(self._work.run(_REWRITE, row=row, new_payload=payload))

    def claim(self, account: str, *, epoch: int, limit: int, resting: Collection[str]) -> list[Outbox]:
        """The next messages of an account, one a chat and lane, marked as being sent under this lease."""
        now = self._work.now
        found = self._work.all(Outbox, _NEXT, account=account, now=now, resting=list(resting), limit=limit)
        if found:
            self._work.run(_CLAIM, ids=[row.id for row in found], epoch=epoch)
        return found

    def finish(self, row: int, *, epoch: int, state: str, message: str = "", error: str = "") -> bool:
        """Ends a claimed message; False when the lease was lost meanwhile and somebody else decides."""
        done = self._work.now
        return bool(
            self._work.run(
                _FINISH, row=row, epoch=epoch, new=state, new_message=message, new_error=error[:500], new_done=done
            )
        )

    def put_back(self, row: int, *, epoch: int, at: datetime, counted: bool, error: str = "") -> bool:
        """Lets a claimed message wait until `at`; a pause the platform asked for is no attempt."""
        return bool(
            self._work.run(
                _BACK, row=row, epoch=epoch, again_at=at, uncounted=0 if counted else 1, new_error=error[:500]
            )
        )

    def sent_part(self, row: int, *, epoch: int, part: int) -> None:
        """Notes that this many calls of a message in several pieces are out."""
        self._work.run(_PART, row=row, epoch=epoch, new_part=part)

    def recover(self, account: str, *, epoch: int) -> list[Outbox]:
        """After a takeover: what was claimed waits again; what must not be repeated becomes unknown and is returned."""
        left = self._work.all(Outbox, _LEFT_BEHIND, account=account, epoch=epoch)
        again = [row.id for row in left if row.again]
        unknown = [row for row in left if not row.again]
        if again:
            self._work.run(_RELEASE, ids=again, new="pending", new_done=None)
        if unknown:
            self._work.run(_RELEASE, ids=[row.id for row in unknown], new="unknown", new_done=self._work.now)
        return unknown

    def unsure(self, account: str, *, epoch: int) -> list[Outbox]:
        """What an earlier owner may or may not have sent, and what must not be sent twice."""
        return self._work.all(Outbox, _UNSURE, account=account, epoch=epoch)

    def limited(self, account: str) -> list[Sequence[Any]]:
        """(chat, until when) of the pauses that the platform asked for, whoever owned the account then."""
        return [
            (chat, as_moment(until)) for chat, until in self._work.rows(_LIMITED, account=account, now=self._work.now)
        ]

    def cancel(self, chat: str, *, lane: int = 0) -> int:
        """Drops what still waits for a chat, from this lane on."""
        return self._work.run(_CANCEL_CHAT, chat=chat, lane=lane, now=self._work.now)

    def drop(self, account: str, chat: str, tell: str) -> bool:
        """Takes one message back; False when it is not on our side any more."""
        return bool(self._work.run(_DROP, account=account, chat=chat, in_tell=tell, now=self._work.now))

    def take_back(self, tells: Collection[str]) -> set[str]:
        """Drops campaigns' messages that nobody has begun to send; returns which, by whom they concern."""
        lane = int(Urgency.CAMPAIGN)
        rows = self._work.rows(_TAKE_BACK, tells=list(tells), lane=lane, now=self._work.now) if tells else []
        return {row[0] for row in rows}

    def waiting(self, chats: Collection[str]) -> int:
        """How much is still on its way to these chats."""
        return int(self._work.value(_WAITING, chats=list(chats)))

    def move(self, account: str, chat: str, new_chat: str) -> None:
        """The chat has another address now."""
        self._work.run(_MOVE, account=account, chat=chat, new_chat=new_chat)

    def next_after(self, account: str) -> datetime | None:
        """When the next message that waits for a moment may go."""
        found = self._work.value(_NEXT_AFTER, account=account, now=self._work.now)
        return None if found is None else as_moment(found)

    def prune(self, before: datetime) -> int:
        """Deletes what ended before that."""
        return self._work.run(_PRUNE, before=before)
