"""The terminal as an adapter of its own, and as a client of a running service."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys

import pytest

from adapters.browser import person_of
from adapters.terminal import TerminalAdapter, follow
from adapters.terminal.follow import Refused
from adapters.terminal.lines import Pipe
from adapters.terminal.parse import choice_of
from adapters.terminal.render import lines, render
from bot.core.errors import NeverDeliverable
from bot.core.messages import Address, Answer, Button, Command, File, Outgoing, Pressed, Said
from bot.core.text import Run
from tests.adapters.browser.stage import House, card, serving

HERE = Address("terminal", "terminal", "terminal")
QUESTION = Outgoing(
    (Run("How was it?", "bold"),), (Button("Good", "a:1"), Button("Bad", "a:2"), Button("Page", url="/p"))
)
ANN = "ann-" + "a" * 28


class Typist:
    """Lines that a test types one by one."""

    colours = False

    def __init__(self) -> None:
        self.typed: asyncio.Queue[str | None] = asyncio.Queue()
        self.printed: list[str] = []

    async def read(self) -> str | None:
        return await self.typed.get()

    def write(self, text: str) -> None:
        self.printed.append(text)

    async def sees(self, text: str) -> None:
        async with asyncio.timeout(5):
            while not any(text in line for line in self.printed):  # noqa: ASYNC110
                await asyncio.sleep(0.01)


async def send(adapter, message):
    return [await adapter.send(call) for call in adapter.render(HERE, message)]


async def heard(typed, *messages):
    """The bodies of the events that these lines make after these messages were printed."""
    ends = Typist()
    adapter, bodies = TerminalAdapter(ends=ends), []

    async def accept(update):
        bodies.extend(event.body for event in adapter.parse(update.raw))
        return Answer("Noted")

    ids = [id for message in messages for id in await send(adapter, message)]
    for line in (*typed, None):
        ends.typed.put_nowait(line)
    await adapter.listen(accept)
    return bodies, ids, ends.printed


async def test_lines_are_said_and_slashes_are_commands():
    bodies, _, printed = await heard(["Called Acme", "", "  ", "/who Li Wei"])
    assert bodies[0] == Said("Called Acme", bodies[0].message)
    assert bodies[1] == Command("who", "Li Wei", bodies[1].message)
    assert len(bodies) == 2
    assert printed == ["Noted", "Noted"]


async def test_a_number_presses_the_button_of_the_last_choice():
    bodies, ids, printed = await heard(["2", "3", "２"], QUESTION, Outgoing((Run("by the way"),)))
    assert bodies[0] == Pressed("a:2", ids[0])
    assert bodies[1] == Said("3", bodies[1].message)
    assert bodies[2] == Pressed("a:2", ids[0])
    assert printed[:4] == ["How was it?", "  1) Good", "  2) Bad", "  → Page: /p"]


async def test_a_message_changed_to_have_no_choice_takes_it_away():
    ends = Typist()
    adapter = TerminalAdapter(ends=ends)
    (shown,) = await send(adapter, QUESTION)
    assert await send(adapter, Outgoing((Run("Thanks"),), edits=shown)) == [shown]
    assert adapter._on_screen().meant("1") == {"kind": "say", "text": "1"}


async def test_another_chat_can_not_be_reached():
    adapter = TerminalAdapter(ends=Typist())
    (call,) = adapter.render(Address("terminal", "terminal", "somebody"), QUESTION)
    with pytest.raises(NeverDeliverable):
        await adapter.send(call)


def test_what_people_wrote_can_not_steer_the_terminal():
    (call,) = render(
        HERE, Outgoing((Run("\x1b]0;title\x07 x\x1b[2J\ny", "quote"),), file=File("a\x1b.pdf", "application/pdf"))
    )
    assert lines(call.arguments, colours=False) == ["│ ]0;title x[2J", "│ y", "[a.pdf]"]
    assert lines(call.arguments, colours=True)[0].startswith("\x1b[2m│ ")


def test_a_cleared_card_prints_nothing():
    assert render(HERE, Outgoing((), edits="1", clears=True)) == ()


def test_only_a_number_that_is_offered_presses():
    assert [choice_of(text, 2) for text in ("1", " 2 ", "0", "3", "1st", "", "²", "99999999999")] == [
        1,
        2,
        0,
        0,
        0,
        0,
        0,
        0,
    ]


async def test_a_kind_of_a_newer_client_is_no_event():
    assert TerminalAdapter(ends=Typist()).parse(json.dumps({"kind": "wave"})) == ()


async def test_pipes_are_read_to_their_end():
    target = io.StringIO()
    pipe = Pipe(io.StringIO("one\n二\n"), target)
    assert [await pipe.read() for _ in range(3)] == ["one", "二", None]
    pipe.write("out")
    assert target.getvalue() == "out\n"


def test_a_script_can_talk_through_pipes():
    program = """
import asyncio
from adapters.terminal import TerminalAdapter
from bot.core.messages import Answer
async def accept(update): return Answer("heard")
asyncio.run(TerminalAdapter().listen(accept))
"""
    done = subprocess.run([sys.executable, "-c", program], input="hello\n", capture_output=True, text=True, timeout=30)
    assert (done.stdout, done.stderr) == ("heard\n", "")


@pytest.fixture
async def house():
    async with serving(House()) as house:
        yield house


async def test_following_a_service_talks_presses_and_leaves_when_the_input_ends(house):
    ends = Typist()
    following = asyncio.create_task(follow(house.url, ANN, ends=ends))
    ends.typed.put_nowait("Called Acme")
    await ends.sees("Logged")
    await ends.sees("1) Undo")
    ends.typed.put_nowait("1")
    await ends.sees("undo:1")
    ends.typed.put_nowait("/today")
    ends.typed.put_nowait(None)
    await following
    assert [type(event.body) for event in house.events] == [Said, Pressed, Command]
    assert "Called Acme" not in ends.printed
    assert ends.printed[-1] == "Command: today"


async def test_following_takes_up_a_lost_connection_and_repeats_nothing(house):
    await house.say(person_of(ANN), card("from before", "c"))
    ends = Typist()
    house.broken = 1
    following = asyncio.create_task(follow(house.url, ANN, ends=ends))
    await ends.sees("from before")
    ends.typed.put_nowait("again and again")
    ends.typed.put_nowait(None)
    await following
    assert [event.body.text for event in house.events] == ["again and again"]
    assert sum("from before" in line for line in ends.printed) == 1


async def test_following_begins_with_the_last_few_messages(house):
    for number in range(30):
        await house.say(person_of(ANN), Outgoing((Run(f"message {number}"),), key=str(number)))
    ends = Typist()
    ends.typed.put_nowait(None)
    await follow(house.url, ANN, ends=ends)
    assert ends.printed == [f"message {number}" for number in range(18, 30)]


async def test_a_stranger_is_told_why_it_may_not_follow(house):
    with pytest.raises(Refused, match="not open"):
        await follow(house.url, ANN, chat="room-service", ends=Typist())
