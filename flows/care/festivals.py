"""Festivals: which the firm keeps, for whom, and a greeting for everybody who fits, a hundred in a turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from bot.core.errors import BadInput
from bot.core.messages import Option, Reply, Urgency
from bot.core.text import Text, bold, code, lines, moment, ngettext, quote, text
from bot.core.text import gettext as _
from flows.care import greetings
from flows.care.cards import whole
from flows.care.days import NoSuchDay, Told, next_day, read_day
from flows.care.occasions import month_first
from flows.care.rules import LATE
from flows.care.words import FESTIVALS, FIRST_ORDER, called, day_named, named
from flows.replies import settled
from flows.segments.actions import ask
from flows.turn import Turn
from flows.words import zone_of
from store.models import Festival, Greeting

STEP = 100
GREET_ALL = "festival"
NAMED = 5
LATEST = timedelta(days=LATE)
_FOR = re.compile(r"\s+(?:for|给|面向)\s+(?P<segment>.+)$", re.I)
_ADD = re.compile(r"^(?:add|新增|添加|增加)\s+", re.I)
_DROP = re.compile(r"^(?:drop|remove|delete|删除|去掉)\s+", re.I)


def kept(turn: Turn) -> Mapping[str, Festival]:
    """What the firm has said about each."""
    return {row.key: row for row in turn.work.find(Festival)}


def day_told(row: Festival) -> Told:
    """Its day of the year."""
    if row.key in FESTIVALS:
        return FESTIVALS[row.key][1]
    return Told(row.month, row.day, 0, "lunar" if row.calendar == "lunar" else "solar")


def switched_on(turn: Turn) -> Iterator[Festival]:
    """Those on which customers are greeted."""
    yield from (row for row in kept(turn).values() if row.state == "on" and row.key != FIRST_ORDER)


def list_card(turn: Turn) -> Reply:
    """Each with its next day, and a button that switches it."""
    rows, shown, options = kept(turn), [], []
    ready: list[tuple[str, Text]] = [(key, title) for key, (title, _day) in FESTIVALS.items()]
    ready.append((FIRST_ORDER, _("Anniversary of the first order")))
    own = [(key, text(row.name)) for key, row in rows.items() if key not in dict(ready) and row.state != "gone"]
    for key, title in (*ready, *own):
        row = rows.get(key)
        on = row is not None and row.state == "on"
        shown.append(text("✓ " if on else "– ", title, *_details(turn, key, row)))
        options.append(Option(text(title, " ✓" if on else ""), f"festival:{key}:{'off' if on else 'on'}"))
    body = lines(
        bold(_("Greetings at holidays")),
        *shown,
        _("Tier C is greeted by itself; for the others each owner says yes."),
        _("Your own day: {example}", example=code(_("/holidays add founding day 18 June"))),
    )
    return Reply(body, tuple(options), card="holidays")


def _details(turn: Turn, key: str, row: Festival | None) -> tuple[Text | str, ...]:
    told = FESTIVALS[key][1] if key in FESTIVALS else day_told(row) if row is not None and row.month else None
    coming = next_day(told, turn.local.date()) if told else None
    parts: list[Text | str] = []
    if coming is not None:
        parts += [" · ", moment(coming, "day")]
    if row is not None and row.segment:
        parts += [" · ", row.segment]
    return tuple(parts)


def switch(turn: Turn, key: str, to: str) -> Reply:
    """On or off."""
    row = turn.work.first(Festival, key=key)
    state = "on" if to == "on" else "off"
    if row is not None and row.state != "gone":
        turn.work.change(row, state=state)
    elif key in FESTIVALS or key == FIRST_ORDER:
        if row is None:
            turn.work.add(Festival(key=key, state=state, member=turn.me().id, made=turn.now))
        else:
            turn.work.change(row, state=state)
    else:
        raise BadInput(_("That day is not kept any more."))
    turn.did(_("holiday {name}", name=_title(key, row)), "holidays")
    shown = list_card(turn)
    return Reply(shown.text, (*shown.options, Option(_("Undo"), "undo:holidays")), card=shown.card)


def _title(key: str, row: Festival | None) -> Text:
    if key == FIRST_ORDER:
        return _("Anniversary of the first order")
    return called("holiday", key if key in FESTIVALS else row.name if row else key)


def say(turn: Turn, said: str) -> Reply:
    """ "add founding day 18 June for tier:A", "drop founding day", "Mid-Autumn for vip"."""
    segment = ""
    if match := _FOR.search(said):
        segment, said = match["segment"].strip(), said[: match.start()]
        ask(turn, segment)
    if dropped := _DROP.match(said):
        return _dropped(turn, said[dropped.end() :].strip())
    key = named(said.strip())
    if key in FESTIVALS:
        _put(turn, key, segment=segment)
        return switch(turn, key, "on")
    return _added(turn, _ADD.sub("", said).strip(), segment)


def _added(turn: Turn, said: str, segment: str) -> Reply:
    try:
        found = read_day(said, month_first=month_first(turn))
    except NoSuchDay as none:
        raise BadInput(_("There is no {day}.", day=str(none))) from None
    name = " ".join(f"{found.before} {found.after}".split()).strip(" :：,，") if found else ""
    if found is None or not name or len(name) > 40:
        raise BadInput(
            lines(
                _("Give a name and a day."),
                _("Example: {example}", example=code(_("/holidays add founding day 18 June"))),
            )
        )
    told = found.told
    _put(
        turn,
        f"own_{name.casefold()}"[:20],
        name=name,
        segment=segment,
        calendar=told.calendar,
        month=told.month,
        day=told.day,
    )
    turn.did(_("holiday {name}", name=name), "holidays")
    shown = list_card(turn)
    return Reply(shown.text, (*shown.options, Option(_("Undo"), "undo:holidays")), card=shown.card)


def _put(turn: Turn, key: str, **values: Any) -> None:
    row = turn.work.first(Festival, key=key)
    if row is not None:
        turn.work.change(row, state="on", **values)
    else:
        turn.work.add(Festival(key=key, member=turn.me().id, made=turn.now, **values))


def _dropped(turn: Turn, name: str) -> Reply:
    row = next((row for row in turn.work.find(Festival) if row.name and row.name.casefold() == name.casefold()), None)
    if row is None:
        raise BadInput(_("There is no day “{name}” of yours.", name=name[:40]))
    turn.work.change(row, state="gone")
    turn.did(_("holiday {name}", name=row.name), "holidays")
    shown = list_card(turn)
    return Reply(shown.text, (*shown.options, Option(_("Undo"), "undo:holidays")), card=shown.card)


# greeting everybody


def begin(turn: Turn, row: Festival, day: date) -> None:
    """The first hundred; asking again changes nothing."""
    turn.work.timers.set(GREET_ALL, f"{row.id}:{day.isoformat()}:0", turn.now)


def step(turn: Turn, subject: str) -> None:
    """A hundred customers more, and at the end each owner's card."""
    id, day_, after = subject.split(":")
    row, day = turn.work.get(Festival, int(id)), date.fromisoformat(day_)
    if row is None or row.state != "on":
        return
    question = ask(turn, row.segment).question if row.segment else turn.work.segments.question("true")
    ids = turn.work.care.fitting(question, int(after), limit=STEP)
    name = row.key if row.key in FESTIVALS else row.name
    for customer in turn.work.segments.customers(ids):
        greetings.draft(turn, f"festival:{row.id}:{day_}:{customer.id}", customer, "holiday", day, name=name)
    if len(ids) == STEP:
        turn.work.timers.set(GREET_ALL, f"{id}:{day_}:{ids[-1]}", turn.now)
        return
    ask_owners(turn, row, day)


