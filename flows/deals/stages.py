"""Editing the pipeline in chat: add, rename, set chance or patience, remove."""

from __future__ import annotations

import re

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, text
from bot.core.text import gettext as _
from flows.deals import actions
from flows.deals.rules import percent_in, stage_named
from flows.turn import Turn
from store.models import Stage

_ADD = re.compile(r"^(?:add|new|添加|新增|加)\s*(.+?)(?:\s*(?:after|在)\s*(.+?)(?:之?后)?)?$", re.I)
_RENAME = re.compile(r"^(?:rename\s+)?(.+?)\s*(?:to|=|->|→|改为|改成|改名为)\s*(.+)$", re.I)
_REMOVE = re.compile(r"^(?:remove|delete|drop|删除|去掉)\s*(.+)$", re.I)
_STALE = re.compile(r"^(.+?)\s+(?:stale\s+|after\s+|超过\s*)?(\d{1,3})\s*(?:d|days?|天)$", re.I)


def edit_stages(turn: Turn, words: str) -> Reply | Text:
    """One change a sentence; without words the list."""
    words = words.strip()
    if not words:
        return _list(turn)
    chance, rest = percent_in(words)
    if match := _ADD.match(rest):
        return _add(turn, match[1].strip(), chance, match[2])
    if match := _REMOVE.match(rest):
        return _remove(turn, match[1])
    if chance is not None and (stage := _named(turn, rest)):
        return _change(turn, stage, chance=chance)
    if (match := _STALE.match(rest)) and (stage := _named(turn, match[1])):
        return _change(turn, stage, stale=int(match[2]))
    if (match := _RENAME.match(rest)) and (stage := _named(turn, match[1])):
        return _change(turn, stage, name=match[2].strip()[:40])
    return lines(_("I did not understand that change."), _examples())


def _named(turn: Turn, word: str) -> Stage | None:
    step = stage_named(word, actions.steps(turn), actions.keys(turn))
    return turn.work.get(Stage, step.id) if step else None


def _add(turn: Turn, name: str, chance: int | None, after: str | None) -> Reply | Text:
    known = actions.stages(turn)
    if _named(turn, name) is not None:
        return _("There is a stage of that name already.")
    before = _named(turn, after) if after else [s for s in known if s.kind == "open"][-1]
    if before is None:
        return lines(_("There is no stage “{name}”.", name=(after or "")[:40]), _examples())
    later = [stage.position for stage in known if stage.position > before.position]
    position = (before.position + min(later, default=before.position + 20)) // 2
    turn.work.add(Stage(name=name[:40], chance=chance if chance is not None else before.chance, position=position))
    return _done(turn)


def _remove(turn: Turn, name: str) -> Reply | Text:
    stage = _named(turn, name)
    if stage is None:
        return lines(_("There is no stage “{name}”.", name=name[:40]), _examples())
    if any(deal.stage == stage.id for deal in turn.work.deals.open()):
        return _("Deals stand in {name}. Move them first.", name=stage.name)
    others = [s for s in actions.stages(turn) if s.kind == stage.kind and s.id != stage.id]
    if not others:
        return _("The pipeline needs {name}: there is no other stage of that kind.", name=stage.name)
    turn.work.change(stage, removed=True)
    return _done(turn)


def _change(turn: Turn, stage: Stage, **values: object) -> Reply:
    turn.work.change(stage, **values)
    return _done(turn)


def _done(turn: Turn) -> Reply:
    turn.did(_("pipeline changed"), "stages")
    return _list(turn)


def _list(turn: Turn) -> Reply:
    rows = [
        text(
            "• ",
            stage.name,
            f" · {stage.chance}%",
            text(" · ", _("stale after {n} days", n=stage.stale)) if stage.stale else "",
        )
        for stage in actions.stages(turn)
    ]
    return Reply(
        lines(bold(_("The pipeline's stages")), *rows, _examples()), (Option(_("Undo"), "undo:stages"),), card="stages"
    )


def _examples() -> Text:
    return lines(
        code(_("/stages add Demo 40% after Contact")), code(_("/stages Quote 60%")), code(_("/stages Quote to Offer"))
    )
