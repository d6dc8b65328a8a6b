"""P10: the processor time and the memory of `python -m bot serve` until it answers, with no platform's token."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import Target, rounds

ROOT = Path(__file__).parents[1]
SECONDS, MEGABYTES = 1.5, 120.0
ADDRESS = re.compile(r"https?://[^/\s]+")


def measure(quick: bool) -> Sequence[Target]:
    with tempfile.TemporaryDirectory() as folder:
        start(folder)  # the first start also makes the demo, in a process that ends
        found = [start(folder) for _ in range(rounds(quick))]
    seconds, megabytes = median(cpu for cpu, _ in found), median(memory for _, memory in found)
    shared: Any = {"better": "less", "rounds": len(found), "peers": "the limit"}
    return (
        Target("P10", "serve answers", seconds, SECONDS, seconds / SECONDS, 1.0, "s of CPU", **shared),
        Target("P10", "serve, resident", megabytes, MEGABYTES, megabytes / MEGABYTES, 1.0, "MB", **shared),
    )


def start(folder: str) -> tuple[float, float]:
    """Seconds of CPU and megabytes of one start, from nothing to the first answer."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "bot", "serve"]
    with subprocess.Popen(
        command, cwd=folder, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        address = next(found[0] for line in process.stdout if (found := ADDRESS.search(line)))
        with urllib.request.urlopen(f"{address}/healthz") as answer:  # noqa: S310 - our own service
            assert answer.status == 200
        cpu, memory = _used(process.pid)
        process.terminate()
        process.stdout.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu or whole, memory or after.ru_maxrss / 1024


def _used(pid: int) -> tuple[float, float]:
    """What it has used so far; zeros where there is no /proc, and the whole life counts instead."""
    stat, status = Path(f"/proc/{pid}/stat"), Path(f"/proc/{pid}/status")
    if not stat.exists():
        return 0.0, 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    resident = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(resident.split()[1]) / 1024


def _environment() -> Mapping[str, str]:
    """Ours without anything that turns a platform on, or has every start compile the code again."""
    other = ("TELEGRAM_", "SLACK_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(other)}
    return {**kept, "PYTHONPATH": str(ROOT), "PORT": "0"}
