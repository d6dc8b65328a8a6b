"""Jobs: long work as small turns; a job that was cut off is taken up where its row stands."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from bot.core.errors import Changed
from bot.core.ports import Files
from store import jobs
from store.engine import Database
from store.models import Job
from store.trouble import is_passing, is_storage
from store.work import Work

logger = logging.getLogger(__name__)

HOLD = timedelta(seconds=20)
"""How long a step may take before others think that we are gone."""
AGAIN = 0.2
MEETINGS = 8
"""How often a step is begun because a row had moved on meanwhile; one that meets itself every time has failed."""
_END: Any = object()


@dataclass(frozen=True, slots=True)
class Labour:
    """What the flows know of jobs: their steps, one step as a turn, and what is said when it can't go on."""

    steps: Callable[[Job, Files, Callable[[Callable[[Work], Any]], Any]], Iterator[Any]]
    do: Callable[[Work, Job, Any], None]
    failed: Callable[[Work, Job, str], None]


class Gone(Exception):
    """The job was stopped, or somebody else has it."""


class Jobs:
    """Does what is open."""

    def __init__(self, database: Database, labour: Labour, files: Files) -> None:
        self._database = database
        self._labour = labour
        self._files = files
        self._me = secrets.token_urlsafe(9)
        self._stopping = False
        self._running: dict[int, asyncio.Task[int]] = {}

    async def start(self) -> None:
        """Begins everything that is open and that nobody is at; a long job holds no short one up."""
        if self._stopping:
            return
        for job in await self._write(lambda work: jobs.waiting(work, self._me)):
            if job.id not in self._running:
                task = self._running[job.id] = asyncio.create_task(self._run(job))
                task.add_done_callback(lambda _task, id=job.id: self._running.pop(id, None))  # type: ignore[misc]

    async def tick(self) -> int:
        """Does everything that is open now, and returns how many steps that took."""
        await self.start()
        return sum(await asyncio.gather(*self._running.values()))

    async def stop(self) -> None:
        """After the steps that are being taken now."""
        self._stopping = True
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _run(self, job: Job) -> int:
        steps = self._labour.steps(job, self._files, partial(self._read, job))
        count, error = 0, None
        try:
            await self._write(partial(self._taken, job))  # before anything is read for it: others then leave it alone
            while not self._stopping:
                act = await asyncio.to_thread(_next, steps, error)
                if act is _END:
                    break
                error = await self._step(job, act)
                count += 1
        except Gone:
            return count
        except Exception as problem:
            if not is_storage(problem):
                await self._fail(job, problem)
        finally:
            with suppress(Exception):
                steps.close()  # type: ignore[attr-defined]
                await self._write(partial(self._let_go, job))
        return count

    async def _step(self, job: Job, act: Any) -> Exception | None:
        """What the act raised, when that was its own fault."""
        met = 0
        while True:
            try:
                await self._write(partial(self._held, job, act))
            except Gone:
                raise
            except Exception as error:
                met += isinstance(error, Changed)
                if not is_passing(error) or met == MEETINGS:
                    return error
                if self._stopping:
                    raise Gone("the service stops") from error
                await asyncio.sleep(random.uniform(0.5, 1.5) * AGAIN)  # noqa: S311 - only spreads them out
            else:
                return None

    def _held(self, job: Job, act: Any, work: Work) -> None:
        self._taken(job, work)
        self._labour.do(work, job, act)

    def _taken(self, job: Job, work: Work) -> None:
        work.workspace = job.workspace
        if not jobs.claim(work, job, self._me, work.now + HOLD):
            raise Gone(f"job {job.id}")

    def _let_go(self, job: Job, work: Work) -> None:
        """Whoever comes next need not wait until our time is over."""
        work.workspace = job.workspace
        jobs.claim(work, job, self._me, work.now)

    async def _fail(self, job: Job, error: Exception) -> None:
        extra = {"action": "job_failed", "job": job.id, "kind": job.kind}
        logger.error("a job failed", extra=extra, exc_info=error)
        with suppress(Exception):
            await self._write(lambda work: self._labour.failed(work, job, type(error).__name__))

    def _read(self, job: Job, ask: Callable[[Work], Any]) -> Any:
        with self._database.read() as work:
            work.workspace = job.workspace
            return ask(work)

    async def _write(self, act: Callable[[Work], Any]) -> Any:
        return await self._database.written(act, lane="jobs")


def _next(steps: Iterator[Any], error: Exception | None) -> Any:
    """The next act, or the end; in a thread, because files are read in between."""
    try:
        return steps.throw(error) if error is not None else next(steps)  # type: ignore[attr-defined]
    except StopIteration:
        return _END
