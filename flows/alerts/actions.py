"""Raising alerts from scores, and what claiming one does: one claimer, one task, at most one word to the customer."""

from __future__ import annotations

from datetime import date

from bot.core.messages import Reply, Urgency
from bot.core.text import gettext as _
from bot.core.text import plain
from flows.alerts import cards
from flows.alerts.rules import LOW, SO_SO, SOON, a_working_day_later, band_of, next_morning, working
from flows.reminders.actions import remove_reminder, set_reminder
from flows.router import MANAGERS
from flows.surveys.actions import by_day
from flows.surveys.asked import stopped
from flows.surveys.facts import ScoreGiven
from flows.turn import Turn
from flows.understanding import Context
from flows.understanding.workdays import is_workday
from flows.words import zone_of
from store.models import Alert, Conversation, Customer, Invitation, Member, Reminder

LATE, TELL = "so-so", "alert-tell"
"""Timers: nobody acted on a so-so answer; the customer's night is over."""


def on_score(turn: Turn, fact: ScoreGiven) -> None:
    """A low score alerts the team, a so-so one is a private task; a changed score changes what nobody acted upon."""
    if fact.kind != "csat":
        return
    subject, band = f"invitation:{fact.invitation}", band_of(fact.score)
    low, so_so = (turn.work.first(Alert, topic=topic, subject=subject) for topic in (LOW, SO_SO))
    for alert in (low, so_so):
        if alert is not None and alert.topic != band:
            _changed_away(turn, alert, fact)
    if band == LOW:
        _low(turn, low, fact)
    elif band == SO_SO and (low is None or low.state != "claimed"):
        _so_so(turn, so_so, fact)


def _low(turn: Turn, alert: Alert | None, fact: ScoreGiven) -> None:
    if alert is None:
        first_show(turn, _new(turn, LOW, fact))
        return
    state = "open" if alert.state == "withdrawn" else alert.state
    show(turn, turn.work.change(alert, state=state, **_said(alert, fact)))


def _said(alert: Alert, fact: ScoreGiven) -> dict[str, object]:
    return {"score": fact.score, "words": fact.words[:1000] or alert.words}


def _new(turn: Turn, topic: str, fact: ScoreGiven) -> Alert:
    invitation = turn.work.get(Invitation, fact.invitation)
    assert invitation is not None  # noqa: S101 - the score was just written on it
    return turn.work.add(
        Alert(
            topic=topic,
            subject=f"invitation:{fact.invitation}",
            customer=invitation.customer,
            invitation=invitation.id,
            score=fact.score,
            words=fact.words[:1000],
            made=turn.now,
        )
    )


def _changed_away(turn: Turn, alert: Alert, fact: ScoreGiven) -> None:
    """The score left this band: what nobody acted upon is withdrawn, a claim stays and its owner hears."""
    if alert.topic == SO_SO:
        _drop_task(turn, alert)
    state = "withdrawn" if alert.state == "open" else alert.state
    alert = turn.work.change(alert, state=state, **_said(alert, fact))
    show(turn, alert)
    if alert.state == "claimed" and (owner := _member(turn, alert.claimed_by)):
        name = cards.person_of(turn, alert)
        said = _("{name} has changed the score to {score}. Your task stays.", name=name, score=fact.score)
        turn.message_member(owner, Reply(said, urgency=Urgency.ALERT))


# showing


def first_show(turn: Turn, alert: Alert) -> None:
    """To every room that wants them; where there is none, privately to the owner and the managers."""
    rooms = turn.work.people.rooms(LOW)
    for room in rooms:
        reply = cards.alert_card(turn, alert)
        turn.say_to(room, _told_of(reply, alert))
    if not rooms:
        show_privately(turn, alert)


def _told_of(reply: Reply, alert: Alert) -> Reply:
    return Reply(reply.text, reply.options, card=reply.card, urgency=reply.urgency, tell=f"alert:{alert.id}")


def show_privately(turn: Turn, alert: Alert) -> None:
    """To the owner and the managers, saying how to have a room for it."""
    for member in looking_after(turn, alert.customer):
        turn.message_member(member, cards.alert_card(turn, alert, hint=True))


def show(turn: Turn, alert: Alert) -> None:
    """The card's new state everywhere it stands, except where somebody from outside looks on."""
    for place in turn.work.cards.places(cards.card_of(alert.id)):
        chat = turn.work.first(Conversation, address=place.key)
        if chat is not None and may_see(turn, chat):
            turn.say_to(chat, _card_for(turn, alert, chat))


def _card_for(turn: Turn, alert: Alert, chat: Conversation) -> Reply:
    if alert.topic == SO_SO:
        return cards.task_card(turn, alert, _task(turn, alert))
    hint = chat.kind == "private" and alert.state == "open" and not turn.work.people.rooms(LOW)
    return cards.alert_card(turn, alert, hint=hint)


def may_see(turn: Turn, chat: Conversation) -> bool:
    """Members' chats without outsiders, and private ones of members who are still with us."""
    if chat.side != "member" or chat.outsider or not chat.reachable:
        return False
    return chat.kind == "room" or _member(turn, chat.member) is not None


def looking_after(turn: Turn, customer: int) -> list[Member]:
    """The owner of the customer, then the managers."""
    found = turn.work.customers.get(customer)
    members = turn.work.people.members()
    owner = [member for member in members if found is not None and member.id == found.owner]
    return [*owner, *(m for m in members if m.role in MANAGERS and m not in owner)]


