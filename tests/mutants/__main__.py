"""`python -m tests.mutants [NAME …]`: makes faults, prints those that no test saw, and a table."""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.mutants.bench import ROOT, Bench
from tests.mutants.faults import Mutant, difference, mutants
from tests.mutants.guards import GUARDS, Guard

MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are as private as those in /tmp
SEED = 7
HEAD = "| | file | faults | tried | seen | survived | share |\n|---|---|---|---|---|---|---|"


def main(arguments: Sequence[str]) -> int:
    """1 when less than is asked was seen in a group."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="How well the tests guard.")
    parser.add_argument("names", nargs="*", help="groups or files; all when none is given")
    parser.add_argument("--sample", type=int, default=60, help="faults a file, drawn by a fixed seed; 0 for all")
    parser.add_argument("--these", type=int, nargs="*", default=(), help="the faults with these numbers, and no other")
    parser.add_argument("--least", type=int, default=85, help="the share to be seen in each group, in percent")
    asked = parser.parse_args(arguments)
    guards = [g for g in GUARDS if not asked.names or g.group in asked.names or g.path in asked.names]
    rows, groups = [HEAD], dict[str, Counter[str]]()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the copy and its server go too
    memory = MEMORY if MEMORY.is_dir() else None
    with (
        tempfile.TemporaryDirectory(prefix="rapport-mutants-", dir=memory) as folder,
        closing(Bench(Path(folder))) as bench,
    ):
        for guard in guards:
            counts = _tried(guard, bench, asked.sample, asked.these)
            rows.append(_row(guard.group, f"`{guard.path}`", counts))
            groups.setdefault(guard.group, Counter()).update(counts)
    rows += [_row(f"**{group}**", "all", counts) for group, counts in groups.items()]
    _say("\n".join(rows))
    return int(any(100 * counts["seen"] < asked.least * counts["tried"] for counts in groups.values()))


def _tried(guard: Guard, bench: Bench, sample: int, these: Sequence[int]) -> Counter[str]:
    source = (ROOT / guard.path).read_text()
    every = mutants(source, guard.names)
    chosen = _chosen(every, sample, these)
    took = bench.warm(guard)
    counts = Counter({"faults": len(every), "tried": len(chosen)})
    for mutant in chosen:
        seen = bench.sees(guard, mutant.code, 20 + 5 * took)
        counts["seen"] += seen
        if not seen:
            _say(f"{guard.path} #{mutant.number}\n{difference(source, mutant.code)}")
    _say(_row(guard.group, guard.path, counts))
    return counts


def _chosen(every: Sequence[Mutant], sample: int, these: Sequence[int]) -> list[Mutant]:
    if these:
        return [mutant for mutant in every if mutant.number in these]
    drawn = random.Random(SEED).sample(every, min(sample or len(every), len(every)))
    return sorted(drawn, key=lambda mutant: mutant.number)


def _row(group: str, path: str, counts: Counter[str]) -> str:
    tried, seen = counts["tried"], counts["seen"]
    share = f"{100 * seen / tried:.0f} %" if tried else ""
    return f"| {group} | {path} | {counts['faults']} | {tried} | {seen} | {tried - seen} | {share} |"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
