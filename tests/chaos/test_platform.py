"""What a platform does wrong while services die: pauses obeyed across a takeover, repeats bounded, nothing hidden."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path

import pytest

from bot.core.messages import Address
from tests.chaos.history import Entry, History, Promised, breaches
from tests.chaos.lines import BOT, Polling
from tests.chaos.storm import WINDOW, Figures, Storm, figures, storm, until, zygote
from tests.figures import Told
from tests.wires.faults import Fault
from tests.wires.telegram import TelegramWire

ALWAYS, SEND = 10**9, "sendMessage"
PAUSE = 3.0
ALL_REST, ONE_RESTS = (
    "SELECT 1 FROM lease WHERE paused_until > {0}",
    "SELECT 1 FROM outbox WHERE error = 'limited' AND after > {0}",
)
"""Whether a pause that was asked for since then is in the tables: a kill before that leaves nobody who knows of it.

Telegram does not say that it means the whole bot: the second chat that is refused shows it.
"""


def wire_of(found: Storm) -> TelegramWire:
    """The fake Telegram that a storm writes on."""
    assert isinstance(found.line, Polling)
    return found.line.wire


def _chats(found: Storm, count: int, blocked: int = 0) -> list[str]:
    """Customers who have begun to talk with the bot; every so-many-th has blocked it."""
    wire, keys = wire_of(found), list[str]()
    for number in range(count):
        person = wire.user(f"Customer {number}")
        chat = wire.private(person, BOT)
        chat.started, chat.blocked = True, bool(blocked) and number % blocked == 0
        keys.append(Address("telegram", "telegram-staff", str(person.id)).key)
    return keys


def _states(found: Storm) -> dict[str, int]:
    return {state: int(count) for state, count in found.ask("SELECT state, count(*) FROM outbox GROUP BY state")}


# everything at once


def all_faults(wire: TelegramWire) -> dict[str, Fault]:
    """Shares of all messages: refused for now, cut off before or after they were accepted, garbled, late."""
    often = {"times": ALWAYS}
    return {
        "unavailable": wire.fails(SEND, 503, share=0.05, **often),
        "cut off before": wire.drops(SEND, share=0.05, **often),
        "cut off after": wire.drops(SEND, accepted=True, share=0.05, **often),
        "garbled after": wire.garbles(SEND, accepted=True, share=0.03, **often),
        "late": wire.slows(SEND, 0.4, share=0.05, **often),
        "updates garbled": wire.garbles("getUpdates", share=0.05, **often),
        "updates cut off": wire.drops("getUpdates", share=0.05, **often),
    }


async def _paused(found: Storm, chat: str, seconds: float) -> Entry:
    """The platform wants no requests for a chat, or with an empty one for the whole bot; once the service knows."""
    wire, at, noted = wire_of(found), found.line.now(), ONE_RESTS if chat or found.broken else ALL_REST
    wire.limits(seconds, chat)
    with suppress(AssertionError):
        await until(lambda: chat in wire.faults.announced and bool(found.ask(noted, int(at * 1e6))), seconds)
    return Entry("paused", found.line.now(), chat=chat, until=at + seconds)


async def _beset(
    found: Storm, folder: Path, rounds: range, each: int, pause: float = PAUSE
) -> tuple[Figures, list[str]]:
    """Notes and campaign messages through all faults; in every round the owner is killed in the middle of a pause.

    Even rounds pause a chat, odd ones the whole bot.
    """
    found.history, began, pauses = History(folder / "history.jsonl"), time.monotonic(), list[Entry]()
    found.post(_chats(found, 3 * each), len(rounds) * each, again=False)
    async with zygote(folder) as mother:
        child = await found.start(mother)
        for number in rounds:
            found.write(each)
            chat = "" if number % 2 else found.people[number % len(found.people)][0]
            pauses.append(await _paused(found, chat, pause))
            await mother.end(child)
            found.kills.append(found.line.now())
            found.looks(killed=child)
            child = await found.start(mother)
            await asyncio.sleep(pause / 2)
        await until(found.all_sent, 60 + 2 * len(rounds) * each)
        await found.until_quiet(60 + len(rounds) * each)
        await mother.end(child)
    found.history.note(pauses)
    found.ends()
    ended = figures(found, time.monotonic() - began)
    # what was accepted and not answered is repeated beside what a kill repeats: it is counted against the faults
    broken = [breach for breach in breaches(found.history.read(), Promised()) if not breach.startswith("repeats")]
    return ended, broken


@pytest.mark.parametrize(("rounds", "each"), [(2, 25), pytest.param(20, 50, marks=pytest.mark.slow)])
async def test_all_faults_at_once_lose_nothing_and_repeat_only_what_nobody_can_know(
    engine: str, rounds: int, each: int, tmp_path: Path, told: Told
) -> None:
    async with storm(engine, "polling", tmp_path) as found:
        faults = all_faults(wire_of(found))
        ended, broken = await _beset(found, tmp_path, range(rounds), each)
        states, sent = _states(found), [one.number for one in found.sent()]
    unanswered = faults["cut off after"].struck + faults["garbled after"].struck
    told(
        f"faults, {engine}: {ended}; {unanswered} accepted without an answer, {states.get('unknown', 0)} unknown",
    )
    assert broken == []
    assert [problem for problem in ended.problems() if problem != "repeats"] == [], ended
    assert sum(ended.repeats) <= unanswered + WINDOW * ended.kills
    once = [number for number in sent if number in found.posted]
    assert len(once) == len(set(once)), "a campaign came twice"
    assert set(states) <= {"sent", "unknown"}
    assert len(set(once)) + states.get("unknown", 0) >= rounds * each


async def test_the_test_sees_a_pause_that_a_new_owner_forgets(tmp_path: Path) -> None:
    """A pause that lasts longer than a new owner waits anyhow, also on a busy machine."""
    async with storm("sqlite", "polling", tmp_path) as found:
        found.broken, found.rate = "pause", 10.0
        _ended, broken = await _beset(found, tmp_path, range(1, 2), 15, pause=3 * PAUSE)
    assert any(breach.startswith("pause") for breach in broken)


# people who can't be reached, and a token that is gone


@pytest.mark.parametrize("count", [100, pytest.param(10_000, marks=pytest.mark.slow)])
async def test_a_tenth_has_blocked_the_bot_and_each_costs_one_request(
    engine: str, count: int, tmp_path: Path, told: Told
) -> None:
    async with storm(engine, "polling", tmp_path) as found:
        found.post(_chats(found, count, blocked=10), count, again=False)
        async with zygote(tmp_path) as mother:
            child = await found.start(mother)
            await found.until_quiet(60 + count / 20)
            await mother.end(child)
        states, requests = _states(found), len(found.line.requests())
    told(f"blocked, {engine}: {states['sent']} sent, {states['failed']} failed, {requests} requests")
    assert (states, requests) == ({"sent": count * 9 // 10, "failed": count // 10}, count)


@pytest.mark.parametrize("count", [80, pytest.param(1000, marks=pytest.mark.slow)])
async def test_a_revoked_token_stops_everything_and_a_new_one_sends_the_rest_once(
    engine: str, count: int, tmp_path: Path, told: Told
) -> None:
    async with storm(engine, "polling", tmp_path) as found:
        wire, bot = wire_of(found), found.line.bot  # type: ignore[attr-defined]
        wire.slows(SEND, 0.02, times=ALWAYS)
        found.post(_chats(found, 20), count)
        async with zygote(tmp_path) as mother:
            child = await found.start(mother)
            await until(lambda: len(found.sent()) >= count // 2, 60)
            wire.revokes(BOT)
            await asyncio.sleep(2.5)
            refused, before = wire.unauthorised, len(found.sent())
            await mother.end(child)
            bot.revoked = False
            child = await found.start(mother)
            await until(found.all_sent, 60 + count / 20)
            await found.until_quiet()
            await mother.end(child)
        numbers = [one.number for one in found.sent()]
    told(f"revoked, {engine}: {refused} requests refused, {before} sent before and {len(numbers) - before} after")
    assert refused <= WINDOW + 1, "what was on its way, and the listener"
    assert sorted(numbers) == list(range(count))


# killed while much is on its way

LIMIT = 30.0
"""What the platform takes in a second."""


@pytest.mark.parametrize("count", [60, pytest.param(2000, marks=pytest.mark.slow)])
async def test_killed_while_sending_repeats_no_more_than_was_on_its_way(
    engine: str, count: int, tmp_path: Path, told: Told
) -> None:
    async with storm(engine, "polling", tmp_path) as found:
        wire_of(found).slows(SEND, 0.08, times=ALWAYS)
        found.rate = LIMIT
        found.post(_chats(found, 60), count)
        began = time.monotonic()
        async with zygote(tmp_path) as mother:
            alive = [await found.start(mother) for _ in range(1 + (engine == "postgresql"))]
            while not found.all_sent():
                await _sends_for(found, 1.0)
                owner = found.owner()
                await mother.end(alive.pop(alive.index(owner) if owner in alive else 0))
                found.kills.append(found.line.now())
                alive.append(await found.start(mother))
            await found.until_quiet()
        ended = figures(found, time.monotonic() - began)
    told(f"killed while sending, {engine}: {ended}")
    assert ended.problems() == [], ended
    assert wire_of(found).busiest() <= LIMIT


async def _sends_for(found: Storm, seconds: float) -> None:
    """So long from the next message on, or until all are sent."""
    before = len(found.sent())
    await until(lambda: len(found.sent()) > before or found.all_sent(), 20)
    await asyncio.sleep(0 if found.all_sent() else seconds)
