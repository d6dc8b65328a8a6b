"""Endpoints come and go, letters are written to them, and what became of a letter is kept."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.core.messages import Address, Reply, Urgency
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.secrets import public_key, shown_once
from flows.turn import Turn
from flows.webhooks.published import PUBLISHED
from flows.webhooks.rules import ABSENT, is_over
from store import connections
from store.models import Endpoint, Member, Outbox
from store.sealing import seal

ACCOUNT = "webhooks"
"""The one account through which letters of every firm go."""
TEST = "test"
ANSWER_IN = timedelta(seconds=30)
"""After so long somebody who waits for a test is told that nothing has come yet."""


def subject(workspace: int) -> str:
    """What an endpoint's sealed secret is for."""
    return f"endpoint:{workspace}"


def address(endpoint: int) -> Address:
    """Where letters to it go."""
    return Address("webhook", ACCOUNT, str(endpoint))


def add(turn: Turn, url: str, facts: Sequence[str]) -> tuple[Endpoint, Text]:
    """A new endpoint, and its secret, which can be told only now."""
    sealed, secret = _new_secret(turn)
    row = turn.work.add(Endpoint(url=url, secret=sealed, facts=list(facts), by=turn.me().id, made=turn.now))
    turn.did(_("Added a webhook"), f"endpoint:{row.id}")
    return row, secret


def new_secret(turn: Turn, row: Endpoint) -> tuple[Endpoint, Text]:
    """The old one is worth nothing from now on."""
    sealed, secret = _new_secret(turn)
    turn.did(_("Changed a webhook's secret"), f"endpoint:{row.id}")
    return turn.work.change(row, secret=sealed), secret


def _new_secret(turn: Turn) -> tuple[str, Text]:
    """As the row keeps it, and as its owner is shown it."""
    secret = "whsec_" + base64.b64encode(os.urandom(24)).decode()
    return seal(public_key(turn), secret, subject=subject(turn.workspace.id)), shown_once(turn, secret)


def choose(turn: Turn, row: Endpoint, fact: str) -> Endpoint:
    """It hears this fact from now on, or no more."""
    facts = [name for name in row.facts if name != fact] if fact in row.facts else [*row.facts, fact]
    turn.did(_("Changed a webhook"), f"endpoint:{row.id}")
    return turn.work.change(row, facts=facts)


def switch(turn: Turn, row: Endpoint, *, on: bool) -> Endpoint:
    """What happens while it is off is not told later."""
    turn.did(_("Changed a webhook"), f"endpoint:{row.id}")
    return turn.work.change(row, state="active" if on else "off", failures=0)


def remove(turn: Turn, row: Endpoint) -> None:
    """Nothing is told there any more; what still waits for it is dropped."""
    turn.did(_("Removed a webhook"), f"endpoint:{row.id}")
    turn.work.change(row, state="removed")
    turn.work.outbox.cancel(address(row.id).key)


def tell_outside(turn: Turn, fact: Any) -> None:
    """A letter to each endpoint that wants to hear this fact."""
    published = PUBLISHED.get(type(fact))
    if published is None:
        return
    wanting = [row for row in turn.work.find(Endpoint, state="active") if published.name in row.facts]
    if wanting:
        data = published.data(turn, fact)
        for row in wanting:
            _write(turn, row, published.name, data, tell=f"endpoint:{row.id}")


def test(turn: Turn, row: Endpoint) -> None:
    """A letter that says nothing; whoever asked hears what becomes of it."""
    tell = f"endpoint:{row.id}:{turn.me().id}"
    _write(turn, row, TEST, {"firm": turn.workspace.name}, tell=tell)
    turn.work.timers.set("endpoint-test", f"{row.id}:{turn.me().id}", turn.now + ANSWER_IN)


def _write(turn: Turn, row: Endpoint, name: str, data: Mapping[str, Any], *, tell: str) -> None:
    body = {"type": name, "timestamp": turn.now.isoformat(), "data": data}
    text = Text((json.dumps(body, ensure_ascii=False),))
    turn.say(Reply(text, to=address(row.id), tell=tell, urgency=Urgency.ALERT))


def arrived(turn: Turn, row: Endpoint) -> None:
    """It is well."""
    if row.failures or row.reason:
        turn.work.change(row, failures=0, reason="")


def given_up(turn: Turn, row: Endpoint, reason: str) -> bool:
    """A letter did not arrive; True when the endpoint was switched off because of it."""
    if reason == ABSENT or row.state != "active":
        return False
    over = is_over(reason, row.failures + 1)
    turn.work.change(row, failures=row.failures + 1, reason=reason, state="off" if over else row.state)
    return over


def letters(turn: Turn, row: Endpoint) -> list[Outbox]:
    """The newest that were given up."""
    return connections.given_up(turn.work, address(row.id).key)


def send_again(turn: Turn, row: Endpoint) -> int:
    """Every letter that was given up waits once more; how many there are."""
    found = connections.given_up(turn.work, address(row.id).key, limit=1000)
    return connections.send_again(turn.work, found[::-1])


def still_waits(turn: Turn, row: Endpoint) -> bool:
    """Whether a letter is on its way there."""
    return bool(turn.work.outbox.waiting([address(row.id).key]))


def teller(turn: Turn, row: Endpoint) -> Member | None:
    """Who is told of its troubles: whoever added it, or an owner when they have left."""
    known = turn.work.get(Member, row.by) if row.by else None
    if known is not None and known.state == "active" and known.role == "owner":
        return known
    return next((member for member in turn.work.people.members() if member.role == "owner"), None)
