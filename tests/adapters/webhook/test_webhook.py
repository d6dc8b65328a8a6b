"""Outgoing webhooks against a receiver on loopback, which the operator has allowed."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import json
import ssl
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web

from adapters import build
from adapters.webhook.wire import Endpoint
from bot.core.errors import NeverDeliverable, TryLater, Unsure
from bot.core.messages import Address, Button, File, Outgoing
from bot.core.text import Run

SECRET = "whsec_" + base64.b64encode(b"a shared secret of 24 b.").decode()
LOOPBACK = ("127.0.0.0/8",)


class Receiver:
    """Another program; keeps what it gets and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status, self.headers = 200, dict[str, str]()
        self.wait = 0.0
        self.drops = False
        self.endless = False
        self.port = 0

    async def take(self, request: web.Request) -> web.StreamResponse:
        self.got.append((dict(request.headers), await request.read()))
        if self.drops:
            assert request.transport
            request.transport.abort()
        await asyncio.sleep(self.wait)
        if self.endless:
            return await self._endless(request)
        return web.Response(status=self.status, headers=self.headers, text="thanks")

    async def _endless(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        with suppress(ConnectionError):
            while True:
                await response.write(b"x" * 65536)
        return response

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, body in self.got]


class Names:
    """A resolver that answers what the test wants, and may change its mind."""

    def __init__(self) -> None:
        self.answers: list[Sequence[str]] = []
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        found = self.answers.pop(0) if self.answers else ("127.0.0.1",)
        if not found:
            raise OSError("no such name")
        return found


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    async with _running(made, None):
        yield made


class _running:
    def __init__(self, receiver: Receiver, tls: ssl.SSLContext | None) -> None:
        application = web.Application()
        application.router.add_post("/{path:.*}", receiver.take)
        self._receiver, self._tls = receiver, tls
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=self._tls).start()
        self._receiver.port = self._runner.addresses[0][1]

    async def __aexit__(self, *exception: object) -> None:
        await self._runner.cleanup()


@pytest.fixture
async def adapter(receiver: Receiver, names: Names) -> AsyncIterator[Any]:
    made = _made(f"http://hooks.example:{receiver.port}/in?a=1", names)
    yield made
    await made.close()


def _made(url: str, names: Names, allowed: Sequence[str] = LOOPBACK, secret: str = SECRET) -> Any:
    async def endpoints(id: str) -> Endpoint | None:
        return Endpoint(url, secret) if id == "7" else None

    return build("webhook", account="ours", endpoints=endpoints, allowed=allowed, resolve=names)


async def sent(adapter: Any, text: str = "hello", *, chat: str = "7", key: str = "upd-1", **more: Any) -> str:
    (call,) = adapter.render(Address("webhook", "ours", chat), Outgoing((Run(text),), key=key, **more))
    id: str = await adapter.send(call)
    return id


async def test_what_arrives_is_signed_as_the_standard_says(receiver: Receiver, adapter: Any) -> None:
    assert await sent(adapter) == "upd-1"

    ((headers, body),) = receiver.got
    stamp = headers["webhook-timestamp"]
    mac = hmac.new(b"a shared secret of 24 b.", f"upd-1.{stamp}.".encode() + body, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(mac).decode()
    assert abs(int(stamp) - time.time()) < 5
    assert (headers["webhook-id"], headers["Content-Type"]) == ("upd-1", "application/json")
    assert headers["Host"] == f"hooks.example:{receiver.port}"


async def test_facts_are_sent_as_they_stand_and_messages_described(receiver: Receiver, adapter: Any) -> None:
    await sent(adapter, '{"type": "ticket.solved", "data": {"id": 7}}')
    file = File("a.csv", "text/csv", hash="f00", size=3)
    await sent(adapter, "{no json", buttons=(Button("Open", url="https://crm.example.com/t/7"),), file=file, edits="m1")

    assert receiver.bodies == [
        {"type": "ticket.solved", "data": {"id": 7}},
        {
            "text": "{no json",
            "buttons": [{"label": "Open", "url": "https://crm.example.com/t/7"}],
            "file": {"name": "a.csv", "mime": "text/csv", "size": 3},
            "edits": "m1",
        },
    ]


async def test_every_attempt_has_the_same_id_and_body(receiver: Receiver, adapter: Any) -> None:
    receiver.status = 503
    with pytest.raises(TryLater):
        await sent(adapter, key="upd:slack:C1:1763.0001:1")
    receiver.status = 200
    await sent(adapter, key="upd:slack:C1:1763.0001:1")

    (first, body), (second, again) = receiver.got
    assert (first["webhook-id"], body) == (second["webhook-id"], again)
    assert "." not in first["webhook-id"]


@pytest.mark.parametrize("secret", ["plain words", "whsec_not base64!", "whsec_"])
async def test_any_secret_signs(receiver: Receiver, names: Names, secret: str) -> None:
    adapter = _made(f"http://hooks.example:{receiver.port}/", names, secret=secret)
    await sent(adapter)
    await adapter.close()

    assert receiver.got[0][0]["webhook-signature"].startswith("v1,")
    assert "plain words" not in repr(adapter)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
async def test_two_hundreds_are_sent(receiver: Receiver, adapter: Any, status: int) -> None:
    receiver.status = status

    assert await sent(adapter)


async def test_a_receiver_that_is_gone_is_unreachable(receiver: Receiver, adapter: Any) -> None:
    receiver.status = 410

    with pytest.raises(NeverDeliverable) as caught:
        await sent(adapter)
    assert caught.value.unreachable
    with pytest.raises(NeverDeliverable, match="removed"):
        await sent(adapter, chat="8")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_not_followed(receiver: Receiver, adapter: Any, status: int) -> None:
    receiver.status, receiver.headers = status, {"Location": f"http://127.0.0.1:{receiver.port}/inside"}

    with pytest.raises(NeverDeliverable, match="redirect"):
        await sent(adapter)
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    ("status", "after", "seconds", "limited"),
    [
        (429, "7", 7, True),
        (429, "", 5, True),
        (429, "999999", 3600, True),
        (503, "3", 3, False),
        (500, "soon", 5, False),
        (502, "", 5, False),
        (401, "", 5, False),
        (404, "", 5, False),
    ],
)
async def test_trouble_is_waited_out(
    receiver: Receiver, adapter: Any, status: int, after: str, seconds: float, limited: bool
) -> None:
    receiver.status, receiver.headers = status, {"Retry-After": after} if after else {}

    with pytest.raises(TryLater) as caught:
        await sent(adapter)
    assert (caught.value.seconds, caught.value.limited, caught.value.whole_account) == (seconds, limited, False)


