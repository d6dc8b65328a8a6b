"""The second wall: on PostgreSQL a query that forgets its workspace finds nothing, by the database's own rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import bindparam, insert, select, update

from bot.core.messages import Address, Sender
from store import copies, wall
from store.engine import Database, open_database
from store.firms import firms
from store.models import Account, Customer, Owned, Row, Tag, Timer, Workspace
from store.statements import Statement
from store.work import Work
from tests.engines import Hands, fresh

FORGETS = Statement(lambda: select(Customer.table().c.name).order_by(Customer.table().c.id))
CHANGES = Statement(lambda: update(Customer.table()).values(name=bindparam("new_name")))
TAKES = Statement(lambda: update(Customer.table()).values(workspace=bindparam("theirs")))
PUTS = Statement(lambda: insert(Tag.table()).values(workspace=bindparam("theirs"), name="planted", customer=1))
SPANS = Statement(lambda: select(Customer.table().c.name).order_by(Customer.table().c.id), wide=True)


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with fresh("postgresql", tmp_path) as where:
        yield where


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url, Hands())
    opened.write(_two_firms).result(10)
    yield opened
    opened.close()


def _two_firms(work: Work) -> None:
    for name in ("Acme", "Blue"):
        work.workspace = work.insert(Workspace(name=name, secret="s", created=work.now)).id
        work.add(Customer(name=f"{name}'s", created=work.now))
        work.add(Account(platform="memory", name=f"{name} bot", side="member"))


def within(workspace: int, act: Callable[[Work], Any]) -> Callable[[Work], Any]:
    def inside(work: Work) -> Any:
        work.workspace = workspace
        return act(work)

    return inside


def names(work: Work) -> list[str]:
    return [row[0] for row in work.rows(FORGETS)]


def test_every_table_of_firms_has_its_policy_for_its_owner_too(url: str) -> None:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
            "WHERE c.relrowsecurity AND c.relforcerowsecurity AND p.polcmd = '*'"
        ).fetchall()
    owned = {table.name for table in Row.metadata.sorted_tables if "workspace" in table.c}
    assert {name for (name,) in rows} == owned | {"workspace"}


@pytest.mark.parametrize(("workspace", "seen"), [(1, ["Acme's"]), (2, ["Blue's"]), (3, []), (0, [])])
def test_a_query_that_forgets_its_workspace_sees_no_other(database: Database, workspace: int, seen: list[str]) -> None:
    assert database.write(within(workspace, names)).result(10) == seen
    with database.read() as work:
        work.workspace = workspace
        assert names(work) == seen


def test_a_query_by_hand_that_has_named_nobody_sees_nothing(database: Database, url: str) -> None:
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM customer").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM workspace").fetchone() == (0,)


def test_a_change_that_forgets_its_workspace_reaches_no_other(database: Database) -> None:
    assert database.write(within(1, lambda work: work.run(CHANGES, new_name="Taken"))).result(10) == 1
    assert [row[0] for row in database.write(lambda work: work.rows(SPANS)).result(10)] == ["Taken", "Blue's"]


@pytest.mark.parametrize("statement", [TAKES, PUTS])
def test_no_row_is_given_to_another_firm(database: Database, statement: Statement) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        database.write(within(1, lambda work: work.run(statement, theirs=2))).result(10)


def test_a_turn_sees_its_own_firm_from_the_moment_it_knows_whose_it_is(database: Database) -> None:
    def turn(work: Work) -> tuple[list[str], list[str]]:
        met = work.people.meet(Address("memory", "Blue bot", "7"), Sender("7"))
        assert met is not None
        return names(work), [each.name for each in firms(work)]

    assert database.write(turn).result(10) == (["Blue's"], ["Acme", "Blue"])


def test_what_spans_firms_does_so_in_the_middle_of_a_turn_and_no_longer(database: Database) -> None:
    def act(work: Work) -> list[list[str]]:
        return [names(work), [row[0] for row in work.rows(SPANS)], names(work)]

    assert database.write(within(2, act)).result(10) == [["Blue's"], ["Acme's", "Blue's"], ["Blue's"]]


def test_many_rows_at_once_go_to_their_own_firm(database: Database) -> None:
    def act(work: Work) -> None:
        with work.gathering():
            for n in range(3):
                work.add(Customer(name=f"New {n}", created=work.now))

    database.write(within(2, act)).result(10)
    assert len(database.write(within(2, names)).result(10)) == 4
    assert database.write(within(1, names)).result(10) == ["Acme's"]


def test_what_is_due_is_found_for_every_firm(database: Database) -> None:
    for workspace in (1, 2):
        database.write(within(workspace, lambda work: work.timers.set("x", "1", work.now))).result(10)
    due: list[Timer] = database.write(lambda work: work.timers.due(limit=9)).result(10)
    assert sorted(timer.workspace for timer in due) == [1, 2]


def test_a_transaction_starts_without_what_the_last_one_saw(database: Database) -> None:
    for workspace in (1, 2, 1):
        database.write(within(workspace, names)).result(10)
        assert len(database.write(lambda work: work.rows(SPANS)).result(10)) == 2


def test_a_backup_holds_every_firm(database: Database, url: str, tmp_path: Path) -> None:
    counted = copies.take(url, tmp_path / "copy")
    assert (counted["customer"], counted["workspace"]) == (2, 2)
    with fresh("postgresql", tmp_path, migrated=False) as elsewhere:
        assert copies.put(elsewhere, tmp_path / "copy") == counted
        with psycopg.connect(elsewhere) as connection:
            assert connection.execute("SELECT count(*) FROM customer").fetchone() == (0,)


def test_without_its_policies_the_wall_would_be_seen_to_be_gone(database: Database, url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER TABLE customer DISABLE ROW LEVEL SECURITY")
    assert len(database.write(within(1, names)).result(10)) == 2


def test_building_it_again_closes_what_is_open_and_nothing_twice(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE later (id bigint, workspace bigint)")
        wall.build(connection.execute)
        wall.build(connection.execute)
        connection.execute("INSERT INTO later SELECT 1, 1 WHERE set_config('rapport.workspace', '1', false) <> ''")
        assert connection.execute("SELECT count(*) FROM later").fetchone() == (1,)
        connection.execute("RESET rapport.workspace")
        assert connection.execute("SELECT count(*) FROM later").fetchone() == (0,)
        assert wall.binds(connection.execute)


def test_owned_rows_are_all_behind_it() -> None:
    assert all(_select(kind).compiled("postgresql").walled for kind in Owned.__subclasses__())


def _select(kind: type[Owned]) -> Statement:
    return Statement(lambda: select(kind.table()))
