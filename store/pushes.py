"""Unasked messages: how many somebody had, what waits for the digest, and who wants none of a kind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, bindparam, delete, func, select, update

from store.models import Mute, Push
from store.statements import Statement
from store.types import UtcTime
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_T = Push.table()


def _theirs() -> tuple[ColumnElement[bool], ...]:
    return (
        _T.c.workspace == bindparam("workspace"),
        _T.c.member.is_not_distinct_from(bindparam("member", type_=_T.c.member.type)),
        _T.c.room.is_not_distinct_from(bindparam("room", type_=_T.c.room.type)),
    )


_COUNT = Statement(
    lambda: select(func.count()).where(
        *_theirs(),
        _T.c.state == "sent",
        _T.c.at >= bindparam("since", type_=UtcTime()),
    )
)
_SAME = Statement(
    lambda: (
        select(*columns(Push))
        .where(*_theirs(), _T.c.state == "sent", _T.c.at > bindparam("since", type_=UtcTime()))
        .order_by(_T.c.id.desc())
        .limit(1)
    )
)
_OF_CARD = Statement(
    lambda: (
        select(*columns(Push))
        .where(_T.c.workspace == bindparam("workspace"), _T.c.card == bindparam("card"))
        .order_by(_T.c.id)
    )
)
_HELD = Statement(lambda: select(*columns(Push)).where(*_theirs(), _T.c.state == "held").order_by(_T.c.id))
_TOLD = Statement(
    lambda: (
        update(_T)
        .where(
            _T.c.workspace == bindparam("workspace"),
            _T.c.state == "held",
            _T.c.member.is_not_distinct_from(bindparam("in_member", type_=_T.c.member.type)),
            _T.c.room.is_not_distinct_from(bindparam("in_room", type_=_T.c.room.type)),
        )
        .values(state="told", body=bindparam("new_body", type_=_T.c.body.type))
    )
)
_PRUNE = Statement(
    lambda: delete(_T).where(_T.c.at < bindparam("before", type_=UtcTime()), _T.c.state != "held"), wide=True
)


class Pushes:
    """Asks and changes what was sent unasked; `member` or `room`, never both."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def sent(self, since: datetime, *, member: int | None = None, room: int | None = None) -> int:
        """How many messages since then."""
        return int(self._work.value(_COUNT, member=member, room=room, since=since))

    def same_minute(self, *, member: int) -> Push | None:
        """The last one, if it went out less than a minute ago."""
        since = self._work.now - timedelta(minutes=1)
        return self._work.one(Push, _SAME, member=member, room=None, since=since)

    def of_card(self, card: str) -> list[Push]:
        """What is joined in one message, in order."""
        return self._work.all(Push, _OF_CARD, card=card)

    def held(self, *, member: int | None = None, room: int | None = None) -> list[Push]:
        """What waits for the digest, oldest first."""
        return self._work.all(Push, _HELD, member=member, room=room)

    def told(self, *, member: int | None = None, room: int | None = None) -> None:
        """What waited has been told, and is forgotten."""
        self._work.run(_TOLD, in_member=member, in_room=room, new_body={})

    def prune(self, before: datetime) -> int:
        """Deletes what was sent or told before that, of every firm."""
        return self._work.run(_PRUNE, before=before)

    def muted(self, member: int) -> list[str]:
        """The kinds that a member does not want."""
        return [row.kind for row in self._work.find(Mute, member=member)]

    def mute(self, member: int, kind: str) -> None:
        """No more of this kind."""
        if not self._work.first(Mute, member=member, kind=kind):
            self._work.add(Mute(member=member, kind=kind))

    def unmute(self, member: int, kind: str) -> None:
        """This kind comes again."""
        for row in self._work.find(Mute, member=member, kind=kind):
            self._work.remove(row)
