"""The stages are honest: what they lose or swap makes a transcript fail, and their table says what runs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from store.engine import Database
from tests.engines import fresh
from tests.transcripts.performance import perform
from tests.transcripts.play import Mismatch
from tests.transcripts.script import read, scripts, translated
from tests.transcripts.stages import WIRES, Wire
from tests.transcripts.stages.house import House, Person, Room, Seen, Shown
from tests.transcripts.stages.needs import why_not
from tests.transcripts.stages.table import PAGE, page

HERE = Path(__file__).parent
STORY = read(HERE / "main" / "log_first_minute.chat")
PLAYED = [wire for wire in WIRES if not why_not(STORY, wire)]
Falsify = Callable[[Sequence[Seen]], Sequence[Seen]]


def _without_first_button(seen: Sequence[Seen]) -> Sequence[Seen]:
    return [_copy(message, buttons=message.buttons[1:]) for message in seen]


def _buttons_turned(seen: Sequence[Seen]) -> Sequence[Seen]:
    return [_copy(message, buttons=message.buttons[::-1]) for message in seen]


def _swapped(seen: Sequence[Seen]) -> Sequence[Seen]:
    """The last two change places."""
    orders = [message.order for message in seen]
    orders[-2:] = reversed(orders[-2:])
    return [_copy(message, order=order) for message, order in zip(seen, orders, strict=True)]


def _never_changed(seen: Sequence[Seen]) -> Sequence[Seen]:
    return [_copy(message, edited=0) for message in seen]


def _shortened(seen: Sequence[Seen]) -> Sequence[Seen]:
    return [_copy(message, text=message.text.partition("\n")[0]) for message in seen]


def _silent(seen: Sequence[Seen]) -> Sequence[Seen]:
    return seen[:-1]


def _same(seen: Sequence[Seen]) -> Sequence[Seen]:
    return [_copy(message) for message in seen]


def _copy(seen: Seen, **changes: Any) -> Shown:
    return replace(Shown(seen.id, seen.text, tuple(seen.buttons), seen.edited, seen.order), **changes)


def _falsified(wire: Wire, falsify: Falsify) -> Wire:
    def opening(open_: Any) -> Any:
        @asynccontextmanager
        async def opened(database: Database, clock: Any, folder: Path) -> AsyncIterator[House]:
            async with open_(database, clock, folder) as house:
                shows = house.shows

                def shown(person: Person, room: Room | None = None) -> Sequence[Seen]:
                    return falsify(shows(person, room))

                house.shows = shown
                yield house

        return opened

    return replace(wire, opens=tuple(opening(open_) for open_ in wire.opens))


@pytest.mark.parametrize("wire", PLAYED, ids=[wire.name for wire in PLAYED])
@pytest.mark.parametrize("falsify", [_without_first_button, _buttons_turned, _swapped, _shortened, _silent])
async def test_a_stage_that_shows_something_else_makes_the_story_fail(
    wire: Wire, falsify: Falsify, tmp_path: Path
) -> None:
    with fresh("sqlite", tmp_path) as url, pytest.raises(Mismatch):
        await perform(STORY, _falsified(wire, falsify), url, tmp_path)


async def test_a_change_must_be_one_where_messages_can_change(tmp_path: Path) -> None:
    with fresh("sqlite", tmp_path) as url, pytest.raises(Mismatch, match="instead of a change"):
        await perform(STORY, _falsified(WIRES[0], _never_changed), url, tmp_path)


async def test_a_stage_that_shows_it_as_it_is_does_not(tmp_path: Path) -> None:
    with fresh("sqlite", tmp_path) as url:
        await perform(STORY, _falsified(WIRES[0], _same), url, tmp_path)


@pytest.mark.parametrize(
    ("line", "words", "there"),
    [
        ("Reachable: Memory", {"Memory": "Telegram"}, "Reachable: Telegram"),
        ("start=", {"start=": "/c/"}, "/c/"),
        ("restart=", {"start=": "/c/"}, "restart="),
        ("hash-ref-a.png of a.png", {"a.png": "b.jpg", "hash-ref-a.png": "1234"}, "1234 of b.jpg"),
    ],
)
def test_a_word_for_the_memory_platform_stands_for_another_platform_s(
    line: str, words: Mapping[str, str], there: str
) -> None:
    assert translated(line, words) == there


def test_the_table_of_wires_is_up_to_date() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == page([read(path) for path in scripts(HERE)]), "python -m tests.transcripts.stages.table"
