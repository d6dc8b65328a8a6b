"""Writing down what happened, and correcting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.activities.facts import ActivityLogged
from flows.activities.rules import Agreed, Plan, Promised
from flows.customers.actions import touched
from flows.reminders.actions import remove_reminder, set_reminder
from flows.turn import Turn
from store.models import Activity, Customer, Promise, Reminder, Tag

TOUCHES = ("call", "meeting", "visit", "email", "message", "demo")
"""Kinds that are a contact with the customer; a note is not."""
LONGEST = 4000
"""Characters of what was said that an entry keeps."""


@dataclass(frozen=True, slots=True)
class Logged:
    """What one line became."""

    activity: Activity
    customer: Customer
    reminders: Sequence[Reminder]
    promises: Sequence[Promise]
    tags: Sequence[str]


def log(
    turn: Turn,
    customer: Customer,
    contact: int | None,
    text: str,
    plan: Plan,
    *,
    source: str = "",
    inbound: bool = False,
) -> Logged:
    """Writes the activity with everything that was agreed in it; `inbound` for what a customer said."""
    me = turn.me()
    activity = turn.work.add(
        Activity(
            customer=customer.id,
            contact=contact,
            member=me.id,
            kind=plan.kind,
            status=plan.status,
            channel=_channel(plan.kind),
            at=plan.at,
            text=text[:LONGEST],
            direction="in" if inbound else "out",
            result=plan.result,
            amount=plan.amount,
            currency=plan.currency or (turn.workspace.currency if plan.amount else ""),
            source=source,
            logged=turn.now,
        )
    )
    if plan.status == "done" and plan.kind in TOUCHES:
        customer = touched(turn, customer, inbound=inbound)
    turn.work.customers.tag(customer.id, list(plan.tags))
    reminders = [_remind(turn, activity, agreed) for agreed in plan.reminders]
    promises = [_promise(turn, activity, promised) for promised in plan.promises]
    turn.tell(ActivityLogged(activity.id, customer.id, activity.kind, activity.status))
    return Logged(activity, customer, reminders, promises, plan.tags)


def of(turn: Turn, activity: Activity) -> Logged:
    """The activity with what hangs on it, as it is now."""
    customer = turn.work.customers.get(activity.customer)
    assert customer is not None  # noqa: S101 - customers are never deleted, only marked
    return Logged(
        activity,
        customer,
        turn.work.reminders.of_activity(activity.id),
        turn.work.find(Promise, activity=activity.id),
        _said_tags(turn, activity),
    )


def _said_tags(turn: Turn, activity: Activity) -> list[str]:
    """The customer's tags that this sentence names."""
    said = activity.text.casefold()
    return [tag for tag in turn.work.customers.tags(activity.customer) if f"#{tag.casefold()}" in said]


def correct(turn: Turn, activity: Activity, text: str, before: Plan, after: Plan) -> Logged:
    """Changes what changed between the two readings of the sentence, and nothing that was decided since."""
    values: dict[str, object] = {"text": text[:LONGEST]}
    for name in ("kind", "status", "at", "result", "amount", "currency"):
        if getattr(before, name) != getattr(after, name):
            values[name] = getattr(after, name)
    if "kind" in values:
        values["channel"] = _channel(after.kind)
    activity = turn.work.change(activity, **values)
    _correct_tags(turn, activity.customer, before.tags, after.tags)
    _correct_reminders(turn, activity, before.reminders, after.reminders)
    _correct_promises(turn, activity, before.promises, after.promises)
    return replace(of(turn, activity), tags=after.tags)


def fill(
    turn: Turn,
    activity: Activity,
    names: Sequence[str],
    *,
    kind: str | None,
    amount: int | None,
    currency: str,
    reminder: Agreed | None,
    promise: Promised | None,
) -> Logged:
    """What a language model found is added, and the log says which of its facts came that way."""
    values: dict[str, object] = {"filled": " ".join(names)}
    if kind is not None:
        values |= {"kind": kind, "channel": _channel(kind)}
    if amount is not None:
        values |= {"amount": amount, "currency": currency or turn.workspace.currency}
    activity = turn.work.change(activity, **values)
    if reminder is not None:
        _remind(turn, activity, reminder)
    if promise is not None:
        _promise(turn, activity, promise)
    return of(turn, activity)


