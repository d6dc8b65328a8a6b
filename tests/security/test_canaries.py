"""What is somebody's own stands in no log, no metric, no traceback and no record of who did what."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import generate_latest

from bot.core.messages import Command, Update
from bot.runtime.intake import Handlers, Intake
from store.engine import open_database
from store.models import Audit, Inbound
from store.work import Work
from tests.engines import Hands, fresh
from tests.security.house import HIDDEN, MAIL, PERSON, PHONE, WORDS, House, leaked

TOKENS = tuple(f"{n}23456789:AA{letter * 8}CCddEEffGGhhIIjjKKllMMnnOOp" for n, letter in enumerate("abcdefghij", 1))
WORDY = tuple(f"kanarienvogel{n}" for n in range(20))
NUMBERS = tuple(f"+86 139 {n:04} {n * 7:04}" for n in range(1001, 1016))
CANARIES = (*TOKENS, *WORDY, *NUMBERS, HIDDEN, PERSON, WORDS, PHONE, MAIL)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands()
        made = House(open_database(url, clock), clock)
        yield made
        made.database.close()


def told(text: str) -> list[str]:
    """Which of them stand there."""
    return [canary for canary in CANARIES if canary in text] + leaked(text)


def _live(house: House) -> None:
    """They are typed, searched for, written by a customer, and logged by libraries of others."""
    for n, word in enumerate(WORDY):
        for name, rest in (("note", f"{HIDDEN} {word}"), ("find", word), ("who", word), ("tag", f"{HIDDEN} {word}")):
            house.does("staff", "Ann", Command(name, rest, f"n{n}{name}"))
    for number in NUMBERS:
        house.says("staff", "Ann", f"Called {HIDDEN}, new number {number}")
        logging.getLogger("somebody").warning("called %s", number)
    for token in TOKENS:
        house.says("staff", "Ann", token)
        logging.getLogger("httpx").warning("POST https://api.telegram.org/bot%s/getMe", token)
    house.says("customers", HIDDEN, f"{WORDS} {WORDY[0]} {NUMBERS[0]} {TOKENS[0]}")


async def _fail(house: House) -> None:
    """A handler that fails quotes what it was given, as errors do."""

    class Adapter:
        def parse(self, raw: str) -> Any:
            raise ValueError(f"can't read {raw}: {', '.join(CANARIES)}")

    intake = Intake(house.database, {"bot": Adapter()}, Handlers(lambda work, event: None))  # type: ignore[dict-item]
    await intake.accept(Update("bot", "1", f'{{"text": "{WORDS} of {PERSON}"}}'))
    try:
        raise RuntimeError(" ".join(CANARIES))
    except RuntimeError:
        logging.getLogger("bot.anywhere").exception("it failed", extra={"action": "failed", "text": WORDS})


async def test_no_canary_is_heard_of(house: House, log: io.StringIO) -> None:
    assert len(CANARIES) == 50
    _live(house)
    await _fail(house)
    written = log.getvalue()
    assert "RuntimeError" in written
    assert told(written) == []
    assert told(generate_latest().decode()) == []
    assert told("\n".join(map(str, house.find(Audit)))) == []
    errors = house.write(lambda work: _errors(work))
    assert errors == ["ValueError"]


def _errors(work: Work) -> list[str]:
    work.cursor.execute(f"SELECT error FROM {Inbound.table().name} WHERE state = 'parked'")  # noqa: S608
    return [error for (error,) in work.cursor.fetchall()]


def test_the_check_hears_a_canary(log: io.StringIO) -> None:
    logging.getLogger("bot.x").warning(f"called {PERSON}")
    assert told(log.getvalue()) != []
