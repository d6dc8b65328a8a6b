"""Surveys by rule: after a delivery, by lot, to whom, until enough have answered; editions stay what they were."""

from __future__ import annotations

from typing import Any

import pytest

from flows.deals.actions import move_deal, open_deal, stages
from flows.handle import finish
from flows.surveys.drawing import drawn
from flows.turn import Turn
from store.models import Customer, Invitation, Survey
from tests.flows.surveys.scene import Scene


def turn_of(work: Any) -> Turn:
    firm = work.firm(1)
    assert firm is not None
    return Turn(work=work, workspace=firm, key="test")


def set_survey(scene: Scene, **values: Any) -> None:
    scene.write(lambda work: work.change(work.first(Survey, name="visit", active=True), **values))


def test_a_delivery_is_followed_when_it_is_over(scene: Scene) -> None:
    scene.member("Bob")
    customer = scene.customer("Acme", owner=1)
    set_survey(scene, after=["delivery"])

    def act(work: Any, *names: str) -> None:
        turn = turn_of(work)
        deal = work.deals.of_customer(customer)[0]
        for name in names:
            move_deal(turn, deal, next(stage for stage in stages(turn) if stage.name == name))
            finish(turn)
            deal = work.deals.of_customer(customer)[0]

    def begin(work: Any) -> None:
        turn = turn_of(work)
        turn.member = work.people.members()[0]
        open_deal(turn, work.customers.get(customer), "press", None, "", stages(turn)[0])

    scene.write(begin)
    scene.write(lambda work: act(work, "Won", "In delivery"))
    assert scene.find(Invitation) == []
    scene.write(lambda work: act(work, "In service"))
    assert [row.trigger for row in scene.find(Invitation)] == ["delivery:1"]
    scene.tick(minutes=10)
    assert scene.find(Invitation)[0].state == "sending"


@pytest.mark.parametrize(("audience", "asked"), [("tier:A", 1), ("tier:B", 0), ("", 1)])
def test_the_rule_asks_only_whom_it_means(scene: Scene, audience: str, asked: int) -> None:
    scene.member("Bob")
    scene.customer("Acme", owner=1, tier="A")
    set_survey(scene, audience=audience)
    scene.says("staff", "Bob", "Visited Acme")
    assert len(scene.find(Invitation)) == asked


def test_by_lot_a_share_of_visits_is_followed(scene: Scene) -> None:
    scene.member("Bob")
    set_survey(scene, share=2_500)
    for number in range(40):
        scene.customer(f"Firm{number} Ltd", owner=1)
        scene.says("staff", "Bob", f"Visited Firm{number} Ltd")
    assert 3 <= len(scene.find(Invitation)) <= 19


@pytest.mark.parametrize(("share", "count"), [(10_000, 200), (2_500, 50), (1, 1), (5, 1), (9_999, 200), (9_950, 199)])
def test_a_draw_takes_its_share_and_always_the_same_ones(share: int, count: int) -> None:
    survey = Survey(name="nps", title={}, steps=[])
    customers = [Customer(id=number, name=str(number), created=None) for number in range(1, 201)]
    found = drawn(survey, customers, share, "round:1")
    assert len(found) == count
    assert found == drawn(survey, reversed(customers), share, "round:1")[:: -1 if count > 1 else 1]
    if count == 50:
        assert found != drawn(survey, customers, share, "round:2")


def test_nobody_is_asked_once_enough_have_answered(scene: Scene) -> None:
    scene.member("Bob")
    set_survey(scene, quota=1)
    for name in ("Acme", "Globex"):
        customer = scene.customer(name, owner=1)
        scene.presses("staff", "Bob", f"survey:{customer}")
        row = scene.find(Invitation, customer=customer)[0]
        scene.presses("staff", "Bob", f"survey-send:{row.id}")
        scene.presses("customers", name, f"score:{row.id}:5")
        scene.presses("customers", name, f"survey-skip:{row.id}:best")
    assert [(row.state, row.reason) for row in scene.find(Invitation)] == [("finished", ""), ("refused", "full")]


def test_an_edition_that_somebody_was_asked_is_frozen_though_its_publishing_is_undone(scene: Scene) -> None:
    scene.member("Ann", "owner")
    customer = scene.customer("Acme", owner=1)
    scene.presses("staff", "Ann", "survey-from:service")
    draft = scene.find(Survey, draft=True)[0]
    scene.presses("staff", "Ann", f"survey-publish:{draft.id}")
    scene.presses("staff", "Ann", f"survey-which:{customer}:{draft.id}:0")
    scene.presses("staff", "Ann", f"survey-send:{scene.find(Invitation)[0].id}")
    scene.presses("staff", "Ann", f"undo:survey-draft:{draft.id}")
    before = scene.find(Survey, id=draft.id)[0].steps
    scene.presses("staff", "Ann", f"survey-cut:{draft.id}:last")
    assert scene.find(Survey, id=draft.id)[0].steps == before


def test_a_waiting_invitation_gets_the_newest_edition_and_a_sent_one_keeps_its_own(scene: Scene) -> None:
    scene.member("Ann", "owner")
    scene.customer("Acme", owner=1)
    scene.customer("Globex", owner=1)
    scene.says("staff", "Ann", "Visited Acme")
    scene.tick(minutes=10)
    scene.says("staff", "Ann", "Visited Globex")
    scene.presses("staff", "Ann", "survey-revise:1")
    draft = scene.find(Survey, draft=True)[0]
    scene.presses("staff", "Ann", f"survey-cut:{draft.id}:best")
    scene.presses("staff", "Ann", f"survey-publish:{draft.id}:yes")
    scene.tick(minutes=10)
    assert [(row.survey, row.state) for row in scene.find(Invitation)] == [(1, "sending"), (draft.id, "sending")]
    scene.presses("customers", "Acme", f"score:{scene.find(Invitation)[0].id}:5")
    assert scene.find(Invitation)[0].step == "best"
