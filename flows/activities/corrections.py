"""Correcting a log: by editing the sentence, or one fact at a tap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.core.errors import NotAllowed, TooLate
from bot.core.messages import Edited, Option, Reply, Said
from bot.core.text import Amount, Text, bold, code, lines, moment, text
from bot.core.text import gettext as _
from flows.activities.actions import Logged, correct, move_to, of
from flows.activities.cards import card_of, logged_card
from flows.activities.lines import meant, understood
from flows.activities.rules import firm_and_person, names, plan, time_named
from flows.activities.sums import sum_alone
from flows.activities.words import KINDS, kind_name
from flows.activities.writing import Outcome, draft, drafts, said_at, settle
from flows.arguments import MANY, READERS, Found, When, telling
from flows.reminders.actions import move, set_reminder
from flows.router import EDITORS, dialog, heard, press
from flows.turn import Turn
from flows.understanding import Context, read_money
from store.models import Activity, Customer
from store.search_keys import normal

_TAPPED = ("call", "meeting", "visit", "email", "message", "demo", "note")


@heard("edited", for_=EDITORS)
def edited(turn: Turn, edited: Edited) -> Outcome:
    """The sentence was edited on the platform: what changed in it changes in the log."""
    waiting = next((line for line in drafts(turn) if line["source"] == turn.source), None)
    if waiting:
        at = said_at(waiting)
        turn.forget(waiting["draft"])
        return settle(turn, understood(turn, edited.text, at), draft(turn, edited.text, at, turn.source))
    activity = turn.work.activities.by_source(turn.source)
    if activity is None or activity.text == edited.text:
        return None
    return said_anew(turn, may_correct(turn, activity.id), edited.text)


def may_correct(turn: Turn, id: int) -> Activity:
    """An activity this member may correct; raises TooLate or NotAllowed."""
    found = turn.work.get(Activity, id)
    if found is None:
        raise TooLate(_("That was undone."))
    if found.member != turn.me().id and turn.me().role == "rep":
        raise NotAllowed(_("Only the author or a manager can correct this."))
    return found


def said_anew(turn: Turn, activity: Activity, words: str) -> Reply:
    """These words instead of those it was logged with: what they say otherwise is changed, nothing else."""
    said = activity.logged.astimezone(turn.zone)
    before, after = (understood(turn, sentence, said) for sentence in (activity.text, words))
    old, new = meant(turn, before), meant(turn, after)
    if len(new) == 1 and new[0].id != activity.customer and (not old or old[0].id != new[0].id):
        activity = move_to(turn, activity, new[0]).activity
    return corrected(turn, correct(turn, activity, words, plan(before, said), plan(after, said)))


def _answered(card: Reply, *told: Text, options: tuple[Option, ...] = ()) -> list[Reply]:
    """The card changes where it stands, perhaps far above: whoever has just typed reads what became of it."""
    return [card, Reply(lines(text("✓ ", told[0]), *told[1:]), options)]


def corrected(turn: Turn, logged: Logged) -> Reply:
    """The card as it is now, the correction named for undo."""
    name, kind = logged.customer.name, kind_name(logged.activity.kind)
    turn.did(_("correction of {kind} with {name}", kind=kind, name=name), card_of(logged.activity.id))
    return logged_card(turn, logged)


# one fact at a tap


@press("log-edit")
def edit(turn: Turn, activity: int) -> Reply:
    """One fact at a tap, or everything in a form where there are forms."""
    from flows.activities.forms import offer_correction

    found = may_correct(turn, activity)
    offer_correction(turn, found)
    logged = logged_card(turn, of(turn, found))
    options = (
        Option(_("Customer"), f"fix-customer:{found.id}"),
        Option(_("Kind"), f"fix-kind:{found.id}"),
        Option(_("Time"), f"fix-time:{found.id}"),
        Option(_("Amount"), f"fix-amount:{found.id}"),
        Option(_("Whole sentence"), f"fix-words:{found.id}"),
        Option(_("Back"), f"fix-back:{found.id}"),
    )
    return replace(logged, text=lines(logged.text, bold(_("What is wrong?"))), options=options)


@press("fix-back")
def back(turn: Turn, activity: int) -> Reply:
    _forget_question(turn)
    return logged_card(turn, of(turn, may_correct(turn, activity)))


@press("fix-kind")
def kinds(turn: Turn, activity: int) -> Reply:
    found = may_correct(turn, activity)
    options = tuple(Option(KINDS[kind], f"fix-kind-to:{found.id}:{kind}") for kind in _TAPPED)
    return replace(logged_card(turn, of(turn, found)), options=(*options, Option(_("Back"), f"fix-back:{found.id}")))


@press("fix-kind-to")
def kind_to(turn: Turn, activity: int, kind: str) -> Reply:
    found = may_correct(turn, activity)
    if kind in KINDS:
        found = turn.work.change(found, kind=kind)
    return corrected(turn, of(turn, found))


@press("fix-customer")
def whom(turn: Turn, activity: int) -> Reply:
    return _question(turn, activity, "fix-customer", _("Who was it? Type the customer's name."))


@press("fix-time")
def when(turn: Turn, activity: int) -> Reply:
    found = may_correct(turn, activity)
    reminded = any(reminder.state == "open" for reminder in turn.work.reminders.of_activity(found.id))
    ask = (
        _("When shall I remind you? For example “Wed 10am”.")
        if reminded
        else _("When was it? For example “yesterday 3pm”.")
    )
    return _question(turn, activity, "fix-time", ask)


@press("fix-amount")
def how_much(turn: Turn, activity: int) -> Reply:
    return _question(turn, activity, "fix-amount", _("How much? For example “120k” or “1.2M USD”."))


@press("fix-words")
def words(turn: Turn, activity: int) -> Reply:
    found = may_correct(turn, activity)
    asked = lines(_("Edit your message, or send the corrected sentence now:"), code(found.text[:500]))
    return _question(turn, activity, "fix-words", asked)


def _question(turn: Turn, activity: int, kind: str, ask: Text) -> Reply:
    found = may_correct(turn, activity)
    turn.remember({"kind": kind, "activity": found.id})
    return Reply(ask, (Option(_("Cancel"), "cancel"),))


def _forget_question(turn: Turn) -> None:
    state = turn.conversation.dialog if turn.conversation else None
    if state and state["kind"].startswith("fix-"):
        turn.remember(None)


@dialog("fix-words", for_=EDITORS, wants="text")
def words_said(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    turn.remember(None)
    return _answered(said_anew(turn, may_correct(turn, state["activity"]), said.text), _("Corrected."))


@dialog("fix-customer", for_=EDITORS, wants="value")
def customer_said(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    found = may_correct(turn, state["activity"])
    hits = turn.work.search.named([said.text.strip()]).get(said.text.strip()) or turn.work.search.find(
        said.text, limit=MANY
    )
    customers = [customer for customer in turn.work.search.customers(hits) if customer.state == "active"]
    if len(customers) == 1:
        return _is_about(turn, found, customers[0])
    cancel = Option(_("Cancel"), "cancel")
    if not customers:
        return Reply(_("No customer fits “{name}”.", name=said.text.strip()[:40]), (cancel,))
    picks = tuple(Option(telling(turn, c), f"fix-customer-to:{found.id}:{c.id}", wide=True) for c in customers[:MANY])
    return Reply(_("Which one do you mean?"), (*picks, cancel))


@press("fix-customer-to")
def customer_picked(turn: Turn, activity: int, customer: int) -> Outcome:
    found, wanted = may_correct(turn, activity), turn.work.customers.get(customer)
    return _is_about(turn, found, wanted) if wanted else Reply(_("This customer is no longer there."), toast=True)


def _is_about(turn: Turn, activity: Activity, customer: Customer) -> list[Reply]:
    """Moves the log, and remembers what this member calls that customer; another customer's own name stays theirs."""
    turn.remember(None)
    reading = understood(turn, activity.text, activity.logged)
    firm, person = firm_and_person(reading)
    known = [mention.mention for mention in names(reading)]
    spoken = next((word for word in (*known, firm, person) if word and normal(word) != normal(customer.name)), "")
    card = corrected(turn, move_to(turn, activity, customer))
    said = text(kind_name(activity.kind), " · ", customer.name)
    if not spoken or _is_called(turn, spoken):
        return _answered(card, said)
    alias = turn.work.customers.learn(turn.me().id, normal(spoken), customer.id)
    told = _("From now on “{word}” means {name} when you say it.", word=spoken, name=customer.name)
    forget = Option(_("Forget “{word}”", word=spoken[:30]), f"alias-forget:{alias.id}")
    return _answered(card, said, told, options=(forget,))


