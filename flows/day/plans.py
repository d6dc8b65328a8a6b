"""Everything that is open with one customer, on one line of time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, moment, text
from bot.core.text import gettext as _
from flows.deals.cards import title as deal_title
from flows.reminders.cards import said
from flows.rhythm.actions import rhythm_of
from flows.turn import Turn
from store.models import Customer


def plan_for(turn: Turn, customer: Customer) -> Reply:
    """Reminders, promises, the next contact, deals: the earliest first."""
    reminders = turn.work.reminders.of_customer(customer.id)
    promises = turn.work.activities.promised(customer.id)
    deals = [deal for deal in turn.work.deals.of_customer(customer.id) if deal.state == "open"]
    last = customer.last_touch or customer.created
    entries: list[tuple[Any, Text]] = [(r.due, text(moment(r.due, "short"), " ", said(turn, r))) for r in reminders]
    entries += [
        (
            p.due or turn.now + timedelta(days=999),
            text(moment(p.due, "day"), " ", _promise(p.by, p.what)) if p.due else _promise(p.by, p.what),
        )
        for p in promises
    ]
    contact = last + timedelta(days=rhythm_of(turn, customer))
    entries.append((contact, text(moment(contact, "day"), " ", _("be in touch"))))
    body = lines(
        bold(_("Plan for {name}", name=customer.name)),
        *(text("• ", entry) for _due, entry in sorted(entries, key=lambda item: item[0])),
        *(text("• ", deal_title(turn, deal), f" · {deal.step}" if deal.step else "") for deal in deals),
    )
    return Reply(body, (Option(_("Remind me"), f"remind-about:{customer.id}"),))


def _promise(by: str, what: str) -> Text:
    return _("We promised: {what}", what=what) if by == "us" else _("They promised: {what}", what=what)
