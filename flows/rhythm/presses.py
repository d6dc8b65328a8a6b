"""Writing to a customer, and the alert about one who has gone quiet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Answered, Option, Reply, Said
from bot.core.text import Text, bold, code, lines, moment, plain, quote
from bot.core.text import gettext as _
from flows.activities.smalltalk import agrees
from flows.arguments import Rest
from flows.rhythm import writing
from flows.router import NOT_MINE, answered, command, dialog, press
from flows.turn import Turn
from store.models import Customer, Member


@command(
    "write",
    help=_("A message to a customer, with a look at it first"),
    example=_("/write Acme The samples left today."),
    words=("write to", "发消息给", "给客户发"),
    rooms=False,
)
def write(turn: Turn, customer: Customer, text: Rest) -> Reply | Text:
    return writing.preview(turn, customer, text)


@dialog("write")
def instead(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """A yes shows the button again, which alone sends; whatever else is said drops the preview, and nothing is sent."""
    customer = turn.work.customers.get(state["customer"])
    if customer is not None and agrees(said.text):
        return writing.preview(turn, customer, state["text"])
    turn.remember(None)
    return NOT_MINE


press("write-send")(writing.send)


@answered("written")
def not_sent(turn: Turn, what: Answered) -> None:
    """A message that did not arrive is said to its writer's colleagues who look after the customer."""
    if what.outcome == "sent":
        return
    customer = turn.work.customers.get(int(what.tell.partition(":")[2]))
    if customer is not None and customer.owner:
        owner = turn.work.get(Member, customer.owner)
        if owner is not None:
            said = _("Your message to {name} did not arrive.", name=customer.name)
            turn.message_member(owner, Reply(said), "")


def silent_card(turn: Turn, customer: Customer, days: int) -> Reply:
    """The last thing that was said, and a few words to begin with."""
    last = turn.work.activities.last(customer.id, limit=1)
    contacts = turn.work.customers.contacts(customer.id)
    name = contacts[0].name if contacts else customer.name
    draft = plain(_draft(name).resolve(turn.words_for(None, turn.member)))
    body = lines(
        bold(_("{name}: no contact for {n} days", name=customer.name, n=days)),
        _("Last: {when}", when=moment(last[0].at, "day")) if last else _("Nothing has been logged yet."),
        quote(last[0].text[:160]) if last and last[0].text else None,
        _("A draft:"),
        code(draft),
    )
    options = (
        Option(_("Send the draft"), f"draft:{customer.id}", style="primary"),
        Option(_("Log result"), f"contact-log:{customer.id}"),
        Option(_("Remind me"), f"remind-about:{customer.id}"),
    )
    return Reply(body, options, card=f"silent:{customer.id}:{turn.now.date().isoformat()}")


def _draft(name: str) -> Text:
    return _(
        "Hello {name}, we have not spoken for a while. How are things going, and is there anything we can do?",
        name=name,
    )


@press("draft")
def draft(turn: Turn, customer: int) -> Reply | Text:
    found = turn.work.customers.get(customer)
    if found is None:
        return Reply(_("This customer is no longer there."), toast=True)
    contacts = turn.work.customers.contacts(found.id)
    chats = turn.work.people.chats_of(found.id)
    words = turn.words_for(chats[0]) if chats else turn.words
    return writing.preview(turn, found, plain(_draft(contacts[0].name if contacts else found.name).resolve(words)))
