"""A survey as a file: YAML with both languages side by side; whatever is wrong is named with its line and field.

Nothing is half applied: a file with one fault changes nothing, and one that says what is there already changes nothing
either. A file may hold several surveys, with a line of three dashes between them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast, get_args

import yaml

from bot.core.errors import BadInput
from bot.core.text import Text, lines, text
from bot.core.text import gettext as _
from flows.builder import actions
from flows.builder.rules import ASK, both, choices_in, faults, free
from flows.builder.settings import AFTER, RHYTHMS
from flows.dialog import Dialog, main
from flows.segments.actions import ask
from flows.steps import Choice, Kind, Step
from flows.turn import Turn
from store.models import Survey

LARGEST = 200_000
MOST = 20_000
"""Values: a few that name one another could stand for millions."""
SHOWN = 20
SOONEST = 7
"""Days between two invitations of the same survey, at least."""
KINDS = get_args(Kind)
TOP = {"name", "title", "questions", "thanks", "after", "delay", "every", "audience", "rhythm", "share", "quota"}
QUESTION = {"name", "kind", "ask", "when", "low", "high", "labels", "choices", "required"}
_SPAN = re.compile(r"(\d+)\s*(m|h|d)?")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60}


@dataclass
class Draft:
    """One survey of a file while it is read: its values, where each stands, and what is wrong."""

    values: Mapping[str, Any]
    where: dict[str, int]
    wrong: list[tuple[int, str, Text]] = field(default_factory=list)

    def fault(self, path: str, why: Text) -> None:
        self.wrong.append((self.line(path), path, why))

    def line(self, path: str) -> int:
        """The line of the field, or of the nearest thing around it that is there."""
        while path and path not in self.where:
            path = path.rpartition(".")[0] if "." in path else path.rpartition("[")[0] if path.endswith("]") else ""
        return self.where.get(path, 1)


def apply(turn: Turn, content: str) -> list[tuple[Survey, bool]]:
    """Publishes what the file says; raises BadInput with every fault in it."""
    own = actions.own_fields(turn)
    drafts = [_read(node) for node in _nodes(content)]
    made = [_made(draft, own) for draft in drafts]
    for draft in drafts:
        _audience(turn, draft)
    names = [name for name, _dialog, _values in made]
    for draft, name in zip(drafts, names, strict=True):
        if names.count(name) > 1:
            draft.fault("name", _("“{name}” is there twice.", name=name))
    wrong = [fault for draft in drafts for fault in draft.wrong]
    if wrong:
        said = [text(_("line {line}, {field}: ", line=line, field=path or "file"), why) for line, path, why in wrong]
        raise BadInput(lines(*said[:SHOWN]))
    return [actions.put(turn, name, dialog, values) for name, dialog, values in made]


def _audience(turn: Turn, draft: Draft) -> None:
    """Whom a filter means is seen now, not on the day of the first round."""
    said = str(draft.values.get("audience") or "")
    try:
        if said:
            ask(turn, said)
    except BadInput as problem:
        draft.fault("audience", problem.text)


def _nodes(content: str) -> list[yaml.Node]:
    if len(content) > LARGEST:
        raise BadInput(_("The file is larger than {n} characters.", n=LARGEST))
    try:
        found = [node for node in yaml.compose_all(content, Loader=yaml.SafeLoader) if node is not None]
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        raise BadInput(
            _("line {line}: this is no YAML: {why}", line=mark.line + 1 if mark else 1, why=_said(problem))
        ) from problem
    except RecursionError as problem:
        raise BadInput(_("line {line}: this is no YAML: {why}", line=1, why="it is nested too deeply")) from problem
    if not found:
        raise BadInput(_("The file is empty. It begins with a line such as: name: delivery"))
    return found


def _said(problem: yaml.YAMLError) -> str:
    return str(getattr(problem, "problem", None) or "it can't be read")


def _read(node: yaml.Node) -> Draft:
    where: dict[str, int] = {}
    twice: list[str] = []
    values = _value(node, "", where, twice, 0)
    draft = Draft(values if isinstance(values, dict) else {}, where)
    for path in twice:
        draft.fault(path, _("“{name}” is there twice.", name=path.rpartition(".")[2]))
    if not isinstance(values, dict):
        draft.fault("", _("A survey is a list of fields, such as: name: delivery"))
    return draft


def _value(node: yaml.Node, path: str, where: dict[str, int], twice: list[str], depth: int) -> Any:
    """The plain value of a node; where each stands is remembered on the way. Deeper than a survey goes is nothing."""
    where[path] = node.start_mark.line + 1
    if len(where) > MOST:
        raise BadInput(_("The file is larger than {n} characters.", n=LARGEST))
    if depth > 6:
        return None
    if isinstance(node, yaml.MappingNode):
        out = {}
        for key, value in node.value:
            name = str(key.value)
            inner = f"{path}.{name}" if path else name
            if name in out:
                twice.append(inner)
            out[name] = _value(value, inner, where, twice, depth + 1)
            where[inner] = key.start_mark.line + 1
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, f"{path}[{number}]", where, twice, depth + 1) for number, item in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    """Words stay words as they are written: a choice called "no" is no truth."""
    if node.tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float"):
        try:
            return float(node.value) if "." in node.value else int(node.value)
        except ValueError:
            return str(node.value)
    return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)


def _made(draft: Draft, own: Collection[str]) -> tuple[str, Dialog, dict[str, Any]]:
    for name in draft.values.keys() - TOP:
        draft.fault(name, _("There is no such field. There are: {names}", names=", ".join(sorted(TOP))))
    name = str(draft.values.get("name") or "")
    if not re.fullmatch(r"\w[\w-]{0,39}", name):
        draft.fault("name", _("A survey needs a name of one word, for example: delivery"))
    steps = tuple(_steps(draft))
    dialog = Dialog(name, 1, steps, tuple(_thanks(draft)))
    broken = {path.rpartition(".")[0] or path for _line, path, _why in draft.wrong}
    for fault in faults(dialog, own):
        if fault.where.rpartition(".")[0] not in broken or fault.where.endswith(".when"):
            draft.fault(fault.where, fault.why)
    return name, dialog, _settings(draft, dialog)


def _steps(draft: Draft) -> Iterator[Step]:
    rows = draft.values.get("questions")
    if not isinstance(rows, list):
        draft.fault("questions", _("Here stands a list of questions."))
        return
    taken = [str(row["name"]) for row in rows if isinstance(row, dict) and row.get("name")]
    for number, row in enumerate(rows):
        path = f"questions[{number}]"
        if not isinstance(row, dict):
            draft.fault(path, _("A question has fields, such as: kind: csat"))
            continue
        for name in row.keys() - QUESTION:
            draft.fault(
                f"{path}.{name}", _("There is no such field. There are: {names}", names=", ".join(sorted(QUESTION)))
            )
        kind = str(row.get("kind") or "")
        if kind not in KINDS:
            why = _("There is no kind “{kind}”. One of: {names}", kind=kind[:40], names=", ".join(KINDS))
            draft.fault(f"{path}.kind", why)
            kind = "words"
        called = str(row.get("name") or free(taken, "q"))
        taken.append(called)
        yield Step(
            called,
            cast(Kind, kind),
            _sentence(draft, row.get("ask"), f"{path}.ask"),
            str(row.get("when") or ""),
            _number(draft, row.get("low", 0), f"{path}.low"),
            _number(draft, row.get("high", 0), f"{path}.high"),
            _labels(draft, row.get("labels"), f"{path}.labels"),
            tuple(_choices(draft, row.get("choices"), f"{path}.choices")),
            str(row.get("required", "")).casefold() in ("true", "yes", "1"),
        )


def _sentence(draft: Draft, said: Any, path: str) -> dict[str, str]:
    """ "How was it? | 怎么样？", or en and zh as fields."""
    if isinstance(said, dict):
        for name in said.keys() - {"en", "zh"}:
            draft.fault(f"{path}.{name}", _("Languages are en and zh."))
        return {name: str(said[name])[:ASK] for name in ("en", "zh") if said.get(name)}
    return both(str(said)) if said is not None and not isinstance(said, list) else {}


def _number(draft: Draft, value: Any, path: str, *, least: int | None = None) -> int:
    if isinstance(value, int) and (least is None or value >= least):
        return value
    if isinstance(value, int):
        draft.fault(path, _("It is at least {n}.", n=least or 0))
    else:
        draft.fault(path, _("“{value}” is no whole number.", value=str(value)[:40]))
    return 0


def _labels(draft: Draft, rows: Any, path: str) -> dict[str, dict[str, str]]:
    if rows is None:
        return {}
    if not isinstance(rows, dict):
        draft.fault(path, _("Here stand values with what they mean, such as: 1: never | 从不"))
        return {}
    return {str(value): _sentence(draft, said, f"{path}.{value}") for value, said in rows.items()}


def _choices(draft: Draft, rows: Any, path: str) -> Iterator[Choice]:
    if rows is None:
        return
    if not isinstance(rows, list):
        draft.fault(path, _("Here stands a list of answers, such as: - Price | 价格"))
        return
    taken: list[str] = []
    for number, row in enumerate(rows):
        inner = f"{path}[{number}]"
        said = {name: word for name, word in row.items() if name != "id"} if isinstance(row, dict) else row
        label = _sentence(draft, said, inner)
        plain = choices_in(" | ".join(label.values()).replace(";", ","))
        id = str(row["id"]) if isinstance(row, dict) and row.get("id") else plain[0].id if plain else ""
        if not label:
            draft.fault(inner, _("The answer has no words."))
        elif not (isinstance(row, dict) and row.get("id")) and id in taken:
            id = free(taken, "c")
        taken.append(id)
        yield Choice(id, label)


def _thanks(draft: Draft) -> Iterator[tuple[str, Mapping[str, str]]]:
    rows = draft.values.get("thanks")
    for number, row in enumerate(rows if isinstance(rows, list) else [] if rows is None else [rows]):
        path = f"thanks[{number}]"
        said = {name: word for name, word in row.items() if name != "when"} if isinstance(row, dict) else row
        condition = str(row.get("when") or "true") if isinstance(row, dict) else "true"
        yield condition, _sentence(draft, said, path)


def _settings(draft: Draft, dialog: Dialog) -> dict[str, Any]:
    """Title and when it is sent; what the file does not say stays as it is."""
    values, out = draft.values, dict[str, Any]()
    out["title"] = _sentence(draft, values.get("title"), "title") or {"en": str(values.get("name", ""))}
    if "after" in values:
        rows = values["after"] if isinstance(values["after"], list) else [values["after"]]
        for row in [str(row) for row in rows if row is not None and str(row) not in AFTER]:
            draft.fault(
                "after",
                _("Nothing called “{name}” can be followed. One of: {names}", name=row[:40], names=", ".join(AFTER)),
            )
        out["after"] = [str(row) for row in rows if row is not None]
    if "delay" in values:
        out["delay"] = _minutes(draft, values["delay"])
    if "every" in values:
        out["every"] = _number(draft, values["every"], "every", least=SOONEST)
    elif (scored := main(dialog)) and scored.kind == "nps":
        out["every"] = 90
    if "audience" in values:
        out["audience"] = str(values["audience"] or "")
    if "rhythm" in values:
        out["rhythm"] = str(values["rhythm"] or "")
        if out["rhythm"] not in ("", *RHYTHMS):
            draft.fault("rhythm", _("One of: {names}", names=", ".join(RHYTHMS)))
    if "share" in values:
        out["share"] = _share(draft, values["share"])
    if "quota" in values:
        out["quota"] = _number(draft, values["quota"], "quota", least=0)
    return out


def _minutes(draft: Draft, value: Any) -> int:
    match = _SPAN.fullmatch(str(value).strip())
    if match is None:
        draft.fault("delay", _("“{value}” is no span. Examples: 10m, 2h, 1d", value=str(value)[:40]))
        return 0
    return int(match[1]) * _MINUTES[match[2] or "m"]


def _share(draft: Draft, value: Any) -> int:
    try:
        share = float(str(value).rstrip(" %"))
    except ValueError:
        share = 0.0
    if not 0.01 <= share <= 100:
        draft.fault("share", _("A share is 0.01 to 100 percent."))
        return 10_000
    return round(share * 100)


def told(made: Sequence[tuple[Survey, bool]]) -> list[dict[str, Any]]:
    """What came of it, for the console."""
    return [
        {"name": row.name, "edition": row.edition, "questions": len(row.steps), "changed": new} for row, new in made
    ]
