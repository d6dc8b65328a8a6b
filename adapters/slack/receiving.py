"""From a payload to the tables and back to Slack: taken in, acknowledged, then forms are opened and toasts shown."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from time import time
from typing import Any

from adapters.slack.answers import After, after, body_of
from adapters.slack.directory import Directory
from adapters.slack.incoming import (
    Json,
    Workspace,
    author_of,
    bot_in,
    is_own,
    is_the_end,
    key_of,
    part_of,
    team_of,
    update,
    user_of,
)
from adapters.slack.outcome import Lost, Refused
from adapters.slack.response_urls import ResponseUrls
from adapters.slack.web import Web
from bot.core.messages import Answer
from bot.core.ports import Accept

Ended = Callable[[], Awaitable[bool]]
"""Looks whether our token is dead, and notes it; False when that can't be said now."""

ASK_SECONDS = 1.0
"""Of the three that Slack gives us, for questions before the update is taken in."""

logger = logging.getLogger(__name__)


class Receiver:
    """What comes in for one account, whichever way."""

    def __init__(
        self,
        web: Web,
        account: str,
        workspaces: Mapping[str, Workspace],
        urls: ResponseUrls,
        directory: Directory,
        accept: Accept,
        ended: Ended,
    ) -> None:
        self._web = web
        self._directory = directory
        self._account = account
        self._workspaces = workspaces
        self._urls = urls
        self._accept = accept
        self._ended = ended
        self._afterwards: set[asyncio.Task[None]] = set()

    def find(self, team: str) -> Workspace | None:
        """The installation in that team; without a table every payload belongs to the only one."""
        return self._workspaces.get("") or self._workspaces.get(team)

    async def take(self, payload: Json) -> tuple[int, dict[str, Any]]:
        """Status and JSON of the response: 404 for workspaces we are not in, 503 when Slack should come again."""
        workspace = self.find(team_of(payload))
        if workspace is None or not workspace.concerns(payload):
            return 404, {}
        if is_the_end(payload):
            return (200 if await self._ended() else 503), {}
        if not key_of(payload) or is_own(payload, bot_in(payload) or workspace.bot):
            return 200, {}
        self._urls.remember(payload)
        told = {**payload, **await self._asked(payload, workspace)}
        try:
            answer = await self._accept(update(self._account, told, received=round(time(), 3)))
        except Exception:
            logger.exception("update not accepted", extra={"action": "not_accepted", "account": self._account})
            return 503, {}
        self._beside(self._learn(told, workspace))
        return 200, self._answered(told, answer, workspace)

    async def close(self) -> None:
        """Ends what is still being shown."""
        for task in self._afterwards:
            task.cancel()
        await asyncio.gather(*self._afterwards, return_exceptions=True)

    async def _asked(self, payload: Json, workspace: Workspace) -> dict[str, str]:
        """What a turn can't do without: the private chat of whoever acts outside of one, and whose message it was."""
        user, kind = user_of(payload), payload.get("type")
        outside = kind in ("message_action", "shortcut") or part_of(payload, "container").get("type") == "view"
        if not user or not (outside or str(payload.get("channel_id", "")).startswith("D")):
            return {}
        try:
            async with asyncio.timeout(ASK_SECONDS):
                known = {"dm": await self._directory.private_chat(workspace.token, user)}
                if author := author_of(payload):
                    known["author"] = str((await self._directory.person(workspace.token, author)).get("name", ""))
        except (Refused, Lost, TimeoutError, KeyError, TypeError) as error:
            logger.info("not told: %s", type(error).__name__, extra={"action": "person_unknown"})
            return {}
        return known

    async def _learn(self, payload: Json, workspace: Workspace) -> None:
        """After the acknowledgement: names that this update brought up for the first time are told like any update."""
        try:
            if news := await self._directory.news(payload, workspace):
                await self._accept(update(self._account, news, received=round(time(), 3)))
        except Exception:
            logger.exception("names not kept", extra={"action": "names_not_kept", "account": self._account})

    def _answered(self, payload: Json, answer: Answer | None, workspace: Workspace) -> dict[str, Any]:
        """The update is ours by now: an answer that can't be written must not bring it again."""
        try:
            body, calls = body_of(payload, answer), after(payload, answer)
        except Exception:
            logger.exception("no answer", extra={"action": "answer_unreadable", "account": self._account})
            return {}
        for call in calls:
            self._beside(self._carry_out(call, workspace))
        return body

    def _beside(self, act: Coroutine[Any, Any, None]) -> None:
        """Beside the acknowledgement, so that neither makes the other late."""
        task = asyncio.create_task(act)
        self._afterwards.add(task)
        task.add_done_callback(self._afterwards.discard)

    async def _carry_out(self, call: After, workspace: Workspace) -> None:
        try:
            if call.url:
                await self._web.respond(call.url, call.arguments)
            else:
                await self._web.call(workspace.token, call.method, call.arguments)
        except (Refused, Lost) as error:
            extra = {"action": "answer_late", "account": self._account}
            logger.warning("%s failed: %s", call.method or "response_url", error, extra=extra)
