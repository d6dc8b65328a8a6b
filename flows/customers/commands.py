"""What people say about customers: add, show, find, tag, invite; and what customers write."""

from __future__ import annotations

import re
from typing import Any

from bot.core.messages import Option, Reply, Said, Shared
from bot.core.text import Text, bold, lines, quote, text
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.customers import people
from flows.customers.actions import (
    add_customer,
    clean_name,
    invitation_links,
    look_alikes,
    readable_phone,
    touched,
)
from flows.customers.cards import customer_card, facts_page, history_page, masked
from flows.customers.door import keep_introduction, new_lead, welcome
from flows.customers.facts import CustomerWrote
from flows.customers.sight import hint
from flows.customers.tagging import in_words, retag
from flows.files.actions import attach
from flows.leads.actions import offer_lead
from flows.privacy.actions import looked_at
from flows.relay.rules import only_courtesy
from flows.replies import settled
from flows.router import CUSTOMERS, EDITORS, MEMBERS, NOT_MINE, command, heard, press
from flows.setup.actions import LIFETIME
from flows.turn import Turn
from flows.understanding.lazily import lazy
from store.models import Activity, Customer
from store.search_keys import normal

_EMAIL = lazy(r"(?:e-?mail|邮箱|mail)?[:： ]*[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_LABEL = lazy(
    r"^(?:contact(?: person)?|联系人|phone|tel|mobile|电话|手机|e-?mail|邮箱|mail)(?:[:： ]+|(?=[\u3400-\u9fff\d]))",
    re.IGNORECASE,
)
_DAY = lazy(r"(19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?")


@command(
    "add",
    help=_("A new customer"),
    example=_("/add Acme, Li Wei, 138 0013 8000"),
    words=("add", "新增客户", "添加客户"),
)
def add(turn: Turn, facts: Rest) -> Any:
    """A customer; or somebody new at one: "add Sara Kim to Acme"."""
    if (new := people.newcomer(facts)) and (joined := _joined(turn, new)) is not None:
        return joined
    name, contact, phone, email, more = _facts(facts)
    if more:
        unsaid = lines(_("This is not written down, please send it by itself:"), quote(", ".join(more)[:200]))
        return [add(turn, facts=Rest(", ".join(filter(None, (name, contact, phone, email))))), unsaid]
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


def _facts(facts: str) -> tuple[str, str, str, str, list[str]]:
    """Name, contact, phone, e-mail of "Acme, Li Wei, 138…", and what is more; mostly digits are a phone, or a day."""
    parts = people.parts(facts)
    phones = [
        part for part in parts if sum(c.isdigit() for c in part) >= max(5, len(part) // 2) and not _DAY.fullmatch(part)
    ]
    mails = [part for part in parts if _EMAIL.fullmatch(part)]
    others = [_LABEL.sub("", part) for part in parts if part not in (*phones, *mails)]
    phone = _LABEL.sub("", phones[0]) if phones else ""
    more = [*others[2:], *phones[1:], *mails[1:]]
    return (others or [facts])[0], [*others, "", ""][1], phone, _LABEL.sub("", mails[0]) if mails else "", more


def _joined(turn: Turn, new: people.Newcomer) -> Reply | Text | None:
    """A new contact of a known customer; None where the words rather name a customer."""
    who, _also, phone, email, _more = _facts(new.who)
    named = turn.work.search.customers(turn.work.search.named([new.firm]).get(new.firm, []))
    if not named and new.plainly:
        named = turn.work.search.customers(turn.work.search.find(new.firm, limit=6))
    if not named and new.plainly:
        return lines(_("No customer fits “{name}”.", name=new.firm[:40]), hint(turn))
    if len(named) != 1 or not (new.plainly or who):
        return None
    customer = named[0]
    reach = {"phone": readable_phone(turn, phone) if phone else "", "email": email.lower()}
    known = next((one for one in turn.work.customers.contacts(customer.id) if normal(one.name) == normal(who)), None)
    if known is None:
        turn.work.customers.add_contact(customer, clean_name(who), **reach)
    else:
        turn.work.customers.change_contact(customer, known, **{key: value for key, value in reach.items() if value})
    card = f"contact:{customer.id}"
    turn.did(_("{contact} of {name} added", contact=who, name=customer.name), card)
    shown = text(bold(customer.name), f" · {who}", *(f" · {value}" for value in reach.values() if value))
    return Reply(
        lines(_("Added. Everybody in the firm can see it."), shown),
        (Option(_("Undo"), f"undo:{card}"), Option(_("Show card"), f"who:{customer.id}")),
        card=card,
    )


@heard("said", for_=EDITORS)
def newcomer_told(turn: Turn, said: Said) -> Any:
    """给鼎盛加个联系人 小吴 137…; "new customer Acme, contact Li Wei, 138…" where it says nothing else."""
    if not turn.private or said.forwarded_from or "\n" in said.text:
        return NOT_MINE
    if (facts := people.new_customer(said.text)) and not _facts(facts)[-1]:
        return add(turn, facts=Rest(facts))
    new = people.told(said.text)
    return (_joined(turn, new) if new else None) or NOT_MINE


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


@command(
    "history",
    help=_("Everything that happened with a customer"),
    example=_("/history Acme"),
    for_=MEMBERS,
    words=("history", "history of", "history with", "历史记录", "往来记录", "跟进记录"),
)
def history(turn: Turn, customer: Customer) -> Reply:
    looked_at(turn, customer)
    return history_page(turn, customer, 0)


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


@command(
    "tag",
    help=_("Words on a customer, with a minus to take them off"),
    example=_("/tag Acme hot -expo"),
    words=("标签",),
)
def tag(turn: Turn, customer: Customer, words: Rest) -> Reply:
    return retag(turn, customer, in_words(words))


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


@heard("said", for_=CUSTOMERS)
def from_customer(turn: Turn, said: Said) -> Reply | None:
    """A customer's own words: filed without anybody typing; who is shown them, and what they hear, is the relay's."""
    if not turn.private:
        return None
    customer, new = turn.customer, False
    if customer is None:
        customer, new = new_lead(turn), True
    keep_introduction(turn, customer, said.text)
    customer = turn.customer or customer
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


@heard("shared", for_=CUSTOMERS)
def card_from_customer(turn: Turn, shared: Shared) -> Reply | None:
    """Somebody else's number, or a place: it is said like words, or nobody would see it."""
    if shared.kind == "place":
        where = f"{shared.latitude:.5f}, {shared.longitude:.5f}"
        said = f"📍 {shared.name} ({where})" if shared.name else f"📍 {where}"
    else:
        said = "👤 " + ", ".join(part for part in (shared.name, shared.phone, shared.email) if part)
    return from_customer(turn, Said(said, shared.message))


def _words(said: Said) -> str:
    """What was written, or the names of what was sent without words."""
    return said.text or ", ".join(file.name for file in said.files)
