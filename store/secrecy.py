"""What must leave no trace of its words: whatever somebody sends while they answer an anonymous survey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from store.models import Conversation, Invitation, Survey
from store.shown import VEIL, show
from store.statements import Statement

if TYPE_CHECKING:
    from store.work import Work

_V, _I, _S = Conversation.table(), Invitation.table(), Survey.table()
_TALK = Statement(lambda: select(_V.c.dialog).where(_V.c.address == bindparam("chat")), wide=True)
_ANONYMOUS = Statement(
    lambda: (
        select(_S.c.anonymous)
        .join(_I, (_I.c.survey == _S.c.id) & (_I.c.workspace == _S.c.workspace))
        .join(_V, (_V.c.id == _I.c.conversation) & (_V.c.workspace == _I.c.workspace))
        .where(_V.c.address == bindparam("chat"), _I.c.id == bindparam("invitation"))
    ),
    wide=True,
)


def is_secret(work: Work, chat: str, press: str = "") -> bool:
    """True while an anonymous survey is open in that chat, and for its buttons at any time."""
    talk: dict[str, Any] = work.value(_TALK, chat=chat) or {}
    asked = [talk["invitation"]] if talk.get("kind") == "survey" else []
    name, _sep, rest = press.partition(":")
    number = rest.partition(":")[0]
    if name in ("answer", "score") and number.isdigit():
        asked.append(int(number))
    return any(work.value(_ANONYMOUS, chat=chat, invitation=id) for id in asked)


def any_secret(work: Work, said: Sequence[tuple[str, str]]) -> bool:
    """Whether one of (chat, press) is."""
    return any(is_secret(work, chat, press) for chat, press in said)


def veil(work: Work, chat: str, key: str, by: str, name: str) -> None:
    """On a screen that we keep ourselves the message stands without its words: the first entry of a key is kept."""
    entry = {"by": by, "name": name, "at": work.now.isoformat(), "key": key.partition(".")[2], "text": [[VEIL, "", ""]]}
    show(work, chat, entry, key=key)
