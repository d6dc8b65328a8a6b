"""The limits hold in every window, over every pause and over a change of owner; and the test sees when they don't."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.capabilities import Capabilities
from bot.runtime import limiter as module
from bot.runtime.limiter import BURST, Bucket, Limiter, Window

CAN = Capabilities(rate=5, chat_rate=1, room_rate=20)
ROOMS = ("room 1", "room 2")
CHATS = ("anna", "bo", *ROOMS)


@dataclass
class Story:
    """A sender that sends as soon as it may, on a clock of its own; `sent` is when and to whom."""

    can: Capabilities = CAN
    at: float = 1000.0
    sent: list[tuple[float, str]] = field(default_factory=list)
    limiter: Limiter = field(init=False)

    def __post_init__(self) -> None:
        self.limiter = Limiter(self.can, now=lambda: self.at)

    def takes_over(self) -> None:
        self.limiter = Limiter(self.can, now=lambda: self.at)
        self.limiter.start_late()

    def send(self, chat: str) -> None:
        room = chat in ROOMS
        while (wait := self.limiter.ready_in(chat, room=room)) > 0:
            self.at += wait
        self.limiter.answered(self.limiter.take(chat, room=room))
        self.sent.append((self.at, chat))


def _most(times: Sequence[float], window: float) -> int:
    """By counting, in every window that begins with a message; a thousandth of a second is the clock's own."""
    return max((sum(1 for at in times if start <= at < start + window - 1e-3) for start in times), default=0)


def _holds(story: Story) -> bool:
    chats = {chat: [at for at, other in story.sent if other == chat] for chat in CHATS}
    return (
        _most([at for at, _ in story.sent], 1.0) <= story.can.rate
        and all(_most(times, 10.0) <= BURST - 1 + 10 * story.can.chat_rate for times in chats.values())
        and all(_most(chats[room], 60.0) <= story.can.room_rate for room in ROOMS)
    )


_steps = st.lists(
    st.tuples(st.sampled_from((*CHATS, "take over")), st.sampled_from((0.0, 0.0, 0.1, 3.0, 40.0))),
    max_size=120,
)


def _played(steps: Sequence[tuple[str, float]]) -> Story:
    story = Story()
    for what, gap in steps:
        story.at += gap
        if what == "take over":
            story.takes_over()
        else:
            story.send(what)
    return story


@given(steps=_steps)
def test_no_window_holds_more_than_the_platform_allows(steps: list[tuple[str, float]]) -> None:
    assert _holds(_played(steps))


ONE_ROOM = [("room 1", 0.0)] * 60
MANY = [("anna", 0.0), ("bo", 0.0), ("room 1", 0.0)] * 4


