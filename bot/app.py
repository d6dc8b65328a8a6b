"""Builds the application from settings: the only file that knows every part."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import adapters
from bot import ledger
from bot.accounts import Accounts
from bot.auditing import PURPOSE, go_on, verdicts
from bot.backup import take_copy
from bot.carrying import arrive
from bot.clearing import clear_nightly
from bot.core.ports import ASGI, Adapter, Clock, Files
from bot.core.text import Open, veiled
from bot.files import Shelf
from bot.local import Refused
from bot.platforms import INSTALL, INSTALLED, SHARED, Platform, Slack, Telegram
from bot.runtime.intake import Handlers
from bot.runtime.jobs import Jobs, Labour
from bot.runtime.metrics import measure
from bot.runtime.service import Service
from bot.services import services
from bot.settings import Settings
from flows import handle as flows
from flows import jobs, load
from flows.setup.accounts import Side, offer, seed
from flows.status.actions import watch
from store.copies import Uncopied
from store.engine import Database, open_database
from store.migrations import migrate
from store.sealing import NAME, Key
from store.work import Work

WEB, STAFF, CUSTOMERS, SLACK = "web", "telegram-staff", "telegram-customers", "slack"
WEBHOOKS = "webhooks"


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


HANDLERS = Handlers(
    handle=flows.handle,
    refused=lambda error, work, event: flows.explain(work, event, error.problem),  # type: ignore[attr-defined]
    is_refusal=lambda error: isinstance(error, flows.Rewind),
    apologise=flows.apologise,
)


LABOUR = Labour(steps=jobs.steps_of, do=jobs.do, failed=jobs.failed)


def open_store(url: str, clock: Clock = utc_now) -> Database:
    """The database at its newest version."""
    migrate(url)
    return open_database(url, clock)


def build(
    database: Database, adapters: Sequence[Adapter], files: Files | None = None, *, reveal: Open = veiled
) -> Service:
    """The service over these bot accounts; nothing runs before `start`."""
    load()
    by_account: Mapping[str, Adapter] = {adapter.account: adapter for adapter in adapters}
    work = Jobs(database, LABOUR, files) if files is not None else None
    return Service(database, by_account, HANDLERS, tell=flows.came_back, wake=flows.wake, jobs=work, reveal=reveal)


@dataclass
class Application:
    """Everything that runs in one process, and the site that it serves."""

    settings: Settings
    database: Database
    service: Service
    site: ASGI
    screen: Any
    adapters: Sequence[Adapter]
    accounts: Accounts
    _keeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to take in, to send and to wake."""
        self.screen.start()
        await self.service.start()
        self._keeping = asyncio.create_task(self.accounts.run())

    async def stop(self) -> None:
        """Takes and claims nothing more, ends what is on its way, releases the leases, closes the database."""
        if self._keeping:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        await self.service.stop()
        await self.accounts.close()
        for adapter in self.adapters:
            if close := getattr(adapter, "close", None):
                await close()
        await asyncio.to_thread(self.database.close)


def make(settings: Settings, database: Database, *, url: str, token: str) -> Application:
    """The application over an open database; `url` is where its pages are, `token` what the console must say."""
    from bot.web.doors import StoredDoors
    from bot.web.screen import StoredScreen

    load()
    key = _key(settings)
    database.key, seal = key, key.public
    secret = database.write(
        lambda work: seed(work, _accounts(settings), url=url, language=_language(), seal=seal)
    ).result()
    files, screen, doors = (
        Shelf(settings.data_dir / "files"),
        StoredScreen(database, key.shown),
        StoredDoors(database, WEB),
    )
    links = hmac.new(secret.encode(), b"links to files", hashlib.sha256).digest()
    origins = _origins(settings)
    page = adapters.build("browser", account=WEB, screen=screen, doors=doors, files=files, origins=origins, key=links)
    bots = _platforms(settings, files)
    service = _service(settings, database, files, key)
    hooks: dict[str, ASGI] = {}
    slack = Slack(settings, files)
    platforms: dict[str, Platform] = {"telegram": Telegram(settings, files), "slack": slack}
    accounts = Accounts(database, service, key, platforms, hooks)
    endpoints = _webhooks(settings, database, key)
    asked = services(settings, files)
    install = settings.public_url + INSTALL if slack.installs else ""
    database.write(lambda work: offer(work, [service.name for service in asked], install)).result()
    for adapter in (page, endpoints, *asked, *map(accounts.reporting, bots)):
        service.add(adapter)
    for bot in bots:
        accounts.given(bot, _accounts(settings)[bot.name, bot.account][0])
        if _is_called(bot, settings):
            hooks[bot.path] = bot.mount(service.intake.accept)  # type: ignore[attr-defined]
    shared = _shared(settings, accounts, slack, hooks)
    mounted = {page.path: page.mount(service.intake.accept)}  # type: ignore[attr-defined]
    whole = _site(settings, database, url, token, mounted, hooks)
    return Application(settings, database, service, whole, screen, [page, endpoints, *asked, *shared], accounts)


