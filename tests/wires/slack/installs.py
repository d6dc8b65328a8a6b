"""How the app comes into a workspace by OAuth: somebody says yes, and the app gets a token for the code."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from tests.wires.slack.world import APP, Json, Team, World

CLIENT_ID, CLIENT_SECRET = "1234.5678", "a-client-secret"
CODE_SECONDS = 600.0


class Installs:
    """The page on which people let an app in, and oauth.v2.access."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client_id, self.client_secret = CLIENT_ID, CLIENT_SECRET
        self.refresh = False
        """Whether the app has tokens that run out."""
        self._codes: dict[str, tuple[Team, str, float]] = {}

    def approved(self, team: Team, address: str) -> str:
        """Somebody says yes on the page at that address; where Slack sends them then."""
        asked = self._asked(address)
        code = self.world.id("Code")
        self._codes[code] = (team, asked["redirect_uri"], self.world.now() + CODE_SECONDS)
        team.revoked = ""
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def declined(self, address: str) -> str:
        """Somebody says no there."""
        asked = self._asked(address)
        return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"

    def exchanged(self, arguments: Json) -> Json:
        """The token for a code: once, for the app it was made for, with the address it was sent to."""
        if (arguments.get("client_id"), arguments.get("client_secret")) != (self.client_id, self.client_secret):
            return {"ok": False, "error": "bad_client_secret"}
        team, back, until = self._codes.pop(str(arguments.get("code", "")), (None, "", 0.0))
        if team is None or until < self.world.now():
            return {"ok": False, "error": "invalid_code"}
        if back != arguments.get("redirect_uri"):
            return {"ok": False, "error": "bad_redirect_uri"}
        found = {
            "ok": True,
            "access_token": team.token,
            "token_type": "bot",
            "scope": "chat:write",
            "bot_user_id": team.bot,
            "app_id": APP,
            "team": {"id": team.id, "name": team.name},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": self.world.id("U")},
        }
        return {**found, "refresh_token": "xoxe-1-x", "expires_in": 43200} if self.refresh else found

    def _asked(self, address: str) -> dict[str, str]:
        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert parts.path == "/oauth/v2/authorize", address
        assert asked["client_id"] == self.client_id, address
        assert asked["scope"], "an app without scopes can't be installed"
        return asked
