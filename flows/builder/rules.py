"""What is wrong with a draft, what only deserves a warning, and how sentences of two languages are told apart. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.core.text import Text, text
from bot.core.text import gettext as _
from flows.amounts import number_of
from flows.dialog import PLACE, Dialog, names_in, problem_in
from flows.steps import Choice, Said, Step

MANY = 10
"""Questions after which people leave."""
MOST = 50
CHOICES = 20
WIDEST = 11
NAME = 12
ASK = 400
GIVEN = ("tier", "stage", "step", "tags", "needs", "prefers", "industry", "place", "source", "owner", "language",
         "value", "orders", "silent", "customer", "contact", "firm")  # fmt: skip
"""What is known of a customer before the first question; fields of the firm's own come on top."""
_CJK = re.compile(r"[\u3400-\u9fff]")
_PARTS = re.compile(r"\s*[|｜]\s*(?![^{}]*\})|\s*\n\s*|\s+[/／]\s+")
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,11}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps a draft from being published: where, and why in words."""

    where: str
    why: Text


def both(said: str) -> dict[str, str]:
    """The sentence by language: "How was it? | 怎么样？" has both, a bare one is what it looks like."""
    parts = [part.strip() for part in _PARTS.split(said.strip()) if part.strip()]
    chinese = [part for part in parts if _CJK.search(part)]
    other = [part for part in parts if not _CJK.search(part)]
    if len(parts) == 2 and len(chinese) == 1:
        return {"en": other[0][:ASK], "zh": chinese[0][:ASK]}
    if len(parts) == 2 and parts[0] == parts[1]:
        return {"en": parts[0][:ASK], "zh": parts[0][:ASK]}
    whole = " ".join(parts)[:ASK]
    return {"zh" if _CJK.search(whole) else "en": whole} if whole else {}


def choices_in(said: str) -> tuple[Choice, ...]:
    """ "Price | 价格; Quality | 质量", one a line, or a plain list with commas."""
    marks = r"\n|[;；]" if re.search(r"\n|[;；]", said) else r"[,，、]"
    labels = [both(part) for part in re.split(marks, said) if part.strip()]
    found: list[Choice] = []
    for label in labels:
        if label and label not in [choice.label for choice in found]:
            found.append(Choice(_id(label, [choice.id for choice in found]), label))
    return tuple(found)


def _id(label: Said, taken: Collection[str]) -> str:
    plain = unicodedata.normalize("NFKD", label.get("en", "")).encode("ascii", "ignore").decode().casefold()
    word = _SLUG.search(re.sub(r"[^a-z0-9]+", "_", plain).strip("_"))
    name = word[0].strip("_") if word else ""
    return name if name and name not in taken else free(taken, "c")


def free(taken: Collection[str], letter: str) -> str:
    """The first of q1, q2 … that nobody has."""
    return next(name for n in range(1, 1000) if (name := f"{letter}{n}") not in taken)


def ends_in(said: str) -> tuple[int, int] | None:
    """ "1-5", "0 to 10", "1 到 7"; None where it is no scale."""
    found = re.fullmatch(r"\s*(\w{1,3}?)\s*(?:-|–|~|\bto\b|到|至)\s*(\w{1,3})\s*", unicodedata.normalize("NFKC", said))
    low, high = (number_of(found[1]), number_of(found[2])) if found else (None, None)
    if low is None or high is None:
        return None
    return (low, high) if 1 <= high - low < WIDEST else None


def faults(dialog: Dialog, own: Collection[str] = ()) -> Iterator[Fault]:
    """Everything that is wrong, question by question; `own` are the firm's own fields."""
    if not dialog.steps:
        yield Fault("questions", _("There is no question yet."))
    if len(dialog.steps) > MOST:
        yield Fault("questions", _("At most {n} questions.", n=MOST))
    known: list[str] = []
    for number, step in enumerate(dialog.steps):
        where = f"questions[{number}]"
        names = {*GIVEN, *own, *known, "answers"}
        if not _SLUG.fullmatch(step.name):
            yield Fault(f"{where}.name", _("A name is made of at most {n} small letters and digits.", n=NAME))
        if step.name in known:
            yield Fault(f"{where}.name", _("“{name}” is there twice.", name=step.name))
        yield from _faults(step, where)
        if why := wrong_condition(step.when, names):
            yield Fault(f"{where}.when", why)
        yield from _places(step, where, names)
        known.append(step.name)
    for number, (condition, _said) in enumerate(dialog.thanks):
        if why := wrong_condition(condition, {*GIVEN, *own, *known, "answers"}):
            yield Fault(f"thanks[{number}].when", why)


def _faults(step: Step, where: str) -> Iterator[Fault]:
    if not any(step.ask.values()):
        yield Fault(f"{where}.ask", _("The question has no words."))
    if step.kind in ("choice", "choices"):
        ids = [choice.id for choice in step.choices]
        if len(ids) < 2:
            yield Fault(f"{where}.choices", _("It needs at least two answers to choose from."))
        if len(ids) > CHOICES:
            yield Fault(f"{where}.choices", _("At most {n} answers to choose from.", n=CHOICES))
        if len(set(ids)) < len(ids):
            yield Fault(f"{where}.choices", _("Two answers have the same id."))
        if bad := next((id for id in ids if not _SLUG.fullmatch(id)), None):
            why = _("“{name}” is no id: at most {n} small letters and digits.", name=bad[:40], n=NAME)
            yield Fault(f"{where}.choices", why)
    low, high = step.ends
    if step.kind == "scale" and not (0 <= low < high < low + WIDEST):
        yield Fault(f"{where}.high", _("A scale has two to {n} values, for example 1 to 5.", n=WIDEST))
    elif off := [value for value in step.labels if value not in map(str, step.values)]:
        why = _(
            "“{value}” is not on this scale, which goes from {low} to {high}.", value=off[0][:20], low=low, high=high
        )
        yield Fault(f"{where}.labels", why)


