"""What travels: addresses, events that come in, replies that go out, and their JSON form for the tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any, Literal

from bot.core.text import Run, Runs, Speaker, Text

PRESS_BYTES = 48
"""Longest `Option.press`: Telegram's 64 bytes of button data less the signature the runtime adds."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a conversation happens; `key` is its text form and the conversation's key.

    `chat` is the platform's id of a private chat, group or channel, `thread` a topic or thread in it. `person` is set
    only where one chat holds a conversation per person (a dialog in a group).
    """

    platform: str
    account: str
    chat: str
    thread: str = ""
    person: str = ""

    @property
    def key(self) -> str:
        parts = (self.platform, self.account, self.chat, self.thread, self.person)
        plain = ":".join(parts)
        if plain.count(":") == len(parts) - 1 and "%" not in plain:
            return plain.rstrip(":")
        return ":".join(part.replace("%", "%25").replace(":", "%3A") for part in parts).rstrip(":")

    @classmethod
    def of(cls, key: str) -> Address:
        """The address whose `key` this is."""
        parts = [part.replace("%3A", ":").replace("%25", "%") for part in key.split(":")]
        return cls(*parts, *[""] * (3 - len(parts)))


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did it, by the platform's own id; `name` is only for showing, never for rights."""

    id: str
    name: str = ""
    language: str = ""
    is_bot: bool = False
    is_outsider: bool = False
    """From another firm, as the platform itself says (Slack Connect)."""
    is_colleague: bool = False
    """Of the firm's own workspace on the platform, as the platform itself says; no right follows from it."""


@dataclass(frozen=True, slots=True)
class File:
    """A picture, document or voice note: by content hash once we hold it, by the platform's `ref` before."""

    name: str
    mime: str
    hash: str = ""
    ref: str = ""
    size: int = 0
    kind: Literal["picture", "document", "voice", "video"] = "document"


@dataclass(frozen=True, slots=True)
class Said:
    """A message was written; `message` is its id on the platform."""

    text: str
    message: str = ""
    files: tuple[File, ...] = ()
    answers: str = ""
    """The message id it replies to, where the platform has replies."""
    mentioned: bool = False
    """In a group: the bot was addressed (mention, reply to it, command)."""
    forwarded_from: str = ""
    forwarded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """The sender changed an earlier message."""

    message: str
    text: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """The sender took an earlier message back."""

    message: str


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; `name` without slash and bot name, lower case."""

    name: str
    rest: str = ""
    message: str = ""
    line: str = ""
    """All that was typed, where everything is typed behind one slash command: a sentence may begin with any word."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button; `press` is what the option carried, signature included; `message` where it was shown."""

    press: str
    message: str = ""
    values: tuple[tuple[str, str], ...] = ()
    """What was filled in beside it: (field, value) pairs of a form."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A contact card or a place."""

    kind: Literal["contact", "place"]
    name: str = ""
    phone: str = ""
    email: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    own: bool = False
    """The sender's own card, as the platform vouches: it proves the phone number."""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody, or the bot itself, came into the conversation (again)."""

    people: tuple[Sender, ...]
    bot: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody left, or the bot was removed or blocked; `moved_to` when the chat got a new id."""

    people: tuple[Sender, ...]
    bot: bool = False
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody who was here, or the room, is called: platforms that name neither were asked meanwhile."""

    people: tuple[Sender, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """A link to one of our pages was written; its preview is shown by a reply to `preview`, or not at all."""

    url: str
    preview: Address


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a reply that said `tell=…`: delivered, refused, unknown, or an outside service's answer."""

    tell: str
    outcome: Literal["sent", "failed", "unknown", "answer"]
    message: str = ""
    error: str = ""
    data: str = ""


Body = Said | Edited | Deleted | Command | Pressed | Shared | Joined | Left | Known | Linked | Answered


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened on a platform; (account, key) is unique for ever, `at` is the platform's time, aware."""

    key: str
    at: datetime
    where: Address
    sender: Sender
    body: Body
    private: bool = True
    """A chat with just this sender; False in groups and channels."""
    page: Address | None = None
    """Where it was done on the person's own page of the app (Slack's home): buttons there are signed for it."""
    shared: bool = False
    """In a room that another firm shares, as the platform itself says."""


