"""`/duplicates` and `/merge`: look-alikes are shown, a person decides, and can decide otherwise."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import Text, lines
from bot.core.text import gettext as _
from flows.duplicates.actions import apart, explained, merge, reindex
from flows.duplicates.cards import compared, listed
from flows.imports.taking_back import give_back
from flows.jobs import begin
from flows.replies import settled
from flows.router import command, press
from flows.turn import Turn
from flows.undo.actions import BATCHES
from store.models import Change, Customer, Job


@command(
    "duplicates",
    help=_("Customers that may be one and the same"),
    words=("duplicates", "find duplicates", "重复客户", "查重"),
    rooms=False,
)
def duplicates(turn: Turn) -> Reply:
    job = begin(turn, "duplicates")
    return Reply(_("Looking for customers that are alike …"), card=f"duplicates:{job.id}")


@command(
    "merge",
    help=_("Make two customers one"),
    example=_("/merge Acme Ltd, Acme"),
    words=("merge", "合并客户", "合并"),
    rooms=False,
)
def merge_two(turn: Turn, customer: Customer, other: Customer) -> Reply:
    if customer.id == other.id:
        return Reply(_("That is one and the same customer."))
    return compared(turn, customer, other)


@press("pair")
def pair(turn: Turn, one: int, other: int, job: int) -> Reply:
    rows = [turn.work.customers.get(id) for id in (one, other)]
    if any(row is None or row.state != "active" for row in rows) or rows[0] is None or rows[1] is None:
        return settled()
    return compared(turn, rows[0], rows[1], job)


@press("pairs")
def pairs(turn: Turn, job: int) -> Reply:
    found = turn.work.get(Job, job)
    return listed(turn, found) if found is not None and found.kind == "duplicates" else settled()


@press("apart")
def they_are_two(turn: Turn, one: int, other: int) -> Reply:
    if one == other or any(turn.work.customers.get(id) is None for id in (one, other)):
        return settled()
    apart(turn, one, other)
    turn.did(_("Told two customers apart"), f"apart:{one}-{other}")
    return Reply(
        _("Noted: they are two. I won't ask again."),
        (Option(_("Undo"), f"undo:apart:{one}-{other}"),),
        card=f"apart:{one}-{other}",
    )


@press("merge")
def merge_pressed(turn: Turn, keep: int, gone: int) -> Reply:
    stays, goes = turn.work.customers.get(keep), turn.work.customers.get(gone)
    if stays is None or goes is None or "active" not in (stays.state, goes.state) or stays.state != goes.state:
        return settled()
    merged = merge(turn, stays, goes)
    card = f"merge:{keep}-{gone}"
    turn.did(_("{gone} merged into {name}", gone=goes.name, name=stays.name), card)
    text = lines(_("{gone} is part of {name} now.", gone=goes.name, name=stays.name), _came(explained(merged)))
    return Reply(text, (Option(_("Undo"), f"undo:{card}"), Option(Text((stays.name,)), f"who:{keep}")), card=card)


def _came(what: Text) -> Text:
    return _("Came along: {what}", what=what)


def take_apart(turn: Turn, change: Change) -> Reply | None:
    """Everything goes back to where it was, but for what somebody has changed since, which is named."""
    keep, _dash, gone = change.card.partition(":")[2].partition("-")
    contacts = {id for table, id, _before, _after in change.rows if table == "contact"}
    stayed = give_back(turn, change.rows)
    turn.work.change(change, state="given back")
    kept = turn.work.customers.get(int(keep))
    if kept is not None:
        reindex(turn, kept, contacts, int(gone))
    turn.work.for_good()
    named = _("Changed since, and left as it is: {names}", names=", ".join(stayed.values())) if stayed else None
    reply = Reply(lines(_("Undone: {what}", what=change.label), named), card=change.card)
    turn.rewrite(change.card, reply)
    here = turn.where is not None and turn.where in turn.work.cards.places(change.card)
    return None if here else reply


BATCHES["merge"] = take_apart
