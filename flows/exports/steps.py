"""An export as a job: read a page at a time beside the writer, kept as a file, handed over in one turn."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bot.core.messages import File, Reply
from bot.core.ports import Files
from bot.core.text import ngettext
from flows.exports.actions import heading, lines, own_fields, pages
from flows.exports.writing import csv_bytes, xlsx_bytes
from flows.jobs import Act, Reader, job
from flows.turn import Turn
from store.models import Job
from store.work import Work

_MIME = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@job("export")
def steps(found: Job, files: Files, ask: Reader) -> Iterator[Act]:
    """Everything is read in one view of the file, so that the sheet is of one moment."""
    kind, language = found.arguments["ending"], found.arguments["language"]
    count, content = ask(partial(_content, kind, language))
    hash = files.keep(content)
    name = f"{'客户' if language == 'zh' else 'customers'}.{kind}"
    yield partial(_hand_over, File(name, _MIME[kind], hash=hash, size=len(content)), count)


def _content(kind: str, language: str, work: Work) -> tuple[int, bytes]:
    firm = work.firm(work.workspace)
    assert firm is not None  # noqa: S101 - a job's workspace is there
    turn, count = Turn(work=work, workspace=firm, key=""), 0

    def rows() -> Iterator[list[str]]:
        nonlocal count
        own = own_fields(turn)
        yield heading(language, own)
        for page in pages(turn):
            count += len(page)
            yield from lines(turn, page, own)

    content = csv_bytes(rows()) if kind == "csv" else xlsx_bytes(rows(), "customers")
    return count, content


def _hand_over(file: File, count: int, turn: Turn, found: Job) -> None:
    turn.work.change(found, state="done")
    turn.work.audit(f"member:{found.by}" if found.by else "console", "export", f"job:{found.id}")
    card = f"export:{found.id}"
    turn.rewrite(card, Reply(ngettext("{n} customer", "{n} customers", count), card=card))
    if turn.member is not None:
        turn.message_member(turn.member, Reply(ngettext("{n} customer", "{n} customers", count), file=file), kind="")
