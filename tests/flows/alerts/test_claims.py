"""One claimer, one task, at most one word to the customer, whoever presses however often at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest

from bot.core.errors import Changed
from flows import handle as flows
from store.feedback import Feedback
from store.models import Alert, Conversation, Invitation, Outbox, Reminder, Route
from tests.flows.surveys.scene import Scene

TEAM = ("Ann", "Bob", "Carl", "Dora", "Emil")


def alarm(scene: Scene, score: int = 1, **values: Any) -> Alert:
    """A low score of Acme's, shown to the team in private."""
    for name in TEAM:
        scene.member(name, "manager")
    customer = scene.customer("Acme", owner=2, **values)
    scene.presses("staff", "Bob", f"survey:{customer}")
    (invitation,) = scene.find(Invitation)
    scene.presses("staff", "Bob", f"survey-send:{invitation.id}")
    scene.presses("customers", "Acme", f"score:{invitation.id}:{score}")
    found: Alert = scene.find(Alert)[0]
    return found


def claim_at_once(scene: Scene, alert: int, times: int = 200) -> None:
    """Five people in their own chats, on eight threads."""
    events = []
    for number in range(times):
        who = TEAM[number % len(TEAM)]
        events.append(scene.event("staff", who, scene.pressed("staff", who, f"claim:{alert}")))

    def press(event: Any) -> None:
        scene.database.write(lambda work: flows.handle(work, event), lane=event.key).result(60)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(press, events))


def told(scene: Scene) -> list[str]:
    return [said for said in scene.heard("customers", "Acme") if "will call you" in said]


def test_two_hundred_claims_at_once(scene: Scene) -> None:
    alert = alarm(scene)
    claim_at_once(scene, alert.id)
    (after,) = scene.find(Alert)
    (task,) = scene.find(Reminder)
    assert (after.state, after.claimed_by) == ("claimed", task.member)
    assert after.reminder == task.id
    assert len(told(scene)) == 1


