"""What a read line means as a log: pure, no rows and no clock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from flows.activities.called_off import is_cancelled, is_off
from flows.activities.sums import the_sum
from flows.understanding.facts import Commitment, Mention, Reading, Time

MORNING = time(9)
"""When a reminder for a bare day rings."""
EVENING = time(18)
"""When something due on a bare day is due."""
FAR = 50
"""Years ahead for which a date is taken for a slip: nothing is set for it, and the card says so."""
SMALL_TALK = 15
"""Characters up to which a line about nobody we know is taken for small talk."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A reminder to set: when, how it repeats, and about what."""

    due: datetime
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Promised:
    """Something said to be done: by us or by them."""

    by: str
    what: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write down for one line."""

    kind: str
    status: str
    at: datetime
    reminders: tuple[Agreed, ...] = ()
    promises: tuple[Promised, ...] = ()
    tags: tuple[str, ...] = ()
    result: str = ""
    amount: int | None = None
    currency: str = ""
    too_far: tuple[str, ...] = ()


def plan(reading: Reading, said: datetime) -> Plan:
    """`said` is when it was written, on the writer's clock."""
    activity = None if is_off(reading) else reading.activity
    money = the_sum(reading)
    if _HABIT.search(reading.text) and not _ONCE.search(reading.text):
        activity, reading = None, replace(reading, activity=None, times=())
    too_far = tuple(one for one in reading.times if one.start.year > said.year + FAR)
    if too_far:
        reading = replace(reading, times=tuple(one for one in reading.times if one not in too_far))
    reading = _with_its_hour(reading, said)
    return Plan(
        kind=activity.kind if activity else "note",
        status=activity.status if activity else "done",
        at=_happened(replace(reading, activity=activity), said),
        reminders=tuple(_reminders(reading, said)),
        promises=tuple(_promise(item, reading, said) for item in reading.commitments),
        tags=tuple(dict.fromkeys(tag.value for tag in reading.tags)),
        result="silent" if any(risk.value == "silent" for risk in reading.risks) else "",
        amount=round(money.amount) if money else None,
        currency=(money.currency or "") if money else "",
        too_far=tuple(one.text for one in too_far),
    )


_HABIT = re.compile(r"(?<!不太)(?:喜欢|习惯|偏好|偏爱|不爱)(?!上了)|(?<![可恩热亲])爱(?=[喝吃打聊抽玩])")
_ONCE = re.compile(r"[今明后昨前]天|(?:周|星期|礼拜)[一二三四五六日天末]|[月号]\d?|[约了过刚给发]|提醒|之前|跟进")
"""宝钢喜欢下午联系 says how somebody is, and not that something was or will be done."""


def _with_its_hour(reading: Reading, said: datetime) -> Reading:
    """What is planned is planned for some time: where none is said to be its own, the first that lies ahead is."""
    roles = {fact.role for fact in reading.times}
    if reading.activity is None or reading.activity.status != "planned" or roles & {"activity", "other", "superseded"}:
        return reading
    promised = {item.due for item in reading.commitments}
    talks = reading.activity.kind in ("call", "email", "message")
    own = next((fact for fact in reading.times if _is_open_hour(fact, said) and fact.text not in promised), None)
    if own is None or (talks and own.role == "reminder") or _REMINDS.search(reading.text):
        return reading
    times = tuple(replace(fact, role="activity") if fact is own else fact for fact in reading.times)
    return replace(reading, times=times)


def _is_open_hour(fact: Time, said: datetime) -> bool:
    due = instant(fact.start, fact.at, MORNING, said.tzinfo)
    return fact.grain in _CLOSE and not fact.bound and not fact.rrule and due > said


_REMINDS = re.compile(r"(?<![a-z])(?:remind|follow|chase|check|ping|nudge)|提醒我|跟进|回访|催", re.IGNORECASE)


def says_something(reading: Reading) -> bool:
    """True when the line is a log and not small talk: something done, somebody named, or something agreed."""
    done = reading.activity is not None and reading.activity.kind != "note"
    agreed = any(fact.role in ("reminder", "due") for fact in reading.times) or bool(reading.commitments)
    told = bool(strangers(reading)) and _length(reading.text) > SMALL_TALK
    return done or agreed or told or bool(names(reading) or reading.tags or reading.money)


def _length(line: str) -> int:
    """In letters, of which a Chinese character is worth three."""
    return len(line) + 2 * sum("\u3400" <= mark <= "\u9fff" for mark in line)


def names(reading: Reading) -> tuple[Mention, ...]:
    """Everybody who is named and known, or one of several known; firms first."""
    firms = [
        firm for firm in reading.companies if not (reading.people and _NEW_JOB.search(reading.text[: firm.place.start]))
    ]
    found = (*firms, *reading.people)
    return tuple(mention for mention in found if mention.id is not None or mention.ids)


