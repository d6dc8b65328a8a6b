"""How a list of customers looks in chat, and who is on the rise."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, ngettext, text
from bot.core.text import gettext as _
from flows.arrival import role_of
from flows.customers.cards import masked
from flows.customers.sight import hint as narrow
from flows.router import COMMANDS, EDITORS
from flows.segments import actions
from flows.segments.actions import PAGE, Asked, ask, listing
from flows.tiers.rules import Numbers, rising
from flows.tiers.words import money
from flows.turn import Turn, options
from store.models import Customer, Listing, Member


def again(turn: Turn, id: int) -> Asked | None:
    """What was asked behind a list of one's own."""
    row = turn.work.get(Listing, id)
    return ask(turn, row.query) if row is not None and row.member == turn.me().id else None


def page_of(turn: Turn, asked: Asked, number: int, *, card: str = "") -> Reply:
    """A page of those who fit, with what can be done with all of them."""
    count = turn.work.segments.count(asked.question)
    if not count:
        return _nobody(turn, asked)
    kept = listing(turn, asked.said)
    rows = actions.page(turn, asked, number)
    shown = [Option(_row(turn, customer), f"who:{customer.id}", wide=True) for customer in rows]
    more = (number + 1) * PAGE < count
    first, last = number * PAGE + 1, min(count, (number + 1) * PAGE)
    turning = options(
        Option(_("Back"), f"list:{kept.id}:{number - 1}") if number else None,
        Option(_("More"), f"list:{kept.id}:{number + 1}") if more else None,
    )
    may = turn.me().role in EDITORS and turn.private and (count > 1 or bool(asked.question.rest))
    acts = (Option(_("With all of them …"), f"list-acts:{kept.id}"),) if may else ()
    unsure = turn.work.segments.found(asked.question).unsure if asked.question.rest else 0
    body = lines(
        ngettext("{n} customer", "{n} customers", count),
        _("{first} to {last}, the closest or most valuable first", first=str(first), last=str(last))
        if count > PAGE
        else None,
        ngettext("{n} could not be judged by that condition.", "{n} could not be judged by that condition.", unsure)
        if unsure
        else None,
    )
    return Reply(body, (*shown, *turning, *acts), card=card or f"list:{kept.id}" if number else "")


def _row(turn: Turn, customer: Customer) -> Text:
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    parts = [customer.name, owner.name if owner else "", customer.tier, masked(customer.phone)]
    return text(" · ".join(part for part in parts if part))


def _nobody(turn: Turn, asked: Asked) -> Reply:
    said = asked.said
    if asked.words and role_of(turn) in COMMANDS["add"].for_:
        add = _("To add a customer: {example}", example=code(f"/add {said[:40]}"))
        return Reply(lines(_("Nobody fits “{words}”.", words=said[:40]), narrow(turn), add))
    example = code(_("/find tier:B silent:>30d"))
    hint = _("Leave something out, or look for something else: {example}", example=example)
    return Reply(lines(_("Nobody fits “{words}”.", words=said[:60]), narrow(turn), hint))


def gone() -> Reply:
    """An old list's button."""
    return Reply(_("That list is no longer there: ask again."), toast=True)


def potential(turn: Turn) -> Reply | Text:
    """Customers who buy or talk clearly more than before, in any tier, each with the reason."""
    asked = ask(turn, "orders > 0 || silent < 90.0")
    ids = turn.work.segments.page(asked.question, limit=300)
    found = []
    for customer in turn.work.segments.customers(ids):
        numbers = Numbers(**turn.work.standing.numbers(customer, turn.workspace.currency))
        if rising(numbers):
            found.append((customer, numbers))
    if not found:
        return _("Nobody buys or talks clearly more than before. Orders and logs are what this is read from.")
    rows = [text("• ", bold(c.name), ": ", _why(turn, n)) for c, n in found[:PAGE]]
    shown = tuple(Option(text(c.name), f"who:{c.id}") for c, _n in found[:PAGE])
    return Reply(lines(ngettext("{n} customer on the rise:", "{n} customers on the rise:", len(found)), *rows), shown)


def _why(turn: Turn, numbers: Numbers) -> Text:
    currency = turn.workspace.currency
    if numbers.half * 2 >= numbers.half_before * 3 and numbers.half:
        return _(
            "{now} in six months, {before} in the six before",
            now=money(numbers.half, currency),
            before=money(numbers.half_before, currency),
        )
    return _(
        "{now} contacts in 90 days, {before} before", now=str(numbers.activity), before=str(numbers.activity_before)
    )
