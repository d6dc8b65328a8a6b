"""Everybody presses at once, in several processes: each answer counts once, and only whose it is."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.core.errors import Changed
from bot.core.messages import Address, Event, Pressed, Sender
from store.engine import open_database
from store.models import Given, Invitation
from store.work import Work
from tests.engines import NOON
from tests.flows.surveys.scene import Scene

LATE = timedelta(days=15)
WINDOW = 200
"""Presses that a process has under way: a row that has moved on meanwhile is begun anew, as by the intake."""


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody's tap, as plain values that travel to another process."""

    key: str
    person: str
    invitation: int
    value: int
    whose: str = ""
    """In whose chat the button was; a stranger presses what was signed for somebody else."""


def crowd(scene: Scene, people: int) -> list[int]:
    """Everybody has the question; every tenth one got it fifteen days ago."""
    scene.member("Ann", "manager")

    def act(work: Work, numbers: range) -> list[int]:
        found = []
        for number in numbers:
            customer = work.customers.add(f"P{number}", owner=1)
            scene._bind(work, f"P{number}", customer.id)
            chat = work.people.chats_of(customer.id)[0]
            sent = work.now - (LATE if number % 10 == 0 else timedelta(minutes=5))
            row = Invitation(survey=1, customer=customer.id, trigger=f"t{number}", made=sent, sent=sent, state="sent")
            row.conversation, row.step = chat.id, "score"
            found.append(work.add(row).id)
        return found

    batches = [range(at, min(at + 200, people)) for at in range(0, people, 200)]
    return [id for numbers in batches for id in scene.write(partial(act, numbers=numbers))]


def presses(invitations: list[int], seed: int, extra: float) -> list[Press]:
    """One press each, a fifth of all of them again under a new id, a tenth by strangers; in any order."""
    dice, found = random.Random(seed), []
    for number, invitation in enumerate(invitations):
        press = Press(f"a{number}", f"P{number}", invitation, random.Random(number).randrange(1, 6))
        found.append(press)
        if dice.random() < extra * 2:
            found.append(Press(f"b{number}", press.person, invitation, press.value))
        if dice.random() < extra:
            other = f"P{(number + 1) % len(invitations)}"
            found.append(
                Press(f"c{number}", other, invitation, 6 - press.value, whose=dice.choice((press.person, other)))
            )
    dice.shuffle(found)
    return found


def work_off(url: str, secret: str, now: datetime, mine: list[Press]) -> None:
    """What one process does."""
    from flows import load

    load()
    database = open_database(url, lambda: now)
    for at in range(0, len(mine), WINDOW):
        left = mine[at : at + WINDOW]
        while left:
            futures = [
                (press, database.write(partial(_taken, _event(press, secret, now)), lane=press.person))
                for press in left
            ]
            left = [press for press, future in futures if isinstance(future.exception(120), Changed)]
            assert all(isinstance(future.exception(), (Changed, type(None))) for _press, future in futures)
    database.close()


def _taken(event: Event, work: Work) -> object:
    from flows import handle as flows

    return flows.handle(work, event)


def _event(press: Press, secret: str, now: datetime) -> Event:
    from flows.turn import sign

    where = Address("memory", "customers", press.person)
    signed = sign(secret, Address("memory", "customers", press.whose or press.person), _data(press))
    return Event(press.key, now, where, Sender(press.person, press.person), Pressed(signed, "1"))


def _data(press: Press) -> str:
    return f"answer:{press.invitation}:score:{press.value}"


def expected(invitations: list[int]) -> Counter[int]:
    """Whose question is open, with the value they pressed: counted by hand."""
    values = (random.Random(number).randrange(1, 6) for number in range(len(invitations)))
    return Counter(value for number, value in enumerate(values) if number % 10)


def totals(scene: Scene) -> Counter[int]:
    return Counter(row.value for row in scene.find(Given) if row.question == "score")


def race(scene: Scene, url: str, people: int, processes: int) -> int:
    """Returns how many presses there were."""
    invitations = crowd(scene, people)
    whole = presses(invitations, 3, 0.1 if processes == 1 else 0.14)
    shares = [whole[at::processes] for at in range(processes)]
    if processes == 1:
        work_off(url, scene.secret, NOON, shares[0])
    else:
        context = multiprocessing.get_context("spawn")
        workers = [context.Process(target=work_off, args=(url, scene.secret, NOON, share)) for share in shares]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(600)
            assert worker.exitcode == 0
    assert totals(scene) == expected(invitations)
    assert Counter(row.score for row in scene.find(Invitation) if row.score is not None) == expected(invitations)
    return len(whole)


def on_postgresql(engine: str) -> None:
    if engine != "postgresql":
        pytest.skip("several processes share PostgreSQL")


def test_a_crowd_is_counted_exactly(scene: Scene, url: str, engine: str) -> None:
    on_postgresql(engine)
    assert race(scene, url, 80, 1) > 80


@pytest.mark.slow
def test_ten_thousand_presses_in_four_processes_are_counted_exactly(scene: Scene, url: str, engine: str) -> None:
    on_postgresql(engine)
    assert race(scene, url, 7100, 4) >= 10_000


def test_a_strangers_press_that_counted_would_be_seen(
    scene: Scene, url: str, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_postgresql(engine)
    from flows.surveys import presses

    monkeypatch.setattr(presses, "_theirs", lambda turn, id: turn.work.get(Invitation, id))
    with pytest.raises(AssertionError):
        race(scene, url, 60, 1)
