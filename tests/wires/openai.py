"""A local server that speaks the wire of OpenAI's speech-to-text and chat, and does as a test says."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, str]
"""Status and body."""


@dataclass
class Asked:
    """One request as it came in."""

    path: str
    key: str
    fields: dict[str, str] = field(default_factory=dict)
    file: tuple[str, str, bytes] = ("", "", b"")
    """Name, type and content."""
    body: dict[str, Any] = field(default_factory=dict)


@dataclass
class OpenAI:
    """What was asked, and the answers: to speech a text, to chat the content of its message."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    hears: Callable[[Asked], Answer] = lambda asked: (200, json.dumps({"text": ""}))
    says: Callable[[Asked], Answer] = lambda asked: (200, chat("{}"))


def heard(text: str) -> Callable[[Asked], Answer]:
    """An answer of the speech service."""
    return lambda asked: (200, json.dumps({"text": text}))


def chat(content: str) -> str:
    """An answer of the language model."""
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]})


@contextmanager
def serving() -> Iterator[OpenAI]:
    """The server on a port of its own."""
    fake = OpenAI("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = _asked(self)
            fake.asked.append(asked)
            status, body = (fake.hears if asked.path.endswith("/audio/transcriptions") else fake.says)(asked)
            content = body.encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _asked(handler: BaseHTTPRequestHandler) -> Asked:
    content = handler.rfile.read(int(handler.headers["content-length"]))
    asked = Asked(handler.path, handler.headers.get("authorization", ""))
    kind = handler.headers.get("content-type", "")
    if kind.startswith("application/json"):
        asked.body = json.loads(content)
        return asked
    form = BytesParser(policy=HTTP).parsebytes(b"content-type: " + kind.encode() + b"\r\n\r\n" + content)
    for part in form.iter_parts():  # type: ignore[attr-defined]
        _take(asked, part)
    return asked


def _take(asked: Asked, part: Message) -> None:
    name = str(part.get_param("name", header="content-disposition"))
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    if part.get_filename():
        asked.file = (str(part.get_filename()), part.get_content_type(), payload)
    else:
        asked.fields[name] = payload.decode()
