"""Nothing typed among us ever reaches the customer: on every wire, whatever is typed, pressed, edited, in any order."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import time_machine

from bot.files import Shelf
from flows.relay import actions, outward
from store.engine import open_database
from tests.engines import fresh
from tests.flows.relay.game import Game
from tests.transcripts.performance import MORNING
from tests.transcripts.stage import Clock, Stage
from tests.transcripts.stages import WIRES

QUICK, LONG, BATCH = 10, 2000, 50
STEPS = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the customer was sent, and what was confirmed."""

    sent: Sequence[str]
    expected: Sequence[str]


async def play(wire: str, seed: int, folder: Path, steps: int = STEPS) -> Outcome:
    """One game to its end, on a firm of its own."""
    chosen = next(one for one in WIRES if one.name == wire)
    with fresh("sqlite", folder) as url, time_machine.travel(MORNING, tick=False) as traveller:
        clock = Clock(MORNING, traveller)
        database = open_database(url, clock)
        try:
            async with chosen.houses(database, clock, folder) as houses:
                game = Game(Stage(database, clock, houses, files=Shelf(folder)), random.Random(seed), wire != "memory")
                await game.open()
                await game.play(steps)
                return Outcome(game.sent(), game.expected)
        finally:
            database.close()


def agrees(game: Outcome) -> None:
    """What the customer was sent is what was confirmed, word for word and once each."""
    assert Counter(game.sent) == Counter(game.expected)


@pytest.mark.parametrize("seed", range(QUICK))
async def test_only_what_was_confirmed_reaches_the_customer(seed: int, tmp_path: Path) -> None:
    agrees(await play("memory", seed, tmp_path))


@pytest.mark.parametrize("wire", ["telegram-webhook", "slack-http", "browser"])
async def test_on_every_wire(wire: str, tmp_path: Path) -> None:
    agrees(await play(wire, 5, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(LONG // BATCH))
async def test_only_what_was_confirmed_reaches_the_customer_at_length(batch: int, tmp_path: Path) -> None:
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        (folder := tmp_path / str(seed)).mkdir()
        agrees(await play("memory", 1000 + seed, folder, 30))


@pytest.mark.slow
@pytest.mark.parametrize("wire", ["telegram", "telegram-webhook", "slack-http", "slack-socket", "browser"])
@pytest.mark.parametrize("seed", range(40))
async def test_on_every_wire_at_length(wire: str, seed: int, tmp_path: Path) -> None:
    agrees(await play(wire, seed, tmp_path, 30))


async def test_a_note_that_leaks_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Red proof: a note that goes the way of an answer, and a draft that nobody confirmed."""
    kept = actions.note

    def leaks(turn, ticket, words, said=None):  # type: ignore[no-untyped-def]
        line = kept(turn, ticket, words, said)
        turn.message_customer(ticket.customer, outward.Reply(outward.spoken(turn, line)))
        return line

    monkeypatch.setattr("flows.relay.commands.note", leaks)
    for seed in range(QUICK):
        (folder := tmp_path / str(seed)).mkdir()
        game = await play("memory", seed, folder)
        if Counter(game.sent) != Counter(game.expected):
            return
    pytest.fail("no game saw the leak")