def test_the_race_would_be_seen(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    alert = alarm(scene)
    monkeypatch.setattr(Feedback, "claim", lambda self, alert, member: True)
    with suppress(Changed):
        claim_at_once(scene, alert.id, 20)
    assert len(scene.find(Reminder)) > 1


def test_a_claim_is_no_step_of_undo(scene: Scene) -> None:
    alert = alarm(scene)
    scene.presses("staff", "Ann", f"claim:{alert.id}")
    scene.says("staff", "Ann", "undo")
    assert scene.find(Alert)[0].state == "claimed"
    assert scene.find(Reminder)[0].state == "open"


def test_the_slower_ones_hear_who_was_faster(scene: Scene) -> None:
    alert = alarm(scene)
    assert "yours" in scene.toast("staff", "Ann", f"claim:{alert.id}")
    assert "already" in scene.toast("staff", "Ann", f"claim:{alert.id}")
    assert "Ann was faster" in scene.toast("staff", "Bob", f"claim:{alert.id}")


def test_who_has_been_named_to_the_customer_cannot_give_back(scene: Scene) -> None:
    alert = alarm(scene)
    scene.presses("staff", "Ann", f"claim:{alert.id}")
    assert "can't be unsaid" in scene.toast("staff", "Ann", f"give-back:{alert.id}")
    assert "Ann was faster" in scene.toast("staff", "Bob", f"give-back:{alert.id}")


@pytest.mark.parametrize("reason", ["stopped", "unreachable", "failed"])
def test_a_customer_who_was_not_told_leaves_the_way_back_open(scene: Scene, reason: str) -> None:
    alert = alarm(scene)
    if reason == "stopped":
        scene.says("customers", "Acme", "leave me alone")
    if reason == "unreachable":
        scene.write(lambda work: [work.change(c, reachable=False) for c in work.people.chats_of(alert.customer)])
    scene.presses("staff", "Ann", f"claim:{alert.id}")
    if reason == "failed":
        scene.came_back(f"alert-told:{alert.id}", "failed")
        assert any("could not be told" in said for said in scene.heard("staff", "Ann"))
    else:
        assert told(scene) == []
    assert "Given back" in scene.toast("staff", "Ann", f"give-back:{alert.id}")
    assert scene.find(Alert)[0].state == "open"
    assert [task.state for task in scene.find(Reminder)] == ["cancelled"]
    assert "Nobody has it" in scene.toast("staff", "Ann", f"give-back:{alert.id}")


def test_a_rep_cannot_give_away_what_somebody_else_has(scene: Scene) -> None:
    alert = alarm(scene)
    rep = scene.member("Rita", "rep")
    scene.presses("staff", "Ann", f"claim:{alert.id}")
    assert "Ann was faster" in scene.toast("staff", "Rita", f"assign-to:{alert.id}:{rep}")
    assert scene.find(Alert)[0].claimed_by == 1


def test_a_removed_colleague_gets_nothing(scene: Scene) -> None:
    alert = alarm(scene)
    scene.write(lambda work: work.change(work.people.members()[4], state="removed"))
    assert "settled" in scene.toast("staff", "Ann", f"assign-to:{alert.id}:5")
    assert scene.find(Alert)[0].state == "open"


def room(scene: Scene, **values: Any) -> int:
    def act(work: Any) -> int:
        chat = work.add(
            Conversation(
                address="memory:staff:#service",
                platform="memory",
                account="staff",
                side="member",
                kind="room",
                seen=work.now,
                **values,
            )
        )
        work.add(Route(conversation=chat.id, topic="low scores"))
        return int(chat.id)

    return int(scene.write(act))


def test_a_room_with_an_outsider_is_passed_over(scene: Scene) -> None:
    room(scene, outsider=True)
    alarm(scene)
    assert scene.heard("staff", "#service") == []
    assert any("Low score" in said for said in scene.heard("staff", "Bob"))


def test_an_outsider_who_comes_later_sees_no_change_either(scene: Scene) -> None:
    chat = room(scene)
    alert = alarm(scene)
    before = scene.heard("staff", "#service")
    scene.write(lambda work: work.change(work.get(Conversation, chat), outsider=True))
    scene.presses("staff", "Ann", f"claim:{alert.id}")
    assert scene.heard("staff", "#service") == before != []


def test_a_room_that_does_not_take_it_sends_it_to_private_chats(scene: Scene) -> None:
    room(scene)
    alert = alarm(scene)
    assert not any("Low score" in said for said in scene.heard("staff", "Ann"))
    scene.write(lambda work: [work.remove(row) for row in work.find(Outbox, card=f"alert:{alert.id}")])
    scene.came_back(f"alert:{alert.id}", "failed")
    assert any("Low score" in said for said in scene.heard("staff", "Ann"))


def test_the_card_never_names_who_served(scene: Scene) -> None:
    room(scene)
    alarm(scene)
    (shown,) = scene.heard("staff", "#service")
    assert "Acme" in shown
    assert "Bob" not in shown


def test_a_message_on_its_way_is_changed_before_it_leaves(scene: Scene) -> None:
    room(scene)
    alert = alarm(scene)
    scene.presses("staff", "Ann", f"claim:{alert.id}")
    (shown,) = scene.heard("staff", "#service")
    assert "Claimed by Ann" in shown


def test_a_so_so_score_without_an_owner_is_the_first_managers_task(scene: Scene) -> None:
    scene.member("Ann", "manager")
    customer = scene.customer("Acme")
    scene.presses("staff", "Ann", f"survey:{customer}")
    (invitation,) = scene.find(Invitation)
    scene.presses("staff", "Ann", f"survey-send:{invitation.id}")
    scene.presses("customers", "Acme", f"score:{invitation.id}:3")
    (task,) = scene.find(Reminder)
    assert (task.member, task.state) == (1, "open")
    scene.presses("customers", "Acme", f"score:{invitation.id}:5")
    assert scene.find(Reminder)[0].state == "cancelled"
