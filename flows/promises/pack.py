"""The same list for sales and delivery, every week: promises, load, risks, and what was decided, until it is done."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Text, bold, code, lines, ngettext, text
from bot.core.text import gettext as _
from flows.arguments import READERS, Colleague, Found, When
from flows.customers.sight import seen
from flows.promises import actions, cards
from flows.reminders.actions import set_reminder
from flows.reminders.cards import said
from flows.reminders.colleagues import ask_colleague
from flows.reminders.rules import instant
from flows.turn import Turn
from flows.words import zone_of
from store.models import Member, Promise, Reminder

TIMER = "pack"
ACTION = "pack"
"""The source of reminders that were decided over a pack."""
NINE = time(9)


def plan_pack(turn: Turn) -> None:
    """Every Monday at nine by the firm's clock."""
    zone = zone_of(turn.workspace.zone)
    local = turn.now.astimezone(zone)
    days = (7 - local.weekday()) % 7
    monday = local.date() + timedelta(days=days if days or local.time() < NINE else 7)
    turn.work.timers.move(TIMER, "", instant(datetime.combine(monday, NINE), zone))


def pack_card(turn: Turn) -> Reply:
    """What is owed this week, how much each has taken, what may go wrong, what was decided."""
    end = turn.now + timedelta(days=7)
    owed = seen(turn, turn.work.promises.open())
    late = [p for p in owed if p.due is not None and p.due < turn.now]
    week = [p for p in owed if p.due is not None and turn.now <= p.due < end]
    risky = [p for p in owed if p.asked in ("waiting", "declined") and p not in late and p not in week]
    decided = [r for r in turn.work.find(Reminder, source=ACTION) if r.state != "cancelled"]
    still, done = [r for r in decided if r.state == "open"], [r for r in decided if r.state == "done"]
    done = [r for r in done if turn.now - r.due < timedelta(days=8)]
    if not (owed or decided):
        return Reply(lines(_("Nothing is owed this week."), _example()))
    body = lines(
        bold(_("Sales and delivery, this week")),
        bold(ngettext("{n} late", "{n} late", len(late))) if late else None,
        *cards.listed(turn, late),
        bold(ngettext("{n} due in 7 days", "{n} due in 7 days", len(week))) if week else None,
        *cards.listed(turn, week),
        _loads(turn, [*late, *week]),
        bold(_("At risk: delivery has not agreed")) if risky else None,
        *cards.listed(turn, risky),
        bold(_("Actions")) if still or done else None,
        *(_action(turn, reminder) for reminder in (*still, *done)),
    )
    options = tuple(Option(text("✓ ", said(turn, r)), f"reminder:{r.id}", wide=True) for r in still[:6])
    return Reply(body, options, urgency=Urgency.ALERT)


def _loads(turn: Turn, owed: list[Promise]) -> Text | None:
    counts = Counter(promised.deliverer or promised.member for promised in owed)
    names = {member.id: member.name for member in turn.work.people.members()}
    parts = [f"{names.get(id, '?')} {count}" for id, count in counts.most_common(6) if id]
    return _("Load: {loads}", loads=" · ".join(parts)) if parts else None


def _action(turn: Turn, reminder: Reminder) -> Text:
    member = turn.work.get(Member, reminder.member)
    return text("✓ " if reminder.state == "done" else "• ", member.name if member else "?", ": ", said(turn, reminder))


def add_action(turn: Turn, words: str) -> Reply | Text:
    """ "Bob order the parts by Wed": a reminder for Bob that every pack shows until it is done."""
    whom = READERS[Colleague](turn, words)
    when = READERS[When](turn, whom.rest if isinstance(whom, Found) else words)
    if not isinstance(when, Found):
        return lines(_("Who does what, by when?"), _example())
    member = whom.value if isinstance(whom, Found) else turn.me()
    about = when.rest.strip(" ,，").removesuffix(" by").removeprefix("to ")
    reminder = set_reminder(turn, member, when.value.due, about, source=ACTION)
    if member.id != turn.me().id:
        ask_colleague(turn, reminder, member)
    turn.did(_("action for {name}: {text}", name=member.name, text=about), f"set:{reminder.id}")
    return pack_card(turn)


def _example() -> Text:
    return _("Example: {example}", example=code(_("/pack Bob order the parts by Wed")))


def send_pack(turn: Turn) -> None:
    """The same list to every room that sells or delivers; next week again."""
    plan_pack(turn)
    decided = turn.work.find(Reminder, source=ACTION, state="open")
    if decided or turn.work.promises.open():
        for room in actions.rooms(turn):
            turn.say_to(room, pack_card(turn))