_NEW_JOB = re.compile(
    r"(?<![a-z])(?:(?:moving|moved|moves|switching|switched) (?:over |across )?to|(?:left|leaving) for|"
    r"join(?:ing|ed|s)|(?:recommend(?:ed|s)?|refer(?:red|s)?|introduc(?:ed?|ing|es)) (?:us|me) to) (?:the )?$"
    r"|(?:跳槽[到去]|加入)了?$|(?:推荐|介绍)(?:我们?)?给$",
    re.IGNORECASE,
)
"""Where somebody goes to work is not the customer of the line."""


def strangers(reading: Reading) -> tuple[str, ...]:
    """Names that nobody bears here, firms first: the first is offered as a new customer."""
    found = (*reading.companies, *reading.unknown, *reading.people)
    return tuple(dict.fromkeys(mention.mention for mention in found if mention.id is None and not mention.ids))


def firm_and_person(reading: Reading) -> tuple[str, str]:
    """The unknown firm and the unknown person of a line; a lone name is taken for the customer."""
    firms = [m.mention for m in reading.companies if m.id is None and not m.ids]
    people = [m.mention for m in reading.people if m.id is None and not m.ids]
    others = [m.mention for m in reading.unknown if m.mention not in (*firms, *people)]
    rest = [*firms, *others, *people]
    if not rest:
        return "", ""
    firm = rest[0]
    person = next((name for name in people if name != firm), "")
    return firm, person


def instant(day: date | datetime, at: str | None, usual: time, zone: tzinfo | None) -> datetime:
    """A date becomes an instant at the said or the usual hour, on the writer's clock."""
    if isinstance(day, datetime):
        return day
    hour = time.fromisoformat(at) if at else usual
    return datetime.combine(day, hour, tzinfo=zone)


def _happened(reading: Reading, said: datetime) -> datetime:
    """What is done lies in the past, whatever else has a time; what is planned lies ahead, or is now."""
    planned = reading.activity is not None and reading.activity.status == "planned"
    times = [fact for fact in reading.times if fact.role == "activity"]
    if planned:
        times = [fact for fact in times if instant(fact.start, fact.at, MORNING, said.tzinfo) > said] or times
    if planned and not times:
        others = [fact for fact in reading.times if fact.role == "other" and fact.grain in _CLOSE and not fact.bound]
        times = [fact for fact in others if _is_open_hour(fact, said)] or others
    if reading.activity is not None and reading.activity.kind != "note" and not planned and not times:
        times = [fact for fact in reading.times[:1] if fact.role == "past" and fact.span[0] == 0 and not fact.bound]
    for fact in times:
        at = instant(fact.start, fact.at, MORNING, said.tzinfo)
        bare_today = not isinstance(fact.start, datetime) and fact.start == said.date() and not fact.at
        running = fact.grain in _LONG and not planned
        if bare_today and planned:
            return max(at, said)
        if not running and (planned or (at <= said and not bare_today)):
            return at
    return said


def time_named(reading: Reading, said: datetime, *, past: bool) -> datetime | None:
    """The time that the words name alone; of what has happened, "Monday" was the last, and no hour lies ahead."""
    fact = next((fact for fact in reading.times if fact.grain not in _LONG), None)
    if fact is None:
        return None
    at = instant(fact.start, fact.at, MORNING, said.tzinfo)
    week = timedelta(days=7)
    if past and at > said and at.date() == said.date():
        return None
    return at - week if past and said < at <= said + week else at


def _reminders(reading: Reading, said: datetime) -> Sequence[Agreed]:
    found = []
    for fact in reading.times:
        if fact.role == "reminder" and not _is_past(fact, said):
            due = _not_past(instant(fact.start, fact.at, MORNING, said.tzinfo), fact, said)
            found.append(Agreed(due, fact.rrule or "", _about(reading, fact)))
    promised = {item.due for item in reading.commitments}
    for fact in reading.times:
        if fact.role == "due" and fact.text not in promised and not fact.rrule:
            day = _last_day(fact)
            due = instant(day, fact.at, MORNING, said.tzinfo)
            found += [Agreed(due, "", _about(reading, fact))] if due > said else []
    if reading.activity is None and not found and not reading.commitments:
        return [
            one for fact in reading.times if fact.role in ("activity", "other") for one in _bare(fact, reading, said)
        ]
    if reading.activity is None or (found and reading.activity.status == "planned"):
        return found
    for fact in reading.times:
        near = fact.grain in _CLOSE or (fact.grain == "week" and reading.activity.status == "planned")
        if (
            fact.role == "activity"
            and near
            and (fact.rrule is None or reading.activity.status == "planned")
            and not is_cancelled(reading)
        ):
            if fact.text in promised and reading.activity.status == "done":
                continue
            found += _ahead(fact, reading, said)
    return found or _nothing_else(reading, said)


