"""A turn: one event or one due timer, handled in one transaction. Flows read and write through it, and never send."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.core.errors import NotFound
from bot.core.messages import Address, Answer, Event, Linked, Option, Outgoing, Pressed, Reply, Urgency, spoken
from bot.core.text import Text, plain
from bot.core.text import gettext as _
from flows.words import Words, language_of, zone_of
from store.models import Account, Conversation, Customer, Identity, Member, Workspace
from store.outbox import Posting
from store.work import Work

Fact = Any
T = TypeVar("T")

DRAFTS = 20
"""Unfinished lines that a conversation keeps; a burst of more than these is a pasted list."""
DEPTH = 8
"""How far a chain of facts may go before it is taken for a loop."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a turn did, in words for the undo list, and the card that offers to undo it."""

    label: Text
    card: str = ""


@dataclass
class Turn:
    """What a handler gets: who, where, when, the rows, and ways to say something.

    `member` is None on the customer side; `customer` is the customer whose private chat this is. Timers and pages make
    turns without `event` and `where`; their replies say where to go.
    """

    work: Work
    workspace: Workspace
    key: str
    """Unique for this turn; the keys of what it sends begin with it."""
    event: Event | None = None
    where: Address | None = None
    account: Account | None = None
    conversation: Conversation | None = None
    identity: Identity | None = None
    member: Member | None = None
    former: bool = False
    """Somebody who was removed: on the customers' side too, they are told nothing and become nobody."""
    note: Note | None = None
    action: str = ""
    facts: list[Fact] = field(default_factory=list)
    toast: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    """What the platform itself is answered (a modal's field errors)."""
    _sent: int = 0

    @property
    def now(self) -> datetime:
        """The moment of the transaction, in UTC."""
        return self.work.now

    @property
    def at(self) -> datetime:
        """When it was said, by the platform's clock, which may be ahead of ours: relative times run from here."""
        return min(self.event.at, self.work.now) if self.event else self.work.now

    @cached_property
    def words(self) -> Words:
        """The language and zone of whoever this turn answers."""
        return self.words_for(self.conversation, self.member)

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the person this turn answers."""
        return zone_of(self.words.zone)

    @property
    def local(self) -> datetime:
        """When it was said, on that person's clock."""
        return self.at.astimezone(self.zone)

    @property
    def private(self) -> bool:
        """True in a chat with just this person."""
        return self.conversation is None or self.conversation.kind == "private"

    @property
    def source(self) -> str:
        """Where the message of this turn stands, so that what is made of it is found when it is changed or deleted."""
        body = self.event.body if self.event else None
        message = "" if isinstance(body, Pressed) else getattr(body, "message", "")
        return f"{self.where.key}#{message}" if self.where and message else ""

    @cached_property
    def customer(self) -> Customer | None:
        """The customer whose private chat this is."""
        if self.conversation is None or self.conversation.customer is None:
            return None
        return self.work.customers.get(self.conversation.customer)

    def me(self) -> Member:
        """The acting member; raises NotFound on the customer side, where handlers for members never run."""
        if self.member is None:
            raise NotFound(_("That is not available here."))
        return self.member

    def here(self) -> Conversation:
        """The conversation; turns of timers and pages have none, and their handlers never ask."""
        if self.conversation is None:
            raise NotFound(_("That is not available here."))
        return self.conversation

    def who(self) -> Identity:
        """The person on this platform; as `here`."""
        if self.identity is None:
            raise NotFound(_("That is not available here."))
        return self.identity

    def words_for(self, conversation: Conversation | None, member: Member | None = None) -> Words:
        """How to speak in a conversation: a room's own language, a person's own, the platform's, the firm's."""
        firm = self.workspace
        language, zone = firm.language, firm.zone
        if conversation is not None and (conversation.kind == "room" or member is None):
            language = conversation.language or language
            if conversation.customer and (customer := self.work.customers.get(conversation.customer)):
                language, zone = conversation.language or customer.language or language, customer.zone or zone
        if member is not None and (conversation is None or conversation.kind == "private"):
            language, zone = (
                member.language or (conversation.language if conversation else "") or language,
                member.zone or zone,
            )
        return Words(language_of(language), zone, self.now)

    def card(self) -> str:
        """The card whose button was pressed; empty for any other event."""
        body = self.event.body if self.event else None
        if self.where is None or not isinstance(body, Pressed) or not body.message:
            return ""
        return self.work.cards.of_message(self.where.key, body.message)

    # saying something

    def say(self, reply: Reply | Text | None) -> None:
        """Queues a reply to this conversation, or to where it says."""
        if reply is None:
            return
        if isinstance(reply, Text):
            reply = Reply(reply)
        if reply.toast and self.event is not None and reply.to is None:
            self.toast = plain(reply.text.resolve(self.words))[:200]
            return
        to = reply.to or self.where
        if to is not None:
            self._queue(reply, to)

    def say_to(self, conversation: Conversation, reply: Reply) -> None:
        """Queues a reply to another conversation, in its language; alerts to a room as `flows/quiet` allows."""
        if reply.urgency is Urgency.ALERT and conversation.kind == "room":
            from flows.quiet.actions import push_room

            push_room(self, conversation, reply)
        else:
            self.say(replace(reply, to=Address.of(conversation.address)))

    def rewrite(self, card: str, reply: Reply) -> None:
        """Shows the card's new state wherever it was shown and may still be read, each place in its own language."""
        for place in self.work.cards.places(card):
            chat = self.work.first(Conversation, address=place.key)
            if chat is not None and chat.reachable and not chat.outsider:
                self.say(replace(reply, card=card, to=place))

    def message_member(self, member: Member, reply: Reply, kind: str = "news") -> bool:
        """To the member's own private chat; False when there is none yet.

        What nobody asked for (not the person who acts, and no reminder) is counted, joined, held or muted by its kind;
        a warning has the kind "", and always comes.
        """
        if not member.home or member.state != "active":
            return False
        acts = self.event is not None and self.member is not None and self.member.id == member.id
        if acts or not kind or (reply.urgency is Urgency.REMINDER and kind == "news"):
            self.say(replace(reply, to=Address.of(member.home)))
        else:
            from flows.quiet.actions import push

            push(self, member, reply, kind)
        return True

    def message_customer(self, customer: int, reply: Reply) -> Conversation | None:
        """To the chat that this customer used last; None when no chat reaches them."""
        for conversation in self.work.people.chats_of(customer):
            self.say_to(conversation, reply)
            return conversation
        return None

    def _queue(self, reply: Reply, to: Address) -> None:
        conversation, words = self._listener(to)
        message = replace(spoken(reply, words), room=conversation is not None and conversation.kind == "room")
        self._sent += 1
        posting = Posting(
            to=to,
            message=self._signed(message, to),
            urgency=reply.urgency,
            card=reply.card,
            under=reply.under,
            tell=reply.tell,
            again=reply.if_unsure == "again",
        )
        self.work.outbox.queue(f"{self.key}:{self._sent}", posting)

    def _listener(self, to: Address) -> tuple[Conversation | None, Words]:
        if self.where is not None and to in (self.where, *self._beside()):
            return self.conversation, self.words
        conversation = self.work.first(Conversation, address=to.key)
        member = None
        if conversation is not None and conversation.kind == "private" and conversation.member:
            member = self.work.get(Member, conversation.member)
        return conversation, self.words_for(conversation, member)

    def _beside(self) -> tuple[Address, ...]:
        """What its reader sees beside the conversation: an own page, the preview of a link."""
        event = self.event
        page = (event.page,) if event and event.page else ()
        return (*page, event.body.preview) if event and isinstance(event.body, Linked) else page

    def _signed(self, message: Outgoing, to: Address) -> Outgoing:
        if not message.buttons:
            return message
        signed = (replace(b, press=sign(self.workspace.secret, to, b.press)) if b.press else b for b in message.buttons)
        return replace(message, buttons=tuple(signed))

    # doing something

    def tell(self, fact: Fact) -> None:
        """Other topics may react to it, in this same transaction."""
        self.facts.append(fact)

    def did(self, label: Text, card: str = "") -> None:
        """Names what was done, for undo."""
        self.note = Note(label, card)

    def asks(self) -> str:
        """The kind of the talk that is open; empty where nothing is asked, only something was shown."""
        kind = str(((self.conversation.dialog if self.conversation else None) or {}).get("kind", ""))
        return "" if kind in ("listed", "import") else kind

    def remember(self, dialog: dict[str, Any] | None) -> None:
        """The talk that is open in this conversation now; None closes it. A draft is put aside: its buttons find it."""
        if self.conversation is None:
            return
        before = self.conversation.dialog or {}
        aside = list(before.get("aside", ()))
        if "draft" in before and before["draft"] != (dialog or {}).get("draft"):
            aside.append({name: value for name, value in before.items() if name != "aside"})
        kept = [line for line in aside if line["draft"] != (dialog or {}).get("draft")][-DRAFTS:]
        self.conversation = self.work.change(
            self.conversation, dialog={**(dialog or {"kind": ""}), "aside": kept} if kept else dialog
        )

    def forget(self, draft: str) -> None:
        """A draft that was written down or given up."""
        if self.conversation is None or not self.conversation.dialog:
            return
        if "draft" in self.conversation.dialog:
            self.remember(None)
        talk = self.conversation.dialog
        aside = [line for line in talk.get("aside", ()) if line["draft"] != draft]
        closed = not aside and not talk["kind"]
        self.conversation = self.work.change(self.conversation, dialog=None if closed else {**talk, "aside": aside})

    def answer(self) -> Answer | None:
        """What the platform is told at once."""
        return Answer(self.toast, self.data) if self.toast or self.data else None


