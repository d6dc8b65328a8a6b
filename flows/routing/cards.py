"""How it looks who gets what, who is there, and what waits."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.messages import Option, Reply
from bot.core.text import Part, Text, bold, code, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.clocks.calendars import Calendars
from flows.clocks.rules import is_open
from flows.clocks.targets import span_text
from flows.customers.sight import seen
from flows.router import EDITORS
from flows.routing.actions import accept_minutes, members_of, rules_of
from flows.routing.people import is_on, limit_of, somebody_comes
from flows.tickets.actions import number_of
from flows.tickets.rules import KINDS, PRIORITIES
from flows.turn import Turn
from store.models import Member, Rule, Ticket

SHOWN = 10


def rules_card(turn: Turn, *, undo: bool = False) -> Reply:
    """The rules in order, and what happens where none fits."""
    rules = rules_of(turn)
    rows = [text(f"{n}. ", _rule(turn, rule)) for n, rule in enumerate(rules, 1)]
    minutes = accept_minutes(turn)
    body = lines(
        bold(_("Who gets which requests")),
        *(rows or [_("No rules yet. The first that fits decides.")]),
        _("Else: who looks after the customer, then who has the skill, then who has the fewest."),
        _("Not taken within {span}: it goes to the next, once.", span=span_text(minutes)) if minutes else None,
        _("Example: {example}", example=code(_("/route fault Bob, Carl"))) if not rules else None,
    )
    remove = [Option(_("Remove {n}", n=str(n)), f"route-off:{rule.id}") for n, rule in enumerate(rules[:SHOWN], 1)]
    return Reply(body, (*([Option(_("Undo"), "undo:routes")] if undo else []), *remove), card="routes")


def _rule(turn: Turn, rule: Rule) -> Text:
    names = [member.name for id in members_of(rule) if (member := turn.work.get(Member, id)) is not None]
    return text(rule.name or _("all"), " → ", join(", ", names))


def deputy_card(turn: Turn, member: Member) -> Reply:
    """Who stands in for somebody."""
    deputy = turn.work.get(Member, member.deputy) if member.deputy else None
    mine = member.id == turn.me().id
    if deputy is None:
        said = _("Nobody stands in for you yet.") if mine else _("Nobody stands in for {name}.", name=member.name)
        return Reply(lines(said, _("Example: {example}", example=code(_("/deputy Bob")))))
    if mine:
        return Reply(_("While you are away, {name} gets what comes for you.", name=deputy.name))
    return Reply(_("While {who} is away, {name} gets what comes for them.", who=member.name, name=deputy.name))


def load_card(turn: Turn) -> Reply:
    """Everybody's open requests beside their limit."""
    load = turn.work.desk.load()
    rows = [_person(turn, member, load.get(member.id, 0)) for member in _editors(turn)]
    firm = int(turn.workspace.settings.get("load", 0))
    body = lines(
        bold(_("Open requests")),
        *rows,
        ngettext("At most {n} for one person.", "At most {n} for one person.", firm)
        if firm
        else _("No limit for all."),
        _("Change it: {example}", example=code(_("/load 5"))),
    )
    return Reply(body, card="load")


def _editors(turn: Turn) -> list[Member]:
    return [member for member in turn.work.people.members() if member.role in EDITORS]


def _person(turn: Turn, member: Member, load: int) -> Text:
    limit = limit_of(turn, member)
    return text("• ", member.name, f": {load}", f" / {limit}" if limit else "", *_absent(turn, member))


def _absent(turn: Turn, member: Member) -> Sequence[Text | str]:
    if not is_on(turn, member):
        until = _("away until {when}", when=moment(member.back, "short")) if member.back else _("away")
        return [" · ", until]
    return [] if is_open(Calendars(turn).of(member), turn.now) else [" · ", _("not at work now")]


def skills_card(turn: Turn) -> Reply:
    """Who knows what."""
    rows = [text("• ", m.name, ": ", _skills(m)) for m in _editors(turn) if m.skills]
    body = lines(
        bold(_("Skills")),
        *(rows or [_("Nobody has any yet: kinds of request, languages, tags, or vip.")]),
        _("Example: {example}", example=code(_("/skills Bob fault english vip"))),
    )
    return Reply(body, card="skills")


def _skills(member: Member) -> Text:
    names = {"zh": _("Chinese"), "en": _("English"), "vip": text("VIP"), **KINDS}
    return join(", ", [names.get(skill, text(skill)) for skill in member.skills.split()])


def queue_card(turn: Turn) -> Reply:
    """What nobody has, in the order in which it is given out, and who is there."""
    waiting = turn.work.desk.queue()
    mine = seen(turn, waiting)
    load = turn.work.desk.load()
    comes = somebody_comes(turn) if waiting else None
    body = lines(
        bold(ngettext("{n} request waits", "{n} requests wait", len(waiting)) if waiting else _("Nothing waits.")),
        *(_waits(turn, ticket, ticket in mine) for ticket in waiting[:SHOWN]),
        ngettext("and {n} more", "and {n} more", len(waiting) - SHOWN) if len(waiting) > SHOWN else None,
        _("Given out when somebody is free, or from {when} on.", when=moment(comes, "short")) if comes else None,
        *(_person(turn, member, load.get(member.id, 0)) for member in _editors(turn)),
    )
    takes = [Option(_("Take {number}", number=number_of(t)), f"ticket-take:{t.id}") for t in mine[:4]]
    return Reply(body, tuple(takes) if turn.me().role in EDITORS else (), card="queue")


def _waits(turn: Turn, ticket: Ticket, named: bool) -> Text:
    """Without the customer's name for whoever may not see that customer."""
    customer = turn.work.customers.get(ticket.customer) if named else None
    since = moment(ticket.opened, "short")
    urgent: list[Part] = [PRIORITIES[ticket.priority], " · "] if ticket.priority < 3 else []
    whose = [customer.name, " · "] if customer else []
    return text("• ", number_of(ticket), " · ", *urgent, *whose, since)


def back_card(turn: Turn, given: Sequence[Ticket]) -> Reply:
    """Welcome, with what came to them at once."""
    numbers = join(", ", [number_of(ticket) for ticket in given])
    body = lines(
        _("Welcome back. What comes for you comes to you again."),
        _("Waiting for you: {numbers}", numbers=numbers) if given else None,
    )
    shown = tuple(Option(text(_("Open"), " ", number_of(ticket)), f"ticket:{ticket.id}") for ticket in given[:4])
    return Reply(body, shown, card=f"duty:{turn.me().id}:away")


def until_when(turn: Turn) -> Reply:
    """Nothing was said about how long."""
    choices = (
        Option(_("Today"), "away-for:today"),
        Option(_("Until tomorrow evening"), "away-for:tomorrow"),
        Option(_("Until I say so"), "away-for:open"),
    )
    asked = lines(_("Until when are you away?"), _("Example: {example}", example=code(_("/off until Friday"))))
    return Reply(asked, choices, card=f"duty:{turn.me().id}:away")
