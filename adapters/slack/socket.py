"""Socket Mode: Slack's envelopes over a WebSocket that we open; each is acknowledged only after it is taken in."""

from __future__ import annotations

import asyncio

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from adapters.slack.web import Web, quiet


async def run(app: AsyncApp, web: Web, app_token: str, ping_seconds: float) -> None:
    """Until cancelled; Slack ends a connection every few hours and the client opens the next.

    Raises Refused or Lost when there is no first connection: the client would ask for ever with a wrong token.
    """
    opened = await web.call(app_token, "apps.connections.open", {})
    handler = AsyncSocketModeHandler(
        app, app_token, logger=quiet(), web_client=web.client(), ping_interval=ping_seconds
    )
    client = handler.client
    client.proxy = None if web.is_local else client.proxy
    client.wss_uri = opened["url"]
    try:
        await client.connect()  # type: ignore[no-untyped-call]
        await asyncio.Event().wait()
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
