"""One account of outgoing webhooks as an adapter; an address's `chat` is the id of an endpoint."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from time import time
from typing import TYPE_CHECKING

from adapters.webhook.guard import Forbidden, Guard, Lookup, lookup
from adapters.webhook.render import CAPABILITIES, render
from adapters.webhook.signing import headers
from bot.core.errors import DeliveryError, NeverDeliverable, TryLater, Unsure
from bot.core.messages import Address, Event, Outgoing
from bot.core.ports import Accept, Call

if TYPE_CHECKING:
    import httpx

SECONDS = 5.0
ADDRESSES = 3
LONGEST_WAIT = 3600.0
NEVER = frozenset({400, 413, 414, 415, 422})
"""The same body would be refused again."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a webhook goes, and the secret that its receiver knows."""

    url: str
    secret: str = field(repr=False)


Find = Callable[[str], Awaitable[Endpoint | None]]
"""The endpoint of an id; None when it was removed or switched off."""


class WebhookAdapter:
    """Only sends; nothing ever comes in this way."""

    name = "webhook"
    capabilities = CAPABILITIES

    def __init__(self, *, account: str, endpoints: Find, allowed: Sequence[str] = (), resolve: Lookup = lookup) -> None:
        self.account = account
        self._find = endpoints
        self._guard = Guard(allowed, resolve)
        self._opened: httpx.AsyncClient | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.account}>"

    def parse(self, raw: str) -> Sequence[Event]:
        return ()

    def render(self, to: Address, message: Outgoing) -> Sequence[Call]:
        return render(to, message)

    async def listen(self, accept: Accept) -> None:
        await asyncio.Event().wait()

    async def send(self, call: Call) -> str:
        endpoint = await self._find(str(call.arguments["endpoint"]))
        if endpoint is None:
            raise NeverDeliverable("the endpoint was removed", unreachable=True)
        id, body = str(call.arguments["id"]), json.dumps(call.arguments["body"]).encode()
        try:
            async with asyncio.timeout(SECONDS):
                response = await self._post(endpoint, id, body)
        except TimeoutError as error:
            raise Unsure("no answer in five seconds") from error
        if (refused := meaning(response)) is not None:
            raise refused
        return id

    async def close(self) -> None:
        """Lets go of the connections; the next call opens them again."""
        client, self._opened = self._opened, None
        if client:
            await client.aclose()

    async def _post(self, endpoint: Endpoint, id: str, body: bytes) -> httpx.Response:
        import httpx

        try:
            addresses = await self._guard.addresses(endpoint.url)
        except Forbidden as error:
            raise NeverDeliverable(str(error), unreachable=True) from error
        except (OSError, UnicodeError) as error:
            raise TryLater(30) from error
        signed = headers(endpoint.secret, id, int(time()), body)
        for address in addresses[:ADDRESSES]:
            try:
                return await self._post_to(address, httpx.URL(endpoint.url), signed, body)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
                continue
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Unsure(type(error).__name__) from error
        raise TryLater(5)

    async def _post_to(self, address: str, url: httpx.URL, signed: Mapping[str, str], body: bytes) -> httpx.Response:
        """To this very address, with the name where the receiver and its certificate expect it; no body is read."""
        import httpx

        given = {
            "host": url.netloc.decode("ascii"),
            "content-type": "application/json",
            "user-agent": "Rapport",
            **signed,
        }
        request = self._client.build_request(
            "POST",
            url.copy_with(host=address),
            content=body,
            headers=given,
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        request.extensions["timeout"] = httpx.Timeout(SECONDS, connect=SECONDS / 2).as_dict()
        response = await self._client.send(request, stream=True, follow_redirects=False)
        await response.aclose()
        return response

    @property
    def _client(self) -> httpx.AsyncClient:
        """Opened when first used, inside the running loop; without proxies, which would look names up themselves."""
        if self._opened is None:
            import httpx

            no_reuse = httpx.Limits(max_keepalive_connections=0)
            self._opened = httpx.AsyncClient(trust_env=False, follow_redirects=False, limits=no_reuse)
        return self._opened


def meaning(response: httpx.Response) -> DeliveryError | None:
    """None for "taken"; a receiver that is gone for good says 410."""
    status = response.status_code
    if 200 <= status < 300:
        return None
    if status == 410:
        return NeverDeliverable("the receiver is gone", unreachable=True)
    if 300 <= status < 400:
        return NeverDeliverable(f"status {status}: redirects are not followed")
    if status in NEVER:
        return NeverDeliverable(f"status {status}")
    wait = _seconds(response.headers.get("retry-after", ""))
    return TryLater(wait or 5.0, limited=status == 429)


def _seconds(value: str) -> float:
    """Retry-After is a number or a date; nobody keeps us waiting longer than an hour."""
    if value.isdecimal():
        return min(float(value[:9]), LONGEST_WAIT)
    try:
        return min(max(0.0, parsedate_to_datetime(value).timestamp() - time()), LONGEST_WAIT)
    except (ValueError, TypeError, OverflowError):
        return 0.0
