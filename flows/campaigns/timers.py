"""A campaign goes on, and its card follows."""

from __future__ import annotations

from flows.campaigns import cards
from flows.campaigns.actions import SHOWN, TIMER
from flows.campaigns.sending import top_up
from flows.router import timer
from flows.turn import Turn
from store.models import Campaign


@timer(TIMER)
def go_on(turn: Turn, subject: str) -> None:
    top_up(turn, int(subject))


@timer(SHOWN)
def progressed(turn: Turn, subject: str) -> None:
    if campaign := turn.work.get(Campaign, int(subject)):
        cards.show(turn, campaign)
