"""Taking an act back: its rows become what they were, unless somebody has built on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.core.errors import TooLate
from bot.core.messages import Reply
from bot.core.text import gettext as _
from flows.builder.calendar import plan
from flows.reminders.day import plan_brief
from flows.tiers.actions import worth
from flows.turn import Turn
from flows.undo.facts import RowsRestored
from flows.undo.rules import conflict, restored, revived
from store.models import Change, Contact, Customer, Member, Owned, Purchase, Reminder, Survey
from store.models.row import kind_of

BATCHES: dict[str, Callable[[Turn, Change], Reply | None]] = {}
"""Acts too large for one turn, by the topic of their card: who takes them back."""


def undo(turn: Turn, change: Change) -> None:
    """Restores the rows, last first; raises TooLate when one was changed by somebody else meanwhile."""
    for table, id, _before, after in change.rows:
        if not _stands(turn.work.get(kind_of(table), id), after):
            raise TooLate(_("This can't be undone any more: somebody has changed it since."))
    for table, id, before, after in reversed(change.rows):
        restore_row(turn, kind_of(table), id, before, after)
    turn.work.change(change, state="undone", at=turn.now)
    _tell(turn, change)


def redo(turn: Turn, change: Change) -> None:
    """Does it again; raises TooLate when somebody has changed the rows since it was undone."""
    for table, id, before, _after in change.rows:
        if not _stands(turn.work.get(kind_of(table), id), before):
            raise TooLate(_("This can't be done again: somebody has changed it since."))
    for table, id, before, after in change.rows:
        restore_row(turn, kind_of(table), id, after, before)
    turn.work.change(change, state="done")
    _tell(turn, change)


def _stands(row: Owned | None, state: Any) -> bool:
    """Nobody has changed it since it was left so (None: not there)."""
    return row is None if state is None else row is not None and not conflict(row.__dict__, state)


def _tell(turn: Turn, change: Change) -> None:
    rows = tuple((table, id) for table, id, _before, _after in change.rows)
    turn.tell(RowsRestored(rows, change.label, change.card))


def last(turn: Turn, *, card: str = "") -> Change | None:
    """The member's newest act, or the newest one behind a card."""
    return turn.work.last(Change, **_mine(turn, "done", card))


def undone_last(turn: Turn, *, card: str = "") -> Change | None:
    """What was taken back last; of several at one moment the oldest, for they were taken back from the newest on."""
    undone = turn.work.find(Change, **_mine(turn, "undone", card))
    return max(undone, key=lambda change: (change.at, -change.id), default=None)


def _mine(turn: Turn, state: str, card: str) -> dict[str, Any]:
    return {"member": turn.me().id, "state": state, **({"card": card} if card else {})}


def restore_row(turn: Turn, kind: type[Owned], id: int, to: Any, was: Any) -> None:
    """One row becomes what it was (None: not there), with what hangs on it."""
    row = turn.work.get(kind, id)
    if to is None:
        if row is not None:
            _unindex(turn, row)
            turn.work.remove(row)
        return
    if row is None:
        values = {name: revived(value) for name, value in to.items()}
        turn.work.put_back(kind.loaded({**values, "id": id, "workspace": turn.workspace.id}))
    else:
        turn.work.change(row, **restored(row.__dict__, to, was or {}))
    _wake(turn, turn.work.get(kind, id))


def _wake(turn: Turn, row: Owned | None) -> None:
    """What hangs on a row follows it: timers, search keys."""
    if isinstance(row, Reminder):
        turn.work.timers.cancel("reminder", str(row.id))
        if row.state == "open" and (row.rung is None or row.due > turn.now):
            turn.work.timers.set("reminder", str(row.id), row.due)
    if isinstance(row, Member):
        _settle(turn, row)
    if isinstance(row, Survey):
        plan(turn, row)
    if isinstance(row, Customer):
        turn.work.search.index(row)
    if isinstance(row, Purchase) and (buyer := turn.work.customers.get(row.customer)):
        _value_again(turn, buyer)
    if isinstance(row, Contact) and (customer := turn.work.customers.get(row.customer)):
        turn.work.search.index(customer, row)


def _settle(turn: Turn, member: Member) -> None:
    """One's own settings hold at once, and the morning brief follows them."""
    if turn.member is not None and turn.member.id == member.id:
        turn.member = member
        turn.__dict__.pop("words", None)
    plan_brief(turn, member)


def _value_again(turn: Turn, customer: Customer) -> None:
    """Others may have ordered since: what they count together is worked out anew."""
    found = worth(turn, customer)
    turn.work.customers.change(customer, value=found.numbers.value, score=found.score)


def _unindex(turn: Turn, row: Owned) -> None:
    if isinstance(row, Reminder):
        turn.work.timers.cancel("reminder", str(row.id))
    if isinstance(row, Customer):
        turn.work.search.forget(row.id)
    if isinstance(row, Contact):
        turn.work.search.forget(row.customer, row.id)
