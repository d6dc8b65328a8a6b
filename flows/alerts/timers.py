"""What time alone triggers: a so-so answer nobody acted on, and the customer's morning."""

from __future__ import annotations

from flows.alerts.actions import LATE, SHOW, nobody_acted, show_task
from flows.alerts.claims import TELL, tell_customer
from flows.alerts.showing import show
from flows.router import timer
from flows.turn import Turn
from store.models import Alert


@timer(LATE)
def late(turn: Turn, subject: str) -> None:
    if alert := turn.work.get(Alert, int(subject)):
        nobody_acted(turn, alert)


@timer(SHOW)
def morning(turn: Turn, subject: str) -> None:
    if alert := turn.work.get(Alert, int(subject)):
        show_task(turn, alert)


@timer(TELL)
def tell(turn: Turn, subject: str) -> None:
    """The night is over; if somebody else has it by now, that name is said."""
    alert = turn.work.get(Alert, int(subject))
    if alert is not None and alert.state == "claimed" and alert.told is None:
        show(turn, tell_customer(turn, alert))
