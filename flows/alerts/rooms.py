"""Which rooms get alerts: registered by a word in the room, and only where nobody from outside looks on."""

from __future__ import annotations

from bot.core.messages import Reply
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.alerts.rules import LOW
from flows.router import MANAGERS
from flows.turn import Turn
from store.models import Conversation, Route

NAMES = frozenset({LOW, "low score", "low", "低分", "低分提醒", "低分警报", "差评"})
OFF = frozenset({"off", "stop", "关闭", "取消", "停止"})


def room_alerts(turn: Turn, room: Conversation, wanted: str) -> Text:
    """Registers, ends or lists, for the room it is said in."""
    if not wanted:
        return _listed_here(turn, room)
    if turn.me().role not in MANAGERS:
        return _("Only managers and owners choose which room gets alerts.")
    if wanted in OFF:
        return _end(turn, room)
    if wanted not in NAMES:
        return _unknown(wanted)
    return _register(turn, room)


def _register(turn: Turn, room: Conversation) -> Text:
    if room.outsider or room.side != "member" or room.customer is not None:
        return _("No alerts here: somebody from outside the firm is in this room.")
    if turn.work.first(Route, conversation=room.id, topic=LOW) is not None:
        return _("Low scores are shown here already.")
    turn.work.add(Route(conversation=room.id, topic=LOW))
    turn.did(_("alerts on: low scores"))
    return _("Low scores are shown here from now on. Anybody here can claim one.")


def _end(turn: Turn, room: Conversation) -> Text:
    rows = turn.work.find(Route, conversation=room.id, topic=LOW)
    for row in rows:
        turn.work.remove(row)
    if not rows:
        return _("No alerts are shown here.")
    turn.did(_("alerts off: low scores"))
    return _("No more alerts here. Without a room they go to the owner and the managers.")


def _listed_here(turn: Turn, room: Conversation) -> Text:
    if turn.work.first(Route, conversation=room.id, topic=LOW) is None:
        return lines(_("No alerts are shown here."), _example())
    if room.outsider:
        return _("Low scores are registered here but held back: somebody from outside is in this room.")
    return lines(_("Shown here: low scores."), _("To end it: {command}", command=code("/alerts off")))


def explained(turn: Turn, wanted: str) -> Reply | Text:
    """In private: what there is, and where it goes; a room is registered in the room itself."""
    if wanted and wanted not in NAMES | OFF:
        return _unknown(wanted)
    rooms = turn.work.people.rooms(LOW)
    names = ", ".join(room.title or room.address.split(":")[2] for room in rooms)
    where = _("Low scores go to {rooms}.", rooms=names) if rooms else _("Low scores go to the owner and the managers.")
    return Reply(lines(where, _("A manager chooses a room by writing this in it:"), code("/alerts low scores")))


def _unknown(wanted: str) -> Text:
    return lines(_("I know no alerts called “{name}”.", name=wanted[:40]), _example())


def _example() -> Text:
    return _("Example: {example}", example=code("/alerts low scores"))
