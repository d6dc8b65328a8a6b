"""Builds the application from settings: the only file that knows every part."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime


from bot.core.ports import Adapter, Clock
from bot.runtime.intake import Handlers
from bot.runtime.service import Service
from flows import handle as flows
from flows import load
from store.engine import Database, open_database
from store.migrations import migrate

logger = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


HANDLERS = Handlers(
    handle=flows.handle,
    refused=lambda error, work, event: flows.explain(work, event, error.problem),  # type: ignore[attr-defined]
    is_refusal=lambda error: isinstance(error, flows.Rewind),
    apologise=flows.apologise,
)


def open_store(url: str, clock: Clock = utc_now) -> Database:
    """The database at its newest version."""
    migrate(url)
    return open_database(url, clock)


def build(database: Database, adapters: Sequence[Adapter]) -> Service:
    """The service over these bot accounts; nothing runs before `start`."""
    load()
    by_account: Mapping[str, Adapter] = {adapter.account: adapter for adapter in adapters}
    return Service(database, by_account, HANDLERS, tell=flows.came_back, wake=flows.wake)



