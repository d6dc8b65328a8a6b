"""Messages and their edits in any order: platforms that try again hand over first what happened last.

An edit that is older than one we have had is none. One that comes before its message is heard with the message. What is
typed into an anonymous survey is not kept for that: there the edit is as if it had never been.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.messages import Edited, Event, Said
from flows.turn import Turn
from store.secrecy import is_secret

KEPT = 12
"""Edited messages that a chat remembers: more than a platform tries again at once."""


def in_order(turn: Turn, event: Event) -> Event | None:
    """The event as it would have been heard had everything come in order; None for what is over."""
    here, at = turn.here(), event.at.timestamp()
    match event.body:
        case Edited(message=message, text=text):
            known = {name: (since, words) for name, since, words in here.edits}
            if message in known and at < known[message][0]:
                return None
            known.pop(message, None)
            words = "" if turn.where is None or is_secret(turn.work, turn.where.key) else text
            edits = [*([name, *rest] for name, rest in known.items()), [message, at, words]][-KEPT:]
            turn.conversation = turn.work.change(here, edits=edits)
        case Said(message=message) as said if here.edits and message:
            newer = (words for name, since, words in here.edits if name == message and since >= at and words)
            return replace(event, body=replace(said, text=next(newer, said.text)))
    return event
