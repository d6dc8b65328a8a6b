"""slack-bolt as a wire: one global middleware takes what comes into the tables before anything is acknowledged.

Listeners of bolt acknowledge first and run as loose tasks, so there are none here; nor are there calls by injection.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.incoming import Json, Workspace
from adapters.slack.web import Web, quiet

Take: TypeAlias = Callable[[Json], Awaitable[tuple[int, dict[str, Any]]]]
"""Takes a payload in; the status and JSON of the response."""
Find: TypeAlias = Callable[[str], Workspace | None]


class Committing(AsyncMiddleware):
    """Never calls `next`: when it returns, the update is committed, and only then bolt answers."""

    def __init__(self, take: Take) -> None:
        self._take = take

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        status, body = await self._take(req.body)
        return BoltResponse(status=status, body=body or "")


def app(web: Web, find: Find, take: Take) -> AsyncApp:
    """Authorised from our table without a call; signatures are checked by the door, over the raw bytes."""

    async def authorize(context: AsyncBoltContext, enterprise_id: str, team_id: str, user_id: str) -> AuthorizeResult:
        known = find(team_id or "") or Workspace("")
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_user_id=known.bot or None, bot_token=known.token or None
        )

    made = AsyncApp(
        name="rapport",
        client=web.client(),
        authorize=authorize,
        signing_secret="",
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
        logger=quiet(),
    )
    made.use(Committing(take))
    return made


async def dispatched(made: AsyncApp, body: str, content_type: str) -> tuple[int, str, str]:
    """Status, body and type of the response; raises ValueError when the body can't be read."""
    try:
        request = AsyncBoltRequest(body=body, headers={"content-type": [content_type]})
    except (ValueError, RecursionError, AttributeError, TypeError, KeyError, IndexError) as error:
        raise ValueError("not a payload of Slack") from error
    if request.body.get("type") == "event_callback" and not isinstance(request.body.get("event"), dict):
        raise ValueError("an event without an event")
    response = await made.async_dispatch(request)
    return response.status, response.body, response.headers["content-type"][0]
