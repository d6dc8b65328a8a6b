"""Which address shows what; everything passes the guard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.applications import Starlette
from starlette.responses import FileResponse, PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.core.ports import ASGI
from bot.web import api
from bot.web.calendars import Calendars
from bot.web.forms import Forms
from bot.web.guard import Guard
from bot.web.health import Health
from bot.web.local import Local
from bot.web.pages import HERE, Pages
from bot.web.surveys import Surveys

UPLOADS = frozenset({"/chat/file"})
FRAMED = frozenset({"/widget"})


def site(pages: Pages, health: Health, local: Local, mounted: Mapping[str, ASGI], hooks: Mapping[str, ASGI]) -> ASGIApp:
    """The whole site: our pages, what the adapters serve under their own paths, the hooks of bots that come and go."""
    return Guard(Starlette(routes=_routes(pages, health, local, mounted, hooks)), uploads=UPLOADS, framed=FRAMED)


def _routes(
    pages: Pages, health: Health, local: Local, mounted: Mapping[str, ASGI], hooks: Mapping[str, ASGI]
) -> Sequence[BaseRoute]:
    database = pages.database
    surveys = Surveys(database)
    return [
        Route("/", pages.home),
        Route("/chat", pages.chat),
        Route("/chat/commands", pages.commands),
        Route("/demo", pages.demo),
        Route("/enter/{token}", pages.enter, methods=["GET"]),
        Route("/enter/{token}", pages.come_in, methods=["POST"]),
        Route("/c/{token}", pages.visitor),
        Route("/widget", pages.widget),
        Route("/widget.js", _widget_script),
        Route("/healthz", health.health),
        Route("/metrics", health.metrics),
        Route("/local", local.answer, methods=["POST"]),
        Route("/form/{form}", Forms(database).answer, methods=["POST"]),
        Route("/s/{token}", surveys.look, methods=["GET"]),
        Route("/s/{token}", surveys.answer, methods=["POST"]),
        Route("/calendar/{token}.ics", Calendars(database).show),
        Mount(api.PATH, api.Api(database)),
        Mount("/static", StaticFiles(directory=HERE / "static")),
        Route("/hooks/{path:path}", _Hooks(hooks)),
        *(Mount(path, app) for path, app in mounted.items()),
    ]


class _Hooks:
    """Where platforms call us: each bot at its very path, as long as it is there."""

    def __init__(self, hooks: Mapping[str, ASGI]) -> None:
        self._hooks = hooks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._hooks.get(scope["path"], PlainTextResponse("Not Found", 404))
        await app(scope, receive, send)


async def _widget_script(request: object) -> FileResponse:
    return FileResponse(HERE / "static" / "widget.js", media_type="text/javascript")
