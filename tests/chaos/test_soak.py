"""A service that runs on, through everything that goes wrong, keeps what one has that has just begun.

`SOAK` says for how many minutes at length; half an hour unless told otherwise.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import pytest

from tests.chaos.storm import Storm, Zygote, storm, until, zygote
from tests.chaos.test_platform import all_faults, wire_of
from tests.engines import ENGINES, vacuumed
from tests.figures import Told

MB = 1 << 20
MORE = {"memory": 24 * MB, "files": 6, "threads": 4, "tasks": 12, "dead": 3000}
"""What may come on top of the first third."""
LOG = 96 * MB
"""How long the log of the database may ever be."""
LOCKED, FROZEN, PAUSED, PATIENCE = 1.5, 1.0, 2.0, 180.0


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process has at one moment, and what its database carries along."""

    memory: int
    files: int
    threads: int
    tasks: int
    log: int
    dead: int = 0


async def usage(found: Storm, mother: Zygote, child: int) -> Usage:
    """Asks the process itself for its tasks, and the system for the rest."""
    told = Path(f"{mother.log}.{child}")
    before = _written(told)
    mother.send(child, signal.SIGUSR1)
    await until(lambda: _written(told) > before, 30)
    return _used(child, int(told.read_text()), _carried(found))  # noqa: ASYNC240 - a few bytes


def _written(path: Path) -> int:
    """When, in nanoseconds; 0 while there is nothing in it."""
    return path.stat().st_mtime_ns if path.exists() and path.stat().st_size else 0


def _used(child: int, tasks: int, carried: tuple[int, int]) -> Usage:
    proc = Path(f"/proc/{child}")
    pages = int((proc / "statm").read_text().split()[1])
    files, threads = (len(list((proc / name).iterdir())) for name in ("fd", "task"))
    return Usage(pages * os.sysconf("SC_PAGE_SIZE"), files, threads, tasks, *carried)


def _carried(found: Storm) -> tuple[int, int]:
    """Bytes of log, and rows that are dead and still there."""
    if found.url.startswith("sqlite"):
        wal = Path(found.url.removeprefix("sqlite:///") + "-wal")
        return (wal.stat().st_size if wal.exists() else 0), 0
    [(dead,)] = found.ask("SELECT coalesce(sum(n_dead_tup), 0) FROM pg_stat_user_tables")
    [(log,)] = found.ask("SELECT coalesce(sum(size), 0) FROM pg_ls_waldir()")
    return int(log), int(dead)


@dataclass
class Soak:
    """One service that stays, on PostgreSQL another beside it that does not, and what goes wrong round after round."""

    found: Storm
    mother: Zygote
    child: int = 0
    other: int = 0
    messages: int = 0
    repeats: int = 0
    samples: list[Usage] = field(default_factory=list)

    async def run(self, minutes: float, each: int, *, beset: bool) -> None:
        self.child = await self.found.start(self.mother)
        if self.found.url.startswith("postgresql"):
            self.other = await self.found.start(self.mother)
        troubles, end, rounds = cycle(self._troubles() if beset else ()), time.monotonic() + minutes * 60, 0
        while time.monotonic() < end or rounds < 3:
            rounds += 1
            self.found.write(each)
            with suppress(StopIteration):
                await next(troubles)()
            await until(self.found.all_sent, PATIENCE, missing=self.found.missing)
            await self.found.until_quiet(PATIENCE)
            self._count()
            self.samples.append(await usage(self.found, self.mother, self.child))

    def _count(self) -> None:
        """What the fake platform remembers would grow, so it forgets what has been counted."""
        numbers, wire = [one.number for one in self.found.sent()], wire_of(self.found)
        self.messages += len(set(numbers))
        self.repeats += len(numbers) - len(set(numbers))
        self.found.forget()
        for kept in (wire.world.log, wire.requests, wire.origins, wire.refusals):
            kept.clear()

    # what goes wrong

    def _troubles(self) -> Sequence[Callable[[], Awaitable[None]]]:
        common = (self._limited, self._frozen)
        return (*common, self._locked) if not self.other else (*common, self._dropped, self._killed, self._left)

    async def _limited(self) -> None:
        wire_of(self.found).limits(PAUSED)

    async def _frozen(self) -> None:
        self.mother.send(self.child, signal.SIGSTOP)
        await asyncio.sleep(FROZEN)
        self.mother.send(self.child, signal.SIGCONT)

    async def _locked(self) -> None:
        """A stranger has the file to themselves."""
        with closing(sqlite3.connect(self.found.url.removeprefix("sqlite:///"), timeout=10)) as stranger:
            stranger.execute("BEGIN EXCLUSIVE")
            await asyncio.sleep(LOCKED)
            stranger.rollback()

    async def _dropped(self) -> None:
        """Every connection to the server is cut."""
        self.found.ask(CUT)

    async def _killed(self) -> None:
        await self._replaced(signal.SIGKILL)

    async def _left(self) -> None:
        await self._replaced(signal.SIGTERM)

    async def _replaced(self, number: signal.Signals) -> None:
        await self.mother.end(self.other, number)
        self.other = await self.found.start(self.mother)


CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = 'rapport' AND pid != pg_backend_pid()"
)


def leaks(samples: Sequence[Usage]) -> list[str]:
    """What the last third has more of than the first, beyond what a service that stays as it is would have."""
    third = max(1, len(samples) // 3)
    first, last = samples[:third], samples[-third:]
    found = [name for name, more in MORE.items() if _most(last, name) - _most(first, name) > more]
    return [*found, *(["log"] if _most(samples, "log") > LOG else [])]


def _most(samples: Sequence[Usage], name: str) -> int:
    return max(getattr(sample, name) for sample in samples)


async def test_memory_descriptors_tasks_and_log_stay_flat(engine: str, tmp_path: Path, told: Told) -> None:
    await _flat(engine, 0, 30, tmp_path, told, beset=False)


@pytest.mark.slow
async def test_they_do_for_half_an_hour_with_all_faults_on(tmp_path: Path, told: Told) -> None:
    """On both engines at once, beside each other."""
    minutes = float(os.environ.get("SOAK", "30"))
    folders = {engine: tmp_path / engine for engine in ENGINES}
    for folder in folders.values():
        folder.mkdir()
    await asyncio.gather(*(_flat(engine, minutes, 60, folder, told, beset=True) for engine, folder in folders.items()))


async def _flat(engine: str, minutes: float, each: int, folder: Path, told: Told, *, beset: bool) -> None:
    async with storm(engine, "polling", folder) as found, zygote(folder) as mother:
        faults = all_faults(wire_of(found)) if beset else {}
        soak = Soak(found, mother)
        with vacuumed(found.url):
            await soak.run(minutes, each, beset=beset)
        lost = soak.messages - len(set(found.notes()))
    first, last = soak.samples[0], soak.samples[-1]
    struck, grown = sum(fault.struck for fault in faults.values()), (last.memory - first.memory) / MB
    told(
        f"soak, {engine}: {minutes:g} min, {soak.messages} messages, {struck} faults, {soak.repeats} repeats, "
        f"{lost} lost, {last.memory / MB:.0f} MB ({grown:+.1f}), {last.files} descriptors "
        f"({last.files - first.files:+d}), {last.tasks} tasks ({last.tasks - first.tasks:+d}), "
        f"log at most {_most(soak.samples, 'log') / MB:.0f} MB, dead rows at most {_most(soak.samples, 'dead')}"
    )
    assert lost == 0
    assert leaks(soak.samples) == []


def test_the_soak_sees_what_grows() -> None:
    first = Usage(100 * MB, 20, 12, 15, MB, 100)
    assert leaks([first] * 9) == []
    last = Usage(200 * MB, 90, 40, 80, 200 * MB, 9000)
    assert leaks([first] * 6 + [last] * 3) == ["memory", "files", "threads", "tasks", "dead", "log"]
