"""The report of one member's day: as the log says it, or in their own words."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, join, lines, moment, plain, text
from bot.core.text import gettext as _
from flows.activities.words import kind_name
from flows.day.cards import SHOWN, done_text
from flows.day.figures import Figures, of, span, today_of
from flows.day.rules import by_kind
from flows.deals.cards import title as deal_title
from flows.reminders.cards import said
from flows.turn import Turn
from store.models import Member, Report


def report_of(turn: Turn, member: Member, day: date) -> Report | None:
    """What was worded or posted of that day."""
    return turn.work.first(Report, member=member.id, day=day.isoformat())


def report_text(turn: Turn, member: Member, day: date) -> Text:
    """Done, open, tomorrow; as it was worded or posted, once it was."""
    kept = report_of(turn, member, day)
    body = kept.text if kept is not None and kept.text else _from_log(turn, member, day)
    return lines(bold(_("{name}, {day}", name=member.name, day=moment(day, "day"))), body)


def body_of(turn: Turn, member: Member, day: date) -> str:
    """The same without its heading, in the words of whoever acts."""
    return plain(report_text(turn, member, day).resolve(turn.words)).partition("\n")[2]


def _from_log(turn: Turn, member: Member, day: date) -> Text:
    today = span(turn, day, day + timedelta(days=1), member)
    tomorrow = span(turn, day + timedelta(days=1), day + timedelta(days=2), member)
    figures = of(turn, member, today)
    waiting = turn.work.reminders.open(member.id, tomorrow.end)
    after = [r for r in waiting if r.due >= tomorrow.start]
    overdue = [r for r in waiting if r.due < min(today.end, turn.now)]
    return lines(
        _("Done: {what}", what=done_text(turn, figures)),
        *(text("• ", line) for line in _customers(turn, figures)),
        *(text("• ", _("won: {deal}", deal=deal_title(turn, deal))) for deal in figures.won),
        *(text("• ", _("lost: {deal}", deal=deal_title(turn, deal))) for deal in figures.lost),
        *(text("• ", _("new: {deal}", deal=deal_title(turn, deal))) for deal in figures.opened),
        _("Open: {what}", what=join(", ", [said(turn, r) for r in overdue[:SHOWN]])) if overdue else None,
        _("Tomorrow: {what}", what=join(", ", [said(turn, r) for r in after[:SHOWN]])) if after else None,
    )


def _customers(turn: Turn, figures: Figures) -> list[Text]:
    counts = Counter(one.customer for one in figures.done)
    found = []
    for id, _count in counts.most_common(SHOWN):
        customer = turn.work.customers.get(id)
        kinds = by_kind([one for one in figures.done if one.customer == id])
        words = join(", ", [text(kind_name(kind), f" × {n}" if n > 1 else "") for kind, n in kinds.items()])
        found.append(text(customer.name if customer else "?", ": ", words))
    return found


def report_card(turn: Turn, member: Member, day: date | None = None) -> Reply:
    """For its author: as it would be posted."""
    day = day or today_of(turn, member)
    kept = report_of(turn, member, day)
    posted = _("Posted.") if kept is not None and kept.posted else None
    options = [Option(_("Edit"), f"daily-edit:{day.isoformat()}")]
    if not posted:
        options.insert(0, Option(_("Post it"), f"daily-post:{day.isoformat()}", style="primary"))
    card = card_of(member, day)
    if kept is not None and kept.text and not posted:
        options.append(Option(_("Undo"), f"undo:{card}"))
    return Reply(lines(report_text(turn, member, day), posted), tuple(options), card=card)


def card_of(member: Member, day: date) -> str:
    """The card that its author sees."""
    return f"daily:{member.id}:{day.isoformat()}"
