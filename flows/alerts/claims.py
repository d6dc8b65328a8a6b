"""What claiming does: one claimer, one task, at most one word to the customer."""

from __future__ import annotations

from datetime import date

from bot.core.messages import Reply, Urgency
from bot.core.text import gettext as _
from bot.core.text import plain
from flows.alerts import cards
from flows.alerts.rules import SOON, working
from flows.alerts.showing import active_member, drop_task, show, task_of
from flows.reminders.actions import set_reminder
from flows.surveys.actions import by_day
from flows.surveys.asked import stopped
from flows.turn import Turn
from flows.understanding import Context
from flows.understanding.workdays import is_workday
from flows.words import zone_of
from store.models import Alert, Conversation, Customer, Invitation, Member, Reminder

TELL = "alert-tell"
"""Timer: the customer's night is over."""


def claim(turn: Turn, alert: Alert, member: Member, *, by: Member) -> bool:
    """Takes it for a member, once; False when somebody was faster."""
    if not turn.work.feedback.claim(alert, member.id):
        return False
    taken = turn.work.get(Alert, alert.id)
    assert taken is not None  # noqa: S101 - alerts are never deleted
    _take(turn, turn.work.change(taken, assigned_by=by.id), member)
    return True


def hand_over(turn: Turn, alert: Alert, member: Member, *, by: Member) -> None:
    """It goes from one to another: the task moves, and the customer is not told again."""
    drop_task(turn, alert)
    before = active_member(turn, alert.claimed_by)
    alert = turn.work.change(alert, claimed_by=member.id, claimed=turn.now, assigned_by=by.id, reminder=None)
    _take(turn, alert, member)
    if before is not None and before.id not in (member.id, by.id):
        said = _("{name} takes care of {customer} now.", name=member.name, customer=cards.customer_name(turn, alert))
        turn.message_member(before, Reply(said, urgency=Urgency.ALERT), "")


def _take(turn: Turn, alert: Alert, member: Member) -> None:
    reminder = _call_task(turn, alert, member)
    alert = turn.work.change(alert, reminder=reminder.id)
    alert = tell_customer(turn, alert)
    show(turn, alert)
    on_record(turn, "claim", alert)
    if alert.assigned_by != member.id:
        turn.message_member(member, cards.alert_card(turn, alert), "")


def _call_task(turn: Turn, alert: Alert, member: Member) -> Reminder:
    zone = zone_of(member.zone or turn.workspace.zone)
    due = working(turn.now, SOON, zone, lambda day: works_on(turn, day))
    return set_reminder(turn, member, due, task_text(turn, alert, member), customer=alert.customer)


def task_text(turn: Turn, alert: Alert, member: Member) -> str:
    """What the task says, in the words of whoever has it."""
    name, score, words = cards.person_of(turn, alert), alert.score or 0, alert.words[:200]
    said = _("Call {name} about the score of {score}", name=name, score=score)
    if words:
        said = _("Call {name} about the score of {score}: {words}", name=name, score=score, words=words)
    return plain(said.resolve(turn.words_for(None, member)))


def give_back(turn: Turn, alert: Alert) -> None:
    """Open for everybody again; only while the customer has been told nothing."""
    drop_task(turn, alert)
    turn.work.timers.cancel(TELL, str(alert.id))
    alert = turn.work.change(alert, state="open", claimed_by=None, claimed=None, assigned_by=None, reminder=None)
    show(turn, alert)
    on_record(turn, "give-back", alert)


def on_record(turn: Turn, action: str, alert: Alert) -> None:
    """Audited, but not for undo: others act on it, so it is given back on its card."""
    actor = f"member:{turn.member.id}" if turn.member else "clock"
    turn.work.audit(actor, action, f"alert:{alert.id}")
    turn.work.for_good()


# the customer hears


def tell_customer(turn: Turn, alert: Alert) -> Alert:
    """At most once, in their language, by day, and only where they can and want to be reached."""
    member, task, chat = active_member(turn, alert.claimed_by), task_of(turn, alert), _chat(turn, alert)
    if alert.told or alert.state != "claimed" or member is None or task is None or chat is None:
        return alert
    due = by_day(turn, alert.customer, turn.now)
    if due > turn.now:
        turn.work.timers.move(TELL, str(alert.id), due)
        return alert
    said = cards.to_customer(turn, alert, member, task)
    turn.say_to(chat, Reply(said, tell=f"alert-told:{alert.id}", if_unsure="leave"))
    return turn.work.change(alert, told=turn.now, told_name=member.id)


def _chat(turn: Turn, alert: Alert) -> Conversation | None:
    """Where the customer answered, else where they were last; None when they can't be or do not want to be reached."""
    customer: Customer | None = turn.work.customers.get(alert.customer)
    if customer is None or "all" in stopped(customer):
        return None
    invitation = turn.work.get(Invitation, alert.invitation) if alert.invitation else None
    chats = turn.work.people.chats_of(alert.customer)
    same = [chat for chat in chats if invitation is not None and chat.id == invitation.conversation]
    return next(iter([*same, *chats]), None)


def not_told(turn: Turn, alert: Alert) -> None:
    """The message could not be delivered: the card and the claimer say so."""
    alert = turn.work.change(alert, told=None, told_name=None)
    show(turn, alert)
    if owner := active_member(turn, alert.claimed_by):
        said = _("{name} could not be told that you will call.", name=cards.person_of(turn, alert))
        turn.message_member(owner, Reply(said, urgency=Urgency.ALERT), "")


def works_on(turn: Turn, day: date) -> bool:
    """Whether the firm works that day."""
    return is_workday(day, Context(now=turn.now, country=turn.workspace.country))
