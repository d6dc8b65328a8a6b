"""Erasing: the act itself, what it would take, and doing it again in a database that was put back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.messages import Reply
from bot.core.text import gettext as _
from flows.jobs import begin
from flows.turn import Turn
from store import erasing
from store.firms import firms
from store.models import Customer, Erasure, Workspace
from store.traces import Traces, cards_of, counted, everyone, traces
from store.work import Work

KIND = "erase"
MOST_CARDS = 200
"""Cards that are rewritten in the same turn; those beyond it lose their words with the rest."""


@dataclass(frozen=True, slots=True)
class Erased:
    """Of an erasure, what tells whose it was in any copy of the database, without saying who that was."""

    firm: str
    customer: int
    born: datetime
    at: datetime


def preview(turn: Turn, customer: Customer) -> dict[str, int]:
    """How many rows of which table speak of the customer, and of the twins that were merged into them."""
    return counted(traces(turn.work, everyone(turn.work, customer.id)))


def erase(turn: Turn, customer: Customer) -> Erasure:
    """At once what is theirs; a job looks for their name in other people's words and deletes their files."""
    people = everyone(turn.work, customer.id)
    found = traces(turn.work, people)
    cards = cards_of(turn.work, found)
    erasing.erase(turn.work, people, found)
    for card in cards[:MOST_CARDS]:
        turn.rewrite(card, Reply(_("The data of this customer was erased."), card=card))
    row = turn.work.add(_note(turn, customer, found))
    actor = f"member:{turn.member.id}" if turn.member else "console"
    turn.work.audit(actor, "erased", f"customer:{customer.id}")
    begin(turn, KIND, traces=found.kept(), erasure=row.id, language=turn.language)
    return row


def _note(turn: Turn, customer: Customer, found: Traces) -> Erasure:
    by = turn.member.id if turn.member else None
    return Erasure(customer=customer.id, born=customer.created, at=turn.now, by=by, counts=counted(found))


def known(work: Work) -> list[Erased]:
    """Every erasure of every firm here."""
    found = []
    for firm in firms(work):
        work.workspace = firm.id
        found += [Erased(mark(firm), row.customer, row.born, row.at) for row in work.find(Erasure)]
    return found


def again(work: Work, wanted: Iterable[Erased]) -> int:
    """Erases whoever is back in a database from before; returns how many those were."""
    by_mark: dict[str, list[Erased]] = {}
    for each in wanted:
        by_mark.setdefault(each.firm, []).append(each)
    return sum(_again(work, firm, by_mark.get(mark(firm), ())) for firm in firms(work))


def _again(work: Work, firm: Workspace, wanted: Sequence[Erased]) -> int:
    work.workspace, count = firm.id, 0
    for each in wanted:
        customer = work.get(Customer, each.customer)
        if customer is not None and customer.created == each.born and customer.state != "erased":
            erase(Turn(work=work, workspace=firm, key=f"erase:{firm.id}:{customer.id}"), customer)
            count += 1
    return count


def mark(firm: Workspace) -> str:
    """The same firm in every copy of its database."""
    return hashlib.sha256(f"erasures of {firm.secret}".encode()).hexdigest()[:24]


def looked(turn: Turn, member: int) -> None:
    """Somebody looked at what a colleague did: the colleague may know."""
    me: Any = turn.member
    if me is not None and me.id != member:
        turn.work.audit(f"member:{me.id}", "looked", f"member:{member}")


def looked_at(turn: Turn, customer: Customer) -> None:
    """Somebody looked at the whole of a customer whom a colleague looks after: the record says so."""
    me: Any = turn.member
    if me is not None and customer.owner not in (None, me.id):
        turn.work.audit(f"member:{me.id}", "looked", f"customer:{customer.id}")
