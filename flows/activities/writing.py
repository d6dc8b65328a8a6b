"""From a read line to the log's card: what a draft is, how it is written down, and what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2s
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, lines, moment, quote
from bot.core.text import gettext as _
from flows.activities.actions import LONGEST, Logged, log
from flows.activities.cards import card_of, logged_card
from flows.activities.lines import contact_of, meant, understood
from flows.activities.rules import firm_and_person, plan
from flows.activities.words import kind_name
from flows.arguments import MANY, READERS, Found, When, colleague, telling
from flows.files.actions import attach
from flows.guesses.offering import picks
from flows.guesses.rules import is_order
from flows.router import NotMine
from flows.turn import Turn
from flows.understanding import Reading
from flows.voice.rules import is_spoken
from store.models import Activity, Customer
from store.search_keys import normal

Outcome = Reply | Text | NotMine | list[Reply] | None


def draft(turn: Turn, words: str, at: datetime, source: str, **more: Any) -> dict[str, Any]:
    """A line that waits for its customer, as the conversation's row keeps it over a restart."""
    files = is_spoken(source) or (bool(getattr(turn.event.body, "files", ())) if turn.event else False)
    key = blake2s(turn.key.encode(), digest_size=4).hexdigest()
    return {"kind": "log", "draft": key, "text": words, "at": at.isoformat(), "source": source, "files": files, **more}


def drafts(turn: Turn) -> list[dict[str, Any]]:
    """The lines that wait in this conversation: put aside, and asked about just now."""
    state = (turn.conversation.dialog if turn.conversation else None) or {}
    return [line for line in (*state.get("aside", ()), state) if "draft" in line]


def said_at(waiting: Mapping[str, Any]) -> datetime:
    """When the line was written."""
    return datetime.fromisoformat(waiting["at"])


def settle(turn: Turn, reading: Reading, waiting: dict[str, Any]) -> Outcome:
    """Writes the line down when its customer is clear, else asks; it is never guessed between two."""
    customers, firm = meant(turn, reading), _strange_firm(reading)
    if len(customers) == 1 and not firm:
        return write(turn, customers[0], reading, waiting)
    turn.remember(waiting)
    if customers and not firm:
        return which_one(turn, customers, waiting)
    firm = firm or firm_and_person(reading)[0]
    if firm and colleague(turn, firm) is None:
        return Reply(
            lines(_("I don't know {name} yet.", name=firm), quote(waiting["text"][:200])),
            (
                create(waiting, firm),
                *_picks(turn, customers or begins_so(turn, firm), waiting),
                Option(_("Somebody else"), f"log-other:{waiting['draft']}", wide=True),
                *only_reminds(turn, reading, waiting),
                drop(waiting),
            ),
        )
    guesses = picks(turn, waiting["text"]) if turn.private and is_order(waiting["text"]) else ()
    question = _("Which customer is it about? Type the name.")
    recent = _picks(turn, lately(turn), waiting)
    name = Option(_("Name the customer"), f"log-other:{waiting['draft']}")
    options = (*guesses, *recent, name, *only_reminds(turn, reading, waiting), drop(waiting))
    return Reply(lines(question, quote(waiting["text"][:200])), options)


def only_reminds(turn: Turn, reading: Reading, waiting: Mapping[str, Any]) -> tuple[Option, ...]:
    """What names a time to come may be about no customer at all."""
    done = reading.activity is not None and reading.activity.status == "done" and reading.activity.kind != "note"
    if done or not turn.private or not isinstance(READERS[When](turn, waiting["text"]), Found):
        return ()
    return (Option(_("Only remind me"), f"log-remind:{waiting['draft']}"),)


def lately(turn: Turn) -> list[Customer]:
    """Whom this member logged something about in the last half hour, the newest first: it may be about them again."""
    since = turn.now - timedelta(minutes=30)
    logs = [
        one
        for one in turn.work.activities.of_member(turn.me().id, since, turn.now + timedelta(days=1))
        if one.logged >= since
    ]
    ids = dict.fromkeys(one.customer for one in sorted(logs, key=lambda one: -one.id))
    found = [turn.work.customers.get(id) for id in list(ids)[:2]]
    return [customer for customer in found if customer is not None and customer.state == "active"]


def begins_so(turn: Turn, name: str) -> list[Customer]:
    """Whose names begin with what somebody strange was called: 派克 may be 派克啤酒."""
    if len(normal(name)) < _SHORTEST:
        return []
    found = turn.work.search.customers(turn.work.search.find(name, limit=6))
    return [one for one in found if one.state == "active" and normal(one.name).startswith(normal(name))][:3]


_SHORTEST = 2


