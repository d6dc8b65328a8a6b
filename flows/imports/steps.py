"""An import as a job: a look, a trial, the rows in small turns, and the way back; killed anywhere, it goes on there."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any

from bot.core.messages import File, Reply
from bot.core.ports import Files
from bot.core.text import Text, plain
from bot.core.text import gettext as _
from flows.exports.writing import csv_bytes
from flows.imports import cards
from flows.imports.actions import COUNTS, Plan, Tally, take
from flows.imports.fields import own_headings
from flows.imports.headings import bare, find_head
from flows.imports.rules import Entry, Failed, Outcome, Reading
from flows.imports.sheets import Sheet, read
from flows.imports.taking_back import give_back_part, parts_of
from flows.imports.workbooks import Unreadable
from flows.jobs import Act, Reader, job
from flows.turn import Turn
from store.models import Change, Job, SheetRow, Workspace
from store.work import Work

STEP = 0.05
"""Seconds that one step may take: the writer is everybody's."""
FEWEST, MOST = 128, 1000
TOLD = timedelta(seconds=1)
"""Between two states of the progress card."""
LISTED = 20_000
"""Rows to look at that are kept; a sheet with more of them is not the sheet that was meant."""


@job("import")
def steps(found: Job, files: Files, ask: Reader) -> Iterator[Act]:
    """Where the job stands decides what is done next."""
    phase = found.cursor.get("phase", "look")
    if phase == "undo":
        yield from _back(found, ask)
        return
    try:
        sheet = read(_content(found, files), found.arguments["name"])
        if phase == "look":
            yield _look(sheet, ask)
            return
    except Unreadable as problem:
        yield partial(_refuse, problem.text)
        return
    except FileNotFoundError:
        yield partial(_refuse, _("The file is no longer here. Please send it again."))
        return
    yield from _rows(found, sheet, files, ask)


def _content(found: Job, files: Files) -> bytes:
    """What the file holds, or what was typed."""
    typed: str = found.arguments.get("typed", "")
    return typed.encode() if typed else files.read(found.arguments["hash"])


def _refuse(why: Text, turn: Turn, found: Job) -> None:
    cursor = {**found.cursor, "why": plain(why.resolve(turn.words))}
    turn.work.change(found, state="failed", error="unreadable", cursor=cursor)
    turn.rewrite(cards.card_of(found), Reply(why, card=cards.card_of(found)))


# the look


def _look(sheet: Sheet, ask: Reader) -> Act:
    own = ask(own_headings)
    country = ask(lambda work: _firm(work).country)
    head = find_head(sheet.head(40), own)
    count, samples = 0, list[str]()
    reading = Reading(head, country, kind=sheet.kind)
    for number, cells in sheet.rows():
        if number <= head.row or not any(cell.strip() for cell in cells):
            continue
        count += 1
        if len(samples) < cards.SAMPLES and isinstance(entry := reading.outcome(number, cells), Entry):
            samples.append(_sample(entry))
    facts = {
        "head": cards.kept_head(head),
        "rows": count,
        "samples": samples,
        "kind": sheet.kind,
        "encoding": sheet.encoding_name,
        "separator": sheet.separator,
        "sheet": sheet.name,
        "others": list(sheet.others),
        "careful": [],
    }
    return partial(_looked, facts)


def _sample(entry: Entry) -> str:
    people = [person.name for person in entry.people if person.name]
    phones = [*entry.phones, *(phone for person in entry.people for phone in person.phones)]
    numbers = [*phones, *entry.emails, *(email for person in entry.people for email in person.emails)]
    return " · ".join(part for part in (entry.name, *people[:2], *numbers[:2]) if part)[:200]


def _looked(facts: dict[str, Any], turn: Turn, found: Job) -> None:
    card = cards.card_of(found)
    if not facts["rows"]:
        turn.work.change(found, state="failed", error="empty")
        turn.rewrite(card, Reply(_("There is no row in it: nothing was imported."), card=card))
        return
    straight = found.arguments.get("straight")
    arguments = {**found.arguments, **facts}
    if straight:
        arguments["careful"] = [c for c in straight if c]
        cursor = {**found.cursor, "phase": "try" if found.arguments.get("dry") else "take"}
        turn.work.signals.add("jobs")
        turn.work.change(found, arguments=arguments, cursor=cursor, owner="", until=None)
        return
    changed = turn.work.change(found, arguments=arguments, state="waiting")
    turn.rewrite(card, cards.preview(changed))


