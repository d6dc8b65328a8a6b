"""One app in many workspaces of Slack: where somebody lets it in, and the token that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from adapters.slack.incoming import part_of, text_of
from adapters.slack.outcome import Lost, Refused
from adapters.slack.web import Web

SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "links:read",
    "links:write",
    "mpim:history",
    "mpim:read",
    "users:read",
)
"""What slack-manifest.yaml asks for, and no more."""


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in a workspace; `bot` is our user there."""

    token: str = field(repr=False)
    team: str
    bot: str
    title: str


@dataclass(frozen=True, slots=True)
class Client:
    """The app as Slack knows it, and the address of ours to which people come back."""

    id: str
    secret: str = field(repr=False)
    back: str

    def address(self, api_url: str, state: str) -> str:
        """Where somebody who may install apps says yes."""
        asked = {"client_id": self.id, "scope": ",".join(SCOPES), "state": state, "redirect_uri": self.back}
        return f"{api_url.rstrip('/').removesuffix('/api')}/oauth/v2/authorize?{urlencode(asked)}"

    async def installation(self, web: Web, code: str) -> Installation:
        """For the code that Slack sent along, which is good once; raises Refused and Lost."""
        return _read(await web.exchange(self.id, self.secret, code, self.back))


def _read(found: Mapping[str, Any]) -> Installation:
    """One workspace and a token that lasts: whole organisations and tokens that run out are not asked for."""
    if found.get("is_enterprise_install"):
        raise Refused(200, "enterprise_is_restricted")
    if found.get("refresh_token") or found.get("token_type") != "bot":
        raise Refused(200, "token_rotation_enabled")
    team = part_of(found, "team")
    made = Installation(
        text_of(found, "access_token"), text_of(team, "id"), text_of(found, "bot_user_id"), text_of(team, "name")
    )
    if not (made.token and made.team and made.bot):
        raise Lost(sent=True)
    return made
