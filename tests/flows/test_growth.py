"""What a line asks of the tables does not grow with what was written before it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from adapters.telegram.staff import StaffBot
from benchmarks.p1_update import TOKEN, firm, update
from bot.app import HANDLERS, utc_now
from bot.core.messages import Update
from bot.runtime.intake import Intake
from flows import load
from store.engine import open_database
from store.work import Work
from tests.engines import fresh


@pytest.mark.parametrize("line", ["Called {}, wants a quote for 50 seats by Friday", "拜访了{}，答应周五前发报价"])
def test_a_line_reads_as_many_rows_after_sixty_as_after_five(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load()
    read = 0
    rows = Work.rows

    def counted(self: Work, *given: Any, **values: Any) -> Any:
        nonlocal read
        found = rows(self, *given, **values)
        read += len(found)
        return found

    monkeypatch.setattr(Work, "rows", counted)
    counts = []
    with fresh("sqlite", tmp_path) as url:
        database = open_database(url, utc_now)
        names = firm(database, 100)
        intake = Intake(database, {"staff": StaffBot(token=TOKEN, account="staff", files=None)}, HANDLERS)
        for number in range(60):
            before, said = read, json.dumps(update(line.format(names[number]), 0))
            asyncio.run(intake.accept(Update("staff", str(number), said, "1000")))
            counts.append(read - before)
        database.close()
    assert counts[-1] <= counts[5], counts
