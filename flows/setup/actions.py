"""Founding a firm, and the single-use links and codes by which people come in."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import timedelta

from flows.reminders.day import plan_brief
from flows.setup.countries import currency_of
from flows.surveys.actions import publish_ready_surveys
from flows.turn import Turn
from store.models import Identity, Member, Pass, Workspace
from store.work import Work

LIFETIME = timedelta(days=7)
"""How long an invitation is good."""
PAGE_LIFETIME = timedelta(minutes=15)
NAMELESS = "Member"
TRIES, TRIES_IN = 10, timedelta(hours=1)
"""Wrong codes from one person before they must wait."""


def found_firm(work: Work, *, name: str, country: str, language: str, zone: str) -> Workspace:
    """A new firm with its secret and its first survey; sets the work's workspace. Its currency is its country's."""
    from flows.care.timers import plan

    firm = work.insert(
        Workspace(
            name=name,
            country=country,
            language=language,
            zone=zone,
            currency=currency_of(country),
            secret=secrets.token_urlsafe(32),
            created=work.now,
        )
    )
    work.workspace = firm.id
    publish_ready_surveys(work)
    plan(work, zone)
    return firm


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """128 random bits in the letters that a Telegram start link allows."""
    return base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")


def make_pass(
    work: Work,
    purpose: str,
    *,
    role: str = "",
    member: int | None = None,
    customer: int | None = None,
    contact: int | None = None,
    by: int | None = None,
    lifetime: timedelta = LIFETIME,
) -> str:
    """A single-use token; only its hash is kept."""
    token = new_token()
    work.add(
        Pass(
            digest=digest(token),
            purpose=purpose,
            role=role,
            member=member,
            customer=customer,
            contact=contact,
            by=by,
            made=work.now,
            expires=work.now + lifetime,
        )
    )
    return token


def looks_like_token(text: str) -> bool:
    """True for what could be one of our codes, so that it is not taken for a message."""
    stripped = text.strip()
    return len(stripped) == 22 and stripped.isascii() and all(c.isalnum() or c in "-_" for c in stripped)


def peek(turn: Turn, token: str) -> Pass | None:
    """The invitation of this firm behind a code that is still good; it stays unused."""
    found = turn.work.first(Pass, digest=digest(token.strip()))
    return (
        found
        if found and found.purpose in ("member", "rejoin") and not found.used and found.expires > turn.now
        else None
    )


def use(turn: Turn, token: str, purposes: frozenset[str]) -> Pass | None:
    """Takes the pass; None when it is wrong, used or expired, or when there were too many wrong tries."""
    who = f"{turn.identity.platform}:{turn.identity.account}:{turn.identity.person}" if turn.identity else ""
    if turn.work.people.wrong_tries(who, within=TRIES_IN) >= TRIES:
        return None
    peeked = turn.work.first(Pass, digest=digest(token.strip()))
    if peeked is None or peeked.purpose not in purposes:
        turn.work.people.wrong_try(who)
        return None
    found = turn.work.people.use_pass(peeked.digest)
    if found is None:
        turn.work.people.wrong_try(who)
    return found


def join(turn: Turn, entry: Pass, name: str) -> Member:
    """The person of this turn becomes a member with the role of the invitation, and gets a brief every morning."""
    here = turn.here()
    member = turn.work.add(
        Member(
            name=free_name(turn, name),
            role=entry.role or "rep",
            language=here.language,
            home=here.address,
            joined=turn.now,
        )
    )
    bind(turn, member)
    plan_brief(turn, member)
    turn.work.audit(f"member:{member.id}", "joined", f"member:{member.id}")
    return member


def come_back(turn: Turn, member: Member) -> Member:
    """A member's other chat, or a removed member who was invited again: the same person, with one more identity."""
    if member.state != "active":
        member = turn.work.change(member, state="active")
        plan_brief(turn, member)
    for old in turn.work.find(Identity, former=member.id):
        turn.work.change(old, former=None)
    turn.identity = turn.work.get(Identity, turn.who().id)
    bind(turn, member)
    turn.work.audit(f"member:{member.id}", "joined", f"identity:{turn.who().id}")
    return member


def bind(turn: Turn, member: Member) -> None:
    """This chat and this person on this platform are the member's from now on."""
    turn.identity = turn.work.change(turn.who(), member=member.id, former=None)
    here = turn.conversation = turn.work.change(turn.here(), member=member.id, side="member")
    if member.home != here.address:
        member = turn.work.change(member, home=here.address)
    turn.member, turn.former = member, False
    turn.__dict__.pop("words", None)


def rename(turn: Turn, who: Identity, *, before: str) -> None:
    """A member who came in under what the platform called them then is called what they are called."""
    member = turn.work.get(Member, who.member) if who.member else None
    if member is not None and member.name in (before, NAMELESS):
        member = turn.work.change(member, name=free_name(turn, who.name, but=member))
        turn.member = member if turn.member and turn.member.id == member.id else turn.member


def free_name(turn: Turn, name: str, but: Member | None = None) -> str:
    """The name, with a number where somebody bears it already: colleagues are meant by name."""
    wanted = " ".join(name.split())[:60] or NAMELESS
    others = (member for member in turn.work.people.members() if but is None or member.id != but.id)
    taken = {member.name.casefold() for member in others}
    number, free = 2, wanted
    while free.casefold() in taken:
        free, number = f"{wanted} {number}", number + 1
    return free
