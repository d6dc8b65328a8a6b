"""What Slack is told when it hands us something: in the response itself where it listens there, else by a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.slack.forms import view_of
from adapters.slack.incoming import Json, part_of, user_of
from adapters.slack.interactions import place_of
from adapters.slack.words import escaped
from bot.core.messages import Answer

NEUTRAL = frozenset({"view", "form", "errors"})
"""Keys of `Answer.data` that we translate; anything else is the response as it stands."""


@dataclass(frozen=True, slots=True)
class After:
    """A call to make once the update is ours, within the three seconds that a trigger lives."""

    method: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    """A response_url: where to post instead of calling a method."""


def body_of(payload: Json, answer: Answer | None) -> dict[str, Any]:
    """The response's JSON, the same when the update comes again; empty: just "we have it"."""
    if answer is None:
        return {}
    data = answer.data
    if payload.get("type") == "view_submission":
        return _submitted(payload, answer)
    if data and not NEUTRAL & data.keys():
        return dict(data)
    if "command" in payload and answer.toast:
        return {"response_type": "ephemeral", "text": escaped(answer.toast)}
    return {}


def after(payload: Json, answer: Answer | None) -> tuple[After, ...]:
    """Opens the form that was asked for; shows a toast where the response can't."""
    if answer is None or payload.get("type") == "view_submission":
        return ()
    calls = [*_form(payload, answer), *_toast(payload, answer)]
    return tuple(calls)


def _submitted(payload: Json, answer: Answer) -> dict[str, Any]:
    """Errors by field keep the form open; a view replaces it; else it closes."""
    data = answer.data
    if errors := data.get("errors"):
        return {"response_action": "errors", "errors": {str(name): str(text) for name, text in errors.items()}}
    if view := view_of(data, place_of({**payload, "container": {"type": "view"}})):
        return {"response_action": "update", "view": view}
    return {name: value for name, value in data.items() if name not in NEUTRAL}


def _form(payload: Json, answer: Answer) -> list[After]:
    trigger, view = payload.get("trigger_id"), view_of(answer.data, place_of(payload))
    if not view or not trigger:
        return []
    if (shown := part_of(payload, "view")).get("type") == "modal":
        return [After("views.update", {"view_id": shown["id"], "view": view})]
    return [After("views.open", {"trigger_id": trigger, "view": view})]


def _toast(payload: Json, answer: Answer) -> list[After]:
    if not answer.toast or "command" in payload or payload.get("type") not in ("block_actions", "message_action"):
        return []
    text = {"text": escaped(answer.toast)}
    if url := payload.get("response_url"):
        return [After("", {"response_type": "ephemeral", "replace_original": False, **text}, url)]
    return [After("chat.postMessage", {"channel": payload.get("dm") or user_of(payload), **text, "parse": "none"})]
