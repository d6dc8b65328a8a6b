"""Asking for the words of a voice note, and saying them."""

from __future__ import annotations

from bot.core.messages import Address, Event, Reply, Said, Sender
from bot.core.text import Text, lines, quote
from bot.core.text import gettext as _
from flows.files.actions import content
from flows.turn import Turn
from flows.voice.rules import message_of
from store.models import Conversation, Identity, StoredFile

SERVICE = "speech"
"""Platform and account of the service; the firm's setting "services" lists it where it is set up."""


def can_listen(turn: Turn) -> bool:
    """Whether somebody can hear voice notes here: only in private chats, where it is clear who speaks."""
    return turn.private and SERVICE in turn.workspace.settings.get("services", ())


def listen(turn: Turn, row: StoredFile) -> None:
    """Asks for the words; the answer comes as an event of its own."""
    to = Address(SERVICE, SERVICE, f"file-{row.id}")
    turn.say(Reply(Text(), file=content(row), to=to, tell=f"voice:{row.id}"))


def waiting_card(row: StoredFile) -> Reply:
    """What stands in the chat until the words are there."""
    return Reply(_("Listening to your voice note …"), card=_card(row))


def heard_card(row: StoredFile, words: str) -> Reply:
    """The words as they were understood, so that a slip is seen at once."""
    return Reply(lines(_("I heard:"), quote(words[:1500])), card=_card(row))


def failed_card(row: StoredFile, why: str) -> Reply:
    """Why there are no words; the note itself is kept."""
    said = _("I could not listen to your voice note: {why}.", why=why) if why else _("I heard no words in it.")
    return Reply(
        lines(said, _("It is kept. Which customer is it about? Type the name, or say it in writing.")), card=_card(row)
    )


def _card(row: StoredFile) -> str:
    return f"voice:{row.id}"


def speaker(turn: Turn, conversation: Conversation) -> Identity | None:
    """Who speaks in this private chat."""
    if conversation.kind != "private" or conversation.member is None:
        return None
    known = {"member": conversation.member, "platform": conversation.platform, "account": conversation.account}
    return turn.work.first(Identity, **known)


def as_if_typed(row: StoredFile, conversation: Conversation, who: Identity, words: str) -> Event:
    """The event of somebody who types these words when the note was spoken."""
    said = Said(words, message=message_of(row.id), mentioned=True)
    where = Address.of(conversation.address)
    return Event(f"voice:{row.id}", row.at, where, Sender(who.person, who.name), said)
