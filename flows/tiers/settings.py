"""What the firm has set about tiers: limits, weights, rhythm and care plans, in the workspace's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.rhythm.rules import USUAL
from flows.tiers.rules import WEIGHTS, Limits
from flows.turn import Turn
from store.firms import set_settings
from store.models import Workspace

PLANS: Mapping[str, Text] = {
    "A": _("One person of ours for this customer, a visit by a manager each quarter, service before all others."),
    "B": _("A greeting at the holidays, a visit every few months, offers that help them grow."),
    "C": _("Automatic messages; a person only when they answer. After a year without an order we ask once more."),
}


def limits_of(firm: Workspace) -> Limits:
    """The firm's limits, the usual ones where nothing is set."""
    kept: dict[str, Any] = dict(firm.settings.get("tiers", {}))
    kept["weights"] = {**WEIGHTS, **kept.get("weights", {})}
    return Limits(**kept)


def rhythm_of(firm: Workspace, tier: str) -> int:
    """Days between contacts with a customer of this tier."""
    return int({**USUAL, **firm.settings.get("rhythm", {})}.get(tier, 0))


def plan_of(firm: Workspace, tier: str) -> Text:
    """What we do for customers of this tier."""
    own = firm.settings.get("plans", {}).get(tier)
    return Text((own,)) if own else PLANS[tier]


def set_limits(turn: Turn, **values: Any) -> Limits:
    """Keeps other limits; what was set before stays."""
    limits = asdict(limits_of(turn.workspace)) | values
    keep(turn, "tiers", limits)
    return limits_of(turn.workspace)


def keep(turn: Turn, name: str, value: Any) -> None:
    """Writes one of the firm's settings."""
    set_settings(turn.work, turn.workspace, **{name: value})
