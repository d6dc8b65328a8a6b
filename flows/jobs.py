"""Long work: a topic's generator yields small acts, each of which is a turn; it goes on where the row's cursor stands.

Between two acts a generator may read files and compute, because no transaction is open then. An act that raises is
rolled back alone and its error is thrown into the generator, which may try something smaller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bot.core.messages import Reply
from bot.core.ports import Files
from bot.core.text import gettext as _
from flows.customers.sight import sight_of
from flows.turn import Turn
from store.models import Job, Member
from store.work import Work

Act = Callable[[Turn, Job], Any]
Steps = Callable[[Job, Files, "Reader"], Iterator[Act]]
Reader = Callable[[Callable[[Work], Any]], Any]
"""Asks the tables of the job's workspace, as they are committed now."""

JOBS: dict[str, Steps] = {}


def job(kind: str) -> Callable[[Steps], Steps]:
    """Registers the steps of a kind of job."""

    def register(steps: Steps) -> Steps:
        if kind in JOBS:
            raise KeyError(f"{kind} is done twice")
        JOBS[kind] = steps
        return steps

    return register


def begin(turn: Turn, kind: str, *, state: str = "open", **arguments: Any) -> Job:
    """A new job of whoever acts; it starts after this turn, or when its state becomes "open"."""
    turn.work.signals.add("jobs")
    return turn.work.add(
        Job(
            kind=kind,
            arguments=arguments,
            state=state,
            created=turn.now,
            by=turn.member.id if turn.member else None,
            address=turn.where.key if turn.where else "",
        )
    )


def open_again(turn: Turn, found: Job, **values: Any) -> Job:
    """The person has decided: it goes on."""
    turn.work.signals.add("jobs")
    return turn.work.change(found, state="open", owner="", until=None, **values)


def steps_of(found: Job, files: Files, read: Reader) -> Iterator[Act]:
    """What is left to do; a kind that nobody knows has nothing. It reads with the eyes of whoever began it."""

    def seen(ask: Callable[[Work], Any]) -> Any:
        def act(work: Work) -> Any:
            look(work, found)
            return ask(work)

        return read(act)

    steps = JOBS.get(found.kind)
    return steps(found, files, seen) if steps else iter(())


def look(work: Work, found: Job) -> None:
    """Whoever began a job sees no more by it than in chat; one of the console sees all."""
    firm = work.firm(found.workspace)
    if found.by and firm is not None:
        turn = Turn(work=work, workspace=firm, key="")
        turn.member = work.get(Member, found.by)
        work.sight = sight_of(turn)


def do(work: Work, found: Job, act: Act) -> None:
    """One act, as a turn of whoever began the job."""
    from flows.handle import finish

    work.workspace = found.workspace
    firm, now = work.firm(found.workspace), work.get(Job, found.id)
    if firm is None or now is None:
        return
    step = int(now.cursor.get("step", 0)) + 1
    turn = Turn(work=work, workspace=firm, key=f"job:{now.id}:{step}")
    turn.member = work.get(Member, now.by) if now.by else None
    turn.action = f"job:{now.kind}"
    look(work, now)
    now = work.change(now, cursor={**now.cursor, "step": step})
    act(turn, now)
    finish(turn)


def failed(work: Work, found: Job, error: str) -> None:
    """It does not go on; its row says why, and whoever began it is told."""

    def act(turn: Turn, now: Job) -> None:
        turn.work.change(now, state="failed", error=error[:200])
        if turn.member is not None:
            text = _("Sorry, that went wrong on our side ({error}). What was done so far is kept.", error=error[:80])
            turn.message_member(turn.member, Reply(text), kind="")

    do(work, found, act)
