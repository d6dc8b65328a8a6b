# ruff: noqa: E501 -- a rule is one line
"""What is asked while a line waits for its customer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from bot.core.messages import Option, Reply, Said
from bot.core.text import gettext as _
from bot.core.text import lines
from flows.activities.lines import meant, understood
from flows.activities.rules import firm_and_person, says_something
from flows.activities.smalltalk import talk_of
from flows.activities.writing import Outcome, create, drafts, drop, lately, said_at, which_one, write
from flows.answered import chosen_of
from flows.arguments import MANY
from flows.arrival import role_of
from flows.asking import run
from flows.customers.actions import add_customer
from flows.customers.names import may_be_a_name
from flows.guesses.rules import about
from flows.replies import settled
from flows.router import COMMANDS, EDITORS, HEARD, NOT_MINE, dialog, press
from flows.turn import Turn
from store.models import Customer
from store.search_keys import normal

_LONG = 40
"""Characters from which an answer is a new line rather than a name."""


_YES = re.compile(
    r"\s*(?:yes|y|yep|yeah|ok(?:ay)?|sure|please|right|correct|yes,? please|(?:yes,? )?(?:please )?(?:create|add)(?: it| them)?|do it|是的?|对的?|好的?|嗯+|可以|行|新建|建|创建|(?:是的?|好的?|嗯|对)[，, ]?新建)(?:吧|啊|呀)?[.!。！ ]*",
    re.IGNORECASE,
)
"""Said to "I don't know Acme yet": create it."""
_NO = re.compile(
    r"\s*(?:no|n|nope|nah|no,? somebody else|不是?|不对|不要|不用|否|没有)(?:的|啊|呀|了)?[.!。！ ]*", re.IGNORECASE
)
"""Said to the same: it is somebody else."""


_BOTH = re.compile(
    r"\s*(?:both|all|all (?:of them|three)|both of them|each|for both|两个都是?|都是?|全部)[.!。！ ]*", re.IGNORECASE
)
"""Said to "which one do you mean?": the line is about each of them."""
_PRONOUN = re.compile(r"\b(?:i|i['’]?(?:m|ll)|me|my|we|us|our|you|it|them|that|don['’]?t|please|pls)\b", re.IGNORECASE)
"""Nobody is called so: it is a sentence of its own."""


@dialog("log", for_=EDITORS, wants="text")
def named(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    """The name that was asked for; a whole new sentence is a line of its own, and this one waits for its buttons."""
    if _YES.fullmatch(said.text) and _offered(turn, state):
        return created(turn, state["draft"])
    if _NO.fullmatch(said.text) and _offered(turn, state):
        return somebody_else(turn, state["draft"])
    if talk_of(said.text) is not None:
        return NOT_MINE  # the line waits for its buttons
    reading = understood(turn, state["text"], said_at(state))
    shown = meant(turn, reading) or lately(turn)
    chosen = chosen_of([one.id for one in shown[:MANY]], said.text)
    if _BOTH.fullmatch(said.text) and 1 < len(named_ := meant(turn, reading)) <= MANY:
        lines_ = [{**state, "source": "" if n else state["source"]} for n in range(len(named_))]
        return [write(turn, one, reading, line) for one, line in zip(named_, lines_, strict=True)]
    customers = [one for one in shown if one.id == chosen] or _called(turn, said.text)
    if len(customers) == 1:
        reply = write(turn, customers[0], reading, state)
        return _learnt(turn, reply, state, customers[0])
    if customers:
        return which_one(turn, customers, state)
    answer = understood(turn, said.text, turn.at)
    if answer.question or says_something(answer) or len(said.text) > _LONG:
        turn.remember(None)
        return NOT_MINE
    if (other := _other(turn, said)) is not NOT_MINE:
        return other
    name = said.text.strip()[:100]
    if not may_be_a_name(name) or _PRONOUN.search(name) or (name.islower() and about(name)):
        turn.remember(None)
        return NOT_MINE
    turn.remember({**state, "name": name})
    return Reply(_("I don't know {name} yet.", name=name), (create(state, name), drop(state)))


def _other(turn: Turn, said: Said) -> Outcome:
    """An order, such as "done with the samples", is no name; the line waits for its buttons from here on."""
    state, role = turn.conversation.dialog if turn.conversation else None, role_of(turn)
    for route in HEARD["said"]:
        elsewhere = role in route.for_ and not route.act.__module__.startswith(__package__)
        if elsewhere and (outcome := cast(Outcome, route.act(turn, said))) is not NOT_MINE:
            if turn.conversation and turn.conversation.dialog == state:
                turn.remember(None)
            return outcome
    return NOT_MINE


def _offered(turn: Turn, state: Mapping[str, Any]) -> bool:
    """Whether a new customer was offered, and nobody who is known."""
    reading = understood(turn, state["text"], said_at(state))
    return "not" not in state and bool(state.get("name") or (firm_and_person(reading)[0] and not meant(turn, reading)))


def _called(turn: Turn, name: str) -> list[Customer]:
    hits = turn.work.search.named([name.strip()]).get(name.strip()) or turn.work.search.find(name, limit=MANY)
    return [customer for customer in turn.work.search.customers(hits) if customer.state == "active"]


def _learnt(turn: Turn, reply: Reply, state: Mapping[str, Any], customer: Customer) -> Reply:
    """ "Somebody else" was a correction of a name: this member means that customer by it from now on."""
    wrong = state.get("not")
    if not wrong or normal(wrong) == normal(customer.name):
        return reply
    alias = turn.work.customers.learn(turn.me().id, normal(wrong), customer.id)
    told = _("From now on “{word}” means {name} when you say it.", word=wrong, name=customer.name)
    forget = Option(_("Forget “{word}”", word=wrong[:30]), f"alias-forget:{alias.id}")
    return Reply(lines(reply.text, told), (*reply.options, forget), card=reply.card)


def _waiting(turn: Turn, draft: str) -> dict[str, Any] | None:
    return next((line for line in drafts(turn) if line["draft"] == draft), None)


@press("log-drop")
def dropped(turn: Turn, draft: str) -> Outcome:
    if _waiting(turn, draft) is None:
        return settled()
    turn.forget(draft)
    return _("All right, forgotten. Nothing was changed.")


@press("log-for")
def picked(turn: Turn, customer: int, draft: str) -> Outcome:
    waiting, found = _waiting(turn, draft), turn.work.customers.get(customer)
    if waiting is None or found is None:
        return settled()
    return write(turn, found, understood(turn, waiting["text"], said_at(waiting)), waiting)


@press("log-new")
def created(turn: Turn, draft: str) -> Outcome:
    waiting = _waiting(turn, draft)
    if waiting is None:
        return settled()
    firm, person = firm_and_person(understood(turn, waiting["text"], said_at(waiting)))
    customer = add_customer(turn, waiting.get("name") or firm, contact=person)
    reading = understood(turn, waiting["text"], said_at(waiting))
    return write(turn, customer, reading, waiting)


@press("log-remind")
def only_reminds(turn: Turn, draft: str) -> Any:
    """The line is about no customer: its time and its words are a reminder of mine."""
    waiting = _waiting(turn, draft)
    if waiting is None:
        return settled()
    turn.forget(draft)
    outcome = run(turn, COMMANDS["remind"], waiting["text"])
    if (made := turn.work.reminders.by_source(f"turn:{turn.key}")) is not None and waiting["source"]:
        turn.work.change(made, source=waiting["source"])
    return outcome


@press("log-other")
def somebody_else(turn: Turn, draft: str) -> Outcome:
    waiting = _waiting(turn, draft)
    if waiting is None:
        return settled()
    firm, _person = firm_and_person(understood(turn, waiting["text"], said_at(waiting)))
    turn.remember({**waiting, "not": firm})
    return Reply(_("Which customer is it about? Type the name."), (drop(waiting),))
