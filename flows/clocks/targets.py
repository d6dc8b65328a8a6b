"""How fast we promise to be: the firm's targets by kind, priority, tier and whatever else a condition may name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.text import Text, join, text
from bot.core.text import gettext as _
from flows.clocks.reading import minutes_in
from flows.routing.conditions import holds, names_of, to_cel
from flows.turn import Turn
from store.models import Rule, Ticket

PURPOSE = "sla"
FIRST = 30
"""Open minutes to the first answer, where the firm has said nothing."""
STEPS: Sequence[int] = (50, 100, 150)
"""Percent of the target at which the owner, the group and the managers hear."""
LONGEST = 60 * 24 * 60
KINDS: Mapping[str, Text] = {
    "first": _("first answer"),
    "next": _("each further answer"),
    "solve": _("solution"),
}
_WORDS: Mapping[str, str] = {
    "first": r"first(?:\s+(?:response|answer|reply))?|response|frt|首次(?:响应|回复|答复)|首响|响应|首答",
    "next": r"next(?:\s+(?:response|answer|reply))?|follow[- ]?ups?|further|后续(?:响应|回复|答复)?|再次(?:响应|回复)",
    "solve": r"solve[dn]?|solution|resol(?:ve|ved|ution)|fix(?:ed)?|解决|处理完?|修复",
}
_OFF = r"off|none|no|关|关闭|不限|无|取消"
_PART = re.compile(
    "(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS.items())
    + r")(?:\s*(?:in|within|time|时间|时限))?"
    rf"\s*[:=：]?\s*(?P<value>(?:{_OFF})(?![a-z])|(?:\d+(?:\.\d+)?|半个?|一个?|两个?|一刻)\s*[^\d\s,，、;；]*"
    r"(?:\s*\d+\s*(?:m|min|mins|minutes|分钟?)(?![a-z]))?)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Targets for some requests; None takes a target away."""

    condition: str
    words: str
    minutes: Mapping[str, int | None]


def targets_in(words: str) -> Wanted | None:
    """ "urgent first 10m solve 4h": which requests, and how fast; None when no time stands there. Raises Misread."""
    rest, found = words, dict[str, int | None]()
    for match in reversed(list(_PART.finditer(words))):
        kind = next(kind for kind in _WORDS if match[kind])
        value = match["value"].strip()
        read = minutes_in(value) or (minutes_in(f"{value}m") if value.isdigit() else None)
        if read is None and not re.fullmatch(_OFF, value, re.I):
            continue
        found[kind] = min(read[0], LONGEST) if read else None
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    if not found:
        bare = minutes_in(words)
        if bare is None:
            return None
        found, rest = {"first": min(bare[0], LONGEST)}, bare[1]
    rest = " ".join(rest.split()).strip(" ,，:：")
    return Wanted(to_cel(rest), rest, found)


def rules_of(turn: Turn) -> list[Rule]:
    """What the firm has set, the general ones first."""
    return sorted(turn.work.find(Rule, purpose=PURPOSE, active=True), key=lambda rule: (bool(rule.condition), rule.id))


def minutes_of(rule: Rule) -> Mapping[str, int]:
    """The targets of one rule."""
    return {str(kind): int(minutes) for kind, minutes in json.loads(rule.then)}


def targets_of(turn: Turn, ticket: Ticket) -> Mapping[str, int]:
    """Open minutes by kind of clock; of several conditions that hold the strictest counts, before the general one."""
    rules = rules_of(turn)
    names = names_of(turn, ticket) if any(rule.condition for rule in rules) else {}
    general: dict[str, int] = {"first": FIRST}
    special: dict[str, int] = {}
    for rule in rules:
        for kind, minutes in minutes_of(rule).items():
            if not rule.condition:
                general[kind] = minutes
            elif holds(rule.condition, names):
                special[kind] = min(minutes, special.get(kind, minutes))
    found = {**general, **special}
    if "first" in special and "next" not in special:
        found["next"] = special["first"]
    found.setdefault("next", found["first"])
    return {kind: minutes for kind, minutes in found.items() if minutes}


def set_targets(turn: Turn, wanted: Wanted) -> None:
    """Other targets for these requests; those of other kinds stay. Without any the rule goes."""
    known = turn.work.first(Rule, purpose=PURPOSE, condition=wanted.condition)
    before = dict(minutes_of(known)) if known else {}
    minutes = {**before, **{kind: value or 0 for kind, value in wanted.minutes.items()}}
    kept = {kind: value for kind, value in minutes.items() if value or not wanted.condition}
    then = json.dumps(sorted(kept.items()))
    if known is None:
        turn.work.add(
            Rule(
                purpose=PURPOSE,
                name=wanted.words[:80],
                fact="TicketOpened",
                condition=wanted.condition,
                then=then,
                by=turn.me().id,
                made=turn.now,
            )
        )
    elif kept:
        turn.work.change(known, then=then)
    else:
        turn.work.remove(known)


def steps_of(turn: Turn) -> Sequence[int]:
    """Percent of the target at which owner, group and managers hear."""
    own = turn.workspace.settings.get("escalation")
    return tuple(int(step) for step in own) if own else STEPS


def span_text(minutes: int) -> Text:
    """ "30 min", "4 h", "1 h 30 min" of open time."""
    hours, left = divmod(abs(minutes), 60)
    parts = [_("{n} h", n=str(hours))] if hours else []
    if left or not hours:
        parts.append(_("{n} min", n=str(left)))
    return join(" ", parts)


def rule_text(rule: Rule) -> Text:
    """One line: for which requests, how fast."""
    minutes = minutes_of(rule)
    said = [
        text(KINDS[kind], " ", span_text(minutes[kind]) if minutes[kind] else _("no limit"))
        for kind in KINDS
        if kind in minutes
    ]
    return text(rule.name or _("all"), ": ", join(", ", said))
