"""A process that has everything imported and forks a service for each line it reads: a start costs milliseconds."""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import signal
import socket
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from sqlalchemy import bindparam, true
from sqlalchemy import update as updated
from sqlalchemy.dialects import postgresql, sqlite

import adapters
from adapters.telegram import polling, staff
from benchmarks.p1_update import firm, update
from bot.app import HANDLERS, build, utc_now
from bot.core.messages import Update
from bot.files import Shelf
from bot.runtime import leases
from bot.runtime.intake import Intake
from bot.runtime.limiter import Limiter
from flows import load
from store import inbound, outbox
from store import leases as stored
from store.engine import open_database
from store.models import Inbound, Outbox
from store.postgres import _SETTINGS as store_settings
from store.statements import Statement
from store.types import among
from tests.engines import fresh

ACCOUNTS = {"telegram": "telegram-staff", "slack": "slack"}


async def serve(
    *,
    port: int,
    url: str,
    hold: float,
    rate: float,
    broken: str,
    apart: bool,
    log: str,
    poll: int = 0,
    silence: float = 0.0,
    **told: str,
) -> None:
    """One life of the service, with the real adapter and its door; SIGTERM ends it in order.

    SIGUSR1 has it write down how many tasks it has.
    """
    _break(broken)
    if poll:
        polling.HOLD, polling.SILENCE, staff.POLL_SECONDS, staff.SECONDS = poll, silence, poll + 2, poll + 2
        store_settings["idle_in_transaction_session_timeout"] = f"{hold * 2 / 3:.0f}s"
    if apart:
        leases.machine = lambda: str(os.getpid())  # type: ignore[assignment]
    database = open_database(url, utc_now)
    adapter = _adapter(**told)
    latency = 8 / rate if rate else 0.25
    adapter.capabilities = replace(adapter.capabilities, rate=rate, chat_rate=0, room_rate=0, latency=latency)
    if "dedupe" in broken:
        adapter.parse = partial(_nameless, adapter.parse)
    service = build(database, [adapter])
    service.hold = hold
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_signal_handler(
        signal.SIGUSR1, lambda: Path(f"{log}.{os.getpid()}").write_text(f"{len(asyncio.all_tasks())}")
    )
    await service.start()
    async with _door(port, adapter.mount(service.intake.accept)):
        await stop.wait()
    await service.stop()
    await adapter.close()
    await asyncio.to_thread(database.close)


def _adapter(*, kind: str, api: str, token: str, secret: str = "", app_token: str = "") -> Any:
    """Its requests say which process they come from."""
    files, mine = Shelf(Path("/nowhere")), f"{api}/by/{os.getpid()}"
    if kind == "slack":
        credentials = {"bot_token": token, "signing_secret": secret, "app_token": app_token}
        return adapters.build("slack", account="slack", files=files, api_url=f"{mine}/api/", **credentials)
    name = ACCOUNTS[kind]
    hooked = {"webhook_secret": secret, "first_pause": 0.05}
    return adapters.build(name, token=token, account=name, files=files, api_url=mine, **hooked)


@asynccontextmanager
async def _door(port: int, mounted: Any) -> AsyncIterator[None]:
    """Every service listens on the one port, as behind a balancer: who is gone gets no more."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    door.bind(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(mounted, log_config=None, access_log=False, lifespan="off"))
    server.capture_signals = nullcontext  # type: ignore[method-assign]
    task = asyncio.create_task(server.serve(sockets=[door]))
    try:
        yield
    finally:
        server.should_exit = True
        await task


def _break(what: str) -> None:
    """Red proofs: takes a promise away."""
    if what == "dedupe":
        table = Inbound.table()
        values = {name: bindparam(name, type_=table.c[name].type) for name in ("account", "key", "received")}
        more = {name: bindparam(name, type_=table.c[name].type) for name in ("state", "raw", "error")}
        for dialect, new in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert)):
            again: Any = new(table).values({**values, **more})
            again = again.on_conflict_do_update(index_elements=["account", "key"], set_={"error": again.excluded.error})
            inbound._TAKE[dialect] = Statement(lambda again=again: again)
    if what == "lease":
        stored.take = _taken
        stored.renew = stored.still_held = lambda *_, **__: True  # type: ignore[assignment]
    if what == "pause":
        Limiter.pause = lambda self, chat, seconds: None  # type: ignore[method-assign]
    if what == "claim":
        row = Outbox.table()
        outbox._CLAIM = Statement(
            lambda: updated(row).where(among(row.c.id, "ids")).values(attempts=row.c.attempts + 1)
        )
        ended = {"state": bindparam("new"), "message": bindparam("new_message"), "error": bindparam("new_error")}
        done = bindparam("new_done", type_=row.c.done.type)
        outbox._FINISH = Statement(
            lambda: updated(row).where(row.c.id == bindparam("row"), true()).values(**ended, done=done)
        )


def _taken(work: Any, name: str, owner: str, **_: Any) -> stored.Held:
    """Everybody owns it."""
    return stored.Held(name, owner, os.getpid())


def _nameless(parse: Any, raw: str) -> Any:
    """Without a key of its own, so that nothing that is made from the event knows that it came before."""
    return [replace(event, key=f"{event.key}-{os.urandom(6).hex()}") for event in parse(raw)]


def _warm() -> None:
    """Whatever a life would import or compile later."""
    import anyio._backends._asyncio  # noqa: F401
    import apscheduler.schedulers.asyncio
    import apscheduler.triggers.interval
    import uvicorn.lifespan.off
    import uvicorn.protocols.http.auto  # noqa: F401

    load()
    ssl.create_default_context = cache(ssl.create_default_context)
    for kind in ACCOUNTS:
        adapter = _adapter(kind=kind, api="http://127.0.0.1:9", token="1:warm", secret="warm")
        assert adapter.parse('{"update_id": 1}') == ()
        assert adapter.mount(None)
        assert getattr(adapter, "_wire", adapter)
    assert apscheduler
    with TemporaryDirectory() as folder, fresh("sqlite", Path(folder)) as url:
        _note(url)


def _note(url: str) -> None:
    """A command and a sentence, from beginning to end: patterns and statements are made when they are first used."""
    database = open_database(url, utc_now)
    firm(database, 1)
    bot = adapters.build(ACCOUNTS["telegram"], token="1:warm", account="staff", files=Shelf(Path("/nowhere")))
    intake = Intake(database, {"staff": bot}, HANDLERS)
    for number, words in enumerate(("/note Acme warm", "note Acme warm")):
        said = json.dumps(update(words, number))
        asyncio.run(intake.accept(Update("staff", str(number), said, "1000")))
        claimed = database.write(lambda work: work.outbox.claim("staff", epoch=1, limit=1, resting=[])).result()
        for row in claimed:
            database.write(lambda work, row=row: work.outbox.finish(row.id, epoch=1, state="sent")).result()
        assert claimed
    database.close()


def _enter(namespace: str) -> None:
    """From here on this process sees that network and no other."""
    if namespace:
        os.environ["NO_PROXY"] = "*"
        with Path(namespace).open() as file:
            if ctypes.CDLL(None, use_errno=True).setns(file.fileno(), 0):
                raise OSError(ctypes.get_errno(), "no such network")


def main() -> None:
    """Reads {…arguments of serve…}, answers with the child's process id; the system buries the children."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _warm()
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            told = json.loads(line)
            with Path(told["log"]).open("ab") as log:
                os.dup2(log.fileno(), sys.stderr.fileno())
            _enter(told.pop("network", ""))
            asyncio.run(serve(**told))
            os._exit(0)
        print(child, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