# the rows


def _rows(found: Job, sheet: Sheet, files: Files, ask: Reader) -> Iterator[Act]:
    dry = found.cursor["phase"] == "try"
    head, country = cards.head_of(found), ask(lambda work: _firm(work).country)
    plan = Plan(frozenset(found.arguments["careful"]), _system(head), dry, found.arguments.get("owner"))
    reading = Reading(head, country, kind=sheet.kind)
    after = 0 if dry else int(found.cursor.get("row", 0))
    if dry:
        yield _afresh
    left = (outcome for outcome in reading.outcomes(_intact(sheet)) if outcome.number > after)
    yield from _batches(left, plan)
    for content, name in _rows_to_look_at(found, ask, head):
        hash = files.keep(content)
        yield partial(_finish, File(name, "text/csv", hash=hash, size=len(content)))
        return
    yield partial(_finish, None)


def _intact(sheet: Sheet) -> Iterator[tuple[int, Sequence[str]]]:
    """A workbook that breaks in the middle gives what came before."""
    try:
        yield from sheet.rows()
    except Unreadable:
        return


def _batches(left: Iterable[Outcome], plan: Plan) -> Iterator[Act]:
    """As many rows a turn as fit into its time; a row that breaks the turn is found by halving, and fails alone."""
    size, rows = FEWEST, iter(left)
    while batch := list(islice(rows, size)):
        waiting = [batch]
        while waiting:
            part = waiting.pop()
            started = time.perf_counter()
            try:
                yield partial(_take, part, plan)
            except Exception as error:
                if len(part) > 1:
                    middle = len(part) // 2
                    waiting += [part[middle:], part[:middle]]
                    continue
                why = _("It could not be stored ({error}).", error=type(error).__name__)
                yield partial(_take, [Failed(part[0].number, why, part[0].cells)], plan)
            took = time.perf_counter() - started
            if len(part) == size:
                size = min(MOST, max(FEWEST, int(size * min(2.0, STEP / max(took, 0.001)))))


def _take(part: Sequence[Outcome], plan: Plan, turn: Turn, found: Job) -> None:
    work = turn.work
    tally = take(turn, part, plan, found.id)
    _keep_notes(turn, found, tally)
    if not plan.dry and (
        change := work.keep_change(found.by or 0, found.arguments["name"][:200], cards.card_of(found))
    ):
        work.change(change, state="part")
    work.for_good()
    cursor = _moved(turn, found, part, tally)
    told = cursor.get("told", 0)
    if turn.now.timestamp() - told >= TOLD.total_seconds():
        cursor["told"] = turn.now.timestamp()
        found = work.change(found, cursor=cursor)
        turn.rewrite(cards.card_of(found), cards.progress(found))
    else:
        work.change(found, cursor=cursor)


def _moved(turn: Turn, found: Job, part: Sequence[Outcome], tally: Tally) -> dict[str, Any]:
    cursor = dict(found.cursor)
    before = cursor.get("tally") or dict.fromkeys(COUNTS, 0)
    cursor["tally"] = {name: before[name] + tally.counts[name] for name in COUNTS}
    cursor["warned"] = cursor.get("warned", 0) + tally.warned
    cursor["row"] = part[-1].number
    cursor["done"] = cursor.get("done", 0) + len(part)
    problems = list(cursor.get("problems", ()))
    for number, kind, why, _cells in tally.notes:
        if kind == "failed" and len(problems) < 3:
            problems.append(plain(_("Row {n}: {why}", n=number, why=why).resolve(turn.words)))
    cursor["problems"] = problems
    return cursor


def _keep_notes(turn: Turn, found: Job, tally: Tally) -> None:
    kept = int(found.cursor.get("notes", 0))
    for number, kind, why, cells in tally.notes[: max(0, LISTED - kept)]:
        words = plain(why.resolve(turn.words))
        turn.work.add(SheetRow(job=found.id, number=number, outcome=kind, why=words, cells=_storable(cells)))
    found.cursor["notes"] = kept + len(tally.notes)


