"""What people say and press to change a fact on a card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines, text
from bot.core.text import gettext as _
from flows.arguments import Rest, telling
from flows.customers.changing import LABELS, Changed, Wanted, change, fact_of, read, stands
from flows.customers.offering import new_number, new_person
from flows.fields.actions import shown
from flows.replies import settled
from flows.router import EDITORS, NOT_MINE, NotMine, command, dialog, heard, press
from flows.turn import Turn
from store.models import Activity, Contact, Customer, Member, OwnField
from store.search import Hit

Outcome = Reply | Text | NotMine


@command(
    "set",
    help=_("Change a fact of a customer"),
    example=_("/set Acme phone 138 0013 8000"),
    words=("修改",),
)
def set_(turn: Turn, customer: Customer, text: Rest) -> Outcome:
    """ "phone 138…", "phone=138… industry=auto", "machine model X200": the longest name of a fact wins."""
    pairs = _pairs(turn, text)
    if not pairs:
        return lines(
            _("Which fact of {name}, and what is it now?", name=customer.name),
            _("Example: {example}", example=code(f"/set {customer.name} phone 138 0013 8000")),
        )
    done = []
    for fact, value in pairs:
        changed = change(turn, customer, None, fact, value)
        customer = changed.customer
        done.append(changed)
    return _said(turn, done)


def _pairs(turn: Turn, said: str) -> list[tuple[str | OwnField, str]]:
    if "=" in said:
        pieces = [piece.partition("=") for piece in _split(said)]
        found = [(fact_of(turn, name.strip()), value.strip()) for name, _eq, value in pieces]
        return [(fact, value) for fact, value in found if fact is not None] if all(f for f, _v in found) else []
    words = said.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        if (fact := fact_of(turn, " ".join(words[:count]))) is not None:
            return [(fact, " ".join(words[count:]))]
    return []


def _split(said: str) -> list[str]:
    """ "a=x y b=z" becomes "a=x y" and "b=z": a word before an equals sign begins the next."""
    out: list[str] = []
    for word in said.replace("，", " ").replace(",", " ").split():
        if "=" in word or not out:
            out.append(word)
        else:
            out[-1] += f" {word}"
    return out


@heard("said", for_=EDITORS)
def said(turn: Turn, said: Said) -> Outcome:
    """ "Acme's phone is now …": only where the customer and the fact are known, else it is somebody else's sentence."""
    ours = turn.private and not said.forwarded_from
    if ours and (place := stands(said.text)) is not None:
        firms = [one for one in _whom(turn, place, person=False) if one[1] is None]
        if len(firms) == 1:
            return _said(turn, [change(turn, *firms[0], "place", place.value)])
    wanted = read(said.text) if ours else None
    if wanted is None:
        return NOT_MINE
    fact, wanted = _resolved(turn, wanted)
    if fact is None:
        return NOT_MINE
    found = _whom(turn, wanted, person=fact == "title")
    if not found:
        return NOT_MINE
    if len(found) > 1:
        return _which(turn, found, fact, wanted.value)
    customer, contact = found[0]
    return _said(turn, [change(turn, customer, contact, fact, wanted.value)])


def _resolved(turn: Turn, wanted: Wanted) -> tuple[str | OwnField | None, Wanted]:
    """In Chinese nothing stands between the name and the fact, so each place to cut is tried."""
    fact = fact_of(turn, wanted.fact)
    if fact is not None and _whom(turn, wanted, person=fact == "title"):
        return fact, wanted
    ours = Wanted(f"{wanted.of}s", wanted.fact, wanted.value, wanted.at)  # Smith & Sons phone
    if fact is not None and wanted.of.isascii() and _whom(turn, ours, person=fact == "title"):
        return fact, ours
    whole = wanted.of + wanted.fact
    for cut in range(1, len(whole)):
        head, tail = whole[:cut].removesuffix("的"), whole[cut:].removeprefix("的")
        fact = fact_of(turn, tail) if head and tail else None
        if fact is not None and _whom(
            turn, trial := Wanted(head, tail, wanted.value, wanted.at), person=fact == "title"
        ):
            return fact, trial
    return None, wanted


