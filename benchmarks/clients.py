"""Clients of a webhook in a process of their own: each keeps a connection and posts one update after the other.

A line of JSON comes in (port, path, headers, bodies, clients, rate) and one goes out (seconds, p99 in milliseconds).
With a rate, posts are spread over time and how late an answer was counts from when its post was due.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Load:
    """What the clients do."""

    port: int
    path: str
    headers: Mapping[str, str]
    bodies: Sequence[str]
    clients: int = 32
    rate: float = 0.0


async def posted(load: Load) -> tuple[float, float]:
    """(seconds, p99 in milliseconds), measured by another process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.clients", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate(json.dumps(asdict(load)).encode())
    seconds, p99 = json.loads(out)
    return float(seconds), float(p99)


async def _all(load: Load) -> tuple[float, float]:
    heads = "".join(f"{name}: {value}\r\n" for name, value in load.headers.items())
    requests = [_request(load.path, heads, body) for body in load.bodies]
    began, late = time.perf_counter(), list[float]()

    async def client(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
        for turn in range(number, len(requests), load.clients):
            due = began + turn / load.rate if load.rate else time.perf_counter()
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            writer.write(requests[turn])
            await _answer(reader)
            late.append(time.perf_counter() - due)
        writer.close()

    await asyncio.gather(*(client(number) for number in range(load.clients)))
    return time.perf_counter() - began, 1000 * sorted(late)[int(len(late) * 0.99)]


def _request(path: str, heads: str, body: str) -> bytes:
    content = body.encode()
    head = f"POST {path} HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n{heads}"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content


async def _answer(reader: asyncio.StreamReader) -> None:
    """Only 200 will do."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    assert " 200 " in head.partition("\r\n")[0], head
    lengths = [line for line in head.split("\r\n") if line.startswith("content-length:")]
    await reader.readexactly(int(lengths[0].partition(":")[2]) if lengths else 0)


def main() -> None:
    given: dict[str, Any] = json.loads(sys.stdin.read())
    print(json.dumps(asyncio.run(_all(Load(**given)))))


if __name__ == "__main__":
    main()
