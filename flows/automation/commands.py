"""What people say and press about rules and alarms."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from bot.core.errors import BadInput, NotAllowed
from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, code, join, lines
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.asking import may_order
from flows.automation import cards, verbs
from flows.automation.actions import add_rule, may_change, open_alarms, rules, tried
from flows.automation.conditions import Misread, to_cel
from flows.automation.occasions import OCCASIONS, OF_CUSTOMERS, Occasion
from flows.replies import picked, settled
from flows.router import EDITORS, MANAGERS, NOT_MINE, command, heard, press
from flows.turn import Turn
from store.models import Firing, Member, Rule

LATER = timedelta(hours=1)
SNOOZE = "alarm"
_BEFORE = (
    r"(?:when(?:ever)?\s|每当|当|如果)?\s*(?P<fact>.+?)"
    r"(?:\s*[,，]?\s*(?:\bif\b|\bwhere\b|如果|若|且)\s*(?P<condition>.+?))?"
)
_WHEN = re.compile(_BEFORE + r"\s*[,，]?\s*(?:\bthen\b|->|→|则|就|那么)\s*(?P<then>.+)", re.IGNORECASE | re.DOTALL)
_ARTICLE = re.compile(r"^(?:(?:a|an|the)\s+|有人|有|一个|客户)")
_COMES = re.compile(r"\s*(?:comes(?: in)?|arrives|happens|的时候|时|了)$")
_COMMA = re.compile(_BEFORE + r"\s*[,，]\s*(?P<then>[^,，]+)", re.IGNORECASE | re.DOTALL)
"""Without a "then" the last comma is one."""
_VERB = re.compile(_BEFORE + r"\s+(?P<then>(?:tell|alert|notify|warn)\s.+)", re.IGNORECASE | re.DOTALL)
"""Without a comma what is to be done begins with its verb."""
_SENTENCE = re.compile(
    r"(?:please\s+)?(?:when(?:ever)?|(?:every|each) time|as soon as|if)\s+(?P<en>.+)|(?:请|以后|今后)*(?P<zh>.+就.+)",
    re.IGNORECASE,
)
""" "When a complaint comes in, tell Ann", 有投诉就通知我: a rule without its command."""


@command(
    "rule",
    help=_("When something happens, do something by itself"),
    example=cards.EXAMPLE,
    for_=MANAGERS,
    words=("rule", "rules", "规则", "自动规则"),
)
def rule(turn: Turn, words: Rest | None = None) -> Reply | Text:
    said = (words or "").strip()
    if not said:
        return cards.all_rules(turn, rules(turn))
    if said.isdigit():
        found = next((row for row in rules(turn) if row.position == int(said)), None)
        return cards.rule_card(turn, found) if found is not None else _("There is no rule {number}.", number=said)
    match = _WHEN.fullmatch(said) or _COMMA.fullmatch(said) or _VERB.fullmatch(said)
    if match is None:
        raise BadInput(_("A rule says when, perhaps if, and then. Example: {example}", example=code(cards.EXAMPLE)))
    occasion, given = occasion_meant(match["fact"])
    made = add_rule(
        turn, said, occasion, _condition(match["condition"] or "", given, occasion), _steps(turn, match["then"])
    )
    turn.did(_("rule {number} made", number=str(made.position)), f"rule:{made.id}")
    return cards.rule_card(turn, made, undo=True)


@heard("said", for_=MANAGERS)
def rule_said(turn: Turn, said: Said) -> Any:
    """A sentence of which every part can be read; any other is no rule."""
    match = _SENTENCE.fullmatch(said.text.strip(" .!。！")) if may_order(turn, said) else None
    if match is None:
        return NOT_MINE
    try:
        return rule(turn, Rest(match["zh"] or f"when {match['en']}"))
    except BadInput:
        return NOT_MINE


def occasion_meant(words: str) -> tuple[Occasion, str]:
    """The occasion that is meant, and what its words say beyond it."""
    said = " ".join(words.casefold().split()).strip(" ：:，,")
    bare = re.sub(r"\s*(?:=|:|\bis\b)\s*", " ", said)
    for occasion in OCCASIONS.values():
        for word, condition in occasion.words.items():
            if word in (said, bare, _ARTICLE.sub("", bare), _COMES.sub("", _ARTICLE.sub("", bare))):
                return occasion, condition
    known = join(", ", [next(iter(occasion.words)) for occasion in OCCASIONS.values()])
    raise BadInput(_("I don't know when “{words}” is. I know: {known}", words=words[:60], known=known))


def _condition(words: str, given: str, occasion: Occasion) -> str:
    names = {**OF_CUSTOMERS, **occasion.names}
    try:
        own = to_cel(words, names)
    except Misread as problem:
        known = join(", ", sorted(names))
        raise BadInput(
            _("I can't read the condition “{words}”. It may speak of: {known}", words=str(problem)[:60], known=known)
        ) from problem
    return " && ".join(part for part in (given, f"({own})" if given and "||" in own else own) if part)


def _steps(turn: Turn, words: str) -> list[verbs.Step]:
    try:
        return verbs.read(turn, words)
    except verbs.Unknown as problem:
        example = code(_("alert #service; tell owner; task @Bob call them +1d; tag unhappy; priority urgent"))
        raise BadInput(
            lines(
                _("I can't do “{words}”, or I don't know who or where that is.", words=str(problem)[:60]),
                _("I can: {example}", example=example),
            )
        ) from problem


@press("rule-show", for_=MANAGERS)
def show(turn: Turn, rule: int) -> Reply:
    found = turn.work.get(Rule, rule)
    return picked(turn, cards.rule_card(turn, found)) if found is not None else _gone()


@press("rule-try", for_=MANAGERS)
def try_(turn: Turn, rule: int) -> Reply:
    found = turn.work.get(Rule, rule)
    return cards.trial(list(tried(turn, found))) if found is not None else _gone()


@press("rule-switch", for_=MANAGERS)
def switch(turn: Turn, rule: int) -> Reply:
    found = _mine(turn, rule)
    if found is None:
        return _gone()
    found = turn.work.change(found, active=not found.active)
    turn.did(_("rule {number} switched", number=str(found.position)), f"rule:{found.id}")
    return cards.rule_card(turn, found, undo=True)


@press("rule-remove", for_=MANAGERS)
def remove(turn: Turn, rule: int) -> Reply:
    found = _mine(turn, rule)
    if found is None:
        return _gone()
    turn.work.remove(found)
    card = f"rule:{found.id}"
    turn.did(_("rule {number} removed", number=str(found.position)), card)

    return Reply(
        _("Rule {number} is gone.", number=str(found.position)), (Option(_("Undo"), f"undo:{card}"),), card=card
    )


def _mine(turn: Turn, id: int) -> Rule | None:
    found = turn.work.get(Rule, id)
    if found is not None and not may_change(turn, found):
        raise NotAllowed(_("Only whoever made this rule, or a manager, changes it."))
    return found


# alarms


@command("alarms", help=_("What rules have raised and nobody has claimed"), words=("alarms", "警报", "未认领"))
def alarms(turn: Turn) -> Reply:
    return cards.alarms(turn, open_alarms(turn), 0)


@press("alarms")
def alarms_page(turn: Turn, page: int) -> Reply:
    return cards.alarms(turn, open_alarms(turn), page)


@press("alarm-claim", for_=EDITORS)
def claim(turn: Turn, alarm: int) -> Reply | None:
    found = turn.work.get(Firing, alarm)
    if found is None or found.state not in ("open", "snoozed"):
        return _settled(turn, found)
    return _changed(turn, found, state="claimed", member=turn.me().id, until=None)


@press("alarm-later", for_=EDITORS)
def later(turn: Turn, alarm: int) -> Reply | None:
    found = turn.work.get(Firing, alarm)
    if found is None or found.state != "open":
        return _settled(turn, found)
    turn.work.timers.set(SNOOZE, str(found.id), turn.now + LATER)
    return _changed(turn, found, state="snoozed", member=turn.me().id, until=turn.now + LATER)


@press("alarm-mute", for_=MANAGERS)
def mute(turn: Turn, alarm: int) -> Reply | None:
    """The rule that raised it is switched off; the card says how to have it back."""
    found = turn.work.get(Firing, alarm)
    rule = turn.work.get(Rule, found.rule) if found is not None else None
    if found is None or rule is None or found.state != "open":
        return _settled(turn, found)
    turn.work.change(rule, active=False)
    _changed(turn, found, state="muted", member=turn.me().id)
    turn.did(_("rule {number} switched", number=str(rule.position)), f"rule:{rule.id}")
    return cards.rule_card(turn, rule, undo=True)


def _changed(turn: Turn, firing: Firing, **values: object) -> Reply | None:
    """The card is rewritten wherever it stands; in a list it is shown as a card of its own."""
    firing = turn.work.change(firing, **values)
    rule = turn.work.get(Rule, firing.rule)
    if rule is None:
        return _gone()
    shown = cards.alarm(turn, rule, firing)
    turn.rewrite(shown.card, shown)
    return None if turn.card() == shown.card else shown


def _settled(turn: Turn, firing: Firing | None) -> Reply:

    holder = turn.work.get(Member, firing.member) if firing is not None and firing.member else None
    if firing is not None and firing.state == "claimed" and holder is not None:
        if holder.id == turn.me().id:
            return Reply(_("You have it already."), toast=True)
        return Reply(_("{name} was faster.", name=holder.name), toast=True)
    return settled()


def _gone() -> Reply:
    return Reply(_("That rule is no longer there."), toast=True)
