"""The firm's own steps: added, renamed, moved and removed in chat; tickets follow."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.core.errors import BadInput, NotFound
from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, join, lines, ngettext, plain, text
from bot.core.text import gettext as _
from flows.replies import below
from flows.tickets import actions
from flows.tickets.facts import TicketChanged, TicketMoved
from flows.tickets.rules import FLOW, STATES, STEPS, Step, nearest, shown
from flows.turn import Turn
from flows.words import Language, Words
from store.models import FlowStep, Ticket

CARD = "flow"
LONGEST, MOST = 40, 15
LANGUAGES: tuple[Language, ...] = ("en", "zh")
STATE_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("open", "work", "working", "处理", "处理中", "进行中", "未完成"), "open"),
    **dict.fromkeys(("waiting", "wait", "customer", "等待", "等客户", "等客户回复", "待客户"), "waiting"),
    **dict.fromkeys(("solved", "done", "解决", "已解决", "完成"), "solved"),
    **dict.fromkeys(("closed", "close", "关闭", "已关闭", "结单"), "closed"),
}
_STATE = "|".join(sorted(map(re.escape, STATE_WORDS), key=len, reverse=True))
_ADD = re.compile(
    r"^(?:add|new|添加|新增|增加|加)\s*[:：]?\s*(?P<name>.+?)"
    r"(?:\s*[,，]?\s*(?:(?P<side>after|before)\s+(?P<near>.+?)|(?:放?在)\s*(?P<zh_near>.+?)\s*之?(?P<zh_side>前|后)面?))?"
    rf"(?:\s*[,，]?\s*(?:\(|（|as\s+|:|：|状态\s*)(?P<state>{_STATE})\s*[)）]?)?$",
    re.IGNORECASE,
)
_RENAME = re.compile(
    r"^(?:rename|call|改名|重命名|把)\s*[:：]?\s*(?P<name>.+?)\s*(?:\bto\b|→|->|\bas\b|改(?:名)?(?:为|成|叫)|为|成|叫)\s*(?P<to>.+)$",
    re.IGNORECASE,
)
_REMOVE = re.compile(r"^(?:remove|delete|drop|删除|移除|去掉|删)\s*[:：]?\s*(?P<name>.+)$", re.IGNORECASE)
_MOVE = re.compile(
    r"^(?:move|put|移动|调整|移)\s*[:：]?\s*(?P<name>.+?)\s*"
    r"(?:\b(?P<side>before|after)\s+(?P<near>.+)|(?:到|至|放?在)\s*(?P<zh_near>.+?)\s*之?(?P<zh_side>前|后)面?)$",
    re.IGNORECASE,
)
_BECOME = re.compile(
    rf"^(?:state|状态)\s*[:：]?\s*(?P<name>.+?)\s*(?:\bto\b|\bis\b|→|为|是|改为|改成|[:：])?\s*(?P<state>{_STATE})$",
    re.IGNORECASE,
)


def called(flow: Sequence[Step], turn: Turn, words: str) -> Step | None:
    """The step of that name, as the firm calls it or as we do in any language."""
    wanted = words.strip().casefold()
    return next((step for step in flow if wanted in _names(step, turn)), None) if wanted else None


def _names(step: Step, turn: Turn) -> set[str]:
    spoken = {plain(shown(step).resolve(Words(language, turn.words.zone, turn.now))) for language in LANGUAGES}
    return {name.casefold() for name in (*spoken, *(() if step.label else (step.name,)))}


def names(flow: Sequence[Step]) -> Text:
    """The steps, one after the other."""
    return _("Steps: {steps}", steps=join(" → ", [shown(step) for step in flow]))


def edit(turn: Turn, words: str) -> Reply:
    """One sentence that changes the flow; raises BadInput with an example."""
    said = " ".join(words.split())
    for pattern, act in ((_ADD, _add), (_RENAME, _rename), (_REMOVE, _remove), (_MOVE, _move), (_BECOME, _become)):
        if match := pattern.match(said):
            return act(turn, {name: value or "" for name, value in match.groupdict().items()})
    raise BadInput(lines(_("I did not understand “{rest}”.", rest=said[:60]), *_examples()))


def _examples() -> list[Text]:
    return [
        _("Example: {example}", example=code(_("/flow add part ordered after in work"))),
        code(_("/flow rename in work to repair")),
        code(_("/flow remove part ordered")),
    ]


def flow_card(turn: Turn) -> Reply:
    """The steps with their states and how many tickets stand in each."""
    flow = actions.flow_of(turn)
    load: dict[str, int] = {}
    for ticket in turn.work.desk.open():
        load[ticket.step] = load.get(ticket.step, 0) + 1
    rows = [
        text(f"{at}. ", join(" · ", [shown(step), *_state(step), *_count(load.get(step.name, 0))]))
        for at, step in enumerate(flow, 1)
    ]
    undo = Option(_("Undo"), f"undo:{CARD}") if turn.note and turn.note.card == CARD else None
    said = lines(bold(_("Steps of a ticket")), *rows, *_examples())
    return below(turn, Reply(said, (undo,) if undo else (), card=CARD))


def _state(step: Step) -> list[Text]:
    """What a step means, where its name does not say so."""
    return [STATES[step.state]] if step.label else []


def _count(tickets: int) -> list[Text]:
    return [ngettext("{n} ticket", "{n} tickets", tickets)] if tickets else []


def _add(turn: Turn, said: Mapping[str, str]) -> Reply:
    name = said["name"].strip()
    rows = laid_out(turn)
    _check(turn, name)
    if len(rows) >= MOST:
        raise BadInput(_("More than {n} steps are of use to nobody.", n=str(MOST)))
    state = STATE_WORDS.get(said["state"].casefold(), "open")
    near = said["near"] or said["zh_near"]
    if near:
        place = _place(rows, _row(turn, near), said)
    else:
        place = max((at for at, row in enumerate(rows) if row.state == state), default=len(rows) - 1) + 1
    step = turn.work.add(FlowStep(key=_key(turn, name), name=name, state=state, position=0))
    rows.insert(place, step)
    _renumber(turn, rows)
    return _done(turn, _("step “{name}” added", name=name))


def _rename(turn: Turn, said: Mapping[str, str]) -> Reply:
    laid_out(turn)
    row, name = _row(turn, said["name"]), said["to"].strip()
    _check(turn, name)
    turn.work.change(row, name=name)
    _show_tickets(turn, row.key)
    return _done(turn, _("step “{name}” is called “{to}” now", name=said["name"].strip()[:LONGEST], to=name))


def _remove(turn: Turn, said: Mapping[str, str]) -> Reply:
    """Tickets that stand there go to the nearest step of the same state; the last of a state stays."""
    rows = laid_out(turn)
    row = _row(turn, said["name"])
    flow = actions.flow_of(turn)
    place = next(at for at, one in enumerate(rows) if one.id == row.id)
    left = [step for step in flow if step.name != row.key]
    to = nearest(left, place, row.state)
    if to is None:
        raise BadInput(_("“{name}” stays: it is the last step that means “{state}”.", **_parts(row)))
    for ticket in turn.work.find(Ticket, step=row.key):
        if ticket.state in ("open", "waiting", "solved"):
            actions.move(turn, ticket, to)
    turn.work.remove(row)
    return _done(turn, _("step “{name}” removed", name=_parts(row)["name"]))


def _move(turn: Turn, said: Mapping[str, str]) -> Reply:
    rows = laid_out(turn)
    row, near = _row(turn, said["name"]), _row(turn, said["near"] or said["zh_near"])
    if row.id == near.id:
        raise BadInput(_("Say before or after which other step."))
    rows = [one for one in rows if one.id != row.id]
    rows.insert(_place(rows, near, said), row)
    _renumber(turn, rows)
    return _done(turn, _("step “{name}” moved", name=_parts(row)["name"]))


def _become(turn: Turn, said: Mapping[str, str]) -> Reply:
    """A step may count as work of ours or as waiting for the customer; its tickets follow, and so do their clocks."""
    laid_out(turn)
    row, state = _row(turn, said["name"]), STATE_WORDS[said["state"].casefold()]
    both = {"open", "waiting"}
    if row.state == state:
        raise BadInput(_("“{name}” means “{state}” already.", **_parts(row)))
    if {row.state, state} != both:
        raise BadInput(_("Only open and waiting can be exchanged. Add a step of its own instead."))
    if sum(step.state == row.state for step in actions.flow_of(turn)) == 1:
        raise BadInput(_("“{name}” stays: it is the last step that means “{state}”.", **_parts(row)))
    turn.work.change(row, state=state)
    for ticket in turn.work.find(Ticket, step=row.key):
        if ticket.state in both:
            before = ticket.step, ticket.state
            actions.stay(turn, turn.work.change(ticket, state=state))
            turn.tell(TicketMoved(ticket.id, *before))
    return _done(turn, _("step “{name}” means “{state}” now", name=_parts(row)["name"], state=STATES[state]))


def _done(turn: Turn, label: Text) -> Reply:
    turn.did(label, CARD)
    return flow_card(turn)


def laid_out(turn: Turn) -> list[FlowStep]:
    """The steps as rows; the ready ones are written down when they are first changed, which is nobody's act."""
    found = sorted(turn.work.find(FlowStep), key=lambda row: (row.position, row.id))
    if not found:
        changes = list(turn.work.changes)
        found = [
            turn.work.add(FlowStep(key=step.name, state=step.state, position=at * 10)) for at, step in enumerate(FLOW)
        ]
        turn.work.changes = changes
    return found


