# ruff: noqa: E501 -- a rule is one line
"""What people say about working hours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.messages import Reply, Said
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows import asking
from flows.arguments import READERS, Colleague, Found, Rest
from flows.clocks import wishes
from flows.clocks.actions import plan, recount, retarget
from flows.clocks.cards import targets_card
from flows.clocks.hours import forget_hours, hours_card, set_hours, week_now
from flows.clocks.reading import Misread, hours_in
from flows.clocks.rules import Blocks
from flows.clocks.targets import STEPS, set_targets, targets_in
from flows.replies import below
from flows.router import EDITORS, MANAGERS, MEMBERS, NOT_MINE, NotMine, command, heard
from flows.routing.conditions import Misread as WrongCondition
from flows.tiers.settings import keep
from flows.turn import Turn
from flows.understanding import Context, read_time
from store.models import Member

_ME = ("me", "my", "mine", "我的", "我")
_USUAL = {"reset", "usual", "default", "as the firm", "恢复", "默认", "照公司"}
Outcome = Reply | Text
STAGES = len(STEPS)


@command(
    "hours",
    help=_("When we work, and when I do"),
    example=_("/hours Mon-Fri 9-12 13-18"),
    for_=MEMBERS,
    words=("working hours", "business hours", "opening hours", "工作时间", "营业时间", "上班时间"),
)
def hours(turn: Turn, words: Rest | None = None) -> Outcome:
    """The firm's by a manager; behind "me" one's own, behind a name a colleague's."""
    said = (words or "").strip()
    member, said = _whose(turn, said)
    return _hours(turn, member, said)


@heard("first", for_=MEMBERS)
def hours_told(turn: Turn, said: Said) -> Reply | NotMine:
    """ "We open at 9 on weekdays", 周末不上班: the firm's hours in a sentence, or a question about them."""
    if not asking.may_order(turn, said):
        return NOT_MINE
    if wishes.asked(said.text):
        return below(turn, hours_card(turn))
    if not wishes.told(said.text):
        return NOT_MINE
    try:
        wanted = wishes.days_told(said.text, turn.local.date(), week_now(turn), lambda words: _dated(turn, words))
    except Misread:
        return NOT_MINE
    turn.remember(None)
    return below(turn, _changed(turn, None, wanted) if turn.me().role in MANAGERS else Reply(_not_yours(turn)))


def _not_yours(turn: Turn) -> Text:
    """The firm's hours are its managers'; one's own are one's own."""
    return lines(
        _("Only managers and owners set the firm's hours."),
        _("Your own: {example}", example=code(_("/myhours Mon-Wed 9-13"))) if turn.me().role in EDITORS else None,
    )


_FROM_TODAY = re.compile(
    r"\b(?:the )?day after tomorrow|\btomorrow|\btoday|\b(?:next|this|coming) (?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|大后天|[明后今]天|[下这本]个?(?:周|星期|礼拜)[一二三四五六日天]|\bchristmas(?: day| eve)?|\bboxing day|\bnew year['’]?s? (?:day|eve)|\bgood friday|\beaster monday",
    re.IGNORECASE,
)  # fmt: skip


def _dated(turn: Turn, words: str) -> str:
    """The same with "tomorrow" and 下周五 as dates."""
    context = Context(now=turn.local, country=turn.workspace.country, language=turn.language)

    def day(match: re.Match[str]) -> str:
        found = read_time(match[0], context, "any")
        return f" {found.start.isoformat()[:10]} " if found and found.start else match[0]

    whole = read_time(words.strip(), context, "any")
    if whole is not None and whole.end is None and len(whole.text) == len(words.strip()):
        return whole.start.isoformat()[:10]
    return _FROM_TODAY.sub(day, words)


@command(
    "myhours",
    help=_("My own working hours"),
    example=_("/myhours Mon-Wed 9-13"),
    for_=EDITORS,
    words=("my hours", "my working hours", "我的工作时间", "我的上班时间"),
    listed=False,
)
def my_hours(turn: Turn, words: Rest | None = None) -> Outcome:
    return _hours(turn, turn.me(), (words or "").strip())


def _hours(turn: Turn, member: Member | None, said: str) -> Outcome:
    if not said:
        return hours_card(turn, member)
    me = turn.me()
    if me.role not in MANAGERS and (member is None or member.id != me.id or me.role not in EDITORS):
        return _not_yours(turn)
    if said.casefold() in _USUAL:
        forget_hours(turn, member)
    else:
        try:
            wanted = hours_in(said, turn.local.date())
        except Misread as part:
            return lines(
                _("I could not read “{part}” as a day or a time.", part=str(part)[:40]),
                _("Example: {example}", example=code(_("/hours Mon-Fri 9-12 13-18"))),
            )
        return _changed(turn, member, wanted)
    return _shown_anew(turn, member)


def _changed(turn: Turn, member: Member | None, wanted: Mapping[str, Blocks]) -> Reply:
    set_hours(turn, member, wanted)
    return _shown_anew(turn, member)


def _shown_anew(turn: Turn, member: Member | None) -> Reply:
    """What hangs on the hours is counted anew."""
    turn.did(_("working hours"), f"hours:{member.id if member else 0}")
    recount(turn)
    return hours_card(turn, member, undo=True)


def _whose(turn: Turn, said: str) -> tuple[Member | None, str]:
    head, _space, rest = said.partition(" ")
    if head.casefold() in _ME:
        return turn.me(), rest.strip()
    found = READERS[Colleague](turn, said) if said else None
    return (found.value, found.rest) if isinstance(found, Found) else (None, said)


_WARN = ("warn", "warning", "escalation", "提醒", "升级", "预警")


@command(
    "sla",
    help=_("How fast we promise to answer and to solve"),
    example=_("/sla urgent first 10m solve 4h"),
    for_=MEMBERS,
    words=("sla", "response times", "时效", "响应时限", "服务时限"),
    rooms=False,
)
def sla(turn: Turn, words: Rest | None = None) -> Outcome:
    """Targets in open time; more urgent or more important requests may have others."""
    said = (words or "").strip()
    if not said:
        return targets_card(turn)
    if turn.me().role not in MANAGERS:
        return _("Only managers and owners set the promised times.")
    head, _space, rest = said.partition(" ")
    if head.casefold() in _WARN:
        return _warn(turn, rest)
    try:
        wanted = targets_in(said)
    except WrongCondition as part:
        return lines(_("I don't know what “{word}” says about a request.", word=str(part)[:60]), _sla_example())
    if wanted is None:
        return lines(_("How fast?"), _sla_example())
    set_targets(turn, wanted)
    turn.did(_("promised times"), "sla")
    for ticket in turn.work.desk.open():
        retarget(turn, ticket)
    return targets_card(turn, undo=True)


def _warn(turn: Turn, words: str) -> Outcome:
    steps = [int(number) for number in re.findall(r"\d{1,3}", words)]
    if len(steps) != STAGES or sorted(set(steps)) != steps or not steps[0]:
        return lines(
            _("At which percent of the time do the owner, the group and the managers hear?"),
            _("Example: {example}", example=code("/sla warn 50 100 150")),
        )
    keep(turn, "escalation", None if tuple(steps) == STEPS else steps)
    turn.work.audit(f"member:{turn.me().id}", "escalation")
    for clock in turn.work.desk.running():
        plan(turn, clock)
    return targets_card(turn)


def _sla_example() -> Text:
    return _("Example: {example}", example=code(_("/sla urgent first 10m solve 4h")))
