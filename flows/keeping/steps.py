"""What is too old goes, a page at a time; whatever is cut short anywhere goes on the same, or the next night."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.core.ports import Files
from flows.jobs import Act, Reader, job
from flows.keeping import cards
from flows.keeping.actions import NIGHTLY
from flows.privacy.steps import SCRUB
from flows.router import OWNERS
from flows.turn import Turn
from store import keeping
from store.models import Job, Retention
from store.piles import ACTS, PILES, Pile
from store.traces import orphans
from store.work import Work


@job(NIGHTLY)
def steps(found: Job, files: Files, ask: Reader) -> Iterator[Act]:
    """The rules are read when it begins; one that changed meanwhile is heeded by every single act."""
    questions = ask(keeping.free_text)
    for kind, days in ask(_rules):
        before = found.created - timedelta(days=days)
        for pile in PILES[kind]:
            yield from _in_pile(_Old(kind, days, pile, before, questions), files, ask)
        for table in ACTS.get(kind, ()):
            while ask(partial(_has_acts, kind, days, table, before)):
                yield partial(_forget, kind, days, table, before)
    yield _done


class _Old:
    """What is looked for in one table."""

    def __init__(self, kind: str, days: int, pile: Pile, before: datetime, questions: Sequence[str]) -> None:
        self.kind, self.days, self.pile, self.before, self.questions = kind, days, pile, before, questions

    def next(self, after: int, work: Work) -> list[tuple[int, str]]:
        return keeping.aged(work, self.pile, self.before, self.questions, after=after)

    def clear(self, turn: Turn, ids: Sequence[int]) -> int:
        """As far as the rule still says so, and without what somebody can still take back."""
        if not _holds(turn.work, self.kind, self.days):
            return 0
        return keeping.clear(turn.work, self.pile, self.before, self.questions, ids)


def _in_pile(old: _Old, files: Files, ask: Reader) -> Iterator[Act]:
    after, recent, read = 0, set[int](), 0
    while rows := ask(partial(old.next, after)):
        after = rows[-1][0]
        if old.pile.undoable:
            more, read = ask(partial(keeping.touched, table=old.pile.name, since=old.before, after=read))
            recent |= more
        ids = [id for id, _hash in rows if id not in recent]
        yield partial(_clear, old, ids, read)
        hashes = {hash for _id, hash in rows if hash}
        for hash in ask(partial(orphans, hashes=hashes)) if hashes else ():
            files.remove(hash)


def _clear(old: _Old, ids: Sequence[int], read: int, turn: Turn, found: Job) -> None:
    if old.pile.undoable:
        just, _read = keeping.touched(turn.work, old.pile.name, old.before, read)
        ids = [id for id in ids if id not in just]
    count = old.clear(turn, ids)
    turn.work.for_good()
    _count(turn, found, old.kind, count, counted=old.pile.counted)


def _forget(kind: str, days: int, table: str, before: datetime, turn: Turn, found: Job) -> None:
    if _holds(turn.work, kind, days):
        keeping.forget_acts(turn.work, table, before)


def _has_acts(kind: str, days: int, table: str, before: datetime, work: Work) -> bool:
    return _holds(work, kind, days) and keeping.has_acts(work, table, before)


def _count(turn: Turn, found: Job, kind: str, count: int, *, counted: bool) -> None:
    if count:
        removed = dict(found.cursor.get("removed", {}))
        removed[kind] = removed.get(kind, 0) + (count if counted else 0)
        turn.work.change(found, cursor={**found.cursor, "removed": removed})


def _rules(work: Work) -> list[tuple[str, int]]:
    return [(row.kind, row.days) for row in work.find(Retention) if row.days and row.kind in PILES]


def _holds(work: Work, kind: str, days: int) -> bool:
    row = work.first(Retention, kind=kind)
    return row is not None and row.days == days


def _done(turn: Turn, found: Job) -> None:
    """The owners hear it once, in counts; jobs of nights before need not be kept."""
    removed = found.cursor.get("removed", {})
    for old in turn.work.find(Job, kind=NIGHTLY):
        if old.id != found.id and old.state != "open":
            turn.work.remove(old)
    turn.work.change(found, state="done")
    if not removed:
        return
    turn.work.signals.add(SCRUB)
    for kind, count in sorted(removed.items()):
        turn.work.audit("clock", "too old", f"{kind} {count}")
    if any(removed.values()):
        for member in turn.work.people.members():
            if member.role in OWNERS:
                turn.message_member(member, cards.told(removed))
