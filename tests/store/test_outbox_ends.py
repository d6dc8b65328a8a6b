"""What else becomes of messages: taken back, left behind, moved; and that each act hits its own rows and no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.core.messages import Address, Outgoing, Urgency
from bot.core.text import Run as Words
from store import outbox
from store.engine import Database
from store.models import Outbox, Workspace
from store.outbox import Posting
from store.work import Work
from tests.engines import NOON, Hands
from tests.store.conftest import Run

ANNA, BO = (Address("telegram", "staff", chat) for chat in ("anna", "bo"))
ELSEWHERE = Address("telegram", "shop", "anna")


@pytest.fixture
def queue(run: Run[Any]) -> Any:
    """One message under its text as its key."""

    def queue(text: str, to: Address = ANNA, within: int = 1, **values: Any) -> None:
        run(lambda work: work.outbox.queue(text, Posting(to, Outgoing((Words(text),)), **values)), within=within)

    return queue


@pytest.fixture
def claim(run: Run[Any]) -> Any:
    """As a sender does: it knows no firm."""

    def claim(epoch: int = 1, account: str = "staff", limit: int = 10) -> list[Outbox]:
        return run(  # type: ignore[no-any-return]
            lambda work: work.outbox.claim(account, epoch=epoch, limit=limit, resting=()), within=0
        )

    return claim


@pytest.fixture
def rows(run: Run[Any]) -> Any:
    def rows(within: int = 1) -> dict[str, Outbox]:
        return {row.key: row for row in run(lambda work: work.find(Outbox), within=within)}

    return rows


@pytest.fixture
def other(database: Database) -> int:
    """Another firm."""
    return int(database.write(lambda work: work.insert(Workspace(name="Else", secret="s", created=NOON)).id).result(10))


def _states(rows: Any) -> dict[str, str]:
    return {key: row.state for key, row in rows().items()}


def _ended(row: Outbox) -> tuple[str, str, Any]:
    return row.state, row.error, row.done


CANCELLED = ("dead", "cancelled", NOON)


def test_a_campaigns_messages_are_taken_back_unless_they_are_on_their_way(
    queue: Any, claim: Any, rows: Any, run: Run[Any], other: int
) -> None:
    campaign = {"urgency": Urgency.CAMPAIGN}
    queue("begun", BO, tell="campaign:1", **campaign)
    claim()
    queue("waits", tell="campaign:2", **campaign)
    queue("another", tell="campaign:3", **campaign)
    queue("answer", tell="campaign:2")
    queue("theirs", ELSEWHERE, within=other, tell="campaign:2", **campaign)
    assert run(lambda work: work.outbox.take_back([])) == set()
    assert run(lambda work: work.outbox.take_back(["campaign:1", "campaign:2", "campaign:9"])) == {"campaign:2"}
    assert _ended(rows()["waits"]) == CANCELLED
    assert _states(rows) == {"begun": "claimed", "waits": "dead", "another": "pending", "answer": "pending"}
    assert rows(other)["theirs"].state == "pending"


def test_one_message_is_dropped_while_it_is_on_our_side(
    queue: Any, claim: Any, rows: Any, run: Run[Any], other: int
) -> None:
    queue("ours", tell="survey:1")
    queue("of another chat", BO, tell="survey:1")
    queue("of another account", ELSEWHERE, tell="survey:1")
    queue("another", tell="survey:2")
    queue("theirs", within=other, tell="survey:1")

    def drop(within: int = 1) -> bool:
        return run(lambda work: work.outbox.drop("staff", ANNA.key, "survey:1"), within=within)  # type: ignore[no-any-return]

    assert (drop(), drop()) == (True, False)
    assert _ended(rows()["ours"]) == CANCELLED
    assert sorted(_states(rows).values()) == ["dead", "pending", "pending", "pending"]
    assert rows(other)["theirs"].state == "pending"
    assert [row.key for row in claim()] == ["of another chat", "another"]
    assert not run(lambda work: work.outbox.drop("staff", BO.key, "survey:1"))


def test_what_waits_for_chats_is_counted(queue: Any, claim: Any, run: Run[Any], other: int) -> None:
    queue("on its way")
    claim()
    queue("1")
    queue("2", BO)
    queue("3", ELSEWHERE)
    queue("theirs", within=other)
    assert run(lambda work: work.outbox.waiting([ANNA.key, BO.key])) == 2
    assert run(lambda work: work.outbox.waiting([])) == 0


def test_cancelling_ends_what_waits_for_the_chat_and_nothing_else(
    queue: Any, claim: Any, rows: Any, run: Run[Any]
) -> None:
    queue("on its way")
    claim()
    for urgency in (Urgency.ANSWER, Urgency.REMINDER, Urgency.ALERT):
        queue(urgency.name, urgency=urgency)
    queue("bo", BO, urgency=Urgency.ALERT)
    assert run(lambda work: work.outbox.cancel(ANNA.key, lane=int(Urgency.REMINDER))) == 2
    assert _ended(rows()["REMINDER"]) == _ended(rows()["ALERT"]) == CANCELLED
    assert run(lambda work: work.outbox.cancel(ANNA.key)) == 1
    assert (_states(rows)["on its way"], _states(rows)["bo"]) == ("claimed", "pending")


def test_a_new_owner_settles_only_what_others_left(queue: Any, claim: Any, rows: Any, run: Run[Any]) -> None:
    queue("left", again=False)
    queue("left elsewhere", ELSEWHERE, again=False)
    queue("again", BO)
    claim(epoch=1)
    claim(epoch=1, account="shop")
    queue("mine", Address("telegram", "staff", "cy"), again=False)
    queue("waits", Address("telegram", "staff", "di"), again=False)
    claim(epoch=2, limit=1)
    assert [row.key for row in run(lambda work: work.outbox.unsure("staff", epoch=2), within=0)] == ["left"]
    assert [row.key for row in run(lambda work: work.outbox.recover("staff", epoch=2), within=0)] == ["left"]
    assert _states(rows) == {
        "left": "unknown",
        "left elsewhere": "claimed",
        "again": "pending",
        "mine": "claimed",
        "waits": "pending",
    }
    assert [rows()[key].done for key in ("left", "again")] == [NOON, None]


def test_the_pauses_of_chats_are_told_by_account_and_the_longest_counts(
    queue: Any, claim: Any, run: Run[Any], clock: Hands
) -> None:
    queue("answer")
    queue("alert", urgency=Urgency.ALERT)
    queue("unsure", BO)
    queue("elsewhere", ELSEWHERE)
    held = {row.key: row for row in [*claim(), *claim(account="shop")]}
    waits = {
        "answer": (5, outbox.LIMITED),
        "alert": (9, outbox.LIMITED),
        "unsure": (7, "unsure"),
        "elsewhere": (3, outbox.LIMITED),
    }
    for key, (seconds, error) in waits.items():
        at = clock.now + timedelta(seconds=seconds)
        assert run(
            lambda work, id=held[key].id, at=at, error=error: work.outbox.put_back(
                id, epoch=1, at=at, counted=False, error=error
            ),
            within=0,
        )
    assert run(lambda work: work.outbox.limited("staff"), within=0) == [(ANNA.key, NOON + timedelta(seconds=9))]
    assert run(lambda work: work.outbox.next_after("staff"), within=0) == NOON + timedelta(seconds=5)
    clock.forward(seconds=5)
    assert run(lambda work: work.outbox.next_after("staff"), within=0) == NOON + timedelta(seconds=7)
    assert run(lambda work: work.outbox.next_after("nobody"), within=0) is None


def test_a_move_takes_along_what_is_on_its_way_and_leaves_what_was_sent(
    queue: Any, claim: Any, rows: Any, run: Run[Any]
) -> None:
    queue("sent")
    [row] = claim()
    assert run(lambda work: work.outbox.finish(row.id, epoch=1, state="sent", message="m1"), within=0)
    queue("on its way")
    claim()
    queue("waits")
    queue("bo", BO)
    queue("elsewhere", ELSEWHERE)
    run(lambda work: work.outbox.move("staff", ANNA.key, "telegram:staff:new"), within=0)
    run(lambda work: work.outbox.move("staff", ELSEWHERE.key, "telegram:staff:wrong"), within=0)
    new = {key: row.chat for key, row in rows().items()}
    assert new == {
        "sent": ANNA.key,
        "on its way": "telegram:staff:new",
        "waits": "telegram:staff:new",
        "bo": BO.key,
        "elsewhere": ELSEWHERE.key,
    }


def test_an_end_keeps_the_id_the_reason_and_the_time(queue: Any, claim: Any, rows: Any, run: Run[Any]) -> None:
    for key in ("sent", "failed", "waits"):
        queue(key, Address("telegram", "staff", key))
    held = {row.key: row.id for row in claim()}
    assert {(row.attempts, row.lease, row.state) for row in rows().values()} == {(1, 1, "claimed")}
    assert run(lambda work: work.outbox.finish(held["sent"], epoch=1, state="sent", message="m1"), within=0)
    assert run(lambda work: work.outbox.finish(held["failed"], epoch=1, state="failed", error="x" * 600), within=0)
    late = NOON + timedelta(days=1)
    put = run(
        lambda work: work.outbox.put_back(held["waits"], epoch=1, at=late, counted=True, error="y" * 600), within=0
    )
    found = rows()
    assert (put, found["waits"].error, found["waits"].after, found["waits"].attempts) == (True, "y" * 500, late, 1)
    assert (_ended(found["sent"]), found["sent"].message) == (("sent", "", NOON), "m1")
    assert (_ended(found["failed"]), found["failed"].message) == (("failed", "x" * 500, NOON), "")
    assert not run(lambda work: work.outbox.put_back(held["sent"], epoch=1, at=late, counted=True), within=0)


@pytest.mark.parametrize(
    ("urgency", "hours"),
    [(Urgency.ANSWER, 24), (Urgency.REMINDER, 24), (Urgency.ALERT, 24), (Urgency.CAMPAIGN, 7 * 24)],
)
def test_a_message_is_worth_trying_for_a_day_and_a_campaign_for_a_week(
    queue: Any, rows: Any, urgency: Urgency, hours: int
) -> None:
    later = NOON + timedelta(minutes=5)
    queue("now", urgency=urgency)
    queue("later", urgency=urgency, after=later)
    found = {key: (row.queued, row.after, row.expires) for key, row in rows().items()}
    assert found["now"] == (NOON, NOON, NOON + timedelta(hours=hours))
    assert found["later"] == (NOON, later, later + timedelta(hours=hours))


def test_whose_sender_waits_is_woken_and_what_is_queued_is_whole(run: Run[Any], rows: Any) -> None:
    def act(work: Work) -> set[str]:
        work.outbox.queue("1", Posting(ANNA, Outgoing((Words("1"),)), card="c", under="u", tell="t", again=False))
        return set(work.signals)

    assert run(act) == {"outbox:staff"}
    row = rows()["1"]
    assert (row.account, row.chat, row.card, row.under, row.tell, row.again) == (
        "staff",
        ANNA.key,
        "c",
        "u",
        "t",
        False,
    )


def test_a_card_is_rewritten_only_where_it_waits(queue: Any, rows: Any, other: int) -> None:
    for number, (to, within) in enumerate([(ANNA, 1), (BO, 1), (ELSEWHERE, 1), (ANNA, other)]):
        queue(f"first {number}", to, within=within, card="c")
    queue("of another card", card="d")
    queue("second", card="c")
    words = {key: row.payload["text"][0][0] for key, row in (rows() | rows(other)).items()}
    assert words.pop("first 0") == "second"
    assert words == {key: key for key in words}


def _every_state(work: Work) -> list[str]:
    """Of every firm's messages."""
    work.cursor.execute("SELECT state FROM outbox ORDER BY state")
    return [row[0] for row in work.cursor.fetchall()]


def test_what_is_ended_is_deleted_for_every_firm(
    queue: Any, claim: Any, run: Run[Any], clock: Hands, other: int
) -> None:
    queue("ours")
    queue("theirs", ELSEWHERE, within=other)
    for account in ("staff", "shop"):
        [row] = claim(account=account)
        assert run(lambda work, id=row.id: work.outbox.finish(id, epoch=1, state="sent"), within=0)
    queue("waits")
    assert run(_every_state, within=0) == ["pending", "sent", "sent"]
    assert run(lambda work: work.outbox.prune(clock.forward(seconds=1)), within=0) == 2
