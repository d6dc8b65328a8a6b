"""The whole reading of a line: each reader in turn, later ones not touching what earlier ones have read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.understanding import activities, contacts, cues, money, people, promises, quantities, questions, roles
from flows.understanding.context import Context
from flows.understanding.cues import Cue
from flows.understanding.facts import Commitment, Mention, Money, Place, Quantity, Reading, Time, Word
from flows.understanding.moods import Moods
from flows.understanding.names import NOBODY, Names
from flows.understanding.people.candidates import MEASURED, TAKEN
from flows.understanding.splits import thousands_or_month
from flows.understanding.superseded import superseded
from flows.understanding.text import Text, prepare
from flows.understanding.times.reading import Seen, inclusive_end, read_all

_LONGEST = 20_000


def read(text: str, context: Context, names: Names = NOBODY) -> Reading:
    """Every fact of a line; no text makes it fail, and what lies past 20,000 characters is left unread."""
    line = prepare(text[:_LONGEST])
    tags, emails, phones = contacts.tags(line), contacts.emails(line), contacts.phones(line, context)
    blocked = bytearray(len(line.raw) + 1)
    _block(blocked, [*(tag.place for tag in tags), *(one.place for one in (*emails, *phones))], TAKEN)
    for start, end in contacts.webs(line):
        blocked[start:end] = b"\1" * (end - start)
    found = _measured(line, context, blocked)
    who = people.find(line, context, names, found.blocked)
    if taken := [one.place.span for one in (*who.people, *who.companies) if _is_taken(found.blocked, one)]:
        found = _measured(line.without(taken), context, blocked)
    return _gathered(text, line, context, found, who, tags, emails, phones)


@dataclass(frozen=True, slots=True)
class _Measured:
    """The times, sums and counts of a line, and what of it is read thereby."""

    moods: Moods
    seen: Sequence[Seen]
    sums: tuple[Money, ...]
    counts: Sequence[Quantity]
    blocked: bytearray


def _measured(line: Text, context: Context, taken: bytearray) -> _Measured:
    dated, summed = thousands_or_month(line, context.now.month)
    moods, blocked = Moods(line), bytearray(taken)
    seen = [one for one in read_all(dated, context, moods) if not _is_blocked(line, one, blocked)]
    _block(blocked, [Place(line.at(one.start), line.at(one.end)) for one in seen], MEASURED)
    moods.join([(one.start, one.end) for one in seen])
    sums = money.read_sums(summed, context, _in_low(line, blocked))
    _block(blocked, [one.place for one in sums], MEASURED)
    counts = quantities.read(line, _in_low(line, blocked))
    _block(blocked, [one.place for one in counts if one.text[0].isascii()], MEASURED)
    return _Measured(moods, seen, sums, counts, blocked)


def _is_taken(blocked: bytearray, one: Mention) -> bool:
    """Whether somebody known is named by what else is a time, a count or a sentence's end: 7天酒店, Acme Inc."""
    known = one.id is not None or bool(one.ids)
    return known and bool(MEASURED in blocked[one.place.start : one.place.end] or _ODD.search(one.mention))


_ODD = re.compile(r"[\d.!?]")


def _gathered(
    text: str, line: Text, context: Context, measured: _Measured, who: people.People,
    tags: Any, emails: Any, phones: Any,
) -> Reading:  # fmt: skip
    moods, seen, sums = measured.moods, measured.seen, measured.sums
    question = questions.is_question(line)
    named = (*who.people, *who.companies)
    commitments = () if question else promises.read(line, context.now, seen, named, who.companies)
    found = cues.find_all(line)
    known = [
        (line.low_at(one.place.start), line.low_at(one.place.end)) for one in named if one.id is not None or one.ids
    ]
    kinds = [one for one in found["kinds"] if not any(start <= one.start < end for start, end in known)]
    counts = tuple(one for one in measured.counts if not _is_in_name(one, named))
    gone = superseded(line, seen)
    commitments = _renewed(line, commitments, seen, gone)
    around = roles.Around(
        line, moods, seen, found["reminders"], kinds, commitments, question, context.now.date(), _weeks(seen), known
    )
    times = _without_now([_time(line, place, one, around, gone) for place, one in enumerate(seen)])
    activity = (
        None
        if question
        else activities.read(line, context, moods, times, kinds, found["tasks"], who.companies, who.people, commitments)
    )
    risks = _words(line, found["risks"])
    stages = _words(line, found["stages"])
    stage = stages[-1].value if stages else None
    churning = not line.has_chinese and any(one.value == "churn" for one in risks)
    good, bad = found["positive"], found["negative"]
    mood = activities.sentiment(good, bad, [one.value for one in tags], stage, churning)
    facts = (*times, *sums, *counts, *commitments, *named, *phones, *emails, *tags, *risks, *stages)
    return Reading(
        text, activity, who.people, who.companies, who.unknown, times, sums, counts, commitments, phones, emails, tags,
        "neutral" if question else mood,
        () if question else risks, stages[-1] if stages and not question else None, question,
        _note(line, (*times, *tags)), _trace(activity, facts),
    )  # fmt: skip


