# ruff: noqa: E501 -- a rule is one line
"""A line that begins as a command does: run as the command, or left to be heard as the sentence that it is."""

from __future__ import annotations

import re
from typing import Any

from bot.core.messages import Reply
from bot.core.text import code
from bot.core.text import gettext as _
from flows.activities.lines import meant, understood
from flows.activities.rules import names
from flows.activities.writing import lately
from flows.arguments import READERS, Found, Rest, Unreadable
from flows.arrival import role_of
from flows.asides import is_question
from flows.asking import run
from flows.customers.names import may_be_a_name
from flows.guesses.rules import about, is_named
from flows.router import COMMANDS, EDITORS, NOT_MINE, Route
from flows.spoken.orders import asked_for
from flows.turn import Turn
from flows.understanding.characters import is_chinese
from store.models import Customer


def run_spoken(turn: Turn, route: Route, typed: str, said: str) -> Any:
    """The same for a sentence that begins with a command's word; NOT_MINE when it goes on as another sentence."""
    kinds = [parameter.kind for parameter in route.parameters]
    if typed and turn.member is None and Rest not in kinds:
        return NOT_MINE  # "help us with the pump" is for a person
    if turn.member is not None and _ASKED_WHOLE.fullmatch(typed) and all(one.optional for one in route.parameters):
        typed = ""
    if typed and turn.member is not None and route.name not in ("remind", "task") and _tells(typed, said):
        return NOT_MINE  # "报价单已经发给王总了"
    if typed and turn.member is not None and turn.private and (Customer in kinds[:1] or route.name in _OF_CUSTOMER):
        typed = _of_the_last(turn, _TIE.sub("", typed))
        strange = len(kinds) > 1 and isinstance(READERS[Customer](turn, typed), Unreadable)
        if strange and is_named(said):
            return NOT_MINE
        typed = _customer_first(turn, typed) if strange else typed
    if typed and kinds == [Customer] and turn.member is not None and turn.private:
        outcome = READERS[Customer](turn, typed)
        if isinstance(outcome, Unreadable) and (is_question(turn, said) or not may_be_a_name(typed) or about(said)):
            return NOT_MINE
        if isinstance(outcome, Found) and outcome.rest:
            return NOT_MINE
    if route.name == "add" and turn.private and _NO_CUSTOMER.match(typed):
        return NOT_MINE
    if turn.member is not None and turn.private and is_told(turn, route, typed, said):
        return NOT_MINE
    return run(turn, route, typed)


_BEFORE_NAME = re.compile(r"\s*\b(?:for|to|with|at|from|of|on)\s*$", re.IGNORECASE)


def _customer_first(turn: Turn, typed: str) -> str:
    """ "A sample to Blue Ocean by Friday": who is meant stands first in every command, wherever it was said."""
    reading = understood(turn, typed, turn.at)
    known, customers = [one for one in names(reading) if one.id is not None], meant(turn, reading)
    if len(known) != 1 or len(customers) != 1:
        return typed
    start, end = known[0].place.start, known[0].place.end
    before = _THAT.sub("", _BEFORE_NAME.sub("", typed[:start]))
    return f'"{customers[0].name}" {before.strip()} {typed[end:].strip()}'


_REPORTS = re.compile(
    r"[,:;]|\s(?:told|said|sent|ready|interested|done|wants?|asked|went|are|is|was|were|has|have|looks?)\b",
    re.IGNORECASE,
)
_ABOUT_US = frozenset(
    ("export", "import", "leads", "results", "survey", "campaign", "trends", "queue", "load", "skills", "hours", "top", "goal", "week", "pipeline", "funnel", "promises", "contacts", "care")
)  # fmt: skip
"""Commands that are about no single customer."""


def is_told(turn: Turn, route: Route, typed: str, said: str) -> bool:
    """ "Export papers for Acme are ready", "add Acme wants blue ones": a line about somebody in the file is logged."""
    adds = route.name == "add" and not may_be_a_name(typed) and typed.islower()
    if not adds and not (route.name in _ABOUT_US and len(typed.split()) > 2 and _REPORTS.search(typed)):
        return False
    reading = understood(turn, said, turn.at)
    return not reading.question and any(one.id is not None for one in names(reading))


_OF_CUSTOMER = ("ticket", "openticket")
"""Commands whose words begin with a customer, though they read them themselves."""
_TIE = re.compile(r"^(?:for|to|on|about|with|from|of|at)\s+(?=\S)", re.IGNORECASE)
_THAT = re.compile(
    r"^(?:that|this|it|them|him|her|the same(?: one| customer)?|same customer)(?![\w'’-])[ ,:]*", re.IGNORECASE
)


def _of_the_last(turn: Turn, typed: str) -> str:
    """ "Open a ticket for that" is for the customer of whom something was logged just now."""
    match = _THAT.match(typed)
    last = lately(turn) if match and not names(understood(turn, typed, turn.at)) else []
    return f'"{last[0].name}" {typed[match.end() :]}'.strip() if match and last else typed


_NO_CUSTOMER = re.compile(
    r"(?:to |this |that |it |me |us |some |another |(?:an? |the |our |my )(?:new )?)(?!(?:new )?(?:customer|client|account|lead|prospect|compan|firm|contact|supplier|dealer|shop|person called)|(?-i:[A-Z]))",
    re.IGNORECASE,
)
""" "Add a new person to the team", "add to the faq": nobody is called so."""


_ASKED_WHOLE = re.compile(r"(?:现在|都)*(?:有哪些|有什么|是什么|是多少|多少|怎么样|有啥|是啥|多久|多长时间)[?？]*")
"""销售阶段有哪些: the whole is asked for."""
_TELLS = re.compile(r"(?:已经?|还没|没有?|刚|都|也)(?!有哪些|有什么)|(?:了(?!吗)|.*了[。！!]*$)", re.DOTALL)
"""How a Chinese line goes on that begins as a command does and tells what happened."""


def _tells(typed: str, said: str) -> bool:
    """No space stands between the command's word and the rest, which goes on as a sentence."""
    glued = is_chinese(typed[:1]) and is_chinese(said.strip().removesuffix(typed)[-1:])
    return glued and _TELLS.match(typed) is not None


def unknown_command(turn: Turn, name: str, rest: str = "") -> Any:
    """What can be said in words is done, though with a slash; else the nearest command this person may use."""
    from rapidfuzz import process

    if rest and turn.private and role_of(turn) in EDITORS:
        outcome = asked_for(turn, f"{name} {rest}")
        if outcome is not NOT_MINE:
            return outcome
    if example := _IN_WORDS.get(name):
        return Reply(_("There is no /{name} here. Say it: {example}", name=name, example=code(example)))
    known = [route.name for route in COMMANDS.values() if role_of(turn) in route.for_ and route.listed]
    near = process.extractOne(name, known, score_cutoff=60) if known else None
    if near:
        return Reply(_("There is no /{name} here. Did you mean {near}?", name=name[:32], near=code(f"/{near[0]}")))
    return Reply(_("There is no /{name} here. {help} shows what there is.", name=name[:32], help=code("/help")))


_IN_WORDS = {
    **dict.fromkeys(("assign", "transfer", "owner", "reassign"), _("assign Acme to Ann")),
    "untag": _("untag Acme vip"),
}
"""What other systems have a command for, and is said in words here."""
