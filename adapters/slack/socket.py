"""Socket Mode: Slack's envelopes over a WebSocket that we open; each is acknowledged only after it is taken in."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from adapters.slack.outcome import LINK_DISABLED, Lost, Refused
from adapters.slack.web import Web, quiet

PATIENCE = 4
"""Looks without a connection, one a ping, after which we begin anew: while a machine stands still nobody looks."""


async def run(app: AsyncApp, web: Web, app_token: str, ping_seconds: float) -> None:
    """Until cancelled; Slack ends a connection every few hours and the client opens the next.

    Raises Refused or Lost when there is none: the client would ask for ever with a token that is worth nothing any
    more, or at an address that works once.
    """
    opened = await web.call(app_token, "apps.connections.open", {})
    handler: Any = AsyncSocketModeHandler(
        app, app_token, logger=quiet(), web_client=web.client(), ping_interval=ping_seconds
    )
    client = handler.client
    client.proxy = None if web.is_local else client.proxy
    client.wss_uri = opened["url"]
    shut = asyncio.Event()

    async def heard(message: Any) -> None:
        if _says_shut(message.data):
            shut.set()

    client.on_message_listeners.append(heard)
    connecting = asyncio.create_task(client.connect())
    try:
        await _while_connected(client, ping_seconds, shut)
    finally:
        connecting.cancel()
        await asyncio.gather(connecting, return_exceptions=True)
        await handler.close_async()


async def _while_connected(client: Any, ping_seconds: float, shut: asyncio.Event) -> None:
    missed = 0
    while missed < PATIENCE:
        with suppress(TimeoutError):
            await asyncio.wait_for(shut.wait(), ping_seconds)
            raise Refused(200, LINK_DISABLED)
        missed = 0 if await client.is_connected() else missed + 1
    raise Lost(sent=False)


def _says_shut(data: Any) -> bool:
    """Socket Mode was switched off: the library would ask for new connections for ever, and get none."""
    if not isinstance(data, str) or LINK_DISABLED not in data:
        return False
    message = json.loads(data)
    return (message.get("type"), message.get("reason")) == ("disconnect", LINK_DISABLED)
