"""Stopped at once, never above the week's cap, other words for who has not got it; a recommendation counts once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadInput
from flows.campaigns import actions
from flows.campaigns.rules import AHEAD, Known, left_out, room_for, worth
from flows.campaigns.sending import top_up
from flows.referrals.actions import code_of
from flows.turn import Turn
from store.engine import open_database
from store.models import Campaign, Member, Outbox, Recipient, Referred
from store.work import Work
from tests.engines import NOON, Hands, fresh
from tests.flows.surveys.scene import Scene

MANY = 60


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands(NOON - timedelta(hours=6))
        made = Scene(open_database(url, clock), clock)
        made.member("Ann", "manager")
        for number in range(MANY):
            made.customer(f"Customer {number}", tier="A")
        yield made
        made.database.close()


def turn_of(work: Work, key: str) -> Turn:
    firm = work.firm(1)
    assert firm is not None
    turn = Turn(work=work, workspace=firm, key=key)
    turn.member = work.first(Member, name="Ann")
    return turn


def begun(scene: Scene, key: str) -> Campaign:
    def act(work: Work) -> Any:
        turn = turn_of(work, key)
        campaign = actions.go(turn, actions.make(turn, "offer", "tier:A", f"Hello {key}"))
        top_up(turn, campaign.id)
        return campaign

    return scene.write(act)


def pending(scene: Scene) -> list[Outbox]:
    return [row for row in scene.find(Outbox, state="pending") if row.tell.startswith("campaign:")]


def arrive(work: Work) -> None:
    """Everything on its way is there."""
    for row in work.find(Recipient, state="queued"):
        work.change(row, state="sent")


def test_only_a_few_wait_and_cancel_leaves_none_of_them(scene: Scene) -> None:
    campaign = begun(scene, "one")
    assert len(pending(scene)) == AHEAD
    claimed = pending(scene)[0]
    scene.write(lambda work: work.change(claimed, state="claimed"))
    scene.write(lambda work: actions.stop(turn_of(work, "stop"), work.get(Campaign, campaign.id), "cancelled"))
    assert pending(scene) == []
    assert len(scene.find(Recipient, state="queued")) == 1
    assert len(scene.find(Recipient, state="planned")) == MANY - 1


def test_other_words_reach_everybody_who_has_not_got_it(scene: Scene) -> None:
    campaign = begun(scene, "one")

    def act(work: Work) -> None:
        turn = turn_of(work, "edit")
        changed = actions.edit(turn, work.get(Campaign, campaign.id), "Other words")
        top_up(turn, changed.id)

    scene.write(act)
    assert {row.payload["text"][0][0] for row in pending(scene)} == {"Other words"}
    assert len(pending(scene)) == AHEAD


def test_nobody_gets_more_than_the_weeks_cap_however_many_campaigns_run(scene: Scene) -> None:
    for number in range(3):
        campaign = begun(scene, f"c{number}")
        for again in range(MANY // AHEAD + 1):
            scene.write(arrive)
            scene.write(lambda work, id=campaign.id, again=again: top_up(turn_of(work, f"t{id}-{again}"), id))
    sent = scene.find(Recipient, state="sent")
    assert {sum(row.customer == one.customer for row in sent) for one in sent} == {3}
    with pytest.raises(BadInput):
        begun(scene, "fourth")


def test_a_recommendation_counts_once(scene: Scene) -> None:
    giver, new = scene.customer("Giver"), scene.customer("Newcomer")

    def code(work: Work) -> str:
        customer = work.customers.get(giver)
        assert customer is not None
        return code_of(turn_of(work, "code"), customer).code

    said = scene.write(code)
    for _time in range(2):
        scene.says("customers", "Newcomer", f"Hello, my code is {said.lower()}")
    scene.says("customers", "Giver", f"My own code is {said}")
    assert [row.customer for row in scene.find(Referred)] == [new]


@given(st.integers(0, 50), st.integers(0, 500), st.integers(1, 500), st.integers(0, 600), st.integers(0, 900))
def test_a_spread_campaign_is_never_ahead_of_its_time(out: int, done: int, size: int, spread: int, past: int) -> None:
    room = room_for(out, done=done, size=size, spread=timedelta(minutes=spread), elapsed=timedelta(minutes=past))
    assert 0 <= room <= AHEAD
    if spread and past < spread and room:
        assert (done + out + room - 1) * spread <= size * past + spread


def test_the_gravest_reason_is_the_one_that_is_said() -> None:
    assert left_out(Known(stopped=frozenset({"offers"}), reached=False, touches=9), "offer", 3, NOON) == "stopped"
    assert left_out(Known(stopped=frozenset({"offers"})), "article", 3, NOON) == ""
    assert left_out(Known(touches=3), "offer", 3, NOON) == "cap"
    assert left_out(Known(unanswered=3, last=NOON - timedelta(days=29)), "event", 3, NOON) == "resting"
    assert left_out(Known(unanswered=3, last=NOON - timedelta(days=31)), "event", 3, NOON) == ""


def test_what_came_back_on_what_was_spent() -> None:
    assert worth(5_000_000, 200_000) == 2400
    assert worth(0, 100) == -100
    assert worth(100, 0) is None
