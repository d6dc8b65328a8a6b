"""When a survey goes out by rule: its delay, the customer's night, and the reasons that only rows can show."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.messages import Address
from store.models import Conversation, Invitation, Reminder, Timer
from tests.flows.surveys.scene import Scene


def visited(scene: Scene, **values: str) -> Invitation:
    """Bob logs a visit; noon in UTC is eight in the evening in Shanghai."""
    scene.member("Bob")
    scene.customer("Acme", owner=1, **values)
    scene.says("staff", "Bob", "Visited Acme")
    found: Invitation = scene.find(Invitation)[0]
    return found


def due_of(scene: Scene) -> datetime:
    found: datetime = next(row for row in scene.find(Timer, state="waiting") if row.kind == "survey").due
    return found


@pytest.mark.parametrize(
    ("zone", "logged", "due"),
    [
        ("Asia/Shanghai", "2026-03-02T12:00", "2026-03-02T12:10"),
        ("Asia/Shanghai", "2026-03-02T12:49", "2026-03-02T12:59"),
        ("Asia/Shanghai", "2026-03-02T12:50", "2026-03-03T00:00"),
        ("Asia/Shanghai", "2026-03-02T23:49", "2026-03-03T00:00"),
        ("Asia/Shanghai", "2026-03-02T23:50", "2026-03-03T00:00"),
        ("Europe/Berlin", "2026-03-02T12:50", "2026-03-02T13:00"),
        ("America/New_York", "2026-03-02T12:00", "2026-03-02T13:00"),
    ],
)
def test_the_delay_and_the_customers_night(scene: Scene, zone: str, logged: str, due: str) -> None:
    scene.clock.now = datetime.fromisoformat(logged).replace(tzinfo=UTC)
    visited(scene, zone=zone)
    assert due_of(scene) == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_after_downtime_it_still_waits_for_the_day(scene: Scene) -> None:
    visited(scene)
    scene.tick(hours=6)
    assert scene.find(Invitation)[0].state == "waiting"
    assert due_of(scene) == datetime(2026, 3, 3, tzinfo=UTC)


def test_another_talk_in_the_chat_is_not_interrupted(scene: Scene) -> None:
    invitation = visited(scene)
    scene.write(lambda work: [work.change(c, dialog={"kind": "x"}) for c in work.people.chats_of(invitation.customer)])
    scene.tick(minutes=10)
    assert scene.find(Invitation)[0].reason == "busy"


def test_nobody_is_asked_in_front_of_others(scene: Scene) -> None:
    invitation = visited(scene)

    def only_a_group(work: object) -> None:
        for chat in work.people.chats_of(invitation.customer):  # type: ignore[attr-defined]
            work.change(chat, kind="room")  # type: ignore[attr-defined]

    scene.write(only_a_group)
    scene.tick(minutes=10)
    assert scene.find(Invitation)[0].reason == "room"


def test_a_number_given_again_is_another_activity(scene: Scene) -> None:
    visited(scene)
    scene.tick(minutes=5)
    scene.says("staff", "Bob", "undo")
    scene.customer("Globex", owner=1)
    scene.says("staff", "Bob", "Visited Globex")
    scene.tick(minutes=5)
    scene.tick(minutes=5)
    states = {(row.customer, row.state, row.reason) for row in scene.find(Invitation)}
    assert states == {(1, "refused", "undone"), (2, "sending", "")}


def test_a_switched_off_survey_sends_nothing_more(scene: Scene) -> None:
    visited(scene)
    scene.member("Ann", "manager")
    scene.says("staff", "Ann", "/survey")
    scene.presses("staff", "Ann", "survey-switch:1:off")
    scene.tick(minutes=10)
    assert scene.find(Invitation)[0].reason == "off"
    scene.says("staff", "Bob", "Visited Acme again")
    assert len(scene.find(Invitation)) == 1


def test_a_so_so_answer_at_night_waits_for_its_owners_morning(scene: Scene) -> None:
    invitation = visited(scene)
    scene.tick(minutes=10)
    scene.clock.forward(hours=3)
    scene.presses("customers", "Acme", f"score:{invitation.id}:3")
    assert len(scene.find(Reminder)) == 1
    assert not any("So-so" in said for said in scene.heard("staff", "Bob"))
    scene.tick(hours=9)
    assert any("So-so" in said for said in scene.heard("staff", "Bob"))


def test_a_chat_that_was_closed_is_open_for_the_next_survey(scene: Scene) -> None:
    invitation = visited(scene)
    scene.tick(minutes=10)
    scene.presses("customers", "Acme", f"survey-stop:{invitation.id}")
    chat = scene.find(Conversation, address=Address("memory", "customers", "Acme").key)[0]
    assert chat.dialog is None
