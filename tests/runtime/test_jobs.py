"""A job's step meets passing trouble and goes on; what lasts has failed, and is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.core.errors import Busy, Changed
from bot.runtime import jobs as module
from bot.runtime.jobs import Jobs, Labour
from store.models import Job
from store.work import Work
from tests.files import KeptFiles
from tests.runtime.conftest import House


class Works:
    """Flows with jobs of one step, which raises what is left in `says`."""

    def __init__(self, house: House, *says: Exception) -> None:
        self.house, self.says, self.tries = house, list(says), 0
        self.labour = Labour(steps=lambda _job, _files, _read: self._steps(), do=self._do, failed=self._failed)

    def _steps(self) -> Iterator[Any]:
        yield "step"

    def _do(self, work: Work, job: Job, act: Any) -> None:
        self.tries += 1
        if self.says:
            raise self.says.pop(0)
        work.change(job, state="done")

    def _failed(self, work: Work, job: Job, error: str) -> None:
        work.workspace = job.workspace
        work.change(job, state="failed", error=error)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AGAIN", 0.0)


async def _ended(house: House, works: Works) -> tuple[str, str]:
    def begin(work: Work) -> None:
        work.add(Job(kind="test", arguments={}, state="open", created=work.now))

    house.write(begin)
    await Jobs(house.database, works.labour, KeptFiles()).tick()
    (job,) = house.write(lambda work: work.find(Job))
    return job.state, job.error


async def test_one_that_meets_itself_on_a_row_every_time_has_failed(house: House) -> None:
    assert await _ended(house, works := Works(house, *[Changed("row")] * 99)) == ("failed", "Changed")
    assert module.MEETINGS <= works.tries < 99  # the storage itself runs a function more than once


async def test_what_passes_is_tried_until_it_has_passed(house: House) -> None:
    trouble = [Changed("row")] * (module.MEETINGS - 1) + [Busy("not now")] * 20
    assert await _ended(house, works := Works(house, *trouble)) == ("done", "")
    assert works.tries == len(trouble) + 1
