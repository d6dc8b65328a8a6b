"""One question: its kinds, how an answer to it is read, kept and shown again. Pure.

What is kept is never a label: a number, a choice's id, a list of ids, yes or no, a day as "2026-03-09", or the words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from flows.amounts import FIGURES, amount_of, day_of, normal, number_of, unhedged

Kind = Literal["csat", "nps", "ces", "stars", "scale", "choice", "choices", "words", "number", "date", "contact"]
Said = Mapping[str, str]
"""The same sentence by language code."""

RANGES: Mapping[str, tuple[int, int]] = {"csat": (1, 5), "nps": (0, 10), "ces": (1, 7), "stars": (1, 5)}
"""Scales whose ends are agreed everywhere; "scale" has ends of its own."""
SCALES = frozenset(RANGES) | {"scale"}
LABELS: Mapping[str, Mapping[str, Said]] = {
    "csat": {
        "1": {"en": "very dissatisfied", "zh": "非常不满意"},
        "2": {"en": "dissatisfied", "zh": "不满意"},
        "3": {"en": "so-so", "zh": "一般"},
        "4": {"en": "satisfied", "zh": "满意"},
        "5": {"en": "very satisfied", "zh": "非常满意"},
    },
    "nps": {
        "0": {"en": "not at all likely", "zh": "完全不可能"},
        "10": {"en": "extremely likely", "zh": "非常可能"},
    },
    "ces": {
        "1": {"en": "strongly disagree", "zh": "非常不同意"},
        "7": {"en": "strongly agree", "zh": "非常同意"},
    },
}
"""What the values of such a scale mean, where the question does not say it in words of its own."""
LONGEST = 2000
"""Characters of an answer in words; a phone is no typewriter."""
_YES = frozenset(
    re.split("/", "yes/y/yes please/sure/ok/okay/please/yep/1/可以/好/好的/行/是/是的/愿意/同意/没问题/当然/嗯/可")
)
_NO = frozenset(
    re.split("/", "no/n/no thanks/no thank you/nope/never/2/不/不用/不用了/不可以/不行/不要/不愿意/不同意/否/别/不必")
)
_ALL = frozenset({"all", "everything", "both", "都", "全部", "全选", "都是"})
_BETWEEN = re.compile(r"[,，、;；/+\s]+|\band\b|和|跟|及")
_ORDINAL = re.compile(r"^(?:the |option |no\.? ?|第)?(.+?)(?:个|项|条|种| one|st|nd|rd|th)?$")
_ORDINALS: Mapping[str, int] = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_OUT_OF = re.compile(r"^(?P<part>.+?)\s*(?:/|out of|of)\s*(?P<whole>\w+)$")
_FULL = (5, 10, 100)
"""Full marks where people are used to them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its id is what is kept, its label what is read."""

    id: str
    label: Said


@dataclass(frozen=True, slots=True)
class Step:
    """A question; `when` is CEL, empty for always."""

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

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest value of a scale."""
        return RANGES.get(self.kind, (self.low, self.high))

    @property
    def values(self) -> range:
        """Every value of a scale."""
        low, high = self.ends
        return range(low, high + 1)

    @property
    def is_scale(self) -> bool:
        return self.kind in SCALES

    def label(self, value: Any) -> Said:
        """What a value of the scale means; empty where nobody has said it."""
        return self.labels.get(str(value), {}) or (LABELS.get(self.kind, {}).get(str(value), {}))


@dataclass(frozen=True, slots=True)
class Misread:
    """An answer that does not fit the question: the state stays."""

    expected: Kind


def in_language(said: Said, language: str) -> str:
    """The sentence in that language, else in English, else in whatever there is."""
    return said.get(language) or said.get("en") or next(iter(said.values()), "")


def read(step: Step, said: str, today: date | None = None) -> Any | Misread:
    """The answer as it is kept; a day is counted from `today`."""
    match step.kind:
        case "choice":
            found: Any = _chosen(step, said)
        case "choices":
            found = _several(step, said)
        case "number":
            found = amount_of(said)
        case "date":
            found = day_of(said, today)
        case "contact":
            word = normal(said)
            found = True if word in _YES else False if word in _NO else None
        case "words":
            found = said.strip()[:LONGEST] or None
        case _:
            found = _on_scale(step, said)
    return Misread(step.kind) if found is None else found


def fits(step: Step, value: Any) -> bool:
    """Whether a kept value is an answer to this question, as it is now."""
    ids = {choice.id for choice in step.choices}
    match step.kind:
        case "choice":
            return value in ids
        case "choices":
            return isinstance(value, list) and bool(value) and set(value) <= ids
        case "contact":
            return isinstance(value, bool)
        case "words" | "date":
            return isinstance(value, str) and bool(value)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case _:
            return isinstance(value, int) and value in step.values


