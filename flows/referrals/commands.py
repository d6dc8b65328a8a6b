"""What members say about recommendations."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, plain
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.care.words import reader_of
from flows.referrals import actions
from flows.rhythm import writing
from flows.router import command, press
from flows.turn import Turn
from store.models import Customer


@command(
    "refer",
    help=_("A customer's code for recommending us, and who came with it"),
    example=_("/refer Acme"),
    words=("referral code", "recommendation code", "推荐码", "转介绍"),
)
def refer(turn: Turn, customer: Customer) -> Reply:
    return _card(turn, customer)


def _card(turn: Turn, customer: Customer) -> Reply:
    referral = actions.code_of(turn, customer)
    card = f"refer:{customer.id}"
    turn.did(_("code of {name}", name=customer.name), card)
    body = lines(bold(customer.name), code(referral.code), actions.told(turn, referral))
    send = Option(_("Send it to them"), f"refer-send:{customer.id}", style="primary")
    return Reply(body, (send, Option(_("Thanks given"), f"refer-thank:{customer.id}")), card=card)


@command(
    "referred",
    help=_("Somebody came by a recommendation"),
    example=_("/referred Globex R-7KMPQ2"),
    words=("came by", "推荐来的"),
)
def referred(turn: Turn, customer: Customer, text: Rest) -> Reply | Text:
    referral = actions.named_in(turn, text)
    giver = turn.work.customers.get(referral.customer) if referral else None
    if referral is None or giver is None:
        example = code(_("/referred Globex R-7KMPQ2"))
        return lines(_("Nobody has that code."), _("Example: {example}", example=example))
    actions.came(turn, customer, referral)
    card = f"referred:{customer.id}"
    turn.did(_("{name} recommended by {giver}", name=customer.name, giver=giver.name), card)
    said = _("{name} was recommended by {giver}.", name=customer.name, giver=giver.name)
    return Reply(lines(said, actions.told(turn, referral)), (Option(_("Undo"), f"undo:{card}"),), card=card)


@press("refer")
def show(turn: Turn, customer: int) -> Reply:
    found = turn.work.customers.get(customer)
    return _card(turn, found) if found else Reply(_("This customer is no longer there."), toast=True)


@press("refer-send")
def send(turn: Turn, customer: int) -> Reply | Text:
    """A draft with the code, to look at and to send."""
    found = turn.work.customers.get(customer)
    if found is None:
        return Reply(_("This customer is no longer there."), toast=True)
    referral = actions.code_of(turn, found)
    turn.work.for_good()
    _chat, words = reader_of(turn, found)
    ours = _(
        "Do you know somebody whom we could help too? Give them your code {code}: we thank you for everyone who buys.",
        code=referral.code,
    )
    return writing.preview(turn, found, plain(ours.resolve(words)))


@press("refer-thank")
def thank(turn: Turn, customer: int) -> Reply:
    found = turn.work.customers.get(customer)
    if found is None:
        return Reply(_("This customer is no longer there."), toast=True)
    count = actions.thank(turn, actions.code_of(turn, found))
    card = f"refer:{customer}"
    turn.did(_("thanks to {name}", name=found.name), card)
    if not count:
        return Reply(_("Nobody who came has bought since the last thanks."), toast=True)
    undo = Option(_("Undo"), f"undo:{card}")
    return Reply(lines(bold(found.name), _("Thanks noted for {n}.", n=str(count))), (undo,), card=card)
