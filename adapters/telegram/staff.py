"""The staff bot's wire: python-telegram-bot as a client, without its application, updater and dialogs."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from telegram import Bot, InputFile, TelegramObject
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from adapters.telegram.outcome import Lost, Refused
from adapters.telegram.wire import TelegramBot, Upload, Wire
from bot.core.errors import WrongCredentials

SECONDS = 20.0
UPLOAD_SECONDS = 60.0
POLL_SECONDS = 45.0

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)
_CODES: tuple[tuple[type[TelegramError], int], ...] = (
    (BadRequest, 400),
    (Forbidden, 403),
    (InvalidToken, 401),
    (Conflict, 409),
)
_REQUIRED: Mapping[str, Mapping[str, Any]] = {"setMyCommands": {"commands": ()}}
"""Parameters that the library's methods insist on, though `api_kwargs` carries the value."""


class StaffBot(TelegramBot):
    """Rides on python-telegram-bot."""

    def _open(self, token: str, api_url: str) -> Wire:
        return PythonTelegramBotWire(token, api_url)


class PythonTelegramBotWire:
    """Polls with raw JSON, so that no update is too new or too odd for the library; sends with its typed methods."""

    def __init__(self, token: str, api_url: str) -> None:
        os.environ["PTB_TIMEDELTA"] = "1"  # without it a 429 warns, and where warnings are errors it crashes
        _hush()
        straight = {"trust_env": False} if urlsplit(api_url).hostname in ("127.0.0.1", "localhost") else {}
        self._polls = HTTPXRequest(connection_pool_size=1, read_timeout=POLL_SECONDS, httpx_kwargs=straight)
        sends = HTTPXRequest(read_timeout=SECONDS, media_write_timeout=UPLOAD_SECONDS, httpx_kwargs=straight)
        try:
            self._bot = Bot(token, f"{api_url}/bot", f"{api_url}/file/bot", sends, self._polls)
        except InvalidToken as error:
            raise WrongCredentials("there is no token") from error

    async def call(self, method: str, arguments: Mapping[str, Any], file: Upload | None = None) -> Any:
        try:
            if method == "getUpdates":
                return await self._polls.post(f"{self._bot.base_url}/getUpdates?{_query(arguments)}")
            result = await _method(self._bot, method)(**_keywords(method, arguments, file))
        except TelegramError as error:
            raise _translated(error) from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Lost(sent=True) from error
        return result.to_dict() if isinstance(result, TelegramObject) else result

    async def download(self, reference: str) -> bytes:
        try:
            file = await self._bot.get_file(reference)
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
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


def _translated(error: TelegramError) -> Refused | Lost:
    if isinstance(error, RetryAfter):
        return Refused(429, "Too Many Requests", retry_after=_seconds(error.retry_after))
    if isinstance(error, ChatMigrated):
        return Refused(400, "group upgraded", moved_to=str(error.new_chat_id))
    for kind, code in _CODES:
        if isinstance(error, kind):
            return Refused(code, error.message)
    if isinstance(error, TimedOut) or isinstance(error.__cause__, (httpx.HTTPError, httpx.InvalidURL)):
        return Lost(sent=not isinstance(error.__cause__, _NOT_SENT))
    return Refused(500, error.message) if isinstance(error, NetworkError) else Lost(sent=True)


def _seconds(value: int | timedelta) -> float:
    return value.total_seconds() if isinstance(value, timedelta) else float(value)


def _hush() -> None:
    """httpx logs addresses, which hold the token; the library logs answers it can't read, which hold people's words."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
