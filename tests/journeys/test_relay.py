"""A customer's picture and voice note reach the team's thread, and the answer comes back; a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.journeys.conftest import Firm
from tests.journeys.house import CUSTOMERS, PATIENCE, STAFF, bare, reads, until
from tests.wires.telegram import Group, Person, Seen

PICTURE, VOICE = b"\x89PNG of a broken pump", b"OggS it makes this noise"
SENT = "SELECT 1 FROM line WHERE kind = 'out' AND state = ? AND text = ?"


async def test_pictures_and_voice_go_in_and_answers_come_out(firm: Firm) -> None:
    room = firm.house.wire.group("Service", [firm.ann, firm.bob, STAFF])
    firm.ann.says(room, "/alerts service")
    await reads(firm.ann, room, "What customers write is shown here")
    root = await _asks_with_a_picture_and_a_voice_note(firm, room)
    await _answers_from_the_thread(firm, room, root)
    await _answers_with_a_picture_in_private(firm)
    await _is_refused(firm)
    assert not any("who broke" in bare(seen) for seen in firm.li.sees(CUSTOMERS))


async def _asks_with_a_picture_and_a_voice_note(firm: Firm, room: Group) -> Seen:
    firm.li.sends_photo(CUSTOMERS, PICTURE, "The pump is broken")
    await reads(firm.li, CUSTOMERS, "Thank you, we have it (T-101)")
    firm.li.sends_voice(CUSTOMERS, VOICE)
    root = await _seen(firm.bob, room, lambda seen: "T-101 · Acme" in bare(seen))
    for content in (PICTURE, VOICE):
        there = await _seen(firm.bob, room, lambda seen, content=content: _content(firm, seen) == content)
        assert there.answers == root.id
        await _seen(firm.bob, STAFF, lambda seen, content=content: _content(firm, seen) == content)
    return root


async def _answers_from_the_thread(firm: Firm, room: Group, root: Seen) -> None:
    """A reply stays among us; one that says so is shown, confirmed, held, and goes."""
    firm.bob.says(room, "who broke it this time?", answers=root.id)
    await reads(firm.bob, STAFF, "among us", "who broke it this time?")
    firm.bob.says(room, "reply: We come at three", answers=root.id)
    await reads(firm.bob, room, "To Acme on Telegram", "We come at three", button="Send to Acme")
    firm.bob.presses("Send to Acme", where=room)
    await reads(firm.bob, room, "It goes out in 20 s.")
    firm.house.rings("reply")
    await reads(firm.li, CUSTOMERS, "Bob:", "We come at three")
    await reads(firm.bob, room, "Sent")


async def _answers_with_a_picture_in_private(firm: Firm) -> None:
    firm.bob.presses("Answer Acme", where=STAFF)
    await reads(firm.bob, STAFF, "Write your answer to Acme now")
    firm.bob.sends_photo(STAFF, b"\x89PNG of the part", "This is the part")
    await reads(firm.bob, STAFF, "This is the part", "With:", button="Send to Acme")
    firm.bob.presses("Send to Acme", where=STAFF)
    await reads(firm.bob, STAFF, "It goes out in 20 s.")
    firm.house.rings("reply")
    got = await _seen(firm.li, CUSTOMERS, lambda seen: _content(firm, seen) == b"\x89PNG of the part")
    assert "This is the part" in bare(got)


async def _is_refused(firm: Firm) -> None:
    """Whoever wrote it reads why, can try again, and it is no answer until it arrived."""
    firm.li.blocks(CUSTOMERS)
    await reads(firm.bob, STAFF, "Acme has blocked our bot")
    firm.bob.says(STAFF, "/answer 101 Are you there?")
    await reads(firm.bob, STAFF, "Are you there?", button="Send to Acme")
    firm.bob.presses("Send to Acme", where=STAFF)
    await reads(firm.bob, STAFF, "Are you there?", "It goes out in 20 s.")
    firm.house.rings("reply")
    await reads(firm.bob, STAFF, "could not be sent", "Are you there?", button="Try again")
    assert firm.house.ask(SENT, "failed", "Are you there?")
    firm.li.says(CUSTOMERS, "Here I am again")
    await reads(firm.bob, STAFF, "Here I am again")
    firm.bob.presses("Try again", where=STAFF)
    await firm.house.comes("SELECT 1 FROM timer WHERE kind = 'reply' AND state = 'waiting'")
    firm.house.rings("reply")
    await reads(firm.li, CUSTOMERS, "Are you there?")


async def _seen(who: Person, where: str | Group, fits: Callable[[Seen], bool]) -> Seen:
    found: Any = await until(
        lambda: next((seen for seen in who.sees(where) if seen.by_bot and fits(seen)), None),
        PATIENCE,
        lambda: str([(bare(seen), seen.file, seen.answers) for seen in who.sees(where)][-8:]),
    )
    return found  # type: ignore[no-any-return]


def _content(firm: Firm, seen: Seen) -> bytes:
    """What lies behind the file of a message."""
    return firm.house.wire.world.files[seen.file][1] if seen.file else b""