# claiming


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
    _drop_task(turn, alert)
    before = _member(turn, alert.claimed_by)
    alert = turn.work.change(alert, claimed_by=member.id, claimed=turn.now, assigned_by=by.id, reminder=None)
    _take(turn, alert, member)
    if before is not None and before.id not in (member.id, by.id):
        said = _("{name} takes care of {customer} now.", name=member.name, customer=cards.customer_name(turn, alert))
        turn.message_member(before, Reply(said, urgency=Urgency.ALERT))


def _take(turn: Turn, alert: Alert, member: Member) -> None:
    reminder = _call_task(turn, alert, member)
    alert = turn.work.change(alert, reminder=reminder.id)
    alert = tell_customer(turn, alert)
    show(turn, alert)
    on_record(turn, "claim", alert)
    if alert.assigned_by != member.id:
        turn.message_member(member, cards.alert_card(turn, alert))


def _call_task(turn: Turn, alert: Alert, member: Member) -> Reminder:
    zone = zone_of(member.zone or turn.workspace.zone)
    due = working(turn.now, SOON, zone, lambda day: works_on(turn, day))
    return set_reminder(turn, member, due, _task_text(turn, alert, member), customer=alert.customer)


def _task_text(turn: Turn, alert: Alert, member: Member) -> str:
    name, score, words = cards.person_of(turn, alert), alert.score or 0, alert.words[:200]
    said = _("Call {name} about the score of {score}", name=name, score=score)
    if words:
        said = _("Call {name} about the score of {score}: {words}", name=name, score=score, words=words)
    return plain(said.resolve(turn.words_for(None, member)))


def give_back(turn: Turn, alert: Alert) -> None:
    """Open for everybody again; only while the customer has been told nothing."""
    _drop_task(turn, alert)
    turn.work.timers.cancel(TELL, str(alert.id))
    alert = turn.work.change(alert, state="open", claimed_by=None, claimed=None, assigned_by=None, reminder=None)
    show(turn, alert)
    on_record(turn, "give-back", alert)


def on_record(turn: Turn, action: str, alert: Alert) -> None:
    """Audited, but not for undo: others act on it, so it is given back on its card."""
    actor = f"member:{turn.member.id}" if turn.member else "clock"
    turn.work.audit(actor, action, f"alert:{alert.id}")
    turn.work.changes = []


def _drop_task(turn: Turn, alert: Alert) -> None:
    task = _task(turn, alert)
    if task is not None and task.state == "open":
        remove_reminder(turn, task)


def _task(turn: Turn, alert: Alert) -> Reminder | None:
    return turn.work.reminders.get(alert.reminder) if alert.reminder else None


# the customer hears


def tell_customer(turn: Turn, alert: Alert) -> Alert:
    """At most once, in their language, by day, and only where they can and want to be reached."""
    member, task, chat = _member(turn, alert.claimed_by), _task(turn, alert), _chat(turn, alert)
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
    if owner := _member(turn, alert.claimed_by):
        said = _("{name} could not be told that you will call.", name=cards.person_of(turn, alert))
        turn.message_member(owner, Reply(said, urgency=Urgency.ALERT))


# so-so


def _so_so(turn: Turn, alert: Alert | None, fact: ScoreGiven) -> None:
    """A task for the owner, and for nobody else's eyes."""
    if alert is not None and alert.state == "open":
        show(turn, turn.work.change(alert, **_said(alert, fact)))
        return
    owner = next(iter(looking_after(turn, _customer_of(turn, fact))), None)
    if owner is None:
        return
    alert = _new(turn, SO_SO, fact) if alert is None else turn.work.change(alert, state="open", **_said(alert, fact))
    zone = zone_of(owner.zone or turn.workspace.zone)
    due = next_morning(turn.now, zone, lambda day: works_on(turn, day))
    reminder = set_reminder(turn, owner, due, _task_text(turn, alert, owner), customer=alert.customer)
    alert = turn.work.change(alert, reminder=reminder.id)
    turn.message_member(owner, cards.task_card(turn, alert, reminder))
    later = a_working_day_later(turn.now, zone, lambda day: works_on(turn, day))
    turn.work.timers.move(LATE, str(alert.id), later)


def nobody_acted(turn: Turn, alert: Alert) -> None:
    """A working day has passed: the managers hear, unless the task was done or somebody was in touch."""
    task = _task(turn, alert)
    if alert.state != "open" or task is None or task.state != "open" or _in_touch_since(turn, alert):
        return
    owner = _member(turn, task.member)
    for member in turn.work.people.members():
        if member.role in MANAGERS and member.id != task.member:
            turn.message_member(member, cards.late_card(turn, alert, owner))


def _in_touch_since(turn: Turn, alert: Alert) -> bool:
    return any(a.member is not None and a.logged > alert.made for a in turn.work.activities.last(alert.customer))


def works_on(turn: Turn, day: date) -> bool:
    """Whether the firm works that day."""
    return is_workday(day, Context(now=turn.now, country=turn.workspace.country))


def _customer_of(turn: Turn, fact: ScoreGiven) -> int:
    invitation = turn.work.get(Invitation, fact.invitation)
    return invitation.customer if invitation else 0


def _member(turn: Turn, id: int | None) -> Member | None:
    found = turn.work.get(Member, id) if id else None
    return found if found is not None and found.state == "active" else None
