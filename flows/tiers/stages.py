"""Standard tasks of a stage: what its owner finds on the list when a customer comes to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.core.text import Text, plain
from bot.core.text import gettext as _
from flows.reminders.actions import set_reminder
from flows.turn import Turn
from flows.words import zone_of
from store.models import Customer, Member

TASKS: Mapping[str, tuple[tuple[int, Text], ...]] = {
    "new": ((3, _("Ask how the start went")), (30, _("First review with the customer"))),
    "growth": ((14, _("Look for the next need")),),
    "warning": ((1, _("Call and ask what is wrong")), (7, _("Plan how to win them back"))),
}
"""By stage: after how many days, and what."""


def tasks_of(turn: Turn, customer: Customer) -> int:
    """Puts the tasks on the owner's list, at nine on their clock; an owner who is away gets none."""
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    if owner is None or owner.state != "active":
        return 0
    own = turn.workspace.settings.get("tasks", {}).get(customer.stage)
    tasks = [(int(d), w) for d, w in own] if own is not None else list(TASKS.get(customer.stage, ()))
    words = turn.words_for(None, owner)
    open_ = {reminder.text for reminder in turn.work.reminders.of_customer(customer.id)}
    zone = zone_of(owner.zone or turn.workspace.zone)
    made = 0
    for days, what in tasks:
        said = plain(what.resolve(words)) if isinstance(what, Text) else str(what)
        if said in open_:
            continue
        due = (turn.now.astimezone(zone) + timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)
        set_reminder(turn, owner, due, said, customer=customer.id)
        made += 1
    return made
