"""The same wire from another process: JSON in, JSON out, under /control."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wires.slack.delivery import Delivery
from tests.wires.slack.methods import as_json

if TYPE_CHECKING:
    from tests.wires.slack.people import Channel
    from tests.wires.slack.server import SlackWire

PERSON = {
    "says",
    "presses",
    "commands",
    "fills",
    "edits",
    "deletes",
    "logs",
    "opens_home",
    "joins",
    "leaves",
    "vanishes",
}
WIRE = {"calls", "fails", "drops", "slows", "garbles", "limits", "revokes", "passes", "previews"}
PLACED = {"says", "edits", "deletes", "logs", "joins", "leaves"}
"""What begins with a place."""


def control_routes(wire: SlackWire) -> list[web.RouteDef]:
    """POST /control/team, /user, /channel, /do, /wire; GET /control/seen, /home, /log, /app.

    /do is {"who": "Ann", "does": "says", "with": ["bot", "text"], "how": {"thread": "…"}}; a place is "bot" or a
    channel's name. /wire is {"does": "drops", "with": ["chat.postMessage"], "how": {"accepted": true}}.
    """
    control = _Control(wire)
    posts = {
        "team": control.team,
        "user": control.user,
        "channel": control.channel,
        "do": control.do,
        "wire": control.wire_does,
    }
    gets = {"seen": control.seen, "home": control.home, "log": control.log, "app": control.app}
    return [web.post(f"/control/{name}", handler) for name, handler in posts.items()] + [
        web.get(f"/control/{name}", handler) for name, handler in gets.items()
    ]


class _Control:
    def __init__(self, wire: SlackWire) -> None:
        self._wire = wire
        self._channels: dict[str, Channel] = {}

    async def app(self, request: web.Request) -> web.Response:
        home, wire = self._wire.home, self._wire
        return web.json_response(
            {
                "token": home.token,
                "team": home.id,
                "secret": wire.secret,
                "app_token": wire.app_token,
                "api": wire.api_url,
            }
        )

    async def team(self, request: web.Request) -> web.Response:
        team = self._wire.team((await request.json())["name"])
        return web.json_response({"id": team.id, "token": team.token, "bot": team.bot})

    async def user(self, request: web.Request) -> web.Response:
        asked = await request.json()
        team = self._wire.team(asked["team"]) if "team" in asked else None
        person = self._wire.user(asked["name"], team=team)
        return web.json_response({"id": person.id, "direct": person.direct})

    async def channel(self, request: web.Request) -> web.Response:
        asked = await request.json()
        people = [self._wire.user(name) for name in asked.pop("people", ())]
        channel = self._channels[asked["title"]] = self._wire.channel(people=people, **asked)
        return web.json_response({"id": channel.id})

    async def do(self, request: web.Request) -> web.Response:
        asked = await request.json()
        if asked["does"] not in PERSON:
            raise web.HTTPBadRequest(text=f"people can {sorted(PERSON)}")
        how = {name: self._place(value) if name == "where" else value for name, value in asked.get("how", {}).items()}
        given = list(asked.get("with", ()))
        if given and asked["does"] in PLACED:
            given[0] = self._place(given[0])
        done = getattr(self._wire.user(asked["who"]), asked["does"])(*given, **how)
        if isinstance(done, Delivery):
            status = await done.ended()
            return web.json_response({"status": status, "response": done.response, "errors": done.errors})
        return web.json_response({"result": done})

    async def wire_does(self, request: web.Request) -> web.Response:
        asked = await request.json()
        if asked["does"] not in WIRE:
            raise web.HTTPBadRequest(text=f"the wire can {sorted(WIRE)}")
        getattr(self._wire, asked["does"])(*asked.get("with", []), **asked.get("how", {}))
        return web.json_response({})

    async def seen(self, request: web.Request) -> web.Response:
        """?who=NAME, and &channel=TITLE unless it is the direct message."""
        person, place = self._wire.user(request.query["who"]), self._place(request.query.get("channel", "bot"))
        return web.json_response([as_json(seen) for seen in person.sees(place)])

    async def home(self, request: web.Request) -> web.Response:
        return web.json_response({"text": self._wire.user(request.query["who"]).home})

    async def log(self, request: web.Request) -> web.Response:
        entries: list[Any] = [asdict(entry) for entry in self._wire.world.log]
        return web.json_response(entries)

    def _place(self, name: str) -> str | Channel:
        return self._channels.get(name, name)
