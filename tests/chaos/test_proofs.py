"""The list of promises names tests that are there, each with a red proof; and the page shows every one of them."""

from __future__ import annotations

import re
from pathlib import Path

from tests.chaos.__main__ import BEGIN, END, HEAD, PAGE, PROOFS, Ran, line, read, written

ROOT = Path(__file__).parents[2]
TOLD = """
tests/chaos/test_kills.py::test_one[sqlite]
kill test: 1000 said, 12 kills, 0 lost
PASSED [ 50%]
tests/chaos/test_kills.py::test_two FAILED [100%]
"""


def test_every_promise_is_shown_by_tests_that_are_there_and_has_a_red_proof() -> None:
    assert [proof.name for proof in PROOFS] == [f"T{number}" for number in range(1, 14)]
    for proof in PROOFS:
        assert proof.red, proof.name
        for node in proof.nodes:
            path, _sep, name = node.partition("::")
            text = (ROOT / path).read_text(encoding="utf-8")
            assert not name or re.search(rf"^(?:async )?def {name}\(", text, re.MULTILINE), node


def test_outcomes_and_figures_are_read_from_what_the_tests_print() -> None:
    found = read(PROOFS[0], TOLD)
    assert (found.passed, found.failed) == (1, ["tests/chaos/test_kills.py::test_two"])
    assert found.figures == ["kill test: 1000 said, 12 kills, 0 lost"]


def test_the_page_has_a_line_for_every_promise() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [proof.name for proof in PROOFS if f"| {proof.name} |" not in page] == []
    assert line(Ran(PROOFS[0]), quick=True).count("|") == HEAD.partition("\n")[0].count("|")


def test_a_run_of_some_keeps_the_rows_of_the_others_and_a_quick_one_those_of_a_full_one() -> None:
    one, two = (Ran(proof, passed=number) for number, proof in enumerate(PROOFS[:2], 1))
    page = written(f"before{BEGIN}{END}after", [one], "2 cores", quick=False)
    page = written(page, [two, Ran(PROOFS[0], passed=9)], "4 cores", quick=True)
    rows = [row for row in page.splitlines() if " passed | " in row]
    assert [row.partition(" passed")[0][-1] for row in rows] == ["1", "2"]
    assert [row.endswith(end) for row, end in zip(rows, (", full, A |", ", quick, B |"), strict=True)] == [True, True]
    assert "*A* 2 cores\n*B* 4 cores" in page
    assert (page.startswith("before"), page.endswith("after")) == (True, True)
    failed = written(page, [Ran(PROOFS[0], failed=["x"])], "4 cores", quick=True)
    assert next(row for row in failed.splitlines() if row.startswith("| T1 |")).split(" | ")[2] == "failed"
