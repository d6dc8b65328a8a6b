"""What the API does: the same actions that the chat calls, on values that were read already."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from bot.core.errors import BadInput, NotFound
from bot.core.text import gettext as _
from bot.web.api import schemas as s
from flows.activities.actions import log
from flows.activities.rules import Plan
from flows.customers.actions import add_customer, clean_name, readable_phone
from flows.customers.sight import sees
from flows.orders.actions import take_purchase, take_trace
from flows.reminders.actions import done, set_reminder
from flows.turn import Turn
from flows.webform.actions import take_lead
from store import api
from store.models import Customer, Member, Owned, Purchase, Reminder

Out = TypeVar("Out", bound=BaseModel)


def shown(kind: type[Out], row: Owned, **more: Any) -> Out:
    """The row as the outside sees it."""
    names = kind.model_fields.keys()
    values = {name: getattr(row, name) for name in names if name not in more and hasattr(row, name)}
    return kind(**values, **more)


def listed(
    turn: Turn, out: type[Out], kind: type[Owned], cursor: str | None, limit: int, customer: int | None
) -> s.Page[Out]:
    """A page of rows; one more is asked for, to know whether there is a next page."""
    if customer is not None:
        of(turn, customer)
    rows = api.page(turn.work, kind, int(cursor or 0), limit + 1, customer)
    show = order_out if kind is Purchase else lambda row: shown(out, row)
    data: list[Any] = [show(row) for row in rows[:limit]]  # type: ignore[arg-type]
    return s.Page[out](data=data, next=str(rows[limit - 1].id) if len(rows) > limit else None)  # type: ignore[valid-type]


def of(turn: Turn, id: int) -> Customer:
    """The customer of that number, if it is this firm's and one that the key may see."""
    row = turn.work.customers.get(id)
    if row is None or row.state not in ("active", "lead") or not sees(turn, row):
        raise NotFound(_("There is no such customer."))
    return row


def customer(turn: Turn, id: int) -> s.CustomerOut:
    return shown(s.CustomerOut, of(turn, id))


def new_customer(turn: Turn, body: s.CustomerIn) -> s.CustomerOut:
    row = add_customer(turn, body.name, phone=body.phone, source=body.source)
    more = {name: getattr(body, name) for name in ("email", "industry", "place") if getattr(body, name)}
    row = turn.work.customers.change(row, **more) if more else row
    turn.work.customers.tag(row.id, body.tags)
    return shown(s.CustomerOut, row)


def change_customer(turn: Turn, id: int, body: s.CustomerPatch) -> s.CustomerOut:
    row = of(turn, id)
    values = {n: v for n, v in body.model_dump(exclude_unset=True, exclude={"tags"}).items() if v is not None}
    if "name" in values:
        values["name"] = clean_name(values["name"])
    if values.get("phone"):
        values["phone"] = readable_phone(turn, values["phone"])
    row = turn.work.customers.change(row, **values) if values else row
    turn.work.customers.tag(row.id, body.tags or [])
    return shown(s.CustomerOut, row)


def new_contact(turn: Turn, id: int, body: s.ContactIn) -> s.ContactOut:
    phone = readable_phone(turn, body.phone) if body.phone else ""
    values = {"title": body.title, "phone": phone, "email": body.email}
    return shown(s.ContactOut, turn.work.customers.add_contact(of(turn, id), clean_name(body.name), **values))


def new_activity(turn: Turn, body: s.ActivityIn) -> s.ActivityOut:
    plan = Plan(kind=body.kind, status="done", at=body.at or turn.now)
    made = log(turn, of(turn, body.customer), None, body.text, plan, inbound=body.inbound)
    return shown(s.ActivityOut, made.activity)


def new_order(turn: Turn, body: s.OrderIn) -> s.OrderOut:
    row, _customer, _moves = take_purchase(
        turn,
        of(turn, body.customer),
        body.amount,
        kind=body.kind,
        what=body.what,
        currency=body.currency,
        number=body.number,
        at=body.at,
    )
    return order_out(row)


def order_out(row: Purchase) -> s.OrderOut:
    return shown(s.OrderOut, row, amount=row.amount / 100)


def new_event(turn: Turn, body: s.EventIn) -> s.EventOut:
    made = take_trace(turn, of(turn, body.customer), body.what, body.about, number=body.number, at=body.at)
    return shown(s.EventOut, made)


def new_lead(turn: Turn, body: s.LeadIn) -> s.LeadOut:
    lead = take_lead(turn, body.name, phone=body.phone, email=body.email, words=body.words, source=body.source or "api")
    return shown(s.LeadOut, lead)


def new_reminder(turn: Turn, body: s.ReminderIn) -> s.ReminderOut:
    member = turn.work.get(Member, body.member) if body.member else turn.me()
    if member is None or member.state != "active":
        raise NotFound(_("There is no such colleague."))
    if body.due <= turn.now:
        raise BadInput(_("That time has passed."))
    about = of(turn, body.customer).id if body.customer else None
    return shown(s.ReminderOut, set_reminder(turn, member, body.due, body.text, customer=about))


def change_reminder(turn: Turn, id: int, body: s.ReminderPatch) -> s.ReminderOut:
    row, sight = turn.work.get(Reminder, id), turn.work.sight
    if row is None or (sight is not None and row.member not in sight):
        raise NotFound(_("There is no such reminder."))
    return shown(s.ReminderOut, done(turn, row) if body.done and row.state == "open" else row)
