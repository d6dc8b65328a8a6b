"""What the clock does for care: each morning it looks whose day comes, and each greeting has its hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flows.care import festivals, greetings
from flows.care.cards import told_of
from flows.care.days import Told, coming, in_year, months_of, next_day
from flows.care.occasions import greet
from flows.care.rules import uses_less
from flows.care.sentences import kind_of
from flows.care.words import FIRST_ORDER
from flows.reminders.calendars import works_in
from flows.reminders.rules import instant, next_clock
from flows.router import timer
from flows.turn import Turn
from flows.words import zone_of
from store.models import Deal, Festival
from store.work import Work

CARE = "care"
MORNING = time(8, 45)
STEP = 100
LEAST_USES = 6


@timer(CARE)
def morning(turn: Turn, subject: str) -> None:
    """A hundred occasions in a turn; then what is not told one by one."""
    after = int(subject or 0)
    days = days_to_tell(turn)
    rows = turn.work.care.kept(*months_of(days), after, limit=STEP)
    for row in rows:
        customer = turn.work.customers.get(row.customer)
        day = next_day(told_of(row), days[0])
        if customer is not None and day in days:
            greet(turn, f"occasion:{row.id}", customer, row.kind, day, told_of(row), name=row.name, contact=row.contact)
    if len(rows) == STEP:
        turn.work.timers.set(CARE, str(rows[-1].id), turn.now)
        return
    _rest_of_the_day(turn, days)
    plan(turn.work, turn.workspace.zone)


def days_to_tell(turn: Turn) -> list[date]:
    """The days for which the owner is told today."""
    today = turn.now.astimezone(zone_of(turn.workspace.zone)).date()
    return list(coming(today, works_in(turn)))


def _rest_of_the_day(turn: Turn, days: list[date]) -> None:
    for row in festivals.switched_on(turn):
        day = next_day(festivals.day_told(row), days[0])
        yesterday = days[0] - timedelta(days=1)
        if day in days:
            festivals.begin(turn, row, day)
        if next_day(festivals.day_told(row), yesterday) == yesterday:
            festivals.ask_owners(turn, row, yesterday)
    switch = turn.work.first(Festival, key=FIRST_ORDER, state="on")
    if switch is not None:
        _first_orders(turn, days)
    _contracts(turn, days)
    _own_fields(turn, days)
    _usage(turn, days[0])


def _first_orders(turn: Turn, days: list[date]) -> None:
    """So many years since a customer bought for the first time."""
    zone = zone_of(turn.workspace.zone)
    for customer, at in turn.work.care.first_orders():
        first = at.astimezone(zone).date()
        told = Told(first.month, first.day, first.year)
        day = next((day for day in days if in_year(told, day.year) == day and day.year > first.year), None)
        found = turn.work.customers.get(customer) if day else None
        if found is not None and day is not None:
            greet(turn, f"first:{customer}", found, "anniversary", day, told)


def _contracts(turn: Turn, days: list[date]) -> None:
    """Whoever's contract ends is asked how to go on."""
    zone = zone_of(turn.workspace.zone)
    first, last = (instant(datetime.combine(day, time()), zone) for day in (days[0], days[-1] + timedelta(days=1)))
    for deal in turn.work.care.contract_ends(first, last):
        day = _end_of(deal).astimezone(zone).date()
        customer = turn.work.customers.get(deal.customer)
        if customer is not None and day in days:
            greet(turn, f"contract:{deal.id}", customer, "contract", day, Told(day.month, day.day))


def _end_of(deal: Deal) -> datetime:
    return deal.until or datetime(2000, 1, 1, tzinfo=UTC)


def _own_fields(turn: Turn, days: list[date]) -> None:
    """Dates in the firm's own fields that are called a birthday or the like, as sheets bring them."""
    wanted, after = [f"{day:%m-%d}" for day in days], 0
    if any(f"{day:%m-%d}" == "02-28" for day in days):
        wanted.append("02-29")
    while rows := turn.work.care.own_dates(wanted, after, limit=STEP):
        for id, customer_id, name, label, words in rows:
            kind, _own_name = kind_of(label or name.replace("_", " "))
            first = date.fromisoformat(words)
            told = Told(first.month, first.day, first.year)
            day, customer = next_day(told, days[0]), turn.work.customers.get(customer_id)
            if kind != "day" and day in days and customer is not None:
                greet(turn, f"field:{id}", customer, kind, day, told)
        after = rows[-1][0]


def _usage(turn: Turn, today: date) -> None:
    """Somebody uses our product much less: help is offered, at most once in two months."""
    for customer_id, late, before in turn.work.care.used(LEAST_USES):
        customer = turn.work.customers.get(customer_id)
        if customer is not None and uses_less(late, before):
            subject = f"usage:{customer_id}:{today.toordinal() // 60}"
            made = greetings.draft(turn, subject, customer, "usage", today)
            if made is not None:
                greetings.ask_owner(turn, made)


@timer(greetings.GREET)
def hour(turn: Turn, subject: str) -> None:
    greetings.due(turn, int(subject))


@timer(festivals.GREET_ALL)
def everybody(turn: Turn, subject: str) -> None:
    festivals.step(turn, subject)


def plan(work: Work, zone_name: str) -> None:
    """The next morning on the firm's clock."""
    work.timers.move(CARE, "0", next_clock(work.now, MORNING, zone_of(zone_name)))
