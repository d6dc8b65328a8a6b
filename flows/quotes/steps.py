"""A quote's PDF as a job: drawn beside the writer, kept, and handed over in one turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from bot.core.errors import Problem, TooLate
from bot.core.messages import File, Reply
from bot.core.ports import Files
from bot.core.text import Text, moment, plain
from bot.core.text import gettext as _
from flows.jobs import Act, Reader, job
from flows.pictures.fonts import NoFont
from flows.pictures.paper import Sheet, pdf
from flows.quotes import actions, cards
from flows.quotes.rules import Line, lines_of, totals
from flows.turn import Turn
from flows.words import Words, language_of
from store.models import Job, Quote
from store.work import Work

Said = Callable[[Text], str]
"""Words as the reader of the sheet reads them."""


@job("quote")
def steps(found: Job, files: Files, ask: Reader) -> Iterator[Act]:
    """Where no font has the characters the text alone goes out, and the writer hears why."""
    sheet = ask(partial(_sheet, dict(found.arguments)))
    hash, size = "", 0
    if sheet is not None:
        try:
            content = pdf(sheet)
        except NoFont:
            content = b""
        if content:
            hash, size = files.keep(content), len(content)
    yield partial(_hand_over, sheet.name if sheet else "", hash, size)


def _sheet(arguments: dict[str, Any], work: Work) -> Sheet | None:
    quote = work.get(Quote, arguments["quote"])
    firm = work.firm(work.workspace)
    if quote is None or firm is None:
        return None
    turn = Turn(work=work, workspace=firm, key="")
    customer = work.customers.get(quote.customer)
    chats = work.people.chats_of(quote.customer) if arguments["send"] else []
    words = turn.words_for(chats[0]) if chats else Words(language_of(arguments["language"]), firm.zone, work.now)

    def said(text: Text) -> str:
        return plain(text.resolve(words))

    return _written(quote, firm.name, customer.name if customer else "", work.now, said)


def _written(quote: Quote, firm: str, to: str, now: datetime, said: Said) -> Sheet:
    title = said(_("Contract")) if quote.kind == "contract" else said(_("Quotation"))
    until = said(_("Valid until {when}", when=moment(quote.valid, "day"))) if quote.valid else ""
    return Sheet(
        name=f"{title}-{quote.id}.pdf",
        title=f"{title} {quote.id}",
        firm=firm,
        to=to,
        date=said(moment(now, "day")),
        heads=(said(_("What")), said(_("How many")), said(_("Price")), said(_("Sum"))),
        rows=tuple(_row(line, quote.currency, said) for line in lines_of(quote.lines)),
        foot=tuple(_foot(quote, said)),
        notes=tuple(note for note in (quote.text, until) if note),
    )


def _row(line: Line, currency: str, said: Said) -> tuple[str, ...]:
    what = line.what or said(_("in all"))
    return what, f"{line.count.normalize():f}", cards.exact(line.price, currency), cards.exact(line.sum, currency)


def _foot(quote: Quote, said: Said) -> Iterator[tuple[str, str]]:
    sums = totals(lines_of(quote.lines), quote.discount)
    yield said(_("Sum")), cards.exact(sums.whole, quote.currency)
    if quote.discount:
        yield said(_("Discount")) + f" {quote.discount / 100:g}%", "−" + cards.exact(sums.off, quote.currency)
    yield said(_("Total")), cards.exact(sums.total, quote.currency)


def _hand_over(name: str, hash: str, size: int, turn: Turn, found: Job) -> None:
    turn.work.change(found, state="done")
    quote = turn.work.get(Quote, found.arguments["quote"])
    if quote is None or turn.member is None:
        return
    stale = quote.revision != found.arguments["revision"]
    file = File(name, "application/pdf", hash=hash, size=size) if hash and not stale else None
    if found.arguments["send"]:
        _send(turn, quote, file, stale=stale)
    elif file is not None:
        turn.message_member(turn.member, Reply(cards.quote_text(turn, quote), file=file), "")
    else:
        said = _("I could not draw the PDF here: no font has these characters. The text stands on the card.")
        turn.message_member(turn.member, Reply(said), "")


def _send(turn: Turn, quote: Quote, file: File | None, *, stale: bool) -> None:
    assert turn.member is not None  # noqa: S101 - asked by a member
    try:
        if stale:
            raise TooLate(_("It was changed since: what you see is not what would go out any more."))
        quote = actions.send_quote(turn, quote, file)
    except Problem as problem:
        turn.message_member(turn.member, Reply(problem.text), "")
        return
    customer = turn.work.customers.get(quote.customer)
    turn.rewrite(cards.card_of(quote), cards.quote_card(turn, quote))
    told = _("Sent to {name}.", name=customer.name if customer else "?")
    turn.message_member(turn.member, Reply(told), "")
