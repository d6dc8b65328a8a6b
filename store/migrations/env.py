"""Alembic's entry: runs on the connection, and in the transaction, that `store.migrations.connected` has opened."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from store.models import Row
from store.types import Json, UtcTime


def _plain(kind: str, item: Any, _: Any) -> Any:
    """Our column types by what the engines see, so that a revision never changes with them."""
    if kind != "type":
        return False
    for ours, theirs in ((UtcTime, "sa.BigInteger()"), (Json, "sa.Text()"), (AutoString, "sa.String()")):
        if isinstance(item, ours):
            return theirs
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_item=_plain,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
