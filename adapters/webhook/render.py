"""A message as the JSON that another program gets; pure.

A text that is itself a JSON object is sent as it stands, so that topics can tell facts; anything else becomes
{"text", "links", "buttons", "file"}, with "edits" or "clears" when it changes an earlier one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from adapters.webhook.signing import message_id
from bot.core.capabilities import Capabilities
from bot.core.incoming import whole
from bot.core.messages import Address, Outgoing
from bot.core.ports import Call

CAPABILITIES = Capabilities(
    text=100_000, buttons=100, label=200, caption=100_000, private_first=True, rate=8.0, chat_rate=4.0, latency=1.0
)


def render(to: Address, message: Outgoing) -> Sequence[Call]:
    """One call; the body is fixed here, so that every attempt carries the same."""
    if message.clears and not message.edits:
        return ()
    body = _facts(message) or _described(message)
    return (Call("POST", {"endpoint": to.chat, "id": message_id(message.key), "body": body}),)


def _facts(message: Outgoing) -> dict[str, Any] | None:
    text = "".join(run.text for run in message.text)
    if not text.startswith("{"):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _described(message: Outgoing) -> dict[str, Any]:
    body: dict[str, Any] = {"text": whole("".join(run.text for run in message.text))}
    if links := [{"label": whole(run.text), "url": run.url} for run in message.text if run.url]:
        body["links"] = links
    if buttons := [
        {"label": whole(button.label), **({"press": button.press} if button.press else {"url": button.url})}
        for button in message.buttons
    ]:
        body["buttons"] = buttons
    if message.file:
        body["file"] = {"name": message.file.name, "mime": message.file.mime, "size": message.file.size}
    if message.clears:
        body["clears"] = message.edits
    elif message.edits:
        body["edits"] = message.edits
    return body
