"""Colleagues change or delete what they wrote about a request: notes everywhere, answers only on purpose."""

from __future__ import annotations

from bot.core.messages import Deleted, Edited
from flows.relay import outward, rules
from flows.relay.actions import rewritten, taken_back
from flows.router import EDITORS, NOT_MINE, NotMine, heard
from flows.turn import Turn
from store.models import Line


@heard("edited", for_=EDITORS)
def edited(turn: Turn, edited: Edited) -> NotMine | None:
    line = _own(turn)
    if line is None:
        return NOT_MINE
    if line.kind == "note":
        if line.state != "deleted" and line.text != edited.text:
            rewritten(turn, line, edited.text)
        return None
    _now(turn, line, rules.retyped(edited.text))
    return None


@heard("deleted", for_=EDITORS)
def deleted(turn: Turn, deleted: Deleted) -> NotMine | None:
    line = _own(turn)
    if line is None:
        return NOT_MINE
    if line.kind == "note":
        taken_back(turn, line)
    else:
        _now(turn, line, "")
    return None


def _now(turn: Turn, line: Line, words: str) -> None:
    """Before it left the draft is what its message says now; afterwards a correction is offered."""
    ticket = turn.work.desk.get(line.ticket)
    if ticket is None or line.text == words or line.state == "deleted":
        return
    if line.state in (*rules.UNSENT, "failed"):
        if words:
            outward.changed(turn, ticket, line, words)
        else:
            outward.drop(turn, line)
    else:
        outward.correct(turn, ticket, line, words)


def _own(turn: Turn) -> Line | None:
    """The newest line that this message became; a colleague's or a customer's is none of this person's."""
    found = turn.work.find(Line, source=turn.source, member=turn.me().id) if turn.source else []
    mine = [line for line in found if line.kind == "note" or not (line.corrects and line.state == "deleted")]
    return mine[-1] if mine else None