def _service(settings: Settings, database: Database, files: Shelf, key: Key) -> Service:
    """With what it does for its own sake; bot accounts are added to it."""
    service = build(database, [], files, reveal=key.shown)
    service.watch = partial(_minute, settings, key.derived(PURPOSE))
    service.scrubs = partial(ledger.note, database, settings.data_dir)
    service.clears = partial(clear_nightly, database, files)
    return service


def _site(
    settings: Settings,
    database: Database,
    url: str,
    token: str,
    mounted: Mapping[str, ASGI],
    hooks: Mapping[str, ASGI],
) -> ASGI:
    """Our pages around what the adapters serve themselves."""
    from adapters.browser import COOKIE, person_of
    from bot.web.health import Health
    from bot.web.local import Local
    from bot.web.pages import Pages
    from bot.web.routes import site

    pages = Pages(database, WEB, COOKIE, person_of, url.startswith("https://"), _origins(settings))
    health = Health(database, settings.data_dir, measure, settings.metrics_token.get_secret_value())
    return site(pages, health, Local(database, token, _beside(settings, database)), mounted, hooks)


def _origins(settings: Settings) -> frozenset[str]:
    return frozenset({settings.public_url} - {""})


def _beside(settings: Settings, database: Database) -> Mapping[str, Callable[..., Any]]:
    """What the console asks for that takes its time."""
    return {
        "copy": partial(take_copy, settings),
        "audit": partial(verdicts, settings, database),
        "workspace-import": partial(_taken_in, settings, database),
    }


def _taken_in(settings: Settings, database: Database, **given: Any) -> dict[str, Any]:
    try:
        return arrive(settings, database, **given)
    except Refused as problem:
        raise Uncopied(str(problem)) from problem


def _shared(settings: Settings, accounts: Accounts, slack: Slack, hooks: MutableMapping[str, ASGI]) -> list[Any]:
    """The door of the Slack app that many workspaces let in, and the two pages on the way there."""
    if not slack.installs:
        return []
    from adapters.slack.shared import Shared
    from bot.web.installs import Installs

    accept, secret = accounts.service.intake.accept, settings.slack_signing_secret.get_secret_value()
    home = next((one.adapter for one in accounts.running.values() if one.adapter.name == "slack"), None)
    door = Shared(secret, settings.slack_api_url, lambda: accounts.sharing("slack"), accept, home)
    pages = Installs(accounts.database, slack.address, slack.granted, home, settings.public_url.startswith("https://"))
    hooks.update({SHARED: door.door, INSTALL: pages.begin, INSTALLED: pages.end})
    return [door]


def _minute(settings: Settings, key: bytes, work: Work) -> None:
    """What the service does for its own sake: it looks after itself, and seals the record of who did what."""
    from bot.web.health import LEAST_FREE, free_share

    watch(work, disk=free_share(settings.data_dir) < LEAST_FREE)
    go_on(work, key, settings.data_dir)


def _key(settings: Settings) -> Key:
    """From the settings where several machines share it; else from a file of its own, outside the database."""
    given = settings.seal_key.get_secret_value()
    return Key.of(given) if given else Key.kept(settings.data_dir / NAME)


def _webhooks(settings: Settings, database: Database, key: Key) -> Adapter:
    """One account tells every firm's endpoints."""
    from bot.endpoints import Endpoints

    allowed = [entry.strip() for entry in settings.webhook_allowed.split(",") if entry.strip()]
    return adapters.build("webhook", account=WEBHOOKS, endpoints=Endpoints(database, key).find, allowed=allowed)


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


def _is_called(adapter: Adapter, settings: Settings) -> bool:
    """Whether a bot of the settings is called over HTTP."""
    called = {
        "slack": not settings.slack_app_token.get_secret_value(),
        "telegram": bool(settings.public_url and settings.telegram_webhook_secret.get_secret_value()),
    }
    return hasattr(adapter, "mount") and called.get(adapter.name, False)


def _language() -> str:
    """What this machine's people speak: the first firm's language when there is no demo."""
    import locale

    return (locale.getlocale()[0] or "en").partition("_")[0].lower()
