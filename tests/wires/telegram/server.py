"""The fake's HTTP side: the Bot API on loopback, its files, and its faults."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.wires.faults import Fault, Faults, Faulty, broken
from tests.wires.telegram.control import control_routes
from tests.wires.telegram.delivery import Deliveries
from tests.wires.telegram.methods import FILE_FIELDS, Methods
from tests.wires.telegram.people import Group, Person
from tests.wires.telegram.rules import NUMBERS, STRUCTURED, check
from tests.wires.telegram.world import Accepted, Account, ApiError, Chat, Json, Seen, World

UNLIMITED = {"getMe", "getUpdates", "getFile", "answerCallbackQuery", "setMyCommands", "deleteWebhook"}
UPLOAD_BYTES = 60 * 1024 * 1024


class TelegramWire(Faulty):
    """The platform: bots and people in it, the script of its failures, and what it has accepted."""

    def __init__(self, port: int = 0) -> None:
        self.world = World()
        self.faults = Faults()
        self.requests: list[tuple[float, str, str, str]] = []
        """Every request: when, bot, method, chat; also those that were refused."""
        self.origins: list[tuple[float, str, str]] = []
        """When, who, method, of requests under /by/WHO, where a test wants to tell its processes apart."""
        self.unauthorised = 0
        """Requests with a token that is worth nothing."""
        self.refusals: list[tuple[str, ApiError]] = []
        """Method and reason, of calls that were against the rules."""
        self.god = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
        self._methods = Methods(self.world)
        self._people: dict[str, Person] = {}
        self._port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> TelegramWire:
        application = web.Application(client_max_size=UPLOAD_BYTES)
        application.router.add_route("*", "/bot{token:[^/]+}/{method}", self._api)
        application.router.add_route("*", "/by/{who}/bot{token:[^/]+}/{method}", self._api)
        application.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._file)
        application.add_routes(control_routes(self))
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *exception: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The adapters' `api_url`."""
        return f"http://127.0.0.1:{self._port}"

    # People and places.

    def bot(self, name: str, token: str = "", *, username: str = "", reads_all: bool = False) -> Account:
        """A bot account; its token is made up unless given."""
        token = token or f"{7_000_000_000 + len(self.world.accounts)}:fake-token-of-{len(self.world.accounts)}"
        made = Account(token, name, username or f"{name.replace(' ', '_')}_bot".lower(), reads_all)
        return self.world.accounts.setdefault(token, made)

    def account(self, name: str) -> Account:
        return next(account for account in self.world.accounts.values() if account.name == name)

    def user(self, name: str, *, language: str = "en", phone: str = "", username: str = "", id: int = 0) -> Person:
        """The person of that name, made when first mentioned."""
        if name not in self._people:
            first, _, last = name.partition(" ")
            user = {"id": id or 100_001 + len(self._people), "is_bot": False, "first_name": first}
            user |= {"language_code": language, **({"last_name": last} if last else {})}
            self._people[name] = Person(self, user | ({"username": username} if username else {}), phone)
        return self._people[name]

    def group(
        self, title: str, members: Sequence[Person | str], *, forum: bool = False, kind: str = "supergroup"
    ) -> Group:
        """A group; people are in it from the start, bots are then added, which they hear."""
        chat = self.new_group(title, kind)
        chat.is_forum = forum
        chat.people = {member.id: member.user for member in members if isinstance(member, Person)}
        group = Group(self, chat)
        for member in members:
            if isinstance(member, str):
                group.add(member)
        return group

    def new_group(self, title: str, kind: str) -> Chat:
        number = len(self.world.groups) + 1
        chat = Chat(-(1_000_000_000_000 + number) if kind == "supergroup" else -(4_000 + number), kind, title)
        self.world.groups[chat.id] = chat
        return chat

    def private(self, person: Person, bot: str) -> Chat:
        key = (self.account(bot).token, person.id)
        if key not in self.world.private:
            self.world.private[key] = Chat(person.id, "private", person=person.user)
        return self.world.private[key]

    def chats_of(self, person: Person) -> list[Chat]:
        own = [chat for (_, number), chat in self.world.private.items() if number == person.id]
        return own + [chat for chat in self.world.groups.values() if person.id in chat.people]

    async def seen(self, where: Group | Person, bot: str = "") -> list[Seen]:
        """What a chat shows now: of a group, or of a person's chat with a bot."""
        await asyncio.sleep(0)
        return where.chat.visible() if isinstance(where, Group) else self.private(where, bot).visible()

    @asynccontextmanager
    async def delivers(self, public: str, to: str) -> AsyncIterator[Deliveries]:
        """While inside, bots whose webhook is set under `public` get their updates posted under `to`."""
        deliveries = Deliveries(self, public, to)
        task = asyncio.create_task(deliveries.run())
        try:
            yield deliveries
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def answered(self, bot: Account, answer: Json) -> None:
        """A call that came in the answer to a webhook; whoever sent it never hears what became of it."""
        arguments = {name: value for name, value in answer.items() if name != "method"}
        try:
            check(answer["method"], arguments, False)
            self._methods.carry_out(bot, answer["method"], arguments, None)
        except ApiError as error:
            self.refusals.append((answer["method"], error))

    def revokes(self, bot: str) -> None:
        """No request is answered any more, not even one that is waiting."""
        account = self.account(bot)
        account.revoked = True
        account.arrived.set()

    # What to check afterwards.

    def accepted(self, method: str = "", chat: str = "") -> list[Accepted]:
        return [entry for entry in self.world.log if method in ("", entry.method) and chat in ("", entry.chat)]

    def doubled(self) -> list[tuple[str, str]]:
        """(chat, text) of messages that were sent more than once."""
        counts = Counter((entry.chat, entry.text) for entry in self.accepted("sendMessage"))
        return [item for item, count in counts.items() if count > 1]

    def busiest(self, window: float = 1.0, chat: str = "") -> int:
        """The most messages accepted in any window of that many seconds."""
        times = sorted(entry.at for entry in self.accepted(chat=chat) if entry.method.startswith(("send", "edit")))
        return max((sum(1 for at in times if start <= at < start + window) for start in times), default=0)

    # HTTP.

    async def _api(self, request: web.Request) -> web.StreamResponse:
        bot = self.world.accounts.get(request.match_info["token"])
        method = request.match_info["method"]
        if bot is None or bot.revoked:
            self.unauthorised += 1
            return _refused(ApiError(401, "Unauthorized") if bot else ApiError(404, "Not Found"))
        arguments, upload = await _read(request)
        who = request.match_info.get("who", "")
        if who:  # now that all of it is here: who was frozen may end it later
            self.origins.append((self.world.now(), who, method))
        chat = str(arguments.get("chat_id", ""))
        self.requests.append((self.world.now(), bot.name, method, chat))
        wait = 0.0 if method in UNLIMITED else self.faults.pause(chat, self.world.now())
        if wait:
            seconds = int(wait) + 1
            return _refused(ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds))
        fault = self.faults.strike(method, chat)
        if fault and not fault.accepted and fault.kind != "slow":
            return _broken(fault, request)
        try:
            result = await self._carried_out(bot, method, arguments, upload, who)
        except ApiError as error:
            self.refusals.append((method, error))
            return _refused(error)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        elif fault:
            return _broken(fault, request)
        return web.json_response({"ok": True, "result": result})

    async def _carried_out(
        self, bot: Account, method: str, arguments: Json, upload: tuple[str, bytes] | None, who: str
    ) -> Any:
        if method == "getUpdates":
            return await self._updates(bot, arguments)
        check(method, arguments, upload is not None)
        return self._methods.carry_out(bot, method, arguments, upload, who)

    async def _updates(self, bot: Account, arguments: Json) -> list[Json]:
        """A later poll ends an earlier one with 409; without updates the request stays open."""
        if bot.webhook:
            text = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise ApiError(409, f"Conflict: {text}")
        bot.polls += 1
        mine, end = bot.polls, asyncio.get_running_loop().time() + min(int(arguments.get("timeout", 0)), 50)
        bot.arrived.set()
        while True:
            if bot.revoked:
                raise ApiError(401, "Unauthorized")
            if mine != bot.polls:
                text = "terminated by other getUpdates request; make sure that only one bot instance is running"
                raise ApiError(409, f"Conflict: {text}")
            updates = self.world.pending(bot, int(arguments.get("offset", 0)), int(arguments.get("limit", 100)))
            left = end - asyncio.get_running_loop().time()
            if updates or left <= 0:
                return updates
            bot.arrived.clear()
            try:
                await asyncio.wait_for(bot.arrived.wait(), left)
            except TimeoutError:
                continue

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        if request.match_info["token"] not in self.world.accounts:
            return _refused(ApiError(404, "Not Found"))
        found = next((content for kept, content, _ in self.world.files.values() if kept == path), None)
        return _refused(ApiError(404, "Not Found")) if found is None else web.Response(body=found)


