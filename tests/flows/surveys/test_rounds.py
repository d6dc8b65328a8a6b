"""Asking many: a little at a time, never at night, stopped at once, and one reminder where the customer left off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store.models import Invitation, Outbox, Round, Timer
from tests.flows.surveys.scene import Scene


def begun(scene: Scene, *zones: str, pace: int = 2) -> Round:
    """Ann asks as many customers as there are zones."""
    from flows.surveys.asked import active
    from flows.surveys.rounds import begin
    from flows.turn import Turn

    scene.member("Ann", "manager")
    for number, zone in enumerate(zones):
        scene.customer(f"C{number}", owner=1, zone=zone)

    def act(work: object) -> Round:
        turn = Turn(work=work, workspace=work.firm(1), key="begin")  # type: ignore[attr-defined, arg-type]
        turn.member = turn.work.people.members()[0]
        return begin(turn, active(turn)[0], [turn.work.customers.get(n + 1) for n in range(len(zones))], pace=pace)  # type: ignore[misc]

    found: Round = scene.write(act)
    return found


def states(scene: Scene) -> list[str]:
    return [row.state for row in scene.find(Invitation)]


def test_a_few_a_minute_until_all_are_asked(scene: Scene) -> None:
    begun(scene, *["Asia/Shanghai"] * 5)
    assert states(scene).count("sending") == 2
    scene.tick(minutes=1)
    assert states(scene).count("sending") == 4
    scene.tick(minutes=1)
    assert states(scene).count("sending") == 5
    assert scene.find(Round)[0].state == "done"


def test_whose_night_it_is_waits_for_the_morning_without_holding_others_up(scene: Scene) -> None:
    scene.clock.now = datetime(2026, 3, 2, 14, tzinfo=UTC)
    begun(scene, "Asia/Shanghai", "Asia/Shanghai", "Europe/Berlin", "Europe/Berlin")
    assert states(scene) == ["waiting", "waiting", "sending", "sending"]
    scene.tick(minutes=1)
    due = next(row.due for row in scene.find(Timer, state="waiting") if row.kind == "survey-round")
    assert due == datetime(2026, 3, 3, tzinfo=UTC)
    scene.tick(hours=10)
    assert states(scene) == ["sending"] * 4


def test_a_pause_takes_back_what_is_still_here_and_going_on_sends_it(scene: Scene) -> None:
    begun(scene, *["Asia/Shanghai"] * 3)
    scene.presses("staff", "Ann", "round-pause:1")
    assert states(scene) == ["waiting"] * 3
    scene.tick(minutes=10)
    assert states(scene) == ["waiting"] * 3
    scene.presses("staff", "Ann", "round-on:1")
    scene.tick(minutes=1)
    assert states(scene) == ["sending"] * 3


def test_an_end_is_at_once_and_leaves_what_a_platform_has(scene: Scene) -> None:
    begun(scene, *["Asia/Shanghai"] * 4)

    def accepted(work: object) -> None:
        row = next(row for row in work.find(Outbox) if row.tell == "survey:1")  # type: ignore[attr-defined]
        work.change(row, state="claimed")  # type: ignore[attr-defined]

    scene.write(accepted)
    scene.presses("staff", "Ann", "round-end:1")
    assert states(scene) == ["sending", "refused", "refused", "refused"]
    assert {row.reason for row in scene.find(Invitation)[1:]} == {"cancelled"}
    scene.presses("staff", "Ann", "round-on:1")
    scene.tick(days=1)
    assert states(scene)[1:] == ["refused"] * 3


def test_the_card_counts_and_says_why_somebody_was_left_out(scene: Scene) -> None:
    begun(scene, "Asia/Shanghai", "Asia/Shanghai", pace=9)
    scene.customer("Far", owner=1, chats=0)
    scene.says("staff", "Ann", "visited Far")
    scene.presses("staff", "Ann", "round-pause:1")
    assert "Only who began it" in scene.toast("staff", "Ann", "round-pause:99")


def sent(scene: Scene) -> Invitation:
    begun(scene, "Asia/Shanghai")
    scene.came_back("survey:1", "sent")
    found: Invitation = scene.find(Invitation)[0]
    return found


def reminders(scene: Scene) -> int:
    return sum("still open" in said for said in scene.heard("customers", "C0"))


def test_one_reminder_after_three_days_and_never_another(scene: Scene) -> None:
    sent(scene)
    scene.tick(days=2, hours=23)
    assert reminders(scene) == 0
    scene.tick(hours=1)
    assert reminders(scene) == 1
    for _ in range(10):
        scene.tick(days=1)
    assert reminders(scene) == 1


def test_who_has_answered_or_stopped_is_not_reminded(scene: Scene) -> None:
    invitation = sent(scene)
    scene.presses("customers", "C0", f"survey-stop:{invitation.id}")
    scene.tick(days=4)
    assert reminders(scene) == 0


def test_a_reminder_waits_for_the_morning_and_for_a_talk_to_end(scene: Scene) -> None:
    scene.clock.now = datetime(2026, 3, 2, 12, 50, tzinfo=UTC)
    sent(scene)
    at = next(row.due for row in scene.find(Timer, state="waiting") if row.kind == "survey-remind")
    assert at == scene.clock.now + timedelta(days=3)
    scene.write(lambda work: [work.change(c, dialog={"kind": "command"}) for c in work.people.chats_of(1)])
    scene.tick(days=3)
    assert reminders(scene) == 0
    scene.write(lambda work: [work.change(c, dialog=None) for c in work.people.chats_of(1)])
    scene.tick(days=1)
    assert reminders(scene) == 1


def test_the_chat_in_which_somebody_answered_is_asked_in_again(scene: Scene) -> None:
    from flows.surveys.asked import best_chats
    from flows.turn import Turn

    scene.member("Ann", "manager")
    scene.customer("C", owner=1, chats=2)

    def act(work: object) -> list[int]:
        turn = Turn(work=work, workspace=work.firm(1), key="x")  # type: ignore[attr-defined, arg-type]
        before = [chat.id for chat in best_chats(turn, 1)]
        row = Invitation(survey=1, customer=1, trigger="t", state="finished", made=turn.now, sent=turn.now)
        row.conversation = before[1]
        turn.work.add(row)
        return [*before, best_chats(turn, 1)[0].id]

    first, second, best = scene.write(act)
    assert (best, first) == (second, first)
