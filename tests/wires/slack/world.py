"""What exists on the fake platform: teams, people, channels and their messages, views, triggers and files."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5
APP = "A0RAPPORT"

Json = dict[str, Any]


class ApiError(Exception):
    """The Web API's refusal, which comes with status 200."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


@dataclass(eq=False)
class Team:
    """A workspace that has the app installed."""

    id: str
    name: str
    token: str
    bot: str
    revoked: str = ""
    """The error that its token gets now."""


@dataclass(eq=False)
class User:
    """A person in a team; `foreign` teams see them through a shared channel."""

    id: str
    name: str
    team: Team
    deactivated: bool = False
    home: Json | None = None
    modal: Json | None = None
    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class Seen:
    """A message as people see it now."""

    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str = ""
    by_bot: str = ""
    """The team whose bot wrote it."""
    only_for: str = ""
    files: list[Json] = field(default_factory=list)
    metadata: Json = field(default_factory=dict)
    preview: Json = field(default_factory=dict)
    edits: int = 0
    deleted: bool = False

    @property
    def buttons(self) -> list[Json]:
        return buttons_of(self.blocks)

    @property
    def labels(self) -> list[str]:
        return [button["text"]["text"] for button in self.buttons]

    @property
    def shown(self) -> str:
        """What a reader sees."""
        return words_of(self.blocks) or unescaped(self.text)


@dataclass(eq=False)
class Place:
    """A channel or a direct message."""

    id: str
    kind: str
    title: str = ""
    people: dict[str, User] = field(default_factory=dict)
    bots: list[Team] = field(default_factory=list)
    archived: bool = False
    messages: dict[str, Seen] = field(default_factory=dict)

    @property
    def is_shared(self) -> bool:
        return len({user.team.id for user in self.people.values()}) > 1

    def visible(self, user: str = "") -> list[Seen]:
        return [seen for seen in self.messages.values() if not seen.deleted and seen.only_for in ("", user)]


@dataclass
class Accepted:
    """A call that the platform carried out, whatever the caller was told."""

    at: float
    team: str
    method: str
    chat: str
    arguments: Json
    message: str = ""
    who: str = ""
    """Of a call under /by/WHO."""

    @property
    def text(self) -> str:
        return str(self.arguments.get("text", ""))

    @property
    def key(self) -> str:
        payload = (self.arguments.get("metadata") or {}).get("event_payload") or {}
        return str(payload.get("key", ""))


@dataclass
class Lasting:
    """A trigger or a response_url: who got it where, until when, how often still."""

    user: str
    until: float
    left: int
    place: str = ""
    message: str = ""


class World:
    """Everything that exists, and the clock, which tests may move."""

    def __init__(self) -> None:
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.places: dict[str, Place] = {}
        self.views: dict[str, tuple[User, Json]] = {}
        self.triggers: dict[str, Lasting] = {}
        self.responses: dict[str, Lasting] = {}
        self.files: dict[str, tuple[Json, bytes]] = {}
        self.log: list[Accepted] = []
        self.shift = 0.0
        self._numbers = 0

    def now(self) -> float:
        return time.time() + self.shift

    def number(self) -> int:
        self._numbers += 1
        return self._numbers

    def stamp(self) -> str:
        return f"{int(self.now())}.{self.number():06d}"

    def id(self, letter: str) -> str:
        return f"{letter}0{self.number():08d}"

    def team_of(self, token: str) -> Team | None:
        return next((team for team in self.teams.values() if team.token == token), None)

    def direct(self, user: User, team: Team) -> Place:
        """The direct message of this person with this team's bot."""
        for place in self.places.values():
            if place.kind == "im" and user.id in place.people and place.bots == [team]:
                return place
        return self.add(Place(self.id("D"), "im", people={user.id: user}, bots=[team]))

    def add(self, place: Place) -> Place:
        self.places[place.id] = place
        return place

    def place_for(self, team: Team, channel: Any) -> Place:
        """The place as this team's bot may write to it; refusals have Slack's own names."""
        if str(channel)[:1] in ("U", "W"):
            return self.direct(self.person(channel), team)
        place = self.places.get(str(channel))
        if place is None or (place.kind in ("im", "group") and team not in place.bots):
            raise ApiError("channel_not_found")
        if place.archived:
            raise ApiError("is_archived")
        if team not in place.bots:
            raise ApiError("not_in_channel")
        if place.kind == "im" and all(user.deactivated for user in place.people.values()):
            raise ApiError("user_disabled")
        return place

    def person(self, user: Any) -> User:
        if str(user) not in self.users:
            raise ApiError("user_not_found")
        found = self.users[str(user)]
        if found.deactivated:
            raise ApiError("user_disabled")
        return found

    def trigger(self, user: User) -> str:
        id = f"{self.number()}.{self.number()}.{self.id('X').lower()}"
        self.triggers[id] = Lasting(user.id, self.now() + TRIGGER_SECONDS, 1)
        return id

    def pull(self, trigger: str) -> User:
        """Uses a trigger up."""
        found = self.triggers.get(trigger)
        if found is None:
            raise ApiError("invalid_trigger_id")
        if found.until < self.now():
            raise ApiError("expired_trigger_id")
        if not found.left:
            raise ApiError("exchanged_trigger_id")
        found.left = 0
        return self.users[found.user]

    def response(self, user: User, place: Place, message: str = "") -> str:
        id = self.id("R")
        self.responses[id] = Lasting(user.id, self.now() + RESPONSE_SECONDS, RESPONSE_USES, place.id, message)
        return id


def buttons_of(blocks: list[Json]) -> list[Json]:
    elements = (element for block in blocks if block["type"] == "actions" for element in block["elements"])
    return [element for element in elements if element["type"] == "button"]


def words_of(blocks: list[Json]) -> str:
    """What is read in rich text, sections and headers."""
    found: list[str] = []
    for block in blocks:
        if block["type"] == "rich_text":
            sections = (_inline(section.get("elements", [])) for section in block["elements"])
            found.append("\n".join(sections))
        elif isinstance(block.get("text"), dict):
            text = block["text"]["text"]
            found.append(unescaped(text) if block["text"]["type"] == "mrkdwn" else text)
    return "\n".join(found)


def _inline(elements: list[Json]) -> str:
    return "".join(element.get("text") or element.get("url") or "" for element in elements)


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
