"""A caller of our doors who has gone before saying anything."""

from __future__ import annotations

from typing import Any

from bot.core.ports import ASGI


async def refused(app: ASGI, scope: dict[str, Any]) -> list[str]:
    """With which messages and status it is answered all the same."""
    said: list[str] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if "status" in message:
            said.append(f"{message['type']} {message['status']}")

    await app(scope, receive, send)
    return said
