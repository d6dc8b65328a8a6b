"""Alone at something until the transaction ends: a conversation, or the founding of the house.

SQLite has one writer anyway. On PostgreSQL it is a lock on a name and not on a row, so that two who begin a
conversation at once meet too, and nothing is written for it.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.work import Work

FOUNDING = "founding"


def alone(work: Work, name: str) -> None:
    """Returns when nobody else is at it; what is read from now on is what they have left."""
    if work.dialect == "postgresql":
        work.cursor.execute("SELECT pg_advisory_xact_lock(%s)", (number_of(name),))
        work.forget()


def conversation(account: str, chat: str) -> str:
    """The name of a conversation, as far as it can be told of an update that nobody has read yet."""
    return f"{account}:{chat}"


@lru_cache(maxsize=4096)
def number_of(name: str) -> int:
    """What PostgreSQL calls it."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
