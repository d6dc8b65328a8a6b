"""Taking a batch back: what nobody has touched since becomes what it was, the rest stays and is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows.turn import Turn
from flows.undo.actions import restore_row
from flows.undo.rules import conflict
from store import jobs
from store.batches import parts, used
from store.models import Change, Customer
from store.models.row import kind_of
from store.work import Work

Entry = Sequence[Any]
"""A row of a change: table, id, before, after."""


def parts_of(work: Work, card: str) -> list[int]:
    """The parts of a batch that still stand, the last first."""
    return parts(work, card)


def give_back_part(turn: Turn, part: int) -> dict[int, str]:
    """Undoes one part; returns the customers that stay, by number."""
    change = turn.work.get(Change, part)
    if change is None or change.state != "part":
        return {}
    stayed = give_back(turn, change.rows)
    turn.work.change(change, state="undone", rows=[])
    turn.work.for_good()
    return stayed


def give_back(turn: Turn, rows: Sequence[Entry]) -> dict[int, str]:
    """Restores what stands as it was written; a new customer that somebody has worked with stays whole."""
    work = turn.work
    stayed = _worked_with(turn, rows)
    for table, id, before, after in reversed(rows):
        customer = id if table == "customer" else (after or before or {}).get("customer")
        if customer in stayed and _is_new(rows, customer):
            continue
        row = work.get(kind_of(table), id)
        if after is not None and (row is None or conflict(row.__dict__, after)):
            if row is not None and customer:
                stayed[customer] = _name(turn, customer)
            if row is None or before is None:
                continue
        restore_row(turn, kind_of(table), id, before, after)
        if table == "customer" and before is None:
            jobs.forget_origins(work, id)
    return {id: name for id, name in stayed.items() if name}


def _worked_with(turn: Turn, rows: Sequence[Entry]) -> dict[int, str]:
    """New customers of these rows that were changed since, or that other rows speak of."""
    new = {id: after for table, id, before, after in rows if table == "customer" and before is None}
    ours = {(table, id) for table, id, _before, _after in rows}
    found: dict[int, str] = {}
    for id, after in new.items():
        row = turn.work.get(Customer, id)
        if row is not None and conflict(row.__dict__, after):
            found[id] = row.name
    for customer in used(turn.work, set(new) - set(found), ours):
        found[customer] = _name(turn, customer)
    return found


def _is_new(rows: Sequence[Entry], customer: int) -> bool:
    return any(table == "customer" and id == customer and before is None for table, id, before, _after in rows)


def _name(turn: Turn, customer: int) -> str:
    row = turn.work.customers.get(customer)
    return row.name if row else ""
