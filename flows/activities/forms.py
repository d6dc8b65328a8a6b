"""The whole log in one form, where the platform has forms: to correct it, and to say whose a passed-on message is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.activities.actions import correct, move_to, of
from flows.activities.cards import logged_card
from flows.activities.corrections import corrected, may_correct
from flows.activities.lines import understood
from flows.activities.rules import plan
from flows.activities.words import KINDS
from flows.activities.writing import Outcome, drafts, said_at, write
from flows.customers.actions import add_customer
from flows.forms import Field, filled, offer, wrong
from flows.router import press
from flows.turn import Turn
from flows.understanding import Context, Reading, read_money
from store.models import Activity, Customer

LONGEST = 3000
"""What fits into a field."""


def offer_correction(turn: Turn, activity: Activity) -> None:
    """Everything that a tap can correct, at once."""
    at = activity.at.astimezone(turn.zone)
    customer = turn.work.customers.get(activity.customer)
    fields = [
        Field("customer", _("Customer"), value=customer.name if customer else ""),
        _kind(activity.kind),
        Field("day", _("Day"), "date", f"{at:%Y-%m-%d}"),
        Field("time", _("Time"), "time", f"{at:%H:%M}"),
        Field("amount", _("Amount"), value=_sum(activity), hint=_("For example “120k”."), optional=True),
        Field("text", _("What happened"), "long", activity.text[:LONGEST]),
    ]
    offer(turn, f"log-form:{activity.id}", _("Correct the log"), _("Save"), fields)


def offer_customer(turn: Turn, waiting: Mapping[str, Any], guess: str = "") -> None:
    """Whose a line is that nobody could tell; in the chat the same question waits."""
    fields = [
        Field("customer", _("Customer"), value=guess),
        Field("new", _("Not in the file yet?"), "choice", options=(("yes", _("Create this customer")),), optional=True),
        _kind(waiting.get("as") or _plan(turn, waiting).kind),
        Field("text", _("What happened"), "long", waiting["text"][:LONGEST]),
    ]
    offer(turn, f"draft-form:{waiting['draft']}", _("Log as activity"), _("Log"), fields)


def _kind(kind: str) -> Field:
    return Field("kind", _("Kind"), "choice", kind, options=tuple(KINDS.items()))


def _sum(activity: Activity) -> str:
    return f"{activity.amount} {activity.currency}" if activity.amount else ""


@press("log-form")
def saved(turn: Turn, activity: int) -> Outcome:
    """What differs from the log is corrected, all of it as one act; or nothing, while a field is wrong."""
    found, given = may_correct(turn, activity), filled(turn)
    customer = _customer(turn, given.get("customer", ""), of(turn, found).customer)
    amount, currency = _amount(turn, given.get("amount", ""), found)
    if "errors" in turn.data or customer is None or not given:
        return None
    values: dict[str, Any] = {"amount": amount, "currency": currency, "at": _moment(turn, given, found)}
    if given["kind"] in KINDS:
        values["kind"] = given["kind"]
    changed = {name: value for name, value in values.items() if value != getattr(found, name)}
    words = given["text"]
    if words and words != found.text[:LONGEST]:
        said = found.logged.astimezone(turn.zone)
        before, after = (plan(understood(turn, line, said), said) for line in (found.text, words))
        found = correct(turn, found, words, before, after).activity
    if changed:
        found = turn.work.change(found, **changed)
    if customer.id != found.customer:
        found = move_to(turn, found, customer).activity
    logged = of(turn, found)
    return corrected(turn, logged) if turn.work.changes else logged_card(turn, logged)


@press("draft-form")
def told(turn: Turn, draft: str) -> Outcome:
    """The passed-on message becomes a log of the customer that was named."""
    waiting = next((line for line in drafts(turn) if line["draft"] == draft), None)
    given = filled(turn)
    if waiting is None:
        wrong(turn, "customer", _("That is settled already."))
        return None
    name = given.get("customer", "")
    known = _called(turn, name)
    if not known and name and given.get("new"):
        known = [add_customer(turn, name)]
    if len(known) != 1:
        wrong(turn, "customer", _not_one(turn, name, known))
        return None
    as_kind = {"as": given["kind"]} if given.get("kind") in KINDS else {}
    line = {**waiting, "text": given.get("text") or waiting["text"], **as_kind}
    return write(turn, known[0], _reading(turn, line), line)


def _customer(turn: Turn, name: str, now: Customer) -> Customer | None:
    """The customer that is meant; says beside the field why none is."""
    if name == now.name:
        return now
    known = _called(turn, name)
    if len(known) != 1:
        wrong(turn, "customer", _not_one(turn, name, known))
        return None
    return known[0]


def _not_one(turn: Turn, name: str, known: list[Customer]) -> Text:
    if known:
        return _("Several fit: {names}. Which one?", names=", ".join(customer.name for customer in known[:5]))
    return _("No customer fits “{name}”.", name=name[:40]) if name else _("Which customer?")


def _called(turn: Turn, name: str) -> list[Customer]:
    hits = turn.work.search.named([name]).get(name) or turn.work.search.find(name, limit=6) if name else []
    found = [customer for customer in turn.work.search.customers(hits) if customer.state == "active"]
    exact = [customer for customer in found if customer.name.casefold() == name.casefold()]
    return exact if len(exact) == 1 else found


def _amount(turn: Turn, typed: str, found: Activity) -> tuple[int | None, str]:
    if typed == _sum(found):
        return found.amount, found.currency
    if not typed:
        return None, ""
    money = read_money(typed, Context(now=turn.local, country=turn.workspace.country, language=turn.language))
    if money is None:
        wrong(turn, "amount", _("I could not read a sum there."))
        return None, ""
    return round(money.amount), money.currency or found.currency or turn.workspace.currency


def _moment(turn: Turn, given: Mapping[str, str], found: Activity) -> datetime:
    """The day and the time on the member's clock; what was not touched keeps its seconds."""
    was = found.at.astimezone(turn.zone)
    day = date.fromisoformat(given["day"]) if given.get("day") else was.date()
    clock = time.fromisoformat(given["time"]) if given.get("time") else was.time()
    same = day == was.date() and f"{clock:%H:%M}" == f"{was:%H:%M}"
    return found.at if same else datetime.combine(day, clock, turn.zone)


def _reading(turn: Turn, waiting: Mapping[str, Any]) -> Reading:
    return understood(turn, waiting["text"], said_at(waiting))


def _plan(turn: Turn, waiting: Mapping[str, Any]) -> Any:
    return plan(_reading(turn, waiting), said_at(waiting).astimezone(turn.zone))
