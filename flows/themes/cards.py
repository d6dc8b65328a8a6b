"""How themes look: a list with counts, one theme with its words and what was said, low scores by their causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, join, lines, ngettext, quote, text
from bot.core.text import gettext as _
from flows.themes.actions import Said, is_low
from flows.turn import Turn
from store.models import Member, Theme
from store.results import Comment

STATES: Mapping[str, Text] = {"open": _("not begun"), "doing": _("being worked on"), "done": _("done")}
LISTED, QUOTED = 10, 3
NAMES: Mapping[str, Text] = {
    "delivery": _("delivery"),
    "price": _("price"),
    "quality": _("quality"),
    "service": _("service"),
    "response": _("response"),
    "product": _("product"),
}


def named(theme: Theme) -> Text:
    """The ready ones in the reader's language."""
    return NAMES.get(theme.name) or text(theme.name)


def listed(turn: Turn, groups: Sequence[Said], rest: Sequence[Comment]) -> Reply:
    """What customers speak of, how often, how far it is, and whose it is."""
    there = [group for group in groups if group.comments or group.theme.state != "open" or group.theme.owner]
    said = sum(len(group.comments) for group in groups) + len(rest)
    body = lines(
        bold(_("What customers speak of, the last 90 days")),
        *(_line(turn, group) for group in there[:LISTED]),
        ngettext("{n} comment without a theme", "{n} comments without a theme", len(rest)) if rest else None,
        None if said else _("Nobody has written anything yet. Words of customers come with surveys."),
        _("A theme of your own: {example}", example=code(_("/theme parking: parking, car park"))),
    )
    return Reply(body, (*_buttons(there), *_more(said)), card="themes")


def _buttons(groups: Sequence[Said]) -> tuple[Option, ...]:
    return tuple(Option(named(group.theme), f"theme:{group.theme.name}") for group in groups[:LISTED])


def _more(said: int) -> tuple[Option, ...]:
    if not said:
        return ()
    return (Option(_("Causes of low scores"), "theme-causes"), Option(_("CSV file"), "theme-csv"))


def _line(turn: Turn, group: Said) -> Text:
    owner = turn.work.get(Member, group.theme.owner) if group.theme.owner else None
    low = _("{n} with a low score", n=str(group.low)) if group.low else None
    parts = [part for part in (low, STATES[group.theme.state], owner.name if owner else None) if part]
    return text("• ", bold(named(group.theme)), f" {len(group.comments)} · ", join(" · ", parts))


def one(turn: Turn, group: Said, others: Sequence[Member] = ()) -> Reply:
    """Everything about one theme, and what can be done with it."""
    theme = group.theme
    owner = turn.work.get(Member, theme.owner) if theme.owner else None
    body = lines(
        bold(named(theme)),
        _("Found by: {words}", words=", ".join(theme.words)),
        _("{n} comments in 90 days, {low} of them with a low score", n=str(len(group.comments)), low=str(group.low)),
        *(said_by(said) for said in group.comments[:QUOTED]),
        _("Status: {state}", state=STATES[theme.state]),
        _("Answers for it: {name}", name=owner.name) if owner else _("Nobody answers for it yet."),
        _("What we did: {note}", note=theme.note) if theme.note else None,
    )
    return Reply(body, _acts(turn, theme, others), card=f"theme:{theme.name}"[:60])


def _acts(turn: Turn, theme: Theme, others: Sequence[Member]) -> tuple[Option, ...]:
    name = theme.name
    mine = turn.member is not None and theme.owner == turn.member.id
    take = () if mine else (Option(_("I take it"), f"theme-owner:{name}:{turn.me().id}"),)
    give = tuple(Option(text(m.name), f"theme-owner:{name}:{m.id}") for m in others if m.id != turn.me().id)
    states = tuple(
        Option(label, f"theme-state:{name}:{state}") for state, label in STATES.items() if state != theme.state
    )
    return (*take, *give, *states, Option(_("Add words"), f"theme-words:{name}"), Option(_("All themes"), "theme-all"))


def said_by(said: Comment) -> Text:
    score = f" ({said.score})" if said.score is not None else ""
    return text(f"• {said.name}{score}: ", quote(said.text[:140]))


def causes(turn: Turn, groups: Sequence[Said], rest: Sequence[Comment]) -> Reply:
    """Low scores by what their authors speak of, the most frequent first, with who said so."""
    found = [group for group in sorted(groups, key=lambda group: -group.low) if group.low]
    unknown = [one for one in rest if is_low(one)]
    shown = []
    for group in found[:LISTED]:
        low = [one for one in group.comments if is_low(one)]
        shown.append(text("• ", bold(named(group.theme)), f" {len(low)}"))
        shown += [text("   ", said_by(one)) for one in low[:QUOTED]]
    body = lines(
        bold(_("Causes of low scores, the last 90 days")),
        *(shown or [_("No low score with words in this time.")]),
        text("• ", _("without a theme"), f" {len(unknown)}") if unknown else None,
        *(text("   ", said_by(one)) for one in unknown[:QUOTED]),
    )
    return Reply(body, (*_buttons(found), Option(_("All themes"), "theme-all")), card="themes")
