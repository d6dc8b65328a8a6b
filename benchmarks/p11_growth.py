"""P11: what a whole turn costs when the file has grown: text updates a CPU second on a full file and on a small one.

Both sides run in turn in one process, on SQLite with full durability, and write about customers of their whole file.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import bindparam, insert

from adapters.telegram.staff import StaffBot
from benchmarks import Target, rounds
from benchmarks.p1_update import TALKS, TOKEN, firm, now, ours, text_of
from bot.app import HANDLERS
from bot.runtime.intake import Intake
from flows import load
from store.engine import Database, open_database
from store.migrations import migrate
from store.models import Activity, Customer
from store.statements import Statement
from store.work import Work

_CHUNK = 5_000
_SYLLABLES = ["ka", "lo", "mi", "ren", "tor", "vex", "dan", "sil", "qua", "bor", "nex", "pol", "tra", "zin", "gal"]
_C, _A = Customer.table(), Activity.table()
_CUSTOMERS = Statement(lambda: insert(_C).values({c.name: bindparam(c.name, type_=c.type) for c in _C.c}))
_ACTIVITIES = Statement(
    lambda: insert(_A).values({c.name: bindparam(c.name, type_=c.type) for c in _A.c if c.name != "id"})
)


@dataclass(frozen=True, slots=True)
class _File:
    """A customer file, and the intake that writes into it."""

    database: Database
    intake: Intake
    names: Sequence[str]
    """Some of those whom the file knows."""


def measure(quick: bool) -> Sequence[Target]:
    """Many customers with ten times as many activities, beside a thousand."""
    return asyncio.run(_measure(quick))


async def _measure(quick: bool) -> Sequence[Target]:
    many, count = (20_000, 320) if quick else (1_000_000, 6_400)
    load()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        small, large = _file(Path(folder) / "small.db", 1_000), _file(Path(folder) / "large.db", many)
        texts = [(one, text_of(one.names, random.Random(11))) for one in (large, small)]
        for one, text in texts:
            await ours(one.intake, text, 320)
        pairs = [[await ours(one.intake, text, count) for one, text in texts] for _ in range(rounds(quick))]
        for one in (small, large):
            one.database.close()
    what = f"text updates with {many:,} customers and {many * 10:,} activities"
    return [
        Target(
            id="P11",
            what=what,
            ours=median(grown for grown, _ in pairs),
            peer=median(fresh for _, fresh in pairs),
            ratio=median(grown / fresh for grown, fresh in pairs),
            target=0.8,
            unit="updates/CPU s",
            rounds=len(pairs),
            peers="the same with 1,000 customers",
        )
    ]


def _file(path: Path, customers: int) -> _File:
    url = f"sqlite:///{path}"
    migrate(url)
    database = open_database(url, now)
    firm(database, 0)
    started = time.perf_counter()
    names = list(itertools.islice(_names(), customers))
    for start in range(0, customers, _CHUNK):
        database.write(partial(_fill, first=start + 1, names=names[start : start + _CHUNK])).result()
    sys.stderr.write(f"  {customers:,} customers in {time.perf_counter() - started:.0f} s\n")
    bot = StaffBot(token=TOKEN, account="staff", files=None)  # type: ignore[arg-type]
    return _File(database, Intake(database, {"staff": bot}, HANDLERS), random.Random(7).sample(names, 200))


def _names() -> Iterator[str]:
    """Names of two words, each one once."""
    dice = random.Random(7)
    words = ["".join(three).capitalize() for three in itertools.product(_SYLLABLES, repeat=3)]
    seen = set[str]()
    while True:
        name = f"{dice.choice(words)} {dice.choice(words)}"
        if name not in seen:
            seen.add(name)
            yield name


def _fill(work: Work, first: int, names: Sequence[str]) -> None:
    work.workspace = 1
    rows = [
        Customer(id=id, workspace=1, name=name, owner=id % TALKS + 1, created=work.now)
        for id, name in enumerate(names, first)
    ]
    work.run_many(_CUSTOMERS, [row.__dict__ for row in rows])
    work.search.index_new(rows)
    work.run_many(_ACTIVITIES, [_call(work, row, ago) for row in rows for ago in range(10)])


def _call(work: Work, customer: Customer, ago: int) -> dict[str, Any]:
    at = work.now - timedelta(days=3 + 20 * ago)
    return Activity(workspace=1, customer=customer.id, member=customer.owner, kind="call", at=at, logged=at).__dict__
