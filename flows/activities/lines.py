"""From what was typed to what it means here: read with the customer file, split where several customers are meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.activities.rules import names
from flows.customers.names import FileNames
from flows.turn import Turn
from flows.understanding import Context, Reading, read
from store.models import Customer


def understood(turn: Turn, words: str, at: datetime) -> Reading:
    """The line as it was meant when and where it was written."""
    context = Context(now=at.astimezone(turn.zone), country=turn.workspace.country, language=turn.language)
    return read(words, context, FileNames(turn.work, turn.me().id))


def meant(turn: Turn, reading: Reading) -> list[Customer]:
    """The customers a line may mean: one when it is clear, several when not, none when nobody known is named."""
    certain = _firms(turn, [str(mention.id) for mention in names(reading) if mention.id is not None])
    if certain:
        return certain[:1] if sum(mention.id is not None for mention in reading.companies) <= 1 else certain
    return _firms(turn, [str(id) for mention in names(reading) for id in mention.ids])


def contact_of(turn: Turn, reading: Reading, customer: Customer) -> int | None:
    """The person at this customer whom the line names."""
    ids = {str(id) for mention in reading.people for id in (mention.id, *mention.ids) if id is not None}
    called = {mention.mention.casefold() for mention in (*reading.people, *reading.unknown)}
    for contact in turn.work.customers.contacts(customer.id):
        if f"p{contact.id}" in ids or contact.name.casefold() in called:
            return contact.id
    return None


def pieces(turn: Turn, words: str, at: datetime) -> list[tuple[str, Customer]]:
    """A pasted note by customer: lines that name nobody belong to the one named before; empty unless it is several."""
    found: list[tuple[str, Customer]] = []
    for line in (line.strip() for line in words.splitlines()):
        customers = meant(turn, understood(turn, line, at)) if line else []
        if len(customers) == 1 and (not found or found[-1][1].id != customers[0].id):
            found.append((line, customers[0]))
        elif line and found:
            found[-1] = (f"{found[-1][0]}\n{line}", found[-1][1])
        elif line:
            return []
    return found if len({customer.id for _line, customer in found}) > 1 else []


def _firms(turn: Turn, ids: Sequence[str]) -> list[Customer]:
    """The customers behind the ids of mentions, each once."""
    found: dict[int, Customer] = {}
    for id in ids:
        contact = turn.work.customers.contact(int(id[1:])) if id.startswith("p") else None
        customer = turn.work.customers.get(contact.customer if contact else int(id[1:]))
        if customer is not None and customer.state == "active":
            found.setdefault(customer.id, customer)
    return list(found.values())
