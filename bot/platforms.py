"""How a platform's bots are built and looked at: the same for tokens from the settings and for those given in chat."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import adapters
from bot.core.errors import DeliveryError, NeverDeliverable, TryLater, WrongCredentials
from bot.core.ports import Adapter, Call, Files
from bot.settings import Settings
from flows.accounts.actions import Found
from flows.accounts.installs import Granted
from flows.setup.accounts import Side, menu, menu_of

if TYPE_CHECKING:
    from adapters.slack.oauth import Client

PATIENCE = 15.0
"""Seconds that a platform gets to say what it knows of a token."""

SHARED = "/hooks/slack"
"""Where Slack calls the app that many workspaces have let in."""
INSTALL, INSTALLED = f"{SHARED}/install", f"{SHARED}/installed"
"""Where an owner's link leads, and where Slack sends people back to."""

Secrets = Mapping[str, str]

logger = logging.getLogger(__name__)


class Platform(Protocol):
    """Where bots of the firms' own can live."""

    async def look(self, secrets: Secrets) -> Found:
        """What the platform says of a token; never raises."""

    def build(self, account: str, side: Side, secrets: Secrets) -> Adapter:
        """The bot, not yet running."""

    def is_called(self, secrets: Secrets) -> bool:
        """Whether the platform calls us, instead of being asked."""

    async def introduce(self, adapter: Any, side: Side) -> None:
        """Tells the platform where we are and what the bot understands; raises DeliveryError."""

    async def leave(self, adapter: Any) -> None:
        """The bot is ours no more; raises DeliveryError."""

    async def show_menu(self, adapter: Any, chat: str, role: str, language: str) -> None:
        """The commands of this role in this private chat; without a role the chat shows everybody's again."""


class Telegram:
    """`secret` gives each bot the word that Telegram must say when it calls; without one we ask for updates."""

    def __init__(self, settings: Settings, files: Files) -> None:
        self._settings = settings
        self._files = files

    async def look(self, secrets: Secrets) -> Found:
        async def who(bot: Any) -> Found:
            me = await bot.who()
            return Found("good", me.id, me.username)

        return await _looked(self._built("look", "member", secrets["bot"], ""), who)

    def build(self, account: str, side: Side, secrets: Secrets) -> Adapter:
        return self._built(account, side, secrets["bot"], self._word(account, secrets["bot"]))

    def is_called(self, secrets: Secrets) -> bool:
        return bool(self._settings.public_url)

    async def introduce(self, adapter: Any, side: Side) -> None:
        if adapter.secret:
            from adapters.telegram.parse import KINDS

            where = self._settings.public_url + adapter.path
            hook = {"url": where, "secret_token": adapter.secret, "allowed_updates": list(KINDS)}
            await adapter.send(Call("setWebhook", hook))
        await adapter.greet(menu(side))

    async def leave(self, adapter: Any) -> None:
        if adapter.secret:
            await adapter.send(Call("deleteWebhook"))

    async def show_menu(self, adapter: Any, chat: str, role: str, language: str) -> None:
        await adapter.greet_in(chat, menu_of(role, language) if role else {})

    def _built(self, account: str, side: Side, token: str, secret: str) -> Adapter:
        return adapters.build(
            "telegram-customers" if side == "customer" else "telegram-staff",
            token=token,
            account=account,
            files=self._files,
            api_url=self._settings.telegram_api_url,
            webhook_secret=secret,
        )

    def _word(self, account: str, token: str) -> str:
        """Of the bot's own token, so that it is nobody else's, is kept nowhere, and changes with it."""
        if not self._settings.public_url:
            return ""
        return hmac.new(token.encode(), f"webhook of {account}".encode(), hashlib.sha256).hexdigest()


class Slack:
    """Each account is an app of its own: called at its own path with its own signatures, or over its socket."""

    def __init__(self, settings: Settings, files: Files) -> None:
        self._settings = settings
        self._files = files

    async def look(self, secrets: Secrets) -> Found:
        from adapters.slack.outcome import Lost, Refused, meaning
        from adapters.slack.web import Web

        web = Web(self._settings.slack_api_url)

        async def who(_: Any) -> Found:
            try:
                me = await web.call(secrets["bot"], "auth.test", {})
                if secrets.get("app"):
                    await web.call(secrets["app"], "apps.connections.open", {})
            except (Refused, Lost) as error:
                raise meaning(error, "auth.test") from error
            return Found("good", f"{me.get('team_id', '')}/{me.get('user_id', '')}", str(me.get("user", "")))

        return await _looked(web, who)

    def build(self, account: str, side: Side, secrets: Secrets) -> Adapter:
        """With a team it came by a link: the app's one door is for all of those."""
        from adapters.slack.incoming import Workspace

        team, _, bot = secrets.get("team", "").partition("/")
        return adapters.build(
            "slack",
            account=account,
            workspaces={"": Workspace(secrets["bot"], bot, team)},
            bot_token=secrets["bot"],
            signing_secret=secrets.get("signing", ""),
            app_token=secrets.get("app", ""),
            api_url=self._settings.slack_api_url,
            path="" if team else f"/hooks/slack/{account}",
            files=self._files,
        )

    def is_called(self, secrets: Secrets) -> bool:
        return not secrets.get("app") and "team" not in secrets

    @property
    def installs(self) -> bool:
        """Whether other workspaces can let our app in: by HTTP only, as a socket belongs to one process."""
        given = self._settings
        secrets = (given.slack_client_secret, given.slack_signing_secret)
        known = given.slack_client_id and given.public_url and all(secret.get_secret_value() for secret in secrets)
        return bool(known) and not given.slack_app_token.get_secret_value()

    def address(self, state: str) -> str:
        """Where somebody who may do so lets our app in."""
        return self._client.address(self._settings.slack_api_url, state)

    async def granted(self, code: str) -> Granted | None:
        """What Slack gives for the code that came back; None when it refuses. Raises DeliveryError."""
        from adapters.slack.outcome import Lost, Refused, meaning
        from adapters.slack.web import Web

        web = Web(self._settings.slack_api_url)
        try:
            async with asyncio.timeout(PATIENCE):
                made = await self._client.installation(web, code)
        except Refused as error:
            if isinstance(meaning(error, "oauth.v2.access"), NeverDeliverable | WrongCredentials):
                logger.warning("not installed: %s", error, extra={"action": "install_refused"})
                return None
            raise meaning(error, "oauth.v2.access") from error
        except (Lost, TimeoutError) as error:
            raise TryLater from error
        finally:
            await web.close()
        return Granted(made.token, Found("good", f"{made.team}/{made.bot}", f"Rapport ({made.title})"))

    @property
    def _client(self) -> Client:
        from adapters.slack.oauth import Client

        secret = self._settings.slack_client_secret.get_secret_value()
        return Client(self._settings.slack_client_id, secret, f"{self._settings.public_url}{INSTALLED}")

    async def introduce(self, adapter: Any, side: Side) -> None:
        """Slack knows an app's commands and addresses from its manifest."""

    async def leave(self, adapter: Any) -> None:
        """Only people remove an app."""

    async def show_menu(self, adapter: Any, chat: str, role: str, language: str) -> None:
        """There is one slash command."""


async def _looked(asked: Any, who: Callable[[Any], Awaitable[Found]]) -> Found:
    try:
        async with asyncio.timeout(PATIENCE):
            return await who(asked)
    except (WrongCredentials, NeverDeliverable):
        return Found("refused")
    except (DeliveryError, TimeoutError):
        return Found("unreachable")
    finally:
        await asked.close()
