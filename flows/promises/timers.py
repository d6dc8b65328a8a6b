"""What time alone does to promises: the weekly pack, and a manager who hears of what is late."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import bold, lines
from bot.core.text import gettext as _
from flows.promises import cards
from flows.promises.pack import TIMER, send_pack
from flows.router import MANAGERS, timer
from flows.turn import Turn
from store.models import Member

DAY = timedelta(days=1)


@timer(TIMER)
def weekly(turn: Turn, subject: str) -> None:
    """To every room that delivers."""
    send_pack(turn)


def tell_managers_of_late(turn: Turn, member: Member) -> None:
    """On the morning after its day a promise that is still owed reaches the managers, once."""
    late = [p for p in turn.work.promises.of_member(member.id) if p.due and DAY > turn.now - p.due >= timedelta()]
    if not late:
        return
    body = lines(bold(_("{name} has promises that are late", name=member.name)), *cards.listed(turn, late))
    options = tuple(Option(cards.head(turn, p), f"promise:{p.id}", wide=True) for p in late[:6])
    bosses = [m for m in turn.work.people.members() if m.role in MANAGERS and m.id != member.id]
    for boss in [b for b in bosses if b.role == "manager"] or bosses:
        turn.message_member(boss, Reply(body, options, urgency=Urgency.ALERT), "overdue")