def _whom(turn: Turn, wanted: Wanted, *, person: bool) -> list[tuple[Customer, Contact | None]]:
    """The customer of that name, or the contact, at the firm that was named."""
    of, at = wanted.of, wanted.at
    if not at and "的" in of:
        at, _mark, of = of.rpartition("的")
    if not at:
        for mark in (" at ", " of "):
            of, _mark, at = of.partition(mark) if mark in of else (of, "", at)
    hits = turn.work.search.named([of]).get(of) or turn.work.search.recognised([of], turn.me().id).get(of, [])
    if at:
        firms = {
            c.id
            for c in turn.work.search.customers(
                turn.work.search.named([at]).get(at, []) or turn.work.search.find(at, limit=5)
            )
        }
        hits = [Hit(h.customer, h.contact) for h in hits if h.customer in firms and h.contact]
        hits = hits or [Hit(c.customer, c.id) for id in firms for c in turn.work.customers.contacts(id) if c.name == of]
    customers = {c.id: c for c in turn.work.search.customers(hits) if c.state == "active"}
    people = {c.id: c for c in turn.work.search.contacts(hits)}
    found = {
        (h.customer, h.contact): (customers[h.customer], people.get(h.contact))
        for h in hits
        if h.customer in customers and (bool(h.contact) or not person)
    }
    return list(found.values())


def _which(turn: Turn, found: list[tuple[Customer, Contact | None]], fact: str | OwnField, value: str) -> Reply:
    turn.remember({"kind": "fact", "fact": _key(fact), "value": value})
    picks = [
        Option(
            text(contact.name, " · ", customer.name) if contact else telling(turn, customer),
            f"fact-for:{customer.id}:{contact.id if contact else 0}",
            wide=True,
        )
        for customer, contact in found[:5]
    ]
    return Reply(_("Which one do you mean?"), (*picks, Option(_("Cancel"), "cancel")))


@press("fact-for")
def fact_for(turn: Turn, customer: int, contact: int) -> Outcome:
    state = turn.conversation.dialog if turn.conversation else None
    found = turn.work.customers.get(customer)
    if not state or state.get("kind") != "fact" or "value" not in state or found is None:
        return settled()
    fact = _fact(turn, state["fact"])
    turn.remember(None)
    if fact is None:
        return settled()
    person = turn.work.customers.contact(contact) if contact else None
    return _said(turn, [change(turn, found, person, fact, state["value"])])


@press("fact")
def fact_pressed(turn: Turn, customer: int, key: str) -> Outcome:
    found, fact = turn.work.customers.get(customer), _fact(turn, key)
    if found is None or fact is None:
        return Reply(_("This customer is no longer there."), toast=True)
    if not turn.private:
        return _("Please write me that in our private chat.")
    wants = "verdict" if isinstance(fact, OwnField) else "value"
    turn.remember({"kind": "fact", "fact": key, "customer": customer, "wants": wants})
    choices: tuple[Option, ...] = ()
    if isinstance(fact, OwnField) and fact.kind == "choice":
        choices = tuple(Option(text(c), f"fact-is:{customer}:{key}:{n}") for n, c in enumerate(fact.choices))
    return Reply(
        _("{field} of {name}: what is it now?", field=_label(fact), name=found.name),
        (*choices, Option(_("Cancel"), "cancel")),
    )


@press("fact-is")
def fact_is(turn: Turn, customer: int, key: str, choice: int) -> Outcome:
    found, fact = turn.work.customers.get(customer), _fact(turn, key)
    if found is None or not isinstance(fact, OwnField) or not 0 <= choice < len(fact.choices):
        return Reply(_("This customer is no longer there."), toast=True)
    turn.remember(None)
    return _said(turn, [change(turn, found, None, fact, fact.choices[choice])])


