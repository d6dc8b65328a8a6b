"""The fake's HTTP side: the Web API, files, response_urls and Socket Mode on loopback, and its faults."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape

from aiohttp import WSMsgType, web

from tests.wires.faults import Fault, Faults, Faulty, broken
from tests.wires.slack.control import control_routes
from tests.wires.slack.delivery import Deliverer, Delivery, Line
from tests.wires.slack.installs import Installs
from tests.wires.slack.methods import Methods
from tests.wires.slack.people import BOT, Channel, Person
from tests.wires.slack.rules import ARGUMENTS, STRUCTURED, check
from tests.wires.slack.world import APP, Accepted, ApiError, Json, Place, Team, User, World

UNLIMITED = {"auth.test", "apps.connections.open"}
SECRET = "a-signing-secret"
APP_TOKEN = "xapp-1-fake-app-token"
UPLOAD_BYTES = 60 * 1024 * 1024
_NAME = re.compile(r"@(\w+)")
_LINK = re.compile(r"https?://[^\s<>]+[^\s<>.,;!?)]|(?<![\w@./])(?:[\w-]+\.)+(?:com|org|net|cn)\b(?:/[^\s<>]*)?")


class SlackWire(Faulty):
    """The platform: workspaces and people in it, the script of its failures, and what it has accepted."""

    def __init__(self, port: int = 0, *, secret: str = SECRET, app_token: str = APP_TOKEN) -> None:
        self.world = World()
        self.faults = Faults()
        self.secret = secret
        self.app_token = app_token
        self.app_id = APP
        self.deliverer = Deliverer(secret, self.world.now)
        self.methods = Methods(self.world, lambda: self.url)
        self.installs = Installs(self.world)
        self.requests: list[tuple[float, str, str, str]] = []
        """Every request: when, team, method, channel; also those that were refused."""
        self.origins: list[tuple[float, str, str]] = []
        """When, who, method, of requests under /by/WHO, where a test wants to tell its processes apart."""
        self.refusals: list[tuple[str, ApiError]] = []
        """Method and reason, of calls that were against the rules."""
        self._people: dict[str, Person] = {}
        self._channels: dict[str, Channel] = {}
        self._domains: set[str] = set()
        self._tickets: set[str] = set()
        self._port = port
        self._runner: web.AppRunner | None = None
        self.home = self.team("Home")

    async def __aenter__(self) -> SlackWire:
        application = web.Application(client_max_size=UPLOAD_BYTES)
        application.router.add_route("*", "/api/{method}", self._api)
        application.router.add_route("*", "/by/{who}/api/{method}", self._api)
        application.router.add_post("/upload/v1/{ticket}", self._upload)
        application.router.add_get("/files-pri/{file}/{name}", self._download)
        application.router.add_post("/response/{ticket}", self._respond)
        application.router.add_get("/link", self._link)
        application.add_routes(control_routes(self))
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.deliverer.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    # Workspaces, people and places.

    def calls(self, url: str) -> None:
        """The app's request url; without one, Socket Mode."""
        self.deliverer.request_url = url

    def team(self, name: str) -> Team:
        """The workspace of that name, with the app installed."""
        for team in self.world.teams.values():
            if team.name == name:
                return team
        id = self.world.id("T")
        team = Team(id, name, f"xoxb-fake-token-of-{name.lower()}", self.world.id("U"))
        self.world.teams[id] = team
        return team

    def user(self, name: str, *, team: Team | None = None) -> Person:
        """The person of that name, made when first mentioned."""
        if name not in self._people:
            user = User(self.world.id("U"), name, team or self.home)
            self.world.users[user.id] = user
            self._people[name] = Person(self, user)
        return self._people[name]

    def channel(
        self,
        title: str,
        people: Sequence[Person] = (),
        *,
        bot: bool = True,
        private: bool = False,
        team: Team | None = None,
    ) -> Channel:
        """The channel of that name, with the app already in it unless told otherwise."""
        if title not in self._channels:
            id, kind = self.world.id("C"), "group" if private else "channel"
            bots = [team or self.home] if bot else []
            place = Place(id, kind, title, {person.id: person.user for person in people}, bots)
            self._channels[title] = Channel(self, self.world.add(place))
        return self._channels[title]

    def between(self, one: Person, other: Person) -> Channel:
        """A direct message of two people, in which no app is."""
        place = Place(self.world.id("D"), "im", people={one.id: one.user, other.id: other.user})
        return Channel(self, self.world.add(place))

    def places_of(self, person: Person) -> list[Place]:
        return [place for place in self.world.places.values() if person.id in place.people]

    def previews(self, domain: str) -> None:
        """The app is told of links to this domain."""
        self._domains.add(domain)

    def unfurls(self, url: str) -> bool:
        return url.split("/")[2] in self._domains

    def marked(self, text: str) -> str:
        """What Slack's client makes of typed words: escapes, links, and @names as ids."""
        text = _LINK.sub(lambda found: _linked(found[0]), escape(text, quote=False))
        return _NAME.sub(self._mentioned, text)

    def _mentioned(self, found: re.Match[str]) -> str:
        name = found[1]
        if name == "Rapport":
            return f"<@{self.home.bot}>"
        return f"<@{self._people[name].id}>" if name in self._people else found[0]

    # What the app is told.

    def happens(self, team: Team, event: Json, *, shared: bool = False) -> Delivery:
        """An event of the Events API; every call is one with an id of its own."""
        event = {"event_ts": self.world.stamp(), **event}
        payload = {
            "token": "legacy",
            "team_id": team.id,
            "context_team_id": team.id,
            "api_app_id": self.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": self.world.id("Ev"),
            "event_time": int(self.world.now()),
            "authorizations": [{"enterprise_id": None, "team_id": team.id, "user_id": team.bot, "is_bot": True}],
            "is_ext_shared_channel": shared,
        }
        return self.delivers(Delivery("event", payload))

    def interacts(
        self, kind: str, person: Person, about: Json, answered: Callable[[Delivery], None] | None = None
    ) -> Delivery:
        user, team = person.user, person.user.team
        where = self.world.places.get((about.get("channel") or {}).get("id", ""))
        if where and where.bots and team not in where.bots:
            team = where.bots[0]
        payload = {
            "type": kind,
            "user": {"id": user.id, "username": user.name.lower(), "name": user.name.lower(), "team_id": user.team.id},
            "team": {"id": team.id, "domain": team.name.lower()},
            "api_app_id": self.app_id,
            "token": "legacy",
            "trigger_id": self.world.trigger(user),
            "enterprise": None,
            **about,
        }
        return self.delivers(Delivery("interaction", payload), answered)

    def delivers(self, delivery: Delivery, answered: Callable[[Delivery], None] | None = None) -> Delivery:
        """Also again, when a test has kept a delivery."""
        return self.deliverer.send(delivery, answered or (lambda done: None))

    async def settled(self, seconds: float = 10.0) -> None:
        """Everything that happened has been delivered or given up."""
        await asyncio.gather(*(delivery.ended(seconds) for delivery in list(self.deliverer.log)))

    def response_url(self, user: User, place: Place, message: str = "") -> str:
        return f"{self.url}/response/{self.world.response(user, place, message)}"

    async def refreshes(self) -> None:
        """Slack ends the oldest connection, as it does every few hours."""
        line = self.deliverer.lines.pop(0)
        await line.socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})

    async def shuts(self) -> None:
        """Somebody switches Socket Mode off."""
        for line in self.deliverer.lines:
            await line.socket.send_json({"type": "disconnect", "reason": "link_disabled"})

    def revokes(self, team: str = "Home", error: str = "token_revoked") -> None:
        self.team(team).revoked = error

    def uninstalls(self, team: Team) -> list[Delivery]:
        """Somebody removes the app from the workspace: its token is worth nothing, and the app is told twice."""
        team.revoked = "account_inactive"
        revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot]}}
        return [self.happens(team, event) for event in (revoked, {"type": "app_uninstalled"})]

    # What to check afterwards.

    def accepted(self, method: str = "", chat: str = "") -> list[Accepted]:
        return [entry for entry in self.world.log if method in ("", entry.method) and chat in ("", entry.chat)]

    def doubled(self) -> list[tuple[str, str]]:
        """(channel, send key) of messages that were sent more than once."""
        counts = Counter((entry.chat, entry.key) for entry in self.accepted("chat.postMessage") if entry.key)
        return [item for item, count in counts.items() if count > 1]

    def busiest(self, window: float = 1.0, chat: str = "") -> int:
        """The most messages accepted in any window of that many seconds."""
        times = sorted(entry.at for entry in self.accepted(chat=chat) if entry.method.startswith("chat."))
        return max((sum(1 for at in times if start <= at < start + window) for start in times), default=0)

    # HTTP.

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method, token = request.match_info["method"], request.headers.get("Authorization", "").removeprefix("Bearer ")
        arguments = await _read(request)
        if who := request.match_info.get("who", ""):  # now that all of it is here: who was frozen may end it later
            self.origins.append((self.world.now(), who, method))
        if method == "apps.connections.open":
            return self._opened(token)
        if method == "oauth.v2.access":
            self.requests.append((self.world.now(), "", method, ""))
            if fault := self.faults.strike(method, ""):
                return _broken(fault, request)
            return _answer(self.installs.exchanged(arguments))
        team = self.world.team_of(token or str(arguments.pop("token", "")))
        if team is None or team.revoked:
            return _answer({"ok": False, "error": team.revoked if team else "invalid_auth"})
        if method not in ARGUMENTS:
            return _answer({"ok": False, "error": "unknown_method"})
        chat = str(arguments.get("channel", arguments.get("channel_id", "")))
        self.requests.append((self.world.now(), team.id, method, chat))
        if wait := 0.0 if method in UNLIMITED else self.faults.pause(chat, self.world.now()):
            limited = {"ok": False, "error": "ratelimited"}
            return web.json_response(limited, status=429, headers={"Retry-After": str(int(wait) + 1)})
        fault = self.faults.strike(method, chat)
        if fault and not fault.accepted and fault.kind != "slow":
            return _broken(fault, request)
        try:
            check(method, arguments)
            result = self.methods.carry_out(team, method, arguments, who)
        except ApiError as error:
            self.refusals.append((method, error))
            return _answer({"ok": False, "error": error.error, **error.more})
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        elif fault:
            return _broken(fault, request)
        return _answer(result)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        fault = self.faults.strike("upload", "")
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        elif fault:
            return _broken(fault, request)
        try:
            self.methods.take_upload(request.match_info["ticket"], content)
        except (KeyError, ApiError):
            return web.Response(status=400, text="no such upload")
        return web.Response(text=f"OK - {len(content)}")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Without the right token Slack shows its sign-in page instead, with status 200."""
        team = self.world.team_of(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if fault := self.faults.strike("download", ""):
            return _broken(fault, request)
        if team is None or team.revoked:
            headers = {"X-Slack-Failure": "not_authed"}
            return web.Response(text="<html>Sign in</html>", content_type="text/html", headers=headers)
        found = self.world.files.get(request.match_info["file"])
        return web.Response(body=found[1]) if found else web.Response(status=404)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        try:
            self.methods.respond(request.match_info["ticket"], await request.json())
        except ApiError as error:
            return web.Response(status=404, text=error.error)
        return web.Response(text="ok")

    def _opened(self, token: str) -> web.StreamResponse:
        if token != self.app_token:
            return _answer({"ok": False, "error": "invalid_auth"})
        ticket = self.world.id("L")
        self._tickets.add(ticket)
        return _answer({"ok": True, "url": f"ws://127.0.0.1:{self._port}/link?ticket={ticket}"})

    async def _link(self, request: web.Request) -> web.StreamResponse:
        """One use of each address, ten connections an app."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or len(self.deliverer.lines) >= 10:
            return web.Response(status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        line = Line(socket)
        hello = {"type": "hello", "num_connections": len(self.deliverer.lines) + 1}
        await socket.send_json({**hello, "connection_info": {"app_id": self.app_id}})
        self.deliverer.lines.append(line)
        self.deliverer.by_socket = True
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                _acknowledged(self.deliverer, message.json())
        if line in self.deliverer.lines:
            self.deliverer.lines.remove(line)
        return socket


def _acknowledged(deliverer: Deliverer, answer: Json) -> None:
    waiting = deliverer.waiting.pop(answer.get("envelope_id", ""), None)
    if waiting and not waiting.done():
        waiting.set_result(answer.get("payload"))


def _linked(typed: str) -> str:
    return f"<{typed}>" if "://" in typed else f"<http://{typed}|{typed}>"


async def _read(request: web.Request) -> Json:
    """Arguments from the query, a form or JSON, as the types they stand for."""
    if request.content_type == "application/json":
        body: Json = await request.json()
        return body
    given = {**request.query, **{name: value for name, value in (await request.post()).items()}}
    return {name: json.loads(str(value)) if name in STRUCTURED else str(value) for name, value in given.items()}


def _answer(body: Json) -> web.Response:
    return web.json_response(body)


def _broken(fault: Fault, request: web.Request) -> web.StreamResponse:
    return broken(fault, request, web.json_response({"ok": False, "error": "internal_error"}, status=fault.code))


__all__ = ["BOT", "SlackWire"]
