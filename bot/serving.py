"""`serve`: takes the lock, finds a port, runs until it is told to stop, and ends what is on its way."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot import interpreter
from bot.local import Note, held, noted
from bot.settings import Settings
from store.migrations import HEAD, version

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.app import Application

logger = logging.getLogger(__name__)

PORTS = 50
LEAVING = 3
"""Seconds that open pages get to close; work under way has ten of its own."""

Say = Callable[[str], None]


@dataclass
class Serving:
    """A service that answers; `stop` is set when it shall end."""

    application: Application
    url: str
    token: str
    port: int
    stop: asyncio.Event = field(default_factory=asyncio.Event)


def aloud(line: str) -> None:
    """At once, also into a pipe."""
    print(line, flush=True)  # noqa: T201 - the console is who is spoken to


def serve(settings: Settings, say: Say = aloud) -> None:
    """Until SIGTERM or SIGINT; raises Held when another process has the database."""
    interpreter.starting()
    prepare(settings)
    with held(settings):
        asyncio.run(_until_told(settings, say))


def prepare(settings: Settings) -> None:
    """A new or older database is brought up to date by a process of its own, whose memory is then given back."""
    if version(settings.database_url) < HEAD:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", "migrate", "--quiet", *(["--demo"] if settings.demo else [])], check=False
        )
        if done.returncode:
            raise SystemExit(done.returncode)


async def _until_told(settings: Settings, say: Say) -> None:
    async with serving(settings, say) as service:
        interpreter.serving()
        with _signals(service.stop):
            from bot.welcome import welcome

            await welcome(service, say)
            await service.stop.wait()
            say("Stopping: finishing what is on its way …")


@asynccontextmanager
async def serving(settings: Settings, say: Say = aloud) -> AsyncIterator[Serving]:
    """The whole service in this loop; on leaving, it stops in order."""
    from bot.app import make, open_store

    door = _bound(settings.host, settings.port, say)
    port = door.getsockname()[1]
    near = f"http://{_reachable(settings.host)}:{port}"
    url, token = settings.public_url or near, secrets.token_urlsafe(24)
    database = await asyncio.to_thread(open_store, settings.database_url)
    if settings.demo:
        from flows.demo import found_demo

        await database.written(found_demo)
    application = await asyncio.to_thread(make, settings, database, url=url, token=token)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(application.stop)
        await application.start()
        await stack.enter_async_context(_site(application, door))
        stack.enter_context(noted(settings, Note(near, token)))
        logger.info("serving", extra={"action": "serving", "port": port})
        yield Serving(application, url, token, port)
    logger.info("stopped", extra={"action": "stopped"})


@asynccontextmanager
async def _site(application: Application, door: socket.socket) -> AsyncIterator[None]:
    """uvicorn in our own loop; signals are ours."""
    import uvicorn

    class Server(uvicorn.Server):
        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    config = uvicorn.Config(
        application.site,
        forwarded_allow_ips=application.settings.trusted_proxies,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=256 * 1024,
        timeout_graceful_shutdown=LEAVING,
    )
    server = Server(config)
    task = asyncio.create_task(server.serve(sockets=[door]))
    while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await task


def _bound(host: str, port: int, say: Say) -> socket.socket:
    """The wanted port, or the next free one, said aloud."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + PORTS, 65536)) if port else (0,):
        door = socket.socket(family, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, candidate))
        except OSError as problem:
            door.close()
            if problem.errno not in _TAKEN:
                why = f"HOST, PORT: this machine can't listen on {host}:{candidate} ({problem.strerror})."
                raise SystemExit(f"{why} For example HOST=127.0.0.1 PORT=8484.") from problem
            continue
        if candidate != port:
            say(f"Port {port} is taken, so I use {candidate}.")
        return door
    raise SystemExit(f"The ports {port} to {port + PORTS - 1} are all taken: set PORT to a free one.")


def _reachable(host: str) -> str:
    """The address at which this machine reaches itself."""
    named = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}  # noqa: S104 - read, not bound
    return named.get(host, f"[{host}]" if ":" in host else host)


@contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    """The first asks to stop, the second does not wait any longer."""

    def told(*_: Any) -> None:
        if stop.is_set():
            os._exit(1)
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told)
    try:
        yield
    finally:
        pass


_TAKEN = frozenset({98, 48, 10048, 13, 10013})
