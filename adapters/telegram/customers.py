"""The customer bot's wire: aiogram as a client, without its dispatcher, routers and states."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile
from aiogram.utils.token import TokenValidationError
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponseError,
    ClientTimeout,
    ConnectionTimeoutError,
    InvalidURL,
)

from adapters.telegram.outcome import Lost, Refused, refusal
from adapters.telegram.wire import TelegramBot, Upload, Wire
from bot.core.errors import WrongCredentials

SECONDS = 20
UPLOAD_SECONDS = 60
POLL_SECONDS = 45

_NOT_SENT = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)


class CustomerBot(TelegramBot):
    """Rides on aiogram."""

    def _open(self, token: str, api_url: str) -> Wire:
        return AiogramWire(token, api_url)


class RawMethod(TelegramMethod[Any]):
    """Any call of the Bot API with any arguments; its result stays plain JSON."""

    __returning__ = Any


class Session(AiohttpSession):
    """The library's, but for how answers are read: it loses those that are not written as it expects."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 - as the library calls it
    ) -> Any:
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        form = self.build_form_data(bot=bot, method=method)
        patience = ClientTimeout(total=timeout or SECONDS)
        try:
            async with session.post(url, data=form, timeout=patience, allow_redirects=False) as response:
                body = await response.read()
        except (ClientError, TimeoutError) as error:
            raise Lost(sent=not isinstance(error, _NOT_SENT)) from None  # the address holds the token
        if refused := refusal(response.status, body, response.headers.get("Retry-After")):
            raise refused
        return json.loads(body).get("result")


class AiogramWire:
    """Sends and polls with raw JSON, so that no update is too new or too odd for the library."""

    def __init__(self, token: str, api_url: str) -> None:
        session = Session(api=TelegramAPIServer.from_base(api_url), timeout=SECONDS)
        try:
            self._bot = Bot(token, session=session)
        except TokenValidationError as error:
            raise WrongCredentials("that is no Telegram token") from error

    async def call(self, method: str, arguments: Mapping[str, Any], file: Upload | None = None) -> Any:
        sent = {file.field: BufferedInputFile(file.content, file.name)} if file else {}
        patience = POLL_SECONDS if method == "getUpdates" else UPLOAD_SECONDS if file else SECONDS
        return await self._bot(_method(method)(**arguments, **sent), request_timeout=patience)

    async def download(self, reference: str) -> bytes:
        found = await self.call("getFile", {"file_id": reference})
        try:
            content = await self._bot.download_file(found["file_path"])
        except ClientResponseError as error:
            if error.status == 404:
                raise Refused(400, "the file is gone") from None
            raise Lost(sent=True) from None
        except (ClientError, TimeoutError, KeyError, TypeError):
            raise Lost(sent=True) from None  # the address of a file holds the token
        return content.read() if content else b""

    async def close(self) -> None:
        await self._bot.session.close()


@cache
def _method(name: str) -> type[RawMethod]:
    return type(name, (RawMethod,), {"__api_method__": name, "__module__": __name__})
