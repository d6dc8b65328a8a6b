"""What a room wants to be shown: registered by a word in the room, and only where nobody from outside looks on."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.messages import Reply
from bot.core.text import Text, code, join, lines
from bot.core.text import gettext as _
from flows.alerts.rules import LOW, SERVICE
from flows.router import MANAGERS
from flows.teams.rooms import TOPICS
from flows.turn import Turn
from store.models import Conversation, Route

NAMES: Mapping[str, str] = {
    **dict.fromkeys((LOW, "low score", "low", "低分", "低分提醒", "低分警报", "差评"), LOW),
    **dict.fromkeys(
        (SERVICE, "requests", "tickets", "support", "客服", "服务", "工单", "客户请求", "客户消息"), SERVICE
    ),
}
OFF = frozenset({"off", "stop", "关闭", "取消", "停止"})
_HERE: Mapping[str, Text] = {
    LOW: _("Low scores are shown here from now on. Anybody here can claim one."),
    SERVICE: _(
        "What customers write is shown here from now on, each request with its own thread."
        " What you reply there stays among us; only the Answer button, or “reply: …”, writes to the customer."
    ),
}
_ALREADY: Mapping[str, Text] = {
    LOW: _("Low scores are shown here already."),
    SERVICE: _("What customers write is shown here already."),
}


def room_alerts(turn: Turn, room: Conversation, wanted: str) -> Text:
    """Registers, ends or lists, for the room it is said in."""
    if not wanted:
        return _listed_here(turn, room)
    if turn.me().role not in MANAGERS:
        return _("Only managers and owners choose which room gets alerts.")
    first, _space, rest = wanted.partition(" ")
    if first in OFF and (not rest or rest in NAMES):
        return _end(turn, room, NAMES.get(rest, ""))
    if wanted not in NAMES:
        return _unknown(wanted)
    return _register(turn, room, NAMES[wanted])


def _register(turn: Turn, room: Conversation, topic: str) -> Text:
    if room.outsider or room.side != "member" or room.customer is not None:
        return _("No alerts here: somebody from outside the firm is in this room.")
    if turn.work.first(Route, conversation=room.id, topic=topic) is not None:
        return _ALREADY[topic]
    turn.work.add(Route(conversation=room.id, topic=topic))
    turn.did(_("alerts on: {topic}", topic=TOPICS[topic]))
    return _HERE[topic]


def _end(turn: Turn, room: Conversation, topic: str) -> Text:
    """One kind, or all that the room has."""
    rows = [row for row in turn.work.find(Route, conversation=room.id) if row.topic in ({topic} if topic else TOPICS)]
    for row in rows:
        turn.work.remove(row)
    if not rows:
        return _("No alerts are shown here.")
    turn.did(_("alerts off: {topic}", topic=_named([row.topic for row in rows])))
    return _("No more alerts here. Without a room they go to the owner and the managers.")


def _listed_here(turn: Turn, room: Conversation) -> Text:
    topics = [row.topic for row in turn.work.find(Route, conversation=room.id) if row.topic in TOPICS]
    if not topics:
        return lines(_("No alerts are shown here."), _example())
    named = _named(topics)
    if room.outsider:
        return _("Registered here but held back: {topics}. Somebody from outside is in this room.", topics=named)
    return lines(_("Shown here: {topics}.", topics=named), _("To end it: {command}", command=code("/alerts off")))


def _named(topics: list[str]) -> Text:
    return join(", ", [TOPICS[topic] for topic in TOPICS if topic in topics])


def explained(turn: Turn, wanted: str) -> Reply | Text:
    """In private: what there is, and where it goes; a room is registered in the room itself."""
    if wanted and wanted not in NAMES and wanted not in OFF:
        return _unknown(wanted)
    return Reply(
        lines(
            _goes(turn, LOW, _("Low scores go to the owner and the managers.")),
            _goes(turn, SERVICE, _("What customers write goes to whoever looks after it.")),
            _("A manager chooses a room by writing this in it:"),
            code("/alerts low scores"),
            code("/alerts service"),
        )
    )


def _goes(turn: Turn, topic: str, nowhere: Text) -> Text:
    rooms = turn.work.people.rooms(topic)
    names = ", ".join(room.title or room.address.split(":")[2] for room in rooms)
    if not rooms:
        return nowhere
    if topic == LOW:
        return _("Low scores go to {rooms}.", rooms=names)
    return _("What customers write is shown in {rooms}, too.", rooms=names)


def _unknown(wanted: str) -> Text:
    return lines(_("I know no alerts called “{name}”.", name=wanted[:40]), _example())


def _example() -> Text:
    return _("Example: {example}", example=code("/alerts low scores"))
