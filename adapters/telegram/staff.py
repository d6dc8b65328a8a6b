"""The staff bot's wire: python-telegram-bot as a client, without its application, updater and dialogs."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from telegram import Bot, InputFile
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram.outcome import Lost, Refused, refusal
from adapters.telegram.wire import TelegramBot, Upload, Wire
from bot.core.errors import WrongCredentials

SECONDS = 20.0
UPLOAD_SECONDS = 60.0
POLL_SECONDS = 45.0
"""How long an answer may take as a whole: the library counts only from one byte to the next."""

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)
_REQUIRED: Mapping[str, Mapping[str, Any]] = {"setMyCommands": {"commands": ()}}
"""Parameters that the library's methods insist on, though `api_kwargs` carries the value."""

_results: ContextVar[list[Any]] = ContextVar("results")
"""What Telegram answered to the call that is being made, whether the library can read it or not."""


class StaffBot(TelegramBot):
    """Rides on python-telegram-bot."""

    def _open(self, token: str, api_url: str) -> Wire:
        return PythonTelegramBotWire(token, api_url)


class PythonTelegramBotWire:
    """Polls with raw JSON, so that no update is too new or too odd for the library; sends with its typed methods."""

    def __init__(self, token: str, api_url: str) -> None:
        os.environ["PTB_TIMEDELTA"] = "1"  # without it a 429 warns, and where warnings are errors it crashes
        _hush()
        how: dict[str, Any] = {"event_hooks": {"response": [_checked]}}
        if urlsplit(api_url).hostname in ("127.0.0.1", "localhost"):
            how["trust_env"] = False
        self._polls = HTTPXRequest(connection_pool_size=1, read_timeout=POLL_SECONDS, httpx_kwargs=how)
        sends = HTTPXRequest(read_timeout=SECONDS, media_write_timeout=UPLOAD_SECONDS, httpx_kwargs=how)
        try:
            self._bot = Bot(token, f"{api_url}/bot", f"{api_url}/file/bot", sends, self._polls)
        except InvalidToken as error:
            raise WrongCredentials("there is no token") from error

    async def call(self, method: str, arguments: Mapping[str, Any], file: Upload | None = None) -> Any:
        patience = POLL_SECONDS if method == "getUpdates" else UPLOAD_SECONDS if file else SECONDS
        results: list[Any] = []
        _results.set(results)
        try:
            async with asyncio.timeout(patience):
                if method == "getUpdates":
                    await self._polls.post(f"{self._bot.base_url}/getUpdates?{_query(arguments)}")
                else:
                    await _method(self._bot, method)(**_keywords(method, arguments, file))
        except (TelegramError, KeyError, TypeError, ValueError, AttributeError, TimeoutError) as error:
            if not results:
                raise _translated(error) from error
        return results[0] if results else None

    async def download(self, reference: str) -> bytes:
        _results.set([])
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                file = await self._bot.get_file(reference)
                return bytes(await file.download_as_bytearray())
        except InvalidToken:  # the library's word for 404
            raise Refused(400, "the file is gone") from None
        except (TelegramError, KeyError, TypeError, TimeoutError) as error:
            raise _translated(error) from None  # the address of a file holds the token

    async def close(self) -> None:
        await self._polls.shutdown()
        await self._bot.request.shutdown()


def _method(bot: Bot, name: str) -> Any:
    return getattr(bot, re.sub(r"(?=[A-Z])", "_", name).lower())


def _keywords(method: str, arguments: Mapping[str, Any], file: Upload | None) -> dict[str, Any]:
    """Plain values by name, structures as the JSON they are: the library need not know their types."""
    plain = {name: value for name, value in arguments.items() if not isinstance(value, (dict, list))}
    structured = {name: value for name, value in arguments.items() if name not in plain}
    sent = {file.field: InputFile(file.content, filename=file.name)} if file else {}
    return {**_REQUIRED.get(method, {}), **plain, **sent, "api_kwargs": structured}


def _query(arguments: Mapping[str, Any]) -> str:
    kinds = "[" + ",".join(f'"{kind}"' for kind in arguments["allowed_updates"]) + "]"
    return urlencode({**arguments, "allowed_updates": kinds})


async def _checked(response: httpx.Response) -> None:
    """Before the library reads an answer: it takes HTTP's word before Telegram's. Files are fetched by GET."""
    if response.request.method != "POST":
        return
    body = await response.aread()
    if refused := refusal(response.status_code, body, response.headers.get("Retry-After")):
        raise refused
    response.status_code = httpx.codes.OK
    _results.get().append(json.loads(body).get("result"))


def _translated(error: Exception) -> Refused | Lost:
    cause = error.__cause__
    return cause if isinstance(cause, (Refused, Lost)) else Lost(sent=not isinstance(cause, _NOT_SENT))


def _hush() -> None:
    """httpx logs addresses, which hold the token; the library logs answers it can't read, which hold people's words."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
