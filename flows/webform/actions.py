"""A form or a program brings somebody: known people reach their owner, strangers become a lead that is offered."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from bot.core.errors import BadInput
from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, quote
from bot.core.text import gettext as _
from flows.customers.actions import clean_name, readable_phone
from flows.imports.cells import Odd, mails
from flows.leads.actions import offer_lead
from flows.turn import Turn
from store import jobs
from store.models import Activity, Customer, Lead, Member, Workspace
from store.search import Hit
from store.search_keys import digits_of
from store.work import Work

AGAIN = timedelta(minutes=10)
"""The same words from the same person within this are one lead: people press the button twice."""


def take_lead(
    turn: Turn, name: str, *, phone: str = "", email: str = "", words: str = "", source: str = "", contact: str = ""
) -> Lead:
    """Somebody wants something: who is known already is not a stranger to be passed around."""
    name = clean_name(name)
    number = readable_phone(turn, phone) if phone else ""
    email = _address(email)
    customer = _known(turn, number, email)
    if customer is None:
        customer = turn.work.customers.add(name, owner=None, phone=number, email=email, source=source, stage="lead")
        if contact and contact != name:
            turn.work.customers.add_contact(customer, clean_name(contact), phone=number, email=email)
    elif again := _just_now(turn, customer, words):
        return again
    _file(turn, customer, words, source)
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    if owner is None or owner.state != "active":
        return offer_lead(turn, customer, source=source, words=words)
    return _to_owner(turn, customer, owner, source, words)


def _to_owner(turn: Turn, customer: Customer, owner: Member, source: str, words: str) -> Lead:
    lead = turn.work.add(
        Lead(
            customer=customer.id, source=source[:80], words=words[:1000], state="taken", member=owner.id, made=turn.now
        )
    )
    body = lines(bold(_("{name} wrote again", name=customer.name)), _from(source), quote(words) if words else None)
    turn.message_member(owner, Reply(body, (Option(_("Show card"), f"who:{customer.id}"),)), "lead")
    return lead


def _from(source: str) -> Text | None:
    return _("From: {source}", source=source) if source else None


def _address(email: str) -> str:
    if not email.strip():
        return ""
    try:
        return mails(email)[0]
    except Odd as odd:
        raise BadInput(odd.why) from odd


def _known(turn: Turn, phone: str, email: str) -> Customer | None:
    """The one customer with this number or address; two of them are a question for a person, not for us."""
    ids: set[int] = set()
    if phone:
        ids |= jobs.reached(turn.work, "phone", [digits_of(phone)[::-1]]).get(digits_of(phone)[::-1], set())
    if email:
        ids |= jobs.reached(turn.work, "email", [email.casefold()]).get(email.casefold(), set())
    found = [row for row in turn.work.search.customers([Hit(id) for id in ids]) if row.state == "active"]
    return found[0] if len(found) == 1 else None


def _just_now(turn: Turn, customer: Customer, words: str) -> Lead | None:
    leads = turn.work.find(Lead, customer=customer.id)
    last = leads[-1] if leads else None
    return last if last and last.words == words[:1000] and turn.now - last.made < AGAIN else None


def _file(turn: Turn, customer: Customer, words: str, source: str) -> None:
    """What they wrote stands in the history, as something that came in."""
    turn.work.add(
        Activity(
            customer=customer.id,
            kind="request",
            channel="web" if source.startswith("web") else "api",
            direction="in",
            at=turn.now,
            text=words[:4000],
            logged=turn.now,
        )
    )
    turn.work.customers.change(customer, last_touch=turn.now, last_in=turn.now)


def form_id(firm: Workspace) -> str:
    """Names the firm's form in its address; nobody can make up another firm's."""
    return f"{firm.id}-{_mark(firm)}"


def firm_of(work: Work, form: str) -> Workspace | None:
    """The firm whose form this is; sets the work's workspace."""
    id, _dash, mark = form.partition("-")
    firm = work.firm(int(id)) if id.isdigit() and len(id) < 16 else None
    if firm is None or not hmac.compare_digest(_mark(firm).encode(), mark.encode()):
        return None
    work.workspace = firm.id
    return firm


def _mark(firm: Workspace) -> str:
    return hmac.new(firm.secret.encode(), b"web form", hashlib.sha256).hexdigest()[:20]
