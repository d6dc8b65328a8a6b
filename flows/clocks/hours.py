"""Working hours: kept, shown, and put back to what they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Part, Text, bold, code, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.clocks import rules
from flows.clocks.calendars import FIRM, Calendars
from flows.clocks.reading import merged, over_midnight
from flows.clocks.rules import USUAL, Blocks
from flows.setup.countries import country_name
from flows.turn import Turn
from store.models import Hours, Member

DAYS: Sequence[Text] = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
WHOLE = 3
"""So many weekdays named at once are the whole week; fewer change the days that they name."""
SHOWN = 8


def set_hours(turn: Turn, member: Member | None, wanted: Mapping[str, Blocks]) -> None:
    """Keeps these days; days of the week that were not named stay, unless a whole week was named.

    What goes on after midnight is added to what the next day has.
    """
    whose = member.id if member else FIRM
    kept = {row.day: row for row in turn.work.find(Hours, member=whose)}
    wanted, over = over_midnight(wanted)
    weekdays = [day for day in wanted if day.isdigit()]
    before: dict[str, Blocks] = {day: [(a, b) for a, b in row.blocks] for day, row in kept.items() if day.isdigit()}
    if weekdays and len(weekdays) < WHOLE and not before:
        wanted = {**{day: USUAL for day in "12345"}, **wanted}
    whole = len(weekdays) >= WHOLE
    for day, row in kept.items():
        if day.isdigit() and whole and day not in wanted:
            turn.work.remove(row)
    for day, blocks in over.items():
        there = wanted[day] if day in wanted else _there(turn, member, day, {} if whole else before)
        wanted = {**wanted, day: merged([*((start, end) for start, end in there), *blocks])}
    kept = {row.day: row for row in turn.work.find(Hours, member=whose)}
    for day, blocks in wanted.items():
        plain = [list(block) for block in blocks]
        if day in kept:
            turn.work.change(kept[day], blocks=plain)
        else:
            turn.work.add(Hours(member=whose, day=day, blocks=plain))


def _there(turn: Turn, member: Member | None, day: str, week: Mapping[str, Blocks]) -> Blocks:
    """What a day that was not named has without the night before."""
    if day.isdigit():
        return week.get(day, ())
    calendars = Calendars(turn)
    return (calendars.of(member) if member else calendars.firm).opens(date.fromisoformat(day))


def forget_hours(turn: Turn, member: Member | None) -> None:
    """The usual ones again: the firm's for a member, Monday to Friday nine to six for the firm."""
    for row in turn.work.find(Hours, member=member.id if member else FIRM):
        turn.work.remove(row)


def week_now(turn: Turn) -> Mapping[str, Blocks]:
    """What the firm has on each day of the week."""
    rows = {row.day: row.blocks for row in turn.work.find(Hours, member=FIRM) if row.day.isdigit()}
    usual = {} if rows else {day: USUAL for day in "12345"}
    return {day: usual.get(day) or tuple((a, b) for a, b in rows.get(day, ())) for day in "1234567"}


def hours_card(turn: Turn, member: Member | None = None, *, undo: bool = False) -> Reply:
    """The week, the days that differ, and whether somebody is there now."""
    calendars = Calendars(turn)
    calendar = calendars.of(member) if member else calendars.firm
    rows = turn.work.find(Hours, member=member.id if member else FIRM)
    week = {row.day: tuple((a, b) for a, b in row.blocks) for row in rows if row.day.isdigit()}
    dated = [row for row in rows if not row.day.isdigit() and row.day >= _today(turn)]
    head = _("Working hours of {name}", name=member.name) if member else _("Working hours")
    card = f"hours:{member.id if member else FIRM}"
    body = lines(
        text(bold(head), f" ({calendar.zone.key})"),
        *(_week(week) if week else [_as_usual(member)]),
        None if member else _("Closed on the public holidays of {country}.", country=_country(turn)),
        *(_dated(row) for row in sorted(dated, key=lambda row: row.day)[:SHOWN]),
        ngettext("and {n} more", "and {n} more", len(dated) - SHOWN) if len(dated) > SHOWN else None,
        _now(turn, calendar),
        None if undo else _("Change them: {example}", example=code(_("/hours Mon-Fri 9-12 13-18"))),
        None if undo else _("A day off: {example}", example=code(_("/hours 24 Dec off"))),
    )
    return Reply(body, (Option(_("Undo"), f"undo:{card}"),) if undo else (), card=card)


def hours_public(turn: Turn) -> Text | None:
    """What a customer may know of it; None while the firm has not said its hours."""
    rows = turn.work.find(Hours, member=FIRM)
    week = {row.day: tuple((a, b) for a, b in row.blocks) for row in rows if row.day.isdigit()}
    if not week:
        return None
    dated = [row for row in rows if not row.day.isdigit() and row.day >= _today(turn)]
    calendar = Calendars(turn).firm
    return lines(
        text(bold(_("When we are here")), f" ({calendar.zone.key})"),
        *_week(week),
        _("Closed on the public holidays of {country}.", country=_country(turn)),
        *(_dated(row) for row in sorted(dated, key=lambda row: row.day)[:SHOWN]),
        _now(turn, calendar),
    )


def _as_usual(member: Member | None) -> Text:
    return _("The firm's.") if member else text(DAYS[0], "–", DAYS[4], " ", blocks_text(USUAL))


def _week(week: Mapping[str, Blocks]) -> list[Text]:
    """Neighbouring days with the same hours on one line."""
    out: list[tuple[int, int, Blocks]] = []
    for day in range(1, 8):
        blocks = tuple(week.get(str(day), ()))
        if out and out[-1][2] == blocks and out[-1][1] == day - 1:
            out[-1] = (out[-1][0], day, blocks)
        else:
            out.append((day, day, blocks))
    return [text(_span(first, last), " ", blocks_text(blocks)) for first, last, blocks in out]


def _span(first: int, last: int) -> Text:
    return DAYS[first - 1] if first == last else text(DAYS[first - 1], "–", DAYS[last - 1])


def blocks_text(blocks: Blocks) -> Text:
    """ "9:00–12:00, 13:00–18:00", or that nobody is there."""
    said: list[Part] = [f"{start // 60}:{start % 60:02}–{end // 60}:{end % 60:02}" for start, end in blocks]
    return join(", ", said) if said else _("closed all day")


def _dated(row: Hours) -> Text:
    return text(moment(date.fromisoformat(row.day), "day"), ": ", blocks_text([(a, b) for a, b in row.blocks]))


def _now(turn: Turn, calendar: rules.Calendar) -> Text:
    if rules.is_open(calendar, turn.now):
        closes = next(end for start, end in _around(calendar, turn.now) if start <= turn.now < end)
        return _("Open now, until {time}.", time=moment(closes, "time"))
    opens = rules.next_open(calendar, turn.now)
    return _("Closed now, opens {when}.", when=moment(opens, "short")) if opens else _("Never open.")


def _around(calendar: rules.Calendar, now: datetime) -> list[rules.Piece]:
    day = now.astimezone(calendar.zone).date()
    return [piece for d in (day, day + timedelta(days=1)) for piece in rules.pieces(calendar, d)]


def _today(turn: Turn) -> str:
    return turn.now.astimezone(turn.zone).date().isoformat()


def _country(turn: Turn) -> str:
    return country_name(turn.workspace.country, turn.language)
