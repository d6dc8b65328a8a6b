"""One Slack app as an adapter: by HTTP, or by Socket Mode when it has an app token."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

from adapters.slack import bolt, socket
from adapters.slack.directory import Directory
from adapters.slack.door import Door
from adapters.slack.incoming import Json, Workspace
from adapters.slack.outcome import CREDENTIALS, NOT_CHANGEABLE, NOT_HERE, Lost, Refused, is_done, meaning
from adapters.slack.parse import parse
from adapters.slack.receiving import ASK_SECONDS, Receiver
from adapters.slack.render import CAPABILITIES, render
from adapters.slack.response_urls import ResponseUrls
from adapters.slack.web import Web
from bot.core.errors import DeliveryError, Moved, NeverDeliverable, Unsure
from bot.core.messages import Address, Event, File, Outgoing
from bot.core.ports import ASGI, Accept, Call, Files

UPLOAD_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
ASK_AGAIN = 60.0
"""Seconds until Slack, which did not say who we are, is asked again."""
PLACES = ("channel", "user_id", "unfurl_id", "file")
"""Arguments that may name another workspace in front: "T2/C1"."""

logger = logging.getLogger(__name__)


class SlackAdapter:
    """`workspaces` (team id → installation) serves several teams; the one of `bot_token` keeps its bare ids."""

    name = "slack"
    capabilities = CAPABILITIES

    def __init__(
        self,
        *,
        account: str,
        bot_token: str,
        signing_secret: str,
        files: Files,
        app_token: str = "",
        api_url: str = "https://slack.com/api/",
        workspaces: Mapping[str, Workspace] | None = None,
        path: str = "/hooks/slack",
        ping_seconds: float = 10.0,
    ) -> None:
        self.account = account
        self.path = path
        self._workspaces = dict(workspaces or {"": Workspace(bot_token)})
        self._home = next((team for team, found in self._workspaces.items() if found.token == bot_token), "")
        self._secret = signing_secret
        self._app_token = app_token
        self._files = files
        self._ping_seconds = ping_seconds
        self._urls = ResponseUrls()
        self._web = Web(api_url)
        self._directory = Directory(self._web)
        self._receivers: list[Receiver] = []
        self._asking = asyncio.Lock()
        self._ask_again = 0.0
        self._inlet: Receiver | None = None
        self.ended: Callable[[], Awaitable[None]] | None = None
        """Told when somebody has taken the app away."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.account}>"

    def parse(self, raw: str) -> Sequence[Event]:
        return parse(raw, account=self.account, workspaces=self._workspaces, home=self._home)

    def render(self, to: Address, message: Outgoing) -> Sequence[Call]:
        return render(to, message)

    async def listen(self, accept: Accept) -> None:
        """Learns who we are; then waits beside the mounted door, or runs the socket."""
        await self._introduce()
        if not self._app_token:
            await asyncio.Event().wait()
        receiver = self._receiver(accept)
        made = bolt.app(self._web, receiver.find, receiver.take)
        try:
            await socket.run(made, self._web, self._app_token, self._ping_seconds)
        except (Refused, Lost) as error:
            raise meaning(error, "apps.connections.open") from error

    def mount(self, accept: Accept) -> ASGI:
        receiver = self._receiver(accept)
        made: list[Any] = []

        async def dispatch(body: str, kind: str) -> tuple[int, str, str]:
            if not made:  # inside the running loop, which the client's session belongs to
                made.append(bolt.app(self._web, receiver.find, receiver.take))
            await self._known()
            return await bolt.dispatched(made[0], body, kind)

        return Door(self._secret, dispatch)

    async def receive(self, payload: Json, accept: Accept) -> tuple[int, dict[str, Any]]:
        """What came in by a door that is not ours alone; status and JSON of the response."""
        self._inlet = self._inlet or self._receiver(accept)
        await self._known()
        return await self._inlet.take(payload)

    @property
    def workspace(self) -> Workspace:
        """The installation of the one token that we were given."""
        return self._workspaces[self._home]

    @property
    def team(self) -> str:
        """Whose workspace that is, as far as Slack has said."""
        return self.workspace.team

    async def send(self, call: Call) -> str:
        team, arguments = _routed(call.arguments)
        try:
            if call.method == "fetch":
                return await self._fetch(call.file)
            token = self._workspace(team).token
            await self._settled(token, team, arguments)
            if call.method == "files.upload":
                return await self._upload(token, arguments, call.file)
            result = await self._web.call(token, call.method, arguments)
        except Refused as refused:
            if await self._answered_beside(call.method, arguments, refused) or is_done(refused, call.method):
                return str(arguments.get("ts", ""))
            raise meaning(refused, call.method, alone=len(self._workspaces) == 1) from refused
        except Lost as lost:
            raise meaning(lost, call.method) from lost
        return _message_id(call.method, result)

    async def close(self) -> None:
        """Lets go of the connections; the next call opens them again."""
        for receiver in self._receivers:
            await receiver.close()
        await self._web.close()

    def _receiver(self, accept: Accept) -> Receiver:
        made = Receiver(self._web, self.account, self._workspaces, self._urls, self._directory, accept, self._is_over)
        self._receivers.append(made)
        return made

    async def _known(self) -> None:
        """Also a process that does not listen must know whose payloads are ours."""
        async with self._asking:
            if all(found.team for found in self._workspaces.values()) or monotonic() < self._ask_again:
                return
            self._ask_again = monotonic() + ASK_AGAIN
            with suppress(DeliveryError, TimeoutError):
                async with asyncio.timeout(ASK_SECONDS):
                    await self._introduce()

    async def _introduce(self) -> None:
        """Wrong credentials show at once; without an answer we start anyway, events say who we are."""
        alone = len(self._workspaces) == 1
        for team, found in list(self._workspaces.items()):
            try:
                me = await self._web.call(found.token, "auth.test", {})
                whole = me.get("enterprise_id") if me.get("is_enterprise_install") else ""
                known = (str(me.get("user_id") or ""), str(me.get("team_id") or ""), str(whole or ""))
                self._workspaces[team] = Workspace(found.token, *known)
            except (Refused, Lost) as error:
                if alone and isinstance(error, Refused):
                    raise meaning(error, "auth.test") from error
                logger.warning("auth.test failed: %s", error, extra={"action": "identity_unknown", "team": team})

    async def _is_over(self) -> bool:
        """Such news may be older than a new installation, so Slack is asked what our token is worth."""
        try:
            async with asyncio.timeout(ASK_SECONDS):
                await self._web.call(self.workspace.token, "auth.test", {})
        except Refused as refused:
            if refused.error not in CREDENTIALS:
                return False
            if self.ended and len(self._workspaces) == 1:
                await self.ended()
        except (Lost, TimeoutError):
            return False
        return True

    def _workspace(self, team: str) -> Workspace:
        found = self._workspaces.get(team or self._home) or self._workspaces.get("")
        if found is None:
            raise NeverDeliverable(f"there is no installation in the workspace {team}", unreachable=True)
        return found

    async def _settled(self, token: str, team: str, arguments: Mapping[str, Any]) -> None:
        """A person is written to in the chat that they answer from, so that there is one conversation."""
        user = str(arguments.get("channel", ""))
        if user[:1] not in ("U", "W"):
            return
        opened = await self._web.call(token, "conversations.open", {"users": user})
        chat = f"{team}/{opened['channel']['id']}" if team else str(opened["channel"]["id"])
        raise Moved(Address(self.name, self.account, chat, str(arguments.get("thread_ts", ""))))

    async def _answered_beside(self, method: str, arguments: Mapping[str, Any], refused: Refused) -> bool:
        """Through the response_url of a command or press, where a call is refused because we are not there."""
        channel, message = str(arguments.get("channel", "")), str(arguments.get("ts", ""))
        if refused.error not in (NOT_CHANGEABLE | NOT_HERE if message else NOT_HERE):
            return False
        url = self._urls.take(channel, message)
        if not url or method not in ("chat.postMessage", "chat.update", "chat.delete"):
            return False
        content = {name: arguments[name] for name in ("text", "blocks") if name in arguments}
        how = {"delete_original": True} if method == "chat.delete" else {"replace_original": bool(message)}
        try:
            await self._web.respond(url, {"response_type": "ephemeral", **content, **how})
        except (Refused, Lost):
            return False
        return True

    async def _upload(self, token: str, arguments: Mapping[str, Any], file: File | None) -> str:
        if file is None:
            raise NeverDeliverable("there is no file to send")
        try:
            content = await asyncio.to_thread(self._files.read, file.hash)
        except FileNotFoundError as missing:
            raise NeverDeliverable(f"the file {file.name} is gone") from missing
        if not content:
            raise NeverDeliverable(f"the file {file.name} is empty")
        if len(content) > UPLOAD_BYTES:
            raise NeverDeliverable(f"the file {file.name} is larger than 50 MB")
        result = await self._web.upload(token, arguments, name=file.name, content=content)
        return str(result["files"][0]["id"])

    async def _fetch(self, file: File | None) -> str:
        if not file or not file.ref:
            raise NeverDeliverable("there is no file to fetch")
        if file.size > DOWNLOAD_BYTES:
            raise NeverDeliverable(f"the file {file.name} is larger than 20 MB")
        team, _, id = file.ref.rpartition("/")
        token = self._workspace(team).token
        found = (await self._web.call(token, "files.info", {"file": id}))["file"]
        url = found.get("url_private_download") or found.get("url_private") or ""
        content = await self._web.download(token, url, DOWNLOAD_BYTES)
        return await asyncio.to_thread(self._files.keep, content)


def _routed(arguments: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The team that an id names in front, and the arguments as Slack knows them."""
    team, plain = "", dict(arguments)
    for name in PLACES:
        if "/" in str(plain.get(name, "")):
            team, _, plain[name] = str(plain[name]).rpartition("/")
    return team, plain


def _message_id(method: str, result: Mapping[str, Any]) -> str:
    if method == "views.publish":
        return str(result.get("view", {}).get("id", ""))
    if method == "chat.postMessage" and "ts" not in result:
        raise Unsure("Slack's answer has no message id")
    return str(result.get("ts", ""))
