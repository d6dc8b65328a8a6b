"""`/view market: source, tags`: what a team sees first."""

from __future__ import annotations

import re

from bot.core.text import Text, bold, code, join, lines, plain, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.fields.actions import fields, shown
from flows.router import MANAGERS, command
from flows.tiers.settings import keep
from flows.turn import Turn
from flows.views.actions import MOST, PLAIN


@command(
    "view",
    help=_("What a team sees first on a card"),
    example=_("/view market: source, tags"),
    for_=MANAGERS,
    words=("团队视图", "卡片视图"),
    rooms=False,
)
def view(turn: Turn, words: Rest | None = None) -> Text:
    said = (words or "").strip()
    views = dict(turn.workspace.settings.get("views", {}))
    if not said:
        rows = [text("• ", team, ": ", join(", ", names)) for team, names in sorted(views.items())]
        empty = _("Every team sees the same card.")
        return lines(bold(_("What teams see first")), *(rows or [empty]), _example())
    team, rest = _split(turn, said)
    if team is None:
        teams = sorted({member.team for member in turn.work.people.members() if member.team})
        none = _("There is no team yet: {example}", example=code(_("/team Bob east")))
        return lines(_("Which team? There are: {names}", names=join(", ", teams)) if teams else none, _example())
    known = _names(turn)
    wanted = [part.strip() for part in re.split(r"[,，、]", rest) if part.strip()]
    unknown = [part for part in wanted if part.casefold() not in known and part not in ("-", "无")]
    if unknown:
        names = join(", ", [*PLAIN, *(shown(field) for field in fields(turn))])
        return lines(_("I know no fact “{name}”. There are: {names}", name=unknown[0][:40], names=names), _example())
    chosen = list(dict.fromkeys(known[part.casefold()] for part in wanted if part.casefold() in known))[:MOST]
    if chosen:
        views[team] = chosen
    elif wanted:
        views.pop(team, None)
    else:
        return lines(_("Which facts?"), _example())
    keep(turn, "views", views)
    if not chosen:
        return _("{team} sees the usual card again.", team=team)
    return _("{team} sees first: {names}", team=team, names=join(", ", chosen))


def _example() -> Text:
    return _("Example: {example}", example=code(_("/view market: source, tags")))


def _split(turn: Turn, said: str) -> tuple[str | None, str]:
    teams = sorted({member.team for member in turn.work.people.members() if member.team}, key=len, reverse=True)
    for team in teams:
        if said.casefold().startswith(team.casefold()):
            return team, said[len(team) :].lstrip(" :：")
    return None, ""


def _names(turn: Turn) -> dict[str, str]:
    named = {name: name for name in PLAIN}
    named |= {plain(label.resolve(turn.words)).casefold(): name for name, label in PLAIN.items()}
    for field in fields(turn):
        named |= {field.name.casefold(): field.name, shown(field).casefold(): field.name}
    return named
