"""The record of who did what: whatever is done to its rows by hand is found, and the row is named."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest

from flows.setup.actions import found_firm
from store.auditing import heads, seal_all, verify
from store.engine import Database
from store.models import Audit
from store.work import Work
from tests.engines import Hands

KEY, ROWS = b"k" * 32, 40


@pytest.fixture
def record(database: Database, clock: Hands) -> Database:
    """Of two firms, sealed in two goes."""

    def write(work: Work) -> None:
        for name in ("One", "Two"):
            found_firm(work, name=name, country="DE", language="en", zone="UTC")
            for number in range(ROWS):
                work.audit(f"member:{number % 3}", "looked", f"customer:{number}")

    database.write(write).result()
    clock.forward(minutes=2)
    database.write(lambda work: seal_all(work, KEY)).result()
    return database


def _verdicts(database: Database, known: dict[int, str] | None = None) -> list[tuple[int, str]]:
    with database.read() as work:
        return [(one.broken, one.why) for one in verify(work, KEY, known or {})]


def test_an_honest_record_is_whole_and_new_rows_wait_to_be_sealed(record: Database, clock: Hands) -> None:
    def more(work: Work) -> None:
        work.workspace = 1
        work.audit("member:1", "erased", "customer:9")

    record.write(more).result()
    assert _verdicts(record) == [(0, ""), (0, "")]
    assert record.write(lambda work: seal_all(work, KEY)).result() == 0
    clock.forward(minutes=2)
    assert record.write(lambda work: seal_all(work, KEY)).result() == 1
    assert _verdicts(record) == [(0, ""), (0, "")]


def _change(id: int) -> str:
    return f"UPDATE audit SET subject = 'customer:0' WHERE id = {id}"  # noqa: S608


def _delete(id: int) -> str:
    return f"DELETE FROM audit WHERE id = {id}"  # noqa: S608


def _swap(id: int) -> str:
    return f"UPDATE audit SET actor = 'member:9', at = at + 1 WHERE id = {id}"  # noqa: S608


def _insert(id: int) -> str:
    """Between two, without a seal of ours."""
    return f"UPDATE audit SET seal = '' WHERE id = {id}"  # noqa: S608


@pytest.mark.parametrize("harm", [_change, _delete, _swap, _insert])
def test_any_one_of_the_rows_is_named(record: Database, harm: Callable[[int], str]) -> None:
    with record.read() as work:
        work.workspace = 1
        ids = [row.id for row in work.find(Audit)]
    for id in (ids[1], ids[len(ids) // 2], ids[-2]):
        kept: list[Audit] = []

        def act(work: Work, id: int = id, kept: list[Audit] = kept) -> None:
            work.workspace = 1
            kept.extend(row for row in work.find(Audit) if row.id == id)
            work.cursor.execute(harm(id))

        def mend(work: Work, id: int = id, kept: list[Audit] = kept) -> None:
            work.workspace = 1
            work.cursor.execute(_delete(id))
            work.put_back(kept[0])

        record.write(act).result()
        broken = _verdicts(record)
        record.write(mend).result()
        named = next(one for one in ids if one > id) if harm is _delete else id
        assert broken == [(named, broken[0][1]), (0, "")]
        assert _verdicts(record) == [(0, ""), (0, "")]


def test_rows_that_are_missing_at_the_end_are_found_by_a_head_that_was_noted(record: Database) -> None:
    with record.read() as work:
        known = heads(work)
    record.write(lambda work: work.cursor.execute("DELETE FROM audit WHERE id > 30 AND workspace = 1")).result()
    assert _verdicts(record)[0] == (0, "")
    assert _verdicts(record, known)[0] == (30, "is the last, and rows after it are missing")


def test_with_another_key_nobody_makes_seals_that_fit(record: Database) -> None:
    def forge(work: Work) -> None:
        work.cursor.execute("UPDATE audit SET seal = ''")
        seal_all(work, b"x" * 32)

    record.write(forge).result()
    assert _verdicts(record)[0][0] == 1


def test_a_row_that_is_never_sealed_is_found(record: Database, clock: Hands) -> None:
    def late(work: Work) -> None:
        work.workspace = 1
        work.add(Audit(at=work.now - timedelta(hours=3), actor="member:1", action="nothing"))

    record.write(late).result()
    assert _verdicts(record)[0][1] == "was never sealed"


class _Undone(Exception):
    """The harm is taken back with its transaction."""


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite"])
def test_any_one_of_ten_thousand_rows_is_named(database: Database, clock: Hands) -> None:
    """Changed, deleted, put in between, or in its neighbour's place: fifty of each, anywhere."""

    def write(work: Work) -> None:
        firm = found_firm(work, name="One", country="DE", language="en", zone="UTC")
        for number in range(1000, 11_000):
            row = {"actor": f"member:{number % 3}", "action": "looked", "subject": f"customer:{number}"}
            work.put_back(Audit(id=2 * number, workspace=firm.id, at=work.now, **row))

    database.write(write).result()
    clock.forward(minutes=2)
    while database.write(lambda work: seal_all(work, KEY)).result():
        pass
    assert _verdicts(database) == [(0, "")]
    missed = []
    for number, harm in itertools.product(random.Random(5).sample(range(1001, 10_990), 50), HARMS):
        id, found = 2 * number, [0]
        with suppress(_Undone):
            database.write(partial(_harmed, HARMS[harm][0], id, found)).result()
        if found != [id + HARMS[harm][1]]:
            missed.append((harm, id, found))
    assert missed == []


_CONTENT = ("at", "actor", "action", "subject", "digest", "seal")
_OTHER = ", ".join(f"{name} = (SELECT b.{name} FROM twin b WHERE b.id <> audit.id)" for name in _CONTENT)  # noqa: S608
HARMS = {
    "changed": (["UPDATE audit SET subject = 'customer:0' WHERE id = {id}"], 0),
    "deleted": (["DELETE FROM audit WHERE id = {id}"], 2),
    "put in": (
        [
            "INSERT INTO audit (id, workspace, at, actor, action, subject, digest, seal) "
            "SELECT id + 1, workspace, at, actor, action, subject, digest, seal FROM audit WHERE id = {id}"
        ],
        1,
    ),
    "swapped": (
        [
            "CREATE TEMP TABLE twin AS SELECT * FROM audit WHERE id IN ({id}, {id} + 2)",
            f"UPDATE audit SET {_OTHER} WHERE id IN ({{id}}, {{id}} + 2)",  # noqa: S608
        ],
        0,
    ),
}
"""What is done to a row, and how far from it the row is that is named: the one after a deleted one."""


def _harmed(statements: list[str], id: int, found: list[int], work: Work) -> None:
    for statement in statements:
        work.cursor.execute(statement.format(id=id))
    found[:] = [verdict.broken for verdict in verify(work, KEY, {})]
    raise _Undone
