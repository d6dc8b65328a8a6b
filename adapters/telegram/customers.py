"""The customer bot's wire: aiogram as a client, without its dispatcher, routers and states."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile
from aiogram.utils.token import TokenValidationError
from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError, InvalidURL

from adapters.telegram.outcome import Lost, Refused
from adapters.telegram.wire import TelegramBot, Upload, Wire
from bot.core.errors import WrongCredentials

SECONDS = 20
UPLOAD_SECONDS = 60
POLL_SECONDS = 45

_NOT_SENT = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)
_CODES: Mapping[type[TelegramAPIError], int] = {
    TelegramBadRequest: 400,
    TelegramUnauthorizedError: 401,
    TelegramForbiddenError: 403,
    TelegramNotFound: 404,
    TelegramConflictError: 409,
    TelegramEntityTooLarge: 413,
    TelegramServerError: 500,
}


class CustomerBot(TelegramBot):
    """Rides on aiogram."""

    def _open(self, token: str, api_url: str) -> Wire:
        return AiogramWire(token, api_url)


class RawMethod(TelegramMethod[Any]):
    """Any call of the Bot API with any arguments; its result stays plain JSON."""

    __returning__ = Any


class AiogramWire:
    """Sends and polls with raw JSON, so that no update is too new or too odd for the library."""

    def __init__(self, token: str, api_url: str) -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(api_url), timeout=SECONDS)
        try:
            self._bot = Bot(token, session=session)
        except TokenValidationError as error:
            raise WrongCredentials("that is no Telegram token") from error

    async def call(self, method: str, arguments: Mapping[str, Any], file: Upload | None = None) -> Any:
        sent = {file.field: BufferedInputFile(file.content, file.name)} if file else {}
        patience = POLL_SECONDS if method == "getUpdates" else UPLOAD_SECONDS if file else SECONDS
        try:
            return await self._bot(_method(method)(**arguments, **sent), request_timeout=patience)
        except TelegramAPIError as error:
            raise _translated(error) from error
        except (ClientDecodeError, TypeError):
            raise Lost(sent=True) from None  # such an error quotes the whole answer

    async def download(self, reference: str) -> bytes:
        found = await self.call("getFile", {"file_id": reference})
        try:
            content = await self._bot.download_file(found["file_path"])
        except (ClientError, TimeoutError):
            raise Lost(sent=True) from None  # the address of a file holds the token
        return content.read() if content else b""

    async def close(self) -> None:
        await self._bot.session.close()


@cache
def _method(name: str) -> type[RawMethod]:
    return type(name, (RawMethod,), {"__api_method__": name, "__module__": __name__})


def _translated(error: TelegramAPIError) -> Refused | Lost:
    if isinstance(error, TelegramRetryAfter):
        return Refused(429, "Too Many Requests", retry_after=float(error.retry_after))
    if isinstance(error, TelegramMigrateToChat):
        return Refused(400, "group upgraded", moved_to=str(error.migrate_to_chat_id))
    for kind, code in _CODES.items():
        if isinstance(error, kind):
            return Refused(code, error.message)
    if isinstance(error, TelegramNetworkError):
        return Lost(sent=not isinstance(error.__cause__, _NOT_SENT))
    return Refused(500, error.message)