def _strange_firm(reading: Reading) -> str:
    """A firm that nobody knows, where none that is known is named: a known person may have moved, or be another."""
    known = any(mention.id is not None or mention.ids for mention in reading.companies)
    return "" if known else next((mention.mention for mention in reading.companies), "")


def create(waiting: Mapping[str, Any], name: str) -> Option:
    """The button that adds the customer and logs the line."""
    return Option(_("Create {name} and log", name=name[:30]), f"log-new:{waiting['draft']}", style="primary", wide=True)


def drop(waiting: Mapping[str, Any], label: Text = _("Cancel")) -> Option:  # noqa: B008 - a sentence is a constant
    """The button that gives this line up, and no other."""
    return Option(label, f"log-drop:{waiting['draft']}")


def which_one(turn: Turn, customers: list[Customer], waiting: Mapping[str, Any]) -> Reply:
    """At most five, each with what tells it from the others."""
    return Reply(_("Which one do you mean?"), (*_picks(turn, customers, waiting), drop(waiting)))


def recent(turn: Turn, waiting: Mapping[str, Any]) -> tuple[Option, ...]:
    """Whom it may be about: those of the last half hour."""
    return _picks(turn, lately(turn), waiting)


def _picks(turn: Turn, customers: list[Customer], waiting: Mapping[str, Any]) -> tuple[Option, ...]:
    return tuple(
        Option(telling(turn, customer), f"log-for:{customer.id}:{waiting['draft']}", wide=True)
        for customer in customers[:MANY]
    )


def write(turn: Turn, customer: Customer, reading: Reading, waiting: Mapping[str, Any]) -> Reply:
    """The line becomes a log of this customer."""
    first = not turn.work.activities.any_by(turn.me().id)
    turn.forget(waiting["draft"])
    planned = plan(reading, said_at(waiting).astimezone(turn.zone))
    if kind := waiting.get("as"):
        planned = replace(planned, kind=kind)
    before = _said_before(turn, customer, waiting, planned.at)
    if before is not None and _is_pasted(turn, waiting):
        return on_file(customer)
    contact = contact_of(turn, reading, customer)
    logged = log(
        turn,
        customer,
        contact,
        waiting["text"],
        planned,
        source=waiting["source"],
        inbound=waiting.get("inbound", False),
    )
    if waiting.get("files"):
        attach(turn, logged.activity)
    reply = shown(turn, logged, first=first)
    more = [_("“{day}” is too far ahead, so nothing is set for it.", day=day) for day in planned.too_far[:1]]
    if before is not None and turn.now - before.logged <= _TWICE:
        more.append(_("You logged the same words at {time} already.", time=moment(before.logged, "time")))
    return replace(reply, text=lines(reply.text, *more)) if more else reply


_TWICE = timedelta(minutes=10)
"""A phone without a net sends a line again; later the same words may well be something new."""
_PASTED_AGAIN = timedelta(days=1)


def _said_before(turn: Turn, customer: Customer, waiting: Mapping[str, Any], at: datetime) -> Activity | None:
    """The entry that this member made of the same words, in another message, within a day."""
    same = turn.work.activities.of_customer(customer.id, at - _PASTED_AGAIN, at)
    mine = (one for one in same if one.member == turn.me().id and one.text == waiting["text"][:LONGEST])
    return next((one for one in mine if not one.source or one.source != waiting["source"]), None)


def _is_pasted(turn: Turn, waiting: Mapping[str, Any]) -> bool:
    """Whether the words came with others below them, as nobody types them twice; a file with them may be another."""
    if waiting.get("files"):
        return False
    said = turn.event.body if turn.event else None
    return "\n" in waiting["text"] or (isinstance(said, Said) and "\n" in said.text)


def on_file(customer: Customer) -> Reply:
    """What was pasted holds nothing that no earlier paste had."""
    card = Option(_("Show card"), f"who:{customer.id}")
    return Reply(lines(bold(customer.name), _("All of this is on file already.")), (card,))


def shown(turn: Turn, logged: Logged, *, first: bool = False) -> Reply:
    """The card, with the act named for undo."""
    label = _("{kind} with {name} logged", kind=kind_name(logged.activity.kind), name=logged.customer.name)
    turn.did(label, card_of(logged.activity.id))
    return logged_card(turn, logged, first=first)


def log_about(turn: Turn, customer: int, words: str) -> Outcome:
    """A line about a customer who is known already, whoever else it names."""
    found = turn.work.customers.get(customer)
    if found is None:
        return _("This customer is no longer there.")
    return write(turn, found, understood(turn, words, turn.at), draft(turn, words, turn.at, turn.source))
