"""A server that answers as it is told, byte for byte: also as no decent one would."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Scripted:
    """`answers` are used up in order, the last one stays; each is a whole response, or what makes one."""

    url: str = ""
    answers: list[bytes] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Method and address of every request."""
    drips: float = 0.0
    """Seconds between single bytes of an answer."""
    closes: bool = False
    """The connection is closed after every answer, without having said so."""
    on: Callable[[str], bytes | None] = lambda line: None
    """What certain requests are answered, before the script is."""

    def says(self, *answers: bytes) -> None:
        self.answers[:] = answers

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := (await reader.readline()).decode().strip():
                self.asked.append(line.removesuffix(" HTTP/1.1"))
                length = 0
                while header := (await reader.readline()).decode().strip().lower():
                    length = int(header.removeprefix("content-length:")) if "content-length:" in header else length
                    if header == "transfer-encoding: chunked":
                        await reader.readuntil(b"\r\n0\r\n\r\n")
                await reader.readexactly(length)
                answer = self.on(line) or (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])
                for piece in (bytes([byte]) for byte in answer) if self.drips else [answer]:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(self.drips)
                if self.closes or not any(name in answer.lower() for name in (b"content-length", b"chunked")):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def scripted() -> AsyncIterator[Scripted]:
    """On a free port."""
    made = Scripted()
    server = await asyncio.start_server(made._serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield made
    server.close()


def page(status: int, **headers: str) -> bytes:
    """What something on the way says, in its own words."""
    return answer(status, b"<html><h1>so it is</h1></html>", kind="text/html", **headers)


def told(status: int, **fields: Any) -> bytes:
    """JSON."""
    return answer(status, json.dumps(fields).encode())


def answer(status: int, body: bytes, *, kind: str = "application/json", **headers: str) -> bytes:
    """A response as it should be, with these headers besides."""
    more = {"content-type": kind, "content-length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in more.items())
    return f"HTTP/1.1 {status} So\r\n{lines}\r\n".encode() + body
