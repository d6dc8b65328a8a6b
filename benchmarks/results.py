"""What a run leaves: `benchmarks/results.json` with all of it, and its rows of the table in `docs/performance.md`."""

from __future__ import annotations

import json
import os
import platform
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import Target

ROOT = Path(__file__).parents[1]
RESULTS, PAGE = ROOT / "benchmarks" / "results.json", ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
_PACKAGES = ("sqlalchemy", "sqlmodel", "psycopg", "aiogram", "python-telegram-bot", "slack-bolt", "apscheduler")
_HEAD = "| | what | ours | beside | ratio | target | | run |\n|---|---|---|---|---|---|---|---|"
_ROW = re.compile(r"^\| P(?P<number>\d+)\b.* (?P<form>quick|full) \|$", re.MULTILINE)


def keep(targets: Sequence[Target], *, quick: bool, whole: bool) -> None:
    """On the page; in the file only where everything was measured."""
    if whole:
        found = [{**asdict(target), "reached": target.reached} for target in targets]
        RESULTS.write_text(json.dumps({"quick": quick, **here(), "targets": found}, indent=2) + "\n")
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), targets, quick=quick), encoding="utf-8")


def here() -> dict[str, dict[str, Any]]:
    """What it is measured on, and of what."""
    versions = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    return {
        "machine": {"cores": os.cpu_count(), "system": platform.system(), "processor": platform.machine()},
        "versions": {**versions, **{name: version(name) for name in _PACKAGES}},
    }


def written(page: str, targets: Sequence[Target], *, quick: bool) -> str:
    """The page with these rows instead of those that the same benchmarks left; a quick run replaces no full one."""
    old = [(int(row["number"]), row["form"], row[0]) for row in _ROW.finditer(page)]
    whole = {number for number, form, _row in old if form == "full"}
    taken = [target for target in targets if not (quick and _number(target) in whole)]
    measured = {_number(target) for target in taken}
    rows = [(number, row) for number, _form, row in old if number not in measured]
    rows += [(_number(target), _row(target, quick=quick)) for target in taken]
    table = "\n".join((_HEAD, *(row for _number, row in sorted(rows, key=lambda row: row[0]))))
    about = ", ".join(f"{name} {value}" for part in here().values() for name, value in part.items())
    before, after = page.partition(BEGIN)[0], page.partition(END)[2]
    return f"{before}{BEGIN}\n{table}\n\nThe last run was on {about}.\n{END}{after}"


def _row(target: Target, *, quick: bool) -> str:
    sign = "≥" if target.better == "more" else "≤"
    cells = (
        target.id,
        target.what,
        f"{_figure(target.ours)} {target.unit}",
        f"{_figure(target.peer)} {target.unit}, {target.peers}",
        _figure(target.ratio),
        f"{sign} {target.target:g}" if target.target else "",
        ("reached" if target.reached else "missed") if target.target else "",
        f"{datetime.now(UTC):%Y-%m-%d}, {'quick' if quick else 'full'}",
    )
    return f"| {' | '.join(cells)} |"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _number(target: Target) -> int:
    """Of the benchmark that a line is of: 8 for "P8 XLSX"."""
    return int(target.id.split()[0][1:])