def said_again(step: Step, value: Any, language: str) -> str:
    """The answer as its author reads it again, in any language."""
    labels = {choice.id: in_language(choice.label, language) for choice in step.choices}
    match step.kind:
        case "choice":
            return labels.get(value, str(value))
        case "choices":
            return ("、" if language == "zh" else ", ").join(labels.get(id, str(id)) for id in value)
        case "contact":
            return {("en", True): "yes", ("en", False): "no", ("zh", True): "可以"}.get((language, value), "不用")
        case _:
            return str(value)


_WHY = re.compile(
    r"\s*(?P<answer>[^,，;；:：–—]{1,16}?)(?:\s*[,，;；:：–—]\s*|\s+-\s+|\s+(?=(?:because|cause|cos|coz|since|as|but|due)\b)|\s*(?=因为|由于|但是|不过|就是)|(?<=[分星])\s+)(?P<why>.{2,})",
    re.DOTALL | re.IGNORECASE,
)


_LAST = re.compile(
    r"(?P<why>.{2,}?)\s*[,，;；:：。.!！–—\n]\s*(?P<answer>[^,，;；:：。!！–—\n]{1,16}?)[.。!！\s]*", re.DOTALL
)


def answer_and_why(step: Step, said: str) -> tuple[str, str] | None:
    """A value of the scale and what was said with it: "2 because the engineer was late"; no question, no list.

    The value stands first, or last: "the engineer was late, 2".
    """
    if "?" in said or "？" in said:
        return None
    for pattern in (_WHY, _LAST):
        match = pattern.fullmatch(said.strip())
        if match is None or _rated(step, match["answer"]) is None:
            continue
        if match["why"][0] not in f"{FIGURES}0123456789" and not re.search(
            r"\d|[一二三四五六七八九十]分", match["why"]
        ):
            return match["answer"], match["why"].strip()
    return None


def _rated(step: Step, answer: str) -> int | None:
    """A number on the scale, alone or out of as many as the scale has."""
    if number_of(answer) is None and _OUT_OF.match(unhedged(answer)) is None:
        return None
    value = _on_scale(step, answer)
    return value if value is not None and fits(step, value) else None


def _on_scale(step: Step, said: str) -> int | None:
    """Four of five is four; four of ten is no answer on a scale of five, but ten of ten is the best on any."""
    if match := _OUT_OF.match(unhedged(said)):
        part, whole = number_of(match["part"]), number_of(match["whole"])
        if part == whole and whole in _FULL:
            return step.ends[1]
        return part if whole == step.ends[1] and fits(step, part) else None
    number = number_of(said)
    if number is None:
        word = normal(said)
        known = [value for value in step.values if word and word in map(normal, step.label(value).values())]
        number = known[0] if known else step.ends[1] if word == "满分" else None
    return number if number is not None and number in step.values else None


def _chosen(step: Step, said: str) -> str | None:
    """By id, by label, by a part that only one label has, by number or letter."""
    word = normal(said)
    for choice in step.choices:
        if word == normal(choice.id) or any(word == normal(label) for label in choice.label.values()):
            return choice.id
    if (place := _place(word)) is not None:
        return step.choices[place - 1].id if 1 <= place <= len(step.choices) else None
    if len(word) < 2:
        return None
    near = [c.id for c in step.choices if any(word in normal(label) for label in c.label.values())]
    return near[0] if len(near) == 1 else None


def _several(step: Step, said: str) -> list[str] | None:
    """Each part must be one of them: half an understood list is none."""
    if normal(said) in _ALL:
        return [choice.id for choice in step.choices]
    whole = _chosen(step, said)
    parts = [part for part in _BETWEEN.split(normal(said)) if part]
    run = normal(said)
    if whole is None and len(parts) == 1 and run.isdecimal() and len(step.choices) < 10:
        parts = list(run)
    found = [whole] if whole else [_chosen(step, part) for part in parts]
    if not found or None in found:
        return None
    return [choice.id for choice in step.choices if choice.id in found]


def _place(word: str) -> int | None:
    """ "2", "二", "b", "the second one", "第二个"."""
    if len(word) == 1 and "a" <= word <= "z":
        return ord(word) - ord("a") + 1
    match = _ORDINAL.match(word)
    inner = match[1] if match else word
    return _ORDINALS.get(inner) or number_of(inner)


def as_json(step: Step) -> dict[str, Any]:
    """The question as a survey's row keeps it."""
    return {
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


def from_json(data: Mapping[str, Any]) -> Step:
    """The question whose `as_json` this is."""
    choices: Sequence[Mapping[str, Any]] = data.get("choices", ())
    return Step(**{**data, "choices": tuple(Choice(c["id"], c["label"]) for c in choices)})