def _nothing_else(reading: Reading, said: datetime) -> Sequence[Agreed]:
    """An hour ahead that no word around it explains, or any day beside a plan, is what to come back to."""
    if reading.commitments or is_cancelled(reading):
        return []
    planned = reading.activity is not None and reading.activity.status == "planned"
    for fact in reading.times:
        near = fact.grain in _CLOSE if planned else isinstance(fact.start, datetime)
        fits = fact.role == "other" and near and not fact.bound and not fact.rrule
        if fits and (ahead := _ahead(fact, reading, said)):
            return ahead
    return []


def _bare(fact: Time, reading: Reading, said: datetime) -> Sequence[Agreed]:
    """What is only to be done rings on its day, whatever its time is for."""
    due = instant(fact.start, fact.at, MORNING, said.tzinfo)
    is_near = fact.grain in _CLOSE and not fact.rrule and not reading.question
    return [Agreed(due, "", _about(reading, fact))] if is_near and due > said else []


_LONG = ("week", "month", "quarter", "year")
_CLOSE = ("second", "minute", "hour", "part", "day")


def _ahead(fact: Time, reading: Reading, said: datetime) -> Sequence[Agreed]:
    """What is still to come rings half an hour before its hour, or in the morning of its day."""
    planned = reading.activity is not None and reading.activity.status == "planned"
    text = _flat(reading.text)[:200] if planned else _about(reading, fact)
    if isinstance(fact.start, datetime):
        early = fact.start - timedelta(minutes=30)
        return [Agreed(max(early, said), fact.rrule or "", text)] if fact.start > said else []
    due = instant(fact.start, fact.at, MORNING, said.tzinfo)
    if due.time() > MORNING:
        due -= timedelta(minutes=30)
    return [Agreed(due, fact.rrule or "", text)] if due > said else []


def _is_past(fact: Time, said: datetime) -> bool:
    """Whether its day lies behind the day of writing; a rule goes on all the same."""
    day = fact.start.date() if isinstance(fact.start, datetime) else fact.start
    return day < said.date() and not fact.rrule


def _not_past(due: datetime, fact: Time, said: datetime) -> datetime:
    """A bare day that is today rings in an hour when nine has passed."""
    if due > said or isinstance(fact.start, datetime):
        return due
    return (said + timedelta(hours=1)).replace(second=0, microsecond=0)


def _about(reading: Reading, fact: Time) -> str:
    """The clause around the time, without the time itself and the tags."""
    start, end = fact.span
    left = max((reading.text.rfind(mark, 0, start) for mark in ",，。;；.\n"), default=-1) + 1
    right = min((at for mark in ",，。;；\n#" if (at := reading.text.find(mark, end)) >= 0), default=len(reading.text))
    left = max((match.end() for match in _ALSO.finditer(reading.text, left, start)), default=left)
    before = _TIE.sub("", reading.text[left:start].rstrip())
    return _flat(_LEAD.sub("", _HEDGE.sub("", f"{before} {reading.text[end:right]}")))[:200]


_HEDGE = re.compile(
    r"^\W*(?:i (?:think|guess|suppose) (?:(?:i|we) should )?|我(?:觉得|估计)(?:应该)?\s*)", re.IGNORECASE
)
_ALSO = re.compile(r"\b(?:and|so|but) (?=(?:i|we)\b)", re.IGNORECASE)
"""Where a rambling line without commas comes to what is to be done."""
_TIE = re.compile(
    r"(?:^|(?<=\s))(?:around|about|at|on|by|in|for|from|until|till|before|after|@)(?: the)?$", re.IGNORECASE
)
_LEAD = re.compile(
    r"^\W*(?:(?:please |pls |can you )?(?:remind me(?: again)?|set (?:me )?a reminder|reminder)\W+"
    r"(?:to |about |that |of )?|(?:don'?t forget|remember) to |"
    r"(?:请|麻烦|帮我)?(?:提醒(?:一下)?我(?:们)?|记得|别忘了?)\s*(?:[,，:：]|要|去)?)",
    re.IGNORECASE,
)
"""What only says that it is a reminder, and the small word that tied the time to it."""


def _flat(text: str) -> str:
    return " ".join(text.split()).strip(" ,，。;；")


def _promise(item: Commitment, reading: Reading, said: datetime) -> Promised:
    due = next((fact for fact in reading.times if item.due and fact.text == item.due), None)
    at = instant(_last_day(due), due.at, EVENING, said.tzinfo) if due else None
    return Promised(item.by, item.what[:200], at)


def _last_day(due: Time) -> date | datetime:
    """What is promised for a week is due on its Friday, for a month or longer on the last day."""
    if due.grain not in ("week", "month", "quarter", "year") or not due.end or isinstance(due.end, datetime):
        return due.start
    return due.end - timedelta(days=3 if due.grain == "week" else 1)
