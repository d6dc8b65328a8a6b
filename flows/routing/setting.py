"""What is set about giving out work. Rules can be undone; settings say what they were."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.core.messages import Reply
from bot.core.text import Text, code, join, lines
from bot.core.text import gettext as _
from flows.arguments import colleague
from flows.clocks.reading import minutes_in
from flows.clocks.targets import span_text
from flows.router import EDITORS
from flows.routing import cards
from flows.routing.actions import ACCEPT_MINUTES, PURPOSE, accept_minutes, give_out, rules_of
from flows.tiers.settings import keep
from flows.turn import Turn
from store.models import Member, Rule


def named(turn: Turn, name: str) -> Member | None:
    """A member who may have requests, by name and nothing else."""
    found = colleague(turn, name)
    return found if found is not None and found.role in EDITORS else None


def set_rule(turn: Turn, condition: str, words: str, members: Sequence[Member]) -> Reply:
    """These requests go to these people; who said something else about the same requests before is overruled."""
    then = json.dumps([["give", *dict.fromkeys(member.id for member in members)]])
    known = next((rule for rule in rules_of(turn) if rule.condition == condition), None)
    if known is not None:
        turn.work.change(known, then=then, name=words[:80])
    else:
        position = max((rule.position for rule in rules_of(turn)), default=0) + 1
        turn.work.add(
            Rule(
                purpose=PURPOSE,
                name=words[:80],
                fact="TicketOpened",
                condition=condition,
                then=then,
                position=position,
                by=turn.me().id,
                made=turn.now,
            )
        )
    turn.did(_("rule: {words}", words=words[:60]), "routes")
    give_out(turn)
    return cards.rules_card(turn, undo=True)


def remove_numbered(turn: Turn, number: int) -> Reply | Text:
    """By the number that it is listed with."""
    rules = rules_of(turn)
    if not 1 <= number <= len(rules):
        return _("There is no rule {n}.", n=number)
    turn.work.remove(rules[number - 1])
    turn.did(_("rule {words} removed", words=rules[number - 1].name[:60]), "routes")
    return cards.rules_card(turn, undo=True)


def set_accept(turn: Turn, words: str) -> Reply | Text:
    """How long a request that was given by rule may lie before it goes on, once."""
    span = minutes_in(words) or (minutes_in(f"{words}m") if words.isdigit() else None)
    if span is None and words.casefold() not in ("off", "no", "关", "关闭", "不限"):
        return lines(_("Within how many minutes?"), _("Example: {example}", example=code(_("/route accept 20m"))))
    before = accept_minutes(turn)
    minutes = span[0] if span else 0
    keep(turn, "accept", None if minutes == ACCEPT_MINUTES else minutes)
    now = (
        _("Who does not take a request within {span} of open time loses it to the next, once.", span=span_text(minutes))
        if minutes
        else _("Requests stay with whoever was given them.")
    )
    return lines(now, _before(span_text(before) if before else _("off")))


def set_deputy(turn: Turn, member: Member, deputy: Member | None) -> Reply:
    """Who stands in for somebody."""
    turn.work.change(member, deputy=deputy.id if deputy else None)
    turn.work.audit(f"member:{turn.me().id}", "deputy", f"member:{member.id}")
    return cards.deputy_card(turn, turn.work.get(Member, member.id) or member)


def set_limit(turn: Turn, member: Member | None, limit: int) -> Reply:
    """For one, or for all who have none of their own; who has more already keeps it."""
    if member is None:
        keep(turn, "load", limit or None)
    else:
        turn.work.change(member, at_most=limit)
    turn.work.audit(f"member:{turn.me().id}", "load", f"member:{member.id}" if member else "")
    give_out(turn)
    return cards.load_card(turn)


def set_skills(turn: Turn, member: Member, skills: Sequence[str]) -> Reply:
    """In place of those before."""
    before = member.skills
    turn.work.change(member, skills=" ".join(dict.fromkeys(skills)))
    turn.work.audit(f"member:{turn.me().id}", "skills", f"member:{member.id}")
    card = cards.skills_card(turn)
    was = _before(join(", ", before.split())) if before else None
    return Reply(lines(card.text, was), card.options, card=card.card)


def _before(what: Text | str) -> Text:
    return _("Before: {what}", what=what)