def _renewed(
    line: Text, commitments: Sequence[Commitment], seen: Sequence[Seen], gone: set[int]
) -> tuple[Commitment, ...]:
    """What was due on a day that another day has replaced is due then."""
    if not gone:
        return tuple(commitments)
    said = [line.said(one.start, one.end) for one in seen]
    later = {said[place]: next((said[to] for to in range(place, len(said)) if to not in gone), "") for place in gone}
    kept = [one for one in commitments if (one.due or "") not in later]
    moved = [one for one in commitments if (one.due or "") in later]
    for one in moved:
        due = later[one.due or ""] or None
        same = next((other for other in kept if other.by == one.by and due and other.due == due), None)
        if same and len(same.what) < len(one.what):
            kept.remove(same)
        if same is None or same not in kept:
            kept.append(replace(one, due=due))
    return tuple(kept)


def _without_now(times: Sequence[Time]) -> tuple[Time, ...]:
    """现在 beside another time dates nothing: 说好周五去，现在改线上了."""
    return tuple(one for one in times if len(times) < 2 or one.text != "现在")


def _is_in_name(one: Quantity, named: Sequence[Mention]) -> bool:
    """三一周杰 is no count of weeks."""
    return any(one.place.start < name.place.end and name.place.start < one.place.end for name in named if name.id)


def _weeks(seen: Sequence[Seen]) -> tuple[Seen, ...]:
    return tuple(one for one in seen if one.placed.grain == "week" and not one.bound)


def _time(line: Text, place: int, one: Seen, around: roles.Around, gone: set[int]) -> Time:
    role = roles.role(place, one, around, gone)
    placed = one.placed
    start, end, grain = placed.start, placed.end, placed.grain
    if (
        one.joined.day
        and "edge" in one.joined.day.marks
        and "end" in one.joined.day.marks
        and role in ("due", "reminder")
    ) or (
        role in ("due", "reminder")
        and one.joined.day
        and {"edge", "mid"} <= one.joined.day.marks
        and not isinstance(start, datetime)
        and start <= around.today
    ):
        start, end = inclusive_end(placed), None
    if role == "due" and grain == "part" and one.bound in ("before", "within"):
        grain = "day"
    sure = 0.9 if one.mood != "none" or one.bound else 0.8
    rule = " + ".join(one.joined.rules)
    where = Place(line.at(one.start), line.at(one.end), f"time: {rule}; looks {one.mood}", sure)
    return Time(line.said(one.start, one.end), start, end, grain, role, where, placed.rrule, placed.at, one.bound)


def _block(blocked: bytearray, places: Iterable[Place], mark: int) -> None:
    for place in places:
        blocked[place.start : place.end] = bytes((mark,)) * (place.end - place.start)


def _is_blocked(line: Text, one: Seen, blocked: bytearray) -> bool:
    return any(blocked[line.at(one.start) : line.at(one.end)])


def _in_low(line: Text, blocked: bytearray) -> bytearray:
    return blocked if line.places is None else bytearray(blocked[place] for place in line.places)


def _words(line: Text, found: Sequence[Cue]) -> tuple[Word, ...]:
    seen: dict[str, Word] = {}
    for one in found:
        seen.setdefault(one.value, Word(one.value, Place(line.at(one.start), line.at(one.end), one.rule, 0.8)))
    return tuple(seen.values())


def _note(line: Text, facts: Sequence[Any]) -> str:
    """The line without what became a time or a tag."""
    kept, last = [], 0
    for place in sorted((one.place for one in facts), key=lambda place: place.start):
        if place.start >= last:
            kept.append(line.raw[last : place.start])
            last = place.end
    kept.append(line.raw[last:])
    return " ".join(" ".join(kept).split()).strip(" ,，。;；")


def _trace(activity: Any, facts: Sequence[Any]) -> tuple[tuple[str, Place], ...]:
    lines = [(f"activity {activity.kind} {activity.status}", activity.place)] if activity else []
    return tuple(lines + [(type(one).__name__.lower(), one.place) for one in facts])


__all__ = ["read"]