@dataclass(frozen=True, slots=True)
class Update:
    """Raw platform JSON, before anybody tried to read it."""

    account: str
    key: str
    raw: str
    lane: str = ""
    """The chat, where it can be read without parsing: turns of one lane run in the order in which they came."""


@dataclass(frozen=True, slots=True)
class Option:
    """A button: `press` names the handler and its arguments ("claim:102"); or a link when `url` is set."""

    label: Text
    press: str = ""
    url: str = ""
    style: Literal["", "primary", "danger"] = ""
    wide: bool = False
    """Wants a row of its own."""

    def __post_init__(self) -> None:
        if len(self.press.encode()) > PRESS_BYTES:
            raise ValueError(f"press is {len(self.press.encode())} bytes, at most {PRESS_BYTES}: {self.press}")


class Urgency(IntEnum):
    """The lane of a reply: a lower number passes a higher one, order is kept within one."""

    ANSWER = 0
    REMINDER = 3
    ALERT = 5
    CAMPAIGN = 9


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say, still in no language; flows return these and never send."""

    text: Text
    options: tuple[Option, ...] = ()
    file: File | None = None
    to: Address | None = None
    card: str = ""
    """ "ticket:102": sent once per address, then edited in place wherever it was shown."""
    under: str = ""
    """A card whose message at that address this one hangs under, as a reply or in its thread, once it is there."""
    tell: str = ""
    """Whom an `Answered` event concerns."""
    urgency: Urgency = Urgency.ANSWER
    if_unsure: Literal["again", "leave"] = "again"
    toast: bool = False
    """Only an acknowledgement of a press: shown for a moment where the platform can, else as a message."""
    clears: bool = False
    """With `card`: the card's place is emptied (deleted where the platform can)."""


@dataclass(frozen=True, slots=True)
class Button:
    """An `Option` in a language, with its signature."""

    label: str
    press: str = ""
    url: str = ""
    style: Literal["", "primary", "danger"] = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A `Reply` in the reader's language, as it waits in the outbox and reaches an adapter.

    `edits` is the platform's id of the message to change in place, empty for a new one, `answers` of the one that it
    hangs under; `key` is the send's own idempotency key, the same at every attempt.
    """

    text: Runs
    buttons: tuple[Button, ...] = ()
    file: File | None = None
    edits: str = ""
    key: str = ""
    clears: bool = False
    answers: str = ""
    room: bool = False
    """Goes to several people: platforms limit these more."""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Outgoing:
        """The value whose `as_json` this is; fields of newer versions are ignored, missing ones empty."""
        file = data.get("file")
        return cls(
            text=tuple(Run(*item) for item in data.get("text", ())),
            buttons=tuple(Button(**item) for item in data.get("buttons", ())),
            file=File(**file) if file else None,
            edits=data.get("edits", ""),
            key=data.get("key", ""),
            clears=data.get("clears", False),
            answers=data.get("answers", ""),
            room=data.get("room", False),
        )

    def as_json(self) -> dict[str, Any]:
        """Plain JSON, small: what is empty is left out."""
        data: dict[str, Any] = {"text": [[run.text, run.style, run.url] for run in self.text]}
        if self.buttons:
            data["buttons"] = [_filled(button) for button in self.buttons]
        if self.file:
            data["file"] = _filled(self.file)
        for name in ("edits", "key", "clears", "answers", "room"):
            if value := getattr(self, name):
                data[name] = value
        return data


def spoken(reply: Reply, speaker: Speaker) -> Outgoing:
    """The reply in one language, with unsigned presses."""
    return Outgoing(
        text=reply.text.resolve(speaker),
        buttons=tuple(
            Button(
                "".join(run.text for run in option.label.resolve(speaker)),
                option.press,
                option.url,
                option.style,
                option.wide,
            )
            for option in reply.options
        ),
        file=reply.file,
        clears=reply.clears,
    )


def _filled(value: Button | File) -> dict[str, Any]:
    names = type(value).__dataclass_fields__
    return {name: found for name in names if (found := getattr(value, name)) or name in ("label", "name", "mime")}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform is told when it hands us an update: stored, and repeated when it comes again."""

    toast: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    """For the platform itself: a modal's field errors, a view."""
