"""The one door of an app that several workspaces have let in: each payload goes to the account of its workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from adapters.slack import bolt
from adapters.slack.door import Door
from adapters.slack.incoming import Json, Workspace, is_the_end, names_in, team_of
from adapters.slack.web import Web
from adapters.slack.wire import SlackAdapter
from bot.core.ports import ASGI, Accept

Running = Callable[[], Iterable[SlackAdapter]]
"""The accounts that this app serves just now; asked for every payload, so that none is remembered too long."""


class Shared:
    """Signed with the app's one secret, whatever workspace it is about; `home` takes what names none that we know."""

    def __init__(self, secret: str, api_url: str, running: Running, accept: Accept, home: SlackAdapter | None) -> None:
        self._web = Web(api_url)
        self._running = running
        self._accept = accept
        self._home = home
        self._app: Any = None
        self.door: ASGI = Door(secret, self._dispatch)

    async def close(self) -> None:
        """Lets go of the connections; the next call opens them again."""
        await self._web.close()

    async def _dispatch(self, body: str, kind: str) -> tuple[int, str, str]:
        if self._app is None:  # inside the running loop, which the client's session belongs to
            self._app = bolt.app(self._web, self._find, self._take)
        return await bolt.dispatched(self._app, body, kind)

    async def _take(self, payload: Json) -> tuple[int, dict[str, Any]]:
        """The last news of a workspace that left may come when it has been struck off already."""
        account = self._account(team_of(payload), *sorted(names_in(payload))) or self._home
        if account is None or not account.workspace.concerns(payload):
            return (200 if is_the_end(payload) else 404), {}
        return await account.receive(payload, self._accept)

    def _account(self, *teams: str) -> SlackAdapter | None:
        """That of the first team which has one."""
        found = {adapter.team: adapter for adapter in self._running()}
        return next((found[team] for team in teams if team and team in found), None)

    def _find(self, team: str) -> Workspace | None:
        account = self._account(team) or self._home
        return account.workspace if account else None
