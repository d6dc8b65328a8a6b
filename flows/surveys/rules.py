"""Whom to ask and when, and what the numbers mean: pure, no rows and no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from bot.core.text import Text, moment
from bot.core.text import gettext as _

Trigger = Literal["none", "there", "undone"]

ANY_SURVEY = timedelta(hours=7 * 24)
"""Between any two invitations to a customer, whatever the survey."""
LIFETIME = timedelta(days=14)
"""How long a survey takes answers."""
PACE, STEP = 30, timedelta(minutes=1)
"""Invitations of a round that go out in one step, and the time between two steps."""
PATIENCE = timedelta(hours=1)
"""How long the open words wait: after it a survey with a score is finished, and what is typed is a message again."""
RECENT = timedelta(days=7)
"""An activity that was written down later than this is not followed by rule."""
QUIET_FROM, QUIET_UNTIL = 21 * 60, 8 * 60
"""Minutes after midnight on the customer's clock."""


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a customer at the moment of asking."""

    now: datetime
    activity: Trigger = "none"
    by_human: bool = True
    active: bool = True
    reachable: bool = True
    stopped: bool = False
    every: int = 30
    times: int = 0
    had: int = 0
    """How often this customer had this survey."""
    last_same: datetime | None = None
    last_any: datetime | None = None
    busy: bool = False
    room: bool = False
    reporter: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody is not asked; `until` is when that passes by itself, and only a distance can be overridden."""

    code: str
    until: datetime | None = None

    @property
    def distance(self) -> bool:
        return self.code in ("same-survey", "any-survey")

    @property
    def why(self) -> Text:
        return REASONS[self.code]


REASONS: Mapping[str, Text] = {
    "undone": _("What it followed was undone."),
    "changed": _("What it followed was changed to something else."),
    "no-human": _("Nobody of us did anything it could follow."),
    "inactive": _("This customer is no longer active."),
    "unreachable": _("No chat reaches this customer yet."),
    "stopped": _("This customer does not want surveys."),
    "same-survey": _("The same survey was sent too recently."),
    "any-survey": _("Another survey was sent less than 7 days ago."),
    "enough": _("This customer has had this survey as often as it may be sent."),
    "cancelled": _("Somebody ended the sending before it was this customer's turn."),
    "busy": _("Something else was open in the customer's chat."),
    "room": _("Only a group reaches this customer, and we never ask in front of others."),
    "reporter": _("Nobody rates themselves: that chat belongs to who served."),
    "blocked": _("The customer's chat does not take our messages."),
    "failed": _("The platform refused the message."),
    "angry": _("The customer was angry."),
    "visit": _("A return visit was planned instead."),
    "full": _("As many have answered as were wanted."),
    "off": _("This survey is switched off."),
}


def may_ask(history: History) -> Refusal | None:
    """The first test that fails, in the order in which they are made; None when the customer may be asked."""
    return next(refusals(history), None)


def refusals(history: History) -> Iterator[Refusal]:
    """Every test that fails, in order."""
    if history.activity == "undone":
        yield Refusal("undone")
    if not history.by_human:
        yield Refusal("no-human")
    if not history.active:
        yield Refusal("inactive")
    if not history.reachable:
        yield Refusal("unreachable")
    if history.stopped:
        yield Refusal("stopped")
    if history.times and history.had >= history.times:
        yield Refusal("enough")
    yield from _distances(history)
    if history.busy:
        yield Refusal("busy")
    if history.room:
        yield Refusal("room")
    if history.reporter:
        yield Refusal("reporter")


def _distances(history: History) -> Iterator[Refusal]:
    same = history.last_same + timedelta(days=history.every) if history.last_same else None
    if same and history.now < same:
        yield Refusal("same-survey", same)
    any_ = history.last_any + ANY_SURVEY if history.last_any else None
    if any_ and history.now < any_:
        yield Refusal("any-survey", any_)


def allowed_from(history: History) -> datetime | None:
    """When the distances will have passed; None when they have."""
    return max((r.until for r in refusals(history) if r.until), default=None)


def may_override(history: History) -> bool:
    """True when only distances stand in the way: a manager may set these aside, never anything else."""
    found = list(refusals(history))
    return bool(found) and all(refusal.distance for refusal in found)


def follows(kind: str, status: str, after: list[str], age: timedelta) -> bool:
    """Whether a survey's rule fits an activity."""
    return status == "done" and kind in after and age <= RECENT


def csat(scores: Mapping[int, int]) -> Decimal:
    """Answers of 4 or 5 among all answers, in percent with two decimals; 0 when there are none."""
    return percent(sum(count for score, count in scores.items() if score >= 4), sum(scores.values()))


def percent(part: int, whole: int) -> Decimal:
    """Two decimals, halves up; 0 of nothing is 0."""
    if not whole:
        return Decimal(0)
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def waits_until(refusal: Refusal) -> Text | None:
    """When it will be allowed again."""
    return _("Possible again from {when}.", when=moment(refusal.until)) if refusal.until else None