async def test_a_date_to_come_back_at_is_understood(receiver: Receiver, adapter: Any) -> None:
    receiver.status, receiver.headers = 503, {"Retry-After": formatdate(time.time() + 60, usegmt=True)}

    with pytest.raises(TryLater) as caught:
        await sent(adapter)
    assert 55 <= caught.value.seconds <= 61


@pytest.mark.parametrize("status", [400, 413, 422])
async def test_a_body_that_is_refused_is_not_sent_again(receiver: Receiver, adapter: Any, status: int) -> None:
    receiver.status = status

    with pytest.raises(NeverDeliverable) as caught:
        await sent(adapter)
    assert not caught.value.unreachable


async def test_no_answer_in_time_or_a_broken_line_is_unknown(
    receiver: Receiver, adapter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.webhook.wire.SECONDS", 0.2)
    receiver.wait = 0.6
    with pytest.raises(Unsure):
        await sent(adapter)
    receiver.wait, receiver.drops = 0, True
    with pytest.raises(Unsure):
        await sent(adapter)


async def test_an_endless_answer_is_not_read(receiver: Receiver, adapter: Any) -> None:
    receiver.endless = True

    assert await asyncio.wait_for(sent(adapter), 3) == "upd-1"


async def test_without_a_connection_or_a_name_nothing_was_sent(names: Names) -> None:
    adapter = _made("http://hooks.example:9/", names)
    with pytest.raises(TryLater):
        await sent(adapter)
    names.answers = [()]
    with pytest.raises(TryLater):
        await sent(adapter)
    await adapter.close()


async def test_a_name_that_moves_inside_between_two_looks_gains_nothing(receiver: Receiver, names: Names) -> None:
    names.answers = [("93.184.216.34",), ("127.0.0.1",), ("127.0.0.1",)]
    adapter = _made(f"https://hooks.example:{receiver.port}/", names, allowed=())
    called: list[str] = []

    async def note(request: httpx.Request) -> httpx.Response:
        called.append(request.url.host)
        return httpx.Response(200)

    adapter._opened = httpx.AsyncClient(transport=httpx.MockTransport(note))
    await sent(adapter)
    with pytest.raises(NeverDeliverable, match="inside"):
        await sent(adapter)
    await adapter.close()

    assert (called, names.asked, receiver.got) == (["93.184.216.34"], ["hooks.example"] * 2, [])


async def test_another_address_is_tried_when_one_cannot_be_reached(receiver: Receiver, names: Names) -> None:
    names.answers = [("127.0.0.2", "127.0.0.1")]
    adapter = _made(f"http://hooks.example:{receiver.port}/", names)
    await sent(adapter)
    await adapter.close()

    assert len(receiver.got) == 1


@pytest.mark.parametrize(("named", "comes"), [("hooks.example", True), ("other.example", False)])
async def test_the_certificate_must_be_the_names_though_an_address_is_called(
    names: Names, tmp_path: Path, named: str, comes: bool
) -> None:
    certificate = _certificate(tmp_path, named)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(certificate)
    receiver = Receiver()
    async with _running(receiver, server):
        adapter = _made(f"https://hooks.example:{receiver.port}/", names)
        trusting = ssl.create_default_context(cafile=str(certificate))
        adapter._opened = httpx.AsyncClient(verify=trusting, trust_env=False)
        if comes:
            await sent(adapter)
        else:
            with pytest.raises(TryLater):
                await sent(adapter)
        await adapter.close()

    assert len(receiver.got) == comes


def _certificate(folder: Path, name: str) -> Path:
    """A self-signed one, with its key in the same file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    names = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("192.0.2.1"))]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
