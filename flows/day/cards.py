"""How the day looks: the report of one, the state of all, the ranking, the goals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.messages import Option, Reply
from bot.core.text import Part, Text, bold, code, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.activities.words import kind_name
from flows.clocks.targets import span_text
from flows.customers.sight import seen
from flows.day.figures import Figures, all_together, everybody, of, this, today_of, value
from flows.day.rules import bar, by_kind, on_track, ranked, reached
from flows.deals.cards import title as deal_title
from flows.deals.cards import whole_sum
from flows.reminders.cards import said
from flows.turn import Turn
from store.models import Goal, Member

SHOWN = 8
METRICS: Mapping[str, Text] = {
    "contacts": _("contacts"),
    "calls": _("calls"),
    "visits": _("visits"),
    "meetings": _("meetings"),
    "deals": _("new deals"),
    "won": _("won deals, in money"),
    "kept": _("promises kept in time, in percent"),
    "frt": _("first answer, half of them within"),
}
LESS = frozenset({"frt"})
"""Of these the goal is to stay below."""
PERIODS: Mapping[str, Text] = {"day": _("today"), "week": _("this week"), "month": _("this month")}


def shown_value(turn: Turn, metric: str, number: int) -> Text:
    """The number as its metric is read."""
    if metric == "won":
        return whole_sum(number, turn.workspace.currency)
    if metric == "frt":
        return span_text(number) if number else text("–")
    return text(f"{number}%") if metric == "kept" else text(str(number))


def done_text(turn: Turn, figures: Figures) -> Text:
    """ "3 × call, 1 × visit"."""
    kinds = by_kind(figures.done)
    if not kinds:
        return _("nothing logged yet")
    return join(
        ", ", [text(f"{count} × ", kind_name(kind)) for kind, count in sorted(kinds.items(), key=lambda k: -k[1])]
    )


def team_card(turn: Turn) -> Reply:
    """The state of each owner, so that nobody is asked for a sheet."""
    week = everybody(turn, this(turn, "week"))
    rows, picks = [], []
    for member in turn.work.people.members():
        if member.role == "viewer":
            continue
        deals = turn.work.deals.open(member.id)
        likely = sum(deal.amount or 0 for deal in deals if deal.currency == turn.workspace.currency)
        overdue = [r for r in turn.work.reminders.open(member.id, turn.now) if not r.acted]
        late = [p for p in turn.work.promises.of_member(member.id) if p.due and p.due < turn.now]
        customers = turn.work.customers.owned_by(member.id)
        figures = week.get(member.id)
        rows.append(
            lines(
                bold(member.name),
                text(
                    ngettext("{n} customer", "{n} customers", len(customers)),
                    " · ",
                    ngettext("{n} deal", "{n} deals", len(deals)),
                    text(" ", whole_sum(likely, turn.workspace.currency)) if likely else "",
                ),
                text(_("this week"), ": ", done_text(turn, figures)) if figures else None,
                ngettext("{n} overdue", "{n} overdue", len(overdue)) if overdue else None,
                ngettext("{n} promise late", "{n} promises late", len(late)) if late else None,
            )
        )
        picks.append(Option(text(member.name), f"team:{member.id}", wide=True))
    return Reply(lines(bold(_("The team")), *rows), (*picks[:SHOWN], Option(_("Chart"), "chart:top:contacts:week")))


def member_card(turn: Turn, member: Member) -> Reply:
    """One owner: what is late, the deals, what was done this week; of customers whom the reader sees."""
    overdue = seen(turn, [r for r in turn.work.reminders.open(member.id, turn.now) if not r.acted])
    deals = sorted(seen(turn, turn.work.deals.open(member.id)), key=lambda deal: -(deal.amount or 0))
    late = seen(turn, [p for p in turn.work.promises.of_member(member.id) if p.due and p.due < turn.now])
    body = lines(
        bold(member.name),
        text(_("this week"), ": ", done_text(turn, of(turn, member, this(turn, "week")))),
        bold(_("Overdue")) if overdue else None,
        *(text("• ", moment(r.due, "short"), " ", said(turn, r)) for r in overdue[:SHOWN]),
        bold(_("Late promises")) if late else None,
        *(text("• ", p.what, " · ", moment(p.due, "day")) for p in late[:SHOWN] if p.due),
        bold(_("Deals")) if deals else None,
        *(text("• ", deal_title(turn, deal)) for deal in deals[:SHOWN]),
    )
    return Reply(body)


def top_card(turn: Turn, metric: str, period: str) -> Reply:
    """The ranking; who has nothing is not put at its end."""
    when = this(turn, period)
    found = everybody(turn, when)
    values = {id: value(turn, metric, figures, id, when) for id, figures in found.items()}
    names = {member.id: member.name for member in turn.work.people.members()}
    rows = [
        text(f"{place}. {names.get(id, '?')} · ", shown_value(turn, metric, number))
        for place, id, number in ranked(values)
    ]
    head = bold(_("{metric}, {period}", metric=METRICS[metric], period=PERIODS[period]))
    if not rows:
        return Reply(lines(head, _("Nothing yet.")))
    return Reply(lines(head, *rows), (Option(_("Chart"), f"chart:top:{metric}:{period}"),))


def goals_card(turn: Turn, goals: Sequence[Goal]) -> Reply:
    """How far each goal is, and whether that is far enough for today."""
    if not goals:
        return Reply(lines(_("There is no goal yet."), goal_example()))
    rows: list[Part] = []
    for goal in goals:
        when = this(turn, goal.period)
        found = everybody(turn, when)

        figures = found.get(goal.member, Figures((), (), (), ())) if goal.member else all_together(found)
        number = value(turn, goal.metric, figures, goal.member, when)
        less = goal.metric in LESS
        percent = reached(*((goal.target, max(number, goal.target)) if less else (number, goal.target)))
        zone = when.start.astimezone(turn.zone).date(), when.end.astimezone(turn.zone).date()
        fine = number <= goal.target if less else on_track(number, goal.target, *zone, today_of(turn))
        who = turn.work.get(Member, goal.member) if goal.member else None
        rows.append(
            lines(
                text(
                    f"{who.name} · " if who else "",
                    METRICS[goal.metric],
                    ", ",
                    PERIODS[goal.period],
                ),
                text(
                    bar(percent),
                    f" {percent}% · ",
                    shown_value(turn, goal.metric, number),
                    " / ",
                    shown_value(turn, goal.metric, goal.target),
                    " · ",
                    _("on track") if fine else _("behind"),
                ),
            )
        )
    options = tuple(Option(_("Remove {n}", n=at + 1), f"goal-drop:{goal.id}") for at, goal in enumerate(goals[:5]))
    return Reply(lines(bold(_("Goals")), *rows), (*options, Option(_("Undo"), "undo:goals")), card="goals")


def goal_example() -> Text:
    return _("Example: {example}", example=code(_("/goal calls 20 a week")))
