"""`/trends`, and the daily look."""

from __future__ import annotations

from bot.core.messages import Reply
from bot.core.text import gettext as _
from flows.router import MEMBERS, command, timer
from flows.trends.actions import DAILY, plan, tell, week
from flows.turn import Turn


@command(
    "trends", help=_("What customers complain of more than usual"), for_=MEMBERS, words=("trends", "趋势", "问题趋势")
)
def trends(turn: Turn) -> Reply:
    return week(turn)


@timer(DAILY)
def daily(turn: Turn, subject: str) -> None:
    tell(turn)
    plan(turn)
