"""An import and an export with two processes on PostgreSQL: one works, and when it dies half way the other goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from bot.app import open_store
from bot.files import Shelf
from flows import load
from flows.imports.console import start
from flows.jobs import begin
from flows.setup.actions import found_firm
from flows.turn import Turn
from store import wall
from store.models import Workspace
from store.work import Work
from tests.engines import fresh
from tests.journeys.house import until

ROOT, ROWS, EXPORTS, PATIENCE = Path(__file__).parents[2], 2000, 6, 40.0


class Worker:
    """A process that does jobs, and what it said of them."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []
        self._reading = asyncio.create_task(self._read())

    def did(self, what: str) -> int:
        return sum(line.startswith(what) for line in self.lines)

    async def ends(self) -> None:
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
        await self.process.wait()
        await self._reading

    async def _read(self) -> None:
        assert self.process.stdout
        async for line in self.process.stdout:
            self.lines.append(line.decode().strip())


@asynccontextmanager
async def two(url: str, folder: Path) -> AsyncIterator[list[Worker]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-m", "tests.chaos.jobber", url, str(folder))
    pipe = asyncio.subprocess.PIPE
    workers = [Worker(await asyncio.create_subprocess_exec(*command, env=environment, stdout=pipe)) for _ in range(2)]
    try:
        await until(lambda: all(worker.did("ready") for worker in workers), PATIENCE, lambda: "they did not start")
        yield workers
    finally:
        for worker in workers:
            await worker.ends()


async def test_one_of_two_works_and_who_dies_in_the_middle_is_followed_by_the_other(tmp_path: Path) -> None:
    load()
    with fresh("postgresql", tmp_path) as url:
        database = await asyncio.to_thread(open_store, url)
        database.write(_found).result(30)
        hash = Shelf(tmp_path).keep(_sheet())
        async with two(url, tmp_path) as workers:
            for _ in range(EXPORTS):
                database.write(_export).result(30)
            await until(lambda: _done(url) == EXPORTS, PATIENCE, lambda: f"{[worker.lines for worker in workers]}")
            await until(lambda: sum(worker.did("step") for worker in workers) == EXPORTS, 5, lambda: "done twice")

            database.write(partial(_import, hash)).result(30)
            await until(lambda: _imported(url) > 0, PATIENCE, lambda: f"{[worker.lines for worker in workers]}")
            before = {worker: worker.did("step") for worker in workers}
            await until(lambda: _since(before) > 2, PATIENCE, lambda: f"{[worker.lines for worker in workers]}")
            [first] = [worker for worker, steps in before.items() if worker.did("step") > steps]
            await first.ends()
            [second] = [worker for worker in workers if worker is not first]
            assert 0 < _imported(url) < ROWS
            steps = second.did("step")
            await until(lambda: _done(url) == EXPORTS + 1, PATIENCE, lambda: f"{second.lines}")
            assert second.did("step") > steps

        assert _ask(url, "SELECT name FROM customer ORDER BY name") == [f"Firm {number:04}" for number in range(ROWS)]
        assert _ask(url, "SELECT count(*) FROM audit WHERE action = 'export'") == [EXPORTS]
        await asyncio.to_thread(database.close)


def _found(work: Work) -> None:
    found_firm(work, name="Northwind", country="US", language="en", zone="UTC")


def _firm(work: Work) -> Workspace:
    work.workspace = 1
    firm = work.firm(1)
    assert firm
    return firm


def _export(work: Work) -> None:
    turn = Turn(work=work, workspace=_firm(work), key="console")
    begin(turn, "export", what="customers", ending="csv", language="en")


def _import(hash: str, work: Work) -> None:
    start(work, _firm(work), hash, "firms.csv")


def _since(before: dict[Worker, int]) -> int:
    return sum(worker.did("step") - steps for worker, steps in before.items())


def _sheet() -> bytes:
    return "\n".join(["Company,City", *(f"Firm {number:04},Berlin" for number in range(ROWS))]).encode()


def _ask(url: str, sql: str) -> list[Any]:
    with psycopg.connect(url) as connection:
        connection.execute(wall.OPEN)
        return [row[0] for row in connection.execute(sql)]


def _imported(url: str) -> int:
    return int(_ask(url, "SELECT count(*) FROM customer")[0])


def _done(url: str) -> int:
    return int(_ask(url, "SELECT count(*) FROM job WHERE state = 'done'")[0])
