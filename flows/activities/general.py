# ruff: noqa: E501 -- a rule is one line
"""Questions that name no customer: one's own day and promises, who was not heard of, what is on its way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.activities import past
from flows.activities.questions import about_money, no_books, they_owe
from flows.activities.wishes import General, asked
from flows.asking import run
from flows.day import figures
from flows.day.cards import done_text
from flows.guesses.offering import shown
from flows.guesses.rules import is_named
from flows.knowledge import cards as knowledge
from flows.knowledge.actions import find
from flows.reminders.cards import SHOWN, said
from flows.reminders.day import brief, line, promise_line
from flows.reminders.rules import instant
from flows.replies import below
from flows.router import COMMANDS
from flows.segments.actions import ask
from flows.turn import Turn
from flows.understanding import Reading
from flows.understanding.facts import Time
from store.models import Tag

_OURS = re.compile(r"\b(?:i|my|me)\b|我(?!们)", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:please |can you |could you )?(?:show|list|find|give|tell|search|look up)(?: me| us)?(?: all| the| my)*\s|^(?:who|which|what)(?: are| is|'s)?(?: all| the| my| our)*\s"
    r"|^(?:请|帮我|麻烦)?(?:查|看|列|找|搜)(?:一?下|出|询|看|索)?|^(?:哪些|有哪些|所有)|(?:有哪些|都有谁|是谁|是哪[个家位]|是什么|呢)?[?？]*$",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"\W*how many (?:customers|clients|accounts) (?:do (?:i|we) have|have (?:i|we)(?: got)?|are there|are mine)(?: now| in total| altogether)?\W*$",
    re.IGNORECASE,
)
_BEST = re.compile(
    r"\b(?:best|biggest|top|largest|most (?:valuable|important)|key) (?:customers?|clients?|accounts?)\b|(?:最(?:大|好|重要|有价值)|重点)的?客户",
    re.IGNORECASE,
)
"""A list comes with the most valuable first."""
_REMINDERS = re.compile(r"\breminders?\b|提醒", re.IGNORECASE)
_SPAN = re.compile(
    r"(?P<n>\d{1,3}|an?|one|two|three|six|[一二两三四六半])\s*个?\s*(?P<unit>day|week|month|quarter|year|天|日|周|星期|礼拜|月|季度|年)",
    re.IGNORECASE,
)
_NUMBERS = dict(a=1, an=1, one=1, two=2, three=3, six=6, 一=1, 二=2, 两=2, 三=3, 四=4, 六=6, 半=0.5)
_DAYS = dict(day=1, 天=1, 日=1, week=7, 周=7, 星期=7, 礼拜=7, month=30, 月=30, quarter=90, 季度=90, year=365, 年=365)
SILENT_DAYS = 30


def answer(turn: Turn, reading: Reading) -> Any:
    """The answer, or None."""
    when = next(iter(reading.times), None)
    if about_money(reading.text):
        return no_books()
    kind = asked(reading.text)
    told = None if kind == "silent" else past.whom(turn, reading.text, when) or past.sold(turn, reading.text, when)
    if told is not None:
        return told
    if kind in ("agenda", "find", "count") and is_named(reading.text):
        return shown(turn, reading.text)
    match kind:
        case "silent":
            return _silent(turn, _days(turn, reading.text, when), mine=_OURS.search(reading.text) is not None)
        case "promised" if they_owe(reading.text):
            return past.owed_to_us(turn)
        case "agenda" if when is not None or not _REMINDERS.search(reading.text):
            return agenda(turn, when)
        case "count":
            return _counted(turn, reading)
        case "find":
            return run(turn, COMMANDS["find"], _sought(turn, reading.text))
        case None:
            return None
        case _:
            return run(turn, COMMANDS[_SHOWN_BY[kind]], "")


_SHOWN_BY: Mapping[General, str] = {
    "promising": "potential",
    "promised": "promises",
    "deals": "pipeline",
    "leads": "leads",
    "next": "reminders",
    "agenda": "reminders",
}


def _sought(turn: Turn, words: str) -> str:
    """What is typed behind /find for it: a tag by its name, else the words without how they ask."""
    mine = "owner:me " if _OURS.search(words) else "value:>=0 "
    if _HOW_MANY.match(words):
        return mine.strip()
    wanted = _LEAD.sub("", words).strip()
    names = (wanted, re.sub(r"的?客户$", "", wanted))
    tag = next((name for name in names if name and turn.work.first(Tag, name=name)), "")
    return f"#{tag}" if tag else _BEST.sub(mine, wanted).strip()


_OF_THE_FIRM = re.compile(
    r"流程|政策|规定|标准|保修|质保|售后|退[货款换]|换货|账期|起订量|交期|怎么(?:弄|办|走|处理|操作|算)|\b(?:policy|warranty|return policy|procedure)\b",
    re.IGNORECASE,
)


def from_the_firm(turn: Turn, words: str) -> Reply | None:
    """What the firm has written down about it; what it might have written down is said to be missing."""
    if hits := find(turn, words, "answer", "case", "sop"):
        articles = [article for article, _hit in hits]
        return (
            below(turn, knowledge.article_card(turn, articles[0]))
            if len(articles) == 1
            else knowledge.found(turn, articles)
        )
    return knowledge.nothing(turn, words) if _OF_THE_FIRM.search(words) else None


def none_named(turn: Turn) -> Text:
    """What can be asked."""
    return lines(
        _("I can answer that about one customer: name them as they stand in the file."),
        code(_("/who Acme")),
        _("Or ask without a name: “what is on tomorrow?”, “who did we not talk to for a month?”"),
    )


def _silent(turn: Turn, days: int, *, mine: bool) -> Any:
    """Those of whom nothing was heard for so long; that there are none is good news, and said in words."""
    query = f"{'owner:me ' if mine else ''}silent:>{days}d"
    if turn.work.segments.count(ask(turn, query).question):
        return run(turn, COMMANDS["find"], query)
    if mine:
        return ngettext(
            "None of yours has been silent for {n} day.", "None of yours has been silent for {n} days.", days
        )
    return ngettext("Nobody has been silent for {n} day.", "Nobody has been silent for {n} days.", days)


def _counted(turn: Turn, reading: Reading) -> Reply:
    """What I did in the days that are asked about, else this week."""
    when = next(iter(reading.times), None)
    today = turn.local.date()
    first, last = _span(when) if when else (today - timedelta(days=today.weekday()), today)
    me = turn.me()
    done = figures.of(turn, me, figures.span(turn, first, last + timedelta(days=1), me))
    head = moment(first, "day") if first == last else text(moment(first, "day"), " – ", moment(last, "day"))
    return Reply(lines(bold(head), done_text(turn, done)))


def _days(turn: Turn, words: str, when: Time | None) -> int:
    """How long nothing was heard: "this month" is as long as the month is old."""
    found = _SPAN.search(words)
    if found is None or (when is not None and when.grain in ("week", "month", "quarter", "year")):
        first = _span(when)[0] if when is not None else turn.local.date()
        return max(1, (turn.local.date() - first).days) if first < turn.local.date() else SILENT_DAYS
    number, unit = found["n"].casefold(), found["unit"].casefold()
    return max(1, round((_NUMBERS.get(number) or int(number)) * _DAYS[unit]))


def agenda(turn: Turn, when: Time | None) -> Reply:
    """What is planned in a span of days that is not over; without one, today with what is overdue."""
    today = turn.local.date()
    first, last = _span(when) if when is not None else (today, today)
    if last <= today:
        return brief(turn, turn.me())
    first = max(first, today)
    start, end = (
        instant(datetime.combine(day, datetime.min.time()), turn.zone) for day in (first, last + timedelta(days=1))
    )
    found = [reminder for reminder in turn.work.reminders.open(turn.me().id, end) if reminder.due >= start]
    promises = [one for one in turn.work.activities.promises_due(turn.me().id, end) if one.due and one.due >= start]
    head = moment(first, "day") if first == last else text(moment(first, "day"), " – ", moment(last, "day"))
    if not found and not promises:
        return Reply(_("Nothing is planned: {when}.", when=head))
    told = [promise_line(turn, one) for one in promises[:SHOWN]]
    body = lines(bold(head), *(line(turn, one) for one in found[:SHOWN]), bold(_("Promised")) if told else None, *told)
    return Reply(
        body, tuple(Option(text("✓ ", said(turn, one)), f"reminder:{one.id}", wide=True) for one in found[:SHOWN])
    )


def _span(when: Time) -> tuple[date, date]:
    """First and last day; `end` of a fact is exclusive."""
    first = when.start.date() if isinstance(when.start, datetime) else when.start
    if when.end is None or isinstance(when.start, datetime):
        return first, first + timedelta(days={"week": 6, "month": 30}.get(when.grain, 0))
    last = when.end.date() if isinstance(when.end, datetime) else when.end
    return first, max(first, last - timedelta(days=1))
