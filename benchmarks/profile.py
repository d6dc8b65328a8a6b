"""`python -m benchmarks.profile`: where the time of a text update goes, by step; what `docs/performance.md` shows.

Turns run one after the other on the profiled thread, without a commit's wait for the disk; time that a profiler adds
falls on code of many small calls, so the shares are a guide and no measurement. What a turn, its statements alone and
P1's peer cost is measured without it.
"""

from __future__ import annotations

import asyncio
import cProfile
import itertools
import json
import pstats
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from adapters.telegram.staff import StaffBot
from benchmarks.p1_update import SHARE, TALKS, TOKEN, aiogram, firm, now, per_second, text_of, update
from bot import interpreter
from bot.app import HANDLERS
from bot.core.messages import Update
from bot.runtime.intake import Intake
from flows import load
from store.engine import open_database
from store.migrations import migrate
from store.work import Work

TURNS = 400
_STEPS: Sequence[tuple[str, str, str]] = (
    ("the whole turn", "bot/runtime/intake.py", "_turn"),
    ("Telegram's JSON to an event", "adapters/telegram/wire.py", "parse"),
    ("who writes, where", "flows/arrival.py", "arrive"),
    ("the line read, customers found among it", "flows/understanding/reading.py", "read"),
    ("… of it, names asked of the file", "flows/customers/names.py", "exact"),
    ("activity, reminder, promise written", "flows/activities/actions.py", "log"),
    ("the card that is shown", "flows/activities/cards.py", "logged_card"),
    ("the reply queued", "flows/turn.py", "_queue"),
    ("what other topics do about it, undo, audit", "flows/handle.py", "finish"),
    ("all statements on the cursor (in all of these)", "~", "<method 'execute' of 'sqlite3.Cursor' objects>"),
)
"""What is said of a step, and the function that is all of it; steps contain one another."""


def main() -> None:
    interpreter.serving()
    shares, costs = Table("step", "share of the turn"), Table("one update", "CPU ms")
    for step, share in shares_of(_profiled()).items():
        shares.add_row(step, f"{share:.0%}")
    for what, seconds in costs_of_an_update().items():
        costs.add_row(what, f"{seconds * 1000:.3f}")
    console = Console(width=90)
    console.print(shares)
    console.print(costs)


def shares_of(stats: pstats.Stats) -> Mapping[str, float]:
    """Step → its part of the turn, with all that it calls."""
    taken: dict[str, float] = {}
    for (path, _line, name), (_calls, _primitive, _own, whole, _callers) in stats.stats.items():  # type: ignore[attr-defined]
        for step, file, function in _STEPS:
            if name == function and path.endswith(file):
                taken[step] = whole
    turn = taken[_STEPS[0][0]]
    return {step: taken[step] / turn for step, _file, _function in _STEPS}


def costs_of_an_update() -> Mapping[str, float]:
    """CPU seconds: a turn whole, its statements alone, the peer of P1 with an empty handler, what P1 leaves for a turn.

    While statements alone cost more than P1 leaves, no code around them can reach it.
    """
    with _firm() as (file, text), closing(_timed(file)) as connection:
        turn = _turner(connection, text)
        for _warm in range(100):
            turn()
        _Timed.spent, began = 0.0, time.thread_time()
        for _turn in range(TURNS):
            turn()
        whole, statements = time.thread_time() - began, _Timed.spent
        peer = 1 / asyncio.run(per_second(aiogram(), text(), TURNS))
    return {
        "handled whole": whole / TURNS,
        "its statements alone, in SQLite and its driver": statements / TURNS,
        "dispatched by aiogram to an empty handler": peer,
        f"what a turn may cost at {SHARE} of aiogram's rate": peer / SHARE,
    }


class _Timed(sqlite3.Cursor):
    """A cursor that adds up what its statements cost the thread."""

    spent = 0.0

    def execute(self, *given: Any) -> _Timed:
        began = time.thread_time()
        super().execute(*given)
        _Timed.spent += time.thread_time() - began
        return self


class _TimedConnection(sqlite3.Connection):
    def cursor(self, *_given: Any) -> Any:
        return super().cursor(_Timed)


def _timed(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, isolation_level=None, cached_statements=512, factory=_TimedConnection)


@contextmanager
def _firm() -> Iterator[tuple[Path, Callable[[], str]]]:
    """The file of a firm, and what is written to it."""
    load()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "profile.db"
        migrate(f"sqlite:///{file}")
        database = open_database(f"sqlite:///{file}", now)
        text = text_of(firm(database, 3_000), random.Random(11))
        database.close()
        yield file, text


def _profiled() -> pstats.Stats:
    with (
        _firm() as (file, text),
        closing(sqlite3.connect(file, isolation_level=None, cached_statements=512)) as connection,
    ):
        turn = _turner(connection, text)
        for _warm in range(100):
            turn()
        profile = cProfile.Profile()
        profile.enable()
        for _turn in range(TURNS):
            turn()
        profile.disable()
    return pstats.Stats(profile)


def _turner(connection: sqlite3.Connection, text: Callable[[], str]) -> Callable[[], None]:
    bot = StaffBot(token=TOKEN, account="staff", files=None)  # type: ignore[arg-type]
    intake, talks = Intake(None, {"staff": bot}, HANDLERS), itertools.cycle(range(TALKS))  # type: ignore[arg-type]

    def turn() -> None:
        talk = next(talks)
        raw = update(text(), talk)
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        given = Update("staff", str(raw["update_id"]), json.dumps(raw), str(1000 + talk))
        intake._turn(given, Work(cursor, "sqlite", now()))
        cursor.execute("COMMIT")

    return turn


if __name__ == "__main__":
    main()