def _is_called(turn: Turn, name: str) -> bool:
    """Whether a customer bears exactly this name."""
    known = turn.work.search.customers(turn.work.search.named([name]).get(name, []))
    return any(customer.state == "active" and normal(customer.name) == normal(name) for customer in known)


@dialog("fix-time", for_=EDITORS, wants="value")
def time_said(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    found = may_correct(turn, state["activity"])
    open_ones = [r for r in turn.work.reminders.of_activity(found.id) if r.state == "open"]
    outcome = READERS[When](turn, said.text)
    if open_ones and isinstance(outcome, Found):
        turn.remember(None)
        move(turn, open_ones[0], outcome.value.due)
        return _answered(corrected(turn, of(turn, found)), _("Reminder: {when}", when=moment(outcome.value.due)))
    past = found.status == "done"
    happened = time_named(understood(turn, said.text, turn.at), turn.local, past=past)
    if not open_ones and happened is not None and (happened <= turn.local or not past):
        turn.remember(None)
        card = corrected(turn, of(turn, turn.work.change(found, at=happened)))
        return _answered(card, _("On {when}", when=moment(happened)))
    return lines(_("I could not read a time there."), _("Example: {example}", example=code(_("Fri 3pm"))))


@dialog("fix-amount", for_=EDITORS, wants="value")
def amount_said(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    found = may_correct(turn, state["activity"])
    context = Context(now=turn.local, country=turn.workspace.country, language=turn.language)
    money = read_money(said.text, context)
    amount = money.amount if money is not None else sum_alone(said.text)
    if amount is None or amount <= 0:
        return lines(_("I could not read a sum there."), _("Example: {example}", example=code("120k")))
    turn.remember(None)
    currency = (money.currency if money else "") or found.currency or turn.workspace.currency
    card = corrected(turn, of(turn, turn.work.change(found, amount=round(amount), currency=currency)))
    return _answered(card, _("Amount: {sum}", sum=Text((Amount(Decimal(round(amount)), currency),))))


@press("follow-up")
def follow_up(turn: Turn, activity: int, days: int) -> Outcome:
    found = may_correct(turn, activity)
    due = (turn.local + timedelta(days=max(1, min(days, 365)))).replace(hour=9, minute=0, second=0, microsecond=0)
    made = set_reminder(turn, turn.me(), due, found.text[:120], customer=found.customer, activity=found.id)
    turn.did(_("reminder set: {text}", text=made.text), card_of(found.id))
    return logged_card(turn, of(turn, found))