def ask_owners(turn: Turn, row: Festival, day: date) -> None:
    """One card for each owner with all that waits; as a new message, before the day, on it and after it."""
    day_, card = day.isoformat(), f"festival:{row.id}:{day.isoformat()}"
    for member in turn.work.people.members():
        if waiting := of_festival(turn, row.id, day_, member.id):
            if turn.work.cards.message(card, member.home):
                turn.work.cards.shown(card, member.home, "")
            turn.message_member(member, batch_card(turn, row, day, waiting), "care")


def of_festival(turn: Turn, festival: int, day: str, member: int) -> list[Greeting]:
    """What waits for this member."""
    rows = turn.work.find(Greeting, member=member, state="draft")
    return [row for row in rows if row.subject.startswith(f"festival:{festival}:{day}:")]


def batch_card(turn: Turn, row: Festival, day: date, waiting: list[Greeting]) -> Reply:
    """All greetings of one festival and owner: one yes for all, or one by one."""
    customers = {c.id: c for c in turn.work.segments.customers([greeting.customer for greeting in waiting])}
    names = [customers[g.customer].name for g in waiting if g.customer in customers]
    more = f" +{len(names) - NAMED}" if len(names) > NAMED else ""
    said = called("holiday", row.key if row.key in FESTIVALS else row.name)
    today = turn.now.astimezone(zone_of(turn.workspace.zone)).date()
    body = lines(
        bold(text(said, " · ", moment(day, "day"))),
        ngettext(
            "{n} customer of yours: {names}",
            "{n} customers of yours: {names}",
            len(names),
            names=", ".join(names[:NAMED]) + more,
        ),
        quote(whole(waiting[0])) if waiting else None,
        _("It was not sent on the day. You may still send it until {day}.", day=moment(day + LATEST, "day"))
        if day < today
        else _("They only go when you say so; each with a line of your own, if you like."),
    )
    every = Option(
        _("Send to all on the day") if day > today else _("Send to all"),
        f"greet-all:{row.id}:{day.isoformat()}",
        style="primary",
    )
    single = tuple(Option(text(names[n]), f"greet:{g.id}") for n, g in enumerate(waiting[:NAMED]) if n < len(names))
    return Reply(
        body,
        (every, *single, Option(_("None of them"), f"greet-none:{row.id}:{day.isoformat()}")),
        card=f"festival:{row.id}:{day.isoformat()}",
        urgency=Urgency.REMINDER,
    )


