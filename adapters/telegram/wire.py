"""One Telegram bot as an adapter; the library underneath is a `Wire`, and only that differs between our two bots."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from adapters.telegram.outcome import Lost, Refused, address_of, is_done, meaning
from adapters.telegram.parse import Me, parse
from adapters.telegram.polling import Poller, identity
from adapters.telegram.render import CAPABILITIES, NOTHING, field_of, render, render_menu, render_own_menu
from adapters.telegram.webhook import Webhook
from bot.core.errors import NeverDeliverable, Unsure
from bot.core.messages import Address, Event, File, Outgoing
from bot.core.ports import ASGI, Accept, Call, Files

UPLOAD_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file's content on its way out, and the argument it fills."""

    field: str
    name: str
    content: bytes


class Wire(Protocol):
    """The Bot API through one library; both methods raise only `Refused` and `Lost`."""

    async def call(self, method: str, arguments: Mapping[str, Any], file: Upload | None = None) -> Any:
        """The result as plain JSON."""

    async def download(self, reference: str) -> bytes:
        """A file's content, by its file_id."""

    async def close(self) -> None:
        """Lets go of the connections."""


class TelegramBot(ABC):
    """What both bots share; `webhook_secret` makes Telegram call us instead of being polled."""

    name = "telegram"
    capabilities = CAPABILITIES

    def __init__(
        self,
        *,
        token: str,
        account: str,
        files: Files,
        api_url: str = "https://api.telegram.org",
        webhook_secret: str = "",
        first_pause: float = 1.0,
    ) -> None:
        self.account = account
        self.path = f"/hooks/telegram/{account.removeprefix('telegram-')}"
        self.me = Me(token.partition(":")[0])
        self._token = token
        self._files = files
        self._api_url = api_url.rstrip("/")
        self.secret = webhook_secret
        self._first_pause = first_pause
        self._opened: Wire | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.account}>"

    @abstractmethod
    def _open(self, token: str, api_url: str) -> Wire:
        """The library's client; raises WrongCredentials for what can't be a token."""

    @property
    def _wire(self) -> Wire:
        """Opened when first used, inside the running loop."""
        if self._opened is None:
            self._opened = self._open(self._token, self._api_url)
        return self._opened

    def parse(self, raw: str) -> Sequence[Event]:
        return parse(raw, account=self.account, me=self.me)

    def render(self, to: Address, message: Outgoing) -> Sequence[Call]:
        return render(to, message)

    async def who(self) -> Me:
        """Asked until Telegram says it; raises WrongCredentials when it does not know the token."""
        self.me = await identity(self._wire, self._first_pause)
        return self.me

    async def listen(self, accept: Accept) -> None:
        await self.who()
        if self.secret:
            await asyncio.Event().wait()
        await Poller(self._wire, self.account, accept, self._first_pause).run()

    def mount(self, accept: Accept) -> ASGI:
        return Webhook(self.account, self.secret, accept)

    async def send(self, call: Call) -> str:
        where = address_of(self.account, call.arguments)
        try:
            if call.method == "fetch":
                return await self._fetch(call.file)
            result = await self._wire.call(call.method, call.arguments, await self._upload(call))
        except Refused as refused:
            if call.method == "deleteMessage" and refused.says("can't be deleted"):
                return await self.send(_emptied(call))
            if not is_done(refused):
                raise meaning(refused, call.method, where) from refused
            result = True
        except Lost as lost:
            raise meaning(lost, call.method, where) from lost
        return _message_id(result, call)

    async def greet(self, menu: Mapping[tuple[str, str], Mapping[str, str]]) -> None:
        """Sets the command menu, by language and scope; raises what `send` raises."""
        for call in render_menu(menu):
            await self.send(call)

    async def greet_in(self, chat: str, commands: Mapping[str, str]) -> None:
        """The command menu of one chat; without commands it shows everybody's again. Raises what `send` raises."""
        await self.send(render_own_menu(chat, commands))

    async def close(self) -> None:
        """Lets go of the connections; the next call opens them again."""
        wire, self._opened = self._opened, None
        if wire:
            await wire.close()

    async def _upload(self, call: Call) -> Upload | None:
        if not call.file:
            return None
        try:
            content = await asyncio.to_thread(self._files.read, call.file.hash)
        except FileNotFoundError as missing:
            raise NeverDeliverable(f"the file {call.file.name} is gone") from missing
        if len(content) > UPLOAD_BYTES:
            raise NeverDeliverable(f"the file {call.file.name} is larger than Telegram takes (50 MB)")
        return Upload(field_of(call.method), call.file.name, content)

    async def _fetch(self, file: File | None) -> str:
        if not file or not file.ref:
            raise NeverDeliverable("there is no file to fetch")
        too_big = f"the file {file.name} is larger than Telegram lets bots read (20 MB)"
        if file.size > DOWNLOAD_BYTES:
            raise NeverDeliverable(too_big)
        try:
            content = await self._wire.download(file.ref)
        except Refused as refused:
            if refused.says("file is too big"):
                raise NeverDeliverable(too_big) from refused
            raise meaning(refused, "getFile", Address(self.name, self.account, "")) from refused
        return await asyncio.to_thread(self._files.keep, content)


def _emptied(call: Call) -> Call:
    """After two days Telegram deletes no message any more; without text and buttons it is nearly gone."""
    return Call("editMessageText", {**call.arguments, "text": NOTHING})


def _message_id(result: Any, call: Call) -> str:
    if isinstance(result, Mapping):
        if "message_id" not in result:
            raise Unsure("Telegram's answer has no message id")
        return str(result["message_id"])
    return str(call.arguments.get("message_id", ""))
