"""The memory platform's wire: events as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.core.messages import (
    Address,
    Body,
    Command,
    Deleted,
    Edited,
    Event,
    File,
    Joined,
    Left,
    Pressed,
    Said,
    Sender,
    Shared,
)

_KINDS: dict[str, type[Body]] = {
    kind.__name__: kind for kind in (Said, Edited, Deleted, Command, Pressed, Shared, Joined, Left)
}


def raw(event: Event) -> str:
    """The JSON that `parse` reads."""
    data = asdict(event)
    data["where"] = event.where.key
    data["kind"] = type(event.body).__name__
    return json.dumps(data, ensure_ascii=False, default=str)


def parse(text: str) -> Sequence[Event]:
    """The event, or nothing for a kind we don't know."""
    data = json.loads(text)
    if data["kind"] not in _KINDS:
        return ()
    return (
        Event(
            key=data["key"],
            at=datetime.fromisoformat(data["at"]),
            where=Address.of(data["where"]),
            sender=Sender(**data["sender"]),
            body=_KINDS[data["kind"]](**_revived(data["body"])),
            private=data["private"],
        ),
    )


def _revived(body: dict[str, Any]) -> dict[str, Any]:
    out = dict(body)
    if "files" in out:
        out["files"] = tuple(File(**file) for file in out["files"])
    if "people" in out:
        out["people"] = tuple(Sender(**person) for person in out["people"])
    if out.get("forwarded_at"):
        out["forwarded_at"] = datetime.fromisoformat(out["forwarded_at"])
    return out
