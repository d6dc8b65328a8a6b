"""What nobody has acted on: whoever asked for it, else the managers, hear of it once and can hand it on."""

from __future__ import annotations

from bot.core.errors import NotFound
from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Text, bold, lines, moment
from bot.core.text import gettext as _
from flows.reminders.actions import TIMER, give_to
from flows.reminders.cards import asking, said
from flows.reminders.facts import ReminderOverdue
from flows.router import MANAGERS
from flows.turn import Turn
from store.models import Member, Reminder


def on_overdue(turn: Turn, fact: ReminderOverdue) -> None:
    """One card for whoever must know; never the one who has it."""
    reminder = turn.work.reminders.get(fact.reminder)
    member = turn.work.get(Member, reminder.member) if reminder else None
    if reminder is None or member is None:
        return
    for boss in _who_must_know(turn, reminder):
        turn.message_member(boss, _card(turn, reminder, member), "overdue")


def _who_must_know(turn: Turn, reminder: Reminder) -> list[Member]:
    giver = turn.work.get(Member, reminder.by) if reminder.by and reminder.by != reminder.member else None
    if giver is not None and giver.state == "active":
        return [giver]
    others = [member for member in turn.work.people.members() if member.id != reminder.member]
    managers = [member for member in others if member.role == "manager"]
    return managers or [member for member in others if member.role == "owner"]


def _card(turn: Turn, reminder: Reminder, member: Member) -> Reply:
    body = lines(
        bold(_("Overdue with {name}: {text}", name=member.name, text=said(turn, reminder))),
        _("This was due {when}.", when=moment(reminder.due)),
    )
    options = (
        Option(_("Remind {name} again", name=member.name), f"overdue-again:{reminder.id}", style="primary"),
        Option(_("I do it"), f"overdue-mine:{reminder.id}"),
        Option(_("Leave it"), f"overdue-leave:{reminder.id}"),
    )
    return Reply(body, options, card=f"overdue:{reminder.id}", urgency=Urgency.ALERT)


def again(turn: Turn, reminder: int) -> Reply:
    """It rings once more, and says from whom."""
    found, member = _found(turn, reminder)
    changed = turn.work.change(found, asked="waiting", by=turn.me().id, escalated=None)
    turn.message_member(member, asking(turn, changed), "")
    turn.did(_("asked again: {text}", text=said(turn, found)), f"overdue:{found.id}")
    return _settled(found, lines(bold(said(turn, found)), _("{name} is asked again.", name=member.name)))


def take_over(turn: Turn, reminder: int) -> Reply:
    found, member = _found(turn, reminder)
    changed = give_to(turn, found, turn.me(), asked="")
    turn.work.timers.cancel(TIMER, str(changed.id))
    told = _("{name} has taken this over: {text}", name=turn.me().name, text=said(turn, found))
    turn.message_member(member, Reply(told), "team")
    turn.did(_("taken over: {text}", text=said(turn, found)), f"overdue:{found.id}")
    done = Option(_("Done"), f"done:{found.id}", style="primary")
    return _settled(found, lines(bold(said(turn, found)), _("It is yours now.")), done)


def leave(turn: Turn, reminder: int) -> Reply:
    found, member = _found(turn, reminder)
    return Reply(
        lines(bold(said(turn, found)), _("It stays with {name}.", name=member.name)), card=f"overdue:{found.id}"
    )


def _found(turn: Turn, id: int) -> tuple[Reminder, Member]:
    reminder = turn.work.reminders.get(id)
    member = turn.work.get(Member, reminder.member) if reminder else None
    me = turn.me()
    if (
        reminder is None
        or member is None
        or reminder.state != "open"
        or (me.role not in MANAGERS and reminder.by != me.id)
    ):
        raise NotFound(_("That reminder is no longer there."))
    return reminder, member


def _settled(reminder: Reminder, body: Text, *more: Option) -> Reply:
    card = f"overdue:{reminder.id}"
    return Reply(body, (*more, Option(_("Undo"), f"undo:{card}")), card=card)
