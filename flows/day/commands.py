"""What people say about the day: report, team, ranking, goals, the week, the quality of the data, a customer's plan."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from bot.core.messages import Reply, Said
from bot.core.text import Text, code, lines, text
from bot.core.text import gettext as _
from flows import asking
from flows.arguments import READERS, Colleague, Found, Rest
from flows.clocks.reading import minutes_in
from flows.day import actions, cards
from flows.day.charts import chart_of
from flows.day.colleagues import answer
from flows.day.daily import report_card, report_of, report_text
from flows.day.figures import today_of
from flows.day.plans import plan_for
from flows.day.rules import metric_in, period_in
from flows.day.week import quality_card, week_card
from flows.privacy.actions import looked
from flows.replies import below
from flows.router import EDITORS, MANAGERS, MEMBERS, NOT_MINE, command, heard
from flows.turn import Turn
from flows.understanding import Context, read_money, read_time
from store.models import Customer, Goal, Member

_CLOCK = re.compile(r"(\d{1,2})(?:[:：点](\d{2})?)?")


@command(
    "daily",
    help=_("My report of today, ready to post"),
    example=_("/daily yesterday"),
    words=("daily report", "my report", "日报", "写日报"),
)
def daily(turn: Turn, text: Rest | None = None) -> Reply | Text:
    """Of an earlier day too; a manager reads what a colleague has posted."""
    whom, words = _whom(turn, text or "")
    found = read_time(words, Context(now=turn.local, country=turn.workspace.country, language=turn.language))
    day = found.start if found else today_of(turn, turn.me())
    day = day.date() if isinstance(day, datetime) else day
    me = turn.me()
    if day > today_of(turn, me) or (words.strip() and found is None):
        return lines(_("Whose report of which day?"), _("Example: {example}", example=code(_("/daily yesterday"))))
    if whom is None or whom == me.id:
        return report_card(turn, me, day)
    member = turn.work.get(Member, whom)
    kept = report_of(turn, member, day) if member is not None and me.role in MANAGERS else None
    if member is None or kept is None or not kept.posted:
        return _("Nothing was posted to read for you.")
    looked(turn, member.id)
    return Reply(report_text(turn, member, day))


@heard("first", for_=MEMBERS)
def about_colleagues(turn: Turn, said: Said) -> Any:
    """ "What did Bob do today", 小王有几个客户, "who promised what"."""
    return asked_in_passing(turn, said) if asking.may_order(turn, said) else NOT_MINE


@heard("said", for_=MEMBERS)
def asked_in_passing(turn: Turn, said: Said) -> Any:
    """The same where something else had been asked for, and this was no answer."""
    outcome = answer(turn, said.text) if turn.private and not said.forwarded_from else NOT_MINE
    return below(turn, outcome) if isinstance(outcome, Reply) else outcome


@command(
    "evening",
    help=_("When the evening's reports are written"),
    example=_("/evening 18:00"),
    for_=MANAGERS,
    rooms=False,
)
def evening(turn: Turn, text: Rest | None = None) -> Reply | Text:
    """For everybody, on working days; off until somebody wants it."""
    words = (text or "").strip().casefold()
    if words in ("off", "关", "关闭"):
        actions.set_evening(turn, None)
        return _("No evening reports any more. {command} shows yours whenever you want.", command=code("/daily"))
    match = _CLOCK.fullmatch(words)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        return lines(_("At what time?"), _("Example: {example}", example=code(_("/evening 18:00"))))
    at = int(match[1]) * 60 + int(match[2] or 0)
    actions.set_evening(turn, at)
    return _(
        "On working days at {time} everybody finds their report written, to post with one tap. You get the team's.",
        time=f"{at // 60}:{at % 60:02}",
    )


@command("reports", help=_("This room gets the evening's reports"), example=_("/reports here"), for_=MANAGERS)
def reports(turn: Turn, text: Rest | None = None) -> Reply | Text:
    words = (text or "").strip().casefold()
    return actions.report_room(turn, on=words not in ("off", "关闭"))


@command(
    "top",
    help=_("Who did how much"),
    example=_("/top calls week"),
    for_=MEMBERS,
    words=("top", "ranking", "leaderboard", "排行榜", "排名", "业绩排名"),
)
def top(turn: Turn, text: Rest | None = None) -> Reply | Text:
    """Off until a manager switches it on: nobody is ranked unasked."""
    words = text or ""
    if words.strip().casefold() in ("on", "off", "开", "开启", "关", "关闭"):
        return actions.switch_ranking(turn, on=words.strip().casefold() in ("on", "开", "开启"))
    if not turn.workspace.settings.get("ranking"):
        return lines(
            _("Rankings are switched off here."),
            _("A manager can switch them on: {command}", command=code("/top on")),
        )
    metric, rest = metric_in(words)
    period, _rest = period_in(rest)
    return cards.top_card(turn, metric or "contacts", period or "week")


@command(
    "goal",
    help=_("A number to reach, and how far we are"),
    example=_("/goal calls 20 a week"),
    for_=MEMBERS,
    words=("goal", "goals", "目标"),
)
def goal(turn: Turn, text: Rest | None = None) -> Reply | Text:
    """ "calls 20 a week @Bob"; without a name it is everybody's together, by a manager."""
    if not text:
        return cards.goals_card(turn, _goals(turn))
    whom, words = _whom(turn, text)
    metric, rest = metric_in(words)
    period, rest = period_in(rest)
    money = read_money(rest, Context(now=turn.local, country=turn.workspace.country, language=turn.language))
    if metric == "frt" and (span := minutes_in(rest)) is not None:
        rest = str(span[0])
    metric = metric or ("won" if money else None)
    number = re.search(r"\d[\d,]*", rest)
    if metric is None or number is None:
        names = [name for several in cards.METRICS.values() for name in (several, text_of(", "))][:-1]
        return lines(_("I could not read that goal. What there is:"), Text(tuple(names)), cards.goal_example())
    me = turn.me()
    if me.role not in MANAGERS and whom not in (None, me.id):
        return _("Only managers and owners set goals for others.")
    owner = whom if me.role in MANAGERS else me.id
    target = int(money.amount) if metric == "won" and money else int(number[0].replace(",", ""))
    actions.set_goal(turn, metric, target, period or "month", owner)
    turn.did(_("goal: {metric}", metric=cards.METRICS[metric]), "goals")
    return cards.goals_card(turn, _goals(turn))