def sign(secret: str, where: Address, press: str) -> str:
    """The press with a signature that only fits this chat, in whatever thread of it: at most 12 bytes longer."""
    place = replace(where, thread="").key
    mac = hmac.new(secret.encode(), _bytes(f"{place}\n{press}"), hashlib.sha256).digest()
    return f"{press}~{base64.urlsafe_b64encode(mac[:7]).decode().rstrip('=')}"


def unsigned(secret: str, where: Address, signed: str) -> str | None:
    """The press inside a signed one, or None when it was not made for this conversation."""
    press, mark, _mac = signed.rpartition("~")
    return press if mark and hmac.compare_digest(_bytes(sign(secret, where, press)), _bytes(signed)) else None


def _bytes(text: str) -> bytes:
    """Of whatever a stranger's program sends, also what is no text."""
    return text.encode("utf-8", "surrogatepass")


def options(*items: Option | None) -> tuple[Option, ...]:
    """The options that are there."""
    return tuple(item for item in items if item is not None)


def alert(text: Text, *, card: str = "", options: Sequence[Option] = ()) -> Reply:
    """Something a team should see; in its own lane behind answers and reminders."""
    return Reply(text, options=tuple(options), card=card, urgency=Urgency.ALERT)


def first(found: Iterable[T], test: Callable[[T], bool]) -> T | None:
    """The first that passes the test."""
    return next((item for item in found if test(item)), None)
