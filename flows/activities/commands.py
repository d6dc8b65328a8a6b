"""What people say about what happened: a plain sentence, a pasted note, a forwarded message, a question, a command."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import blake2s
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines, text
from bot.core.text import gettext as _
from flows import asking
from flows.activities import general, questions
from flows.activities.actions import log, of
from flows.activities.cards import logged_card
from flows.activities.forms import offer_correction, offer_customer
from flows.activities.lines import meant, misspelt, pieces, sender_of, understood
from flows.activities.rules import Plan, says_something
from flows.activities.smalltalk import Talk, gives_up, puts_off, says_nothing, talk_of
from flows.activities.talks import pasted_talk
from flows.activities.writing import Outcome, draft, drop, only_reminds, recent, settle, shown, which_one, write
from flows.arguments import Rest
from flows.customers.actions import LONGEST_NAME
from flows.customers.cards import customer_card
from flows.guesses import offering
from flows.guesses.rules import is_order
from flows.plainly import in_plain
from flows.replies import settled
from flows.router import COMMANDS, EDITORS, command, heard, press
from flows.turn import Turn
from flows.understanding import Reading
from store.models import Alias, Customer


@command(
    "log",
    help=_("What happened with a customer"),
    example=_("/log Called Acme, wants a quote by Friday"),
    words=("log", "记录", "记一下"),
)
def log_(turn: Turn, text: Rest) -> Outcome:
    return _take(turn, text, turn.at, turn.source, sure=True)


@command("note", help=_("A note on a customer"), example=_("/note Acme prefers mail"), words=("note", "备注", "笔记"))
def note(turn: Turn, customer: Customer, text: Rest) -> Reply:
    first = not turn.work.activities.any_by(turn.me().id)
    logged = log(turn, customer, None, text, Plan("note", "done", turn.at), source=turn.source)
    return shown(turn, logged, first=first)


@heard("said", for_=EDITORS)
def said(turn: Turn, said: Said) -> Outcome:
    if said.forwarded_from:
        return _forwarded(turn, said)
    if (talk := talk_of(said.text)) is not None:
        return _chat(turn, talk)
    if turn.private and (gives_up(said.text) or says_nothing(said.text) or _waits(turn, said.text)):
        return _chat(turn, "fine")
    if not turn.private and said.answers and not _for_us(turn, said.text):
        return None
    return _take(turn, said.text, turn.at, turn.source, sure=False)


def _waits(turn: Turn, words: str) -> bool:
    """ "Not now" to an open question, which waits."""
    talk = turn.conversation.dialog if turn.conversation else None
    return bool(talk and talk["kind"]) and puts_off(words)


def _for_us(turn: Turn, words: str) -> bool:
    """In a room, what answers a message of ours is said to colleagues, unless it asks, or names a customer we know."""
    reading = understood(turn, words, turn.at)
    return reading.question or bool(meant(turn, reading))


def _chat(turn: Turn, talk: Talk) -> Outcome:
    """A word back; a line that waits for its customer waits on."""
    match talk:
        case "greeting":
            example = code(_("Called Acme, wants a quote by Friday"))
            return lines(_("Hello {name}. Tell me what happened, in your own words:", name=turn.me().name), example)
        case "thanks":
            return _("Glad to help.")
        case "bye":
            return _("See you. I remind you of what is due.")
        case "fine":
            return Text(("👌",))
        case "help":
            shown: Outcome = asking.run(turn, COMMANDS["help"], "")
            return shown


def _take(turn: Turn, words: str, at: datetime, source: str, *, sure: bool) -> Outcome:
    if not words.strip():
        return None
    reading = understood(turn, words, at)
    if sender := sender_of(words):
        return _mailed(turn, reading, sender, draft(turn, words, at, source))
    if "\n" in words and (talk := pasted_talk(turn, words, at, source)) is not None:
        return talk
    about = {mention.id for mention in reading.companies if mention.id is not None}
    if ("\n" in words or (len(about) > 1 and not reading.question)) and (several := pieces(turn, words, at)):
        return [reply for line, customer in several for reply in _piece(turn, line, customer, at, source)]
    bare = in_plain(turn, words)
    plain = reading if bare == words else understood(turn, bare, at)
    if (reading.question or (plain.question and not says_something(reading))) and not sure:
        return _asked(turn, plain)
    if not sure and (customer := _bare_name(turn, reading)) is not None:
        return customer_card(turn, customer)
    if not sure and not says_something(reading):
        return _unclear(turn, reading, draft(turn, words, at, source))
    return settle(turn, reading, draft(turn, words, at, source))


def _mailed(turn: Turn, reading: Reading, sender: str, waiting: dict[str, Any]) -> Outcome:
    """A pasted mail is one entry, whatever its lines name; who greets or signs it is nobody new."""
    inbound = turn.me().name.casefold() not in sender.casefold()
    waiting |= {"as": "email", "inbound": inbound}
    customers = meant(turn, reading)
    return write(turn, customers[0], reading, waiting) if len(customers) == 1 else settle(turn, reading, waiting)


def _bare_name(turn: Turn, reading: Reading) -> Customer | None:
    """The customer, when a line is nothing but a name of theirs: somebody looks them up."""
    line = reading.text.strip(" .。!！,，")
    called = [one for one in (*reading.companies, *reading.people) if one.mention.strip() == line]
    found = meant(turn, reading) if called else _called(turn, line)
    return found[0] if len(found) == 1 else None


def _called(turn: Turn, line: str) -> list[Customer]:
    """Who bears exactly this name, also where it is a word: Next, Delta."""
    hits = turn.work.search.named([line]).get(line, []) if len(line) <= LONGEST_NAME else []
    return [customer for customer in turn.work.search.customers(hits) if customer.state == "active"]


def _piece(turn: Turn, line: str, customer: Customer | None, at: datetime, source: str) -> list[Reply]:
    """One customer's part of what was said; only the first is found again when the message is edited."""
    known = turn.work.activities.by_source(source)
    waiting, reading = draft(turn, line, at, "" if known else source), understood(turn, line, at)
    if customer is not None:
        return [write(turn, customer, reading, waiting)]
    asked = settle(
        turn, reading, {**waiting, "draft": f"{waiting['draft']}{blake2s(line.encode(), digest_size=2).hexdigest()}"}
    )
    return [asked] if isinstance(asked, Reply) else []


