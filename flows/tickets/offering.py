"""A tap that makes a ticket of something that was logged."""

from __future__ import annotations

from bot.core.messages import Option
from bot.core.text import gettext as _
from flows.tickets.reading import sounds_bad
from store.models import Activity


def offer(activity: Activity) -> Option | None:
    """A tap for what sounds like something that somebody must see to."""
    if activity.status != "done" or not sounds_bad(activity.text):
        return None
    return Option(_("Open a ticket"), f"ticket-from:{activity.id}")
