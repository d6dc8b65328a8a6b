"""Two machines and the networks between them, made of network namespaces on this one.

Each has a cable to the database and another to the platform; what is unplugged goes silent, as cables do: nobody is
told that a connection is gone.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass

NETWORKS = {"database": 198, "platform": 199}
"""Network → the second byte of its addresses, 10.N.HOST.1 here and 10.N.HOST.2 there."""


def why_not() -> str:
    """Why there can be no such machines here; empty when there can."""
    if os.geteuid() or not shutil.which("ip"):
        return "network namespaces want root and the program ip"
    made = subprocess.run(["ip", "netns", "add", _name(0)], capture_output=True, text=True, check=False)
    subprocess.run(["ip", "netns", "delete", _name(0)], capture_output=True, check=False)
    return "" if made.returncode == 0 else f"no network namespaces: {made.stderr.strip()}"


@dataclass(frozen=True, slots=True)
class Host:
    """One machine."""

    number: int

    @property
    def namespace(self) -> str:
        return f"/run/netns/{_name(self.number)}"

    def door(self, network: str) -> str:
        """Where this machine finds what is on that network."""
        return f"10.{NETWORKS[network]}.{self.number}.1"

    def unplug(self, network: str) -> None:
        _ip("link", "set", _cable(network, self.number), "down")

    def plug_in(self, network: str) -> None:
        _ip("link", "set", _cable(network, self.number), "up")


@contextmanager
def hosts(count: int = 2) -> Iterator[list[Host]]:
    """They are gone afterwards, with their cables."""
    with ExitStack() as stack:
        yield [stack.enter_context(_host(Host(number))) for number in range(1, count + 1)]


@contextmanager
def _host(host: Host) -> Iterator[Host]:
    name = _name(host.number)
    _ip("netns", "add", name)
    try:
        _ip("-n", name, "link", "set", "lo", "up")
        for network in NETWORKS:
            cable, there = _cable(network, host.number), network
            _ip("link", "add", cable, "type", "veth", "peer", "name", there, "netns", name)
            _ip("addr", "add", f"{host.door(network)}/30", "dev", cable)
            _ip("-n", name, "addr", "add", f"{host.door(network)[:-1]}2/30", "dev", there)
            _ip("link", "set", cable, "up")
            _ip("-n", name, "link", "set", there, "up")
        yield host
    finally:
        _ip("netns", "delete", name)


@asynccontextmanager
async def reached(host: Host, places: Mapping[str, str | tuple[str, int]]) -> AsyncIterator[Mapping[str, int]]:
    """On which port of each network's door that machine reaches these sockets of ours (a path, or host and port)."""
    servers, tasks, ports = [], set[asyncio.Task[None]](), {}

    async def carried(place: str | tuple[str, int], near: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        far, back = await (
            asyncio.open_unix_connection(place) if isinstance(place, str) else asyncio.open_connection(*place)
        )
        for one in (asyncio.create_task(_pour(near, back)), asyncio.create_task(_pour(far, out))):
            tasks.add(one)
            one.add_done_callback(tasks.discard)

    for network, place in places.items():
        server = await asyncio.start_server(
            lambda near, out, place=place: carried(place, near, out), host.door(network), 0
        )
        servers.append(server)
        ports[network] = server.sockets[0].getsockname()[1]
    try:
        yield ports
    finally:
        for server in servers:
            server.close()
        for task in tasks:
            task.cancel()


async def _pour(source: asyncio.StreamReader, into: asyncio.StreamWriter) -> None:
    try:
        while content := await source.read(65536):
            into.write(content)
            await into.drain()
    except OSError:
        pass
    finally:
        into.close()


def _name(number: int) -> str:
    return f"rapport-{os.getpid()}-{number}"


def _cable(network: str, number: int) -> str:
    """At most fifteen letters."""
    return f"{network[0]}{number}-{os.getpid()}"


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