@dialog("fact", for_=EDITORS, wants="verdict")
def fact_said(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    customer = turn.work.customers.get(state.get("customer", 0))
    fact = _fact(turn, state["fact"])
    if customer is None or fact is None or not said.text.strip():
        turn.remember(None)
        return NOT_MINE
    changed = change(turn, customer, None, fact, said.text)
    turn.remember(None)
    return _said(turn, [changed])


def _key(fact: str | OwnField) -> str:
    return f"f{fact.id}" if isinstance(fact, OwnField) else fact


def _fact(turn: Turn, key: str) -> str | OwnField | None:
    if key in LABELS:
        return key
    return turn.work.get(OwnField, int(key[1:])) if key[:1] == "f" and key[1:].isdigit() else None


def _label(fact: str | OwnField) -> Text:
    return Text((shown(fact),)) if isinstance(fact, OwnField) else LABELS[fact]


def _said(turn: Turn, done: list[Changed]) -> Reply:
    """What was, what is, and the way back."""
    first = done[0]
    customer = done[-1].customer
    card = f"fact:{customer.id}"
    rows = [
        _("{field}: {was} → {now}", field=one.label, was=one.was, now=one.now or "–")
        if one.was
        else _("{field}: {value}", field=one.label, value=one.now or "–")
        for one in done
    ]
    turn.did(_("{field} of {name} changed", field=first.label, name=customer.name), card)
    head = text(bold(customer.name), f" · {first.contact.name}" if first.contact else "")
    _tell_owner(turn, done)
    buttons = (Option(_("Undo"), f"undo:{card}"), Option(_("Show card"), f"who:{customer.id}"))
    return Reply(lines(head, *rows), buttons, card=card)


@press("keep-number")
def keep_number(turn: Turn, activity: int) -> Reply:
    """The number that a logged line tells stands on the card of its person, or of the customer."""
    line = turn.work.get(Activity, activity)
    customer = turn.work.customers.get(line.customer) if line else None
    number = new_number(turn, line) if line and customer else ""
    if line is None or customer is None or not number:
        return settled()
    person = turn.work.customers.contact(line.contact) if line.contact else None
    return _said(turn, [change(turn, customer, person, "phone", number)])


@press("keep-person")
def keep_person(turn: Turn, activity: int) -> Reply:
    """Whom a logged line names as the new contact stands on the card."""
    line = turn.work.get(Activity, activity)
    customer = turn.work.customers.get(line.customer) if line else None
    name = new_person(turn, line) if line and customer else ""
    if customer is None or not name:
        return settled()
    turn.work.customers.add_contact(customer, name)
    card = f"contact:{customer.id}"
    turn.did(_("{contact} of {name} added", contact=name, name=customer.name), card)
    buttons = (Option(_("Undo"), f"undo:{card}"), Option(_("Show card"), f"who:{customer.id}"))
    return Reply(text(bold(customer.name), f" · {name}"), buttons, card=card)


def _tell_owner(turn: Turn, done: list[Changed]) -> None:
    """Whoever gets a customer hears of it, and whoever had it."""
    customer, moved = done[-1].customer, [one for one in done if one.label is LABELS["owner"]]
    owner = turn.work.get(Member, customer.owner) if moved and customer.owner else None
    if owner is None:
        return
    show = (Option(_("Show card"), f"who:{customer.id}"),)
    if owner.id != turn.me().id:
        said = _("{name} is yours now, from {from_}.", name=customer.name, from_=turn.me().name)
        turn.message_member(owner, Reply(said, show), "team")
    before = turn.work.first(Member, name=moved[0].was, state="active") if moved[0].was else None
    if before is not None and before.id not in (owner.id, turn.me().id):
        by = turn.me().name
        said = _("{customer} is with {name} now. {by} changed it.", customer=customer.name, name=owner.name, by=by)
        turn.message_member(before, Reply(said, show), "team")
