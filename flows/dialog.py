"""The engine for guided talk and surveys: dialogs are data, and this turns (dialog, state, answer) into the next state.

Steps have names, answers keep option ids, and the state pins the version, so a dialog may be edited while somebody is
in it. Conditions are CEL over the earlier answers by step name and over `given`, what was known before the talk began.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

Kind = Literal["scale", "choice", "words", "number"]
Said = Mapping[str, str]
"""The same sentence by language code."""

SKIP, BACK, STOP = "skip", "back", "stop"
_NUMERALS = {character: number for number, character in enumerate("零一二三四五六七八九十")} | {"两": 2, "〇": 0}
_ENGLISH = {
    word: n
    for n, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
}
_SKIPS = {"skip", "跳过", "略过", "下一题", "pass"}
_BACKS = {"back", "返回", "上一题", "后退"}
_STOPS = {"stop", "停止", "退订", "不想回答", "结束", "no more surveys", "stop surveys"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its id is what is kept, its label what is read."""

    id: str
    label: Said


@dataclass(frozen=True, slots=True)
class Step:
    """A question. A scale has `low` and `high`; a choice has its choices; `when` is CEL, empty for always."""

    name: str
    kind: Kind
    ask: Said
    when: str = ""
    low: int = 0
    high: int = 0
    labels: Mapping[str, Said] = field(default_factory=dict)
    """What a scale's values mean, by value ("1", "5")."""
    choices: tuple[Choice, ...] = ()
    required: bool = False


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


@dataclass(frozen=True, slots=True)
class Misread:
    """An answer that does not fit the question: the state stays."""

    expected: Literal["scale", "choice", "number", "words"]


class UnknownStep(Exception):
    """The dialog has no such step: it was edited away while somebody was in it."""


def begin(dialog: Dialog, given: Mapping[str, Any] | None = None) -> State:
    """The state before the first question whose condition holds."""
    state = State(dialog.name, dialog.version, "", {}, given or {})
    return _at_next(dialog, state, dialog.steps)


def step_of(dialog: Dialog, name: str) -> Step:
    """The step; raises UnknownStep."""
    for step in dialog.steps:
        if step.name == name:
            return step
    raise UnknownStep(name)


def take(dialog: Dialog, state: State, said: str) -> State | Misread:
    """The state after a typed or pressed answer to the open question; "skip" and "back" move without one."""
    step = step_of(dialog, state.step)
    word = normal(said)
    if word in _SKIPS and not step.required:
        return after(dialog, state, step, None)
    if word in _BACKS:
        return back(dialog, state)
    value = read(step, said)
    return value if isinstance(value, Misread) else after(dialog, state, step, value)


def after(dialog: Dialog, state: State, step: Step, value: Any) -> State:
    """The state once `step` has this answer (None: skipped); later answers that no longer apply are dropped."""
    answers = {**state.answers, step.name: value}
    if value is None:
        del answers[step.name]
    kept = replace(state, answers=_still_asked(dialog, replace(state, answers=answers)))
    return _at_next(dialog, kept, dialog.steps[dialog.steps.index(step) + 1 :])


def back(dialog: Dialog, state: State) -> State:
    """At the question before, its answer kept until it is given anew; at the first one, the same state."""
    names = [step.name for step in dialog.steps]
    end = names.index(state.step) if state.step else len(names)
    for step in reversed(dialog.steps[:end]):
        if _holds(step.when, state):
            return replace(state, step=step.name)
    return state


def stops(said: str) -> bool:
    """True for a wish to hear no more of it, in either language."""
    return normal(said) in _STOPS


def read(step: Step, said: str) -> Any | Misread:
    """The answer as it is kept: a number for scales, a choice's id, the words themselves."""
    match step.kind:
        case "scale" | "number":
            number = number_of(said)
            number = _labelled(step, said) if number is None else number
            fits = number is not None and (step.kind == "number" or step.low <= number <= step.high)
            return number if fits else Misread(step.kind)
        case "choice":
            return _chosen(step, said) or Misread("choice")
        case _:
            return said.strip() or Misread("words")


def number_of(said: str) -> int | None:
    """A whole number in digits, Chinese numerals or English words, with "分", "星", "stars" or "/10" around it."""
    word = normal(said).split("/")[0].strip()
    for tail in ("分", "星", "points", "point", "stars", "star", "颗"):
        word = word.removesuffix(tail).strip()
    word = word.removeprefix("打").removeprefix("给").strip()
    if word.removeprefix("-").isdigit() and len(word) < 10:
        return int(word)
    if word in _ENGLISH:
        return _ENGLISH[word]
    return _NUMERALS.get(word)


def normal(said: str) -> str:
    """As answers are compared: width, case, spaces and closing punctuation do not count."""
    return " ".join(unicodedata.normalize("NFKC", said).casefold().split()).strip(" .!。！,，")


def thanks(dialog: Dialog, state: State) -> Said:
    """The closing sentence for these answers; empty when the dialog has none."""
    for condition, said in dialog.thanks:
        if _holds(condition, state):
            return said
    return {}


def in_language(said: Said, language: str) -> str:
    """The sentence in that language, else in English, else in whatever there is."""
    return said.get(language) or said.get("en") or next(iter(said.values()), "")


def _at_next(dialog: Dialog, state: State, steps: Sequence[Step]) -> State:
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


def _labelled(step: Step, said: str) -> int | None:
    """The value of a scale by what it means in words, in any language of the survey."""
    word = normal(said)
    return next((int(v) for v, labels in step.labels.items() if word in map(normal, labels.values())), None)


def _chosen(step: Step, said: str) -> str | None:
    word = normal(said)
    for choice in step.choices:
        if word == normal(choice.id) or any(word == normal(label) for label in choice.label.values()):
            return choice.id
    number = number_of(said)
    if number is not None and 1 <= number <= len(step.choices):
        return step.choices[number - 1].id
    return None


def _holds(condition: str, state: State) -> bool:
    if not condition:
        return True
    return bool(evaluate(condition, {**state.given, **state.answers, "answers": dict(state.answers)}))


def evaluate(condition: str, names: Mapping[str, Any]) -> Any:
    """The value of a CEL expression; one that names an answer not given is false."""
    import cel

    try:
        return cel.evaluate(condition, dict(names))
    except (ValueError, RuntimeError, TypeError, LookupError):
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
    return [
        {
            "name": step.name,
            "kind": step.kind,
            "ask": dict(step.ask),
            "when": step.when,
            "low": step.low,
            "high": step.high,
            "labels": {value: dict(label) for value, label in step.labels.items()},
            "choices": [{"id": choice.id, "label": dict(choice.label)} for choice in step.choices],
            "required": step.required,
        }
        for step in dialog.steps
    ]


def from_json(name: str, version: int, steps: Sequence[Mapping[str, Any]], thanks: Sequence[Any] = ()) -> Dialog:
    """The dialog whose `as_json` this is."""
    return Dialog(
        name,
        version,
        tuple(
            Step(**{**step, "choices": tuple(Choice(c["id"], c["label"]) for c in step.get("choices", ()))})
            for step in steps
        ),
        tuple((condition, said) for condition, said in thanks),
    )


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
