"""Slack, for the contract."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from adapters import build
from bot.core.messages import Address
from bot.core.ports import Call
from tests.contract.descriptors import SAMPLES, Described, Shown
from tests.wires.slack.rules import check, links, unasked, walk
from tests.wires.slack.world import buttons_of

PRESS = json.loads((SAMPLES / "slack" / "press.json").read_text())["update"]


def slack() -> Described:
    return Described(
        make=lambda: build("slack", account="ours", bot_token="xoxb-secret", signing_secret="secret", files=None),
        chat=Address("slack", "ours", "C0SALES"),
        samples=SAMPLES / "slack",
        pressed=_pressed,
        shown=_shown,
        accepts=_accepts,
        unknown=(
            '{"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": {"type": "brand_new"}}',
            '{"type": "event_callback", "event_id": "Ev2", "event": {"type": "message", "subtype": "x", "ts": "1"}}',
            '{"type": "brand_new", "trigger_id": "1.2.3"}',
            '{"type": "app_rate_limited", "minute_rate_limited": 1518467820}',
        ),
    )


def _pressed(press: str) -> str:
    return json.dumps({**PRESS, "actions": [{**PRESS["actions"][0], "value": press}]})


def _accepts(call: Call) -> None:
    check(call.method, json.loads(json.dumps(dict(call.arguments))))


def _shown(calls: Sequence[Call]) -> Shown:
    text, found, made, presses, changes = "", [], [], [], []
    for call in calls:
        blocks: list[Any] = list(call.arguments.get("blocks", ()))
        text += "".join(element["text"] for element in walk(blocks) if element.get("type") in ("text", "link"))
        found += links(blocks)
        made += unasked(call.arguments.get("text", ""), blocks)
        presses += [button["value"] for button in buttons_of(blocks) if "value" in button]
        changes += [call.arguments["ts"]] if "ts" in call.arguments else []
    return Shown(text, tuple(found), tuple(made), tuple(presses), tuple(changes))
