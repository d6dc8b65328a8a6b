"""How a platform's bots are built and looked at: the same for tokens from the settings and for those given in chat."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

import adapters
from bot.core.errors import DeliveryError, NeverDeliverable, WrongCredentials
from bot.core.ports import Adapter, Call, Files
from bot.settings import Settings
from flows.accounts.actions import Found
from flows.setup.accounts import Side, menu, menu_of

PATIENCE = 15.0
"""Seconds that a platform gets to say what it knows of a token."""

Secrets = Mapping[str, str]


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
        return adapters.build(
            "slack",
            account=account,
            bot_token=secrets["bot"],
            signing_secret=secrets.get("signing", ""),
            app_token=secrets.get("app", ""),
            api_url=self._settings.slack_api_url,
            path=f"/hooks/slack/{account}",
            files=self._files,
        )

    def is_called(self, secrets: Secrets) -> bool:
        return not secrets.get("app")

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
