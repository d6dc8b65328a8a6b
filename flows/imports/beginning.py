"""How an import begins: with a file that is here, or on its way to us."""

from __future__ import annotations

from bot.core.messages import Reply
from bot.core.text import gettext as _
from bot.core.text import plain
from flows.imports.cards import card_of
from flows.jobs import begin, open_again
from flows.router import MANAGERS
from flows.turn import Turn
from store.models import Job, StoredFile


def look_at(turn: Turn, row: StoredFile) -> Reply:
    """Begins the import of a file as soon as its content is here; nothing is changed before somebody says so."""
    state = "open" if row.hash else "fetching"
    job = begin(turn, "import", state=state, hash=row.hash, name=row.name, file=row.id, owner=_keeper(turn))
    _await_a_word(turn, job)
    return Reply(_("Looking at {name} …", name=row.name), card=card_of(job))


def look_at_words(turn: Turn, table: str) -> Reply:
    """The same for a table that stands in the message itself."""
    name = plain(_("pasted table").resolve(turn.words))
    job = begin(turn, "import", typed=table, hash="", name=name, owner=_keeper(turn))
    _await_a_word(turn, job)
    return Reply(_("Looking at {name} …", name=name), card=card_of(job))


def _await_a_word(turn: Turn, job: Job) -> None:
    """A plain yes or no that comes next is about this sheet, unless something else was being asked."""
    if turn.asks() in ("", "log"):
        turn.remember({"kind": "import", "job": job.id})


def arrived(turn: Turn, row: StoredFile) -> None:
    """The platform has handed over what a sheet holds."""
    for job in turn.work.find(Job, kind="import", state="fetching"):
        if job.arguments.get("file") == row.id:
            open_again(turn, job, arguments={**job.arguments, "hash": row.hash})


def _keeper(turn: Turn) -> int | None:
    """Who owns what a sheet brings: a rep's own list is theirs, a manager's is the firm's."""
    return turn.member.id if turn.member and turn.member.role not in MANAGERS else None
