"""Inviting, promoting and removing members, and handing over what they looked after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.errors import BadInput, NotAllowed, NotFound, TooLate
from bot.core.messages import Reply
from bot.core.text import Text, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.arrival import role_name
from flows.reminders.actions import TIMER
from flows.reminders.rules import next_ring, wall_of
from flows.setup.actions import make_pass
from flows.setup.entrance import Invitation, invitation
from flows.teams.rules import may_change, may_give
from flows.tickets.actions import assign
from flows.turn import Turn
from flows.words import zone_of
from store.models import Change, Conversation, Identity, Member, Promise, Reminder, Route

FOREVER = timedelta(days=36500)
LINK_LIFETIME = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Handover:
    """What went to whom when somebody left."""

    successor: Member
    customers: int
    reminders: Sequence[Reminder]
    stopped: int
    known: Sequence[int] = ()
    """The customers themselves."""


def invite(turn: Turn, role: str) -> Invitation:
    """A single-use code for a colleague; raises NotAllowed."""
    me = turn.me()
    if not may_give(me.role, role):
        raise NotAllowed(_("Only an owner makes somebody {role}.", role=role_name(role)))
    turn.work.audit(f"member:{me.id}", "invited", role)
    return invitation(turn.work, make_pass(turn.work, "member", role=role, by=me.id), "member")


def link_code(turn: Turn) -> Invitation:
    """A code with which this member comes in on another platform."""
    me = turn.me()
    token = make_pass(turn.work, "rejoin", member=me.id, by=me.id, lifetime=LINK_LIFETIME)
    return invitation(turn.work, token, "member")


def invite_back(turn: Turn, member: Member) -> Invitation:
    """A code with which a removed member is who they were; raises NotAllowed or TooLate."""
    me = turn.me()
    if member.state == "active":
        raise TooLate(_("{name} is here already.", name=member.name))
    if not may_change(me.role, member.role):
        raise NotAllowed(_("Only an owner may do that with {name}.", name=member.name))
    turn.work.audit(f"member:{me.id}", "invited", f"member:{member.id}")
    return invitation(turn.work, make_pass(turn.work, "rejoin", member=member.id, by=me.id), "member")


def give_role(turn: Turn, member: Member, role: str) -> Member:
    """Another role, at once; raises NotAllowed or BadInput."""
    me = turn.me()
    _check(turn, member)
    if not may_give(me.role, role):
        raise NotAllowed(_("Only an owner makes somebody {role}.", role=role_name(role)))
    if member.role == role:
        raise BadInput(_("{name} is {role} already.", name=member.name, role=role_name(role)))
    changed = turn.work.change_own(member, role=role)
    turn.work.audit(f"member:{me.id}", f"role:{role}", f"member:{member.id}")
    return changed


def role_back(turn: Turn, change: Change) -> Member:
    """The role that was had before, by whoever may still give it; raises NotAllowed or TooLate."""
    _table, id, before, after = change.rows[0]
    member = turn.work.get(Member, id)
    if member is None or member.state != "active" or not before or not after or member.role != after["role"]:
        raise TooLate(_("This can't be undone any more: somebody has changed it since."))
    changed = give_role(turn, member, before["role"])
    turn.work.change(change, state="settled", at=turn.now)
    turn.work.for_good()
    return changed


def may_remove(turn: Turn, member: Member) -> None:
    """Raises NotAllowed or TooLate where this person may not remove that one."""
    if member.state != "active":
        raise TooLate(_("{name} was removed already.", name=member.name))
    if member.id == turn.me().id:
        raise NotAllowed(_("You can't remove yourself; another owner can."))
    _check(turn, member)


def _check(turn: Turn, member: Member) -> None:
    if not may_change(turn.me().role, member.role):
        raise NotAllowed(_("Only an owner may do that with {name}.", name=member.name))
    owners = [other for other in turn.work.people.members() if other.role == "owner"]
    if member.role == "owner" and len(owners) == 1:
        raise NotAllowed(_("{name} is the only owner: make somebody else an owner first.", name=member.name))


def successors(turn: Turn, member: Member) -> list[Member]:
    """Who can take over: whoever acts first, then the others who may write."""
    others = [other for other in turn.work.people.members() if other.id != member.id and other.role != "viewer"]
    return sorted(others, key=lambda other: other.id != turn.me().id)


def remove(turn: Turn, member: Member, successor: Member) -> Handover:
    """Ends the membership in this turn: identities, links, buttons, waiting messages; the work is handed over."""
    may_remove(turn, member)
    if successor.state != "active" or successor.id == member.id:
        raise NotFound(_("{name} is not here any more: choose somebody else.", name=successor.name))
    work = turn.work
    customers = work.customers.owned_by(member.id)
    for customer in customers:
        work.customers.change(customer, owner=successor.id)
    reminders = [hand_over_reminder(turn, row, successor) for row in work.reminders.open(member.id, turn.now + FOREVER)]
    for promise in work.find(Promise, member=member.id, state="open"):
        work.change(promise, member=successor.id)
    for ticket in work.desk.of_owner(member.id):
        assign(turn, ticket, successor.id)
    stopped = work.outbox.waiting(turn_chats(turn, member))
    work.people.cut_off(member)
    work.change(member, state="removed", home="")
    work.timers.cancel("brief", str(member.id))
    work.timers.cancel("digest", f"m{member.id}")
    work.audit(f"member:{turn.me().id}", "removed", f"member:{member.id}")
    work.audit(f"member:{turn.me().id}", "handed_over", f"member:{successor.id}")
    work.for_good()
    return Handover(successor, len(customers), reminders, stopped, [customer.id for customer in customers])


def turn_chats(turn: Turn, member: Member) -> list[str]:
    """The addresses of the member's own chats."""
    return [chat.address for chat in turn.work.people.private_chats(member)]