def known_before(dialog: Dialog, name: str, own: Collection[str] = ()) -> set[str]:
    """What the condition of a question may speak of."""
    names = [step.name for step in dialog.steps]
    return {*GIVEN, *own, *names[: names.index(name)], "answers"}


def wrong_condition(condition: str, names: Collection[str]) -> Text | None:
    """Why a condition can't be used over these names; None when it can."""
    if not condition:
        return None
    if problem_in(condition):
        return _("I can't read the condition “{condition}”.", condition=condition[:80])
    unknown = sorted(names_in(condition) - set(names))
    if unknown:
        return _("The condition speaks of “{name}”, which is not known before this question.", name=unknown[0])
    return None


def _places(step: Step, where: str, names: Collection[str]) -> Iterator[Fault]:
    for words in step.ask.values():
        for match in PLACE.finditer(words):
            if match["name"] not in names:
                why = _("“{name}” is not known before this question.", name="{" + match["name"] + "}")
                yield Fault(f"{where}.ask", why)


def warnings(dialog: Dialog) -> list[Text]:
    """What may be published, and is better changed."""
    found = []
    if len(dialog.steps) > MANY:
        found.append(_("{n} questions: above 10 many people stop halfway.", n=len(dialog.steps)))
    if missing := [str(n) for n, step in enumerate(dialog.steps, 1) if not _whole(step)]:
        found.append(_("Only one language: question {numbers}.", numbers=", ".join(missing)))
    return found


def _whole(step: Step) -> bool:
    said: Sequence[Said] = (step.ask, *(choice.label for choice in step.choices))
    return all({"en", "zh"} <= words.keys() or _in_no_language(words) for words in said)


def _in_no_language(said: Said) -> bool:
    """A number, a model, a code: the same for everybody."""
    return not any(re.search(r"[a-z]{2}|[\u3400-\u9fff]", words) for words in said.values())


def spoken(dialog: Dialog, condition: str) -> Text | None:
    """A condition as people say it, where each of its parts is of the plain kind."""
    for sign, word in (("||", _("or")), ("&&", _("and"))):
        first, found, rest = condition.partition(sign)
        if found:
            one, other = spoken(dialog, first.strip()), spoken(dialog, rest.strip())
            return text(one, " ", word, " ", other) if one and other else None
    if tier := re.fullmatch(r"tier == '([ABC])'", condition):
        return _("Tier {tier}", tier=tier[1])
    if tag := re.fullmatch(r"'([^']+)' in tags", condition):
        return text(f"#{tag[1]}")
    for number, step in enumerate(dialog.steps, 1):
        if said := _said_of(step, number, condition):
            return said
    return None


def _said_of(step: Step, number: int, condition: str) -> Text | None:
    """A condition over the answer to one question."""
    if compared := re.fullmatch(rf"{step.name} (<=|>=|==|<|>) (\d+)", condition):
        sign = {"<=": "≤", ">=": "≥", "==": "="}.get(compared[1], compared[1])
        return _("answer {n} {sign} {value}", n=str(number), sign=sign, value=compared[2])
    ready = next((label for label, told in _ready(step) if told == condition), None)
    return _("answer {n} {sign} {value}", n=str(number), sign="=", value=ready) if ready is not None else None


def conditions(dialog: Dialog, step: Step) -> list[tuple[Text, str]]:
    """Ready conditions for a question: by the answers before it, and by tier."""
    found: list[tuple[Text, str]] = []
    at = [other.name for other in dialog.steps].index(step.name)
    for number, before in enumerate(dialog.steps[:at], 1):
        for label, condition in _ready(before):
            found.append((_("{n}: {what}", n=number, what=label), condition))
    return found[-8:] + [(_("Tier {tier}", tier=tier), f"tier == '{tier}'") for tier in "ABC"]


def _ready(step: Step) -> list[tuple[Text | str, str]]:
    name, (low, high) = step.name, step.ends
    if step.kind == "nps":
        return [("0–6", f"{name} <= 6"), ("7–8", f"{name} == 7 || {name} == 8"), ("9–10", f"{name} >= 9")]
    if step.is_scale:
        middle = (low + high) // 2
        return [(f"{low}–{middle}", f"{name} <= {middle}"), (f"{middle + 1}–{high}", f"{name} > {middle}")]
    if step.kind == "contact":
        return [(_("yes"), f"{name} == true")]
    if step.kind == "choice":
        return [(_label(choice), f"{name} == '{choice.id}'") for choice in step.choices[:6]]
    if step.kind == "choices":
        return [(_label(choice), f"'{choice.id}' in {name}") for choice in step.choices[:6]]
    return []


def _label(choice: Choice) -> str:
    return next(iter(choice.label.values()), choice.id)[:24]


def read_condition(said: str) -> str:
    """CEL as it is; "tier A", "#vip" and "always" in short."""
    plain = unicodedata.normalize("NFKC", said).strip()
    word = plain.casefold()
    if word in ("always", "总是", "都问", "无条件"):
        return ""
    if match := re.fullmatch(r"(?:tier|等级)\s*[:=]?\s*([abc])(?:级)?|([abc])级(?:客户)?", word):
        return f"tier == '{(match[1] or match[2]).upper()}'"
    if match := re.fullmatch(r"#([\w-]+)", plain):
        return f"'{match[1]}' in tags"
    return plain.replace("＝", "=").replace("≤", "<=").replace("≥", ">=")
