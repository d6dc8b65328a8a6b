"""Adapters without a platform of somebody else: the browser, the terminal and the one in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from adapters import build
from bot.core.messages import Address
from bot.core.ports import Call
from tests.contract.descriptors import SAMPLES, Described, Shown

Json = Mapping[str, Any]


def browser() -> Described:
    def accepts(call: Call) -> None:
        json.dumps(dict(call.arguments))
        assert call.arguments["chat"] == "ann"

    return Described(
        make=lambda: build("browser", screen=None, doors=None, files=None),
        chat=Address("browser", "web", "ann"),
        samples=SAMPLES / "browser",
        pressed=lambda press: json.dumps({**_line("press"), "chat": "ann", "press": press, "message": "7"}),
        shown=lambda calls: _shown([(call.arguments["entry"], call.arguments["edits"]) for call in calls]),
        accepts=accepts,
        unknown=(json.dumps({**_line("wave"), "chat": "ann"}),),
    )


def terminal() -> Described:
    def accepts(call: Call) -> None:
        json.dumps(dict(call.arguments))
        assert call.arguments["chat"] == "terminal"

    return Described(
        make=lambda: build("terminal"),
        chat=Address("terminal", "terminal", "terminal"),
        samples=SAMPLES / "terminal",
        pressed=lambda press: json.dumps({**_line("press"), "press": press, "message": "7"}),
        shown=lambda calls: _shown([(call.arguments, call.arguments.get("edits", 0)) for call in calls]),
        accepts=accepts,
        unknown=(json.dumps(_line("wave")),),
        missing={"clears": "printed lines can't be taken away"},
    )


def memory() -> Described:
    def pressed(press: str) -> str:
        return json.dumps({**json.loads(sample.read_text())["update"], "body": {"press": press, "message": "7"}})

    def shown(calls: Sequence[Call]) -> Shown:
        entries: list[Json] = [call.arguments for call in calls]
        buttons = [button for entry in entries for button in entry["buttons"]]
        return Shown(
            text="".join(entry["text"] for entry in entries),
            links=tuple(url for entry in entries for _, url in entry["styles"] if url)
            + tuple(button["url"] for button in buttons if button["url"]),
            presses=tuple(button["press"] for button in buttons if button["press"]),
            changes=tuple(entry["message"] for entry in entries if entry["message"]),
        )

    sample = SAMPLES / "memory" / "press.json"
    return Described(
        make=lambda: build("memory", account="ours"),
        chat=Address("memory", "ours", "ann"),
        samples=sample.parent,
        pressed=pressed,
        shown=shown,
        accepts=assert_json,
        unknown=(json.dumps({**json.loads(sample.read_text())["update"], "kind": "Waved"}),),
    )


def assert_json(call: Call) -> None:
    """A fake that passes objects around would hide what a real line can't carry."""
    json.dumps(dict(call.arguments))


def _line(kind: str) -> dict[str, Any]:
    return {
        "key": "k1",
        "at": "2026-04-01T09:00:00+00:00",
        "sender": "ann",
        "name": "Ann",
        "language": "en",
        "kind": kind,
    }


def _shown(entries: Sequence[tuple[Json, Any]]) -> Shown:
    """Our own screens make no links of their own: pages write text nodes, terminals bare characters."""
    runs = [run for entry, _ in entries for run in entry.get("text", ())]
    buttons = [button for entry, _ in entries for button in entry.get("buttons", ())]
    return Shown(
        text="".join(run[0] for run in runs),
        links=tuple(item[2] for item in runs if item[2])
        + tuple(button["url"] for button in buttons if button.get("url")),
        presses=tuple(button["press"] for button in buttons if button.get("press")),
        changes=tuple(str(edits) for _, edits in entries if edits),
    )
