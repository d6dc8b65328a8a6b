"""The engine for guided talk and surveys: dialogs are data, and this turns (dialog, state, answer) into the next state.

Steps have names, answers keep option ids, and the state pins the version, so a dialog may be edited while somebody is
in it. Conditions are CEL over the earlier answers by step name and over `given`, what was known before the talk began.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from flows import steps as questions
from flows.amounts import normal, number_of
from flows.steps import Choice, Misread, Said, Step, in_language, read, said_again
from store.cel import NO_VALUE

__all__ = ["Choice", "Dialog", "Misread", "Said", "State", "Step", "in_language", "normal", "number_of", "read"]

PLACE = re.compile(r"\{(?P<name>[a-z_][a-z0-9_]*)(?:\|(?P<fallback>[^{}]*))?\}")
"""Where an earlier answer stands in a later question."""
_STRINGS = re.compile(r"'[^']*'|\"[^\"]*\"")
_MACROS = re.compile(r"\.(?:exists_one|exists|all|filter|map)\(\s*([a-z_]\w*)")
_NAMES = re.compile(r"(?<![\w.])([^\W\d]\w*)(?!\w|\s*\()")
_SKIPS = {"skip", "跳过", "略过", "下一题", "pass"}
_DECLINES = {
    "no thanks",
    "no thank you",
    "rather not",
    "i'd rather not",
    "没空",
    "没时间",
    "不方便说",
    "不想说",
    "下次吧",
    "算了",
}
"""Said to any question but the one that "no" answers."""
_NOES = {
    "no",
    "nope",
    "nah",
    "no way",
    "不",
    "不了",
    "不要",
    "不想评",
    "不评",
    "不评了",
    "不打",
    "不打了",
    "不用",
    "不用了",
}
"""Said to a scale, where no value is called so."""
_BACKS = {"back", "返回", "上一题", "后退"}


@dataclass(frozen=True, slots=True)
class Dialog:
    """Named steps in order, and a version that a state pins."""

    name: str
    version: int
    steps: tuple[Step, ...]
    thanks: tuple[tuple[str, Said], ...] = ()
    """(CEL condition, sentence): the first that holds is said at the end."""


@dataclass(frozen=True, slots=True)
class State:
    """Where somebody is: the open step (empty when finished), answers by step name, and what was known before."""

    dialog: str
    version: int
    step: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        return not self.step


class UnknownStep(Exception):
    """The dialog has no such step: it was edited away while somebody was in it."""


def begin(dialog: Dialog, given: Mapping[str, Any] | None = None) -> State:
    """The state before the first question whose condition holds."""
    state = State(dialog.name, dialog.version, "", {}, given or {})
    return _at_next(state, dialog.steps)


def step_of(dialog: Dialog, name: str) -> Step:
    """The step; raises UnknownStep."""
    for step in dialog.steps:
        if step.name == name:
            return step
    raise UnknownStep(name)


def take(dialog: Dialog, state: State, said: str, today: date | None = None) -> State | Misread:
    """The state after a typed or pressed answer to the open question; "skip" and "back" move without one."""
    step = step_of(dialog, state.step)
    word = normal(said)
    declines = step.kind != "contact" and word in _DECLINES
    declines |= step.is_scale and word in _NOES and isinstance(read(step, said, today), Misread)
    if (word in _SKIPS or declines) and not step.required:
        return skip(dialog, state)
    if word in _BACKS:
        return back(dialog, state)
    value = read(step, said, today)
    return value if isinstance(value, Misread) else after(dialog, state, step, value)


def skip(dialog: Dialog, state: State) -> State:
    """The open question is left as it is: without an answer, or with the one that was given before."""
    return after(dialog, state, step_of(dialog, state.step), state.answers.get(state.step))


def after(dialog: Dialog, state: State, step: Step, value: Any) -> State:
    """The state once `step` has this answer (None: skipped); later answers that no longer apply are dropped."""
    answers = {**state.answers, step.name: value}
    if value is None:
        del answers[step.name]
    kept = replace(state, answers=_still_asked(dialog, replace(state, answers=answers)))
    return _at_next(kept, dialog.steps[dialog.steps.index(step) + 1 :])


def back(dialog: Dialog, state: State) -> State:
    """At the question before, its answer kept until it is given anew; at the first one, the same state."""
    names = [step.name for step in dialog.steps]
    end = names.index(state.step) if state.step else len(names)
    for step in reversed(dialog.steps[:end]):
        if _holds(step.when, state):
            return replace(state, step=step.name)
    return state


def main(dialog: Dialog) -> Step | None:
    """The question whose answer is the survey's score: the first on one of the agreed scales, else on any."""
    scales = [step for step in dialog.steps if step.is_scale]
    return next((step for step in scales if step.kind in ("csat", "nps", "ces")), scales[0] if scales else None)


