"""Updates once, leases by one, timers once, cards in their places, screens from where they were."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import bindparam, update

from bot.core.messages import Address, Answer, Update
from store import inbound, leases, shown
from store.models import Account, Inbound, Timer
from store.statements import Statement
from store.work import Work
from tests.engines import NOON, Hands
from tests.store.conftest import Run

HOLD = timedelta(seconds=15)
UPDATE = Update("staff", "42", '{"update_id":42}')


def test_an_update_is_taken_once_and_its_answer_repeated(run: Run[Any]) -> None:
    def first(work: Work) -> bool:
        taken = work.updates.take(UPDATE)
        work.updates.answered(UPDATE, Answer("Saved", {"errors": {"when": "?"}}))
        return taken

    assert run(first)
    assert not run(lambda work: work.updates.take(UPDATE))
    assert run(lambda work: work.updates.answer(UPDATE)) == Answer("Saved", {"errors": {"when": "?"}})
    assert run(lambda work: work.updates.take(Update("customers", "42", "{}")))


def test_the_test_sees_a_missing_dedupe(run: Run[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    always = Statement(lambda: update(Inbound.table()).values(state=bindparam("state")))
    run(lambda work: work.updates.take(UPDATE))
    monkeypatch.setattr(inbound, "_TAKE", {"sqlite": always, "postgresql": always})
    with pytest.raises(AssertionError):
        assert not run(lambda work: work.updates.take(UPDATE))


def test_a_parked_update_keeps_its_text_until_it_is_forgotten(run: Run[Any]) -> None:
    run(lambda work: work.add(Account(platform="memory", name=UPDATE.account, side="member")))
    run(lambda work: work.updates.take(UPDATE, error="ValueError: rubbish"))
    [parked] = run(lambda work: work.updates.parked())
    assert (parked.update, parked.error) == (UPDATE, "ValueError: rubbish")
    assert run(lambda work: work.updates.prune(NOON + timedelta(days=9))) == 0
    run(lambda work: work.updates.forget(UPDATE))
    assert run(lambda work: work.updates.take(UPDATE))


def test_handled_updates_are_pruned_after_their_time(run: Run[Any]) -> None:
    run(lambda work: work.updates.take(UPDATE))
    assert [run(lambda work, at=at: work.updates.prune(at)) for at in (NOON, NOON + timedelta(seconds=1))] == [0, 1]


def _later(run: Run[Any], clock: Hands, seconds: float) -> None:
    """Time passes: on PostgreSQL leases go by the server's clock, so there they are moved into the past instead."""
    clock.forward(seconds=seconds)
    past = int(seconds * 1_000_000)
    moved = f"UPDATE lease SET until = until - {past}, paused_until = paused_until - {past}"  # noqa: S608
    run(lambda work: work.cursor.execute(moved) if work.dialect == "postgresql" else None)


def test_one_owner_at_a_time_and_a_higher_epoch_for_the_next(run: Run[Any], clock: Hands) -> None:
    first = run(lambda work: leases.take(work, "staff", "a", hold=HOLD))
    assert run(lambda work: leases.take(work, "staff", "b", hold=HOLD)) is None
    _later(run, clock, 16)
    second = run(lambda work: leases.take(work, "staff", "b", hold=HOLD))
    assert (first.epoch, second.epoch) == (1, 2)
    assert [run(lambda work, held=held: leases.still_held(work, held)) for held in (first, second)] == [False, True]
    assert not run(lambda work: leases.renew(work, first, hold=HOLD))


def test_renewing_keeps_it_and_releasing_gives_it_at_once(run: Run[Any], clock: Hands) -> None:
    held = run(lambda work: leases.take(work, "staff", "a", hold=HOLD))
    for _ in range(4):
        _later(run, clock, 10)
        assert run(lambda work: leases.renew(work, held, hold=HOLD))
    assert run(lambda work: leases.take(work, "staff", "b", hold=HOLD)) is None
    run(lambda work: leases.release(work, held))
    assert run(lambda work: leases.take(work, "staff", "b", hold=HOLD)).epoch == 2


def test_a_pause_outlives_its_owner(run: Run[Any], clock: Hands) -> None:
    run(lambda work: leases.take(work, "staff", "a", hold=HOLD))
    run(lambda work: leases.pause(work, "staff", timedelta(minutes=5)))
    _later(run, clock, 20)
    assert run(lambda work: leases.take(work, "staff", "b", hold=HOLD)).paused_for == pytest.approx(280, abs=5)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_machine_whose_clock_is_wrong_takes_and_keeps_leases_like_any_other(run: Run[Any], clock: Hands) -> None:
    held = run(lambda work: leases.take(work, "staff", "a", hold=HOLD))
    for hours in (-30, 60):
        clock.forward(hours=hours)
        assert run(lambda work: leases.take(work, "staff", "b", hold=HOLD)) is None
    assert run(lambda work: leases.renew(work, held, hold=HOLD))
    run(lambda work: leases.release(work, held))
    assert run(lambda work: leases.take(work, "staff", "b", hold=HOLD)).epoch == 2


