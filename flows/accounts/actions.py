"""Offering a token, what its platform says of it, switching a bot off and on, and taking it away."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.messages import Address, Command, Reply, Said
from bot.core.text import Text
from flows.accounts import cards
from flows.secrets import public_key
from flows.turn import Turn
from store import connections
from store.firms import account as account_of
from store.models import Account, Member, Outbox
from store.sealing import seal
from store.work import Work

SIGNAL = "accounts"
"""Left with a commit that changes which bots should run."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a platform said of a token; `bot` is its own id of the bot, `handle` the public name."""

    outcome: Literal["good", "refused", "unreachable"]
    bot: str = ""
    handle: str = ""


def new_name() -> str:
    """An account's name: part of its addresses and of its webhook's path, so nobody can guess it."""
    return secrets.token_hex(8)


def sealed(turn: Turn, name: str, given: Mapping[str, str]) -> dict[str, str]:
    """The secrets as the tables may hold them."""
    public = public_key(turn)
    return {kind: seal(public, secret, subject=subject(name, kind)) for kind, secret in given.items()}


def subject(name: str, kind: str) -> str:
    """What a sealed secret is for."""
    return f"account:{name}:{kind}"


def hide(turn: Turn) -> None:
    """Takes the message that holds a secret away, where the platform lets us."""
    body = turn.event.body if turn.event else None
    if turn.where is None or turn.event is None or not isinstance(body, Said | Command) or not body.message:
        return
    card = f"secret:{_digest(turn.event.key)}"
    turn.work.cards.shown(card, turn.where.key, body.message)
    turn.say(Reply(Text(), card=card, clears=True))


def offer(turn: Turn, *, name: str, platform: str, side: str, secrets: Mapping[str, str]) -> Account:
    """A token to be looked at: for a new account of this name, or in place of the one it has."""
    work, offered, by = turn.work, json.dumps(secrets), turn.me().id
    work.signals.add(SIGNAL)
    work.audit(f"member:{by}", "token_offered", f"account:{name}")
    known = work.first(Account, platform=platform, name=name)
    if known is not None:
        return work.change(known, offered=offered, by=by)
    return work.add(Account(platform=platform, name=name, side=side, offered=offered, state="checking", by=by))


def looked_at(work: Work, id: int, offered: str, found: Found) -> None:
    """A platform has answered; nothing happens when the owner, or another process, has gone on meanwhile."""
    row = connections.account(work, id)
    if row is None or not offered or row.offered != offered:
        return
    turn = _turn(work, row, f"{_digest(offered)}:{found.outcome}")
    if turn is None:
        return
    if found.outcome == "unreachable":
        _tell(turn, row, cards.unreachable(row))
    elif found.outcome == "refused":
        _turn_down(turn, row, cards.token_refused(row))
    elif connections.same_bot(work, row.platform, found.bot, row.name) is not None:
        _turn_down(turn, row, cards.served_already(found.handle))
    elif row.bot and row.bot != found.bot:
        _turn_down(turn, row, cards.another_bot(row, found.handle))
    else:
        _accept(turn, row, found)


def _accept(turn: Turn, row: Account, found: Found) -> None:
    state = "off" if row.state == "off" else "active"
    good = turn.work.change(
        row, token=row.offered, offered="", state=state, bot=found.bot, handle=found.handle or row.handle
    )
    turn.work.audit(f"member:{row.by or 0}", "account_connected", f"account:{row.name}")
    turn.work.signals.add(SIGNAL)
    _tell(turn, good, cards.connected(good, new=not row.token))


def _turn_down(turn: Turn, row: Account, why: Reply) -> None:
    """A bot that works already goes on with the token it has."""
    if row.token:
        turn.work.change(row, offered="")
    else:
        turn.work.remove(row)
    turn.work.signals.add(SIGNAL)
    _tell(turn, row, why)


def known_as(work: Work, platform: str, name: str, *, handle: str, bot: str) -> None:
    """The platform told what the bot is called in public, and its own id of it."""
    row = account_of(work, platform, name)
    if row is not None:
        work.workspace = row.workspace
        work.change(row, handle=handle, bot=bot)


def refused(work: Work, platform: str, name: str) -> None:
    """The platform refuses a token that worked: the owners hear it where they still can, once a day."""
    row = account_of(work, platform, name)
    if row is None or row.state in ("refused", "revoked"):
        return
    turn = _turn(work, row, f"refused:{work.now.date()}")
    if row.token:
        row = work.change(row, state="refused")
        work.signals.add(SIGNAL)
    if turn is None:
        return
    for owner in (member for member in work.people.members() if member.role == "owner"):
        if where := elsewhere(work, owner, row):
            turn.say(Reply(*cards.stopped(row), to=Address.of(where)))


def elsewhere(work: Work, owner: Member, row: Account) -> str:
    """A private chat of the owner that does not go through this bot; where there is none, the one that they use."""
    chats = work.people.private_chats(owner)
    others = (chat for chat in chats if chat.reachable and chat.account != row.name and chat.side == "member")
    return next((chat.address for chat in others), owner.home)


def switch(turn: Turn, row: Account, *, on: bool) -> Account:
    """Off: nothing comes in and nothing goes out; what waits keeps waiting."""
    turn.work.signals.add(SIGNAL)
    turn.work.audit(f"member:{turn.me().id}", "account_on" if on else "account_off", f"account:{row.name}")
    return turn.work.change(row, state="active" if on else "off")


def revoke(turn: Turn, row: Account) -> None:
    """The token is forgotten at once; who wrote to the bot and what was said stay in the customer file."""
    turn.work.signals.add(SIGNAL)
    turn.work.audit(f"member:{turn.me().id}", "account_revoked", f"account:{row.name}")
    turn.work.change(row, state="revoked", token="", offered="", bot="")


def _turn(work: Work, row: Account, about: str) -> Turn | None:
    """For news that nobody's message asked for; None when it was told before."""
    work.workspace = row.workspace
    firm, key = work.firm(row.workspace), f"acc:{row.id}:{about}"
    if firm is None or work.first(Outbox, key=f"{key}:1") is not None:
        return None
    return Turn(work=work, workspace=firm, key=key)


def _tell(turn: Turn, row: Account, reply: Reply) -> None:
    member = turn.work.get(Member, row.by) if row.by else None
    if member is not None:
        turn.message_member(member, reply, "")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
