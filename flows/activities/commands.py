"""What people say about what happened: a plain sentence, a command, an edit; and the buttons under the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.messages import Edited, Option, Reply, Said
from bot.core.text import Text, code, lines, quote, text
from bot.core.text import gettext as _
from flows.activities.actions import Logged, correct, log, move_to, of
from flows.activities.cards import card_of, logged_card
from flows.activities.rules import Plan, firm_and_person, names, plan, says_something
from flows.activities.words import kind_name
from flows.arguments import MANY, Rest, telling
from flows.customers.actions import add_customer
from flows.customers.cards import customer_card
from flows.customers.names import FileNames
from flows.files.actions import attach
from flows.reminders.actions import set_reminder
from flows.router import EDITORS, NOT_MINE, NotMine, command, dialog, heard, press
from flows.turn import Turn
from flows.understanding import Context, Reading, read
from store.models import Activity, Customer

Outcome = Reply | Text | NotMine | None


@command(
    "log",
    help=_("What happened with a customer"),
    example=_("/log Called Acme, wants a quote by Friday"),
    words=("log", "记录", "记一下"),
)
def log_(turn: Turn, text: Rest) -> Outcome:
    return _take(turn, text, turn.at, _source(turn), sure=True)


@command("note", help=_("A note on a customer"), example=_("/note Acme prefers mail"), words=("note", "备注", "笔记"))
def note(turn: Turn, customer: Customer, text: Rest) -> Reply:
    first = not turn.work.activities.any_by(turn.me().id)
    logged = log(turn, customer, None, text, Plan("note", "done", turn.at), source=_source(turn))
    return _shown(turn, logged, first=first)


@heard("said", for_=EDITORS)
def said(turn: Turn, said: Said) -> Outcome:
    at = said.forwarded_at or turn.at
    return _take(turn, said.text, at, _source(turn), sure=False)


def understood(turn: Turn, words: str, at: datetime) -> Reading:
    """The line as it was meant when and where it was written."""
    context = Context(now=at.astimezone(turn.zone), country=turn.workspace.country, language=turn.language)
    return read(words, context, FileNames(turn.work, turn.me().id))


def _take(turn: Turn, words: str, at: datetime, source: str, *, sure: bool) -> Outcome:
    if not words.strip():
        return None
    reading = understood(turn, words, at)
    if reading.question and not sure:
        return _asked(turn, reading)
    if not sure and not says_something(reading):
        return _unclear(turn, words, at, source)
    files = bool(getattr(turn.event.body, "files", ())) if turn.event else False
    draft = {"kind": "log", "text": words, "at": at.isoformat(), "source": source, "files": files}
    return _with_customer(turn, reading, draft)


def _asked(turn: Turn, reading: Reading) -> Outcome:
    customers = _meant(turn, reading)
    if len(customers) == 1:
        return customer_card(turn, customers[0])
    return lines(_("I can answer that about one customer: name them as they stand in the file."), code("/who Acme"))


def _unclear(turn: Turn, words: str, at: datetime, source: str) -> Reply:
    turn.remember({"kind": "log", "text": words, "at": at.isoformat(), "source": source})
    return Reply(
        lines(
            _("I did not see what to log there. Is it a note about a customer?"),
            _("Type the customer's name, or say it like this:"),
            code(_("Called Acme, wants a quote by Friday")),
        ),
        (Option(_("Forget it"), "cancel"),),
    )


def _with_customer(turn: Turn, reading: Reading, draft: dict[str, Any]) -> Outcome:
    customers = _meant(turn, reading)
    if len(customers) == 1:
        return _write(turn, customers[0], _contact(turn, reading, customers[0]), reading, draft)
    turn.remember(draft)
    cancel = Option(_("Cancel"), "cancel")
    if customers:
        picks = tuple(
            Option(telling(turn, customer), f"log-for:{customer.id}", wide=True) for customer in customers[:MANY]
        )
        return Reply(_("Which one do you mean?"), (*picks, cancel))
    firm, _person = firm_and_person(reading)
    if firm:
        return Reply(
            lines(_("I don't know {name} yet.", name=firm), quote(draft["text"][:200])),
            (
                Option(_("Create {name} and log", name=firm[:30]), "log-new", style="primary", wide=True),
                Option(_("Somebody else"), "log-other", wide=True),
                cancel,
            ),
        )
    return Reply(lines(_("Which customer is it about? Type the name."), quote(draft["text"][:200])), (cancel,))


def _meant(turn: Turn, reading: Reading) -> list[Customer]:
    """The customers a line may mean: one when it is clear, several when not, none when nobody known is named."""
    certain = _firms(turn, [str(mention.id) for mention in names(reading) if mention.id is not None])
    if certain:
        return certain[:1] if sum(mention.id is not None for mention in reading.companies) <= 1 else certain
    return _firms(turn, [str(id) for mention in names(reading) for id in mention.ids])


def _firms(turn: Turn, ids: Sequence[str]) -> list[Customer]:
    """The customers behind the ids of mentions, each once."""
    found: dict[int, Customer] = {}
    for id in ids:
        contact = turn.work.customers.contact(int(id[1:])) if id.startswith("p") else None
        customer = turn.work.customers.get(contact.customer if contact else int(id[1:]))
        if customer is not None and customer.state == "active":
            found.setdefault(customer.id, customer)
    return list(found.values())


def _contact(turn: Turn, reading: Reading, customer: Customer) -> int | None:
    """The person at this customer whom the line names."""
    meant = {str(id) for mention in reading.people for id in (mention.id, *mention.ids) if id is not None}
    called = {mention.mention.casefold() for mention in (*reading.people, *reading.unknown)}
    for contact in turn.work.customers.contacts(customer.id):
        if f"p{contact.id}" in meant or contact.name.casefold() in called:
            return contact.id
    return None


def _write(turn: Turn, customer: Customer, contact: int | None, reading: Reading, draft: Mapping[str, Any]) -> Reply:
    first = not turn.work.activities.any_by(turn.me().id)
    if turn.conversation and turn.conversation.dialog:
        turn.remember(None)
    at = datetime.fromisoformat(draft["at"]).astimezone(turn.zone)
    meant = plan(reading, at)
    if kind := draft.get("as"):
        meant = replace(meant, kind=kind)
    logged = log(turn, customer, contact, draft["text"], meant, source=draft["source"])
    if draft.get("files"):
        attach(turn, logged.activity)
    return _shown(turn, logged, first=first)


def _shown(turn: Turn, logged: Logged, *, first: bool = False) -> Reply:
    label = _("{kind} with {name} logged", kind=kind_name(logged.activity.kind), name=logged.customer.name)
    turn.did(label, card_of(logged.activity.id))
    return logged_card(turn, logged, first=first)


@dialog("log", for_=EDITORS)
def draft_answered(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    """The name that was asked for; a whole new sentence starts anew and the old draft is dropped."""
    at = datetime.fromisoformat(state["at"])
    hits = turn.work.search.named([said.text.strip()]).get(said.text.strip()) or turn.work.search.find(
        said.text, limit=MANY
    )
    customers = [customer for customer in turn.work.search.customers(hits) if customer.state == "active"]
    reading = understood(turn, state["text"], at)
    if len(customers) == 1:
        return _write(turn, customers[0], _contact(turn, reading, customers[0]), reading, state)
    if customers:
        picks = tuple(Option(telling(turn, c), f"log-for:{c.id}", wide=True) for c in customers[:MANY])
        return Reply(_("Which one do you mean?"), (*picks, Option(_("Cancel"), "cancel")))
    if says_something(understood(turn, said.text, turn.at)) or len(said.text) > 40:
        turn.remember(None)
        return NOT_MINE
    turn.remember({**state, "name": said.text.strip()[:100]})
    create = Option(_("Create {name} and log", name=said.text.strip()[:30]), "log-new", style="primary", wide=True)
    return Reply(_("I don't know {name} yet.", name=said.text.strip()[:100]), (create, Option(_("Cancel"), "cancel")))


def _draft(turn: Turn) -> dict[str, Any] | None:
    state = turn.conversation.dialog if turn.conversation else None
    return state if state and state.get("kind") == "log" else None


@press("log-for")
def log_for(turn: Turn, customer: int) -> Outcome:
    draft, found = _draft(turn), turn.work.customers.get(customer)
    if draft is None or found is None:
        return Reply(_("That is settled already."), toast=True)
    reading = understood(turn, draft["text"], datetime.fromisoformat(draft["at"]))
    return _write(turn, found, _contact(turn, reading, found), reading, draft)


@press("log-new")
def log_new(turn: Turn) -> Outcome:
    draft = _draft(turn)
    if draft is None:
        return Reply(_("That is settled already."), toast=True)
    reading = understood(turn, draft["text"], datetime.fromisoformat(draft["at"]))
    firm, person = firm_and_person(reading)
    customer = add_customer(turn, draft.get("name") or firm, contact=person)
    return _write(turn, customer, _contact(turn, reading, customer), reading, draft)


@press("log-other")
def log_other(turn: Turn) -> Outcome:
    if _draft(turn) is None:
        return Reply(_("That is settled already."), toast=True)
    return Reply(_("Which customer is it about? Type the name."), (Option(_("Cancel"), "cancel"),))


# correcting


@heard("edited", for_=EDITORS)
def edited(turn: Turn, edited: Edited) -> Outcome:
    """The sentence was edited on the platform: what changed in it changes in the log."""
    source = f"{turn.where.key if turn.where else ''}#{edited.message}"
    draft = _draft(turn)
    if draft and draft.get("source") == source:
        return _take(turn, edited.text, datetime.fromisoformat(draft["at"]), source, sure=False)
    activity = turn.work.activities.by_source(source)
    if activity is None or activity.text == edited.text:
        return None
    return _correct(turn, activity, edited.text)


def _correct(turn: Turn, activity: Activity, words: str) -> Outcome:
    if activity.member != turn.me().id and turn.me().role == "rep":
        return _("Only the author or a manager can correct this.")
    said = activity.logged.astimezone(turn.zone)
    before, after = (understood(turn, sentence, said) for sentence in (activity.text, words))
    old, new = _meant(turn, before), _meant(turn, after)
    if len(new) == 1 and new[0].id != activity.customer and (not old or old[0].id != new[0].id):
        activity = move_to(turn, activity, new[0]).activity
    corrected = correct(turn, activity, words, plan(before, said), plan(after, said))
    name, kind = corrected.customer.name, kind_name(corrected.activity.kind)
    turn.did(_("correction of {kind} with {name}", kind=kind, name=name), card_of(activity.id))
    return logged_card(turn, corrected)


@press("log-edit")
def edit(turn: Turn, activity: int) -> Outcome:
    found = turn.work.get(Activity, activity)
    if found is None:
        return Reply(_("That was undone."), toast=True)
    turn.remember({"kind": "log-edit", "activity": found.id})
    return Reply(
        lines(_("Edit your message, or send the corrected sentence now:"), code(found.text[:500])),
        (Option(_("Cancel"), "cancel"),),
    )


@dialog("log-edit", for_=EDITORS)
def edit_answered(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    turn.remember(None)
    found = turn.work.get(Activity, state["activity"])
    return _correct(turn, found, said.text) if found else text(_("That was undone."))


@press("follow-up")
def follow_up(turn: Turn, activity: int, days: int) -> Outcome:
    found = turn.work.get(Activity, activity)
    if found is None:
        return Reply(_("That was undone."), toast=True)
    due = (turn.local + timedelta(days=max(1, min(days, 365)))).replace(hour=9, minute=0, second=0, microsecond=0)
    set_reminder(turn, turn.me(), due, found.text[:120], customer=found.customer, activity=found.id)
    return _shown(turn, of(turn, found))


def _source(turn: Turn) -> str:
    body: Any = turn.event.body if turn.event else None
    message = getattr(body, "message", "")
    return f"{turn.where.key}#{message}" if turn.where and message else ""


def log_about(turn: Turn, customer: int, words: str) -> Outcome:
    """A line about a customer who is known already, whoever else it names."""
    found = turn.work.customers.get(customer)
    if found is None:
        return _("This customer is no longer there.")
    draft = {"kind": "log", "text": words, "at": turn.at.isoformat(), "source": _source(turn)}
    reading = understood(turn, words, turn.at)
    return _write(turn, found, _contact(turn, reading, found), reading, draft)
