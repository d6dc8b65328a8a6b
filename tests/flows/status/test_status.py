"""Trouble with the service itself is told once, where it can still be read; what is stuck is decided in chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.messages import Command, Pressed, Update
from bot.runtime.metrics import show
from flows import load
from flows.status.actions import watch
from flows.turn import sign
from store.engine import open_database
from store.models import Account, Conversation, Identity, Inbound, Member, Outbox, Timer
from store.types import micros
from store.wellbeing import look
from store.work import Work
from tests.engines import fresh
from tests.transcripts.stage import STAFF, Clock, Stage

load()


@pytest.fixture
async def stage(engine: str, tmp_path: Path) -> AsyncIterator[Stage]:
    with fresh(engine, tmp_path) as url:
        clock = Clock(datetime(2026, 3, 2, 2, tzinfo=UTC))
        made = Stage(open_database(url, clock), clock)
        made.found("Northwind Tools", "CN", "en", "Asia/Shanghai")
        made.member("Olga Owner", "owner", "en", "")
        made.member("Rita Rep", "rep", "en", "")
        await made.act(made.people["Olga Owner"], Command("status", "", "1"))
        try:
            yield made
        finally:
            made.database.close()


def _watch(stage: Stage) -> list[str]:
    """What anybody was told by it so far."""
    stage.database.write(watch).result(10)
    return [m.key for m in _rows(stage) if m.key.startswith("watch:")]


def _rows(stage: Stage) -> list[Outbox]:
    return stage.write(lambda work: work.find(Outbox))


def _message(work: Work, state: str, **more: object) -> Outbox:
    ended = {"done": work.now} if state != "pending" else {}
    values = {"key": f"k{state}", "payload": {"text": ["secret words"]}, "queued": work.now, "after": work.now}
    return work.add(
        Outbox(account=STAFF, lane=0, state=state, expires=work.now + timedelta(days=1),
               **{"chat": f"memory:{STAFF}:9", **values, **ended, **more})
    )  # fmt: skip


def _stuck(work: Work) -> None:
    """Nothing leaves the staff bot; the owner also has a chat through another one."""
    _message(work, "pending", after=work.now - timedelta(minutes=5))
    owner = work.first(Member, name="Olga Owner")
    assert owner is not None
    work.add(Account(platform="memory", name="other", side="member"))
    work.add(Identity(platform="memory", account="other", person="7", member=owner.id))
    address = "memory:other:7"
    seen = work.now - timedelta(days=3)
    work.add(
        Conversation(address=address, platform="memory", account="other", side="member", member=owner.id, seen=seen)
    )


async def test_a_trouble_is_told_once_where_something_still_gets_out_and_again_when_it_is_over(stage: Stage) -> None:
    assert _watch(stage) == []
    stage.write(_stuck)
    assert len(_watch(stage)) == 1
    assert [row.chat for row in _rows(stage) if row.key.startswith("watch:")] == ["memory:other:7"]
    stage.clock.now += timedelta(minutes=1)
    assert len(_watch(stage)) == 1
    stage.write(lambda work: [work.remove(row) for row in work.find(Outbox) if row.state == "pending"])
    stage.clock.now += timedelta(minutes=1)
    stage.database.write(watch).result(10)
    told = [row for row in _rows(stage) if row.key.startswith("watch:")]
    assert "All is well again" in str(told[-1].payload)


async def test_what_is_late_or_parked_or_full_is_trouble_too(stage: Stage) -> None:
    def harm(work: Work) -> None:
        work.insert(Inbound(account=STAFF, key="9", received=work.now, state="parked", raw="{}", error="KeyError"))
        work.add(Timer(kind="none", subject="1", due=work.now - timedelta(hours=1)))

    stage.write(harm)
    stage.database.write(lambda work: watch(work, disk=True)).result(10)
    told = str([row.payload for row in _rows(stage) if row.key.startswith("watch:")])
    for words in ("could not be handled", "comes late", "disk is nearly full", "status-parked"):
        assert words in told


async def _press(stage: Stage, press: str) -> str:
    owner = stage.people["Olga Owner"]
    secret = stage.database.write(lambda work: work.firm(1)).result(10)
    assert secret is not None
    before = max((m.order for m in stage.messages(owner)), default=0)
    await stage.act(owner, Pressed(sign(secret.secret, owner.address, press), "1"))
    return "\n".join(m.text for m in stage.messages(owner) if m.order > before)


async def test_what_did_not_arrive_is_listed_without_its_words_and_sent_again_or_let_be(stage: Stage) -> None:
    rows = stage.write(lambda work: [_message(work, state) for state in ("dead", "failed", "unknown")])
    shown = await _press(stage, "status-stranded")
    assert "may or may not have arrived" in shown
    assert "secret words" not in shown
    assert "2 messages are sent again" in await _press(stage, f"status-again:{rows[1].id}")
    assert "not listed any more" in await _press(stage, f"status-aside:{rows[2].id}")
    assert "Every message of the last day arrived." in await _press(stage, "status-stranded")
    states = {row.key: row.state for row in _rows(stage)}
    assert (states["kunknown"], states["kdead"] in ("pending", "sent", "failed")) == ("unknown", True)


def _park(stage: Stage, *keys: str) -> int:
    """Parked at this moment, which stands in the buttons of their card."""
    for key in keys:
        row = {"account": STAFF, "key": key, "received": stage.clock.now, "state": "parked", "error": "KeyError"}
        stage.write(lambda work, row=row: work.insert(Inbound(raw="{", **row)))
    return micros(stage.clock.now)


async def _wait(stage: Stage, seconds: int) -> str:
    """What the owner is told meanwhile."""
    owner = stage.people["Olga Owner"]
    before = max((m.order for m in stage.messages(owner)), default=0)
    stage.clock.now += timedelta(seconds=seconds)
    await stage.service.timers.tick()
    await stage.settle()
    return "\n".join(m.text for m in stage.messages(owner) if m.order > before)


async def test_what_was_taken_back_is_no_failure_and_is_never_sent_again(stage: Stage) -> None:
    def taken_back(work: Work) -> None:
        _message(work, "pending", chat="memory:customers:7")
        work.outbox.cancel("memory:customers:7")

    stage.write(taken_back)
    assert "did not arrive" not in await _press(stage, "status")
    assert "Every message of the last day arrived." in await _press(stage, "status-stranded")
    last = max(row.id for row in _rows(stage))
    assert "0 messages are sent again" in await _press(stage, f"status-again:{last}")


async def test_many_messages_of_a_service_that_has_sent_millions_are_let_be_and_listed_again(stage: Stage) -> None:
    def old(work: Work) -> None:
        for number in range(10):
            row = _message(work, "failed", key=f"old{number}")
            work.remove(row)
            row.id = 9_000_000_000 + number
            work.put_back(row)

    stage.write(old)
    assert "and 5 more" in await _press(stage, "status-stranded")
    assert "not listed any more" in await _press(stage, "status-aside:9000000009")
    assert "Every message of the last day arrived." in await _press(stage, "status-stranded")
    assert "and 5 more" in await _press(stage, "status-back:9000000000:9000000009")


async def test_what_is_parked_is_dropped_only_after_a_second_press_and_only_what_was_shown(stage: Stage) -> None:
    last = _park(stage, "p1", "p2")
    assert "KeyError" in await _press(stage, "status-parked")
    stage.clock.now += timedelta(seconds=1)
    _park(stage, "later")
    assert "Drop 2 messages for good?" in await _press(stage, f"status-drop:{last}")
    assert len(_parked(stage)) == 3
    assert "2 messages were dropped" in await _press(stage, f"status-drop-yes:{last}")
    assert _parked(stage) == ["later"]
    assert "0 messages were dropped" in await _press(stage, f"status-drop-yes:{last}")


def _parked(stage: Stage) -> list[str]:
    return sorted(stage.write(lambda work: [one.update.key for one in work.updates.parked()]))


async def test_who_has_parked_updates_handled_again_hears_what_came_of_it(stage: Stage) -> None:
    last = _park(stage, "p1", "p2")
    assert "2 messages are handled again" in await _press(stage, f"status-replay:{last}")
    assert await _wait(stage, 4) == ""
    stage.write(lambda work: work.updates.resume(Update(STAFF, "p1", "")))
    stage.write(lambda work: work.updates.stays(Update(STAFF, "p2", ""), "ValueError"))
    told = await _wait(stage, 4)
    assert told == "1 message was handled now.\n1 message failed again: ValueError"
    assert await _wait(stage, 60) == ""


async def test_what_somebody_drops_meanwhile_was_not_handled(stage: Stage) -> None:
    last = _park(stage, "old")
    await _press(stage, f"status-drop-yes:{last}")
    last = _park(stage, "p1", "p2")
    await _press(stage, f"status-replay:{last}")
    stage.write(lambda work: work.updates.resume(Update(STAFF, "p1", "")))
    stage.write(lambda work: work.updates.drop(Update(STAFF, "p2", "")))
    assert await _wait(stage, 4) == "1 message was handled now.\n1 message was dropped."


async def test_what_is_listed_again_says_why_it_ended_as_before(stage: Stage) -> None:
    row = stage.write(lambda work: _message(work, "failed", error="chat_not_found"))
    for _twice in range(2):
        await _press(stage, f"status-aside:{row.id}")
    assert "Every message of the last day arrived." in await _press(stage, "status-stranded")
    await _press(stage, f"status-back:{row.id}:{row.id}")
    assert [one.error for one in _rows(stage) if one.id == row.id] == ["chat_not_found"]


async def test_what_waits_for_a_bot_that_does_not_run_is_told_in_the_end(stage: Stage) -> None:
    await _press(stage, f"status-replay:{_park(stage, 'p1')}")
    told = [await _wait(stage, 4) for _look in range(25)]
    assert [words for words in told if words] == ["1 message waits still: its bot does not run."]


async def test_who_sends_again_hears_what_arrived_and_what_is_let_be_can_be_listed_again(stage: Stage) -> None:
    rows = stage.write(lambda work: [_message(work, state) for state in ("dead", "failed")])
    assert "not listed any more" in await _press(stage, f"status-aside:{rows[1].id}")
    assert "Did not arrive" in await _press(stage, f"status-back:{rows[0].id}:{rows[1].id}")
    await _press(stage, f"status-again:{rows[1].id}")
    stage.write(lambda work: [work.change(row, state="sent") for row in work.find(Outbox, key="kdead")])
    stage.write(
        lambda work: [work.change(row, state="unknown", done=work.now) for row in work.find(Outbox, key="kfailed")]
    )
    told = await _wait(stage, 4)
    assert "1 message has arrived now." in told
    assert "may or may not have arrived" in told


async def test_the_gauges_say_what_the_tables_say(stage: Stage) -> None:
    from prometheus_client import generate_latest

    stage.write(lambda work: _message(work, "pending", after=work.now - timedelta(seconds=90)))
    stage.write(lambda work: _message(work, "unknown"))
    with stage.database.read() as work:
        show(look(work))
    told = generate_latest().decode()
    assert f'rapport_outbox_age_seconds{{account="{STAFF}",lane="0"}} 90.0' in told
    assert 'rapport_outbox_stranded{state="unknown"} 1.0' in told
    assert "rapport_parked_updates 0.0" in told
