"""Making, finding and revoking keys; a key acts in its maker's name and may never do more than they may."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from bot.core.errors import BadInput
from bot.core.text import code
from bot.core.text import gettext as _
from flows.router import EDITORS, MANAGERS, MEMBERS, OWNERS
from flows.setup.actions import digest
from flows.turn import Turn
from store.api import key_by_digest
from store.models import ApiKey, Member, Workspace
from store.work import Work

START = "rk_"
ROLES = {"viewer": MEMBERS, "rep": EDITORS, "manager": MANAGERS, "owner": OWNERS}
"""A role, and who holds at least as much."""
MOST = 20
_NAME = re.compile(r"\w[\w .@/-]{0,39}")
SEEN_EVERY = timedelta(hours=1)
EXAMPLE = code(_("/apikey webshop rep"))


@dataclass(frozen=True, slots=True)
class Caller:
    """A program at the door: its key, in whose name it acts, and the firm."""

    key: ApiKey
    member: Member
    firm: Workspace

    @property
    def writes(self) -> bool:
        return self.key.role in EDITORS


def make_key(turn: Turn, name: str, role: str) -> tuple[ApiKey, str]:
    """The key's row, and the key itself, which is shown this once."""
    me = turn.me()
    if _NAME.fullmatch(name) is None:
        raise BadInput(_("A key's name is letters and digits, up to 40. Example: {example}", example=EXAMPLE))
    if role not in ROLES:
        raise BadInput(_("A role is one of: {roles}.", roles=", ".join(ROLES)))
    if me.role not in ROLES[role]:
        raise BadInput(_("A key may not do more than you: you are {role}.", role=me.role))
    if len(keys(turn)) >= MOST:
        raise BadInput(_("There are {n} keys already. Revoke one first: {example}", n=MOST, example="/apikey"))
    token = START + secrets.token_urlsafe(30)
    row = ApiKey(digest=digest(token), name=name, role=role, tail=token[-4:], member=me.id, made=turn.now)
    row = turn.work.add(row)
    turn.work.audit(f"member:{me.id}", "api key made", f"key:{row.id}")
    return row, token


def keys(turn: Turn) -> list[ApiKey]:
    """The firm's keys that open."""
    return turn.work.find(ApiKey, state="active")


def revoke(turn: Turn, id: int) -> ApiKey | None:
    """It opens nothing from this turn on; None when it did not."""
    row = turn.work.get(ApiKey, id)
    if row is None or row.state != "active":
        return None
    turn.work.audit(f"member:{turn.me().id}", "api key revoked", f"key:{id}")
    return turn.work.change(row, state="revoked")


def caller(work: Work, token: str) -> Caller | None:
    """Who comes with this key; sets the work's workspace. A removed maker's key opens nothing."""
    row = key_by_digest(work, digest(token)) if token.startswith(START) else None
    if row is None or row.state != "active":
        return None
    work.workspace = row.workspace
    member, firm = work.get(Member, row.member), work.firm(row.workspace)
    if member is None or member.state != "active" or firm is None or member.role not in ROLES[row.role]:
        return None
    return Caller(row, member, firm)


def noticed(work: Work, row: ApiKey) -> None:
    """When it was last used, to the hour."""
    if row.seen is None or work.now - row.seen > SEEN_EVERY:
        work.change(row, seen=work.now)
