"""A quote's PDF as a job: drawn beside the writer, kept, and handed over in one turn."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from bot.core.errors import Problem, TooLate
from bot.core.messages import File, Reply
from bot.core.ports import Files
from bot.core.text import gettext as _
from bot.core.text import plain
from flows.jobs import Act, Reader, job
from flows.pictures.fonts import NoFont
from flows.pictures.paper import Sheet, pdf
from flows.quotes import actions, cards
from flows.quotes.rules import lines_of, totals
from flows.turn import Turn
from flows.words import Words, language_of
from store.models import Job, Quote
from store.work import Work


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
    found = lines_of(quote.lines)
    sums = totals(found, quote.discount)

    def said(text: Any) -> str:
        return plain(text.resolve(words))

    rows = [
        (
            line.what or said(_("in all")),
            f"{line.count.normalize():f}",
            cards.exact(line.price, quote.currency),
            cards.exact(line.sum, quote.currency),
        )
        for line in found
    ]
    title = said(_("Contract")) if quote.kind == "contract" else said(_("Quotation"))
    foot = [(said(_("Sum")), cards.exact(sums.whole, quote.currency))]
    if quote.discount:
        foot.append((said(_("Discount")) + f" {quote.discount / 100:g}%", "−" + cards.exact(sums.off, quote.currency)))
    foot.append((said(_("Total")), cards.exact(sums.total, quote.currency)))
    from bot.core.text import moment

    until = said(_("Valid until {when}", when=moment(quote.valid, "day"))) if quote.valid else ""
    return Sheet(
        name=f"{title}-{quote.id}.pdf",
        title=f"{title} {quote.id}",
        firm=firm.name,
        to=customer.name if customer else "",
        date=plain(moment(work.now, "day").resolve(words)),
        heads=(said(_("What")), said(_("How many")), said(_("Price")), said(_("Sum"))),
        rows=tuple(rows),
        foot=tuple(foot),
        notes=tuple(note for note in (quote.text, until) if note),
    )


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
