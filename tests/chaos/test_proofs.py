"""The list of promises names tests that are there, each with a red proof; and the page shows every one of them."""

from __future__ import annotations

import re
from pathlib import Path

from tests.chaos.__main__ import HEAD, PAGE, PROOFS, Ran, line, read

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
