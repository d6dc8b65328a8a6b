"""What a story needs of a platform, read from its script: wires say which of it they lack."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.transcripts.script import Script
from tests.transcripts.stages import PLATFORMS, Wire

_IN_THE_TALK = {
    "edits": r" edits: ",
    "replies": r" replies to [^:]+: ",
    "deletions": r" deletes it$",
    "pictures": r" sends picture ",
    "contact cards": r" shares contact ",
    "forwarding": r" forwards from ",
    "sheets": r" drops ",
    "blocking": r" blocks the bot$",
    "outsiders in a room": r" joins #",
    "another database": r"^the firm moves$",
}


def needs(script: Script) -> frozenset[str]:
    """The names of everything out of the ordinary that the story uses."""
    return frozenset(_of_people(script)) | frozenset(_of_talk(script))


def why_not(script: Script, wire: Wire) -> str:
    """Why the story can't happen on that wire; empty when it can."""
    if reason := wire.not_there.get(script.path.stem):
        return reason
    return next((reason for need, reason in wire.lacks.items() if need in needs(script)), "")


def _of_people(script: Script) -> Iterator[str]:
    own = [name for name, described in script.people.items() if set(_parts(described)) & PLATFORMS.keys()]
    yield "own platforms" if own else "one platform"
    if any(_is_customer(described) for described in script.people.values()):
        yield "customers"
    if any(described.startswith("stranger staff") for described in script.people.values()):
        yield "strangers for the members"
    if script.rooms:
        yield "rooms"
    if any(_is_customer(script.people[names[0]]) for names in script.rooms.values()):
        yield "a customer's room"


def _of_talk(script: Script) -> Iterator[str]:
    for need, pattern in _IN_THE_TALK.items():
        if any(re.search(pattern, line.text) for line in script.talk if not line.inner):
            yield need
    for line in script.talk:
        who, deletes, _rest = line.text.partition(" deletes it")
        if deletes and not line.inner and _is_customer(script.people.get(who, "")):
            yield "a customer's deletion"
        spoken = re.match(r"([^:]+) in (#\S+):", line.text)
        if spoken and spoken[1] not in script.rooms.get(spoken[2], (spoken[1],)):
            yield "outsiders in a room"


def _is_customer(described: str) -> bool:
    return described.startswith("customer of ") or (described.startswith("stranger") and "staff" not in described)


def _parts(described: str) -> list[str]:
    return [part.strip() for part in described.split(",")]