def settle(turn: Turn, festival: int, day: str, *, send: bool) -> Reply:
    """One decision for all that still wait for this member."""
    row, me = turn.work.get(Festival, festival), turn.me()
    waiting = of_festival(turn, festival, day, me.id)
    if row is None or not waiting:
        return settled()
    done = 0
    for greeting in waiting:
        customer = turn.work.customers.get(greeting.customer)
        if not send:
            greeting = turn.work.change(greeting, state="skipped")
        elif customer is not None and not greetings.against(turn, greeting, customer):
            greeting = greetings.confirm(turn, greeting, customer)
        else:
            greeting = turn.work.change(greeting, state="refused", reason="unreachable")
        done += greeting.state == "confirmed"
        greetings.show(turn, greeting)
    card = f"festival:{festival}:{day}"
    turn.did(_("greetings for {name}", name=called("holiday", row.key if row.key in FESTIVALS else row.name)), card)
    said = (
        ngettext("{n} greeting goes on the day.", "{n} greetings go on the day.", done) if send else _("None is sent.")
    )
    left = len(waiting) - done if send else 0
    note = (
        ngettext(
            "{n} can't be reached by chat: greet them another way.",
            "{n} can't be reached by chat: greet them another way.",
            left,
        )
        if left
        else None
    )
    return Reply(lines(said, note), (Option(_("Undo"), f"undo:{card}"),), card=card)


__all__ = ["day_named", "list_card", "say", "step"]
