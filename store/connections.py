"""What connects us: bot accounts of every firm, the menus their chats show, and the endpoints of other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, or_, select, update

from bot.core.messages import Urgency
from store.models import Account, Conversation, Endpoint, Member, Outbox, Pass, Workspace
from store.outbox import CANCELLED, LIFETIME
from store.statements import Statement
from store.types import UtcTime, one_of, word
from store.work import columns

if TYPE_CHECKING:
    from store.work import Work

_A, _C, _M, _W, _E, _O = (kind.table() for kind in (Account, Conversation, Member, Workspace, Endpoint, Outbox))

SHOWN = 10
"""Letters that are listed at once."""

_CONNECTED = Statement(
    lambda: select(*columns(Account)).where(or_(_A.c.token != "", _A.c.offered != "")).order_by(_A.c.id), wide=True
)
_BY_ID = Statement(lambda: select(*columns(Account)).where(_A.c.id == bindparam("id")), wide=True)
_SAME_BOT = Statement(
    lambda: select(*columns(Account)).where(
        _A.c.platform == bindparam("platform"),
        _A.c.bot == bindparam("bot"),
        _A.c.name != bindparam("name"),
        or_(_A.c.token != "", _A.c.state == word("active")),
    ),
    wide=True,
)
_PASS = Statement(lambda: select(*columns(Pass)).where(Pass.table().c.digest == bindparam("digest")), wide=True)
_MENUS = Statement(
    lambda: (
        select(_C.c.address, _C.c.menu, _M.c.role, _M.c.state, _M.c.language, _C.c.language, _W.c.language)
        .select_from(_C)
        .join(_W, _W.c.id == _C.c.workspace)
        .outerjoin(_M, and_(_M.c.workspace == _C.c.workspace, _M.c.id == _C.c.member))
        .where(
            _C.c.account == bindparam("account"),
            _C.c.kind == word("private"),
            _C.c.reachable.is_(True),
            or_(_C.c.menu != "", _C.c.member.is_not(None)),
        )
    ),
    wide=True,
)
_SET_MENU = Statement(
    lambda: update(_C).where(_C.c.address == bindparam("in_address")).values(menu=bindparam("new_menu")), wide=True
)
_ENDPOINT = Statement(
    lambda: select(*columns(Endpoint)).where(_E.c.id == bindparam("id"), _E.c.state == word("active")), wide=True
)
_GIVEN_UP = Statement(
    lambda: (
        select(*columns(Outbox))
        .where(
            _O.c.workspace == bindparam("workspace"),
            _O.c.chat == bindparam("chat"),
            one_of(_O.c.state, "dead", "failed", "unknown"),
            _O.c.error != word(CANCELLED),
        )
        .order_by(_O.c.id.desc())
        .limit(bindparam("limit"))
    )
)
_AGAIN = Statement(
    lambda: (
        update(_O)
        .where(
            _O.c.workspace == bindparam("workspace"),
            _O.c.chat == bindparam("chat"),
            _O.c.id == bindparam("row"),
            one_of(_O.c.state, "dead", "failed", "unknown"),
        )
        .values(
            state="pending",
            attempts=0,
            error="",
            done=None,
            after=bindparam("now", type_=UtcTime()),
            expires=bindparam("until_", type_=UtcTime()),
        )
    )
)


def connected(work: Work) -> list[Account]:
    """The accounts of every firm whose token is ours to keep, or to look at."""
    return work.all(Account, _CONNECTED)


def account(work: Work, id: int) -> Account | None:
    """The account, whosever it is."""
    return work.one(Account, _BY_ID, id=id)


def same_bot(work: Work, platform: str, bot: str, name: str) -> Account | None:
    """Another account, of whatever firm, that this bot serves already; not one that it served once."""
    return work.one(Account, _SAME_BOT, platform=platform, bot=bot, name=name) if bot else None


def pass_of(work: Work, digest: str) -> Pass | None:
    """The single-use link of whatever firm, good or not."""
    return work.one(Pass, _PASS, digest=digest)


@dataclass(frozen=True, slots=True)
class MenuOf:
    """A private chat of a bot: whose menu it shows, and whose it should (empty: everybody's)."""

    address: str
    shows: str
    role: str
    language: str


def menus(work: Work, account: str) -> list[MenuOf]:
    """The chats of members, and those that were."""
    return [_menu(*row) for row in work.rows(_MENUS, account=account)]


def _menu(address: str, shows: str, role: str | None, state: str | None, *languages: str | None) -> MenuOf:
    return MenuOf(address, shows, (role or "") if state == "active" else "", next(filter(None, languages), "en"))


def set_menu(work: Work, address: str, menu: str) -> None:
    """The chat shows this one now."""
    work.run(_SET_MENU, in_address=address, new_menu=menu)


def endpoint(work: Work, id: int) -> Endpoint | None:
    """The endpoint while it is on, whosever it is."""
    return work.one(Endpoint, _ENDPOINT, id=id)


def given_up(work: Work, chat: str, limit: int = SHOWN) -> list[Outbox]:
    """The newest letters to an endpoint that never arrived, or perhaps did not."""
    return work.all(Outbox, _GIVEN_UP, chat=chat, limit=limit)


def send_again(work: Work, letters: Sequence[Outbox]) -> int:
    """They wait once more under their old keys, so that a receiver who has one of them can tell; how many they are."""
    life = LIFETIME.get(Urgency.ALERT, timedelta(hours=24))
    values: dict[str, Any] = {"now": work.now, "until_": work.now + life}
    for letter in letters:
        work.signals.add(f"outbox:{letter.account}")
    return sum(work.run(_AGAIN, row=letter.id, chat=letter.chat, **values) for letter in letters)
