"""Contracts: the firm's own words, filled from an approved quote."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.text import Part, Text, moment, plain
from bot.core.text import gettext as _
from flows.quotes.actions import seek_approval
from flows.quotes.cards import exact, line_text
from flows.quotes.rules import lines_of, totals
from flows.turn import Turn
from store.models import Quote

PLACES = ("customer", "lines", "total", "date", "firm", "member")
_PLACE = re.compile(r"\{(\w+)\}")
USUAL = _(
    "Contract between {firm} and {customer}, {date}. {firm} delivers: {lines}. {customer} pays {total} within 30 days "
    "of delivery. For {firm}: {member}.",
    firm="{firm}", customer="{customer}", date="{date}", lines="{lines}", total="{total}", member="{member}",
)  # fmt: skip


def template(turn: Turn) -> str:
    """The firm's words, or ours in the reader's language."""
    return str(turn.workspace.settings.get("contract") or plain(USUAL.resolve(turn.words)))


def fill(turn: Turn, words: str, values: Mapping[str, str], *, check: bool = False) -> str:
    """The words with their places filled; with `check` the first place that nobody knows."""
    if check:
        return next((name for name in _PLACE.findall(words) if name not in PLACES), "")
    return _PLACE.sub(lambda match: values.get(match[1], match[0]), words)


def write_contract(turn: Turn, quote: Quote) -> Quote:
    """The same lines and sum as the quote, in the words of the template."""
    customer = turn.work.customers.get(quote.customer)
    found = lines_of(quote.lines)
    total = exact(totals(found, quote.discount).total, quote.currency)
    values = {
        "customer": customer.name if customer else "?",
        "lines": "; ".join(_plain(turn, line_text(line, quote.currency)) for line in found),
        "total": total,
        "date": plain(moment(turn.now, "day").resolve(turn.words)),
        "firm": turn.workspace.name,
        "member": turn.me().name,
    }
    written = turn.work.add(
        Quote(
            customer=quote.customer,
            deal=quote.deal,
            member=turn.me().id,
            kind="contract",
            lines=quote.lines,
            discount=quote.discount,
            currency=quote.currency,
            text=fill(turn, template(turn), values),
            valid=quote.valid,
            made=turn.now,
        )
    )
    return seek_approval(turn, written)


def _plain(turn: Turn, part: Part) -> str:
    return plain((part if isinstance(part, Text) else Text((part,))).resolve(turn.words))
