"""Writing, changing, approving and sending quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.core.errors import NotFound, TooLate
from bot.core.messages import File, Reply
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.approvals import actions as approvals
from flows.approvals.subjects import SUBJECTS
from flows.customers.actions import touched
from flows.jobs import begin
from flows.quotes.cards import card_of, for_customer, quote_card, quote_text
from flows.quotes.rules import Line, lines_of, totals
from flows.turn import Turn
from flows.undo.facts import RowsRestored
from store.models import Activity, Customer, Quote

VALID = timedelta(days=30)


def write_quote(
    turn: Turn, customer: Customer, lines: Sequence[Line], discount: int, *, currency: str = "", source: str = ""
) -> Quote:
    """A new quote; where a rule wants it, whoever decides is asked in the same turn."""
    deals = [deal for deal in turn.work.deals.of_customer(customer.id) if deal.state == "open"]
    quote = turn.work.add(
        Quote(
            customer=customer.id,
            deal=deals[0].id if len(deals) == 1 else None,
            member=turn.me().id,
            lines=[line.as_json() for line in lines],
            discount=discount,
            currency=currency or turn.workspace.currency,
            valid=turn.now + VALID,
            made=turn.now,
            source=source,
        )
    )
    return seek_approval(turn, quote)


def change_quote(turn: Turn, quote: Quote, lines: Sequence[Line], discount: int) -> Quote:
    """Other lines or another discount: whatever was agreed about the old ones counts no more."""
    if quote.state == "sent":
        raise TooLate(_("This quote was sent already. Write a new one."))
    kept = [line.as_json() for line in lines]
    if kept == quote.lines and discount == quote.discount:
        return quote
    quote = turn.work.change(
        quote,
        lines=kept,
        discount=discount,
        state="draft",
        revision=quote.revision + 1,
        file="",
        valid=turn.now + VALID,
    )
    approvals.void(turn, subject_of(quote))
    return seek_approval(turn, quote)


def seek_approval(turn: Turn, quote: Quote) -> Quote:
    """Approved at once where nobody has to agree."""
    rule = approvals.rule_for(turn, facts(turn, quote))
    if rule is None:
        return turn.work.change(quote, state="approved")
    known = approvals.standing(turn, subject_of(quote))
    if known is not None and known.state in ("void", "rejected"):
        quote = turn.work.change(quote, revision=quote.revision + 1)
    quote = turn.work.change(quote, state="waiting")
    approvals.ask(turn, subject_of(quote), rule)
    return quote


def subject_of(quote: Quote) -> str:
    """How approvals name it."""
    return f"quote:{quote.id}"


def facts(turn: Turn, quote: Quote) -> Mapping[str, Any]:
    """What a rule may speak of."""
    customer = turn.work.customers.get(quote.customer)
    me = turn.me()
    return {
        "discount": quote.discount / 100,
        "amount": totals(lines_of(quote.lines), quote.discount).total / 100,
        "tier": customer.tier if customer else "",
        "customer": customer.name if customer else "",
        "role": me.role,
        "member": me.name,
        "currency": quote.currency,
        "kind": quote.kind,
    }


class Quoted:
    """Quotes as approvals see them."""

    def look(self, turn: Turn, id: int) -> Text:
        """Customer, lines and sums."""
        quote = turn.work.get(Quote, id)
        return quote_text(turn, quote) if quote else _("This quote is no longer there.")

    def content(self, turn: Turn, id: int) -> Mapping[str, Any] | None:
        """Everything that the customer would read."""
        quote = turn.work.get(Quote, id)
        if quote is None:
            return None
        names = ("customer", "lines", "discount", "currency", "text", "revision")
        return {name: getattr(quote, name) for name in names}


SUBJECTS["quote"] = Quoted()


def decided(turn: Turn, id: int, state: str) -> None:
    """The approval's decision reaches the quote."""
    quote = turn.work.get(Quote, id)
    if quote is not None and quote.state == "waiting":
        quote = turn.work.change(quote, state=state)
        turn.rewrite(card_of(quote), quote_card(turn, quote))


def shown_again(turn: Turn, id: int, fact: RowsRestored) -> None:
    """After an undo: a yes counts for what it was given for; where there is none for what stands now, it is asked."""
    quote = turn.work.get(Quote, id)
    approvals.void(turn, f"quote:{id}")
    if quote is None:
        return
    known = approvals.standing(turn, subject_of(quote))
    if quote.state in ("waiting", "approved") and (known is None or known.state not in ("waiting", "approved")):
        quote = seek_approval(turn, quote)
    if card_of(quote) != fact.card:
        turn.rewrite(card_of(quote), quote_card(turn, quote))
    turn.work.for_good()


def may_go_out(turn: Turn, quote: Quote) -> None:
    """Raises TooLate unless exactly this was agreed, or nobody has to agree."""
    if quote.state == "sent":
        raise TooLate(_("This quote was sent already."))
    if approvals.rule_for(turn, facts(turn, quote)) is None:
        return
    known = approvals.standing(turn, subject_of(quote))
    if known is None or known.state != "approved":
        raise TooLate(_("This quote still waits for a yes."))


def draw(turn: Turn, quote: Quote, *, send: bool = False) -> None:
    """Its PDF, as a job; then it is shown to its writer, or goes to the customer."""
    begin(turn, "quote", quote=quote.id, revision=quote.revision, send=send, language=turn.language)


def send_quote(turn: Turn, quote: Quote, file: File | None) -> Quote:
    """To the customer, once, with the PDF where there is one."""
    may_go_out(turn, quote)
    customer = turn.work.customers.get(quote.customer)
    if customer is None or "all" in customer.stopped.split():
        raise NotFound(_("This customer does not want messages from us."))
    reply = for_customer(turn, quote)
    told = Reply(reply.text, file=file, tell=f"written:{customer.id}", if_unsure="leave")
    chat = turn.message_customer(customer.id, told)
    if chat is None:
        raise NotFound(_("{name} can't be reached by chat yet.", name=customer.name))
    turn.work.add(
        Activity(
            customer=customer.id,
            member=turn.me().id,
            kind="message",
            channel=chat.platform,
            at=turn.now,
            text=f"#{quote.id}",
            amount=totals(lines_of(quote.lines), quote.discount).total // 100,
            currency=quote.currency,
            logged=turn.now,
        )
    )
    touched(turn, customer)
    quote = turn.work.change(quote, state="sent", sent=turn.now)
    turn.work.for_good()
    return quote


def found(turn: Turn, id: int) -> Quote:
    """The quote; raises NotFound."""
    quote = turn.work.get(Quote, id)
    if quote is None:
        raise NotFound(_("This quote is no longer there."))
    return quote
