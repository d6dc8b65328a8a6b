"""What people say about own fields."""

from __future__ import annotations

import re

from bot.core.errors import BadInput
from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.fields.actions import add_field, fields, shown
from flows.fields.rules import KINDS, field_name
from flows.router import MANAGERS, command
from flows.turn import Turn
from store.models import OwnField

_NAMES: dict[str, Text] = {
    "text": _("words"),
    "number": _("number"),
    "date": _("date"),
    "choice": _("choice"),
    "money": _("sum of money"),
}
_ADD = re.compile(r"(?:add|new|添加|新增|增加)\s+(?:(?:customers?|客户)\s+)?(?P<rest>.+)", re.IGNORECASE | re.S)
_REMOVE = re.compile(r"(?:remove|delete|删除|移除)\s+(?:(?:customers?|客户)\s+)?(?P<name>.+)", re.IGNORECASE)


@command(
    "field",
    help=_("Own fields of your customers"),
    example=_("/field add customer machine_model text"),
    for_=MANAGERS,
    words=("字段",),
)
def field(turn: Turn, words: Rest | None = None) -> Reply | Text:
    said = (words or "").strip()
    if match := _ADD.fullmatch(said):
        return _added(turn, match["rest"])
    if match := _REMOVE.fullmatch(said):
        return _removed(turn, match["name"])
    return _all(turn)


def _added(turn: Turn, said: str) -> Reply:
    """ "machine_model text", "size choice small, large": the kind is the word that names one."""
    words = said.split()
    at = next((number for number, word in enumerate(words) if number and word.casefold() in KINDS), 0)
    if not at:
        raise BadInput(
            _(
                "A field has a name and a kind: text, number, date, choice or money. Example: {example}",
                example=code(_("/field add customer machine_model text")),
            )
        )
    name, kind, choices = " ".join(words[:at]), words[at], re.split(r"\s*[,，、/]\s*|\s{2,}", " ".join(words[at + 1 :]))
    made = add_field(turn, name, kind, [choice for choice in choices if choice])
    turn.did(_("field {name} added", name=shown(made)), f"field:{made.id}")
    value = (
        made.choices[0]
        if made.choices
        else {"number": "12", "date": "2026-03-31", "money": "120000"}.get(made.kind, "X200")
    )
    body = lines(
        _("Added: {name}. It stands on every card from now on.", name=bold(shown(made))),
        _("Fill it: {example}", example=code(f"/set Acme {made.name} {value}")),
        _("Filter by it: {example}", example=code(f"/find {made.name}:{value}")),
    )
    return Reply(body, (Option(_("Undo"), f"undo:field:{made.id}"),), card=f"field:{made.id}")


def _removed(turn: Turn, said: str) -> Reply | Text:
    name = field_name(said)
    found = turn.work.first(OwnField, name=name, state="active") if name else None
    if found is None:
        return _("There is no field {name}.", name=said[:40])
    turn.work.change(found, state="removed")
    turn.did(_("field {name} taken away", name=shown(found)), f"field:{found.id}")
    said_ = _("{name} is gone from cards and filters; its values are kept.", name=shown(found))
    return Reply(said_, (Option(_("Undo"), f"undo:field:{found.id}"),), card=f"field:{found.id}")


def _all(turn: Turn) -> Text:
    found = fields(turn)
    if not found:
        return lines(
            _("There are no own fields yet."),
            _("Example: {example}", example=code(_("/field add customer machine_model text"))),
        )
    rows = [
        text("• ", shown(f), " · ", _NAMES[f.kind], f": {', '.join(f.choices)}" if f.choices else "") for f in found
    ]
    return lines(bold(_("Own fields")), *rows)
