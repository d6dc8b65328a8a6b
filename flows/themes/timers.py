"""What time alone triggers: the reader's night is over."""

from __future__ import annotations

from flows.router import timer
from flows.themes.publishing import TELL, tell
from flows.turn import Turn
from store.models import Publication


@timer(TELL)
def morning(turn: Turn, subject: str) -> None:
    publication, _colon, customer = subject.partition(":")
    if row := turn.work.get(Publication, int(publication)):
        tell(turn, row, int(customer))
