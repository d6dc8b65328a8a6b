"""A process that has everything imported and forks a service for each line it reads: a start costs milliseconds."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import ssl
import sys
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, true, update
from sqlalchemy.dialects import sqlite

import adapters
from bot.app import build, utc_now
from bot.files import Shelf
from flows import load
from store import inbound, outbox
from store.engine import open_database
from store.models import Inbound, Outbox
from store.statements import Statement
from store.types import among

ACCOUNT = "telegram-staff"


async def serve(url: str, api: str, token: str, hold: float, rate: float, broken: str) -> None:
    """One life of the service, with the real staff adapter; SIGTERM ends it in order."""
    _break(broken)
    database = open_database(url, utc_now)
    files = Shelf(Path("/nowhere"))
    adapter: Any = adapters.build(ACCOUNT, token=token, account=ACCOUNT, files=files, api_url=api, first_pause=0.05)
    latency = 8 / rate if rate else 0.25
    adapter.capabilities = replace(adapter.capabilities, rate=rate, chat_rate=0, room_rate=0, latency=latency)
    if "dedupe" in broken:
        adapter.parse = partial(_nameless, adapter.parse)
    service = build(database, [adapter])
    service.hold = hold
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await service.start()
    await stop.wait()
    await service.stop()
    await adapter.close()
    await asyncio.to_thread(database.close)


def _break(what: str) -> None:
    """Red proofs: takes a promise away."""
    if what == "dedupe":
        table = Inbound.table()
        values = {name: bindparam(name, type_=table.c[name].type) for name in ("account", "key", "received")}
        more = {name: bindparam(name, type_=table.c[name].type) for name in ("state", "raw", "error")}
        again = sqlite.insert(table).values({**values, **more})
        again = again.on_conflict_do_update(index_elements=["account", "key"], set_={"error": again.excluded.error})
        inbound._TAKE["sqlite"] = Statement(lambda: again)
    if what == "claim":
        row = Outbox.table()
        outbox._CLAIM = Statement(lambda: update(row).where(among(row.c.id, "ids")).values(attempts=row.c.attempts + 1))
        ended = {"state": bindparam("new"), "message": bindparam("new_message"), "error": bindparam("new_error")}
        done = bindparam("new_done", type_=row.c.done.type)
        outbox._FINISH = Statement(
            lambda: update(row).where(row.c.id == bindparam("row"), true()).values(**ended, done=done)
        )


def _nameless(parse: Any, raw: str) -> Any:
    """Without a key of its own, so that nothing that is made from the event knows that it came before."""
    return [replace(event, key=f"{event.key}-{os.urandom(6).hex()}") for event in parse(raw)]


def _warm() -> None:
    """Whatever a life would import or compile later."""
    import apscheduler.schedulers.asyncio
    import telegram.ext  # noqa: F401

    load()
    ssl.create_default_context = cache(ssl.create_default_context)
    adapter: Any = adapters.build(ACCOUNT, token="1:warm", account=ACCOUNT, files=Shelf(Path("/nowhere")))
    assert adapter._wire
    assert apscheduler


def main() -> None:
    """Reads {…arguments of serve…}, answers with the child's process id; the system buries the children."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _warm()
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asyncio.run(serve(**json.loads(line)))
            os._exit(0)
        print(child, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
