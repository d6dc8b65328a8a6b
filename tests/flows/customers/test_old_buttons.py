"""Old buttons and talks that were begun: who may not see the customer any more is refused, whichever it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.core.messages import Command
from flows import load
from flows.customers.sight import ABOUT
from flows.router import PRESSES, Route
from store.engine import open_database
from store.models import Activity, Customer, Owned, Promise, Purchase, Tag
from store.work import Work
from tests.engines import NOON, Hands, fresh
from tests.flows.surveys.scene import Scene

load()
_WHAT: Mapping[str, str] = {
    "the firm's own set-up": "account campaign conversation endpoint festival key publication rule stage survey",
    "what many customers are asked": "question round",
    "colleagues": "giver member owner successor taker",
    "one's own, or asked anew for oneself": "alias change goal job list own segment",
    "plain numbers": "at by choice days end first last level number page percent place revision start stamp value",
    "asked of those who decide, whoever's the customer": "approval",
    "one of the choices of a question; looked at when it is taken up": "id",
    "what is written down for everybody": "article gap offer step",
    "an answer, about which its writer decides, who is asked anew whether they may": "line",
    "a person's way to us, kept by owners": "identity",
}
NO_CUSTOMER = {name for names in _WHAT.values() for name in names.split()}


def _numbers(route: Route) -> list[str]:
    return [parameter.name for parameter in route.parameters if parameter.kind is int]


def test_every_number_of_a_button_is_known_for_what_it_is() -> None:
    unknown = {n: name for name, route in PRESSES.items() for n in _numbers(route) if n not in {*ABOUT, *NO_CUSTOMER}}
    assert unknown == {}


GUARDED = sorted(
    name for name, route in PRESSES.items() if {"rep", "manager"} & route.for_ and set(_numbers(route)) & ABOUT.keys()
)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder: Path = tmp_path_factory.mktemp("buttons")
    with fresh("sqlite", folder) as url:
        clock = Hands()
        made = Scene(open_database(url, clock), clock)
        made.member("Ann", "owner")
        for name in ("rep", "manager"):
            made.member(name, name)
        made.write(lambda work: _narrow(work))
        yield made
        made.database.close()


def _narrow(work: Work) -> None:
    firm = work.firm(work.workspace)
    assert firm is not None
    sight = {"sight": {"rep": "own", "manager": "own"}}
    work.cursor.execute("UPDATE workspace SET settings = json_patch(settings, ?)", (json.dumps(sight),))


@pytest.fixture(scope="module")
def numbers(scene: Scene) -> dict[type[Owned], int]:
    """A row of each kind, about a customer of Ann's."""
    customer = scene.customer("Zanzibar Holdings", owner=1, chats=0)

    def act(work: Work) -> dict[type[Owned], int]:
        made = {kind: _row(work, kind, customer) for kind in {*ABOUT.values()} - {Customer}}
        return {Customer: customer, **made}

    return scene.write(act)


def _row(work: Work, kind: type[Owned], customer: int) -> int:
    values: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        if field.is_required() and name not in ("id", "workspace"):
            annotation = str(field.annotation)
            values[name] = NOON if "datetime" in annotation else 1 if "int" in annotation else "x"
    return work.add(kind(**{**values, "customer": customer})).id


@pytest.mark.parametrize("name", GUARDED)
def test_who_sees_the_customer_no_more_can_do_nothing_with_it(
    scene: Scene, numbers: dict[type[Owned], int], name: str
) -> None:
    route = PRESSES[name]
    who = "rep" if "rep" in route.for_ else "manager"
    for told in [n for n in _numbers(route) if n in ABOUT]:
        given = [
            str(numbers[ABOUT[p.name]] if p.name == told else 0) if p.kind is int else "x" for p in route.parameters
        ]
        before = len(scene.heard("staff", who))
        toast = scene.toast("staff", who, ":".join([name, *given]))
        assert "may not see this customer" in toast, told
        assert len(scene.heard("staff", who)) == before


@pytest.mark.parametrize(
    ("begun", "goes_on"),
    [("note", "they want red pumps"), ("order", "5000 pumps"), ("tag", "hot"), ("promise", "samples by Friday")],
)
def test_what_was_begun_before_a_handover_is_not_finished_after_it(tmp_path: Path, begun: str, goes_on: str) -> None:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands()
        scene = Scene(open_database(url, clock), clock)
        scene.member("Ann", "owner")
        bob, carl = scene.member("Bob"), scene.member("Carl")
        scene.customer("Acme", owner=bob, chats=0)
        scene.presses("staff", "Ann", "sight-rep:own")
        scene.does("staff", "Bob", Command(begun, "Acme", "m"))
        scene.presses("staff", "Ann", f"handover:{bob}:{carl}")
        scene.says("staff", "Bob", goes_on)

        assert "may not see this customer" in scene.heard("staff", "Bob")[-1]
        assert [scene.find(kind) for kind in (Activity, Purchase, Tag, Promise)] == [[], [], [], []]
        scene.says("staff", "Bob", "Called Globex, all fine")
        assert "may not see" not in scene.heard("staff", "Bob")[-1]
        scene.database.close()
