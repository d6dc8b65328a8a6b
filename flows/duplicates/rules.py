"""When two customers look like one, and why; pure. It is only ever a question to a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from bot.core.text import Text
from bot.core.text import gettext as _
from store.search_keys import normal, short

ALIKE = 60
"""How like two firms' names must be before a number that they share counts: a house has one switchboard for many."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a customer is recognised by."""

    name: str
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    firm: bool = False
    chats: frozenset[str] = frozenset()
    """The people behind its chats: each is somebody who proved who they are."""
    people: frozenset[str] = field(default_factory=frozenset)
    """Names of its contacts, as they are compared."""


def reasons(one: Face, other: Face) -> list[Text]:
    """Why the two may be the same; nothing when they should not even be suggested."""
    phones, emails = one.phones & other.phones, mailboxes(one.emails) & mailboxes(other.emails)
    same_name = _firm_name(one.name) == _firm_name(other.name)
    alike = same_name or _alike(one, other)
    found: list[Text] = []
    if phones and (alike or _one_person(one, other)):
        found.append(_("the same phone {phone}", phone=min(phones)))
    if emails and not _proven_apart(one, other) and (alike or not _shared(emails)):
        found.append(_("the same e-mail {email}", email=min(emails)))
    if same_name and (one.firm or other.firm) and not _private_apart(one, other):
        found.append(_("the same name without its legal form"))
    return found


def mailboxes(emails: Collection[str]) -> frozenset[str]:
    """Addresses as they are compared: without what stands behind a "+", and Gmail's dots."""
    return frozenset(_mailbox(email) for email in emails)


def _mailbox(email: str) -> str:
    local, _at, domain = email.casefold().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def _firm_name(name: str) -> str:
    return short(normal(name)).replace(" ", "").replace(".", "").replace(",", "")


def _alike(one: Face, other: Face) -> bool:
    """A spelling error, a part left out, or the one named after a person of the other."""
    from rapidfuzz import fuzz

    a, b = _firm_name(one.name), _firm_name(other.name)
    return fuzz.ratio(a, b) >= ALIKE or a in b or b in a or a in other.people or b in one.people


def _one_person(one: Face, other: Face) -> bool:
    """A private person's number is one person's."""
    return not (one.firm and other.firm) and bool(one.people & other.people)


def _shared(emails: Collection[str]) -> bool:
    """A mailbox that several firms may answer from."""
    heads = {"info", "sales", "office", "contact", "admin", "mail", "service", "hr"}
    return all(email.partition("@")[0] in heads for email in emails)


def _proven_apart(one: Face, other: Face) -> bool:
    """Each has proved in a chat who they are: an equal address does not make them one."""
    return bool(one.chats and other.chats)


def _private_apart(one: Face, other: Face) -> bool:
    """Equal names of a firm and of a person with other numbers."""
    return one.firm != other.firm and bool(one.phones and other.phones) and not one.phones & other.phones
