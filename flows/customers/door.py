"""The customers' door: the first words to somebody, who a personal link was made for, and the lead of a stranger."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import Text, lines, plain
from bot.core.text import gettext as _
from flows.customers.introducing import introduction
from flows.duplicates.actions import merge
from flows.tickets.actions import assign
from flows.turn import Turn
from flows.understanding import Context, MemoryNames, read
from flows.words import Words, language_of
from store.models import Customer, Lead, Member, Pass


def welcome(turn: Turn, *, asked: bool = False) -> Reply:
    """The first words to somebody on the customers' side: who writes, why, and how to stop."""
    name, firm = _caller(turn), turn.workspace.name
    return Reply(
        lines(
            _("Hello {name}, this is {firm}.", name=name, firm=firm)
            if name
            else _("Hello, this is {firm}.", firm=firm),
            _("Now and then we may ask how it was; “stop” ends that.")
            if asked
            else _("Write what you need; a person answers. Now and then we may ask how it was; “stop” ends that."),
        )
    )


def _caller(turn: Turn) -> str:
    """Empty for a visitor who has told no name: what we call them among ourselves is no greeting."""
    contact = turn.work.customers.contact(turn.identity.contact) if turn.identity and turn.identity.contact else None
    if contact is not None or turn.customer is None:
        return contact.name if contact else ""
    return "" if turn.customer.name == _visitor(turn) else turn.customer.name


def meet_again(turn: Turn, entry: Pass) -> Reply | Text:
    """Somebody opened a personal link: asks whether they are who it was made for, before anything is shown."""
    customer = turn.work.customers.get(entry.customer) if entry.customer else None
    if customer is None or customer.state != "active":
        return _("That invitation is wrong, used or too old. Please ask whoever sent it for a new one.")
    contact = turn.work.customers.contact(entry.contact) if entry.contact else None
    turn.remember(
        {"kind": "who-are-you", "customer": customer.id, "contact": contact.id if contact else None, "by": entry.by}
    )
    name = _half_hidden(contact.name if contact else customer.name)
    asked = _("Are you {name} of {customer}?", name=name, customer=_half_hidden(customer.name)) if contact else None
    return Reply(
        lines(
            _("Hello, this is {firm}.", firm=turn.workspace.name),
            asked or _("Are you from {customer}?", customer=name),
        ),
        (Option(_("Yes"), "its-me"), Option(_("Not me"), "not-me")),
    )


def _half_hidden(name: str) -> str:
    """The first letter or character of each word; enough to recognise oneself by."""
    words = name.split()
    return " ".join(word[0] + "*" * min(len(word) - 1, 3) for word in words)


def leave_what_was(turn: Turn, customer: int) -> None:
    """Before this chat is another customer's: the lead that it began as becomes them, and an owner hears it is gone."""
    before, keep = turn.customer, turn.work.customers.get(customer)
    if before is None or keep is None or before.id == keep.id:
        return
    if before.stage == "lead" and before.state == "active" and len(turn.work.people.chats_of(before.id)) < 2:
        for lead in turn.work.find(Lead, customer=before.id):
            if lead.state in ("offered", "pool"):
                turn.work.change(lead, state="dropped", until=None)
        merge(turn, keep, before)
        for ticket in turn.work.desk.of_customer(keep.id):
            if ticket.conversation == turn.here().id and ticket.owner is None and ticket.state == "open":
                assign(turn, ticket, keep.owner, automatic=True)
        return
    owner = turn.work.get(Member, before.owner) if before.owner else None
    if owner is not None and owner.state == "active":
        said = _(
            "This chat is no longer with {name}: who writes there has said they are from elsewhere.", name=before.name
        )
        turn.message_member(owner, Reply(said, (Option(_("Show card"), f"who:{before.id}"),)), "customer")


def tell_inviter(turn: Turn, by: int | None) -> None:
    member = turn.work.get(Member, by) if by else None
    customer = turn.customer
    if member and customer:
        turn.message_member(
            member, Reply(_("{name} has opened your invitation and can be reached by chat now.", name=customer.name))
        )


def new_lead(turn: Turn) -> Customer:
    """A stranger becomes a lead, and this chat is theirs."""
    here, who = turn.here(), turn.who()
    customer = turn.work.customers.add(
        (who.name or _visitor(turn))[:200], owner=None, source=here.platform, stage="lead"
    )
    turn.identity = turn.work.change(who, customer=customer.id)
    turn.conversation = turn.work.change(here, customer=customer.id)
    turn.__dict__.pop("customer", None)
    return customer


def keep_introduction(turn: Turn, customer: Customer, words: str) -> None:
    """The name and number that a lead tells stand on the card, as long as nobody knows another way to reach them."""
    people = turn.work.customers.contacts(customer.id)
    reached = customer.phone or customer.email or any(one.phone or one.email for one in people)
    if customer.stage != "lead" or reached or len(people) > 1:
        return
    context = Context(now=turn.local, country=turn.workspace.country, language=turn.language)
    told = introduction(words, read(words, context, MemoryNames(())))
    reach = {key: value for key, value in (("phone", told.phone), ("email", told.email.lower())) if value}
    if people and reach:
        turn.work.customers.change_contact(customer, people[0], **reach)
    elif told.name and not people:
        contact = turn.work.customers.add_contact(customer, told.name[:200], **reach)
        turn.identity = turn.work.change(turn.who(), contact=contact.id)
        turn.conversation = turn.work.change(turn.here(), contact=contact.id)
        unnamed = customer.name == _visitor(turn)
        if unnamed or (told.firm and customer.name == turn.who().name):
            turn.work.customers.change(customer, name=(told.firm or told.name)[:200])
    elif reach:
        turn.work.customers.change(customer, **reach)
    turn.__dict__.pop("customer", None)


def _visitor(turn: Turn) -> str:
    """What the firm calls somebody who has told no name."""
    speaker = Words(language_of(turn.workspace.language), turn.workspace.zone, turn.now)
    return plain(_("Visitor {n}", n=str(turn.who().id)).resolve(speaker))
