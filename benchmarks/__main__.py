"""`python -m benchmarks [--quick] [P3 …]`: measures, prints one table, writes `benchmarks/results.json`."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import platform
import re
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import benchmarks
from benchmarks import Target

RESULTS = Path(__file__).parent / "results.json"
_PACKAGES = ("sqlalchemy", "sqlmodel", "psycopg", "aiogram", "python-telegram-bot", "slack-bolt", "apscheduler")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed beside its peers.")
    parser.add_argument("--quick", action="store_true", help="smaller and with three rounds: under a minute")
    parser.add_argument("only", nargs="*", metavar="P3", help="only these")
    given = parser.parse_args()
    started = time.monotonic()
    targets = list(_measured(given.quick, {name.lower() for name in given.only}))
    Console(width=140).print(_table(targets))
    if not given.only:
        RESULTS.write_text(json.dumps(_report(given.quick, targets, time.monotonic() - started), indent=2) + "\n")


def _measured(quick: bool, only: set[str]) -> Iterator[Target]:
    found = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if re.match(r"p\d+_", module.name)]
    for name in sorted(found, key=lambda name: int(name[1:].split("_")[0])):
        if not only or name.split("_")[0] in only:
            sys.stderr.write(f"{name} …\n")
            yield from importlib.import_module(f"benchmarks.{name}").measure(quick)


def _table(targets: Sequence[Target]) -> Table:
    table = Table("#", "what", "ours", "peer", "", "ratio", "target", "")
    for target in targets:
        sign = "≥" if target.better == "more" else "≤"
        mark = "[green]reached[/]" if target.reached else "[red]missed[/]"
        figures = (f"{target.ours:,.4g}", f"{target.peer:,.4g}", target.unit, f"{target.ratio:.3g}")
        table.add_row(target.id, f"{target.what} / {target.peers}", *figures, f"{sign} {target.target:.3g}", mark)
    return table


def _report(quick: bool, targets: Sequence[Target], seconds: float) -> dict[str, Any]:
    return {
        "quick": quick,
        "seconds": round(seconds, 1),
        "machine": {"cores": os.cpu_count(), "system": platform.system(), "processor": platform.machine()},
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            **{name: version(name) for name in _PACKAGES},
        },
        "targets": [{**asdict(target), "reached": target.reached} for target in targets],
    }


if __name__ == "__main__":
    main()
