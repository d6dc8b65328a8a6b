"""What an asked service has in common: nothing comes in by itself, and the answer is what `send` returns."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from bot.core.capabilities import Capabilities
from bot.core.errors import NeverDeliverable
from bot.core.messages import Event
from bot.core.ports import Accept

LONGEST_ANSWER = 20_000
"""Characters of an answer; ten minutes of speech are about ten thousand."""
TRIES = 3
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_WHY: Mapping[int, str] = {
    401: "the service does not accept our key",
    403: "the service does not accept our key",
    404: "the service has no such address or model",
    413: "it is too long for the service",
    429: "the service has too much to do",
}

CAPABILITIES = Capabilities(text=100_000, buttons=100, caption=100_000, edits=False, rate=4.0, latency=1.0)


class Asked:
    """Who waits for an answer is a person: a few quick tries, then the truth."""

    capabilities = CAPABILITIES

    def __init__(self, *, account: str) -> None:
        self.account = account

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.account}>"

    def parse(self, raw: str) -> Sequence[Event]:
        return ()

    async def listen(self, accept: Accept) -> None:
        await asyncio.Event().wait()


class Wire:
    """An OpenAI-compatible address: JSON or a form in, JSON out."""

    def __init__(self, url: str, key: str, seconds: float, pause: float = 1.0) -> None:
        self._url, self._key, self._seconds, self._pause = url.rstrip("/"), key, seconds, pause
        self._opened: httpx.AsyncClient | None = None

    async def post(self, path: str, **body: Any) -> Mapping[str, Any]:
        """The answer's object; raises NeverDeliverable with a reason that a person can read."""
        why = ""
        for attempt in range(TRIES):
            if attempt:
                await asyncio.sleep(self._pause * attempt)
            try:
                response = await self._client.post(self._url + path, **body)
            except httpx.TimeoutException as error:
                raise NeverDeliverable("the service took too long") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                why = f"the service can't be reached ({type(error).__name__})"
                continue
            if response.is_success:
                return _object(response)
            why = _WHY.get(response.status_code, f"the service answered with status {response.status_code}")
            if response.status_code not in _PASSING:
                break
        raise NeverDeliverable(why)

    async def close(self) -> None:
        """Lets go of the connections; the next call opens them again."""
        client, self._opened = self._opened, None
        if client:
            await client.aclose()

    @property
    def _client(self) -> httpx.AsyncClient:
        """Opened when first used, inside the running loop."""
        if self._opened is None:
            headers = {"authorization": f"Bearer {self._key}"} if self._key else {}
            self._opened = httpx.AsyncClient(timeout=httpx.Timeout(self._seconds, connect=5.0), headers=headers)
        return self._opened


def _object(response: httpx.Response) -> Mapping[str, Any]:
    try:
        found = response.json()
    except ValueError as error:
        raise NeverDeliverable("the service's answer can't be read") from error
    if not isinstance(found, dict):
        raise NeverDeliverable("the service's answer can't be read")
    return found
