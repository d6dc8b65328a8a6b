"""Two machines on one PostgreSQL: the one that has the bot loses the database, then the other one the platform."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.chaos.hosts import Host, hosts, reached, why_not
from tests.chaos.storm import WINDOW, Storm, Zygote, figures, storm, until, zygote
from tests.engines import LEFT_OUT
from tests.figures import Told

POLL, SILENCE = 1, 1.0
"""Seconds that the platform holds an empty request here, and after which nobody is heard: thirty and ten really."""


@pytest.mark.parametrize(
    ("hold", "networks"),
    [
        (1.5, ("database",)),
        pytest.param(2.0, ("database", "platform"), marks=pytest.mark.slow),
        pytest.param(15.0, ("database", "platform"), marks=pytest.mark.slow),
    ],
)
async def test_whoever_can_go_on_goes_on(hold: float, networks: Sequence[str], tmp_path: Path, told: Told) -> None:
    """Nothing is lost, at most a window is repeated, and who was cut off has stopped before the other began."""
    if reason := why_not():
        pytest.skip(f"{LEFT_OUT} on two machines: {reason}")
    async with AsyncExitStack() as stack:
        found = await stack.enter_async_context(storm("postgresql", "polling", tmp_path))
        mother = await stack.enter_async_context(zygote(tmp_path))
        found.hold, began = hold, time.monotonic()
        by_process: dict[int, Host] = {}
        for host in stack.enter_context(hosts()):
            ports = await stack.enter_async_context(reached(host, _places(found)))
            by_process[await _start(found, mother, host, ports)] = host
        took = [await _cut(found, by_process, network, hold) for network in networks]
        await until(found.all_sent, 40)
        await found.until_quiet()
        ended = figures(found, time.monotonic() - began)
    said = ", ".join(f"{seconds:.1f} s without the {network}" for seconds, network in zip(took, networks, strict=True))
    told(f"two machines, lease of {hold:g} s, taken over after {said}: {ended}".replace("kill", "cut"))
    assert ended.problems(window=WINDOW, rivals=WINDOW * len(found.kills)) == [], ended


async def _cut(found: Storm, by_process: Mapping[int, Host], network: str, hold: float) -> float:
    """Seconds until the other machine has sent something."""
    found.write(40)
    await until(lambda: len(found.sent()) > len(found.said) - 30 and found.owner() in by_process, 30)
    owner = found.owner()
    host = by_process[owner]
    host.unplug(network)
    found.kills.append(found.line.now())
    cut = time.monotonic()
    found.write(20)
    await until(lambda: found.owner() not in (owner, 0), hold + 30)
    new = str(found.owner())
    await until(lambda: any(who == new and how == "sendMessage" for _, who, how in found.line.origins()), 20)
    took = time.monotonic() - cut
    host.plug_in(network)
    return took


def _places(found: Storm) -> dict[str, str | tuple[str, int]]:
    """Of the database and of the platform."""
    given = psycopg.conninfo.conninfo_to_dict(found.url)
    api = urlsplit(str(found.line.arguments()["api"]))
    assert api.hostname
    assert api.port
    port = given.get("port", 5432)
    host = str(given["host"])
    database = f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, int(port))
    return {"database": database, "platform": (api.hostname, api.port)}


async def _start(found: Storm, mother: Zygote, host: Host, ports: Mapping[str, int]) -> int:
    given: dict[str, Any] = {**found.line.arguments(), "port": found.line.port, "broken": "", "apart": True}
    given["url"] = psycopg.conninfo.make_conninfo(
        found.url, host=host.door("database"), port=ports["database"], tcp_user_timeout=2000
    )
    given["api"] = f"http://{host.door('platform')}:{ports['platform']}"
    return await mother.start(**given, hold=found.hold, rate=20.0, network=host.namespace, poll=POLL, silence=SILENCE)
