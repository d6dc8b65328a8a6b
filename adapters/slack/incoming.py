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
ENDS = ("app_uninstalled", "tokens_revoked")
"""Events that our token is worth nothing any more."""
CHANGES = ("message_changed", "message_deleted", "message_replied")


@dataclass(frozen=True, slots=True)
class Workspace:
    """One installation: our token, and what Slack says of it when asked: our user id, the team, and the organisation
    if it is installed in the whole of that."""

    token: str = field(repr=False)
    bot: str = ""
    team: str = ""
    organisation: str = ""

    def concerns(self, payload: Json) -> bool:
        """Whether it is about this installation; what names no team, or comes before we know ours, is taken as such."""
        ours = {self.team, self.organisation} - {""}
        named = names_in(payload)
        return not self.team or not named or bool(ours & named)


def key_of(payload: Json) -> str:
    """Unique for what happened, not for its delivery: one message may come as several events, with an id each.

    Empty for what is nothing to keep.
    """
    if payload.get("type") == "event_callback":
        return _event_key(part_of(payload, "event")) or text_of(payload, "event_id")
    if payload.get("type") == KNOWN:
        return text_of(payload, "key")
    return text_of(payload, "trigger_id") or text_of(payload, "action_ts")


def lane_of(payload: Json) -> str:
    """The channel, or the person where there is none."""
    event = part_of(payload, "event")
    return text_of(event, "channel") or channel_of(payload) or text_of(event, "user") or user_of(payload)


def team_of(payload: Json) -> str:
    """The workspace that we are installed in; in shared channels the sender's may be another."""
    for grant in _list(payload, "authorizations"):
        if team := text_of(grant, "team_id"):
            return team
    if payload.get("type") == "event_callback":
        return text_of(payload, "context_team_id") or text_of(payload, "team_id")
    return text_of(payload, "team_id") or text_of(part_of(payload, "team"), "id")


def names_in(payload: Json) -> frozenset[str]:
    """The teams and organisations that it names: in shared channels several."""
    places = (payload, *_list(payload, "authorizations"), part_of(payload, "user"), part_of(payload, "view"))
    fields = ("team_id", "context_team_id", "app_installed_team_id", "enterprise_id", "context_enterprise_id")
    found = {text_of(place, name) for place in places for name in fields}
    found |= {text_of(part_of(payload, name), "id") for name in ("team", "enterprise")}
    return frozenset(found - {""})


def bot_in(payload: Json) -> str:
    """Our user id, which events carry with them."""
    bots = (text_of(grant, "user_id") for grant in _list(payload, "authorizations") if grant.get("is_bot"))
    return next((bot for bot in bots if bot), "")


def is_own(payload: Json, bot: str) -> bool:
    """Something that we said ourselves, or that happened to it."""
    event = part_of(payload, "event")
    if event.get("type") not in ("message", "app_mention"):
        return False
    message = part_of(event, "message") or part_of(event, "previous_message") or event
    ours = text_of(payload, "api_app_id")
    apps = (text_of(message, "app_id"), text_of(part_of(message, "bot_profile"), "app_id"))
    return (bool(bot) and message.get("user") == bot) or (bool(ours) and ours in apps)


def is_the_end(payload: Json) -> bool:
    """Whether somebody took the app away; a person's own token is none of ours."""
    event = part_of(payload, "event")
    if payload.get("type") != "event_callback" or event.get("type") not in ENDS:
        return False
    return event["type"] == "app_uninstalled" or bool(part_of(event, "tokens").get("bot"))


def channel_of(payload: Json) -> str:
    """Where an interaction or command happened; empty on the home and in forms."""
    return text_of(payload, "channel_id") or text_of(part_of(payload, "channel"), "id")


def user_of(payload: Json) -> str:
    """Who interacts."""
    return text_of(payload, "user_id") or text_of(part_of(payload, "user"), "id")


def author_of(payload: Json) -> str:
    """Whose message a shortcut was used on."""
    return text_of(part_of(payload, "message"), "user") if payload.get("type") == "message_action" else ""


def update(account: str, payload: Json, **known: Any) -> Update:
    """The raw update with the time we got it, which commands have nowhere else, and what only a call can tell."""
    return Update(account, key_of(payload), json.dumps({**payload, **known}), lane_of(payload))


def _event_key(event: Json) -> str:
    if event.get("type") not in ("message", "app_mention"):
        return ""
    channel, subtype, message = text_of(event, "channel"), event.get("subtype"), part_of(event, "message")
    parts = [channel, text_of(event, "ts")]
    if subtype == "message_changed":
        parts = [channel, text_of(message, "ts"), "edited", text_of(part_of(message, "edited"), "ts")]
    if subtype == "message_deleted":
        parts = [channel, text_of(event, "deleted_ts"), "deleted"]
    return ":".join(parts) if all(parts) else ""


def part_of(value: Json, name: str) -> Json:
    """The object of that name, or an empty one: what is no object is not ours to stumble over yet."""
    part = value.get(name)
    return part if isinstance(part, dict) else {}


def _list(value: Json, name: str) -> list[Json]:
    part = value.get(name)
    return [item for item in part if isinstance(item, dict)] if isinstance(part, list) else []


def text_of(value: Json, name: str) -> str:
    """The text of that name, or an empty one; without the one character that PostgreSQL keeps nowhere."""
    part = value.get(name)
    return part.replace("\0", "") if isinstance(part, str) else ""