async def _read(request: web.Request) -> tuple[Json, tuple[str, bytes] | None]:
    """Arguments from the query and the body, as the types they stand for; and the uploaded file."""
    if request.content_type == "application/json":
        return await request.json(), None
    arguments: Json = {}
    files: dict[str, tuple[str, bytes]] = {}
    for name, value in [*request.query.items(), *(await request.post()).items()]:
        if isinstance(value, web.FileField):
            files[name] = (value.filename, value.file.read())
        else:
            arguments[name] = _typed(name, str(value))
    return arguments, _upload(arguments, files)


def _typed(name: str, value: str) -> Any:
    if name in STRUCTURED:
        return json.loads(value)
    if name in NUMBERS:
        try:
            return int(value)
        except ValueError:
            return value
    return value


def _upload(arguments: Json, files: dict[str, tuple[str, bytes]]) -> tuple[str, bytes] | None:
    """The file is a field of its own, or attached under a name that the field points to."""
    if not files:
        return None
    for field in FILE_FIELDS.values():
        attached = str(arguments.get(field, "")).removeprefix("attach://")
        if attached in files:
            del arguments[field]
            return files[attached]
        if field in files:
            return files[field]
    raise ApiError(400, "Bad Request: a file without a place")


def _refused(error: ApiError) -> web.Response:
    body = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    headers = {"Retry-After": str(error.parameters["retry_after"])} if "retry_after" in error.parameters else None
    return web.json_response(body, status=error.code, headers=headers)


def _broken(fault: Fault, request: web.Request) -> web.StreamResponse:
    words = "Internal Server Error" if fault.code >= 500 else "Bad Request: scripted"
    return broken(fault, request, _refused(ApiError(fault.code, words)))
