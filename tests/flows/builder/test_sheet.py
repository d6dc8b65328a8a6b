"""Surveys from a file: all or nothing, with line and field; published again they make an edition."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.errors import Problem
from bot.core.text import plain
from bot.web.local import sentence
from flows.builder.sheet import apply, told
from flows.dialog import as_json
from flows.setup import console
from flows.surveys.asked import dialog_of
from flows.turn import Turn
from store.engine import Database
from store.models import Survey
from tests.engines import Hands
from tests.flows.surveys.scene import Scene

WHOLE = """\
name: checkup
title: Machine check | 机器检查
after: [visit, delivery]
delay: 2h
every: 60
share: 12.5 %
questions:
  - name: score
    kind: csat
    ask: How satisfied are you? | 您满意吗？
  - kind: choices
    ask: {en: "What runs well?", zh: "哪些运行得好？"}
    choices:
      - Press | 压机
      - {id: lathe, en: Lathe, zh: 车床}
      - 锯床
    when: score >= 4
  - kind: scale
    low: 1
    high: 3
    labels: {1: calm | 不急, 3: urgent | 很急}
    ask: How urgent is “{q1|it}”?
    required: true
thanks:
  - {when: score <= 2, en: We call you., zh: 我们会联系您。}
  - Thank you. | 谢谢您。
"""


@pytest.fixture
def scene(database: Database, clock: Hands) -> Scene:
    return Scene(database, clock)


def applied(scene: Scene, content: str) -> Any:
    def act(work: Any) -> Any:
        firm = work.firm(1)
        return told(apply(Turn(work=work, workspace=firm, key="console"), content))

    return scene.write(act)


def test_a_whole_file_becomes_a_survey(scene: Scene) -> None:
    assert applied(scene, WHOLE) == [{"name": "checkup", "edition": 1, "questions": 3, "changed": True}]
    survey = scene.find(Survey, name="checkup")[0]
    dialog = dialog_of(survey)
    assert (survey.kind, survey.after, survey.delay, survey.every, survey.share) == (
        "csat", ["visit", "delivery"], 120, 60, 1250,
    )  # fmt: skip
    assert survey.title == {"en": "Machine check", "zh": "机器检查"}
    assert [step.name for step in dialog.steps] == ["score", "q1", "q2"]
    assert [choice.id for choice in dialog.steps[1].choices] == ["press", "lathe", "c1"]
    assert dialog.steps[2].required
    assert [condition for condition, _said in dialog.thanks] == ["score <= 2", "true"]


def test_the_same_file_again_changes_nothing_and_other_questions_make_an_edition(scene: Scene) -> None:
    applied(scene, WHOLE)
    before = scene.find(Survey, name="checkup")
    assert applied(scene, WHOLE)[0]["changed"] is False
    assert scene.find(Survey, name="checkup") == before
    changed = applied(scene, WHOLE.replace("您满意吗？", "您对我们满意吗？"))
    assert (changed[0]["edition"], changed[0]["changed"]) == (2, True)
    old, new = scene.find(Survey, name="checkup")
    assert (old.active, new.active) == (False, True)
    assert old.steps == before[0].steps


def test_when_it_goes_out_is_no_question(scene: Scene) -> None:
    applied(scene, WHOLE)
    assert applied(scene, WHOLE.replace("every: 60", "every: 45"))[0]["edition"] == 1
    assert scene.find(Survey, name="checkup")[0].every == 45


WRONG = [
    ("kind: csat", "kind: cast", "line 9, questions[0].kind: There is no kind “cast”."),
    ("when: score >= 4", "when: scor >= 4", "line 17, questions[1].when: The condition speaks of “scor”"),
    ("when: score >= 4", "when: score >=", "line 17, questions[1].when: I can't read the condition"),
    ("{q1|it}", "{q2|it}", "line 22, questions[2].ask: “{q2}” is not known"),
    ("    high: 3", "    high: 30", "line 20, questions[2].high: A scale has two to 11 values"),
    ("    high: 3", "    high: many", "line 20, questions[2].high: “many” is no whole number."),
    ("    required: true", "    needed: true", "line 23, questions[2].needed: There is no such field."),
    ("delay: 2h", "delay: soon", "line 4, delay: “soon” is no span."),
    ("share: 12.5 %", "share: 0", "line 6, share: A share is 0.01 to 100"),
    ("after: [visit, delivery]", "after: [visitt]", "line 3, after: Nothing called “visitt” can be followed."),
    ("name: checkup", "title2: x", "line 1, title2: There is no such field."),
    ("id: lathe", "id: Lathe!", "line 13, questions[1].choices: “Lathe!” is no id"),
    ("when: score <= 2", "when: nobody <= 2", "line 25, thanks[0].when: The condition speaks of “nobody”"),
    ("  - name: score", "  - name: score\n    name2: [", "line 11: this is no YAML"),
    ("every: 60", "every: 3", "line 5, every: It is at least 7."),
    ("every: 60", "quota: -1", "line 5, quota: It is at least 0."),
    ("every: 60", "audience: tier==", "line 5, audience: I can't read"),
    ("delay: 2h", "delay: 2h\ndelay: 3h", "line 5, delay: “delay” is there twice."),
    ("{1: calm", "{0: calm", "questions[2].labels: “0” is not on this scale, which goes from 1 to 3."),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG)
def test_a_fault_is_named_with_its_line_and_changes_nothing(scene: Scene, right: str, wrong: str, said: str) -> None:
    assert right in WHOLE
    before = scene.find(Survey)
    with pytest.raises(Problem) as problem:
        applied(scene, WHOLE.replace(right, wrong, 1))
    assert said in sentence(problem.value)
    assert scene.find(Survey) == before


@pytest.mark.parametrize(
    "content", ["", "just words", "- a\n- list", "name: x", "name: [1]", "questions: {}", "\t:", "a: &x [*x]"]
)
def test_what_is_no_survey_is_said(scene: Scene, content: str) -> None:
    with pytest.raises(Problem) as problem:
        applied(scene, content)
    assert plain(problem.value.text.resolve(_words()))
    assert [row.name for row in scene.find(Survey)] == ["visit"]


def _words() -> Any:
    from datetime import UTC, datetime

    from flows.words import Words

    return Words("zh", "UTC", datetime.now(UTC))


def test_several_surveys_in_a_file_come_together_or_not_at_all(scene: Scene) -> None:
    second = WHOLE.replace("name: checkup", "name: other")
    with pytest.raises(Problem):
        applied(scene, WHOLE + "---\n" + second.replace("kind: csat", "kind: x"))
    assert [row.name for row in scene.find(Survey)] == ["visit"]
    with pytest.raises(Problem):
        applied(scene, WHOLE + "---\n" + WHOLE)
    assert len(applied(scene, WHOLE + "---\n" + second)) == 2


def test_the_console_applies_it(scene: Scene) -> None:
    found = scene.write(lambda work: console.do(work, name="survey-apply", arguments={"content": WHOLE}))
    assert found[0]["name"] == "checkup"
    survey = scene.find(Survey, name="checkup")[0]
    assert as_json(dialog_of(survey)) == survey.steps
