"""`python -m benchmarks [--quick] [P3 …]`: measures, prints one table, and keeps it (`benchmarks/results.py`)."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

import benchmarks
from benchmarks import Target
from benchmarks.results import keep
from bot import interpreter


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed beside its peers.")
    parser.add_argument("--quick", action="store_true", help="smaller and with three rounds: some two minutes")
    parser.add_argument("only", nargs="*", metavar="P3", help="only these")
    given = parser.parse_args()
    targets = list(_measured(given.quick, {name.lower() for name in given.only}))
    Console(width=140).print(_table(targets))
    keep(targets, quick=given.quick, whole=not given.only)


def _measured(quick: bool, only: set[str]) -> Iterator[Target]:
    found = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if re.match(r"p\d+_", module.name)]
    for name in sorted(found, key=lambda name: int(name[1:].split("_")[0])):
        if not only or name.split("_")[0] in only:
            sys.stderr.write(f"{name} …\n")
            module = importlib.import_module(f"benchmarks.{name}")
            interpreter.serving()
            yield from module.measure(quick)


def _table(targets: Sequence[Target]) -> Table:
    table = Table("#", "what", "ours", "peer", "", "ratio", "target", "")
    for target in targets:
        sign = "≥" if target.better == "more" else "≤"
        mark = "[green]reached[/]" if target.reached else "[red]missed[/]"
        figures = (f"{target.ours:,.4g}", f"{target.peer:,.4g}", target.unit, f"{target.ratio:.3g}")
        table.add_row(target.id, f"{target.what} / {target.peers}", *figures, f"{sign} {target.target:.3g}", mark)
    return table


if __name__ == "__main__":
    main()
