"""Where an alert is seen: rooms without outsiders, else private chats; and whose it is."""

from __future__ import annotations

from dataclasses import replace

from bot.core.messages import Reply
from flows.alerts import cards
from flows.alerts.officers import officers
from flows.alerts.rules import LOW, SO_SO
from flows.reminders.actions import remove_reminder
from flows.router import MANAGERS
from flows.teams.rooms import stand_ins
from flows.turn import Turn
from store.models import Alert, Conversation, Invitation, Member, Reminder


def first_show(turn: Turn, alert: Alert) -> None:
    """To every room that wants them; where there is none, privately to the owner and the managers."""
    rooms = turn.work.people.rooms(LOW)
    for room in rooms:
        reply = cards.alert_card(turn, alert)
        turn.say_to(room, _told_of(reply, alert))
    if not rooms:
        show_privately(turn, alert)
        return
    told = stand_ins(turn, LOW)
    for member in [*told, *(other for other in _officers(turn, alert) if other not in told)]:
        turn.message_member(member, cards.alert_card(turn, alert))


def _told_of(reply: Reply, alert: Alert) -> Reply:
    return Reply(reply.text, reply.options, card=reply.card, urgency=reply.urgency, tell=f"alert:{alert.id}")


def show_privately(turn: Turn, alert: Alert) -> None:
    """To the owner and the managers, saying how to have a room for it."""
    after = looking_after(turn, alert.customer)
    for member in [*after, *(other for other in _officers(turn, alert) if other not in after)]:
        turn.message_member(member, cards.alert_card(turn, alert, hint=True), "score")


def _officers(turn: Turn, alert: Alert) -> list[Member]:
    """Whoever follows low scores for the firm, but never the member who served."""
    invitation = turn.work.get(Invitation, alert.invitation) if alert.invitation else None
    served = invitation.member if invitation is not None else None
    return [member for member in officers(turn) if member.id != served]


def show(turn: Turn, alert: Alert) -> None:
    """The card's new state everywhere it stands, except where somebody from outside looks on."""
    for place in turn.work.cards.places(cards.card_of(alert.id)):
        chat = turn.work.first(Conversation, address=place.key)
        if chat is not None and may_see(turn, chat):
            turn.say(replace(_card_for(turn, alert, chat), to=place))


def _card_for(turn: Turn, alert: Alert, chat: Conversation) -> Reply:
    if alert.topic == SO_SO:
        return cards.task_card(turn, alert, task_of(turn, alert))
    hint = chat.kind == "private" and alert.state == "open" and not turn.work.people.rooms(LOW)
    return cards.alert_card(turn, alert, hint=hint)


def may_see(turn: Turn, chat: Conversation) -> bool:
    """Members' chats without outsiders, and private ones of members who are still with us."""
    if chat.side != "member" or chat.outsider or not chat.reachable:
        return False
    return chat.kind == "room" or active_member(turn, chat.member) is not None


def looking_after(turn: Turn, customer: int) -> list[Member]:
    """The owner of the customer, then the managers."""
    found = turn.work.customers.get(customer)
    members = turn.work.people.members()
    owner = [member for member in members if found is not None and member.id == found.owner]
    return [*owner, *(m for m in members if m.role in MANAGERS and m not in owner)]


def task_of(turn: Turn, alert: Alert) -> Reminder | None:
    """The task that came of it."""
    return turn.work.reminders.get(alert.reminder) if alert.reminder else None


def drop_task(turn: Turn, alert: Alert) -> None:
    """The task goes, unless it is done."""
    task = task_of(turn, alert)
    if task is not None and task.state == "open":
        remove_reminder(turn, task)


def active_member(turn: Turn, id: int | None) -> Member | None:
    """The member, while with us."""
    found = turn.work.get(Member, id) if id else None
    return found if found is not None and found.state == "active" else None
