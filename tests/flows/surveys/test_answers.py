"""Answers count once: any order of presses, typed words, skips, backs and repeats equals a model of a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.surveys import answers
from store.engine import open_database
from store.models import Activity, Alert, Given, Invitation
from tests.engines import Hands, fresh
from tests.flows.surveys.scene import Scene

WORDS = {1: "wrong", 2: "wrong", 3: "better", 4: "best", 5: "best"}
Act = tuple[str, Any]


@dataclass
class Model:
    """What must be true after each act, in the plainest words."""

    step: str = "score"
    score: int | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    over: bool = False
    messages: int = 0

    def act(self, act: Act) -> None:
        what, value = act
        if what == "press":
            self._score(value)
        elif self.over:
            self.messages += what in ("type", "say")
        elif what == "type":
            self._score(value)
        elif what == "say":
            self._words(value)
        elif what == "skip" and value == self.step:
            self._skip()
        elif what == "back" and value == self.step:
            self.step = "score"

    def _score(self, value: int) -> None:
        self.score = self.answers["score"] = value
        if not (self.over and self.step == ""):
            self.step, self.over = WORDS[value], False

    def _words(self, words: str) -> None:
        if self.step == "score":
            self.messages += 1
            return
        self.answers[self.step] = words
        self.step, self.over = "", True

    def _skip(self) -> None:
        if self.step == "score" and self.score is not None:
            self.step = WORDS[self.score]
        elif self.step == "score":
            self.step, self.over = "skipped", True
        else:
            self.step, self.over = "", True


ACTS = st.one_of(
    st.tuples(st.just("press"), st.integers(1, 5)),
    st.tuples(st.just("type"), st.integers(1, 5)),
    st.tuples(st.just("say"), st.sampled_from(["we waited for two hours", "谢谢你们的工程师"])),
    st.tuples(st.just("skip"), st.sampled_from(["score", "wrong", "better", "best"])),
    st.tuples(st.just("back"), st.sampled_from(["score", "wrong", "better", "best"])),
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    clock = Hands()
    with fresh("sqlite", tmp_path_factory.mktemp("answers")) as url:
        database = open_database(url, clock)
        scene = Scene(database, clock)
        scene.member("Bob")
        yield scene
        database.close()


def asked(scene: Scene, name: str, **values: Any) -> int:
    """A customer who has just been asked; returns the invitation."""
    customer = scene.customer(name, owner=1, **values)
    scene.presses("staff", "Bob", f"survey:{customer}")
    (invitation,) = scene.find(Invitation, customer=customer)
    scene.presses("staff", "Bob", f"survey-send:{invitation.id}")
    return int(invitation.id)


def does(scene: Scene, name: str, invitation: int, act: Act) -> None:
    what, value = act
    if what in ("type", "say"):
        scene.says("customers", name, str(value))
        return
    press = {"press": "score", "skip": "survey-skip", "back": "survey-back"}[what]
    scene.presses("customers", name, f"{press}:{invitation}:{value}")


def play(scene: Scene, acts: list[tuple[Act, int]]) -> tuple[Model, Invitation, dict[str, Any], int]:
    name = f"Firm {len(scene.find(Invitation))}"
    invitation, model = asked(scene, name), Model()
    for act, repeats in acts:
        for _ in range(repeats):
            model.act(act)
            does(scene, name, invitation, act)
    row = scene.find(Invitation, id=invitation)[0]
    given = {answer.question: answer.value for answer in scene.find(Given, invitation=invitation)}
    return model, row, given, len(scene.find(Activity, customer=row.customer))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(ACTS, st.integers(1, 3)), max_size=8))
def test_any_sequence_counts_once(stage: Scene, acts: list[tuple[Act, int]]) -> None:
    model, row, given, messages = play(stage, acts)
    assert row.score == model.score
    assert given == model.answers
    assert messages == model.messages
    assert (row.state in ("finished", "skipped")) is model.over
    subject = f"invitation:{row.id}"
    for topic in ("low scores", "so-so scores"):
        assert len(stage.find(Alert, topic=topic, subject=subject)) <= 1


def test_the_model_would_notice_a_score_counted_after_the_end(stage: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_changed_late", lambda *_: None)
    model, row, _given, _messages = play(stage, [(("press", 5), 1), (("skip", "best"), 1), (("press", 2), 1)])
    assert row.score != model.score


def test_a_press_of_somebody_else_changes_nothing(scene: Scene) -> None:
    scene.member("Bob")
    invitation = asked(scene, "Acme")
    scene.customer("Globex")
    assert "somebody else" in scene.toast("customers", "Globex", f"score:{invitation}:1")
    assert scene.find(Invitation)[0].score is None


def test_a_customer_on_two_platforms_is_asked_once(scene: Scene) -> None:
    scene.member("Bob")
    asked(scene, "Acme", chats=2)
    assert len(scene.heard("customers", "Acme")) + len(scene.heard("customers", "Acme1")) == 1


def test_a_quick_answer_is_not_lost_to_the_platforms_confirmation(scene: Scene) -> None:
    scene.member("Bob")
    invitation = asked(scene, "Acme")
    scene.says("customers", "Acme", "five")
    scene.came_back(f"survey:{invitation}", "sent")
    row = scene.find(Invitation)[0]
    assert (row.state, row.score) == ("started", 5)


@pytest.mark.parametrize(
    ("outcome", "unreachable", "state", "reason"),
    [
        ("sent", "", "sent", ""),
        ("unknown", "", "unknown", ""),
        ("failed", "", "failed", "failed"),
        ("failed", "Acme", "failed", "blocked"),
    ],
)
def test_what_became_of_it_is_kept_and_told(
    scene: Scene, outcome: str, unreachable: str, state: str, reason: str
) -> None:
    scene.member("Bob")
    invitation = asked(scene, "Acme")
    scene.came_back(f"survey:{invitation}", outcome, unreachable=unreachable)
    row = scene.find(Invitation)[0]
    assert (row.state, row.reason) == (state, reason)
    wanted = {"sent": "Sent to", "unknown": "did not say", "failed": "Could not be sent"}[outcome]
    assert any(wanted in said for said in scene.heard("staff", "Bob"))


def test_a_failed_one_does_not_count_as_asked(scene: Scene) -> None:
    scene.member("Bob")
    invitation = asked(scene, "Acme")
    scene.came_back(f"survey:{invitation}", "failed")
    customer = scene.find(Invitation)[0].customer
    scene.presses("staff", "Bob", f"survey:{customer}")
    assert [row.state for row in scene.find(Invitation)] == ["failed", "draft"]


def test_send_pressed_twice_sends_once(scene: Scene) -> None:
    scene.member("Bob")
    invitation = asked(scene, "Acme")
    assert "asked already" in scene.toast("staff", "Bob", f"survey-send:{invitation}")
    assert len(scene.heard("customers", "Acme")) == 1


def test_words_typed_an_hour_later_are_a_message_again(scene: Scene) -> None:
    scene.member("Bob")
    invitation = asked(scene, "Acme")
    scene.presses("customers", "Acme", f"score:{invitation}:5")
    scene.tick(hours=1)
    scene.says("customers", "Acme", "I need a quote")
    assert [row.question for row in scene.find(Given)] == ["score"]
    assert [row.text for row in scene.find(Activity)] == ["I need a quote"]
    assert scene.find(Invitation)[0].state == "finished"


def test_fourteen_days_to_the_second(scene: Scene) -> None:
    scene.member("Bob")
    invitation = asked(scene, "Acme")
    scene.clock.forward(days=14, seconds=-1)
    scene.presses("customers", "Acme", f"score:{invitation}:4")
    assert scene.find(Invitation)[0].score == 4
    scene.clock.forward(seconds=1)
    scene.presses("customers", "Acme", f"score:{invitation}:1")
    assert scene.find(Invitation)[0].score == 4


def test_a_viewer_and_a_rep_cannot_override(scene: Scene) -> None:
    scene.member("Bob")
    scene.member("Ann", "manager")
    asked(scene, "Acme")
    customer = scene.find(Invitation)[0].customer
    scene.write(lambda work: [work.change(chat, dialog=None) for chat in work.people.chats_of(customer)])
    scene.presses("staff", "Bob", f"survey:{customer}")
    refused = scene.find(Invitation, state="refused")[0]
    assert refused.reason == "same-survey"
    scene.presses("staff", "Bob", f"survey-anyway:{refused.id}")
    assert scene.find(Invitation, id=refused.id)[0].state == "refused"
    scene.presses("staff", "Ann", f"survey-anyway:{refused.id}")
    assert scene.find(Invitation, id=refused.id)[0].state == "sending"


@pytest.mark.parametrize("stopped", ["surveys", "all", "all surveys"])
def test_nobody_overrides_an_opt_out(scene: Scene, stopped: str) -> None:
    scene.member("Ann", "owner")
    customer = scene.customer("Acme", stopped=stopped)
    scene.presses("staff", "Ann", f"survey:{customer}")
    invitation = scene.find(Invitation)[0]
    scene.presses("staff", "Ann", f"survey-anyway:{invitation.id}")
    assert scene.find(Invitation)[0].reason == "stopped"
    assert scene.heard("customers", "Acme") == []


def test_nobody_rates_themselves(scene: Scene) -> None:
    scene.member("Bob")
    customer = scene.customer("Bob")
    scene.presses("staff", "Bob", f"survey:{customer}")
    assert scene.find(Invitation)[0].reason == "reporter"
