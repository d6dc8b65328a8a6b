"""How quotes look: to their writer, to who decides, to the customer."""

from __future__ import annotations

from decimal import Decimal

from bot.core.messages import Option, Reply
from bot.core.text import Part, Text, bold, lines, moment, text
from bot.core.text import gettext as _
from flows.approvals import actions as approvals
from flows.approvals import cards as approval_cards
from flows.quotes.rules import Line, lines_of, totals
from flows.turn import Turn
from store.models import Quote

STATES = {
    "draft": _("draft"),
    "waiting": _("waits for approval"),
    "approved": _("may go out"),
    "rejected": _("rejected"),
    "sent": _("sent"),
    "void": _("void"),
}
SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def card_of(quote: Quote) -> str:
    """The card of its writer."""
    return f"offer:{quote.id}"


def exact(hundredths: int, currency: str) -> str:
    """A sum to the cent: an offer is never rounded."""
    value = Decimal(hundredths) / 100
    shown = f"{value:,.2f}".removesuffix(".00")
    return f"{SYMBOLS.get(currency, currency + ' ')}{shown}"


def line_text(line: Line, currency: str) -> Part:
    """ "2 × pump à ¥1,200 = ¥2,400"; a bare sum stands alone."""
    what = line.what or _("in all")
    if line.count == 1:
        return text(what, " ", exact(line.sum, currency))
    if not line.what:
        return text(f"{line.count.normalize():f} × {exact(line.price, currency)} = {exact(line.sum, currency)}")
    return text(what, f" {line.count.normalize():f} × {exact(line.price, currency)} = {exact(line.sum, currency)}")


def quote_text(turn: Turn, quote: Quote) -> Text:
    """Customer, lines, discount and sum."""
    customer = turn.work.customers.get(quote.customer)
    sums = totals(lines_of(quote.lines), quote.discount)
    off = f"{Decimal(quote.discount) / 100:g}%"
    head = _("Quote {n} · {name}", n=str(quote.id), name=customer.name if customer else "?")
    if quote.kind == "contract":
        head = _("Contract {n} · {name}", n=str(quote.id), name=customer.name if customer else "?")
    return lines(
        bold(head),
        *(text("• ", line_text(line, quote.currency)) for line in lines_of(quote.lines)),
        _("Discount {percent}: −{sum}", percent=off, sum=exact(sums.off, quote.currency)) if quote.discount else None,
        bold(_("Total {sum}", sum=exact(sums.total, quote.currency))),
    )


def quote_card(turn: Turn, quote: Quote) -> Reply:
    """For its writer: where it stands and what can be done with it."""
    known = approvals.standing(turn, f"quote:{quote.id}")
    decided = known is not None and known.state in ("approved", "rejected")
    body = lines(
        quote_text(turn, quote),
        _("Valid until {when}", when=moment(quote.valid, "day")) if quote.valid else None,
        STATES[quote.state],
        approval_cards.outcome(turn, known) if known is not None and decided else None,
    )
    card = card_of(quote)
    options: list[Option] = []
    if quote.state == "approved":
        options = [
            Option(_("Send to the customer"), f"quote-send:{quote.id}", style="primary"),
            Option(_("PDF"), f"quote-pdf:{quote.id}"),
        ]
        if quote.kind == "quote":
            options.append(Option(_("Contract"), f"quote-contract:{quote.id}"))
    if quote.state != "sent":
        options += [Option(_("Change"), f"quote-change:{quote.id}"), Option(_("Undo"), f"undo:{card}")]
    return Reply(body, tuple(options), card=card)


def for_customer(turn: Turn, quote: Quote) -> Reply:
    """What the customer reads."""
    until = _("Valid until {when}", when=moment(quote.valid, "day")) if quote.valid else None
    return Reply(lines(_("Here is our offer."), quote_text(turn, quote), until, quote.text or None))
