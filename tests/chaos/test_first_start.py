"""Several processes that are started at once on an empty PostgreSQL: one migrates and founds, all of them serve."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import httpx
import psycopg

from store import wall
from tests.engines import fresh

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
COUNTS = {
    "workspace": 1,  # the demo is a workspace of its own beside it
    "account WHERE platform = 'browser'": 1,
    "alembic_version": 1,
}


async def test_two_that_start_at_once_make_one_house(tmp_path: Path) -> None:
    with fresh("postgresql", tmp_path, migrated=False) as url:
        folders = [tmp_path / name for name in ("one", "two")]
        for folder in folders:
            folder.mkdir()
        processes = [await _start(url, folder) for folder in folders]
        try:
            addresses = await asyncio.gather(*(_address(process) for process in processes))
            async with httpx.AsyncClient(trust_env=False) as client:
                answers = [(await client.get(f"{address}/healthz")).status_code for address in addresses]
        finally:
            for process in processes:
                if process.returncode is None:
                    process.send_signal(signal.SIGTERM)
            codes = [await asyncio.wait_for(process.wait(), 30) for process in processes]
        with psycopg.connect(url) as connection:
            connection.execute(wall.OPEN)
            found = {what: connection.execute(f"SELECT count(*) FROM {what}").fetchone() for what in COUNTS}  # noqa: S608
    assert (answers, codes) == ([200, 200], [0, 0])
    assert found == {what: (count,) for what, count in COUNTS.items()}


async def _start(url: str, folder: Path) -> asyncio.subprocess.Process:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "SLACK_"))}
    given = {"DATABASE_URL": url, "PORT": "0", "DATA_DIR": str(folder), "DEMO": "1", "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("wb") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "serve",
            cwd=folder,
            env=kept | given,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )


async def _address(process: asyncio.subprocess.Process) -> str:
    """Where it says that it is."""
    assert process.stdout
    async with asyncio.timeout(150):
        async for line in process.stdout:
            if found := ADDRESS.search(line.decode()):
                return found[0]
    raise AssertionError("it ended before it served")
