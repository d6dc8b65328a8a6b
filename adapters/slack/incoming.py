"""What is read of a payload before anybody has parsed it: its key, its lane, its workspace, and whether it is ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.messages import Update

Json = Mapping[str, Any]

KNOWN = "rapport_known"
"""The type of what we tell ourselves: names that Slack gave when asked."""
CHANGES = ("message_changed", "message_deleted", "message_replied")


@dataclass(frozen=True, slots=True)
class Workspace:
    """One installation: a Slack team, our token for it and our user id in it (may stay empty)."""

    token: str = field(repr=False)
    bot: str = ""


def key_of(payload: Json) -> str:
    """Unique for what happened, not for its delivery: one message may come as several events, with an id each.

    Empty for what is nothing to keep.
    """
    if payload.get("type") == "event_callback":
        return _event_key(part_of(payload, "event")) or _text(payload, "event_id")
    if payload.get("type") == KNOWN:
        return _text(payload, "key")
    return _text(payload, "trigger_id") or _text(payload, "action_ts")


def lane_of(payload: Json) -> str:
    """The channel, or the person where there is none."""
    event = part_of(payload, "event")
    return _text(event, "channel") or channel_of(payload) or _text(event, "user") or user_of(payload)


def team_of(payload: Json) -> str:
    """The workspace that we are installed in; in shared channels the sender's may be another."""
    for grant in _list(payload, "authorizations"):
        if team := _text(grant, "team_id"):
            return team
    if payload.get("type") == "event_callback":
        return _text(payload, "context_team_id") or _text(payload, "team_id")
    return _text(payload, "team_id") or _text(part_of(payload, "team"), "id")


def bot_in(payload: Json) -> str:
    """Our user id, which events carry with them."""
    bots = (_text(grant, "user_id") for grant in _list(payload, "authorizations") if grant.get("is_bot"))
    return next((bot for bot in bots if bot), "")


def is_own(payload: Json, bot: str) -> bool:
    """Something that we said ourselves, or that happened to it."""
    event = part_of(payload, "event")
    if event.get("type") not in ("message", "app_mention"):
        return False
    message = part_of(event, "message") or part_of(event, "previous_message") or event
    ours = _text(payload, "api_app_id")
    apps = (_text(message, "app_id"), _text(part_of(message, "bot_profile"), "app_id"))
    return (bool(bot) and message.get("user") == bot) or (bool(ours) and ours in apps)


def channel_of(payload: Json) -> str:
    """Where an interaction or command happened; empty on the home and in forms."""
    return _text(payload, "channel_id") or _text(part_of(payload, "channel"), "id")


def user_of(payload: Json) -> str:
    """Who interacts."""
    return _text(payload, "user_id") or _text(part_of(payload, "user"), "id")


def author_of(payload: Json) -> str:
    """Whose message a shortcut was used on."""
    return _text(part_of(payload, "message"), "user") if payload.get("type") == "message_action" else ""


def update(account: str, payload: Json, **known: Any) -> Update:
    """The raw update with the time we got it, which commands have nowhere else, and what only a call can tell."""
    return Update(account, key_of(payload), json.dumps({**payload, **known}), lane_of(payload))


def _event_key(event: Json) -> str:
    if event.get("type") not in ("message", "app_mention"):
        return ""
    channel, subtype, message = _text(event, "channel"), event.get("subtype"), part_of(event, "message")
    parts = [channel, _text(event, "ts")]
    if subtype == "message_changed":
        parts = [channel, _text(message, "ts"), "edited", _text(part_of(message, "edited"), "ts")]
    if subtype == "message_deleted":
        parts = [channel, _text(event, "deleted_ts"), "deleted"]
    return ":".join(parts) if all(parts) else ""


def part_of(value: Json, name: str) -> Json:
    """The object of that name, or an empty one: what is no object is not ours to stumble over yet."""
    part = value.get(name)
    return part if isinstance(part, dict) else {}


def _list(value: Json, name: str) -> list[Json]:
    part = value.get(name)
    return [item for item in part if isinstance(item, dict)] if isinstance(part, list) else []


def _text(value: Json, name: str) -> str:
    part = value.get(name)
    return part if isinstance(part, str) else ""
