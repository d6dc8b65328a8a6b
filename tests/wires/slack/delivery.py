"""How Slack hands things to the app: signed, over HTTP or a socket, and again until it hears 2xx in three seconds."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.wires.slack.world import Json

ANSWER_SECONDS = 3.0
RETRIES = (0.05, 0.2, 0.5)
"""Really at once, after one minute and after five."""
KINDS = {"event": "events_api", "interaction": "interactive", "command": "slash_commands"}


@dataclass(eq=False)
class Delivery:
    """One event, interaction or command, and what became of it."""

    kind: str
    payload: Json
    statuses: list[int] = field(default_factory=list)
    """Of each attempt; 0 for none within three seconds."""
    response: Any = None
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def errors(self) -> dict[str, str]:
        """What the app said about the fields of a form."""
        return dict(self.response.get("errors", {})) if isinstance(self.response, dict) else {}

    async def ended(self, seconds: float = 10.0) -> int:
        """The last attempt's status, once there will be no other."""
        await asyncio.wait_for(self.over.wait(), seconds)
        return self.statuses[-1]


def signed(secret: str, body: bytes, at: float) -> dict[str, str]:
    """Slack's headers."""
    stamp = str(int(at))
    mac = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac}"}


def body_of(delivery: Delivery) -> tuple[bytes, str]:
    """Events are JSON, interactions JSON in a form, commands a form."""
    if delivery.kind == "event":
        return json.dumps(delivery.payload).encode(), "application/json"
    fields = delivery.payload if delivery.kind == "command" else {"payload": json.dumps(delivery.payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


@dataclass
class Line:
    """A WebSocket of Socket Mode."""

    socket: web.WebSocketResponse


class Deliverer:
    """Takes what happened to the app; sockets are used as soon as one was opened."""

    def __init__(self, secret: str, clock: Callable[[], float]) -> None:
        self.secret = secret
        self.request_url = ""
        self.lines: list[Line] = []
        self.waiting: dict[str, asyncio.Future[Any]] = {}
        """Envelope → its acknowledgement."""
        self.by_socket = False
        self.log: list[Delivery] = []
        self.retries = RETRIES
        self.answer_seconds = ANSWER_SECONDS
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def send(self, delivery: Delivery, answered: Callable[[Delivery], None]) -> Delivery:
        """Begins; only events come again."""
        self.log.append(delivery)
        task = asyncio.create_task(self._deliver(delivery, answered))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return delivery

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for line in self.lines:
            await line.socket.close()
        if self._session:
            await self._session.close()

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """One request to the app, as given: also for those who are not Slack."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        timeout = aiohttp.ClientTimeout(total=self.answer_seconds)
        async with self._session.post(self.request_url, data=body, headers=dict(headers), timeout=timeout) as response:
            return response.status, await response.text()

    async def _deliver(self, delivery: Delivery, answered: Callable[[Delivery], None]) -> None:
        reason = ""
        for number, wait in enumerate((0.0, *(self.retries if delivery.kind == "event" else ()))):
            await asyncio.sleep(wait)
            status, reason = await self._attempt(delivery, number, reason)
            delivery.statuses.append(status)
            if 200 <= status < 300:
                answered(delivery)
                break
        delivery.over.set()

    async def _attempt(self, delivery: Delivery, number: int, reason: str) -> tuple[int, str]:
        try:
            if self.by_socket or not self.request_url:
                return await self._over_socket(delivery, number, reason)
            return await self._over_http(delivery, number, reason)
        except TimeoutError:
            return 0, "http_timeout"
        except (aiohttp.ClientError, ConnectionError):
            return 0, "connection_failed"

    async def _over_http(self, delivery: Delivery, number: int, reason: str) -> tuple[int, str]:
        body, kind = body_of(delivery)
        retry = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason} if number else {}
        headers = {"Content-Type": kind, **signed(self.secret, body, self._clock()), **retry}
        status, text = await self.post(body, headers)
        if 200 <= status < 300 and text:
            delivery.response = json.loads(text) if text.startswith("{") else text
        return status, "http_error"

    async def _over_socket(self, delivery: Delivery, number: int, reason: str) -> tuple[int, str]:
        """Any of the connections gets it, also one that is just being opened; the answer may come on another."""
        async with asyncio.timeout(self.answer_seconds):
            while not self.lines:  # noqa: ASYNC110 - the app connects when it likes
                await asyncio.sleep(0.005)
        line, id = random.choice(self.lines), f"env-{id_of(delivery)}-{number}"
        envelope = {"envelope_id": id, "type": KINDS[delivery.kind], "payload": delivery.payload}
        envelope["accepts_response_payload"] = delivery.kind != "event"
        if delivery.kind == "event":
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        acknowledged = self.waiting[id] = asyncio.get_running_loop().create_future()
        await line.socket.send_json(envelope)
        answer = await asyncio.wait_for(acknowledged, self.answer_seconds)
        delivery.response = answer
        return 200, ""


def id_of(delivery: Delivery) -> str:
    payload = delivery.payload
    return str(payload.get("event_id") or payload.get("trigger_id") or id(delivery))
