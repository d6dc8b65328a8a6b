"""What people say about customers: add, show, find, tag, invite; and what a customer hears at the door."""

from __future__ import annotations

import re

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, lines, plain, quote, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.customers.actions import (
    add_customer,
    invitation_links,
    look_alikes,
    readable_phone,
    touched,
)
from flows.customers.cards import customer_card, facts_page, history_page, masked
from flows.customers.facts import CustomerWrote
from flows.files.actions import attach
from flows.leads.actions import offer_lead
from flows.privacy.actions import looked_at
from flows.relay.rules import only_courtesy
from flows.replies import settled
from flows.router import CUSTOMERS, MEMBERS, command, heard, press
from flows.setup.actions import LIFETIME
from flows.turn import Turn
from flows.words import Words, language_of
from store.models import Activity, Customer, Member, Pass

_EMAIL = re.compile(r"(?:e-?mail|邮箱|mail)?[:： ]*[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:contact(?: person)?|联系人|phone|tel|mobile|电话|手机|e-?mail|邮箱|mail)(?:[:： ]+|(?=[\u3400-\u9fff\d]))",
    re.IGNORECASE,
)
_DAY = re.compile(r"(19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?")


@command(
    "add",
    help=_("A new customer"),
    example=_("/add Acme, Li Wei, 138 0013 8000"),
    words=("add", "新增客户", "添加客户"),
)
def add(turn: Turn, facts: Rest) -> Reply | Text:
    name, contact, phone, email = _facts(facts)
    if phone:
        phone = readable_phone(turn, phone)
    if same := look_alikes(turn, name, phone):
        turn.remember({"kind": "add", "name": name, "contact": contact, "phone": phone, "email": email})
        shown = [
            Option(text(customer.name, " ", masked(customer.phone)), f"who:{customer.id}", wide=True)
            for customer in same
        ]
        return Reply(
            _("There is somebody like that already. Is it one of these?"),
            (
                *shown,
                Option(_("No, add {name}", name=name[:30]), "add-anyway", wide=True),
                Option(_("Cancel"), "cancel"),
            ),
        )
    return _added(turn, name, contact, phone, email)


