"""After a contact nobody stays red until the night, and who asks why customers leave sees no others' losses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.churn import actions, figures
from flows.customers.sight import sight_of
from flows.turn import Turn
from store.engine import open_database
from store.models import Activity, Customer, Member, Purchase, Standing
from store.work import Work
from tests.engines import NOON, Hands, fresh
from tests.flows.surveys.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands(NOON.replace(hour=4))
        made = Scene(open_database(url, clock), clock)
        made.member("Ann", "owner")
        made.member("Bob")
        yield made
        made.database.close()


def turn_of(work: Work, name: str) -> Turn:
    firm = work.firm(1)
    assert firm is not None
    turn = Turn(work=work, workspace=firm, key=f"test {name}")
    turn.member = work.first(Member, name=name)
    work.sight = sight_of(turn)
    return turn


def silent(work: Work, customer: int) -> None:
    """Was in touch every week, until four months ago; and has bought."""
    for week in range(12):
        at = work.now - timedelta(days=120 + 7 * week)
        work.add(Activity(customer=customer, kind="call", member=2, status="done", at=at, logged=at, direction="out"))
    work.add(Purchase(customer=customer, kind="order", what="pump", at=work.now - timedelta(days=200)))
    work.change(work.get(Customer, customer), last_touch=work.now - timedelta(days=120))


def grade(scene: Scene, customer: int) -> str:
    return str([row for row in scene.find(Standing, customer=customer) if row.kind == "risk"][-1].now)


def test_a_red_customer_is_looked_at_anew_after_a_contact(scene: Scene) -> None:
    customer = scene.customer("Acme", owner=2)

    def look(work: Work) -> Any:
        silent(work, customer)
        return actions.assess(turn_of(work, "Ann"), [work.get(Customer, customer)])

    scene.write(look)
    before = grade(scene, customer)
    assert before == "red"
    scene.says("staff", "Bob", "Called Acme, they are fine")
    assert grade(scene, customer) != "red"


def test_who_was_never_at_risk_is_left_to_the_night(scene: Scene) -> None:
    scene.customer("Acme", owner=2)
    scene.says("staff", "Bob", "Called Acme, they are fine")
    assert [row for row in scene.find(Standing) if row.kind == "risk"] == []


def test_losses_of_others_are_not_counted(scene: Scene) -> None:
    mine, other = scene.customer("Acme", owner=2), scene.customer("Globex", owner=1)

    def lose(work: Work) -> None:
        for customer in (mine, other):
            actions.lose(turn_of(work, "Ann"), work.get(Customer, customer), "price")

    def counted(name: str, sees: frozenset[int] | None) -> int:
        def act(work: Work) -> int:
            turn = turn_of(work, name)
            work.sight = sees
            return sum(case.left_now for case in figures.given(turn))

        return int(scene.write(act))

    scene.write(lose)
    assert (counted("Ann", None), counted("Bob", frozenset({2}))) == (2, 1)
