"""What the evening needs: its hour, its room, goals, and the one tap that posts a report."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.core.errors import TooLate
from bot.core.messages import Reply, Urgency
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.day.daily import body_of, card_of, report_card, report_of, report_text
from flows.reminders.calendars import works_in, zone_at
from flows.reminders.rules import instant
from flows.router import MANAGERS
from flows.turn import Turn
from flows.undo.facts import RowsRestored
from flows.words import zone_of
from store.firms import set_settings
from store.models import Goal, Member, Report, Route

EVENING, WEEKLY = "evening", "weekly"
TOPIC = "reports"
LONGEST = 3000
"""Characters of a report."""


def set_evening(turn: Turn, at: int | None) -> None:
    """The hour for everybody, each on their own clock; None ends it."""
    set_settings(turn.work, turn.workspace, evening=at)
    for member in turn.work.people.members():
        if at is None:
            turn.work.timers.cancel(EVENING, str(member.id))
        else:
            plan_evening(turn, member)


def plan_evening(turn: Turn, member: Member) -> None:
    """The next working day's evening."""
    at = turn.workspace.settings.get("evening")
    if at is None:
        return
    zone, works = zone_of(zone_at(turn, member)), works_in(turn)
    local = turn.now.astimezone(zone)
    day, hour = local.date(), time(int(at) // 60, int(at) % 60)
    if local.time() >= hour:
        day += timedelta(days=1)
    while not works(day):
        day += timedelta(days=1)
    turn.work.timers.move(EVENING, str(member.id), instant(datetime.combine(day, hour), zone))


def report_room(turn: Turn, *, on: bool) -> Reply | Text:
    """The room in which it is said gets what is posted, or does so no longer."""
    here = turn.here()
    if turn.private or here.side != "member" or here.outsider or here.customer is not None:
        return _("Say that in the team's own room, where nobody is from outside.")
    known = turn.work.first(Route, conversation=here.id, topic=TOPIC)
    if on and known is None:
        turn.work.add(Route(conversation=here.id, topic=TOPIC))
        turn.did(_("reports are posted here"))
    elif not on and known is not None:
        turn.work.remove(known)
        turn.did(_("no reports here any more"))
    return _("Reports are posted here from now on.") if on else _("No reports are posted here any more.")


def word_report(turn: Turn, day: date, words: str) -> Report:
    """The member's own words in place of ours; a posted one changes where it was posted."""
    me = turn.me()
    kept = _kept(turn, day)
    kept = turn.work.change(kept, text=words[:LONGEST])
    if kept.posted:
        turn.rewrite(posted_card(kept), Reply(report_text(turn, me, day)))
    return kept


def _kept(turn: Turn, day: date) -> Report:
    me = turn.me()
    return report_of(turn, me, day) or turn.work.add(Report(member=me.id, day=day.isoformat()))


def posted_card(kept: Report) -> str:
    """The report where others read it."""
    return f"report:{kept.member}:{kept.day}"


def post_report(turn: Turn, day: date) -> int:
    """To the room of reports, else to the managers; once a day. How many places got it."""
    me = turn.me()
    kept = _kept(turn, day)
    if kept.posted:
        raise TooLate(_("That is posted already."))
    reply = Reply(report_text(turn, me, day), card=posted_card(kept), urgency=Urgency.ALERT)
    rooms = turn.work.people.rooms(TOPIC)
    for room in rooms:
        turn.say_to(room, reply)
    bosses = [m for m in turn.work.people.members() if m.role in MANAGERS and m.id != me.id]
    for boss in [] if rooms else bosses:
        turn.message_member(boss, reply, "team")
    turn.work.change(kept, posted=turn.now, text=kept.text or body_of(turn, me, day)[:LONGEST])
    turn.work.for_good()
    return len(rooms) or len(bosses)


def shown_again(turn: Turn, id: int, fact: RowsRestored) -> None:
    """After an undo: to its author, and where it was posted, it stands as it is now."""
    kept = turn.work.get(Report, id)
    member = turn.work.get(Member, kept.member) if kept else None
    if kept is None or member is None:
        return
    day = date.fromisoformat(kept.day)
    if card_of(member, day) != fact.card or kept.text:
        turn.rewrite(card_of(member, day), report_card(turn, member, day))
    if kept.posted:
        turn.rewrite(posted_card(kept), Reply(report_text(turn, member, day)))


def switch_ranking(turn: Turn, *, on: bool) -> Text:
    """Everybody may see the rankings, or nobody."""
    if turn.me().role not in MANAGERS:
        return _("Only managers and owners switch rankings.")
    set_settings(turn.work, turn.workspace, ranking=on or None)
    return _("Rankings are on. Example: /top calls week") if on else _("Rankings are off.")


def set_goal(turn: Turn, metric: str, target: int, period: str, member: int | None) -> Goal:
    """One goal of a kind for each: a new number takes the place of the old one."""
    for known in turn.work.find(Goal, metric=metric, period=period, member=member):
        turn.work.remove(known)
    return turn.work.add(
        Goal(metric=metric, target=target, period=period, member=member, by=turn.me().id, made=turn.now)
    )