def _storable(cells: Sequence[str]) -> list[str]:
    """As text that both engines can keep."""
    return [cell.encode("utf-8", "replace").decode().replace("\0", "")[:2000] for cell in cells[:200]]


def _afresh(turn: Turn, found: Job) -> None:
    """A trial counts from the first row each time."""
    for row in turn.work.find(SheetRow, job=found.id):
        turn.work.remove(row)
    cursor = {"phase": "try", "step": found.cursor.get("step", 0)}
    turn.work.change(found, cursor=cursor)
    turn.rewrite(cards.card_of(found), cards.progress(turn.work.get(Job, found.id) or found))


def _rows_to_look_at(found: Job, ask: Reader, head: Any) -> Iterator[tuple[bytes, str]]:
    """What failed or was left out, in the same columns with the reason behind: corrected, it comes in again."""
    rows = ask(lambda work: work.find(SheetRow, job=found.id))
    if not rows:
        return
    labels = [""] * (max(c.at for c in head.columns) + 1)
    for column in head.columns:
        labels[column.at] = column.label
    words = ask(lambda work: _firm(work).language)
    extra = ["行", "结果", "原因"] if words == "zh" else ["row", "outcome", "errors"]
    width = len(labels)
    lines = [[*labels, *extra]]
    lines += [[*(list(r.cells) + [""] * width)[:width], str(r.number), r.outcome, r.why] for r in rows]
    stem = found.arguments["name"].rpartition(".")[0] or found.arguments["name"]
    yield csv_bytes(lines), f"{stem[:60]}-errors.csv"


def _finish(file: File | None, turn: Turn, found: Job) -> None:
    card = cards.card_of(found)
    found = turn.work.change(found, cursor={**found.cursor, "errors": file.hash if file else ""})
    if found.cursor["phase"] == "try":
        found = turn.work.change(found, state="waiting")
        turn.rewrite(card, cards.tried(found))
    else:
        found = turn.work.change(found, state="done")
        turn.rewrite(card, cards.done(found))
        _keep_undo(turn, found)
    if file is not None and turn.member is not None:
        text = _("Rows to look at, with the reason in the last column. Correct them and send me the file again.")
        turn.message_member(turn.member, Reply(text, file=file), kind="")


def _keep_undo(turn: Turn, found: Job) -> None:
    label = plain(_("{name} imported", name=found.arguments["name"]).resolve(turn.words))
    turn.work.add(Change(at=turn.now, member=found.by or 0, label=label[:200], rows=[], card=cards.card_of(found)))
    actor = f"member:{found.by}" if found.by else "console"
    turn.work.audit(actor, "import", f"job:{found.id}")
    turn.work.for_good()


def _system(head: Any) -> str:
    found = head.of("id")
    return bare(found[0].label) if found else ""


def _firm(work: Work) -> Workspace:
    found = work.firm(work.workspace)
    assert found is not None  # noqa: S101 - a job's workspace is there
    return found


# the way back


def _back(found: Job, ask: Reader) -> Iterator[Act]:
    for part in ask(lambda work: parts_of(work, cards.card_of(found))):
        yield partial(_back_part, part)
    yield _back_done


def _back_part(part: int, turn: Turn, found: Job) -> None:
    stayed = give_back_part(turn, part)
    cursor = dict(found.cursor)
    known = cursor.get("stayed_ids", [])
    new = {id: name for id, name in stayed.items() if id not in known}
    cursor["stayed_ids"] = known + [id for id in new][: max(0, 50 - len(known))]
    cursor["stayed"] = cursor.get("stayed", []) + list(new.values())[: max(0, 50 - len(known))]
    cursor["stayed_count"] = cursor.get("stayed_count", 0) + len(new)
    turn.work.change(found, cursor=cursor)


def _back_done(turn: Turn, found: Job) -> None:
    found = turn.work.change(found, state="undone")
    turn.work.audit(f"member:{found.by}" if found.by else "console", "import undone", f"job:{found.id}")
    turn.work.for_good()
    turn.rewrite(cards.card_of(found), cards.taken_back(found))
