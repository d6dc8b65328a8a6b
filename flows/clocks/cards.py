"""How clocks look: a line on a ticket's card, and the warnings."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Part, Text, bold, code, lines, moment, quote, text
from bot.core.text import gettext as _
from flows.clocks.actions import left_of, used_by
from flows.clocks.rules import NONE
from flows.clocks.targets import FIRST, KINDS, minutes_of, rule_text, rules_of, span_text, steps_of
from flows.tickets.actions import number_of
from flows.turn import Turn
from store.models import Member, SlaClock, Ticket

MINUTE = timedelta(minutes=1)


def clock_text(turn: Turn, clock: SlaClock) -> Text:
    """One clock: until when, or how late, or that it stands still."""
    left = left_of(turn, clock)
    names: dict[str, Text] = {
        "first": _("First answer"),
        "next": _("Next answer"),
        "solve": _("Solution"),
        "total": _("Solution, with the time before it was opened again"),
    }
    name = names[clock.kind]
    if NONE >= left > -MINUTE and clock.ended is None:
        return _("{what}: the time is up (promised in {target})", what=name, **_target(clock))
    if left < NONE or clock.state == "missed":
        return _("{what}: late by {span} (promised in {target})", what=name, span=span_of(-left), **_target(clock))
    if clock.state == "paused":
        return _("{what}: {span} left, stands still while the customer is asked", what=name, span=span_of(left))
    return _("{what} by {when}, {span} left", what=name, when=moment(clock.due, "short"), span=span_of(left))


def span_of(span: timedelta) -> Text:
    """Open time to the minute."""
    return span_text(max(0, int(span / MINUTE)))


def _target(clock: SlaClock) -> dict[str, Part]:
    return {"target": span_text(clock.target)}


def card_of(clock: int, level: int) -> str:
    """Each threshold has a message of its own, so that it is heard."""
    return f"sla:{clock}:{level}"


def warning(turn: Turn, ticket: Ticket, clock: SlaClock, level: int) -> Reply:
    """For whoever must know at this threshold; rewritten when somebody takes it and when it is over."""
    customer = turn.work.customers.get(ticket.customer)
    owner = turn.work.get(Member, ticket.owner) if ticket.owner else None
    name = customer.name if customer else ""
    body = lines(
        bold(text("⏱ " if level < 2 else "⏰ ", number_of(ticket), " · ", name)),
        quote(ticket.title) if ticket.title else None,
        *_standing(turn, ticket, clock),
        _("{name} has it.", name=owner.name) if owner else _("Nobody has it yet."),
        _claimed(turn, clock),
    )
    options = () if clock.ended else _options(ticket, clock)
    return Reply(body, options, card=card_of(clock.id, level), urgency=Urgency.ALERT)


def _standing(turn: Turn, ticket: Ticket, clock: SlaClock) -> list[Text]:
    if clock.ended is None:
        return [_waited(turn, clock), clock_text(turn, clock)]
    used = span_of(used_by(turn, clock))
    if clock.state == "void":
        return [_("Over: no answer is needed any more.")]
    if clock.kind in ("first", "next"):
        said = _("Answered after {span}.", span=used) if ticket.answered else _("Ended after {span}.", span=used)
        return [said]
    return [_("Solved after {span}.", span=used)]


def _waited(turn: Turn, clock: SlaClock) -> Text:
    since = moment(clock.started, "short")
    if clock.kind in ("first", "next"):
        return _("Unanswered since {when}.", when=since)
    return _("Open since {when}.", when=since)


def _claimed(turn: Turn, clock: SlaClock) -> Text | None:
    member = turn.work.get(Member, clock.claimed) if clock.claimed and clock.ended is None else None
    return _("{name} takes care of it now.", name=member.name) if member else None


def _options(ticket: Ticket, clock: SlaClock) -> tuple[Option, ...]:
    show = Option(_("Open"), f"ticket:{ticket.id}")
    if clock.claimed:
        return (show,)
    return Option(_("Claim"), f"sla-claim:{ticket.id}", style="primary"), show


def late_again(turn: Turn, ticket: Ticket, clock: SlaClock) -> Text:
    """Opened again so long after it came in that the promised time is used up: said, because it looks unfair."""
    customer = turn.work.customers.get(ticket.customer)
    return _(
        "{number} of {customer} is open again, and late at once: of {target} for solving it, {span} were used before.",
        number=number_of(ticket),
        customer=customer.name if customer else "",
        target=span_text(clock.target),
        span=span_of(used_by(turn, clock)),
    )


def targets_card(turn: Turn, *, undo: bool = False) -> Reply:
    """What is promised, for whom, and who hears when the time runs out."""
    rules = rules_of(turn)
    general = {kind: minutes for rule in rules if not rule.condition for kind, minutes in minutes_of(rule).items()}
    usual = {"first": FIRST, "next": general.get("first", FIRST), "solve": 0, **general}
    owner, group, manager = steps_of(turn)
    body = lines(
        bold(_("Promised times")),
        *(text("• ", KINDS[kind], ": ", span_text(n) if (n := usual[kind]) else _("no limit")) for kind in KINDS),
        *(text("• ", rule_text(rule)) for rule in rules if rule.condition),
        _("Counted in open time ({hours}); it stands still while the customer is asked.", hours=code("/hours")),
        _(
            "At {owner} % the owner hears, at {group} % the group too, at {manager} % the managers.",
            owner=owner,
            group=group,
            manager=manager,
        ),
        _("Example: {example}", example=code(_("/sla urgent first 10m solve 4h"))),
    )
    return Reply(body, (Option(_("Undo"), "undo:sla"),) if undo else (), card="sla")