def _renumber(turn: Turn, rows: Sequence[FlowStep]) -> None:
    for at, row in enumerate(rows):
        turn.work.change(row, position=at * 10)


def _place(rows: Sequence[FlowStep], near: FlowStep, said: Mapping[str, str]) -> int:
    before = said["side"].casefold() == "before" or said["zh_side"] == "前"
    return next(at for at, row in enumerate(rows) if row.id == near.id) + (not before)


def _row(turn: Turn, name: str) -> FlowStep:
    flow = actions.flow_of(turn)
    step = called(flow, turn, name.strip(" “”\"'"))
    row = turn.work.first(FlowStep, key=step.name) if step else None
    if row is None:
        raise NotFound(lines(_("There is no step “{name}”.", name=name.strip()[:LONGEST]), names(flow)))
    return row


def _check(turn: Turn, name: str) -> None:
    if not name or len(name) > LONGEST:
        raise BadInput(_("A step's name has 1 to {n} characters.", n=str(LONGEST)))
    if called(actions.flow_of(turn), turn, name) is not None:
        raise BadInput(_("There is a step “{name}” already.", name=name))


def _key(turn: Turn, name: str) -> str:
    """What tickets keep: the first name, or another where a step that was renamed had that one first."""
    taken = {row.key for row in turn.work.find(FlowStep)} | set(STEPS)
    at, key = 1, name
    while key in taken:
        at += 1
        key = f"{name} {at}"
    return key


def _parts(row: FlowStep) -> dict[str, Text]:
    return {"name": shown(Step(row.key, row.state, row.name)), "state": STATES[row.state]}


def _show_tickets(turn: Turn, key: str) -> None:
    for ticket in turn.work.find(Ticket, step=key):
        if ticket.state in ("open", "waiting"):
            turn.tell(TicketChanged(ticket.id))
