"""The Web API through slack_sdk's client, one for each workspace over one session; raises only `Refused` and `Lost`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    InvalidURL,
)
from slack_sdk.errors import SlackApiError, SlackClientError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.outcome import Lost, Refused

SECONDS = 20
CONNECT_SECONDS = 5
UPLOAD_SECONDS = 60
"""For a file, in either direction: a large one takes its time on a slow link."""
READS = frozenset({"users.info", "files.info", "conversations.info"})
"""Methods that want their arguments in the address."""

SAID_BY_STATUS = (400, 404, 413, 429)
"""Refusals that need no word of Slack's."""

_NOT_SENT = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)
_LOCAL = ("127.0.0.1", "localhost")


def quiet() -> logging.Logger:
    """The libraries' logger: below errors they log what people said."""
    logger = logging.getLogger("slack_sdk.rapport")
    logger.setLevel(logging.ERROR)
    return logger


class Web:
    """Everything we ask Slack for."""

    def __init__(self, api_url: str) -> None:
        self._api_url = api_url.rstrip("/") + "/"
        self.is_local = urlsplit(api_url).hostname in _LOCAL
        self._session: ClientSession | None = None

    def client(self, token: str = "") -> AsyncWebClient:
        """Without the library's own repetitions: whether to send again is the sender's to say."""
        client = AsyncWebClient(
            token=token or None,
            base_url=self._api_url,
            timeout=SECONDS,
            session=self._open(),
            retry_handlers=[],
            logger=quiet(),
        )
        client.proxy = None if self.is_local else client.proxy
        return client

    async def call(self, token: str, method: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The answer as plain JSON."""
        async with _translated():
            client = self.client(token)
            if method in READS:
                response = await client.api_call(method, http_verb="GET", params=dict(arguments))
            else:
                response = await client.api_call(method, json=dict(arguments))
            return _checked(response.data)

    async def exchange(self, id: str, secret: str, code: str, back: str) -> dict[str, Any]:
        """What an app gets for a code of OAuth."""
        async with _translated():
            given = {"client_id": id, "client_secret": secret, "code": code, "redirect_uri": back}
            response = await self.client().api_call("oauth.v2.access", data=given)
            return _checked(response.data)

    async def upload(self, token: str, arguments: Mapping[str, Any], *, name: str, content: bytes) -> dict[str, Any]:
        """A file into a channel, in Slack's three steps; before the last one nobody sees anything of it."""
        client = self.client(token)
        async with _translated(), asyncio.timeout(UPLOAD_SECONDS), ClientSession(timeout=_patient()) as session:
            client.session = session
            response = await client.files_upload_v2(
                file=content,
                filename=name,
                title=name,
                channel=arguments["channel"],
                thread_ts=arguments.get("thread_ts"),
            )
            return _checked(response.data)

    async def respond(self, url: str, message: Mapping[str, Any]) -> None:
        """To a response_url, where we are not in the channel or nobody else is to see it."""
        if not self._is_slacks(url, "hooks.slack.com"):
            raise Refused(400, "not a response_url of Slack")
        async with _translated(), self._open().post(url, json=dict(message), **self._way()) as response:
            await _expect(response)

    async def download(self, token: str, url: str, limit: int) -> bytes:
        """A private file; our token goes to Slack's own servers only."""
        if not self._is_slacks(url, "files.slack.com"):
            raise Refused(400, "not a file of Slack")
        headers = {"Authorization": f"Bearer {token}"}
        how = {**self._way(), "timeout": _patient()}
        async with _translated(), self._open().get(url, headers=headers, **how) as response:
            await _expect(response)
            return await _limited(response, limit)

    async def close(self) -> None:
        session, self._session = self._session, None
        if session:
            await session.close()

    def _open(self) -> ClientSession:
        """Opened when first used, inside the running loop."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(timeout=ClientTimeout(total=SECONDS, sock_connect=CONNECT_SECONDS))
        return self._session

    def _way(self) -> dict[str, Any]:
        return {"allow_redirects": False, "proxy": self.client().proxy}

    def _is_slacks(self, url: str, host: str) -> bool:
        parts, ours = urlsplit(url), urlsplit(self._api_url)
        return (parts.scheme, parts.hostname) == ("https", host) or (
            self.is_local and (parts.scheme, parts.netloc) == (ours.scheme, ours.netloc)
        )


def _patient() -> ClientTimeout:
    return ClientTimeout(total=UPLOAD_SECONDS, sock_connect=CONNECT_SECONDS)


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    """Errors of the libraries quote requests and answers, so they are not chained."""
    try:
        yield
    except SlackApiError as error:
        raise _refused(error) from None
    except SlackRequestError:
        raise Lost(sent=False) from None  # an upload's bytes were refused: the file was not shown to anybody
    except (ClientError, TimeoutError) as error:
        raise Lost(sent=not isinstance(error, _NOT_SENT)) from None
    except (SlackClientError, ValueError, TypeError, KeyError, AttributeError):
        raise Lost(sent=True) from None


def _refused(error: SlackApiError) -> Refused | Lost:
    response: Any = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    if not code and status not in SAID_BY_STATUS and status < 500:  # somebody's on the way: Slack writes what it means
        return Lost(sent=status < 300)
    return Refused(status, str(code or "http_error"), retry_after=_seconds(response.headers.get("Retry-After")))


def _checked(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError("no JSON object")
    return data


async def _expect(response: ClientResponse) -> None:
    if response.status != 200:
        raise Refused(response.status, "http_error", retry_after=_seconds(response.headers.get("Retry-After")))


async def _limited(response: ClientResponse, limit: int) -> bytes:
    """Slack sends people without rights to its sign-in page, as if it were the file."""
    if response.headers.get("X-Slack-Failure") or response.url.path.startswith("/signin"):
        raise Refused(403, "file_not_readable")
    content = bytearray()
    async for part in response.content.iter_chunked(65536):
        content += part
        if len(content) > limit:
            raise Refused(413, "file_too_large")
    return bytes(content)


def _seconds(value: str | None) -> float:
    try:
        return max(0.0, float(value or 0))
    except ValueError:
        return 0.0
