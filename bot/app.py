"""Builds the application from settings: the only file that knows every part."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import adapters
from bot.core.errors import DeliveryError, TryLater, Unsure
from bot.core.ports import ASGI, Adapter, Call, Clock
from bot.files import Shelf
from bot.runtime.intake import Handlers
from bot.runtime.service import Service
from bot.settings import Settings
from flows import handle as flows
from flows import load
from flows.setup.accounts import Side, menu, named, seed
from store.engine import Database, open_database
from store.migrations import migrate

logger = logging.getLogger(__name__)

WEB, STAFF, CUSTOMERS, SLACK = "web", "telegram-staff", "telegram-customers", "slack"
INTRODUCE = 1.0
"""Seconds between two looks whether a bot has learnt its name."""
AGAIN = 10.0
"""Seconds before a platform that could not be reached is told again what the bot is for."""


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


HANDLERS = Handlers(
    handle=flows.handle,
    refused=lambda error, work, event: flows.explain(work, event, error.problem),  # type: ignore[attr-defined]
    is_refusal=lambda error: isinstance(error, flows.Rewind),
    apologise=flows.apologise,
)


def open_store(url: str, clock: Clock = utc_now) -> Database:
    """The database at its newest version."""
    migrate(url)
    return open_database(url, clock)


def build(database: Database, adapters: Sequence[Adapter]) -> Service:
    """The service over these bot accounts; nothing runs before `start`."""
    load()
    by_account: Mapping[str, Adapter] = {adapter.account: adapter for adapter in adapters}
    return Service(database, by_account, HANDLERS, tell=flows.came_back, wake=flows.wake)


@dataclass
class Application:
    """Everything that runs in one process, and the site that it serves."""

    settings: Settings
    database: Database
    service: Service
    site: ASGI
    screen: Any
    adapters: Sequence[Adapter]
    _introducing: Sequence[asyncio.Task[None]] = ()

    async def start(self) -> None:
        """Begins to take in, to send and to wake."""
        self.screen.start()
        await self.service.start()
        self._introducing = [asyncio.create_task(self._introduce(a)) for a in self.adapters if a.name == "telegram"]

    async def stop(self) -> None:
        """Takes and claims nothing more, ends what is on its way, releases the leases, closes the database."""
        for task in self._introducing:
            task.cancel()
        await asyncio.gather(*self._introducing, return_exceptions=True)
        await self.service.stop()
        for adapter in self.adapters:
            if close := getattr(adapter, "close", None):
                await close()
        await asyncio.to_thread(self.database.close)

    async def _introduce(self, adapter: Any) -> None:
        """Once the platform has told the bot's name: links can be made, and the menu is shown."""
        while not adapter.me.username:  # noqa: ASYNC110 - the platform tells it at a time of its own
            await asyncio.sleep(INTRODUCE)
        name, side = adapter.me.username, _accounts(self.settings)[adapter.name, adapter.account][0]
        await asyncio.wrap_future(self.database.write(lambda work: named(work, adapter.name, adapter.account, name)))
        if hook := _hook(self.settings, adapter):
            await _surely(lambda: adapter.send(hook), adapter.account)
        await _surely(lambda: adapter.greet(menu(side)), adapter.account)


def make(settings: Settings, database: Database, *, url: str, token: str) -> Application:
    """The application over an open database; `url` is where its pages are, `token` what the console must say."""
    from bot.web.doors import StoredDoors
    from bot.web.health import Health
    from bot.web.local import Local
    from bot.web.pages import Pages
    from bot.web.routes import site
    from bot.web.screen import StoredScreen

    load()
    secret = database.write(lambda work: seed(work, _accounts(settings), url=url, language=_language())).result()
    files, screen, doors = Shelf(settings.data_dir / "files"), StoredScreen(database), StoredDoors(database, WEB)
    origins = frozenset({settings.public_url} - {""})
    key = hmac.new(secret.encode(), b"links to files", hashlib.sha256).digest()
    page = adapters.build("browser", account=WEB, screen=screen, doors=doors, files=files, origins=origins, key=key)
    found = [page, *_platforms(settings, files)]
    service = build(database, found)

    from adapters.browser import COOKIE, person_of

    pages = Pages(database, WEB, COOKIE, person_of, url.startswith("https://"), origins)
    mounted = {a.path: a.mount(service.intake.accept) for a in found if _is_called(a, settings)}  # type: ignore[attr-defined]
    whole = site(pages, Health(database, settings.data_dir), Local(database, token), mounted)
    return Application(settings, database, service, whole, screen, found)


def _accounts(settings: Settings) -> Mapping[tuple[str, str], tuple[Side, bool]]:
    """(platform, name) → (side, whether it is on)."""
    return {
        ("browser", WEB): ("both", True),
        ("telegram", STAFF): ("member", bool(settings.telegram_staff_token.get_secret_value())),
        ("telegram", CUSTOMERS): ("customer", bool(settings.telegram_customer_token.get_secret_value())),
        ("slack", SLACK): ("both", bool(settings.slack_bot_token.get_secret_value())),
    }


def _platforms(settings: Settings, files: Shelf) -> list[Adapter]:
    """Imports a platform's library only when there is a token for it, and before anything is served."""
    tokens = {
        STAFF: settings.telegram_staff_token.get_secret_value(),
        CUSTOMERS: settings.telegram_customer_token.get_secret_value(),
    }
    secret = settings.telegram_webhook_secret.get_secret_value() if settings.public_url else ""
    found = [
        adapters.build(
            name,
            token=token,
            account=name,
            files=files,
            api_url=settings.telegram_api_url,
            webhook_secret=secret,
        )
        for name, token in tokens.items()
        if token
    ]
    return [*found, *_slack(settings, files)]


def _slack(settings: Settings, files: Shelf) -> list[Adapter]:
    """One app; with an app token it opens a socket, without one Slack calls us."""
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        return []
    app = adapters.build(
        "slack",
        account=SLACK,
        bot_token=token,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        api_url=settings.slack_api_url,
        files=files,
    )
    return [app]


def _hook(settings: Settings, adapter: Any) -> Call | None:
    """Tells the platform to call us, where that is wanted; a poller takes a forgotten webhook away by itself."""
    secret = settings.telegram_webhook_secret.get_secret_value()
    if not (settings.public_url and secret):
        return None
    from adapters.telegram.parse import KINDS

    address = {"url": settings.public_url + adapter.path, "secret_token": secret, "allowed_updates": list(KINDS)}
    return Call("setWebhook", address)


async def _surely(act: Callable[[], Awaitable[Any]], account: str) -> None:
    """Until the platform has taken it, or says that it never will."""
    while True:
        try:
            await act()
            return
        except (TryLater, Unsure) as error:
            wait = max(AGAIN, error.seconds if isinstance(error, TryLater) else 0.0)
        except DeliveryError as error:
            logger.error("refused", extra={"action": "introduction_refused", "account": account}, exc_info=error)
            return
        await asyncio.sleep(wait)


def _is_called(adapter: Adapter, settings: Settings) -> bool:
    """Whether this adapter is called over HTTP: the browser always, the others when they have a webhook."""
    called = {
        "browser": True,
        "slack": not settings.slack_app_token.get_secret_value(),
        "telegram": bool(settings.public_url and settings.telegram_webhook_secret.get_secret_value()),
    }
    return hasattr(adapter, "mount") and called.get(adapter.name, False)


def _language() -> str:
    """What this machine's people speak: the first firm's language when there is no demo."""
    import locale

    return (locale.getlocale()[0] or "en").partition("_")[0].lower()