def asked(dialog: Dialog, state: State, language: str) -> str:
    """The open question; "{why}" in it is what was answered to an earlier one, "{why|that}" has words for none."""
    return recalled(dialog, state, in_language(step_of(dialog, state.step).ask, language), language)


def recalled(dialog: Dialog, state: State, words: str, language: str) -> str:
    """The words with earlier answers, and what was known before, in their places."""
    steps = {step.name: step for step in dialog.steps}

    def value(match: re.Match[str]) -> str:
        name, fallback = match["name"], match["fallback"] or ""
        if name in steps:
            return said_again(steps[name], state.answers[name], language) if name in state.answers else fallback
        known = state.given.get(name)
        return str(known) if isinstance(known, str | int) and known != "" else fallback

    return PLACE.sub(value, words)


def position(dialog: Dialog, state: State) -> tuple[int, int]:
    """Which question this is, and how many it can become: those whose condition can't be told yet may still come."""
    names = [step.name for step in dialog.steps]
    at = names.index(state.step)
    before = sum(_holds(step.when, state) for step in dialog.steps[:at])
    return before + 1, before + 1 + sum(_may_hold(step.when, state) for step in dialog.steps[at + 1 :])


def thanks(dialog: Dialog, state: State) -> Said:
    """The closing sentence for these answers; empty when the dialog has none."""
    for condition, said in dialog.thanks:
        if _holds(condition, state):
            return said
    return {}


def holds(step: Step, state: State) -> bool:
    """Whether the question is asked, as things stand."""
    return _holds(step.when, state)


def names_in(condition: str) -> set[str]:
    """The names that a condition speaks of."""
    plain = _STRINGS.sub("''", condition)
    own = set(_MACROS.findall(plain)) | {"in", "true", "false", "null"}
    return {name for name in _NAMES.findall(plain) if name not in own}


def needed(dialog: Dialog) -> set[str]:
    """The names in conditions and sentences that are no earlier answers: they must be known before it begins."""
    conditions = [*(step.when for step in dialog.steps), *(condition for condition, _said in dialog.thanks)]
    sentences = [words for step in dialog.steps for words in step.ask.values()]
    names = {name for condition in conditions for name in names_in(condition)}
    names |= {match["name"] for words in sentences for match in PLACE.finditer(words)}
    return names - {step.name for step in dialog.steps}


def _at_next(state: State, steps: Sequence[Step]) -> State:
    for step in steps:
        if step.name not in state.answers and _holds(step.when, state):
            return replace(state, step=step.name)
    return replace(state, step="")


def _still_asked(dialog: Dialog, state: State) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for step in dialog.steps:
        if step.name in state.answers and _holds(step.when, replace(state, answers=kept)):
            kept[step.name] = state.answers[step.name]
    return kept


def _holds(condition: str, state: State) -> bool:
    if not condition:
        return True
    return bool(evaluate(condition, {**state.given, **state.answers, "answers": dict(state.answers)}))


def _may_hold(condition: str, state: State) -> bool:
    """True too where it names an answer that is still to come."""
    import cel

    if not condition:
        return True
    try:
        return bool(cel.evaluate(condition, {**state.given, **state.answers, "answers": dict(state.answers)}))
    except NO_VALUE:
        return True


def evaluate(condition: str, names: Mapping[str, Any]) -> Any:
    """The value of a CEL expression; one that names an answer not given is false."""
    import cel

    try:
        return cel.evaluate(condition, dict(names))
    except NO_VALUE:
        return False


@lru_cache(maxsize=512)
def problem_in(condition: str) -> str:
    """Why a condition can't be read, in the library's words; empty when it can."""
    import cel

    try:
        cel.compile(condition)
    except (ValueError, RuntimeError) as error:
        return str(error)
    return ""


def as_json(dialog: Dialog) -> list[dict[str, Any]]:
    """The steps as a survey's row keeps them."""
    return [questions.as_json(step) for step in dialog.steps]


def from_json(name: str, version: int, steps: Sequence[Mapping[str, Any]], thanks: Sequence[Any] = ()) -> Dialog:
    """The dialog whose `as_json` this is."""
    said = tuple((condition, said) for condition, said in thanks)
    return Dialog(name, version, tuple(questions.from_json(step) for step in steps), said)


def state_json(state: State) -> dict[str, Any]:
    """The state as a conversation's row keeps it."""
    return {
        "dialog": state.dialog,
        "version": state.version,
        "step": state.step,
        "answers": dict(state.answers),
        "given": dict(state.given),
    }


def state_of(data: Mapping[str, Any]) -> State:
    """The state whose `state_json` this is."""
    return State(data["dialog"], data["version"], data["step"], data.get("answers", {}), data.get("given", {}))