@pytest.mark.parametrize("steps", [ONE_ROOM, MANY])
def test_the_count_sees_a_limiter_that_lets_twice_as_many_through(
    steps: list[tuple[str, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Bucket, "take", lambda self, now, share=1.0: setattr(self, "due", now + self.interval / 2))
    monkeypatch.setattr(Window, "ready_at", lambda self, factor: 0.0)
    assert not _holds(_played(steps))


def test_the_count_sees_a_room_whose_burst_comes_on_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_a_minute", lambda rate: Bucket(60 / rate, BURST))
    assert not _holds(_played(ONE_ROOM))


def test_the_count_sees_an_owner_who_does_not_start_late(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [*MANY, ("take over", 0.0), *MANY]
    assert _holds(_played(steps))
    monkeypatch.setattr(Limiter, "start_late", lambda self: None)
    assert not _holds(_played(steps))


def test_a_whole_campaign_takes_no_longer_than_the_platform_asks_for() -> None:
    story = Story(Capabilities(rate=10))
    for number in range(101):
        story.send(f"c{number}")
    assert story.at - 1000.0 == pytest.approx(10)


def test_a_late_loop_makes_up_for_it_and_no_second_holds_more() -> None:
    story, late = Story(Capabilities(rate=10)), itertools.cycle((0.0, 0.03, 0.0, 0.07))
    for number in range(400):
        story.at += next(late)
        story.send(f"c{number}")
    times = [at for at, _chat in story.sent]
    assert _most(times, 1.0) <= 10
    assert len(times) / (times[-1] - times[0]) >= 0.95 * 10


def test_without_the_window_a_second_holds_more(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story(Capabilities(rate=10))
    story.at += 60
    monkeypatch.setattr(Window, "ready_at", lambda self, factor: 0.0)
    for number in range(30):
        story.send(f"c{number}")
    assert _most([at for at, _chat in story.sent], 1.0) > 10


def _counted(rates: int, delays: Sequence[tuple[float, float]]) -> list[float]:
    """When the platform counted messages that travelled and waited for their answers so long."""
    story, counted, answers = Story(Capabilities(rate=rates)), list[float](), list[tuple[float, float]]()
    for travelled, answered in delays:
        while (wait := story.limiter.ready_in("anna", room=False)) > 0:
            due = min(answers, default=(inf, 0.0))
            story.at = min(story.at + wait, due[0])
            if story.at == due[0]:
                answers.remove(due)
                story.limiter.answered(due[1])
        left = story.limiter.take("anna", room=False)
        counted.append(left + travelled)
        answers.append((left + travelled + answered, left))
    return counted


_delays = st.lists(st.tuples(*[st.sampled_from((0.0, 0.01, 0.05, 0.4, 2.5))] * 2), max_size=60)


@given(delays=_delays)
def test_no_second_holds_more_however_long_messages_travel(delays: list[tuple[float, float]]) -> None:
    assert _most(_counted(5, delays), 1.0) <= 5


@given(
    steady=st.sampled_from([(0.1, 0.0), (0.0, 0.1), (0.05, 0.04), (0.3, 0.0)]),
    longer=st.dictionaries(st.integers(0, 400), st.sampled_from([0.004, 0.05, 0.7, 2.5]), max_size=40),
)
def test_nor_while_answers_keep_taking_as_long_but_for_some_that_take_longer(
    steady: tuple[float, float], longer: dict[int, float]
) -> None:
    travelled, answered = steady
    delays = [(travelled + longer.get(n, 0.0) * (n % 2), answered + longer.get(n, 0.0)) for n in range(400)]
    assert _most(_counted(10, delays), 1.0) <= 10


@pytest.mark.parametrize("steady", [(0.1, 0.0), (0.0, 0.1), (0.05, 0.05)])
def test_the_rate_of_a_distant_platform_is_used(steady: tuple[float, float]) -> None:
    counted = _counted(30, [steady] * 2000)
    assert _most(counted, 1.0) <= 30
    late = [at for at in counted if at > counted[0] + 10]
    assert len(late) / (late[-1] - late[0]) >= 0.95 * 30


def test_a_way_that_is_suddenly_shorter_costs_no_more_than_a_tenth() -> None:
    assert _most(_counted(30, [(0.5, 0.0)] * 500 + [(0.0, 0.0)] * 500), 1.0) <= 33


def test_the_count_sees_messages_that_are_forgotten_when_they_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    delays = [(0.9, 0.0)] * 5 + [(0.0, 0.0)] * 5
    assert _most(_counted(5, delays), 1.0) <= 5
    monkeypatch.setattr(Window, "take", lambda self: self.answered(0.0, 0.0))
    assert _most(_counted(5, delays), 1.0) > 5


def test_while_all_are_on_their_way_only_an_answer_makes_room() -> None:
    story = Story(Capabilities(rate=1))
    left = story.limiter.take("anna", room=False)
    story.at += 60
    assert story.limiter.ready_in("bo", room=False) == inf
    story.limiter.answered(left)
    assert story.limiter.ready_in("bo", room=False) == 1.0


def test_without_limits_nothing_rests_and_nothing_waits() -> None:
    story = Story(Capabilities())
    for _ in range(100):
        story.send("anna")
    assert (story.at, story.limiter.resting(), story.limiter.next_ready()) == (1000.0, [], 60.0)


def test_a_chat_that_had_its_burst_rests_until_its_rate_allows_more() -> None:
    story = Story()
    for _ in range(BURST):
        story.send("anna")
    assert story.limiter.resting() == ["anna"]
    assert story.limiter.next_ready() == pytest.approx(1000.0 + 1.0 - story.at)


def test_a_pause_of_one_chat_leaves_the_others_alone() -> None:
    story = Story()
    assert not story.limiter.refused("anna", 7, whole_account=False)
    assert [story.limiter.ready_in(chat, room=False) for chat in ("anna", "bo")] == [7, 0]
    assert (story.limiter.resting(), story.limiter.paused_for()) == (["anna"], 0)
    story.at += 7
    assert (story.limiter.ready_in("anna", room=False), story.limiter.resting()) == (0, [])


def test_a_second_chat_that_is_refused_meanwhile_means_the_whole_account() -> None:
    story = Story()
    story.limiter.refused("anna", 7, whole_account=False)
    assert story.limiter.refused("bo", 6, whole_account=False)
    assert (story.limiter.paused_for(), story.limiter.ready_in("cy", room=False)) == (6, 6)


def test_a_shorter_pause_never_cuts_a_longer_one_short() -> None:
    story = Story()
    for seconds in (9, 2):
        story.limiter.refused("anna", seconds, whole_account=True)
        story.limiter.pause("bo", seconds * 2)
    assert (story.limiter.paused_for(), story.limiter.ready_in("bo", room=False)) == (9, 18)


def test_refusals_of_one_moment_cut_the_rate_once_and_a_hundredth_comes_back_a_minute() -> None:
    story = Story()
    for _ in range(8):
        story.limiter.refused("anna", 1, whole_account=True)
    assert story.limiter.factor == pytest.approx(0.8)
    for minutes, factor in ((1.5, 0.81), (0.5, 0.82), (60.0, 1.0)):
        story.at += 60 * minutes
        story.send("anna")
        assert story.limiter.factor == pytest.approx(factor)


def test_a_rate_that_is_cut_is_kept() -> None:
    story = Story(Capabilities(rate=10))
    story.limiter.refused("anna", 0, whole_account=True)
    for number in range(17):
        story.send(f"c{number}")
    assert story.at - 1000.0 == pytest.approx(2.0)


def test_chats_without_news_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", 10)
    story = Story(Capabilities(chat_rate=1))
    for number in range(30):
        story.send(f"c{number}")
    story.at += 60
    story.limiter.resting()
    assert story.limiter._chats == {}


def _at_once(story: Story, chat: str) -> int:
    """How many may leave before the first has to wait."""
    return sum(
        1
        for _ in itertools.takewhile(
            lambda _: not story.limiter.ready_in(chat, room=chat in ROOMS), _taken(story, chat)
        )
    )


def _taken(story: Story, chat: str) -> Iterator[None]:
    while True:
        yield
        story.limiter.answered(story.limiter.take(chat, room=chat in ROOMS))


def test_a_chat_gets_three_at_once_and_a_late_account_makes_up_for_four() -> None:
    assert _at_once(Story(Capabilities(chat_rate=1)), "anna") == 3
    story = Story(Capabilities(rate=10))
    story.at += 60
    assert _at_once(story, "anna") == 1 + 4


def test_a_room_of_a_small_rate_gets_one_at_a_time() -> None:
    story = Story(Capabilities(room_rate=2))
    assert _at_once(story, "room 1") == 1
    assert story.limiter.ready_in("room 1", room=True) == pytest.approx(30)


@pytest.mark.parametrize("steps", [ONE_ROOM, MANY * 5])
def test_a_full_room_and_many_chats_stay_within_the_limits(steps: list[tuple[str, float]]) -> None:
    assert _holds(_played(steps))


def test_a_room_gets_what_its_platform_allows() -> None:
    for rate, count, minutes in ((3, 7, 2), (20, 38, 2)):
        story = Story(Capabilities(room_rate=rate))
        for _ in range(count):
            story.send("room 1")
        assert story.at - 1000.0 <= 60 * minutes + 1e-6


def test_a_new_owner_waits_until_what_was_on_its_way_is_a_second_old() -> None:
    story = Story(Capabilities(rate=10, latency=0.5))
    story.takes_over()
    assert story.limiter.ready_in("anna", room=False) == pytest.approx(0.5 + 1.0 + 0.1)


def test_the_moment_a_chat_may_get_something_it_rests_no_more() -> None:
    story = Story(Capabilities(chat_rate=1))
    for _ in range(BURST):
        story.send("anna")
    story.at += story.limiter.next_ready()
    assert (story.limiter.resting(), story.limiter.next_ready()) == ([], 60.0)
    story.limiter.pause("bo", 5)
    assert story.limiter.next_ready() == 5


def test_a_room_that_nobody_asked_about_is_counted_too() -> None:
    story = Story(Capabilities(room_rate=2))
    story.limiter.take("room 1", room=True)
    assert story.limiter.ready_in("room 1", room=True) == pytest.approx(30)


def test_every_whole_minute_since_the_refusal_counts_once() -> None:
    story = Story()
    story.limiter.refused("anna", 0, whole_account=True)
    for minutes, factor in ((3.5, 0.83), (1.0, 0.84), (0.4, 0.84), (0.1, 0.85)):
        story.at += 60 * minutes
        story.send("anna")
        assert story.limiter.factor == pytest.approx(factor)


def test_refusals_a_second_apart_each_cut_the_rate_down_to_a_tenth() -> None:
    story = Story()
    for factor in (0.8, 0.64, *[None] * 30):
        story.limiter.refused("anna", 0, whole_account=True)
        assert factor is None or story.limiter.factor == pytest.approx(factor)
        story.at += module.SAME_CAUSE
    assert story.limiter.factor == pytest.approx(0.1)


def test_a_pause_of_the_account_ends_and_is_not_forgotten_before() -> None:
    story = Story(Capabilities(chat_rate=1))
    story.limiter.pause("", 5)
    story.at += 4
    assert (story.limiter.paused_for(), story.limiter.ready_in("anna", room=False)) == (1, 1)
    story.at += 2
    assert (story.limiter.paused_for(), story.limiter.ready_in("anna", room=False)) == (0, 0)


def test_chats_with_news_are_kept_when_others_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", 2)
    story = Story(Capabilities(chat_rate=1))
    for chat in ("anna", "bo", "cy"):
        story.send(chat)
    story.at += 5
    for _ in range(BURST):
        story.send("di")
    assert story.limiter.resting() == ["di"]
    assert story.limiter.ready_in("di", room=False) > 0