def test_when_too_much_is_due_every_workspace_gets_its_share(run: Run[Any], clock: Hands) -> None:
    def crowd(work: Work) -> None:
        for workspace, count in ((1, 300), (2, 60), (3, 2)):
            work.workspace = workspace
            for number in range(count):
                work.timers.set("reminder", str(number), NOON + timedelta(seconds=workspace))

    run(crowd)
    clock.forward(minutes=1)
    due = run(lambda work: work.timers.due(limit=50))
    assert Counter(timer.workspace for timer in due) == {1: 24, 2: 24, 3: 2}
    for timer in run(lambda work: work.timers.due(limit=500)):
        run(lambda work, timer=timer: work.timers.end(timer))
    assert run(lambda work: work.timers.due(limit=50)) == []


def test_a_timer_is_set_once_comes_in_its_time_and_is_taken_once(run: Run[Any], clock: Hands) -> None:
    due = NOON + timedelta(minutes=1)
    for _ in range(2):
        run(lambda work: work.timers.set("reminder", "7", due))
    assert (run(lambda work: work.timers.due(limit=5)), run(lambda work: work.timers.next())) == ([], due)
    clock.forward(minutes=1)
    [timer] = run(lambda work: work.timers.due(limit=5))
    assert [len(run(lambda work: work.timers.end(timer))) for _ in range(2)] == [1, 0]
    assert run(lambda work: work.timers.due(limit=5)) == []


def test_timers_of_all_workspaces_come_oldest_first_and_each_is_cancelled_by_its_own(run: Run[Any]) -> None:
    for workspace, minutes in ((2, 3), (1, 2), (3, 1)):
        due = NOON - timedelta(minutes=minutes)
        run(lambda work, due=due: work.timers.set("reminder", "7", due), within=workspace)
    run(lambda work: work.timers.cancel("reminder", "7"), within=1)
    assert [timer.workspace for timer in run(lambda work: work.timers.due(limit=9))] == [2, 3]


def test_moving_leaves_one_timer(run: Run[Any]) -> None:
    for minutes in (1, 2, 1):
        due = NOON - timedelta(minutes=minutes)
        run(lambda work, due=due: work.timers.move("reminder", "7", due))
    assert [timer.due for timer in run(lambda work: work.timers.due(limit=9))] == [NOON - timedelta(minutes=1)]


def test_over_timers_are_pruned_and_waiting_ones_stay(run: Run[Any]) -> None:
    for subject in ("1", "2"):
        run(lambda work, subject=subject: work.timers.set("reminder", subject, NOON))
    run(lambda work: work.timers.end(work.timers.due(limit=1)[0], error="boom"))
    assert run(lambda work: work.timers.prune(NOON + timedelta(days=1))) == 1
    assert [row.subject for row in run(lambda work: work.find(Timer))] == ["2"]


def test_a_card_is_remembered_where_it_was_shown(run: Run[Any]) -> None:
    room, chat = (Address("slack", "acme", name) for name in ("room", "chat"))

    def act(work: Work) -> Any:
        for address, message in ((room, "m1"), (chat, "m2"), (room, "m3")):
            work.cards.shown("ticket:1", address.key, message)
        return (
            work.cards.message("ticket:1", room.key),
            work.cards.places("ticket:1"),
            work.cards.of_message(chat.key, "m2"),
        )

    assert run(act) == ("m3", [room, chat], "ticket:1")
    assert run(lambda work: work.cards.message("ticket:1", room.key), within=2) == ""


def test_a_screen_shows_an_entry_once_and_edits_move_it_to_the_new(run: Run[Any]) -> None:
    def act(work: Work) -> Any:
        one = shown.show(work, "chat", {"text": "1"}, key="a")
        again = shown.show(work, "chat", {"text": "1"}, key="a")
        shown.show(work, "chat", {"text": "2"}, key="b")
        shown.show(work, "elsewhere", {"text": "x"}, key="a")
        seen = max(entry["version"] for entry in shown.since(work, "chat", 0, 10))
        shown.show(work, "chat", {"text": "1!"}, key="c", edits=one)
        return one == again, shown.since(work, "chat", 0, 10), shown.since(work, "chat", seen, 10)

    same, everything, news = run(act)
    assert same
    assert [entry["text"] for entry in everything] == ["1!", "2"]
    assert [entry["text"] for entry in news] == ["1!"]
