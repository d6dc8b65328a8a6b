"""What a rule does, as people write it: alert a room, give a task, tell somebody, tag, change the priority."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.core.messages import Address, Reply, Urgency
from bot.core.text import Text, lines, text
from bot.core.text import gettext as _
from flows.alerts.rules import next_morning
from flows.arguments import colleague
from flows.automation.occasions import PRIORITY, Happening
from flows.reminders.actions import set_reminder
from flows.reminders.calendars import works_in
from flows.router import MANAGERS
from flows.tickets.actions import change
from flows.tickets.rules import PRIORITIES
from flows.turn import Turn
from flows.words import zone_of
from store.models import Conversation, Firing, Member, Rule

Step = list[Any]
_ALERT = re.compile(r"(?:alert|post|tell|warn|notify|提醒|通知|发到)\s*(?:in|to)?\s*(?P<room>#.+)", re.IGNORECASE)
_HERE = re.compile(r"(?:alert|post|warn|notify|提醒|通知|发到)\s*(?:here|this room|本群|这里|这个群)?", re.IGNORECASE)
_TELL = re.compile(r"(?:tell|alert|notify|warn|告诉|通知|提醒)\s*@?(?P<who>.+)", re.IGNORECASE)
_TASK = re.compile(
    r"(?:task|remind|任务|安排)\s*@?(?P<who>owner|the owner|负责人|客户经理|\S+)\s+(?P<what>.+?)"
    r"(?:\s*[+＋]\s*(?P<days>\d{1,3})\s*(?:d(?:ays?)?|天|日))?",
    re.IGNORECASE,
)
_TAG = re.compile(r"(?:tag|标签|打标签)\s*[:：+#]?\s*(?P<tag>\S+)", re.IGNORECASE)
_PRIORITY = re.compile(
    r"(?:priority|优先级)\s*[:：=]?\s*(?P<level>urgent|high|normal|low|紧急|高|普通|低)", re.IGNORECASE
)
_LEVELS = {name: level for level, name in PRIORITY.items()} | {"紧急": 1, "高": 2, "普通": 3, "低": 4}
_OWNER = frozenset({"owner", "the owner", "负责人", "客户经理"})
_MYSELF = frozenset({"me", "myself", "我", "我自己"})
_BOSSES = frozenset({"manager", "managers", "the manager", "经理", "主管"})


class Unknown(ValueError):
    """A step that can't be read; the message is that step."""


def read(turn: Turn, words: str) -> list[Step]:
    """The steps that are meant; raises Unknown with the first that is none, or names nobody."""
    parts = [part.strip() for part in re.split(r"\s*(?:;|；|\band then\b|并且|然后)\s*", words) if part.strip()]
    if not parts:
        raise Unknown(words)
    return [_read(turn, part) for part in parts]


def _read(turn: Turn, part: str) -> Step:
    if match := _ALERT.fullmatch(part):
        room = _room(turn, match["room"].lstrip("#").strip())
        if room is None:
            raise Unknown(part)
        return ["alert", room.id]
    if not turn.private and _HERE.fullmatch(part):
        return ["alert", turn.here().id]
    if match := _PRIORITY.fullmatch(part):
        return ["priority", _LEVELS[match["level"].casefold()]]
    if match := _TAG.fullmatch(part):
        return ["tag", match["tag"].lstrip("#+")[:60]]
    if match := _TASK.fullmatch(part):
        return ["task", _whom(turn, match["who"], part), match["what"].strip(" \"“”'"), int(match["days"] or 1)]
    if match := _TELL.fullmatch(part):
        return ["tell", _whom(turn, match["who"], part)]
    raise Unknown(part)


def _room(turn: Turn, title: str) -> Conversation | None:
    rooms = turn.work.find(Conversation, kind="room", side="member", outsider=False)
    named = [room for room in rooms if room_name(room).casefold() == title.casefold()]
    return next((room for room in named if not Address.of(room.address).thread), None)


def room_name(room: Conversation | None) -> str:
    """What a room is called; where the platform has not said so, its id there."""
    return (room.title or Address.of(room.address).chat).lstrip("#") if room is not None else "?"


def _whom(turn: Turn, who: str, part: str) -> str:
    """ "owner", "managers", or a member's number."""
    said = who.strip().lstrip("@").casefold()
    if said in _MYSELF:
        return str(turn.me().id)
    if said in _OWNER:
        return "owner"
    if said in _BOSSES:
        return "managers"
    found = colleague(turn, who.strip().lstrip("@"))
    if found is None:
        raise Unknown(part)
    return str(found.id)


def shown(turn: Turn, step: Step) -> Text:
    """The step in words."""
    verb = step[0]
    if verb == "alert":
        room = turn.work.get(Conversation, step[1])
        return _("alert #{room}", room=room_name(room))
    if verb == "task":
        return _("task for {who} after {n} d: {what}", who=_name(turn, step[1]), n=str(step[3]), what=step[2])
    if verb == "tell":
        return _("tell {who}", who=_name(turn, step[1]))
    if verb == "tag":
        return _("tag #{tag}", tag=step[1])
    return _("priority {level}", level=PRIORITIES[step[1]])


def _name(turn: Turn, who: str) -> Text:
    if who == "owner":
        return _("the owner")
    if who == "managers":
        return _("the managers")
    member = turn.work.get(Member, int(who))
    return text(member.name if member else "?")


def people(turn: Turn, who: str, customer: int) -> list[Member]:
    """Those who are meant and still here; without an owner the managers."""
    members = turn.work.people.members()
    managers = [member for member in members if member.role in MANAGERS]
    if who == "managers":
        return managers
    if who == "owner":
        found = turn.work.customers.get(customer)
        return [member for member in members if found is not None and member.id == found.owner] or managers
    return [member for member in members if str(member.id) == who]


def act(turn: Turn, step: Step, happening: Happening, firing: Firing, card: Reply) -> None:
    """One step for one happening."""
    verb = step[0]
    if verb == "alert":
        room = turn.work.get(Conversation, step[1])
        if room is None or room.outsider or not room.reachable:
            for member in people(turn, "managers", happening.customer):
                turn.message_member(member, card, "alert")
        else:
            turn.say_to(room, card)
    elif verb == "tell":
        for member in people(turn, step[1], happening.customer):
            turn.message_member(member, card, "alert")
    elif verb == "task":
        for member in people(turn, step[1], happening.customer)[:1]:
            _task(turn, member, step, happening)
    elif verb == "tag":
        turn.work.customers.tag(happening.customer, [step[1]])
    elif verb == "priority" and happening.ticket is not None:
        ticket = turn.work.desk.get(happening.ticket)
        if ticket is not None and ticket.priority > step[1]:
            change(turn, ticket, priority=step[1])


def _task(turn: Turn, member: Member, step: Step, happening: Happening) -> None:
    works = works_in(turn)
    due = turn.now
    for _day in range(max(step[3], 1)):
        due = next_morning(due, zone_of(member.zone or turn.workspace.zone), works)
    set_reminder(turn, member, due, f"{step[2]} · {happening.words}"[:500], customer=happening.customer)
    told = lines(_("A rule gives you a task:"), text(step[2]), happening.words)
    if turn.member is None or turn.member.id != member.id:
        turn.message_member(member, Reply(told, urgency=Urgency.ALERT), "alert")


def steps_of(rule: Rule) -> list[Step]:
    """What it does."""
    found: list[Step] = json.loads(rule.then)
    return found
