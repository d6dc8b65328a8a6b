"""How rules and what they raise look in chat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Text, bold, code, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.automation import verbs
from flows.automation.occasions import Happening, occasion_of
from flows.conditions import condition_said
from flows.turn import Turn, options
from store.models import Firing, Member, Rule

PAGE = 8
WAITING = frozenset({"open", "snoozed"})
"""States in which an alarm can be claimed."""
EXAMPLE = _("/rule when new complaint if tier=A then alert #service")
EXAMPLES = (
    EXAMPLE,
    _("/rule when deal won then task @Bob welcome call +2d"),
    _("/rule when low score then tell owner; tag unhappy"),
)


def card_of(firing: int) -> str:
    """The card on which an alarm is shown."""
    return f"alarm:{firing}"


def rule_card(turn: Turn, rule: Rule, *, undo: bool = False) -> Reply:
    """What it waits for, what it does, and its switches."""
    occasion = occasion_of(rule.fact)
    count = len(turn.work.find(Firing, rule=rule.id))
    body = lines(
        bold(_("Rule {number}", number=str(rule.position))),
        text(_("When"), " ", occasion.label if occasion else rule.fact),
        text(_("If"), " ", condition_said(rule.condition)) if rule.condition else None,
        text(_("Then"), " ", *_listed([verbs.shown(turn, step) for step in verbs.steps_of(rule)])),
        _("It is on.") if rule.active else _("It is off."),
        ngettext("It has acted {n} time.", "It has acted {n} times.", count) if count else None,
    )
    choices = options(
        Option(_("Try it on the last month"), f"rule-try:{rule.id}"),
        Option(_("Switch off") if rule.active else _("Switch on"), f"rule-switch:{rule.id}"),
        Option(_("Remove"), f"rule-remove:{rule.id}"),
        Option(_("Undo"), f"undo:rule:{rule.id}") if undo else None,
    )
    return Reply(body, choices, card=f"rule:{rule.id}")


def _listed(steps: Sequence[Text]) -> list[Text | str]:
    parts: list[Text | str] = []
    for step in steps:
        parts += [*(["; "] if parts else []), step]
    return parts


def all_rules(turn: Turn, rules: Sequence[Rule]) -> Reply:
    """Each rule with a button; without any, what one looks like."""
    if not rules:
        return Reply(lines(bold(_("No rule yet.")), _("For example:"), *(code(example) for example in EXAMPLES)))
    rows = [
        text("• ", str(rule.position), " · ", rule.name, "" if rule.active else text(" · ", _("off"))) for rule in rules
    ]
    choices = tuple(
        Option(_("Rule {number}", number=str(rule.position)), f"rule-show:{rule.id}") for rule in rules[:12]
    )
    return Reply(lines(bold(_("Rules")), *rows), choices)


def trial(found: Sequence[Happening]) -> Reply:
    """What it would have acted on."""
    if not found:
        return Reply(_("In the last 30 days it would never have acted."))
    rows = [text("• ", happening.words[:80]) for happening in found[:PAGE]]
    head = ngettext(
        "In the last 30 days it would have acted {n} time:",
        "In the last 30 days it would have acted {n} times:",
        len(found),
    )
    more = len(found) - PAGE
    return Reply(lines(head, *rows, ngettext("and {n} more", "and {n} more", more) if more > 0 else None))


def alarm(turn: Turn, rule: Rule, firing: Firing) -> Reply:
    """What happened, to whom, why it is shown, and what to do about it."""
    occasion = occasion_of(rule.fact)
    holder = turn.work.get(Member, firing.member) if firing.member else None
    state: Text | None = None
    if firing.state == "claimed" and holder is not None:
        state = _("{name} takes care of it.", name=holder.name)
    elif firing.state == "snoozed" and firing.until is not None:
        state = _("Put off until {when}.", when=moment(firing.until, "short"))
    elif firing.state == "muted":
        state = _("Not shown again.")
    body = lines(
        bold(text(_whose(turn, firing), " · ", occasion.label if occasion else rule.fact)),
        firing.words,
        _("Why: rule {number}, “{words}”", number=str(rule.position), words=rule.name[:120]),
        state,
    )
    choices = options(
        Option(_("Claim"), f"alarm-claim:{firing.id}", style="primary")
        if firing.state in ("open", "snoozed")
        else None,
        Option(_("In an hour"), f"alarm-later:{firing.id}") if firing.state == "open" else None,
        Option(_("Not this kind again"), f"alarm-mute:{firing.id}") if firing.state == "open" else None,
        Option(_("Show card"), f"who:{firing.customer}") if firing.customer else None,
    )
    return Reply(body, choices, card=card_of(firing.id), urgency=Urgency.ALERT)


def _whose(turn: Turn, firing: Firing) -> str:
    customer = turn.work.customers.get(firing.customer) if firing.customer else None
    return customer.name if customer is not None else "?"


def alarms(turn: Turn, rows: Sequence[Firing], page: int) -> Reply:
    """Everything that nobody has claimed, however little of it was shown in a room."""
    if not rows:
        return Reply(_("No alarm is open."), card="alarms")
    page = max(0, min(page, (len(rows) - 1) // PAGE))
    here = rows[page * PAGE : (page + 1) * PAGE]
    names = {row.id: turn.work.customers.get(row.customer) for row in here if row.customer}
    shown = [
        text("• ", customer.name if (customer := names.get(row.id)) else "?", " · ", row.words[:80]) for row in here
    ]
    choices = options(
        *(Option(_("Claim {n}", n=str(page * PAGE + n)), f"alarm-claim:{row.id}") for n, row in enumerate(here, 1)),
        Option(_("Earlier"), f"alarms:{page - 1}") if page else None,
        Option(_("More"), f"alarms:{page + 1}") if len(rows) > (page + 1) * PAGE else None,
    )
    head = ngettext("{n} alarm is open:", "{n} alarms are open:", len(rows))
    return Reply(lines(bold(head), *shown), choices, card="alarms")
