"""What lies outside of a story: platforms that know some tokens, and the programs that webhooks tell."""

from __future__ import annotations

import json
from typing import Any

from adapters.webhook.wire import Endpoint, WebhookAdapter
from bot.core.errors import NeverDeliverable, TryLater
from bot.core.ports import Call
from flows.accounts import actions
from flows.webhooks.actions import ACCOUNT
from store import connections
from store.engine import Database
from store.sealing import Key
from store.work import Work

KEY = Key(bytes(range(32)))
GOOD, GONE = "AAGood", "AAGone"
"""How a token begins behind its colon that the platform knows; it is silent at one that begins otherwise than both."""


class Programs(WebhookAdapter):
    """Receivers by their host: "down.…" never answers, "inside.…" is inside a network, others take everything."""

    def __init__(self, database: Database) -> None:
        super().__init__(account=ACCOUNT, endpoints=self._named)
        self._database = database
        self.received: list[tuple[str, dict[str, Any]]] = []

    async def _named(self, id: str) -> Endpoint | None:
        with self._database.read() as work:
            row = connections.endpoint(work, int(id))
        return Endpoint(row.url, "") if row else None

    async def send(self, call: Call) -> str:
        endpoint = await self._named(str(call.arguments["endpoint"]))
        if endpoint is None:
            raise NeverDeliverable("the endpoint was removed", unreachable=True)
        if "//down." in endpoint.url:
            raise TryLater(5)
        if "//inside." in endpoint.url:
            raise NeverDeliverable("the address is inside a network", unreachable=True)
        self.received.append((endpoint.url, json.loads(json.dumps(call.arguments["body"]))))
        return str(call.arguments["id"])


def look(database: Database) -> int:
    """The platforms say what they know of every token that was offered; how many there were."""
    with database.read() as work:
        rows = [row for row in connections.connected(work) if row.offered]
    for row in rows:
        parts: dict[str, str] = json.loads(row.offered)
        token = KEY.open(parts["bot"], subject=actions.subject(row.name, "bot"))

        def told(work: Work, id: int = row.id, offered: str = row.offered, token: str = token) -> None:
            actions.looked_at(work, id, offered, _known(token))

        database.write(told).result(10)
    return len(rows)


def _known(token: str) -> actions.Found:
    """Slack's tokens have no number of their own: there the first digits in them are the bot's."""
    number, _, rest = token.partition(":")
    if GOOD not in token:
        return actions.Found("refused")
    return actions.Found(
        "good", number if rest else token.split("-")[1], f"bot{number[-3:]}_bot" if rest else "rapport"
    )
