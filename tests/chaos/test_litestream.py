"""A continuous copy by Litestream, and the machine dies under load: what the copy lacks, and how long it takes back."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from store.migrations import migrate
from tests.engines import LEFT_OUT
from tests.figures import Told

RPO, LOAD = 2.0, 4.0
"""Seconds that the copy may be behind; seconds of load before the machine dies."""
WRITER = """
import sys, time
from datetime import UTC, datetime
from store.engine import open_database
from store.models import Audit
database = open_database(sys.argv[1], lambda: datetime.now(UTC))
def act(work):
    work.workspace = 1
    return work.add(Audit(at=work.now, actor="drill", action="written")).id
while True:
    print(database.write(act).result(), time.time(), flush=True)
    time.sleep(0.002)
"""


def _program() -> str:
    beside = Path(sys.executable).parent / "litestream"
    return str(beside) if beside.exists() else shutil.which("litestream") or ""


@pytest.mark.slow
@pytest.mark.parametrize("life", range(3))
def test_what_a_continuous_copy_lacks_after_a_machine_dies(life: int, tmp_path: Path, told: Told) -> None:
    """Both are killed at one moment; the copy is whole, and behind by less than two seconds."""
    if not (program := _program()):
        pytest.skip(f"{LEFT_OUT} with Litestream: pip install rapport-bot[copy]")
    database, copy, back = tmp_path / "rapport.db", tmp_path / "copy", tmp_path / "back.db"
    migrate(f"sqlite:///{database}")
    settings = tmp_path / "litestream.yml"
    settings.write_text(json.dumps({"dbs": [{"path": str(database), "replica": {"url": f"file://{copy}"}}]}))
    with (tmp_path / "written.txt").open("wb") as written, (tmp_path / "copy.log").open("wb") as log:
        copying = subprocess.Popen([program, "replicate", "-config", str(settings)], stdout=log, stderr=log)
        time.sleep(1.5)
        writing = subprocess.Popen([sys.executable, "-c", WRITER, f"sqlite:///{database}"], stdout=written)
        while not (tmp_path / "written.txt").stat().st_size:
            time.sleep(0.05)
        time.sleep(LOAD + life * 0.37)
        for one in (writing, copying):
            with suppress(ProcessLookupError):
                one.send_signal(signal.SIGKILL)
        for one in (writing, copying):
            one.wait()
    acked = [line.split() for line in (tmp_path / "written.txt").read_text().splitlines() if line.count(" ") == 1]
    began = time.monotonic()
    subprocess.run([program, "restore", "-o", str(back), f"file://{copy}"], check=True, capture_output=True)
    took = time.monotonic() - began
    with closing(sqlite3.connect(back)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = file.execute("SELECT coalesce(max(id), 0), count(*) FROM audit").fetchone()
    behind = float(acked[-1][1]) - next((float(at) for id, at in acked if int(id) == kept[0]), 0.0)
    told(f"continuous copy: {kept[1]} of {len(acked)} acknowledged rows, {behind:.2f} s behind, back in {took:.2f} s")
    assert kept[0] == kept[1] > 0
    assert behind < RPO
