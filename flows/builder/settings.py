"""When a survey goes out by itself, and to whom: what can be chosen, and how it reads in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.text import Text, code, join, lines, moment, ngettext
from bot.core.text import gettext as _
from store.models import Survey

AFTER: Mapping[str, Text] = {
    "visit": _("a visit"),
    "meeting": _("a meeting"),
    "call": _("a call"),
    "demo": _("a demo"),
    "delivery": _("a delivery"),
    "ticket": _("a solved ticket"),
}
"""What a survey can follow by itself."""
RHYTHMS: Mapping[str, Text] = {
    "month": _("every month"),
    "quarter": _("every quarter"),
    "half": _("every half year"),
    "year": _("every year"),
}
MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
MORNING = time(10)
WHOLE = 10_000
"""A share in hundredths of a percent."""


def next_round(rhythm: str, now: datetime, zone: ZoneInfo, is_working: Mapping[date, bool] | None = None) -> datetime:
    """The first morning of the next month, quarter, half or whole year that is no weekend."""
    local = now.astimezone(zone)
    months = MONTHS[rhythm]
    first = local.month - (local.month - 1) % months + months
    day = date(local.year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
    while day.weekday() > 4 or not (is_working or {}).get(day, True):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, zone)


def sentences(survey: Survey, due: datetime | None) -> Sequence[Text]:
    """In plain words: what sets it off, who gets it, how often at most."""
    follows = [AFTER[name] for name in survey.after if name in AFTER]
    set_off = [_("{delay} after {what}.", delay=span(survey.delay), what=join(", ", follows))] if follows else []
    if survey.rhythm in RHYTHMS:
        when = _(" Next: {when}.", when=moment(due, "short")) if due else Text()
        set_off.append(lines(_("By calendar, {rhythm}.", rhythm=RHYTHMS[survey.rhythm]) + when))
    if not set_off:
        set_off.append(_("Never by itself: only when somebody sends it."))
    whom = _("To {who}.", who=code(survey.audience)) if survey.audience else _("To every customer who can be reached.")
    share = _("Drawn by lot: {share} % of them.", share=percent(survey.share)) if survey.share < WHOLE else None
    quota = _("Nobody else is asked after {n} answers.", n=survey.quota) if survey.quota else None
    often = _("A customer gets this at most every {days} days, and any survey at most every 7.", days=survey.every)
    return [*set_off, *(said for said in (whom, share, quota, often) if said is not None)]


def percent(share: int) -> str:
    """ "12.5" for 1250."""
    return f"{share / 100:g}"


def span(minutes: int) -> Text:
    """Minutes as people say them."""
    if minutes and minutes % 1440 == 0:
        return ngettext("{n} day", "{n} days", minutes // 1440)
    if minutes and minutes % 60 == 0:
        return ngettext("{n} hour", "{n} hours", minutes // 60)
    return ngettext("{n} minute", "{n} minutes", minutes)
