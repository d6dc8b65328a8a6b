"""What Slack refuses: arguments, blocks by slack_sdk's own models, limits that these do not know; and what it links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from tests.wires.slack.world import ApiError, Json

MESSAGE = {"channel", "text", "blocks", "thread_ts", "mrkdwn", "parse", "unfurl_links", "unfurl_media", "metadata"}
ARGUMENTS: Mapping[str, tuple[set[str], set[str]]] = {
    "chat.postMessage": ({"channel"}, MESSAGE | {"reply_broadcast"}),
    "chat.postEphemeral": ({"channel", "user"}, MESSAGE | {"user"}),
    "chat.update": ({"channel", "ts"}, {"text", "blocks", "parse", "metadata", "link_names", "reply_broadcast"}),
    "chat.delete": ({"channel", "ts"}, set()),
    "chat.unfurl": ({"unfurls"}, {"unfurl_id", "source", "channel", "ts"}),
    "views.open": ({"trigger_id", "view"}, set()),
    "views.push": ({"trigger_id", "view"}, set()),
    "views.update": ({"view"}, {"view_id", "external_id", "hash"}),
    "views.publish": ({"user_id", "view"}, {"hash"}),
    "conversations.open": ({"users"}, {"return_im", "channel"}),
    "conversations.info": ({"channel"}, {"include_num_members"}),
    "users.info": ({"user"}, {"include_locale"}),
    "files.info": ({"file"}, set()),
    "files.delete": ({"file"}, set()),
    "files.getUploadURLExternal": ({"filename", "length"}, {"alt_txt", "snippet_type"}),
    "files.completeUploadExternal": ({"files"}, {"channel_id", "channels", "thread_ts", "initial_comment"}),
    "auth.test": (set(), set()),
    "apps.connections.open": (set(), set()),
}
"""Method → what it needs, and what it may have beside."""

STRUCTURED = {"blocks", "view", "metadata", "unfurls", "files"}
LABEL, VALUE, ACTION_ID, BLOCKS, VIEW_BLOCKS, TEXT = 75, 2000, 255, 50, 100, 40_000
MENTIONS = ("user", "usergroup", "broadcast", "channel", "team")


def check(method: str, arguments: Json) -> None:
    """Raises ApiError where Slack would refuse."""
    needed, optional = ARGUMENTS[method]
    if missing := needed - arguments.keys():
        raise ApiError("invalid_arguments", missing=sorted(missing))
    if unknown := arguments.keys() - needed - optional - {"token", "team_id"}:
        raise ApiError("invalid_arguments", unknown=sorted(unknown))
    if method in ("chat.postMessage", "chat.postEphemeral", "chat.update"):
        _message(arguments)
    if "view" in arguments:
        _view(arguments["view"])
    for preview in arguments.get("unfurls", {}).values() if method == "chat.unfurl" else ():
        blocks(preview["blocks"], BLOCKS)


def blocks(found: Any, most: int) -> None:
    """Every block by its model, and what the models leave out."""
    if not isinstance(found, list) or len(found) > most:
        raise ApiError("invalid_blocks", why=f"more than {most} blocks")
    for block in found:
        try:
            parsed = Block.parse(block)
            assert parsed is not None
            parsed.to_dict()
        except (SlackObjectFormationError, AssertionError, TypeError, AttributeError, ValueError) as error:
            raise ApiError("invalid_blocks", why=str(error)) from error
        for test in _TESTS:
            test(block)
    _unique([block["block_id"] for block in found if "block_id" in block], "block_id")


def links(found: Sequence[Json]) -> list[str]:
    """Addresses that a reader can follow."""
    return [element["url"] for element in walk(list(found)) if element.get("url")]


def unasked(text: str, found: Sequence[Json]) -> list[str]:
    """Mentions and links that Slack makes of the words: of mark-up in text, or of elements that are no text."""
    made = [str(element) for element in walk(list(found)) if element.get("type") in MENTIONS]
    marked = [element["text"] for element in walk(list(found)) if element.get("type") == "mrkdwn"]
    return made + [mark for words in [text, *marked] for mark in re.findall("<[^>]+>", words)]


def walk(value: Any) -> Iterator[Json]:
    """Every object in it."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(part)


def _message(arguments: Json) -> None:
    text = arguments.get("text", "")
    if not isinstance(text, str) or not text.strip():
        raise ApiError("no_text", why="screen readers and notifications have nothing to give")
    if len(text) > TEXT:
        raise ApiError("msg_too_long")
    text.encode()
    blocks(arguments.get("blocks", []), BLOCKS)
    metadata = arguments.get("metadata")
    if metadata is not None and not (metadata.get("event_type") and isinstance(metadata.get("event_payload"), dict)):
        raise ApiError("invalid_metadata_format")


def _view(view: Json) -> None:
    if view.get("type") not in ("modal", "home"):
        raise ApiError("invalid_arguments", why="view type")
    blocks(view.get("blocks"), VIEW_BLOCKS)
    if view["type"] == "modal":
        title = view.get("title") or {}
        if title.get("type") != "plain_text" or not 0 < len(title.get("text", "")) <= 24:
            raise ApiError("invalid_arguments", why="title")
        if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
            raise ApiError("invalid_arguments", why="a modal with inputs needs submit")
    if len(view.get("callback_id", "")) > ACTION_ID or len(view.get("private_metadata", "")) > 3000:
        raise ApiError("invalid_arguments", why="too long")


def _plain_texts(block: Json) -> None:
    for element in walk(block):
        if element.get("type") in ("plain_text", "mrkdwn") and not element["text"]:
            raise ApiError("invalid_blocks", why="an empty text")
        if element.get("type") == "text" and not element["text"]:
            raise ApiError("invalid_blocks", why="an empty rich text element")


def _rich_texts(block: Json) -> None:
    if block["type"] == "rich_text" and not block["elements"]:
        raise ApiError("invalid_blocks", why="rich text without elements")


def _buttons(block: Json) -> None:
    elements = block["elements"] if block["type"] == "actions" else []
    for element in elements:
        if len(element["text"]["text"]) > LABEL or len(element.get("value", "")) > VALUE:
            raise ApiError("invalid_blocks", why="button text or value")
        if element.get("style", "primary") not in ("primary", "danger"):
            raise ApiError("invalid_blocks", why="style")
        if element.get("accessibility_label", "x") == "" or len(element.get("accessibility_label", "")) > LABEL:
            raise ApiError("invalid_blocks", why="accessibility_label")
    _unique([element["action_id"] for element in elements], "action_id")


def _links(block: Json) -> None:
    for url in links([block]):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https", "mailto") or not (parts.hostname or parts.path) or len(url) > 3000:
            raise ApiError("invalid_blocks", why=f"url {url[:50]}")


def _unique(ids: Sequence[str], name: str) -> None:
    if twice := [id for id, count in Counter(ids).items() if count > 1]:
        raise ApiError("invalid_blocks", why=f"{name} {twice} twice")


_TESTS: Sequence[Callable[[Json], None]] = (_plain_texts, _rich_texts, _buttons, _links)
