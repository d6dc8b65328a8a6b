"""What people send that is not words, and what they hear."""

from __future__ import annotations

from bot.core.errors import BadInput
from bot.core.messages import Answered, Option, Reply, Said, Shared
from bot.core.text import Text, lines
from bot.core.text import gettext as _
from flows.activities.writing import draft, drop
from flows.customers.actions import look_alikes, readable_phone
from flows.customers.cards import customer_card
from flows.files.actions import content, keep, kind_name
from flows.files.facts import FileHere
from flows.imports.beginning import arrived
from flows.rewards.actions import codes_arrived
from flows.router import CUSTOMERS, EDITORS, NOT_MINE, NotMine, answered, heard, press
from flows.turn import Turn
from flows.voice.actions import can_listen, listen, waiting_card
from store.models import Conversation, StoredFile


@heard("files", for_=EDITORS)
def from_member(turn: Turn, said: Said) -> Reply | Text | None:
    """With words the file goes along with what they say; without, one is asked for."""
    rows = keep(turn, said)
    if said.text.strip():
        return None
    if rows[0].kind == "voice" and can_listen(turn):
        for row in rows:
            if row.hash:
                listen(turn, row)
        return waiting_card(rows[0])
    waiting = draft(turn, rows[0].name, turn.at, "")
    turn.remember(waiting)
    if rows[0].kind == "voice":
        return _("Your voice note is kept, but I can't listen to it here. Which customer is it about? Type the name.")
    return Reply(
        _("Kept. Which customer is this {kind} about? Type the name.", kind=kind_name(rows[0].kind)),
        (drop(waiting),),
    )


@heard("files", for_=CUSTOMERS)
def from_customer(turn: Turn, said: Said) -> Text | None:
    for row in keep(turn, said):
        if row.hash:
            turn.tell(FileHere(row.id))
    return None


@answered("file")
def fetched(turn: Turn, what: Answered) -> None:
    """The content is here, or the platform would not give it: then the sender hears why."""
    row = turn.work.get(StoredFile, int(what.tell.partition(":")[2]))
    conversation = turn.work.get(Conversation, row.conversation) if row else None
    if row is None or conversation is None:
        return
    if what.outcome != "sent":
        turn.work.change(row, error=what.error[:200] or what.outcome)
        turn.say_to(conversation, Reply(_("I could not fetch “{name}”: {why}", name=row.name, why=what.error[:200])))
        turn.tell(FileHere(row.id, what.error[:200] or what.outcome))
        return
    row = turn.work.change(row, hash=what.message)
    if conversation.side == "customer" or row.line is not None:
        turn.tell(FileHere(row.id))
    elif row.kind == "voice":
        turn.conversation = conversation
        if can_listen(turn):
            listen(turn, row)
    else:
        arrived(turn, row)
        codes_arrived(turn, row)


@heard("shared", for_=EDITORS)
def shared_by_member(turn: Turn, shared: Shared) -> Reply | Text | None:
    if shared.kind == "place":
        return _checked_in(turn, shared)
    name, phone = shared.name.strip(), _phone(turn, shared.phone)
    if same := look_alikes(turn, name, phone):
        return customer_card(turn, same[0])
    turn.remember({"kind": "add", "name": name or phone, "contact": "", "phone": phone})
    return Reply(
        lines(_("Add {name} as a customer?", name=name or phone), phone or None),
        (Option(_("Add"), "add-anyway", style="primary"), Option(_("Cancel"), "cancel")),
    )


def _checked_in(turn: Turn, shared: Shared) -> Reply:
    where = f"{shared.latitude:.5f}, {shared.longitude:.5f}"
    words = f"{shared.name} ({where})" if shared.name else where
    waiting = draft(turn, words, turn.at, "", **{"as": "visit"})
    turn.remember(waiting)
    return Reply(_("Are you visiting a customer? Type the name and I log the visit."), (drop(waiting),))


@heard("shared", for_=CUSTOMERS)
def shared_by_customer(turn: Turn, shared: Shared) -> Text | NotMine:
    """A customer's own number, as the platform vouches for it, stands on their card from now on."""
    customer = turn.customer
    if customer is None or shared.kind != "contact" or not shared.own:
        return NOT_MINE
    phone = _phone(turn, shared.phone)
    known = turn.who().contact
    contact = turn.work.customers.contact(known) if known else None
    if contact is not None:
        turn.work.customers.change_contact(customer, contact, phone=phone)
    elif not customer.phone:
        turn.work.customers.change(customer, phone=phone)
    return _("Thank you, we have your number.")


def _phone(turn: Turn, phone: str) -> str:
    try:
        return readable_phone(turn, phone) if phone else ""
    except BadInput:
        return ""


@press("files")
def files_of(turn: Turn, customer: int) -> Reply | list[Reply]:
    """The latest files of a customer."""
    rows = [row for row in turn.work.find(StoredFile, customer=customer) if row.hash][-5:]
    if not rows:
        return Reply(_("There are no files of this customer."), toast=True)
    return [Reply(Text((row.name,)), file=content(row)) for row in rows]
