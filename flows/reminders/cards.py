"""How reminders look in chat: when one arrives, and as the day's list."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Part, Text, bold, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.reminders.rules import LATE
from flows.turn import Turn
from store.models import Customer, Promise, Reminder

SHOWN = 8


def card_of(reminder: Reminder) -> str:
    """The card of one reminder; each ring of a series has its own."""
    return f"reminder:{reminder.id}:{int(reminder.due.timestamp())}"


def ringing(turn: Turn, reminder: Reminder) -> Reply:
    """The reminder as it arrives, late ones marked."""
    late = turn.now - reminder.due > LATE
    body = lines(
        bold(_("Reminder: {text}", text=said(turn, reminder))),
        _("This was due {when}.", when=moment(reminder.due)) if late else None,
        _("Repeats.") if reminder.rule else None,
    )
    return Reply(body, buttons(reminder), card=card_of(reminder), urgency=Urgency.REMINDER)


def buttons(reminder: Reminder) -> tuple[Option, ...]:
    """Done, Snooze, Move, Log result."""
    found = [
        Option(_("Done"), f"done:{reminder.id}", style="primary"),
        Option(_("+1 hour"), f"snooze:{reminder.id}:hour"),
        Option(_("Tomorrow 9:00"), f"snooze:{reminder.id}:day"),
        Option(_("Move"), f"move:{reminder.id}"),
    ]
    if reminder.customer:
        found.append(Option(_("Log result"), f"log-result:{reminder.id}"))
    return tuple(found)


def said(turn: Turn, reminder: Reminder) -> Part:
    """What it is about, with the customer's name where the words do not have it."""
    customer = turn.work.customers.get(reminder.customer) if reminder.customer else None
    words = reminder.text or _("follow up")
    if customer is None or customer.name.casefold() in reminder.text.casefold():
        return words
    return text(words, " · ", customer.name)


def set_card(turn: Turn, reminder: Reminder) -> Reply:
    """The answer to a new reminder."""
    body = lines(
        bold(_("I will remind you {when}", when=moment(reminder.due))),
        said(turn, reminder),
        _("Repeats.") if reminder.rule else None,
    )
    undo = Option(_("Undo"), f"undo:set:{reminder.id}")
    return Reply(body, (undo, Option(_("Move"), f"move:{reminder.id}")), card=f"set:{reminder.id}")


def day_list(turn: Turn, overdue: Sequence[Reminder], today: Sequence[Reminder], promises: Sequence[Promise]) -> Reply:
    """What is overdue, what is for today, what was promised by today; a button for each of the first few."""
    if not (overdue or today or promises):
        return Reply(_("Nothing is due today. Enjoy it."))
    body = lines(
        ngettext("{n} thing to do today", "{n} things to do today", len(overdue) + len(today)),
        bold(_("Overdue")) if overdue else None,
        *(_line(turn, reminder) for reminder in overdue[:SHOWN]),
        bold(_("Today")) if today else None,
        *(_line(turn, reminder) for reminder in today[:SHOWN]),
        bold(_("Promised")) if promises else None,
        *(_promised(turn, promise) for promise in promises[:SHOWN]),
        _more(max(0, len(overdue) - SHOWN) + max(0, len(today) - SHOWN)),
    )
    picks = [*overdue, *today][:SHOWN]
    return Reply(body, tuple(Option(_short(said(turn, r)), f"reminder:{r.id}", wide=True) for r in picks))


def _short(part: Part) -> Text:
    return text("✓ ", part)


def _line(turn: Turn, reminder: Reminder) -> Text:
    return text("• ", moment(reminder.due, "short"), " ", said(turn, reminder))


def _promised(turn: Turn, promise: Promise) -> Text:
    customer: Customer | None = turn.work.customers.get(promise.customer)
    due = text(" (", moment(promise.due, "day"), ")") if promise.due else text()
    return text("• ", promise.what, " · ", customer.name if customer else "", due)


def _more(count: int) -> Text | None:
    return ngettext("and {n} more", "and {n} more", count) if count else None