def _forwarded(turn: Turn, said: Said) -> Outcome:
    """A customer's words, passed on by a member: by their author and their time."""
    if (known := turn.work.activities.by_source(turn.source)) is not None:
        offer_correction(turn, known)
        return logged_card(turn, of(turn, known))
    at = said.forwarded_at or turn.at
    waiting = draft(turn, said.text, at, turn.source, **{"as": "message", "inbound": True})
    reading = understood(turn, said.text, at)
    hits = turn.work.search.named([said.forwarded_from]).get(said.forwarded_from, [])
    customers = [customer for customer in turn.work.search.customers(hits) if customer.state == "active"]
    customers = customers or meant(turn, reading)
    if len(customers) == 1:
        written = write(turn, customers[0], reading, waiting)
        _offer_check(turn, waiting["source"])
        return written
    turn.remember(waiting)
    offer_customer(turn, waiting, said.forwarded_from[:60] if not customers else "")
    if customers:
        return which_one(turn, customers, waiting)
    return Reply(
        _("From {name}. Which customer is that? Type the name.", name=said.forwarded_from[:60]),
        (drop(waiting),),
    )


def _offer_check(turn: Turn, source: str) -> None:
    """What was understood, to be corrected at once by whoever is not looking at our chat."""
    activity = turn.work.activities.by_source(source) if source else None
    if activity is not None:
        offer_correction(turn, activity)


def _asked(turn: Turn, reading: Reading) -> Outcome:
    customers = meant(turn, reading)
    if len(customers) == 1:
        return questions.answer(turn, customers[0], reading.text)
    if customers:
        return _which(customers)
    found: Outcome = general.answer(turn, reading)
    if found is None and (near := misspelt(turn, reading.text)):
        return questions.answer(turn, near[0], reading.text) if len(near) == 1 else _which(near)
    words = reading.text
    found = found or general.from_the_firm(turn, words)
    return found or offering.shown(turn, words) or offering.offered(turn, words) or general.none_named(turn)


def _which(customers: list[Customer]) -> Reply:
    picks = tuple(Option(text(customer.name), f"who:{customer.id}", wide=True) for customer in customers[:5])
    return Reply(_("Which one do you mean?"), picks)


def _unclear(turn: Turn, reading: Reading, waiting: dict[str, Any]) -> Outcome:
    """What has no customer and tells nothing: asked about, unless it is a list that is wanted."""
    listed: Outcome = offering.shown(turn, reading.text) if turn.private else None
    if listed is not None:
        return listed
    turn.remember(waiting)
    forget = drop(waiting, _("Forget it"))
    reminds = only_reminds(turn, reading, waiting)
    offers = turn.private and is_order(reading.text)
    if offers and (offered := offering.offered(turn, reading.text, *reminds, forget)) is not None:
        return offered
    return Reply(
        lines(
            _("I did not see what to log there. Is it a note about a customer?"),
            _("Type the customer's name, or say it like this:"),
            code(_("Called Acme, wants a quote by Friday")),
        ),
        (*(recent(turn, waiting) if turn.private and _OF_THEM.search(reading.text) else ()), *reminds, forget),
    )


_OF_THEM = re.compile(r"\b(?:they|he|she|him|her|them|their|his)\b|[他她]|对方", re.IGNORECASE)
"""Somebody is spoken of who was named before."""


# what a member calls whom


@command(
    "aliases",
    help=_("What I learned you call your customers"),
    for_=EDITORS,
    words=("aliases", "别名", "我的别名", "my aliases", "what do i call my customers"),
    rooms=False,
)
def aliases(turn: Turn) -> Reply | Text:
    return _aliases(turn)


def _aliases(turn: Turn) -> Reply | Text:
    known = turn.work.find(Alias, member=turn.me().id)
    if not known:
        return _("I have learned no names of yours yet. Correct a customer on a log, and I remember it.")
    rows, options = [], []
    for alias in known[-20:]:
        customer = turn.work.customers.get(alias.customer)
        rows.append(text("• ", bold(alias.name), " → ", customer.name if customer else "?"))
        options.append(Option(_("Forget “{word}”", word=alias.name[:30]), f"alias-forget:{alias.id}"))
    return Reply(lines(_("You say, and I understand:"), *rows), tuple(options), card=f"aliases:{turn.me().id}")


@press("alias-forget")
def forget_alias(turn: Turn, alias: int) -> Reply:
    found = turn.work.get(Alias, alias)
    if found is None or found.member != turn.me().id:
        return settled()
    turn.work.remove(found)
    turn.did(_("“{word}” forgotten", word=found.name))
    left = _aliases(turn)
    turn.rewrite(f"aliases:{turn.me().id}", left if isinstance(left, Reply) else Reply(left))
    return Reply(_("Forgotten: “{word}”.", word=found.name), toast=True)
