"""What the hours of a day bring by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.messages import Urgency
from bot.core.text import bold, lines
from bot.core.text import gettext as _
from flows.day import actions, cards
from flows.day.daily import report_card
from flows.day.figures import of, this, today_of
from flows.day.week import week_card
from flows.deals import actions as deals
from flows.deals.cards import stale_card
from flows.deals.rules import is_stale
from flows.promises.timers import tell_managers_of_late
from flows.reminders.calendars import works_in
from flows.reminders.day import BRIEF, brief, day_of, has_something, plan_brief
from flows.rhythm.actions import gone_silent, this_week
from flows.rhythm.presses import silent_card
from flows.rhythm.rules import SILENT
from flows.router import MANAGERS, timer
from flows.turn import Turn
from store.models import Deal, Member

CONTACTS = 5


@timer(BRIEF)
def morning(turn: Turn, subject: str) -> None:
    """What is due, in one message and only when there is something; then what only time brings to light."""
    member = turn.work.get(Member, int(subject))
    if member is None or member.state != "active":
        return
    plan_brief(turn, member)
    today = today_of(turn, member)
    due = [one for one in this_week(turn, member) if one.day == today]
    fresh = [one for one in due if one.due == today or today.weekday() == 0]
    works = works_in(turn)(today)
    if turn.work.reminders.open(member.id, day_of(turn, member)[1]) or (
        works and (has_something(turn, member) or fresh)
    ):
        shown = brief(turn, member)
        names = [one.customer.name for one in due]
        more = len(names) - CONTACTS
        contacts = ", ".join(names[:CONTACTS]) + (f" +{more}" if more > 0 else "")
        body = lines(
            _("Good morning, {name}.", name=member.name),
            shown.text if has_something(turn, member) else None,
            bold(_("Contacts today")) if due else None,
            contacts or None,
        )
        turn.message_member(member, replace(shown, text=body, urgency=Urgency.REMINDER), "brief")
    if works:
        _what_time_brings(turn, member)


def _what_time_brings(turn: Turn, member: Member) -> None:
    limit = int(turn.workspace.settings.get("silent_days", SILENT))
    turn.member = member
    for customer in gone_silent(turn, member)[:CONTACTS]:
        turn.message_member(member, silent_card(turn, customer, limit), "customer")
    still = [deal for deal in turn.work.deals.open(member.id) if _stands_still(turn, deal)]
    if still and today_of(turn, member).weekday() == 0:
        turn.message_member(member, stale_card(turn, still), "news")
    turn.member = None
    tell_managers_of_late(turn, member)


def _stands_still(turn: Turn, deal: Deal) -> bool:
    customer = turn.work.customers.get(deal.customer)
    stage = deals.stage_of(turn, deal)
    return bool(stage.stale) and is_stale(deal.moved, customer.last_touch if customer else None, stage.stale, turn.now)


@timer(actions.EVENING)
def evening(turn: Turn, subject: str) -> None:
    """The report, ready to post, for who did something; for a manager the team, at the end of the week the week."""
    member = turn.work.get(Member, int(subject))
    if member is None or member.state != "active":
        return
    actions.plan_evening(turn, member)
    if of(turn, member, this(turn, "day", member)).any:
        turn.message_member(member, replace(report_card(turn, member), urgency=Urgency.REMINDER), "brief")
    if member.role in MANAGERS:
        weekly = _week_is_over(turn, member)
        shown = week_card(turn) if weekly else cards.team_card(turn)
        turn.message_member(member, replace(shown, urgency=Urgency.REMINDER), "brief")


def _week_is_over(turn: Turn, member: Member) -> bool:
    """No working day of the firm is left in it: a Friday mostly, a Saturday where that is worked for a holiday."""
    today, works = today_of(turn, member), works_in(turn)
    return not any(works(today + timedelta(days=ahead)) for ahead in range(1, 7 - today.weekday()))
