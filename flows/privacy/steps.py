"""What an erasure leaves to be looked for: other people's words, undo, files; then the bytes go too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from bot.core.messages import Address, File, Reply
from bot.core.ports import Files
from bot.core.text import Text, lines, ngettext
from bot.core.text import gettext as _
from flows.exports.writing import csv_bytes
from flows.jobs import Act, Reader, job
from flows.privacy.actions import KIND
from flows.privacy.rules import Rows, of_customer, of_member
from flows.turn import Turn
from store.erasing import SPEAKING, forget_changes, mentions, strike, undoing
from store.models import Erasure, Job
from store.traces import Traces, orphans
from store.work import Work

SCRUB = "scrub"
"""The signal on which the database writes itself anew, without what was deleted."""
DATA = "mydata"
_NAMES = {"en": "my data", "zh": "我的数据"}
_MIME = {"csv": "text/csv", "json": "application/json"}
SETTLED = 120.0
"""Seconds after which a content that no row names is nobody's: it is kept a moment before its row is."""


@job(KIND)
def steps(found: Job, files: Files, ask: Reader) -> Iterator[Act]:
    """Each act may be done twice: what is struck out is not found again."""
    theirs = Traces(**found.arguments["traces"])
    for table in SPEAKING:
        yield from _in_table(table, theirs, ask)
    yield from _undone(theirs, ask)
    for hash in ask(partial(orphans, hashes=_candidates(theirs, files))):
        files.remove(hash)
    yield _done


def _in_table(table: str, theirs: Traces, ask: Reader) -> Iterator[Act]:
    after, needles = 0, theirs.needles(table)
    while ids := ask(partial(_mentioned, table, needles, after)):
        after = ids[-1]
        yield partial(_strike, table, ids, needles)


def _mentioned(table: str, needles: Sequence[str], after: int, work: Work) -> list[int]:
    return mentions(work, table, needles, after)


def _strike(table: str, ids: Sequence[int], needles: Sequence[str], turn: Turn, found: Job) -> None:
    """The job's own row goes last: what it looks for stands in it."""
    ids = [id for id in ids if table != "job" or id != found.id]
    count = strike(turn.work, table, ids, needles)
    turn.work.change(found, cursor={**found.cursor, "struck": found.cursor.get("struck", 0) + count})


def _undone(theirs: Traces, ask: Reader) -> Iterator[Act]:
    after = 0
    while True:
        ids, after = ask(partial(undoing, found=theirs, after=after))
        if ids:
            yield partial(_forget, ids)
        if not after:
            return


def _forget(ids: Sequence[int], turn: Turn, found: Job) -> None:
    forget_changes(turn.work, ids)


def _candidates(theirs: Traces, files: Files) -> Iterable[str]:
    """Their own contents; and sheets, charts and papers that were made for somebody's eyes once."""
    return {*theirs.files, *files.hashes(older=SETTLED)}


def _done(turn: Turn, found: Job) -> None:
    erasure = turn.work.get(Erasure, found.arguments["erasure"])
    struck = found.cursor.get("struck", 0)
    if erasure is not None:
        turn.work.change(erasure, state="done")
    turn.work.change(found, state="done", arguments={}, address="")
    turn.work.signals.add(SCRUB)
    if turn.member is not None and erasure is not None:
        text = _("Customer number {n} is erased, with every file.", n=str(erasure.customer))
        turn.message_member(turn.member, Reply(lines(text, _elsewhere(struck))), kind="")


def _elsewhere(places: int) -> Text | None:
    return (
        ngettext(
            "The name stood in {n} other place, where *** stands now.",
            "The name stood in {n} other places, where *** stands now.",
            places,
        )
        if places
        else None
    )


@job(DATA)
def own_data(found: Job, files: Files, ask: Reader) -> Iterator[Act]:
    """A file for whoever asked; it goes to the chat in which they did."""
    rows: Rows = ask(partial(_rows_of, found.arguments))
    ending = found.arguments["ending"]
    content = json.dumps(rows, ensure_ascii=False, indent=1).encode() if ending == "json" else csv_bytes(_lines(rows))
    name = _NAMES[found.arguments["language"]]
    file = File(f"{name}.{ending}", _MIME[ending], hash=files.keep(content), size=len(content))
    yield partial(_hand_over, file)


def _rows_of(arguments: Mapping[str, Any], work: Work) -> Rows:
    if "member" in arguments:
        return of_member(work, arguments["member"])
    return of_customer(work, arguments["customer"], arguments["contact"])


def _lines(rows: Rows) -> Iterator[list[str]]:
    """One line a value: every kind of row has columns of its own."""
    yield ["kind", "number", "what", "value"]
    for kind, found in rows.items():
        for number, row in enumerate(found, 1):
            yield from ([kind, str(number), name, str(value)] for name, value in row.items())


def _hand_over(file: File, turn: Turn, found: Job) -> None:
    turn.work.change(found, state="done", arguments={})
    turn.work.audit(f"member:{found.by}" if found.by else "customer", "took_own_data", f"job:{found.id}")
    turn.say(Reply(_("Here it is:"), file=file, to=Address.of(found.address)))
