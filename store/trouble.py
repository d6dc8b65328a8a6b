"""Whose fault an error is: the storage's, which passes, or the function's own, which comes every time it runs."""

from __future__ import annotations

import sqlite3
import sys

from bot.core.errors import Busy, Changed, Closed

_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)
_RERUN = frozenset({"40001", "40P01", "55P03"})
"""Serialisation failure, deadlock, a lock not had in time: the same function may succeed at once."""
_CLASSES = ("08", "53", "57P", "58", "XX")
"""Connection lost, disk or memory full, server going down, input and output. Not 57014, a statement that took too long:
it takes as long again."""
_OTHERS = frozenset({"25006", "25P03", "55000"})
"""A standby after a failover, a transaction the server closed, a server that is not ready."""


def is_passing(error: BaseException) -> bool:
    """The storage's trouble: nothing was kept, so the update must not be acknowledged, and comes again."""
    if isinstance(error, Busy | Closed | Changed):
        return True
    if isinstance(error, sqlite3.Error):
        return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _SQLITE
    state = _state(error)
    return state is not None and (not state or state in _RERUN or state in _OTHERS or state.startswith(_CLASSES))


def is_storage(error: BaseException) -> bool:
    """Passing trouble that is nobody's own: a row that moved on meanwhile concerns just the function that met it."""
    return is_passing(error) and not isinstance(error, Changed)


def may_run_again(error: BaseException) -> bool:
    """Whether the whole function, run once more at once on PostgreSQL, may well succeed."""
    state = _state(error)
    return isinstance(error, Changed) or (
        state is not None and (not state or state in _RERUN or state[:2] in ("08", "57"))
    )


def _state(error: BaseException) -> str | None:
    """The SQLSTATE, empty when the connection broke; None for what is no error of PostgreSQL's."""
    psycopg = sys.modules.get("psycopg")
    if psycopg is None or not isinstance(error, psycopg.Error):
        return None
    if error.sqlstate is None:
        return "" if isinstance(error, psycopg.OperationalError) else "own"
    return str(error.sqlstate)
