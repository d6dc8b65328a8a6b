# ruff: noqa: E501 -- a rule is one line
""" "Cancel Wednesday's meeting with Acme", 把周五的会改到下周一: what is planned is called off or moved, with what rings for it."""

from __future__ import annotations

import re
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import Text, lines, moment, text
from bot.core.text import gettext as _
from flows.activities.lines import meant, understood
from flows.activities.presses import all_called_off, called_off
from flows.activities.words import kind_name
from flows.arguments import READERS, Found, When
from flows.reminders.presses import dropped
from flows.router import NOT_MINE
from flows.spoken.again import AHEAD, kinds_named, moved_to
from flows.spoken.dropping import about, fall_on
from flows.turn import Turn
from flows.understanding import Reading
from flows.understanding.lazily import lazy
from flows.understanding.wordlists import PLEASE
from store.models import Activity

_EN = r"(?:meeting|mtg|meet-?up|visit|call|demo|lunch|dinner|breakfast|coffee|review|session|appointment|viewing|catch-?up|check-?up|cleaning|treatment|booking|reservation|class|tour|inspection|fitting|lesson)s?"
_ZH = r"(?:会议|会面|见面|拜访|走访|上门|预约|约会|饭局|演示|看房|试课|通话|[约会课])"
_ZH_DAY = r"(?:今天|明天|大?后天|[本这下]?(?:周|星期)[一二三四五六日天]|\d{1,2}[号日])(?:早上|上午|中午|下午|晚上)?"
_CALL_OFF = tuple(
    lazy(words, re.IGNORECASE)
    for words in (
        rf"{PLEASE}(?:cancel|call off|scrap|scratch)\s(?P<what>(?=.*\b{_EN}\b).{{4,80}}?)(?: please)?[.! ]*$",
        rf"(?:请|麻烦|帮我|给我)*(?:取消|推掉)(?:掉|一下)?(?P<what>(?!了).{{0,24}}?{_ZH})(?:吧)?[。！ ]*$",
        rf"(?:请|麻烦|帮我)*(?:把|将)(?P<what>.{{0,24}}?{_ZH})(?:给)?(?:取消|推)(?:掉|了|吧)*[。！ ]*$",
        rf"(?P<what>{_ZH_DAY}的?{_ZH})(?:先)?(?:取消|不去|不开|不见)(?:掉|了|吧)*[。！ ]*$",
    )
)
_MOVE = tuple(
    lazy(words, re.IGNORECASE)
    for words in (
        rf"{PLEASE}(?:move|push|postpone|delay|reschedule|shift|put off|change)\s(?P<what>(?=.*\b{_EN}\b).{{4,80}}?)\s(?:back |out )?(?:to|till|until|for)\s(?P<when>.{{2,60}}?)[.! ]*$",
        rf"(?:请|麻烦|帮我)*(?:把|将)(?P<what>.{{0,24}}?{_ZH}|.{{1,20}}?那[个场次])(?:的?时间)?(?:给我)?(?:推迟|延后|延期|改期|改|挪|推|提前)(?:一下)?(?:到|至|成)(?P<when>.{{1,40}}?)[。！ ]*$",
        rf"(?P<what>{_ZH_DAY}的?{_ZH})(?:的?时间)?(?:推迟|延后|延期|改期|改|挪|推|提前)(?:到|至|成)(?P<when>.{{1,20}}?)(?:吧|了)?[。！ ]*$",
    )
)
_ALL = lazy(r"\ball\b|\bevery\b|\bboth\b|全部|所有|都", re.IGNORECASE)
_FILLER = lazy(
    rf"\b(?:all|every|both|of|the|my|our|that|this|with|on|at|for|in|from|one|{_EN}s?)\b|['’]s\b|{_ZH}|[的那这场次个和跟与]|[^\w]",
    re.IGNORECASE,
)
"""What says no name."""


def call_off_named(turn: Turn, words: str) -> Any:
    """The one that is meant goes; of several the one that is picked; where nothing is planned, that is said."""
    match = next((match for pattern in _CALL_OFF if (match := pattern.match(words.strip()))), None)
    if match is None or (meeting := _meant(turn, match["what"])) is None:
        return NOT_MINE
    found, name = meeting
    if len(found) == 1:
        return called_off(turn, found[0])
    if found and _ALL.search(words):
        return all_called_off(turn, found)
    if found:
        picks = tuple(Option(_line(turn, one), f"call-off:{one.id}", wide=True) for one in found[:5])
        return Reply(_("Which one is off?"), picks)
    if len(reminders := about(turn, match["what"])) == 1:
        return dropped(turn, reminders[0])
    return lines(
        _("Nothing like that is planned with {name}.", name=name) if name else _("Nothing like that is planned."),
        _("/reminders shows them all."),
    )


def move_meeting(turn: Turn, words: str) -> Any:
    """The one that is meant moves with what rings for it; of none, and of several, the reminders are looked at."""
    match = next((match for pattern in _MOVE if (match := pattern.match(words.strip()))), None)
    when = READERS[When](turn, match["when"]) if match else None
    if match is None or not isinstance(when, Found) or when.rest.strip():
        return NOT_MINE
    found, _name = _meant(turn, match["what"]) or ([], "")
    return moved_to(turn, found[0], match["when"]) if len(found) == 1 else NOT_MINE


def _meant(turn: Turn, what: str) -> tuple[list[Activity], str] | None:
    """My planned ones that fit whom and what day the words name, and the name; None where they name somebody unknown."""
    reading = understood(turn, what, turn.at)
    customers = meant(turn, reading)
    if not customers and _FILLER.sub("", _without_times(reading)).strip():
        return None
    today = turn.local.replace(hour=0, minute=0, second=0, microsecond=0)
    planned = turn.work.activities.of_member(turn.me().id, today, today + AHEAD)
    found = [one for one in planned if one.status == "planned"]
    if customers:
        found = [one for one in found if one.customer in {customer.id for customer in customers}]
    alike = [] if _ALL.search(what) else [one for one in found if one.kind in kinds_named(what)]
    found = alike or found
    if reading.times:
        found = [one for one in found if fall_on(reading.times, one.at.astimezone(turn.zone).date())]
    return found, customers[0].name if len(customers) == 1 else ""


def _without_times(reading: Reading) -> str:
    words = reading.text
    for start, end in sorted((fact.span for fact in reading.times), reverse=True):
        words = words[:start] + words[end:]
    return words


def _line(turn: Turn, activity: Activity) -> Text:
    customer = turn.work.customers.get(activity.customer)
    name = customer.name if customer else ""
    return text(moment(activity.at, "short"), " · ", kind_name(activity.kind), " · ", name)
