"""How reminders look in chat: when one is set, when it arrives, and when many arrive together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Part, Text, bold, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.reminders.rules import LATE
from flows.turn import Turn
from store.models import Member, Reminder

SHOWN = 8


def card_of(reminder: Reminder) -> str:
    """The card of one reminder; each ring of a series has its own."""
    return f"reminder:{reminder.id}:{int(reminder.due.timestamp())}"


def stamp(reminder: Reminder, now: datetime) -> str:
    """Names the occurrence that a button is about, so that an old button never ends a later one."""
    return str(int(occurrence(reminder, now).timestamp()) // 60)


def occurrence(reminder: Reminder, now: datetime) -> datetime:
    """What an act is about now: the occurrence that arrived and waits for one, else the next."""
    arrived = reminder.occurrence if reminder.rung and not reminder.acted and reminder.due > now else None
    return arrived or reminder.due


def ringing(turn: Turn, reminder: Reminder) -> Reply:
    """The reminder as it arrives, late ones marked; a series whose last ring nobody answered can be ended here."""
    late = turn.now - reminder.due > LATE
    body = lines(
        bold(_("Reminder: {text}", text=said(turn, reminder))),
        _("This was due {when}.", when=moment(reminder.due)) if late else None,
        repeats(turn, reminder),
        from_whom(turn, reminder),
    )
    options = buttons(turn, reminder)
    if reminder.rule and reminder.rung is not None and not reminder.acted:
        options = (*options, Option(_("End the series"), f"series-end:{reminder.id}"))
    return Reply(body, options, card=card_of(reminder), urgency=Urgency.REMINDER)


def buttons(turn: Turn, reminder: Reminder) -> tuple[Option, ...]:
    """Done, Snooze, Move, Log result; a colleague's that waits has Accept and Can't first."""
    mark = f"{reminder.id}:{stamp(reminder, turn.now)}"
    found = [
        Option(_("Done"), f"done:{mark}", style="primary"),
        Option(_("+1 hour"), f"snooze:{mark}:hour"),
        Option(_("Tomorrow 9:00"), f"snooze:{mark}:day"),
        Option(_("Move"), f"move:{mark}"),
    ]
    if reminder.customer:
        found.append(Option(_("Log result"), f"log-result:{reminder.id}"))
    if reminder.anchor == "contract" and reminder.customer:
        found.insert(1, Option(_("Start the renewal"), f"renew:{reminder.customer}"))
    if reminder.asked == "waiting":
        return (*asked_options(reminder), found[0])
    return tuple(found)


def asked_options(reminder: Reminder) -> tuple[Option, ...]:
    """What somebody can say who is asked to do it."""
    return (
        Option(_("Accept"), f"take:{reminder.id}", style="primary"),
        Option(_("Can't"), f"refuse:{reminder.id}"),
    )


def said(turn: Turn, reminder: Reminder) -> Part:
    """What it is about, with the customer's name where the words do not have it."""
    customer = turn.work.customers.get(reminder.customer) if reminder.customer else None
    words = reminder.text or _("follow up")
    if customer is None or customer.name.casefold() in reminder.text.casefold():
        return words
    return text(words, " · ", customer.name)


def repeats(turn: Turn, reminder: Reminder) -> Text | None:
    """How it goes on, where it does."""
    if reminder.anchor == "touch":
        return _("Every {n} days without a contact.", n=reminder.away)
    if reminder.anchor == "contract" and reminder.away < 0:
        return _("{n} days before the contract ends.", n=-reminder.away)
    if reminder.anchor == "contract" and reminder.away > 0:
        return _("{n} days after the contract ends.", n=reminder.away)
    if reminder.anchor == "contract":
        return _("When the contract ends.")
    if reminder.workdays:
        return _("Repeats on every working day.")
    return _("Repeats.") if reminder.rule else None


def from_whom(turn: Turn, reminder: Reminder) -> Text | None:
    """Who asked for it, where that was somebody else."""
    if not reminder.by or reminder.by == reminder.member:
        return None
    giver = turn.work.get(Member, reminder.by)
    return _("{name} asked for this.", name=giver.name) if giver and reminder.asked else None


def set_card(turn: Turn, reminder: Reminder) -> Reply:
    """The answer to a new reminder."""
    member = turn.work.get(Member, reminder.member)
    own = turn.member is None or reminder.member == turn.member.id or member is None
    when = moment(reminder.due)
    head = _("I will remind you {when}", when=when) if own else _("I ask {name}: {when}", name=_name(member), when=when)
    body = lines(bold(head), said(turn, reminder), repeats(turn, reminder))
    card = f"set:{reminder.id}"
    options = [Option(_("Undo"), f"undo:{card}"), Option(_("Move"), f"move:{reminder.id}:{stamp(reminder, turn.now)}")]
    return Reply(body, tuple(options if own else options[:1]), card=card)


def _name(member: Member | None) -> str:
    return member.name if member else "?"


def asking(turn: Turn, reminder: Reminder) -> Reply:
    """What the colleague reads who is asked."""
    giver = turn.work.get(Member, reminder.by) if reminder.by else None
    body = lines(
        bold(_("{name} asks you: {text}", name=_name(giver), text=said(turn, reminder))),
        moment(reminder.due),
        repeats(turn, reminder),
    )
    return Reply(body, asked_options(reminder), card=f"asked:{reminder.id}")


def gathered(turn: Turn, member: Member, reminders: Sequence[Reminder], at: datetime) -> Reply:
    """Many that arrived together: one message, acted on in place."""
    count = len(reminders)
    body = lines(
        bold(ngettext("{n} reminder", "{n} reminders", count)),
        *(_entry(turn, reminder, at) for reminder in reminders),
    )
    left = [reminder for reminder in reminders if waits(reminder, at)]
    picks = [Option(text("✓ ", said(turn, r)), f"heap-done:{r.id}:{stamp(r, turn.now)}", wide=True) for r in left]
    mark = f"{member.id}:{int(at.timestamp() * 1_000_000)}"
    whole = [Option(_("All done"), f"heap:{mark}:done"), Option(_("All tomorrow 9:00"), f"heap:{mark}:day")]
    options = (*picks[:SHOWN], *(whole if len(left) > 1 else ()))
    return Reply(body, options, card=f"heap:{mark}", urgency=Urgency.REMINDER)


def waits(reminder: Reminder, at: datetime) -> bool:
    """It arrived then, and nobody has acted on it."""
    return reminder.state == "open" and not reminder.acted and reminder.rung == at


def _entry(turn: Turn, reminder: Reminder, at: datetime) -> Text:
    due = reminder.occurrence or reminder.due
    late = reminder.rung is not None and reminder.rung - due > LATE
    if reminder.state == "open" and reminder.rung is None:
        return text("→ ", said(turn, reminder), " · ", moment(reminder.due, "short"))
    mark = "• " if waits(reminder, at) else "✓ "
    return text(mark, said(turn, reminder), text(" · ", _("was due {when}", when=moment(due, "short"))) if late else "")
