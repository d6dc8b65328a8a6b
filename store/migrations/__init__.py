"""The tables' history, forward only: what brings a database of any age to the shape of `store.models`.

Alembic is imported only when there is something to do. `python -m store.migrations --help` makes revisions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import wall

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

HEAD = "0001"
"""The newest revision. Revisions are numbered, so a database that is newer than this code is told from an older one."""

_LOCK = 4_207_184_911
"""Key of PostgreSQL's lock under which whoever starts first migrates, and the others wait and find it done."""

_HAS_VERSION = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'",
    "postgresql": "SELECT 1 FROM pg_tables WHERE tablename = 'alembic_version' "
    "AND schemaname = ANY (current_schemas(false))",
}


def migrate(url: str) -> bool:
    """Brings the database to HEAD, making it if need be; False when it was there or beyond (a rolling update)."""
    if version(url) >= HEAD:
        return False
    from alembic import command

    with connected(url) as connection:
        command.upgrade(config(connection), "head")
        if connection.dialect.name == "postgresql":
            wall.build(connection.exec_driver_sql)
    return True


def version(url: str) -> str:
    """The revision a database is at, by its driver alone; empty for a new one."""
    if not url.startswith("sqlite:///"):
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            return _version(connection.cursor(), "postgresql")
    path = Path(url.removeprefix("sqlite:///"))
    if not path.exists():
        return ""
    with closing(sqlite3.connect(path, timeout=30)) as file:
        return _version(file.cursor(), "sqlite")


def _version(cursor: Any, dialect: str) -> str:
    cursor.execute(_HAS_VERSION[dialect])
    if cursor.fetchone() is None:
        return ""
    cursor.execute("SELECT version_num FROM alembic_version")
    found = cursor.fetchone()
    return str(found[0]) if found else ""


def config(connection: Connection) -> Config:
    """Alembic's settings for this history, on a connection that is in a transaction of ours."""
    from alembic.config import Config

    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    made.set_main_option("path_separator", "os")
    return made


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """One transaction that nobody else can migrate beside: everything is applied, or nothing."""
    from sqlalchemy import NullPool, create_engine, event, make_url

    drivers = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
    where = make_url(url)
    if where.drivername == "sqlite" and where.database:
        Path(where.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(where.set(drivername=drivers[where.drivername]), poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN EXCLUSIVE"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            connection.exec_driver_sql(wall.OPEN)
        yield connection


def _leave_transactions_to_us(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=60000")
