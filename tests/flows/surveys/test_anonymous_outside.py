"""Attacks on an anonymous survey from outside the tables: bytes of the file, of its log, of a copy, and what is parked.

Whoever attacks has the bytes, knows who finished when, and in some cases the key too. Each attack is shown to work
when its guard is taken away.
"""

from __future__ import annotations

import io
import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from adapters.memory import MemoryAdapter
from adapters.memory.parse import raw
from bot.core.messages import Said, Update
from bot.runtime import intake
from bot.runtime.intake import Handlers, Intake
from flows.results.rules import hidden
from flows.surveys import anonymous
from store import copies
from store.models import Invitation
from store.work import Work
from tests.flows.surveys.scene import Scene
from tests.flows.surveys.test_anonymous import KEY, PEOPLE, WORD, answered, close, prepared

WORDS = [WORD.format(number) for number in range(PEOPLE)]


@pytest.fixture
def engine() -> str:
    """A file can be read by whoever finds it; a server's can't."""
    return "sqlite"


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def bytes_of(url: str) -> dict[str, bytes]:
    """The file and what stands beside it: its write-ahead log and the index of that."""
    path = file_of(url)
    return {found.name[len(path.name) :]: found.read_bytes() for found in path.parent.glob(f"{path.name}*")}


def seen(content: bytes, words: Sequence[str] = WORDS) -> list[str]:
    return [word for word in words if word.encode() in content]


def in_place(content: bytes) -> int:
    """Whose words stand there in the order in which people finished: every order of bytes, first and last mention."""
    best = 0
    for find in (content.find, content.rfind):
        order = sorted((word for word in seen(content)), key=lambda word: find(word.encode()))
        for line in (order, order[::-1]):
            best = max(best, sum(a == b for a, b in zip(line, WORDS, strict=False)))
    return best


class Still:
    """No lot is drawn."""

    def shuffle(self, _rows: object) -> None:
        """Leaves them as they are."""


# the file and its write-ahead log


def test_the_bytes_while_it_runs_hold_no_word(scene: Scene, url: str) -> None:
    answered(scene)
    found = bytes_of(url)
    assert len(found["-wal"]) > 0
    assert {part: seen(content) for part, content in found.items()} == {part: [] for part in found}


