"""Outgoing webhooks, for the contract."""

from __future__ import annotations

from collections.abc import Sequence

from adapters import build
from adapters.webhook.wire import Endpoint
from bot.core.messages import Address
from bot.core.ports import Call
from tests.contract.descriptors import SAMPLES, Described, Shown
from tests.contract.own_screens import assert_json


def webhook() -> Described:
    async def none(id: str) -> Endpoint | None:
        return None

    return Described(
        make=lambda: build("webhook", account="ours", endpoints=none),
        chat=Address("webhook", "ours", "7"),
        samples=SAMPLES / "webhook",
        pressed=lambda press: "{}",
        shown=_shown,
        accepts=assert_json,
        unknown=('{"type": "anything"}',),
        missing={"presses": "another program presses nothing: webhooks only go out"},
    )


def _shown(calls: Sequence[Call]) -> Shown:
    bodies = [call.arguments["body"] for call in calls]
    buttons = [button for body in bodies for button in body.get("buttons", ())]
    linked = [*(link for body in bodies for link in body.get("links", ())), *buttons]
    return Shown(
        text="".join(body.get("text", "") for body in bodies),
        links=tuple(item["url"] for item in linked if "url" in item),
        presses=tuple(button["press"] for button in buttons if "press" in button),
        changes=tuple(body[name] for body in bodies for name in ("edits", "clears") if name in body),
    )
