"""What benchmarks leave on their page; the measuring itself is no test."""

from __future__ import annotations

from benchmarks import Target
from benchmarks.results import BEGIN, END, written

PAGE = f"before\n{BEGIN}\n{END}\nafter\n"


def target(id: str, ours: float = 1.0) -> Target:
    return Target(id, "turns", ours, 2.0, ours / 2, 0.4, "turns/s", peers="raw")


def rows(page: str) -> list[list[str]]:
    """Number, our figure and whether it is enough, of each row."""
    table = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| P")]
    return [[cells[0], cells[2].split()[0], cells[6], cells[7].split()[1]] for cells in table]


def test_a_run_takes_the_place_of_the_last_one_of_its_benchmark_alone() -> None:
    first = written(PAGE, [target("P8"), target("P8 XLSX"), target("P10"), target("P3")], quick=False)
    after = written(first, [target("P8", 0.7)], quick=False)
    assert rows(after) == [
        ["P3", "1", "reached", "full"],
        ["P8", "0.7", "missed", "full"],
        ["P10", "1", "reached", "full"],
    ]
    assert after.startswith("before\n")
    assert after.endswith("after\n")


def test_a_quick_run_takes_the_place_of_no_full_one() -> None:
    first = written(written(PAGE, [target("P3")], quick=False), [target("P4")], quick=True)
    after = written(first, [target("P3", 7), target("P4", 7), target("P5", 7)], quick=True)
    assert [row[:2] for row in rows(after)] == [["P3", "1"], ["P4", "7"], ["P5", "7"]]
