"""From a payload to the tables and back to Slack: taken in, acknowledged, then forms are opened and toasts shown."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from time import time
from typing import Any

from adapters.slack.answers import After, after, body_of
from adapters.slack.incoming import Json, Workspace, author_of, bot_in, is_own, key_of, team_of, update, user_of
from adapters.slack.outcome import Lost, Refused
from adapters.slack.response_urls import ResponseUrls
from adapters.slack.web import Web
from bot.core.messages import Answer
from bot.core.ports import Accept

ASK_SECONDS = 1.0
"""Of the three that Slack gives us, for questions before the update is taken in."""

logger = logging.getLogger(__name__)


class Receiver:
    """What comes in for one account, whichever way."""

    def __init__(
        self, web: Web, account: str, workspaces: Mapping[str, Workspace], urls: ResponseUrls, accept: Accept
    ) -> None:
        self._web = web
        self._account = account
        self._workspaces = workspaces
        self._urls = urls
        self._accept = accept
        self._afterwards: set[asyncio.Task[None]] = set()
        self._private: dict[tuple[str, str], str] = {}

    def find(self, team: str) -> Workspace | None:
        """The installation in that team; without a table every payload belongs to the only one."""
        return self._workspaces.get("") or self._workspaces.get(team)

    async def take(self, payload: Json) -> tuple[int, dict[str, Any]]:
        """Status and JSON of the response: 404 for workspaces we are not in, 503 when Slack should come again."""
        workspace = self.find(team_of(payload))
        if workspace is None:
            return 404, {}
        if not key_of(payload) or is_own(payload, bot_in(payload) or workspace.bot):
            return 200, {}
        self._urls.remember(payload)
        told = {**payload, **await self._asked(payload, workspace)}
        try:
            answer = await self._accept(update(self._account, told, received=round(time(), 3)))
        except Exception:
            logger.exception("update not accepted", extra={"action": "not_accepted", "account": self._account})
            return 503, {}
        return 200, self._answered(told, answer, workspace)

    async def close(self) -> None:
        """Ends what is still being shown."""
        for task in self._afterwards:
            task.cancel()
        await asyncio.gather(*self._afterwards, return_exceptions=True)

    async def _asked(self, payload: Json, workspace: Workspace) -> dict[str, str]:
        """What parsing can't find out: the private chat of whoever used a shortcut, and whose message it was on."""
        is_shortcut = payload.get("type") in ("message_action", "shortcut")
        user = user_of(payload)
        if not user or not (is_shortcut or str(payload.get("channel_id", "")).startswith("D")):
            return {}
        try:
            async with asyncio.timeout(ASK_SECONDS):
                known = {"dm": await self._private_chat(workspace, user)}
                if author := author_of(payload):
                    known["author"] = await self._name(workspace, author)
        except (Refused, Lost, TimeoutError, KeyError, TypeError) as error:
            logger.info("not told: %s", type(error).__name__, extra={"action": "person_unknown"})
            return {}
        return known

    async def _private_chat(self, workspace: Workspace, user: str) -> str:
        key = (workspace.token, user)
        if key not in self._private:
            opened = await self._web.call(workspace.token, "conversations.open", {"users": user})
            self._private[key] = str(opened["channel"]["id"])
        return self._private[key]

    async def _name(self, workspace: Workspace, user: str) -> str:
        found = (await self._web.call(workspace.token, "users.info", {"user": user}))["user"]
        return str(found.get("real_name") or found.get("name") or "")

    def _answered(self, payload: Json, answer: Answer | None, workspace: Workspace) -> dict[str, Any]:
        """The update is ours by now: an answer that can't be written must not bring it again."""
        try:
            body, calls = body_of(payload, answer), after(payload, answer)
        except Exception:
            logger.exception("no answer", extra={"action": "answer_unreadable", "account": self._account})
            return {}
        for call in calls:
            self._go_on(call, workspace)
        return body

    def _go_on(self, call: After, workspace: Workspace) -> None:
        """Beside the acknowledgement, so that neither makes the other late."""
        task = asyncio.create_task(self._carry_out(call, workspace))
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
