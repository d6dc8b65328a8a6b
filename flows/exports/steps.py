"""An export as a job: read a page at a time beside the writer, kept as a file, handed over in one turn."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from bot.core.messages import File, Reply
from bot.core.ports import Files
from flows.exports.actions import pages
from flows.exports.tables import TABLES, View
from flows.exports.writing import csv_bytes, xlsx_bytes
from flows.jobs import Act, Reader, job
from flows.turn import Turn
from flows.words import Words
from store.models import Job
from store.work import Work

_MIME = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@job("export")
def steps(found: Job, files: Files, ask: Reader) -> Iterator[Act]:
    """Everything is read in one view of the file, so that the sheet is of one moment."""
    kind, language, what = found.arguments["ending"], found.arguments["language"], found.arguments["what"]
    count, content = ask(partial(written, what, kind, language))
    hash = files.keep(content)
    name = f"{TABLES[what].file[language]}.{kind}"
    yield partial(_hand_over, File(name, _MIME[kind], hash=hash, size=len(content)), count)


def written(what: str, kind: str, language: Any, work: Work) -> tuple[int, bytes]:
    """The sheet's bytes with how many it tells of, for whoever's eyes the work has."""
    firm = work.firm(work.workspace)
    assert firm is not None  # noqa: S101 - a job's workspace is there
    turn = Turn(work=work, workspace=firm, key="")
    table, view = TABLES[what], View(turn, Words(language, firm.zone, turn.now))
    count = 0

    def rows() -> Iterator[list[str]]:
        nonlocal count
        yield table.heading(view)
        for page in pages(turn):
            lines = list(table.lines(view, page))
            count += len(page) if what == "customers" else len(lines)
            yield from lines

    content = csv_bytes(rows()) if kind == "csv" else xlsx_bytes(rows(), what)
    return count, content


def _hand_over(file: File, count: int, turn: Turn, found: Job) -> None:
    turn.work.change(found, state="done")
    turn.work.audit(f"member:{found.by}" if found.by else "console", "export", f"job:{found.id}")
    card, counted = f"export:{found.id}", TABLES[found.arguments["what"]].counted(count)
    turn.rewrite(card, Reply(counted, card=card))
    if turn.member is not None:
        turn.message_member(turn.member, Reply(counted, file=file), kind="")
