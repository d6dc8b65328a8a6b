"""Counting, finding and clearing what is too old, a page at a time; see `store/piles.py` for what that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import String, bindparam, delete, func, literal, select, type_coerce, update

from store.models import Change, Job, SheetRow, StoredFile, Survey
from store.piles import BEFORE, OF_OUR_CHATS, PILES, Pile
from store.statements import Statement
from store.types import UtcTime, among
from store.work import Work

PAGE = 200

_H, _F, _SHEET = Change.table(), StoredFile.table(), SheetRow.table()
_ROWS = type_coerce(_H.c.rows, String)


def free_text(work: Work) -> list[str]:
    """The questions of the firm that are answered in words, as "survey:question"."""
    surveys = work.find(Survey)
    return [f"{survey.id}:{step['name']}" for survey in surveys for step in survey.steps if step["kind"] == "words"]


def count(work: Work, kind: str, before: datetime) -> tuple[int, int]:
    """How many of a kind are too old now, as people count them; and how many rows that is."""
    given = {"before": before, "questions": free_text(work)}
    found = [(pile.counted, int(work.value(_count(pile), **given))) for pile in PILES[kind]]
    return sum(number for counted, number in found if counted), sum(number for _counted, number in found)


def aged(
    work: Work, pile: Pile, before: datetime, questions: Sequence[str], *, after: int = 0
) -> list[tuple[int, str]]:
    """The next rows that are too old, with the hash of their content."""
    given = {"before": before, "questions": questions, "after": after, "limit": PAGE}
    return [(id, hash) for id, hash in work.rows(_aged(pile), **given)]


def clear(work: Work, pile: Pile, before: datetime, questions: Sequence[str], ids: Sequence[int]) -> int:
    """Empties or deletes those of them that are too old still; returns how many those were."""
    rows = work.rows(_still(pile), before=before, questions=questions, ids=list(ids))
    left = [id for (id,) in rows]
    if not left:
        return 0
    if pile.table is Job.table():
        _clear_sheets(work, left)
    else:
        work.run(_clear(pile), ids=left)
    return len(left)


def touched(work: Work, table: str, since: datetime, after: int = 0) -> tuple[set[int], int]:
    """Rows of a table that somebody has changed since then and can still take back; and how far that was read."""
    found: set[int] = set()
    while rows := work.rows(_touching(table), since=since, after=after, limit=PAGE * 10):
        after = rows[-1][0]
        found |= {id for _change, acts in rows for name, id, *_states in acts if name == table}
    return found, after


def has_acts(work: Work, table: str, before: datetime) -> bool:
    """Whether acts on rows of a table are kept that are too old."""
    return bool(work.rows(_acts(table), before=before, limit=1))


def forget_acts(work: Work, table: str, before: datetime) -> int:
    """Undo reaches no further back than the words do: it keeps copies. Returns how many acts went; a page at most."""
    ids = [id for (id,) in work.rows(_acts(table), before=before, limit=PAGE)]
    return work.run(_FORGET, ids=ids) if ids else 0


def _clear_sheets(work: Work, jobs: Sequence[int]) -> None:
    """The rows to look at, the file as it came, and the samples that were shown of it."""
    work.run(_SHEET_ROWS, ids=list(jobs))
    for id in jobs:
        job = work.get(Job, id)
        if job is None:
            continue
        if job.arguments["hash"]:
            work.run(_FILES, hash=job.arguments["hash"])
        typed = {"typed": ""} if "typed" in job.arguments else {}
        work.change(job, arguments={**job.arguments, **typed, "hash": "", "samples": []})


@cache
def _aged(pile: Pile) -> Statement:
    id, hash = pile.table.c.id, pile.table.c.hash if pile.files else literal("")
    return Statement(
        lambda: select(id, hash).where(*pile.where(), id > bindparam("after")).order_by(id).limit(bindparam("limit"))
    )


@cache
def _still(pile: Pile) -> Statement:
    return Statement(lambda: select(pile.table.c.id).where(*pile.where(), among(pile.table.c.id, "ids")))


@cache
def _count(pile: Pile) -> Statement:
    return Statement(lambda: select(func.count()).select_from(pile.table).where(*pile.where()))


@cache
def _clear(pile: Pile) -> Statement:
    table, these = pile.table, among(pile.table.c.id, "ids")
    if pile.empty is None:
        return Statement(lambda: delete(table).where(these, *_firm(table)))
    version = {"version": table.c.version + 1} if "version" in table.c else {}
    return Statement(lambda: update(table).where(these, *_firm(table)).values({**(pile.empty or {}), **version}))


def _firm(table: Any) -> tuple[Any, ...]:
    return (table.c.workspace == bindparam("workspace"),) if "workspace" in table.c else (OF_OUR_CHATS,)


@cache
def _touching(table: str) -> Statement:
    return Statement(
        lambda: (
            select(_H.c.id, _H.c.rows)
            .where(
                _H.c.workspace == bindparam("workspace"),
                _H.c.at >= bindparam("since", type_=UtcTime()),
                _H.c.id > bindparam("after"),
                _ROWS.like(f'%["{table}",%'),
            )
            .order_by(_H.c.id)
            .limit(bindparam("limit"))
        )
    )


@cache
def _acts(table: str) -> Statement:
    return Statement(
        lambda: (
            select(_H.c.id)
            .where(_H.c.workspace == bindparam("workspace"), _H.c.at < BEFORE, _ROWS.like(f'%["{table}",%'))
            .limit(bindparam("limit"))
        )
    )


_FORGET = Statement(lambda: delete(_H).where(_H.c.workspace == bindparam("workspace"), among(_H.c.id, "ids")))
_SHEET_ROWS = Statement(
    lambda: delete(_SHEET).where(_SHEET.c.workspace == bindparam("workspace"), among(_SHEET.c.job, "ids"))
)
_FILES = Statement(lambda: delete(_F).where(_F.c.workspace == bindparam("workspace"), _F.c.hash == bindparam("hash")))
