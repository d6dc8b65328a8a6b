"""The reader of histories finds nothing in a good one, and every breach that is planted into it."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chaos.history import Entry, History, Promised, breaches, busiest

PROMISED = Promised(window=4, rate=10, room_rate=20)
ROOM = "-100"


def _good() -> list[Entry]:
    """Two hundred notes in ten chats, one of them a room, a kill in the middle that repeats three, and a pause."""
    chats = [ROOM, *(f"{number}" for number in range(9))]
    found = list[Entry]()
    for number in range(200):
        chat, at = chats[number % 10], 4.0 * number
        found += [Entry("acked", at, number), Entry("effect", at, number)]
        found += [Entry("asked", at, chat=chat), Entry("sent", at, number, chat, who="7" if number <= 100 else "8")]
        if number == 100:
            found += [Entry("killed", at + 0.1, who="7"), *(Entry("stored", at, known) for known in range(101))]
            found += [Entry("looked", at), *(Entry("sent", at + n, number - n, chats[-n], who="8") for n in (1, 2, 3))]
            found += [Entry("paused", at + 0.2, chat="5", until=at + 15.0)]
    return [*found, *(Entry("stored", 900, known) for known in range(200)), Entry("looked", 900)]


PLANTED: dict[str, Callable[[list[Entry]], list[Entry]]] = {
    "lost": lambda good: [entry for entry in good if (entry.what, entry.number) != ("stored", 77)],
    "then lost": lambda good: [*good, Entry("gone", 950, 77), Entry("looked", 950)],
    "doubled": lambda good: [*good, Entry("effect", 5, 42)],
    "order": lambda good: [*good, Entry("sent", 790.5, 3, "2")],
    "repeats": lambda good: [*good, *(Entry("sent", 404.0 + n / 9, 99, "8", who="8") for n in range(5))],
    "rate": lambda good: [*good, *(Entry("sent", 3000 + n / 12, 1000 + n, f"c{n}") for n in range(12))],
    "a room's rate": lambda good: [*good, *(Entry("sent", 3000 + 2 * n, 1000 + n, ROOM) for n in range(21))],
    "pause": lambda good: [*good, Entry("asked", 412.0, chat="5")],
}


def test_a_good_history_is_clean(tmp_path: Path) -> None:
    history = History(tmp_path / "history")
    history.note(_good())
    assert breaches(history.read(), PROMISED) == []


def test_what_waited_at_the_door_of_a_platform_that_stood_still_was_not_asked_too_early(tmp_path: Path) -> None:
    asked = [*_good(), Entry("asked", 405.0, chat="5")]
    assert [found.partition(":")[0] for found in breaches(asked, PROMISED)] == ["pause"]
    assert breaches([*asked, Entry("stood", 400.25, until=404.9)], PROMISED) == []
    assert breaches([*asked, Entry("stood", 404.0, until=404.4)], PROMISED) != []


def test_what_was_on_its_way_at_a_kill_is_left_by_whom_it_was_whenever_it_arrives() -> None:
    late = [*_good(), Entry("sent", 404.5, 96, "5", who="7")]
    again = [
        entry if entry.number != 96 or entry.what != "sent" else Entry("sent", 404.4, 96, "5", who="8")
        for entry in late[:-1]
    ]
    assert breaches([*again, late[-1]], PROMISED) == []
    assert breaches([*again, Entry("sent", 404.5, 96, "5", who="8")], PROMISED) == ["repeats: 1 of process 8"]


@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_planted_is_found(planted: str, tmp_path: Path) -> None:
    history = History(tmp_path / "history")
    history.note(PLANTED[planted](_good()))
    found = breaches(history.read(), PROMISED)
    assert found
    assert {one.partition(":")[0] for one in found} == {planted.rpartition(" ")[2]}


def test_the_busiest_window_is_counted_as_a_child_would() -> None:
    dice = random.Random(3)
    for _ in range(50):
        times = sorted(dice.uniform(0, 9) for _ in range(40))
        assert busiest(times, 1.0) == max(sum(1 for at in times if start <= at < start + 1.0) for start in times)