def move_to(turn: Turn, activity: Activity, customer: Customer) -> Logged:
    """It was another customer: the activity and what hangs on it move along."""
    for reminder in turn.work.reminders.of_activity(activity.id):
        turn.work.change(reminder, customer=customer.id)
    for promise in turn.work.find(Promise, activity=activity.id):
        turn.work.change(promise, customer=customer.id)
    tags = _said_tags(turn, activity)
    _correct_tags(turn, activity.customer, tags, ())
    turn.work.customers.tag(customer.id, tags)
    activity = turn.work.change(activity, customer=customer.id, contact=None)
    touched(turn, customer)
    return of(turn, activity)


def call_off(turn: Turn, activity: Activity) -> Logged:
    """What was planned is not held: nothing of it rings any more."""
    for reminder in turn.work.reminders.of_activity(activity.id):
        if reminder.state == "open":
            remove_reminder(turn, reminder)
    return of(turn, turn.work.change(activity, status="cancelled"))


def _channel(kind: str) -> str:
    return {"call": "phone", "visit": "visit", "meeting": "meeting", "email": "email"}.get(kind, "")


def _remind(turn: Turn, activity: Activity, agreed: Agreed) -> Reminder:
    text = agreed.text or activity.text[:120]
    return set_reminder(
        turn, turn.me(), agreed.due, text, rule=agreed.rule, customer=activity.customer, activity=activity.id
    )


def _promise(turn: Turn, activity: Activity, promised: Promised) -> Promise:
    return turn.work.add(
        Promise(
            customer=activity.customer,
            activity=activity.id,
            member=turn.me().id,
            by=promised.by,
            what=promised.what,
            due=promised.due,
        )
    )


def _correct_tags(turn: Turn, customer: int, before: Sequence[str], after: Sequence[str]) -> None:
    for name in set(before) - set(after):
        for row in turn.work.find(Tag, customer=customer, name=name):
            turn.work.remove(row)
    turn.work.customers.tag(customer, [name for name in after if name not in before])


def _correct_reminders(turn: Turn, activity: Activity, before: Sequence[Agreed], after: Sequence[Agreed]) -> None:
    """Pairs old and new by position; a reminder that was moved by hand since keeps its time."""
    rows = turn.work.reminders.of_activity(activity.id)
    for number in range(max(len(before), len(after))):
        old = before[number] if number < len(before) else None
        new = after[number] if number < len(after) else None
        row = _row_of(rows, old) if old else None
        if new and not old:
            _remind(turn, activity, new)
        elif row is not None and row.state == "open" and old != new:
            remove_reminder(turn, row)
            if new:
                _remind(turn, activity, new)


def _row_of(rows: Sequence[Reminder], agreed: Agreed) -> Reminder | None:
    return next((row for row in rows if same_moment(row.due, agreed.due)), None)


def same_moment(one: datetime, other: datetime) -> bool:
    """Equal to the second."""
    return abs((one - other).total_seconds()) < 1


def _correct_promises(turn: Turn, activity: Activity, before: Sequence[Promised], after: Sequence[Promised]) -> None:
    rows = turn.work.find(Promise, activity=activity.id)
    for number in range(max(len(before), len(after))):
        old = before[number] if number < len(before) else None
        new = after[number] if number < len(after) else None
        row = next((row for row in rows if old and row.what == old.what and row.state == "open"), None)
        if new and not old:
            _promise(turn, activity, new)
        elif row is not None and new is None:
            turn.work.remove(row)
        elif row is not None and new is not None and new != old:
            turn.work.change(row, what=new.what, due=new.due, by=new.by)
