"""What the command line may ask for, here or from a running service: plain values in, plain values out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.core.errors import BadInput, NotFound
from bot.core.text import gettext as _
from flows.accounts.actions import SIGNAL, new_name, subject
from flows.accounts.installs import SETTING as SLACK_INSTALL
from flows.accounts.rules import secrets_in
from flows.builder.sheet import apply as apply_surveys
from flows.builder.sheet import told
from flows.customers.actions import add_customer
from flows.imports.console import start as import_sheet
from flows.imports.console import state as import_state
from flows.setup import countries
from flows.setup.actions import found_firm, make_pass
from flows.setup.entrance import CONSOLE_LIFETIME, Invitation, first_owner, invitation, invite_member, page_link
from flows.setup.pausing import pause, resume
from flows.setup.settings import find_zone
from flows.turn import Turn
from flows.words import language_of
from store.firms import firms, set_settings
from store.inbound import Parked
from store.models import Account, Customer, Identity, Member, Workspace
from store.sealing import seal
from store.work import Work

SERVICE = ("seal", "url", "services", SLACK_INSTALL)
"""What every firm is told of the service at its start, and one that is founded later by the others."""
ROLES = ("owner", "manager", "rep", "viewer")


def do(work: Work, *, name: str, arguments: Mapping[str, Any]) -> Any:
    """One act in the firm that `workspace` names, or in the oldest; raises Problem with a sentence for the console."""
    act = ACTS.get(name)
    if act is None:
        raise NotFound(_("The console knows no “{name}”.", name=name))
    given = dict(arguments)
    return act(work, _firm(work, given.pop("workspace", "")), **given)


def _firm(work: Work, name: str = "") -> Workspace:
    found = firms(work)
    if not found:
        raise NotFound(_("There is no firm yet: start the service once."))
    firm = _called(found, name) if name else found[0]
    if firm is None:
        there = ", ".join(f"{each.id} {each.name}" for each in found)
        raise NotFound(_("There is no one workspace “{name}”. There are: {names}", name=name, names=there))
    work.workspace = firm.id
    return firm


def _called(found: Sequence[Workspace], name: str) -> Workspace | None:
    """By number, or by a name that only one has."""
    hits = [firm for firm in found if name in (str(firm.id), firm.name) or firm.name.casefold() == name.casefold()]
    return hits[0] if len(hits) == 1 else None


def _workspace_add(work: Work, firm: Workspace, name: str, country: str, language: str, zone: str) -> dict[str, Any]:
    """Another firm in this service; whoever comes in with its code owns it and is asked the rest in chat."""
    called = " ".join(name.split())[:80]
    if not called or _called(firms(work), called):
        raise BadInput(_("A workspace “{name}” is there already.", name=called))
    wanted = countries.country_of(country or firm.country)
    if wanted is None:
        raise BadInput(
            _("I know no country “{country}”. Example: {example}", country=country[:40], example=_("Germany"))
        )
    lives = find_zone(zone) if zone else firm.zone
    if lives is None:
        raise BadInput(_("I know no zone “{zone}”. Example: {example}", zone=zone[:40], example="Europe/Berlin"))
    spoken = language_of(language or firm.language)
    made = found_firm(work, name=called, country=wanted, language=spoken, zone=lives)
    set_settings(work, made, **{name: firm.settings.get(name) for name in SERVICE})
    return _printed(invite_member(work, "owner"), made, "owner") | {"number": made.id}


def _workspace_list(work: Work, firm: Workspace) -> list[dict[str, Any]]:
    found = []
    for each in firms(work):
        work.workspace = each.id
        bots = [f"{row.platform} @{row.handle}" for row in work.find(Account, state="active") if row.handle]
        found.append({"number": each.id, "name": each.name, "members": len(work.people.members()), "bots": bots})
    return found


def _workspace_leaves(work: Work, firm: Workspace) -> dict[str, Any]:
    """Somebody is about to take everything along: the record says so, in the firm and in what leaves."""
    work.audit("console", "workspace_exported", f"workspace:{firm.id}")
    return {"number": firm.id, "firm": firm.name}


def _workspace_pause(work: Work, firm: Workspace) -> dict[str, Any]:
    return {"number": firm.id, "firm": firm.name, "bots": pause(work, firm)}


def _workspace_resume(work: Work, firm: Workspace) -> dict[str, Any]:
    return {"number": firm.id, "firm": firm.name, "bots": resume(work, firm)}


def _workspace_bot(work: Work, firm: Workspace, platform: str, side: str, token: str) -> dict[str, Any]:
    """A bot for a firm whose owner has no chat yet to connect one in."""
    secrets = secrets_in(platform, token)
    if platform != "telegram" or not secrets:
        raise BadInput(_("I see no token in that."))
    if side not in ("member", "customer"):
        raise BadInput(_("A bot is for staff or for customers."))
    public = str(firm.settings.get("seal", ""))
    if not public:
        raise BadInput(_("This service can't keep secrets yet: please have it restarted, then try again."))
    name = new_name()
    sealed = {kind: seal(public, secret, subject=subject(name, kind)) for kind, secret in secrets.items()}
    work.add(Account(platform=platform, name=name, side=side, offered=json.dumps(sealed), state="checking"))
    work.signals.add(SIGNAL)
    return {"account": name}


def _workspace_bot_state(work: Work, firm: Workspace, account: str) -> dict[str, Any]:
    row = work.first(Account, name=account)
    return {"state": row.state if row else "refused", "handle": row.handle if row else ""}


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
    link = page_link(work, who, lifetime=CONSOLE_LIFETIME)
    return {"link": link, "member": who.name, "firm": firm.name, "ran": bool(firm.settings.get("url"))}


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


def _parked(work: Work, firm: Workspace) -> list[dict[str, Any]]:
    """Ids, times and errors, never the words in them."""
    return [
        {
            "account": parked.update.account,
            "key": parked.update.key,
            "received": parked.received.isoformat(timespec="seconds"),
            "error": parked.error,
            "waits": parked.waits,
        }
        for parked in work.updates.parked()
    ]


def _replay(work: Work, firm: Workspace, key: str = "") -> dict[str, int]:
    """One or all of them: what still fails is parked as before."""
    return {"replayed": sum(work.updates.retry(parked.update) for parked in _meant(work, key))}


def _drop(work: Work, firm: Workspace, key: str = "") -> dict[str, int]:
    """One or all of them, for good."""
    dropped = [parked.update for parked in _meant(work, key) if work.updates.drop(parked.update)]
    for update in dropped:
        work.audit("console", "update_dropped", f"update:{update.account}:{update.key}")
    return {"dropped": len(dropped)}


def _meant(work: Work, key: str) -> list[Parked]:
    found = [parked for parked in work.updates.parked() if key in ("", parked.update.key)]
    if key and not found:
        raise NotFound(_("No update “{key}” is parked.", key=key[:60]))
    return found


def _state(work: Work, firm: Workspace) -> dict[str, Any]:
    members = work.people.members()
    return {"firm": firm.name, "members": len(members), "url": firm.settings.get("url", "")}


def _survey_apply(work: Work, firm: Workspace, content: str) -> list[dict[str, Any]]:
    """Publishes the surveys of a file, all or none of them."""
    turn = Turn(work=work, workspace=firm, key="console")
    return told(apply_surveys(turn, content))


ACTS: Mapping[str, Callable[..., Any]] = {
    "invite-member": _invite_member,
    "invite-customer": _invite_customer,
    "link": _link,
    "welcome": _welcome,
    "terminal": _terminal,
    "parked": _parked,
    "replay": _replay,
    "drop": _drop,
    "import": import_sheet,
    "import-state": import_state,
    "state": _state,
    "survey-apply": _survey_apply,
    "workspace-add": _workspace_add,
    "workspace-leaves": _workspace_leaves,
    "workspace-pause": _workspace_pause,
    "workspace-resume": _workspace_resume,
    "workspace-list": _workspace_list,
    "workspace-bot": _workspace_bot,
    "workspace-bot-state": _workspace_bot_state,
}
