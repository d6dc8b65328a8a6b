"""`python -m benchmarks.profile`: where the time of a text update goes, by step; what `docs/performance.md` shows.

Turns run one after the other on the profiled thread, without a commit's wait for the disk; time that a profiler adds
falls on code of many small calls, so the shares are a guide and no measurement.
"""

from __future__ import annotations

import cProfile
import itertools
import json
import pstats
import random
import sqlite3
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from adapters.telegram.staff import StaffBot
from benchmarks.p1_update import TALKS, TOKEN, firm, now, text_of, update
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
    table = Table("step", "share of the turn")
    for step, share in shares_of(_profiled()).items():
        table.add_row(step, f"{share:.0%}")
    Console(width=90).print(table)


def shares_of(stats: pstats.Stats) -> Mapping[str, float]:
    """Step → its part of the turn, with all that it calls."""
    taken: dict[str, float] = {}
    for (path, _line, name), (_calls, _primitive, _own, whole, _callers) in stats.stats.items():  # type: ignore[attr-defined]
        for step, file, function in _STEPS:
            if name == function and path.endswith(file):
                taken[step] = whole
    turn = taken[_STEPS[0][0]]
    return {step: taken[step] / turn for step, _file, _function in _STEPS}


def _profiled() -> pstats.Stats:
    load()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "profile.db"
        migrate(f"sqlite:///{file}")
        database = open_database(f"sqlite:///{file}", now)
        text = text_of(firm(database, 3_000), random.Random(11))
        database.close()
        connection = sqlite3.connect(file, isolation_level=None, cached_statements=512)
        turn = _turner(connection, text)
        for _warm in range(100):
            turn()
        profile = cProfile.Profile()
        profile.enable()
        for _turn in range(TURNS):
            turn()
        profile.disable()
        connection.close()
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