def hand_over_reminder(turn: Turn, reminder: Reminder, successor: Member) -> Reminder:
    """Once: the same instant, on the successor's clock. A series: the same wall time there."""
    zone = successor.zone or turn.workspace.zone
    due, wall = reminder.due, reminder.wall
    if reminder.rule:
        due = next_ring(wall, reminder.rule, zone_of(zone), turn.now) or due
    else:
        wall = wall_of(due, zone_of(zone))
    turn.work.timers.move(TIMER, str(reminder.id), due)
    return turn.work.change(reminder, member=successor.id, due=due, wall=wall, zone=zone)


def tell_successor(turn: Turn, gone: Member, what: Handover) -> None:
    """What is theirs now: each reminder with its time on their clock, each customer with what one has to know."""
    from flows.handover.actions import to_know

    shown = what.reminders[:10]
    body = lines(
        _("{name} has left. What {name} looked after is yours now:", name=gone.name),
        ngettext("{n} customer", "{n} customers", what.customers),
        *(_line(reminder) for reminder in shown),
        ngettext("and {n} more", "and {n} more", len(what.reminders) - len(shown))
        if len(what.reminders) > len(shown)
        else None,
        ngettext(
            "{n} message to {name} was stopped.", "{n} messages to {name} were stopped.", what.stopped, name=gone.name
        )
        if what.stopped
        else None,
        *(text("\n", part) for part in to_know(turn, what.known)),
    )
    turn.message_member(what.successor, Reply(body), "team")


def _line(reminder: Reminder) -> Text:
    head = text("• ", reminder.text or _("follow up"), ": ")
    if reminder.rule:
        return head + _("repeats, next {when}, at the same time of day on your clock", when=moment(reminder.due))
    return head + _("{when}, the same moment as before", when=moment(reminder.due))


def tell_rooms(turn: Turn, gone: Member, successor: Member) -> list[Conversation]:
    """Rooms with alerts hear whom to ask now; returns them, because somebody has to take the person out there."""
    ids = dict.fromkeys(route.conversation for route in turn.work.find(Route))
    rooms = [room for id in ids if (room := turn.work.get(Conversation, id)) and room.reachable and not room.outsider]
    said = _(
        "{name} has left the team. {successor} looks after those customers now.",
        name=gone.name,
        successor=successor.name,
    )
    for room in rooms:
        if turn.where is None or room.address != turn.where.key:
            turn.say_to(room, Reply(said))
    return rooms


def unlink(turn: Turn, identity: Identity) -> None:
    """One of a member's chats is no longer theirs; raises NotFound where it was not."""
    me = turn.me()
    for chat in turn.work.people.private_chats(me):
        if chat.platform == identity.platform and chat.account == identity.account and chat.id != turn.here().id:
            turn.work.outbox.cancel(chat.address)
            turn.work.cards.forget(chat.address)
            turn.work.change(chat, member=None, dialog=None, choices=[])
    turn.work.change(identity, member=None, former=None)
    if me.home != turn.here().address:
        turn.member = turn.work.change(me, home=turn.here().address)
    turn.work.audit(f"member:{me.id}", "unlinked", f"identity:{identity.id}")
