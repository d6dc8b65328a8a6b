"""What a colleague or the team did, does and owes: for managers, as they see it on the team's card."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows import asking
from flows.activities import questions
from flows.activities.past import stretch
from flows.activities.words import kind_name
from flows.arguments import READERS, Found
from flows.arguments import colleague as named_so
from flows.customers.sight import seen
from flows.day import cards, figures
from flows.day.wishes import Asked, asked_in
from flows.privacy.actions import looked
from flows.promises.cards import head as promise_head
from flows.promises.cards import listed
from flows.router import COMMANDS, EDITORS, MANAGERS, NOT_MINE
from flows.routing.duty import absence
from flows.teams.cards import member_line
from flows.turn import Turn
from flows.understanding import Context, read_time
from store.figures import done_between
from store.models import Activity, Customer, Member

SHOWN = 8
_OF_ME = re.compile(r"\b(?:i|my)\b|我", re.IGNORECASE)
"""Asked by a manager without these, the team is meant."""


def answer(turn: Turn, words: str) -> Any:
    """The answer to a question about colleagues; NOT_MINE for everything else."""
    for asked in asked_in(words):
        found = named_so(turn, asked.name) if asked.name else None
        if (found is not None) == bool(asked.name):
            outcome = _told(turn, asked, found, words)
            if outcome is not NOT_MINE:
                return outcome
    return NOT_MINE


def _told(turn: Turn, asked: Asked, about: Member | None, words: str) -> Any:
    """Who is here and whose a customer is may be known by all; what somebody does is for them and for managers."""
    if about is not None and asked.kind == "where":
        return NOT_MINE if turn.work.search.named([about.name]) else _where(turn, about)
    if about is not None and asked.kind == "customers":
        return asking.run(turn, COMMANDS["find"], f'owner:"{about.name}"')
    if asked.kind == "away":
        return _away(turn)
    me = turn.me()
    if me.role not in EDITORS:
        return NOT_MINE
    if asked.kind == "own":
        return _team(turn, words) if me.role in MANAGERS and not _OF_ME.search(words) else _did(turn, me, words)
    if about is not None and asked.kind == "met":
        return _met(turn, asked.rest)
    if asked.kind == "promised" and about is None:
        return asking.run(turn, COMMANDS["promises"], "")
    if me.role not in MANAGERS and (about is None or about.id != me.id):
        return _not_for_all()
    if about is None:
        return _team(turn, words) if asked.kind == "did" else cards.team_card(turn)
    looked(turn, about.id)
    if asked.kind == "did":
        return _did(turn, about, words)
    return _promised(turn, about) if asked.kind == "promised" else cards.member_card(turn, about)


def _not_for_all() -> Text:
    return lines(
        _("What a colleague does is for them and for managers to see."),
        _("What is logged stands with each customer: {example}", example=code(_("/history Acme"))),
    )


def _days(turn: Turn, words: str) -> tuple[date, date]:
    """First and last day that are asked about; today where none is."""
    context = Context(now=turn.local, country=turn.workspace.country, language=turn.language)
    when = read_time(words, context, "any")
    today = turn.local.date()
    return stretch(turn, when) if when is not None else (today, today)


def _did(turn: Turn, member: Member, words: str) -> Reply:
    """What they logged, by customer; of customers whom whoever asks may see."""
    first, last = _days(turn, words)
    span = figures.span(turn, first, last + timedelta(days=1))
    rows = seen(turn, done_between(turn.work, span.start, span.end))
    mine = [row for row in rows if row.member == member.id and row.direction == "out"]
    by_customer: dict[int, list[Activity]] = {}
    for row in reversed(mine):
        by_customer.setdefault(row.customer, []).append(row)
    shown: list[Text] = []
    for id, theirs in list(by_customer.items())[:SHOWN]:
        customer = turn.work.get(Customer, id)
        kinds = join(", ", [text(kind_name(row.kind), " ", moment(row.at, "short")) for row in theirs[:3]])
        shown.append(text("• ", bold(customer.name if customer else "?"), " · ", kinds))
    more = len(by_customer) - SHOWN
    body = lines(
        bold(_("{name}, {day}", name=member.name, day=_named(first, last))),
        cards.done_text(turn, figures.of(turn, member, span)),
        *shown,
        ngettext("and {n} more", "and {n} more", more) if more > 0 else None,
    )
    return Reply(body, (Option(text(member.name), f"team:{member.id}"),) if turn.me().role in MANAGERS else ())


def _team(turn: Turn, words: str) -> Reply:
    first, last = _days(turn, words)
    found = figures.everybody(turn, figures.span(turn, first, last + timedelta(days=1)))
    members = [member for member in turn.work.people.members() if member.role != "viewer"]
    rows = [text("• ", bold(m.name), ": ", cards.done_text(turn, found[m.id])) for m in members if m.id in found]
    picks = tuple(Option(text(member.name), f"team:{member.id}", wide=True) for member in members[:SHOWN])
    return Reply(lines(bold(_named(first, last)), *rows), picks)


def _named(first: date, last: date) -> Text:
    return moment(first, "day") if first == last else join(" – ", [moment(first, "day"), moment(last, "day")])


def _promised(turn: Turn, member: Member) -> Reply | Text:
    found = seen(turn, turn.work.promises.of_member(member.id))
    if not found:
        return _("No promise of {name} is open.", name=member.name)
    options = tuple(Option(promise_head(turn, one), f"promise:{one.id}", wide=True) for one in found[:SHOWN])
    return Reply(lines(bold(member.name), *listed(turn, found)), options)


def _where(turn: Turn, member: Member) -> Text:
    return lines(member_line(turn, member), absence(turn, member))


def _away(turn: Turn) -> Text:
    """Everybody who is away or soon will be."""
    away = [told for member in turn.work.people.members() if (told := absence(turn, member)) is not None]
    return lines(*away) if away else _("Nobody is away, and nobody has said that they will be.")


def _met(turn: Turn, rest: str) -> Any:
    """ "Has Bob called Acme": what was last with them, and by whom."""
    outcome = READERS[Customer](turn, rest)
    if not isinstance(outcome, Found):
        return NOT_MINE
    return questions.answer(turn, outcome.value, "last")
