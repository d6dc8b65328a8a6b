"""The outbox: order, claims, fences, cards, ends; and proofs that the tests would see each promise broken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, select, true, update

from bot.core.messages import Address, Outgoing, Urgency
from bot.core.text import Run as Words
from store import outbox
from store.engine import Database
from store.models import Outbox
from store.outbox import Posting
from store.statements import Statement
from store.types import UtcTime
from store.work import Work, columns
from tests.engines import NOON, Hands
from tests.store.conftest import Run

ANNA, BO = (Address("telegram", "staff", chat) for chat in ("anna", "bo"))


def _posting(text: str, to: Address = ANNA, **values: Any) -> Posting:
    return Posting(to, Outgoing((Words(text),)), **values)


@pytest.fixture
def queue(run: Run[Any]) -> Any:
    """Queues messages, each under its text as its key."""

    def queue(*postings: Posting) -> None:
        def act(work: Work) -> None:
            for posting in postings:
                work.outbox.queue(posting.message.text[0].text, posting)

        run(act)

    return queue


@pytest.fixture
def claim(run: Run[Any]) -> Any:
    def claim(epoch: int = 1, limit: int = 10, resting: Sequence[str] = ()) -> list[Outbox]:
        return run(lambda work: work.outbox.claim("staff", epoch=epoch, limit=limit, resting=resting))

    return claim


@pytest.fixture
def finish(run: Run[Any]) -> Any:
    def finish(row: Outbox, epoch: int = 1, state: str = "sent") -> bool:
        return run(lambda work: work.outbox.finish(row.id, epoch=epoch, state=state, message="m1"))

    return finish


@pytest.fixture
def states(database: Database) -> Any:
    def states() -> dict[str, str]:
        with database.read() as work:
            work.workspace = 1
            return {row.key: row.state for row in work.find(Outbox)}

    return states


def _texts(rows: Sequence[Outbox]) -> list[str]:
    return [Outgoing.from_json(row.payload).text[0].text for row in rows]


def test_only_the_first_of_each_chat_and_lane_is_claimed(queue: Any, claim: Any, finish: Any) -> None:
    queue(_posting("1"), _posting("2"), _posting("3", BO), _posting("4", BO, urgency=Urgency.ALERT))
    first = claim()
    assert _texts(first) == ["1", "3", "4"]
    assert claim() == []
    assert finish(first[0])
    assert _texts(claim()) == ["2"]


def test_answers_pass_campaigns(queue: Any, claim: Any) -> None:
    queue(
        _posting("campaign", urgency=Urgency.CAMPAIGN),
        _posting("reminder", urgency=Urgency.REMINDER),
        _posting("answer"),
    )
    assert _texts(claim(limit=1)) == ["answer"]
    assert _texts(claim()) == ["reminder", "campaign"]


def test_a_resting_chat_and_another_account_are_left_alone(queue: Any, claim: Any) -> None:
    queue(_posting("1"), _posting("2", BO), _posting("3", Address("telegram", "customers", "anna")))
    assert _texts(claim(resting=[ANNA.key])) == ["2"]


def test_a_message_waits_for_its_moment_and_holds_back_the_next_of_its_lane(
    queue: Any, claim: Any, run: Run[Any], clock: Hands
) -> None:
    queue(_posting("1", after=NOON + timedelta(minutes=5)), _posting("2"))
    assert claim() == []
    assert run(lambda work: work.outbox.next_after("staff")) == NOON + timedelta(minutes=5)
    clock.forward(minutes=5)
    assert _texts(claim()) == ["1"]


def test_the_same_key_is_queued_once(run: Run[Any], queue: Any, states: Any) -> None:
    queue(_posting("1"))
    with pytest.raises(Exception, match=r"(?i)unique"):
        queue(_posting("1"))
    assert states() == {"1": "pending"}


def test_a_waiting_card_is_rewritten_and_a_claimed_one_is_followed(queue: Any, claim: Any, finish: Any) -> None:
    queue(_posting("v1", card="ticket:1"), _posting("v2", card="ticket:1"), _posting("other", BO, card="ticket:1"))
    first = claim()
    assert _texts(first) == ["v2", "other"]
    queue(_posting("v3", card="ticket:1", urgency=Urgency.ALERT), _posting("v4", card="ticket:1"))
    assert claim() == []
    assert finish(first[0])
    assert _texts(claim()) == ["v4"]


def test_the_outcome_counts_only_under_the_lease_that_claimed(queue: Any, claim: Any, finish: Any, states: Any) -> None:
    queue(_posting("1"))
    [row] = claim(epoch=1)
    assert not finish(row, epoch=2)
    assert finish(row, epoch=1)
    assert not finish(row, epoch=1, state="failed")
    assert states() == {"1": "sent"}


def test_what_is_put_back_waits_and_a_pause_is_no_attempt(queue: Any, claim: Any, run: Run[Any], clock: Hands) -> None:
    queue(_posting("1"))
    for counted in (True, False):
        [row] = claim()
        later = clock.now + timedelta(seconds=7)
        assert run(
            lambda work, row=row, later=later, counted=counted: work.outbox.put_back(
                row.id, epoch=1, at=later, counted=counted, error="429"
            )
        )
        assert claim() == []
        clock.forward(seconds=7)
    [row] = claim()
    assert (row.attempts, row.error) == (1, "429")
    assert not run(lambda work: work.outbox.put_back(row.id, epoch=9, at=clock.now, counted=True))


def test_a_new_owner_repeats_what_may_be_repeated_and_tells_the_rest(
    queue: Any, claim: Any, run: Run[Any], states: Any
) -> None:
    queue(
        _posting("reply"), _posting("survey", BO, again=False), _posting("waiting", Address("telegram", "staff", "c"))
    )
    claim(epoch=1, limit=2)
    unknown = run(lambda work: work.outbox.recover("staff", epoch=2))
    assert [row.key for row in unknown] == ["survey"]
    assert states() == {"reply": "pending", "survey": "unknown", "waiting": "pending"}
    assert run(lambda work: work.outbox.recover("staff", epoch=2)) == []


def test_the_old_owner_can_not_finish_what_the_new_one_has(queue: Any, claim: Any, finish: Any, run: Run[Any]) -> None:
    queue(_posting("1"))
    [row] = claim(epoch=1)
    run(lambda work: work.outbox.recover("staff", epoch=2))
    [again] = claim(epoch=2)
    assert (again.id, finish(row, epoch=1), finish(again, epoch=2)) == (row.id, False, True)


def test_parts_that_are_out_are_remembered_and_not_rewritten(
    queue: Any, claim: Any, run: Run[Any], clock: Hands
) -> None:
    queue(_posting("v1", card="c"))
    [row] = claim()
    run(lambda work: work.outbox.sent_part(row.id, epoch=1, part=2))
    run(lambda work: work.outbox.sent_part(row.id, epoch=8, part=7))
    run(lambda work: work.outbox.put_back(row.id, epoch=1, at=clock.now, counted=True))
    queue(_posting("v2", card="c"))
    [again] = claim()
    assert (again.part, _texts([again])) == (2, ["v1"])


def test_a_new_owner_sees_what_may_not_be_repeated_and_which_chats_rest(
    queue: Any, claim: Any, run: Run[Any], clock: Hands
) -> None:
    queue(_posting("survey", again=False), _posting("reply", BO))
    _, reply = claim(epoch=1)
    until = clock.now + timedelta(seconds=7)
    run(lambda work: work.outbox.put_back(reply.id, epoch=1, at=until, counted=False, error=outbox.LIMITED))
    assert [row.key for row in run(lambda work: work.outbox.unsure("staff", epoch=2))] == ["survey"]
    assert run(lambda work: work.outbox.limited("staff")) == [(BO.key, until)]
    clock.forward(seconds=7)
    assert run(lambda work: work.outbox.limited("staff")) == []


def test_cancelling_drops_what_waits_from_a_lane_on(
    queue: Any, claim: Any, finish: Any, run: Run[Any], states: Any
) -> None:
    queue(
        _posting("sending", urgency=Urgency.CAMPAIGN), _posting("answer"), _posting("bo", BO, urgency=Urgency.CAMPAIGN)
    )
    finish(claim(limit=1)[0])
    queue(_posting("alert", urgency=Urgency.ALERT), _posting("reply"))
    assert run(lambda work: work.outbox.cancel(ANNA.key, lane=int(Urgency.ALERT))) == 2
    assert run(lambda work: work.outbox.cancel(BO.key), within=99) == 0
    assert states() == {"sending": "dead", "answer": "sent", "bo": "pending", "alert": "dead", "reply": "pending"}


def test_a_chat_that_moved_takes_its_messages_along(queue: Any, claim: Any, run: Run[Any]) -> None:
    queue(_posting("1"))
    new = Address("telegram", "staff", "-100")
    run(lambda work: work.outbox.move("staff", ANNA.key, new.key))
    assert [row.chat for row in claim()] == [new.key]


def test_ended_messages_are_counted_out_and_pruned(
    queue: Any, claim: Any, finish: Any, states: Any, run: Run[Any], clock: Hands
) -> None:
    queue(_posting("1"), _posting("2"), _posting("3", BO, urgency=Urgency.ALERT))
    finish(claim(limit=1)[0])
    assert sorted(states().values()) == ["pending", "pending", "sent"]
    assert run(lambda work: work.outbox.prune(clock.now)) == 0
    assert run(lambda work: work.outbox.prune(clock.now + timedelta(seconds=1))) == 1


Step = tuple[str, int, int]
_steps = st.lists(
    st.tuples(
        st.sampled_from(("queue", "claim", "finish", "put back", "take over")), st.integers(0, 2), st.integers(0, 1)
    ),
    max_size=30,
)


def _story(work: Work, steps: Sequence[Step]) -> tuple[list[tuple[str, int, int]], dict[str, int]]:
    """Plays sends, failures and takeovers; returns what was sent in order and how often each message was."""
    epoch, number = 1, 0
    out: list[tuple[str, int, int]] = []
    held: list[Outbox] = []
    for what, chat, lane in (*steps, *[("claim", 0, 0), ("finish", 0, 0)] * 40):
        if what == "queue":
            number += 1
            to = Address("telegram", "staff", f"c{chat}")
            urgency = (Urgency.ANSWER, Urgency.CAMPAIGN)[lane]
            work.outbox.queue(f"{number}", _posting(f"{number}", to, urgency=urgency))
        elif what == "claim":
            held += work.outbox.claim("staff", epoch=epoch, limit=2, resting=())
        elif what == "take over":
            epoch += 1
            work.outbox.recover("staff", epoch=epoch)
        elif held and what == "put back":
            work.outbox.put_back(held.pop(0).id, epoch=epoch, at=work.now, counted=True)
        elif held:
            row = held.pop(0)
            if work.outbox.finish(row.id, epoch=epoch, state="sent"):
                out.append((row.chat, row.lane, int(row.key)))
    return out, {"queued": number, "sent": len(out)}


def _in_order(out: Sequence[tuple[str, int, int]]) -> bool:
    lanes: dict[tuple[str, int], list[int]] = {}
    for chat, lane, number in out:
        lanes.setdefault((chat, lane), []).append(number)
    return all(numbers == sorted(set(numbers)) for numbers in lanes.values())


def _played(run: Run[Any], steps: Sequence[Step]) -> Any:
    def act(work: Work) -> Any:
        work.cursor.execute("DELETE FROM outbox")
        return _story(work, steps)

    return run(act)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_steps)
def test_whatever_happens_each_message_is_sent_once_and_in_the_order_of_its_lane(
    run: Run[Any], steps: list[Step]
) -> None:
    out, counts = _played(run, steps)
    assert counts["sent"] == counts["queued"]
    assert _in_order(out)


def test_the_story_sees_a_claim_without_the_head_rule(run: Run[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    table = Outbox.table()
    last = Statement(
        lambda: (
            select(*columns(Outbox))
            .where(table.c.account == bindparam("account"), table.c.state == "pending")
            .where(table.c.after <= bindparam("now", type_=UtcTime()))
            .order_by(table.c.id.desc())
            .limit(bindparam("limit"))
        )
    )
    monkeypatch.setattr(outbox, "_NEXT", last)
    out, _ = _played(run, [("queue", 0, 0)] * 5)
    assert not _in_order(out)


def test_the_story_sees_an_end_without_the_fence(run: Run[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    table = Outbox.table()
    unfenced = Statement(
        lambda: (
            update(table)
            .where(table.c.id == bindparam("row"), true())
            .values(state=bindparam("new"), message=bindparam("new_message"), error=bindparam("new_error"))
            .values(done=bindparam("new_done", type_=UtcTime()))
        )
    )
    monkeypatch.setattr(outbox, "_FINISH", unfenced)
    _, counts = _played(run, [("queue", 0, 0), ("claim", 0, 0), ("take over", 0, 0), ("claim", 0, 0)])
    assert counts["sent"] == 2 * counts["queued"]