def _facts(facts: str) -> tuple[str, str, str, str]:
    """Name, contact, phone, e-mail of "Acme, Li Wei, 138…": what is mostly digits is the phone, unless it is a day."""
    parts = [part.strip() for part in facts.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    phones = [
        part for part in parts if sum(c.isdigit() for c in part) >= max(5, len(part) // 2) and not _DAY.fullmatch(part)
    ]
    mails = [part for part in parts if _EMAIL.fullmatch(part)]
    others = [_LABEL.sub("", part) for part in parts if part not in (*phones, *mails)]
    phone = _LABEL.sub("", phones[0]) if phones else ""
    return (others or [facts])[0], [*others, "", ""][1], phone, _LABEL.sub("", mails[0]) if mails else ""


@press("add-anyway")
def add_anyway(turn: Turn) -> Reply | Text:
    state = turn.conversation.dialog if turn.conversation else None
    if not state or state.get("kind") != "add":
        return settled()
    turn.remember(None)
    return _added(turn, state["name"], state["contact"], state["phone"], state.get("email", ""))


def _added(turn: Turn, name: str, contact: str, phone: str, email: str) -> Reply:
    customer = add_customer(turn, name, contact=contact, phone=phone, email=email)
    card = f"customer:{customer.id}"
    turn.did(_("{name} added", name=customer.name), card)
    shown = customer_card(turn, customer)
    undo = Option(_("Undo"), f"undo:{card}")
    return Reply(lines(_("Added. Everybody in the firm can see it."), shown.text), (undo, *shown.options), card=card)


@command(
    "who",
    help=_("A customer's card"),
    example=_("/who Acme"),
    for_=MEMBERS,
    words=("who is", "who's", "show", "查", "查一下", "查看"),
)
def who(turn: Turn, customer: Customer) -> Reply:
    looked_at(turn, customer)
    return customer_card(turn, customer)


@press("who", for_=MEMBERS)
def who_pressed(turn: Turn, customer: int) -> Reply:
    found = turn.work.customers.get(customer)
    if found is None or found.state != "active":
        return Reply(_("This customer is no longer there."), toast=True)
    if turn.conversation and turn.conversation.dialog and turn.conversation.dialog.get("kind") == "add":
        turn.remember(None)
    looked_at(turn, found)
    return customer_card(turn, found)


@press("who-card", for_=MEMBERS)
def who_card(turn: Turn, customer: int) -> Reply:
    return who_pressed(turn, customer)


@press("who-history", for_=MEMBERS)
def who_history(turn: Turn, customer: int, page: int) -> Reply:
    found = turn.work.customers.get(customer)
    return history_page(turn, found, max(0, min(page, 1000))) if found and found.state == "active" else _gone()


@press("who-facts", for_=MEMBERS)
def who_facts(turn: Turn, customer: int) -> Reply:
    found = turn.work.customers.get(customer)
    return facts_page(turn, found) if found and found.state == "active" else _gone()


def _gone() -> Reply:
    return Reply(_("This customer is no longer there."), toast=True)


@command("tag", help=_("Words on a customer"), example=_("/tag Acme hot expo"), words=("标签",))
def tag(turn: Turn, customer: Customer, words: Rest) -> Reply | Text:
    names = [word.lstrip("#+")[:40] for word in words.replace("，", " ").replace(",", " ").split() if word.lstrip("#+")]
    new = turn.work.customers.tag(customer.id, names)
    if not new:
        return _("{name} has these tags already.", name=customer.name)
    turn.did(
        _("{name} tagged {tags}", name=customer.name, tags=" ".join(f"#{tag}" for tag in new)), f"tag:{customer.id}"
    )
    undo = Option(_("Undo"), f"undo:tag:{customer.id}")
    tags = " ".join(f"#{tag}" for tag in turn.work.customers.tags(customer.id))
    return Reply(text(bold(customer.name), " ", tags), (undo,), card=f"tag:{customer.id}")


@command(
    "invite",
    help=_("A text with a personal link for a customer"),
    example=_("/invite Acme"),
    words=("invite", "邀请"),
    rooms=False,
)
def invite(turn: Turn, customer: Customer) -> Reply | Text:
    return _invitation(turn, customer)


@press("invite")
def invite_pressed(turn: Turn, customer: int) -> Reply | Text:
    found = turn.work.customers.get(customer)
    return _invitation(turn, found) if found else Reply(_("This customer is no longer there."), toast=True)


def _invitation(turn: Turn, customer: Customer) -> Reply | Text:
    links = invitation_links(turn, customer)
    if not links:
        return _("There is no bot for customers yet. An owner sets one up: see “Telegram” in the README.")
    turn.did(_("{name} invited", name=customer.name))
    return lines(
        _("Paste this to {name}, in WeChat, a mail or a text message:", name=customer.name),
        "",
        quote(_("Hello, this is {firm}. Reach us here any time:", firm=turn.workspace.name) + "\n" + "\n".join(links)),
        "",
        _("Each link works once and for {days} days. I tell you when it was opened.", days=LIFETIME.days),
    )


# the customer's side


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


@press("its-me", for_=CUSTOMERS)
def its_me(turn: Turn) -> Reply | Text:
    state = turn.conversation.dialog if turn.conversation else None
    if not state or state.get("kind") != "who-are-you" or turn.identity is None or turn.conversation is None:
        return settled()
    bound = {"customer": state["customer"], "contact": state["contact"]}
    turn.identity = turn.work.change(turn.identity, **bound)
    turn.conversation = turn.work.change(turn.conversation, **bound, dialog=None)
    turn.__dict__.pop("customer", None)
    turn.__dict__.pop("words", None)
    _tell_inviter(turn, state["by"])
    return welcome(turn)


@press("not-me", for_=CUSTOMERS)
def not_me(turn: Turn) -> Reply | Text:
    state = turn.conversation.dialog if turn.conversation else None
    if not state or state.get("kind") != "who-are-you":
        return settled()
    turn.remember(None)
    customer = turn.work.customers.get(state["customer"])
    member = turn.work.get(Member, state["by"]) if state["by"] else None
    if customer and member:
        links = "\n".join(invitation_links(turn, customer, state["contact"], by=member.id))
        said = lines(
            _("Somebody else opened your invitation for {name}, and said so. A new one:", name=customer.name), links
        )
        turn.message_member(member, Reply(said))
    return _("Thank you. Then that link was not for you, and nothing of it was shown. You can still write to us here.")


def _tell_inviter(turn: Turn, by: int | None) -> None:
    member = turn.work.get(Member, by) if by else None
    customer = turn.customer
    if member and customer:
        turn.message_member(
            member, Reply(_("{name} has opened your invitation and can be reached by chat now.", name=customer.name))
        )


@heard("said", for_=CUSTOMERS)
def from_customer(turn: Turn, said: Said) -> Reply | None:
    """A customer's own words: filed without anybody typing; who is shown them, and what they hear, is the relay's."""
    if not turn.private:
        return None
    customer, new = turn.customer, False
    if customer is None:
        customer, new = _lead(turn), True
    touched(turn, customer, inbound=True)
    activity = turn.work.add(
        Activity(
            customer=customer.id,
            contact=turn.identity.contact if turn.identity else None,
            kind="message",
            direction="in",
            channel=turn.where.platform if turn.where else "",
            at=turn.at,
            text=_words(said)[:4000],
            source=turn.source,
            logged=turn.now,
        )
    )
    if said.files:
        attach(turn, activity)
    if new:
        offer_lead(turn, customer, words=_words(said))
    turn.tell(CustomerWrote(activity.id, customer.id, turn.here().id))
    return welcome(turn, asked=not only_courtesy(said.text) or bool(said.files)) if new else None


def _words(said: Said) -> str:
    """What was written, or the names of what was sent without words."""
    return said.text or ", ".join(file.name for file in said.files)


def _lead(turn: Turn) -> Customer:
    """A stranger becomes a lead, and this chat is theirs."""
    here, who = turn.here(), turn.who()
    customer = turn.work.customers.add(
        (who.name or _visitor(turn))[:200], owner=None, source=here.platform, stage="lead"
    )
    turn.identity = turn.work.change(who, customer=customer.id)
    turn.conversation = turn.work.change(here, customer=customer.id)
    turn.__dict__.pop("customer", None)
    return customer


def _visitor(turn: Turn) -> str:
    """What the firm calls somebody who has told no name."""
    speaker = Words(language_of(turn.workspace.language), turn.workspace.zone, turn.now)
    return plain(_("Visitor {n}", n=str(turn.who().id)).resolve(speaker))
