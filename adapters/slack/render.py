"""A message of ours becomes calls of the Web API; pure, and free of Slack's libraries.

An address's `chat` is a channel's or a person's id, or "home:U1" (the person's App Home) or "unfurl:SOURCE:ID" (the
preview of the link in `thread`); ids of another workspace than the adapter's own begin with "T2/".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.slack.blocks import blocks_of, linkable, spelled, visible
from adapters.slack.words import escaped
from bot.core.capabilities import Capabilities
from bot.core.messages import Address, Button, Outgoing
from bot.core.ports import Call
from bot.core.text import Run, Runs

TEXT = 6000
"""Two full blocks; escaped it still is under the 40,000 at which Slack cuts a message off."""
CAPABILITIES = Capabilities(
    text=TEXT, buttons=25, label=75, caption=TEXT, private_first=True, rate=4.0, chat_rate=1.0, latency=0.5
)
NOTHING = "…"
"""Stands where a message has no character that can be seen: Slack refuses empty ones."""
EVENT_TYPE = "rapport_message"


def render(to: Address, message: Outgoing) -> Sequence[Call]:
    """A file goes first, the words and buttons that belong to it follow and are what can be edited later.

    A reference to a file without a chat is fetched, and `send` returns its hash.
    """
    if not to.chat and message.file and message.file.ref:
        return (Call("fetch", {}, message.file),)
    team, _, id = to.chat.rpartition("/")
    prefix = f"{team}/" if team else ""
    if id.startswith("home:"):
        return (_home(prefix + id.removeprefix("home:"), message),)
    if id.startswith("unfurl:"):
        return () if message.clears else (_unfurl(prefix, id, to.thread, message),)
    if message.clears:
        return _cleared(to, prefix, message.edits) if message.edits else ()
    if message.edits:
        return (Call("chat.update", {"channel": to.chat, "ts": message.edits, **_content(message)}),)
    return tuple(_new(to, message))


def _cleared(to: Address, prefix: str, message: str) -> Sequence[Call]:
    """A file that went out alone is known by its own id."""
    if message.startswith("F"):
        return (Call("files.delete", {"file": prefix + message}),)
    return (Call("chat.delete", {"channel": to.chat, "ts": message}),)


def _new(to: Address, message: Outgoing) -> list[Call]:
    """What answers a message goes into its thread; in a private chat that would hide it, as nobody looks there."""
    calls = []
    thread = to.thread or (message.answers if message.room else "")
    place = {"channel": to.chat, **({"thread_ts": thread} if thread else {})}
    if message.file:
        calls.append(Call("files.upload", place, message.file))
    if not message.file or message.buttons or any(run.text for run in message.text):
        quiet = {"mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
        calls.append(Call("chat.postMessage", {**place, **_content(message), **quiet, **_metadata(message)}))
    return calls


def _home(user: str, message: Outgoing) -> Call:
    """There is one home a person: publishing is sending, editing and clearing alike."""
    blocks = [] if message.clears else _blocks(message)
    return Call("views.publish", {"user_id": user, "view": {"type": "home", "blocks": blocks}})


def _unfurl(prefix: str, id: str, url: str, message: Outgoing) -> Call:
    _, source, unfurl = id.split(":", 2)
    return Call(
        "chat.unfurl",
        {"unfurl_id": prefix + unfurl, "source": source, "unfurls": {url: {"blocks": _blocks(message)}}},
    )


def _content(message: Outgoing) -> dict[str, Any]:
    """The text is what notifications and screen readers give, so it is always there."""
    return {"text": _plainly(message), "blocks": _blocks(message), "parse": "none"}


def _blocks(message: Outgoing) -> list[dict[str, Any]]:
    return blocks_of(_words(message), message.buttons) or blocks_of((Run(NOTHING),), ())


def _words(message: Outgoing) -> Runs:
    """With the links that Slack would not take on a button."""
    extra = (button for button in message.buttons if button.url and not linkable(button.url))
    return (*message.text, *(run for button in extra for run in _written_out(button)))


def _written_out(button: Button) -> Runs:
    return (Run(f"\n{button.label}: "), Run(button.url, "code"))


def _plainly(message: Outgoing) -> str:
    text = "".join(run.text for run in spelled(message.text))[:TEXT]
    labels = " · ".join(button.label for button in message.buttons)
    return escaped(text if visible(text) else labels if visible(labels) else NOTHING)


def _metadata(message: Outgoing) -> Mapping[str, Any]:
    """The send's key, so that a message whose fate is unknown can be told apart from its repetition."""
    if not message.key:
        return {}
    return {"metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": message.key}}}
