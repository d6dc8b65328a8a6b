"""What people and channels are called: Slack's events hold ids only, asked for once a day, beside the rest."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from hashlib import sha256
from time import monotonic, time
from typing import Any

from adapters.slack.incoming import KNOWN, Json, Workspace, bot_in, channel_of, part_of, team_of, text_of, user_of
from adapters.slack.outcome import Lost, Refused
from adapters.slack.web import Web

DAY = 24 * 3600.0
MOST = 20_000
NOTHING: Json = {}


class Directory:
    """Kept in memory: another process, or the next one, asks for itself."""

    def __init__(self, web: Web, clock: Callable[[], float] = monotonic) -> None:
        self._web = web
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str, str], tuple[float, Json]] = OrderedDict()
        self._rests_until = 0.0

    async def person(self, token: str, user: str) -> Json:
        """{"id", "name", "team"}."""

        async def ask() -> Json:
            found = (await self._web.call(token, "users.info", {"user": user}))["user"]
            name = found.get("real_name") or part_of(found, "profile").get("real_name") or found.get("name")
            return {"id": user, "name": name or "", "team": found.get("team_id") or ""}

        return await self._once((token, "person", user), ask)

    async def channel(self, token: str, id: str) -> Json:
        """{"title", "shared"}."""

        async def ask() -> Json:
            found = (await self._web.call(token, "conversations.info", {"channel": id}))["channel"]
            return {
                "title": f"#{found['name']}" if found.get("name") else "",
                "shared": bool(found.get("is_ext_shared")),
            }

        return await self._once((token, "channel", id), ask)

    async def private_chat(self, token: str, user: str) -> str:
        """The direct message with us."""

        async def ask() -> Json:
            return {"id": (await self._web.call(token, "conversations.open", {"users": user}))["channel"]["id"]}

        return str((await self._once((token, "private", user), ask)).get("id", ""))

    async def news(self, payload: Json, workspace: Workspace) -> dict[str, Any] | None:
        """A payload of our own with the names in this one that nobody was told today; None when there are none."""
        token, user, where = workspace.token, _user_in(payload), _place_in(payload)
        people, about, news = [], NOTHING, False
        if not where:
            return None
        if user and user != (bot_in(payload) or workspace.bot):
            news = not self._knows((token, "person", user))
            people = [await self._gently(self.person, token, user)] if news else []
        if where[0] in "CG" and not self._knows((token, "channel", where)):
            about, news = await self._gently(self.channel, token, where), True
        people = [person for person in people if person.get("name")]
        if not news or not (people or about.get("title")):
            return None
        return _told(payload, where, user, people, about)

    def _knows(self, key: tuple[str, str, str]) -> bool:
        return key in self._kept and self._kept[key][0] > self._clock()

    async def _gently(self, ask: Callable[[str, str], Awaitable[Json]], token: str, id: str) -> Json:
        """Nothing while Slack wants to be left alone, or when it does not say."""
        if self._clock() < self._rests_until:
            return NOTHING
        try:
            return await ask(token, id)
        except Refused as refused:
            self._rests_until = self._clock() + refused.retry_after
            return NOTHING
        except (Lost, KeyError, TypeError, AttributeError):
            return NOTHING

    async def _once(self, key: tuple[str, str, str], ask: Callable[[], Awaitable[Json]]) -> Json:
        if self._knows(key):
            return self._kept[key][1]
        try:
            found = await ask()
        except Refused as refused:
            if key[1] == "person" and not refused.retry_after and refused.status < 500:
                self._keep(key, NOTHING)  # a channel may let us in at any time, a person who is hidden stays so
            raise
        self._keep(key, found)
        return found

    def _keep(self, key: tuple[str, str, str], found: Json) -> None:
        self._kept.pop(key, None)
        self._kept[key] = self._clock() + DAY, found
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)


def _user_in(payload: Json) -> str:
    event = part_of(payload, "event")
    if event.get("bot_id") or event.get("subtype") == "bot_message":
        return ""
    return text_of(event, "user") or text_of(part_of(event, "message"), "user") or user_of(payload)


def _place_in(payload: Json) -> str:
    """The channel, or the private chat with us; a chat of two other people is no place of ours."""
    if place := text_of(part_of(payload, "event"), "channel"):
        return place
    place = channel_of(payload)
    return place if place[:1] in ("C", "G") else str(payload.get("dm") or "")


def _told(payload: Json, where: str, user: str, people: list[Json], about: Json) -> dict[str, Any]:
    said = repr((where, [(person["id"], person["name"]) for person in people], about.get("title")))
    return {
        "type": KNOWN,
        "key": f"known:{int(time() // DAY)}:{sha256(said.encode()).hexdigest()[:24]}",
        "team_id": team_of(payload),
        "authorizations": payload.get("authorizations") or [],
        "enterprise": payload.get("enterprise"),
        "channel_id": where,
        "user_id": user,
        "people": people,
        "title": about.get("title", ""),
        "is_ext_shared_channel": about.get("shared") or bool(payload.get("is_ext_shared_channel")),
    }
