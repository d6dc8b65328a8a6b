"""Our one Slack app in a firm's own workspaces: the link that an owner gets, what Slack gave for it, and the end."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from bot.core.messages import Address, Reply
from flows.accounts import actions, cards
from flows.accounts.actions import SIGNAL, Found, new_name, subject
from flows.setup.actions import digest, make_pass
from flows.turn import Turn
from store import connections
from store.firms import account as account_of
from store.models import Account, Member, Pass
from store.sealing import seal
from store.work import Work

PURPOSE = "slack"
LIFETIME = timedelta(minutes=30)
SETTING = "slack_install"
"""Where such a link leads; a firm has it while the service has an app to install."""

Outcome = Literal["good", "taken", "late"]


@dataclass(frozen=True, slots=True)
class Granted:
    """What Slack gave: the token, our user in that workspace, and how both are called."""

    token: str = field(repr=False)
    found: Found


def link(turn: Turn) -> str:
    """Good once and for half an hour; empty where there is no app to install."""
    base = str(turn.workspace.settings.get(SETTING, ""))
    if not base:
        return ""
    me = turn.me().id
    return f"{base}?ask={make_pass(turn.work, PURPOSE, member=me, by=me, lifetime=LIFETIME)}"


def asked(work: Work, state: str) -> Pass | None:
    """Who asked, while the link is good; nothing is used up by looking, and the work is their firm's from here on."""
    found = connections.pass_of(work, digest(state))
    if found is None or found.purpose != PURPOSE or found.used is not None or found.expires <= work.now:
        return None
    work.workspace = found.workspace
    member = work.get(Member, found.member or 0)
    return found if member and member.state == "active" and member.role == "owner" else None


def installed(work: Work, state: str, granted: Granted, *, ours: bool) -> Outcome:
    """The app is in a workspace: an account of the firm that asked, the one of old when it was there before.

    `ours` says that the bot of the settings is in that workspace already.
    """
    entry = asked(work, state)
    firm = work.firm(entry.workspace) if entry else None
    if entry is None or firm is None or work.people.use_pass(entry.digest) is None:
        return "late"
    turn = Turn(work=work, workspace=firm, key=f"install:{entry.digest[:16]}")
    teller, found = work.get(Member, entry.member or 0), granted.found
    row = work.first(Account, platform="slack", bot=found.bot)
    other = connections.same_bot(work, "slack", found.bot, row.name if row else "")
    taken = ours or other is not None or (row is not None and not row.token and row.state == "active")
    if not taken:
        row = _kept(turn, row, granted, by=entry.member)
    reply = cards.served_already(found.handle) if taken or row is None else cards.installed(row)
    if teller is not None:
        turn.message_member(teller, reply, "")
    return "taken" if taken else "good"


def _kept(turn: Turn, row: Account | None, granted: Granted, *, by: int | None) -> Account:
    work, found = turn.work, granted.found
    name = row.name if row else new_name()
    public = str(turn.workspace.settings.get("seal", ""))
    given = {"bot": granted.token, "team": found.bot}
    sealed = {kind: seal(public, value, subject=subject(name, kind)) for kind, value in given.items()}
    values: dict[str, Any] = {
        "token": json.dumps(sealed),
        "offered": "",
        "state": "active",
        "handle": found.handle,
        "by": by,
    }
    work.signals.add(SIGNAL)
    work.audit(f"member:{by or 0}", "account_connected", f"account:{name}")
    if row is not None:
        return work.change(row, **values)
    return work.add(Account(platform="slack", name=name, side="both", bot=found.bot, **values))


def ended(work: Work, platform: str, name: str) -> None:
    """Somebody took the app out of their workspace: its token is forgotten, and the owners hear it once.

    Who wrote there stays known under the account's name, should the app come back.
    """
    row = account_of(work, platform, name)
    if row is None or not is_installed(row):
        actions.refused(work, platform, name)
        return
    work.workspace = row.workspace
    work.signals.add(SIGNAL)
    work.audit("platform", "account_ended", f"account:{name}")
    firm = work.firm(row.workspace)
    gone = work.change(row, state="revoked", token="", offered="")
    if firm is None:
        return
    turn = Turn(work=work, workspace=firm, key=f"acc:{row.id}:ended:{digest(row.token)[:16]}")
    for owner in (member for member in work.people.members() if member.role == "owner"):
        if where := actions.elsewhere(work, owner, gone):
            turn.say(Reply(*cards.taken_away(gone), to=Address.of(where)))


def is_installed(row: Account) -> bool:
    """Whether its token came by a link, so that it shares the app's one door."""
    return "team" in json.loads(row.token or "{}")
