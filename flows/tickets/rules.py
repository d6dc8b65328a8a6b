"""What a ticket may become: steps, states, priorities. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.text import Text
from bot.core.text import gettext as _

URGENT, HIGH, NORMAL, LOW = 1, 2, 3, 4
PRIORITIES: Mapping[int, Text] = {URGENT: _("urgent"), HIGH: _("high"), NORMAL: _("normal"), LOW: _("low")}
KINDS: Mapping[str, Text] = {
    "question": _("question"),
    "fault": _("fault"),
    "complaint": _("complaint"),
    "request": _("request"),
}
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the firm's flow, and the state that a ticket has in it."""

    name: str
    state: str


FLOW: Sequence[Step] = (
    Step("new", "open"),
    Step("in work", "open"),
    Step("waiting", "waiting"),
    Step("solved", "solved"),
    Step("closed", "closed"),
)
"""The flow that every firm starts with."""
STEPS: Mapping[str, Text] = {
    "new": _("new"),
    "in work": _("in work"),
    "waiting": _("waiting for the customer"),
    "solved": _("solved"),
    "closed": _("closed"),
}


def title_of(words: str) -> str:
    """The first line of what was said, cut where it grows long."""
    line = next((line.strip() for line in words.splitlines() if line.strip()), "")
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


def first_in(flow: Sequence[Step], state: str) -> Step:
    """The first step of a state; the flow has one of each that is asked for, or the firm's first flow has."""
    return next(step for step in (*flow, *FLOW) if step.state == state)