def test_unsealed_words_stand_in_the_bytes(scene: Scene, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import json

    monkeypatch.setattr(anonymous, "_sealed", lambda turn, question, value: json.dumps([question, value]))
    answered(scene, only=2)
    assert seen(b"".join(bytes_of(url).values())) == WORDS[:2]


def test_the_bytes_after_the_end_are_in_nobodys_order(scene: Scene, url: str) -> None:
    """Four orders are tried, two of them each other's reverse: nine of twelve in place come once in 100,000 times."""
    answered(scene)
    close(scene)
    found = bytes_of(url)
    assert seen(b"".join(found.values())) == WORDS
    assert all(in_place(content) < 9 for content in found.values())


def test_bytes_that_were_not_shuffled_are_in_order(scene: Scene, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anonymous.secrets, "SystemRandom", Still)
    monkeypatch.setattr(anonymous.secrets, "randbelow", lambda most: most - 1)
    answered(scene)
    close(scene)
    assert max(in_place(content) for content in bytes_of(url).values()) == PEOPLE


# a copy that was made before the end, in the hands of somebody with the key


def ballots(path: Path) -> list[str]:
    """The words in the copy's sealed ballots, in the order of the rows."""
    import json

    with closing(sqlite3.connect(path)) as file:
        rows = [json.loads(sealed) for (sealed,) in file.execute("SELECT sealed FROM ballot ORDER BY id")]
    opened = [dict(json.loads(KEY.open(part, subject="ballot:1")) for part in row) for row in rows]
    return [str(answers["why"]) for answers in opened]


def copied(scene: Scene, url: str, tmp_path: Path) -> list[str]:
    answered(scene)
    copy = tmp_path / "copy.db"
    copies.take(url, copy)
    assert seen(copy.read_bytes()) == []
    return ballots(copy)


def test_a_copy_with_its_key_is_in_nobodys_order(scene: Scene, url: str, tmp_path: Path) -> None:
    found = copied(scene, url, tmp_path)
    assert sorted(found) == sorted(WORDS)
    assert sum(a == b for a, b in zip(found, WORDS, strict=True)) < 9
    assert sum(a == b for a, b in zip(found[::-1], WORDS, strict=True)) < 9


def test_a_copy_in_order_says_everything(
    scene: Scene, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anonymous.secrets, "randbelow", lambda most: most - 1)
    assert copied(scene, url, tmp_path) == WORDS


def test_each_place_is_as_likely_as_any_other(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every lot of three people once: each of the six orders comes out once."""
    lots = [(0, one, two) for one in range(2) for two in range(3)]
    orders = set[tuple[str, ...]]()
    for lot in lots:
        rows: list[Any] = []

        class Rows:
            def find(self, _kind: object, kept: list[Any] = rows, **_equals: object) -> list[Any]:
                return kept

            def add(self, row: Any, kept: list[Any] = rows) -> None:
                kept.append(row)

            def change(self, row: Any, **values: Any) -> None:
                for name, value in values.items():
                    setattr(row, name, value)

        drawn = iter(lot)
        monkeypatch.setattr(anonymous.secrets, "randbelow", lambda _most, drawn=drawn: next(drawn))
        turn: Any = type("Turn", (), {"work": Rows()})()
        for name in "abc":
            anonymous._drop_in(turn, anonymous.Ballot(survey=1, sealed=[name]))
        orders.add(tuple(row.sealed[0] for row in rows))
    assert len(orders) == 6


# what the service writes down of its work


def fails(_work: Work, event: Any) -> None:
    """A fault of ours, with the words in its text."""
    raise LookupError(event.body.text)


async def parked(scene: Scene) -> None:
    """Somebody answers an anonymous survey, and we fail."""
    prepared(scene, 2)
    event = scene.event("customers", "P1", Said(WORDS[1], "m1"))
    there: Any = {"customers": MemoryAdapter("customers")}
    taken = Intake(scene.database, there, Handlers(fails, apologise=lambda work, event: None))
    await taken.accept(Update("customers", event.key, raw(event), lane="P1"))
    assert len(scene.write(lambda work: work.updates.parked())) == 1


async def test_what_is_parked_leaves_no_word_in_the_bytes(scene: Scene, url: str, log: io.StringIO) -> None:
    await parked(scene)
    assert seen(b"".join(bytes_of(url).values())) == []
    assert "turn_failed" in log.getvalue()
    assert seen(log.getvalue().encode()) == []


async def test_what_is_parked_without_looking_is_found(scene: Scene, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "any_secret", lambda work, said: False)
    await parked(scene)
    assert seen(b"".join(bytes_of(url).values())) == [WORDS[1]]


def test_the_log_of_a_whole_survey_has_no_word(scene: Scene, log: io.StringIO) -> None:
    answered(scene)
    close(scene)
    logging.getLogger("somebody").warning("the log is heard")
    assert "the log is heard" in log.getvalue()
    assert seen(log.getvalue().encode()) == []


# two views of the results, one subtracted from the other


def test_no_two_views_leave_fewer_than_five() -> None:
    """Every firm of up to four parts: what is shown, all of it, and any sum of it leave none or five."""
    from itertools import product

    for sizes in product((0, 1, 3, 4, 5, 6, 9), repeat=4):
        parts = {name: size for name, size in zip("ABCD", sizes, strict=True) if size}
        if sum(parts.values()) < 5:
            continue
        shown = [size for name, size in parts.items() if name not in hidden(parts)]
        for count in range(len(shown) + 1):
            for chosen in combinations(shown, count):
                assert (left := sum(parts.values()) - sum(chosen)) == 0 or left >= 5, (parts, chosen)


def test_without_hiding_a_second_part_the_first_is_found() -> None:
    """The rule "fewer than five are hidden" alone would show A by what the rest leaves."""
    parts = {"A": 2, "B": 10, "C": 7}
    assert sum(parts.values()) - sum(size for size in parts.values() if size >= 5) == 2
    assert len(hidden(parts)) == 2


def test_who_took_part_has_only_a_day(scene: Scene) -> None:
    answered(scene)
    rows = scene.find(Invitation)
    assert len({row.finished for row in rows}) == 1
    assert {row.score for row in rows} == {None}
