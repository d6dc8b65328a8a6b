"""Coming in by a link: what it opens, who sits at the browser from then on, and the links that an invitation prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.core.errors import TooLate
from bot.core.messages import Address, Command, Event, Sender
from bot.core.text import gettext as _
from flows.setup.actions import PAGE_LIFETIME, digest, make_pass
from store.models import Account, Identity, Member, Pass
from store.work import Work

PAGES = frozenset({"page", "demo"})
"""Passes that let a known member in at a browser; "demo" is printed on a console, so it opens without a question."""
CONSOLE_LIFETIME = timedelta(days=1)
FIRST_LINE = _("Called Li Wei at Acme, wants a quote by Friday, follow up next Tue 3pm #hot")
"""The line to copy that everybody is offered first."""

Side = Literal["member", "customer"]


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code and the links that carry it; each account of the side has one."""

    code: str
    links: tuple[str, ...]


def peek(work: Work, token: str) -> Pass | None:
    """The pass behind a link, while it is still good; nothing is used up by looking."""
    found = work.first(Pass, digest=digest(token))
    return found if found and found.used is None and found.expires > work.now else None


def page_link(work: Work, member: Member, *, purpose: str = "page", lifetime: timedelta = PAGE_LIFETIME) -> str:
    """A single-use link that opens the pages as this member; empty while no page of this firm is served."""
    if not page_address(work) or work.first(Account, platform="browser", state="active") is None:
        return ""
    token = make_pass(work, purpose, member=member.id, by=member.id, lifetime=lifetime)
    return f"{page_address(work)}/enter/{token}"


def page_address(work: Work) -> str:
    """Where the pages are, as the running service found out."""
    firm = work.firm(work.workspace)
    return str(firm.settings.get("url", "")) if firm else ""


def sign_in(work: Work, token: str, at: Address) -> Member:
    """This browser is the pass's member from now on; raises TooLate when the link is wrong, used or too old."""
    entry = peek(work, token)
    if entry is None or entry.purpose not in PAGES or work.people.use_pass(entry.digest) is None:
        raise TooLate(_("That link is wrong, used or too old."))
    member = work.get(Member, entry.member) if entry.member else None
    if member is None or member.state != "active":
        raise TooLate(_("That link is wrong, used or too old."))
    _bind(work, at, member)
    work.audit(f"member:{member.id}", "signed_in", f"member:{member.id}")
    return member


def arrival(work: Work, token: str, at: Address, name: str, language: str) -> Event:
    """An invitation opened on a page is the same event as one opened in a chat."""
    return Event(
        key=f"enter:{digest(token)[:32]}",
        at=work.now,
        where=at,
        sender=Sender(at.chat, name, language),
        body=Command("start", token),
    )


def joined(work: Work, at: Address) -> Member | None:
    """Who sits at this browser now."""
    identity = work.first(Identity, platform=at.platform, account=at.account, person=at.chat)
    return work.get(Member, identity.member) if identity and identity.member else None


def invite_member(work: Work, role: str) -> Invitation:
    """A single-use link and code with a role, not from anybody in the firm: the console gives it."""
    return invitation(work, make_pass(work, "member", role=role), "member")


def invitation(work: Work, token: str, side: Side) -> Invitation:
    """One code, in a link for each account at which that side comes in."""
    found = [account for account in work.find(Account, state="active") if account.side in (side, "both")]
    links = (_link(work, account, token, side) for account in found)
    return Invitation(token, tuple(link for link in links if link))


def _link(work: Work, account: Account, token: str, side: Side) -> str:
    """Empty for a bot whose public name is not known yet."""
    if account.platform == "browser":
        return f"{page_address(work)}/{'enter' if side == 'member' else 'c'}/{token}"
    if account.platform == "telegram":
        return f"https://t.me/{account.handle}?start={token}" if account.handle else ""
    return ""


def _bind(work: Work, at: Address, member: Member) -> None:
    identity = work.first(Identity, platform=at.platform, account=at.account, person=at.chat)
    if identity is None:
        work.add(Identity(platform=at.platform, account=at.account, person=at.chat, name=member.name, member=member.id))
    elif identity.member != member.id:
        work.change(identity, member=member.id, customer=None, contact=None)


def first_owner(work: Work) -> Member | None:
    """The owner who has been here longest."""
    return next((member for member in work.people.members() if member.role == "owner"), None)
