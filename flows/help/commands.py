"""`/help`: a few sentences to say, and the commands by what they are for, one group at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, join, lines
from bot.core.text import gettext as _
from flows.arguments import Word
from flows.arrival import role_of
from flows.asking import may_order
from flows.help import ways
from flows.router import COMMANDS, EVERYONE, MEMBERS, NOT_MINE, NotMine, Route, command, heard, press
from flows.setup.entrance import FIRST_LINE
from flows.turn import Turn


@dataclass(frozen=True, slots=True)
class Group:
    """Commands of these topics; the group without topics has all the others."""

    title: Text
    topics: tuple[str, ...] = ()


GROUPS = (
    Group(_("Log and look up"), ("activities", "customers", "voice")),
    Group(_("Remember"), ("reminders", "rhythm", "day")),
    Group(_("Promise and sell"), ("promises", "deals", "quotes", "approvals", "orders", "pictures")),
    Group(
        _("Keep the file"),
        (
            "segments",
            "leads",
            "tiers",
            "fields",
            "refresh",
            "duplicates",
            "imports",
            "exports",
            "handover",
            "duty",
            "reports",
            "views",
        ),
    ),
    Group(
        _("Answer customers"),
        ("relay", "tickets", "clocks", "routing", "knowledge", "reception", "automation", "trends"),
    ),
    Group(_("Ask customers"), ("surveys", "builder", "results", "themes", "rewards", "research", "alerts")),
    Group(_("Care for customers"), ("care", "campaigns", "churn", "referrals")),
    Group(_("Team and settings")),
)


@command(
    "help", help=_("What you can say here"), example=_("/help remind"), for_=EVERYONE, words=("help", "帮助", "?", "？")
)
def help_(turn: Turn, about: Word | None = None) -> Reply | Text:
    mine = _mine(turn)
    if about:
        found = next((route for route in mine if route.name == about.lstrip("/").lower()), None)
        return _explained(found) if found else _("There is no /{name} here.", name=about[:32])
    if turn.member is None:
        return lines(bold(_("Write to us here, and a person answers.")), *(_line(route) for route in mine))
    body = lines(
        bold(_("Just tell me what happened, for example:")),
        code(FIRST_LINE),
        bold(_("Or ask:")),
        code(_("who is Acme")),
        code(_("what is on tomorrow?")),
        code(_("who did we not talk to for a month?")),
        _("“undo” takes the last thing back. More:"),
    )
    return Reply(body, _groups(mine), card="help")


@heard("first", for_=MEMBERS)
def asked_how(turn: Turn, said: Said) -> Text | NotMine:
    """ "How do students reach the bot?", 客户生日当天自动发祝福: how it works is told."""
    return (ways.told(turn, said.text) if may_order(turn, said) else None) or NOT_MINE


@press("help", for_=MEMBERS)
def group_pressed(turn: Turn, number: int) -> Reply:
    """The commands of one group, in the same message."""
    mine = _mine(turn)
    group = GROUPS[number] if 0 <= number < len(GROUPS) else GROUPS[0]
    shown = [_line(route) for route in mine if _group(route) is group]
    return Reply(lines(bold(group.title), *shown), _groups(mine), card="help")


def _mine(turn: Turn) -> list[Route]:
    return [route for route in COMMANDS.values() if role_of(turn) in route.for_ and route.listed]


def _groups(mine: Sequence[Route]) -> tuple[Option, ...]:
    """A button for each group in which there is something for this person."""
    there = {_group(route).title for route in mine}
    return tuple(Option(group.title, f"help:{n}") for n, group in enumerate(GROUPS) if group.title in there)


def _group(route: Route) -> Group:
    topic = route.act.__module__.split(".")[1]
    return next((group for group in GROUPS if topic in group.topics), GROUPS[-1])


def _line(route: Route) -> Text:
    return join(" · ", [code(f"/{route.name}"), route.help])


def _explained(route: Route) -> Text:
    example = _("Example: {example}", example=code(route.example)) if route.example else None
    return lines(bold(route.help), code(route.usage), example)
