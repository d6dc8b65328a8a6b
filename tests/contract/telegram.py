"""Both Telegram bots, for the contract."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from adapters import build
from adapters.telegram.parse import Me
from adapters.telegram.spans import JOINER
from bot.core.messages import Address
from bot.core.ports import Call
from tests.contract.descriptors import SAMPLES, Described, Shown
from tests.wires.telegram.rules import check, linked

TOKEN = "7000000000:a-token-that-nobody-may-see"
UNASKED = ("url", "mention", "email_url")

PRESS = json.loads((SAMPLES / "telegram" / "press.json").read_text())["update"]


def staff() -> Described:
    return _described("telegram-staff")


def customers() -> Described:
    return _described("telegram-customers")


def _described(name: str) -> Described:
    def make() -> Any:
        adapter: Any = build(name, token=TOKEN, account="ours", files=None)
        adapter.me = Me("7000000000", "rapport_bot")
        return adapter

    return Described(
        make=make,
        chat=Address("telegram", "ours", "-1002233445566"),
        samples=SAMPLES / "telegram",
        pressed=_pressed,
        shown=_shown,
        accepts=_accepts,
        unknown=(
            '{"update_id": 1, "brand_new": {"chat": {"id": 1}}}',
            '{"update_id": 2}',
            '{"update_id": 3, "poll": {}}',
        ),
    )


def _pressed(press: str) -> str:
    return json.dumps({**PRESS, "callback_query": {**PRESS["callback_query"], "data": press}})


def _accepts(call: Call) -> None:
    check(call.method, json.loads(json.dumps(dict(call.arguments))), uploaded=bool(call.file))


def _shown(calls: Sequence[Call]) -> Shown:
    text, links, unasked, presses, changes = "", [], [], [], []
    for call in calls:
        words = call.arguments.get("text", call.arguments.get("caption", ""))
        given = list(call.arguments.get("entities", call.arguments.get("caption_entities", ())))
        units = words.encode("utf-16-le")
        for entity in linked(words, given):
            part = units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
            if entity["type"] in UNASKED:
                unasked.append(part)
            if entity["type"] == "text_link":
                links.append(entity["url"])
        text += words.replace(JOINER, "")
        buttons = [button for row in _rows(call) for button in row]
        presses += [button["callback_data"] for button in buttons if "callback_data" in button]
        links += [button["url"] for button in buttons if "url" in button]
        changes += [str(call.arguments["message_id"])] if "message_id" in call.arguments else []
    return Shown(text, tuple(links), tuple(unasked), tuple(presses), tuple(changes))


def _rows(call: Call) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = call.arguments.get("reply_markup", {}).get("inline_keyboard", [])
    return rows