def text_of(words: str) -> Text:
    return text(words)


def _whom(turn: Turn, words: str) -> tuple[int | None, str]:
    at = words.rfind("@")
    if at < 0:
        return None, words
    outcome = READERS[Colleague](turn, words[at:])
    if not isinstance(outcome, Found):
        return None, words
    return outcome.value.id, f"{words[:at]} {outcome.rest}"


def _goals(turn: Turn) -> list[Goal]:
    me = turn.me()
    every = turn.work.find(Goal)
    return every if me.role in MANAGERS else [g for g in every if g.member in (None, me.id)]


@command(
    "week",
    help=_("The week of the whole team"),
    for_=MANAGERS,
    words=("weekly report", "team report", "周报", "本周情况", "团队周报"),
)
def week(turn: Turn) -> Reply:
    return week_card(turn)


@command(
    "quality",
    help=_("Length of sales, completeness of the data, who uses this"),
    for_=MANAGERS,
    words=("data quality", "数据质量"),
)
def quality(turn: Turn) -> Reply:
    return quality_card(turn)


@command(
    "next",
    help=_("What comes next with a customer"),
    example=_("/next Acme"),
    for_=EDITORS,
    words=("plan for", "next with", "跟进计划"),
)
def plan(turn: Turn, customer: Customer) -> Reply:
    return plan_for(turn, customer)


@command(
    "chart",
    help=_("A picture: funnel, pipeline, trend, top, or a customer"),
    example=_("/chart funnel"),
    for_=MEMBERS,
    words=("chart", "图表"),
)
def chart(turn: Turn, text: Rest | None = None) -> Reply | Text:
    return chart_of(turn, (text or "funnel").strip())
