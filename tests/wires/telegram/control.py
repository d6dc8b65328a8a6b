"""The same wire from another process: JSON in, JSON out, under /control."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wires.telegram.people import Group, Person

if TYPE_CHECKING:
    from tests.wires.telegram.server import TelegramWire

Json = dict[str, Any]

PERSON = {"starts", "says", "presses", "edits", "shares_contact", "shares_place", "blocks", "unblocks", "vanishes"}
WIRE = {"fails", "drops", "slows", "garbles", "limits", "revokes", "passes"}


def control_routes(wire: TelegramWire) -> list[web.RouteDef]:
    """POST /control/bot, /user, /group, /do, /wire; GET /control/seen, /log.

    /do is {"who": "Ann", "does": "says", "with": ["staff bot", "text"]}; a place is a bot's name or a group's
    title. /wire is {"does": "drops", "with": ["sendMessage"], "how": {"accepted": true}}.
    """
    control = _Control(wire)
    posts = {
        "bot": control.bot,
        "user": control.user,
        "group": control.group,
        "do": control.do,
        "wire": control.wire_does,
    }
    gets = {"seen": control.seen, "log": control.log}
    return [web.post(f"/control/{name}", handler) for name, handler in posts.items()] + [
        web.get(f"/control/{name}", handler) for name, handler in gets.items()
    ]


class _Control:
    def __init__(self, wire: TelegramWire) -> None:
        self._wire = wire
        self._groups: dict[str, Group] = {}

    async def bot(self, request: web.Request) -> web.Response:
        account = self._wire.bot(**await request.json())
        return web.json_response({"token": account.token, "username": account.username})

    async def user(self, request: web.Request) -> web.Response:
        return web.json_response({"id": self._wire.user(**await request.json()).id})

    async def group(self, request: web.Request) -> web.Response:
        asked = await request.json()
        names = {account.name for account in self._wire.world.accounts.values()}
        members = [name if name in names else self._wire.user(name) for name in asked.pop("members")]
        group = self._groups[asked["title"]] = self._wire.group(members=members, **asked)
        return web.json_response({"id": group.id})

    async def do(self, request: web.Request) -> web.Response:
        asked = await request.json()
        if asked["does"] not in PERSON:
            raise web.HTTPBadRequest(text=f"people can {sorted(PERSON)}")
        person = self._wire.user(asked["who"])
        how = {name: self._place(value) if name == "where" else value for name, value in asked.get("how", {}).items()}
        first, *rest = asked.get("with", [""])
        place = first if asked["does"] == "presses" else self._place(first)
        done = getattr(person, asked["does"])(place, *rest, **how)
        return web.json_response({"result": done if isinstance(done, int) else None})

    async def wire_does(self, request: web.Request) -> web.Response:
        asked = await request.json()
        if asked["does"] not in WIRE:
            raise web.HTTPBadRequest(text=f"the wire can {sorted(WIRE)}")
        getattr(self._wire, asked["does"])(*asked.get("with", []), **asked.get("how", {}))
        return web.json_response({})

    async def seen(self, request: web.Request) -> web.Response:
        """?group=TITLE, or ?who=NAME&bot=NAME."""
        if "group" in request.query:
            chat = self._groups[request.query["group"]].chat
        else:
            chat = self._wire.private(self._wire.user(request.query["who"]), request.query["bot"])
        return web.json_response([asdict(seen) for seen in chat.visible()])

    async def log(self, request: web.Request) -> web.Response:
        return web.json_response([asdict(entry) for entry in self._wire.world.log])

    def _place(self, name: str) -> str | Group | Person:
        return self._groups.get(name, name)
