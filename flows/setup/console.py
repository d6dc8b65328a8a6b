"""What the command line may ask for, here or from a running service: plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.core.errors import BadInput, NotFound
from bot.core.text import gettext as _
from flows.customers.actions import add_customer
from flows.setup.actions import make_pass
from flows.setup.entrance import CONSOLE_LIFETIME, Invitation, first_owner, invitation, invite_member, page_link
from flows.turn import Turn
from store.firms import firms
from store.inbound import Parked
from store.models import Account, Customer, Identity, Member, Workspace
from store.work import Work

ROLES = ("owner", "manager", "rep", "viewer")


def do(work: Work, *, name: str, arguments: Mapping[str, Any]) -> Any:
    """One act in the oldest firm; raises Problem with a sentence for the console."""
    act = ACTS.get(name)
    if act is None:
        raise NotFound(_("The console knows no “{name}”.", name=name))
    return act(work, _firm(work), **arguments)


def _firm(work: Work) -> Workspace:
    found = firms(work)
    if not found:
        raise NotFound(_("There is no firm yet: start the service once."))
    work.workspace = found[0].id
    return found[0]


def _invite_member(work: Work, firm: Workspace, role: str) -> dict[str, Any]:
    if role not in ROLES:
        raise BadInput(_("A role is one of: {roles}.", roles=", ".join(ROLES)))
    return _printed(invite_member(work, role), firm, role)


def _invite_customer(work: Work, firm: Workspace, customer: str) -> dict[str, Any]:
    """Somebody of that name is invited; where there is nobody, the customer is added first."""
    found = _named(work, customer)
    known = found or add_customer(Turn(work=work, workspace=firm, key="console"), customer)
    invited = invitation(work, make_pass(work, "customer", customer=known.id), "customer")
    return _printed(invited, firm, known.name) | {"new": found is None}


def _named(work: Work, name: str) -> Customer | None:
    hits = work.search.named([name]).get(name, [])
    found = {c.id: c for c in work.search.customers(hits) if c.state == "active"}
    if len(found) > 1:
        raise BadInput(_("Several customers are called “{name}”: invite them from their card in chat.", name=name))
    return next(iter(found.values()), None)


def _printed(invited: Invitation, firm: Workspace, whom: str) -> dict[str, Any]:
    return {"code": invited.code, "links": list(invited.links), "firm": firm.name, "whom": whom}


def _link(work: Work, firm: Workspace, member: str = "") -> dict[str, Any]:
    who = _member(work, member)
    return {"link": page_link(work, who, lifetime=CONSOLE_LIFETIME), "member": who.name}


def _welcome(work: Work, firm: Workspace) -> dict[str, str]:
    """The link that the console prints at the start: into the demo, to the owner's pages, or to become the owner."""
    owner = first_owner(work)
    if owner is None:
        invited = invite_member(work, "owner")
        return {"link": invited.links[0], "note": "The first to open it owns the firm; the link works once."}
    if firm.settings.get("demo"):
        link = page_link(work, owner, purpose="demo", lifetime=CONSOLE_LIFETIME)
        return {
            "link": link,
            "note": "Three chats of a made-up firm side by side: each acts in the others.",
        }
    return {"link": page_link(work, owner, lifetime=CONSOLE_LIFETIME), "note": f"It signs {owner.name} in, once."}


def _terminal(work: Work, firm: Workspace, account: str, person: str, member: str = "") -> dict[str, Any]:
    """Lets a terminal of this machine talk as a member: whoever can read the service's files could do so anyway."""
    who = _member(work, member)
    identity = work.first(Identity, platform="browser", account=account, person=person)
    if identity is None:
        work.add(Identity(platform="browser", account=account, person=person, name=who.name, member=who.id))
    elif identity.member != who.id:
        work.change(identity, member=who.id)
    return {"member": who.name, "language": who.language}


def _member(work: Work, name: str) -> Member:
    if not name:
        owner = first_owner(work)
        if owner is None:
            raise NotFound(_("Nobody has joined yet: {command}", command="python -m bot invite member --role owner"))
        return owner
    found = work.people.named(name)
    if len(found) != 1:
        names = ", ".join(member.name for member in work.people.members())
        raise NotFound(_("There is no one member “{name}”. There are: {names}", name=name, names=names))
    return found[0]


def _parked(work: Work, firm: Workspace) -> list[dict[str, str]]:
    """Ids and errors, never the words in them."""
    return [{"account": p.update.account, "key": p.update.key, "error": p.error} for p in _ours(work)]


def _ours(work: Work) -> list[Parked]:
    accounts = {account.name for account in work.find(Account)}
    return [parked for parked in work.updates.parked() if parked.update.account in accounts]


def _state(work: Work, firm: Workspace) -> dict[str, Any]:
    members = work.people.members()
    return {"firm": firm.name, "members": len(members), "url": firm.settings.get("url", "")}


ACTS: Mapping[str, Callable[..., Any]] = {
    "invite-member": _invite_member,
    "invite-customer": _invite_customer,
    "link": _link,
    "welcome": _welcome,
    "terminal": _terminal,
    "parked": _parked,
    "state": _state,
}
