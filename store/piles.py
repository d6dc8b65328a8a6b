"""What grows old: for each kind of material its rows, by age, without those that something open still needs.

A kind is several *piles*, one a table. Emptied rows stay as figures; of the rest nothing stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, bindparam, cast, func, not_, or_, select, type_coerce

from store.models import (
    Activity,
    Alert,
    Change,
    Conversation,
    Gap,
    Given,
    Invitation,
    Job,
    Lead,
    Line,
    Promise,
    Reminder,
    RoomQuestion,
    RoomReply,
    Shown,
    StoredFile,
    Ticket,
)
from store.struck import STRUCK
from store.types import UtcTime, among, one_of, word

_A, _C, _F, _G, _I, _J, _L, _N, _P, _Q, _R, _S, _T, _X = (
    kind.table()
    for kind in (
        Activity, Conversation, StoredFile, Given, Invitation, Job, Line, Lead, Promise, RoomQuestion, Reminder, Shown,
        Ticket, Alert,
    )
)  # fmt: skip
_GAP, _REPLY = Gap.table(), RoomReply.table()
_ARGUMENTS = type_coerce(_J.c.arguments, String)
BEFORE = bindparam("before", type_=UtcTime())


def _ids(column: Any, *conditions: Any) -> Any:
    """Numbers that rows of the firm name under these conditions."""
    return select(column).where(column.is_not(None), column.table.c.workspace == bindparam("workspace"), *conditions)


_OPEN = one_of(_T.c.state, "open", "waiting")
_OPEN_TICKETS = _ids(_T.c.id, _OPEN)
_OPEN_REMINDERS = _ids(_R.c.id, _R.c.state == word("open"))
_OPEN_SURVEYS = one_of(_I.c.state, "draft", "waiting", "sending", "sent", "started")
NEEDED = (
    _ids(_L.c.activity, _L.c.ticket.in_(_OPEN_TICKETS)),
    _ids(_P.c.activity, one_of(_P.c.state, "open", "broken")),
    _ids(_R.c.activity, _R.c.state == word("open")),
    _ids(_I.c.activity, _OPEN_SURVEYS),
    _ids(_GAP.c.activity, _GAP.c.state == word("open")),
)
"""Entries of the history that an open ticket, promise, reminder, survey or question hangs on."""


@dataclass(frozen=True, slots=True, eq=False)
class Pile:
    """Rows of one table: since when they are, which ones are meant and not yet empty, and what of them goes."""

    table: Any
    at: Any
    full: tuple[Any, ...]
    empty: Mapping[str, Any] | None = None
    """None: the row itself goes."""
    counted: bool = True
    """Whether people would call a row of it one of the kind, rather than a copy of words that stand elsewhere."""
    files: bool = False
    """Whether a row has a content, in its column `hash`."""

    @property
    def name(self) -> str:
        return str(self.table.name)

    @property
    def undoable(self) -> bool:
        """Whether undo may keep copies of its rows."""
        return any(self.name in tables for tables in ACTS.values())

    def where(self) -> tuple[Any, ...]:
        """Those of the firm that are too old and that nothing needs."""
        ours = self.table.c.workspace == bindparam("workspace") if "workspace" in self.table.c else OF_OUR_CHATS
        return (ours, self.at < BEFORE, *self.full)


OF_OUR_CHATS = _S.c.chat.in_(_ids(_C.c.address))
_MESSAGES = one_of(_A.c.kind, "message", "email", "request")
_FREE = tuple(_A.c.id.not_in(ids) for ids in NEEDED)
_WORDLESS = {"text": "", "result": ""}
_SAID = or_(_A.c.text != "", _A.c.result != "")
_FILE_FREE = (
    *(or_(_F.c.activity.is_(None), _F.c.activity.not_in(ids)) for ids in NEEDED),
    or_(_F.c.line.is_(None), _F.c.line.not_in(_ids(_L.c.id, _L.c.ticket.in_(_OPEN_TICKETS)))),
    not_(
        select(_J.c.id)
        .where(
            _J.c.workspace == bindparam("workspace"),
            one_of(_J.c.state, "open", "fetching", "waiting"),
            _F.c.hash != "",
            _ARGUMENTS.contains(_F.c.hash),
        )
        .exists()
    ),
)
_OVER = (
    _X.c.state != word("open"),
    or_(_X.c.reminder.is_(None), _X.c.reminder.not_in(_OPEN_REMINDERS)),
    _X.c.words != "",
)

_LINES = (_L.c.text != "", _L.c.ticket.not_in(_OPEN_TICKETS))
_LINE = {"text": "", "author": ""}
_FREE_TEXT = (
    select(_I.c.id)
    .where(
        _I.c.workspace == bindparam("workspace"),
        _I.c.id == _G.c.invitation,
        not_(_OPEN_SURVEYS),
        among(cast(_I.c.survey, String).concat(":").concat(_G.c.question), "questions"),
    )
    .exists()
)

PILES: Mapping[str, tuple[Pile, ...]] = {
    "messages": (
        Pile(_A, _A.c.at, (_MESSAGES, _SAID, *_FREE), _WORDLESS),
        Pile(_L, _L.c.at, (_L.c.activity.is_(None), *_LINES), _LINE),
        Pile(_L, _L.c.at, (_L.c.activity.is_not(None), *_LINES), _LINE, counted=False),
        Pile(
            _T, func.coalesce(_T.c.closed, _T.c.solved, _T.c.opened), (not_(_OPEN), _T.c.title != STRUCK),
            {"title": STRUCK, "cause": ""}, counted=False,
        ),
        Pile(_GAP, _GAP.c.at, (_GAP.c.state != word("open"), _GAP.c.text != ""), {"text": ""}, counted=False),
        Pile(
            _N, _N.c.made, (one_of(_N.c.state, "taken", "dropped"), _N.c.words != ""), {"words": ""}, counted=False
        ),
        Pile(_X, _X.c.made, (*_OVER, _X.c.invitation.is_(None)), {"words": ""}, counted=False),
        Pile(_REPLY, _REPLY.c.at, (_REPLY.c.question.not_in(_ids(_Q.c.id, _Q.c.state == word("open"))),)),
        Pile(
            _S, _S.c.at, (_S.c.chat.not_in(_ids(_C.c.address, _C.c.id.in_(_ids(_T.c.conversation, _OPEN)))),),
            counted=False,
        ),
    ),
    "notes": (
        Pile(_A, _A.c.at, (not_(_MESSAGES), _A.c.status == word("done"), _SAID, *_FREE), _WORDLESS),
    ),
    "voice": (Pile(_F, _F.c.at, (_F.c.kind == word("voice"), *_FILE_FREE), files=True),),
    "files": (Pile(_F, _F.c.at, (_F.c.kind != word("voice"), *_FILE_FREE), files=True),),
    "answers": (
        Pile(_G, _G.c.at, (_FREE_TEXT,)),
        Pile(_X, _X.c.made, (*_OVER, _X.c.invitation.is_not(None)), {"words": ""}, counted=False),
    ),
    "sheets": (
        Pile(
            _J, _J.c.created,
            (
                _J.c.kind == word("import"),
                _J.c.state.not_in([word("open"), word("fetching")]),
                _ARGUMENTS.like('%"hash":"%'),
                not_(_ARGUMENTS.like('%"hash":""%')),
            ),
        ),
    ),
    "undo": (Pile(Change.table(), Change.table().c.at, ()),),
}  # fmt: skip
"""By kind of material; nothing else ever grows too old."""

ACTS: Mapping[str, tuple[str, ...]] = {"messages": ("activity", "ticket", "gap"), "notes": ("activity",)}
"""Tables of which undo keeps copies, by the kind whose words stand in them."""
