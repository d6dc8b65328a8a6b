"""The history of the tables leads to the models, on both engines, in one line."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, make_url

from store.migrations import HEAD, connected, migrate, version
from store.models import Row
from tests.engines import fresh

VERSIONS = Path("store/migrations/versions")


def _schema(url: str) -> dict[str, Any]:
    """Tables with their columns, keys, indexes and uniques, as the engine tells them."""
    drivers = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
    where = make_url(url)
    engine = create_engine(where.set(drivername=drivers[where.drivername]))
    told = inspect(engine)
    found = {name: _table(told, name) for name in told.get_table_names() if name != "alembic_version"}
    engine.dispose()
    return found


def _table(told: Any, name: str) -> dict[str, Any]:
    return {
        "columns": {
            column["name"]: (str(column["type"]), column["nullable"], getattr(column["type"], "collation", None))
            for column in told.get_columns(name)
        },
        "key": told.get_pk_constraint(name)["constrained_columns"],
        "uniques": sorted(tuple(unique["column_names"]) for unique in told.get_unique_constraints(name)),
        "indexes": sorted(
            (index["name"], tuple(index["column_names"]), bool(index["unique"]), _where(index))
            for index in told.get_indexes(name)
            if not index.get("duplicates_constraint")
        ),
    }


def _where(index: Any) -> str:
    options = index.get("dialect_options", {})
    return str(options.get("sqlite_where", options.get("postgresql_where", "")))


def test_the_history_makes_exactly_the_tables_of_the_models(engine: str, url: str, tmp_path: Path) -> None:
    with fresh(engine, tmp_path, migrated=False) as empty:
        with connected(empty) as connection:
            Row.metadata.create_all(connection)
        assert _schema(url) == _schema(empty)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_what_refers_to_an_id_is_as_wide_as_an_id(engine: str, url: str) -> None:
    narrow = {
        f"{table}.{name}"
        for table, parts in _schema(url).items()
        for name, (kind, _null, _collation) in parts["columns"].items()
        if kind == "INTEGER"
    }
    assert narrow == set()


def test_a_forgotten_column_would_be_seen(engine: str, url: str, tmp_path: Path) -> None:
    before = _schema(url)
    with connected(url) as connection:
        connection.exec_driver_sql("ALTER TABLE customer DROP COLUMN need")
        connection.exec_driver_sql("DROP INDEX customer_owner")
    assert _schema(url) != before


def test_revisions_are_numbered_and_follow_each_other_in_one_line() -> None:
    found = [
        re.search(r'revision = "(\d+)"\ndown_revision = (.+)\n', path.read_text())
        for path in sorted(VERSIONS.glob("0*.py"))
    ]
    pairs = [(match[1], match[2].strip('"')) for match in found if match]
    numbers = [number for number, _ in pairs]
    assert pairs == list(zip(numbers, ["None", *numbers[:-1]], strict=True))
    assert numbers[-1] == HEAD


def test_a_migrated_database_is_at_head_and_left_alone(url: str) -> None:
    assert (version(url), migrate(url), version(url)) == (HEAD, False, HEAD)


def test_of_several_that_start_together_one_migrates_and_all_can_work(engine: str, tmp_path: Path) -> None:
    with fresh(engine, tmp_path, migrated=False) as empty, ThreadPoolExecutor(3) as pool:
        list(pool.map(migrate, [empty] * 3))
        assert version(empty) == HEAD


@pytest.mark.parametrize("name", ["alembic", "psycopg", "pypinyin"])
def test_a_database_at_head_is_opened_without_heavy_libraries(name: str, tmp_path: Path) -> None:
    import subprocess
    import sys

    script = (
        "import sys; from store.migrations import migrate; from store.engine import open_database\n"
        f"assert not migrate('sqlite:///{tmp_path}/a.db'); assert {name!r} not in sys.modules"
    )
    migrate(f"sqlite:///{tmp_path}/a.db")
    subprocess.run([sys.executable, "-c", script], check=True)
