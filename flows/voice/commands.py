"""What the speech service answers."""

from __future__ import annotations

from bot.core.messages import Answered, Reply
from flows.activities.writing import draft
from flows.handle import Rewind, handle
from flows.router import answered
from flows.turn import Turn
from flows.voice.actions import as_if_typed, failed_card, heard_card, speaker
from store.models import Conversation, Identity, StoredFile


@answered("voice")
def transcribed(turn: Turn, what: Answered) -> None:
    """The words are shown and then take the way of typed ones; without words the note waits for its customer."""
    row = turn.work.get(StoredFile, int(what.tell.partition(":")[2]))
    conversation = turn.work.get(Conversation, row.conversation) if row else None
    who = speaker(turn, conversation) if conversation else None
    if row is None or conversation is None or who is None:
        return
    words = what.message.strip() if what.outcome == "sent" else ""
    if not words:
        turn.say_to(conversation, failed_card(row, "" if what.outcome == "sent" else what.error[:200]))
        _wait(turn, conversation, row)
        return
    turn.say_to(conversation, heard_card(row, words))
    _type(turn, row, conversation, who, words)


def _wait(turn: Turn, conversation: Conversation, row: StoredFile) -> None:
    """The next name in the chat is taken for the note's customer, unless something else was asked since."""
    if conversation.dialog is None:
        turn.conversation = conversation
        turn.remember({**draft(turn, row.name, row.at, ""), "files": True})


def _type(turn: Turn, row: StoredFile, conversation: Conversation, who: Identity, words: str) -> None:
    try:
        handle(turn.work, as_if_typed(row, conversation, who, words))
    except Rewind as refused:
        turn.say_to(conversation, Reply(refused.problem.text))
