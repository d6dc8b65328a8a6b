"""The list of promises names tests that are there, each with a red proof; and the page shows every one of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.chaos.__main__ import BEGIN, END, HEAD, PAGE, PROOFS, Ran, line, read, written
from tests.figures import FIGURE, Told

ROOT = Path(__file__).parents[2]
REPORT = """<testsuites><testsuite>
<testcase classname="tests.chaos.test_kills" name="test_hundreds_of_updates_survive_kills[sqlite]" time="2.5">
<properties><property name="figure" value="kill test: 1000 said, 12 kills, 0 lost"/></properties></testcase>
<testcase classname="tests.chaos.test_kills" name="test_the_storm_sees_a_missing_dedupe" time="0.5">
<failure message="no">def test_the_storm():
E   assert 1 == 2</failure></testcase>
<testcase classname="tests.web.test_hooks" name="test_of_another_promise" time="9"/>
<testcase classname="tests.runtime.test_intake" name="test_many_at_once_are_still_handled_once" time="1">
<skipped message="not here"/></testcase>
</testsuite></testsuites>"""


def test_every_promise_is_shown_by_tests_that_are_there_and_has_a_red_proof() -> None:
    assert [proof.name for proof in PROOFS] == [f"T{number}" for number in range(1, 14)]
    for proof in PROOFS:
        assert proof.red, proof.name
        for node in proof.nodes:
            path, _sep, name = node.partition("::")
            text = (ROOT / path).read_text(encoding="utf-8")
            assert not name or re.search(rf"^(?:async )?def {name}\(", text, re.MULTILINE), node


def test_outcomes_and_figures_are_read_from_the_report_of_the_tests() -> None:
    one, two = read(PROOFS[:2], REPORT)
    assert (one.passed, one.seconds, one.figures) == (1, 3.0, ["kill test: 1000 said, 12 kills, 0 lost"])
    assert (one.failed, one.why) == (
        ["tests/chaos/test_kills.py::test_the_storm_sees_a_missing_dedupe"],
        ["E   assert 1 == 2"],
    )
    assert (one.ended, two.ended) == ("failed", "0 passed, 1 left out")


async def test_a_figure_is_kept_with_its_test(told: Told, request: pytest.FixtureRequest) -> None:
    told("counted: 3 of 3")
    assert request.node.user_properties == [(FIGURE, "counted: 3 of 3")]


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
