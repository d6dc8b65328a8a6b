"""What a ticket may become: steps, states, priorities. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.text import Text, text
from bot.core.text import gettext as _

URGENT, HIGH, NORMAL, LOW = 1, 2, 3, 4
PRIORITIES: Mapping[int, Text] = {URGENT: _("urgent"), HIGH: _("high"), NORMAL: _("normal"), LOW: _("low")}
KINDS: Mapping[str, Text] = {
    "question": _("question"),
    "fault": _("fault"),
    "complaint": _("complaint"),
    "request": _("request"),
}
STATES: Mapping[str, Text] = {
    "open": _("open"),
    "waiting": _("waiting for the customer"),
    "solved": _("solved"),
    "closed": _("closed"),
    "merged": _("merged"),
}
CAUSES: Mapping[str, Text] = {
    "product": _("the product"),
    "delivery": _("the delivery"),
    "service": _("our service"),
    "information": _("wrong information"),
    "price": _("price or invoice"),
    "customer": _("wrong use"),
}
"""Why it came to a complaint; whoever closes it may say it in own words."""
SOURCES: Mapping[str, Text] = {
    "phone": _("by phone"),
    "wechat": _("by WeChat"),
    "website": _("on the website"),
    "email": _("by e-mail"),
    "visit": _("at a visit"),
}
"""Ways in which a request came that are no platform of ours."""
SPOKEN = frozenset({"phone", "visit"})
"""Ways in which the customer had a person of ours before them when they said it: that was the first answer."""
DONE = frozenset({"solved", "closed", "merged"})
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the firm's flow, and the state that a ticket has in it; `label` is what the firm calls it."""

    name: str
    state: str
    label: str = ""


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


def at_work(flow: Sequence[Step]) -> Step:
    """Where somebody is at it: the second open step, in a flow that has one."""
    steps = [step for step in flow if step.state == "open"] or [first_in(flow, "open")]
    return steps[min(1, len(steps) - 1)]


def shown(step: Step) -> Text:
    """What people call a step."""
    return text(step.label) if step.label else STEPS.get(step.name, text(step.name))


def step_named(flow: Sequence[Step], name: str) -> Step | None:
    """The step that tickets keep under this name."""
    return next((step for step in flow if step.name == name), None)


def nearest(flow: Sequence[Step], place: int, state: str) -> Step | None:
    """The step of that state that stands nearest to a place in the flow, the earlier one of two."""
    same = [(abs(at - place), at, step) for at, step in enumerate(flow) if step.state == state]
    return min(same, key=lambda one: one[:2])[2] if same else None


def urgency(kind: str, *, angry: bool = False, vip: bool = False, tier: str = "") -> int:
    """How soon: a VIP's is urgent; a complaint, anger and tier A each raise it by one."""
    if vip:
        return URGENT
    return max(URGENT, NORMAL - (kind == "complaint") - angry - (tier == "A"))


VIP = frozenset({"vip", "v.i.p.", "v.i.p", "贵宾", "大客户", "重要客户", "重点客户", "vip客户"})


def is_vip(tags: Sequence[str]) -> bool:
    """Whether one of a customer's tags says so."""
    return any(tag.casefold().lstrip("#") in VIP for tag in tags)


def in_turn(priority: int, opened: float, *, owned: bool) -> tuple[bool, int, float]:
    """By what a list of open tickets is sorted: nobody's first, then the most urgent, then the oldest."""
    return owned, priority, opened
