"""`doctor`: what must be right on this machine, what was found, and what to do about it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from bot.local import is_held, read_note
from bot.settings import Settings

PATIENCE = 5.0
DRIFT = 30.0
"""Seconds by which this machine's clock may be wrong before reminders feel late."""
FREE = 0.05


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    ok: bool
    says: str


def examine(settings: Settings) -> list[Finding]:
    """Everything, in the order in which one would mend it."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _python,
        _disk,
        _database,
        _service,
        _tokens,
        _address,
        _fonts,
    )
    return [finding for check in checks for finding in check(settings)]


def _python(settings: Settings) -> Iterator[Finding]:
    found = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("Python", sys.version_info >= (3, 11), f"{found}; 3.11 or newer is needed")


def _disk(settings: Settings) -> Iterator[Finding]:
    from bot.web.health import free_share

    free = free_share(settings.data_dir)
    says = f"{free:.0%} free under {settings.data_dir}"
    yield Finding("disk", free >= FREE, says if free >= FREE else f"{says}: make room, below 5 % nothing is safe")


def _database(settings: Settings) -> Iterator[Finding]:
    from store.migrations import HEAD, version

    try:
        found = version(settings.database_url)
    except Exception as problem:
        yield Finding("database", False, f"can't be reached ({type(problem).__name__}): look at DATABASE_URL")
        return
    if not found:
        yield Finding("database", True, "not there yet: the first start makes it")
    elif found < HEAD:
        yield Finding("database", False, f"at revision {found}, this version wants {HEAD}: run python -m bot migrate")
    else:
        yield Finding("database", True, f"at revision {found}")
        yield from _wall(settings)


def _wall(settings: Settings) -> Iterator[Finding]:
    """A hint and no fault: the first wall between firms is the same for every role."""
    if settings.database_url.startswith("sqlite"):
        return
    import psycopg

    from store.wall import binds

    with psycopg.connect(settings.database_url, connect_timeout=5) as connection:
        bound = binds(connection.execute)
    stands = "row-level security stands between firms"
    advice = "row-level security binds no superuser: give Rapport a role of its own (docs/operations.md)"
    yield Finding("role", True, stands if bound else advice)


def _service(settings: Settings) -> Iterator[Finding]:
    if not is_held(settings):
        yield Finding("service", True, "not running: python -m bot serve starts it")
        return
    import httpx

    note = read_note(settings)
    try:
        answer = httpx.get(f"{note.url}/healthz", timeout=PATIENCE, trust_env=False) if note else None
        problems = answer.json()["problems"] if answer else ["it left no address"]
    except (httpx.HTTPError, ValueError, KeyError):
        problems = ["it does not answer: stop it and start it again"]
    where = note.url if note else "unknown"
    yield Finding("service", not problems, "; ".join(problems) if problems else f"well, at {where}")


def _tokens(settings: Settings) -> Iterator[Finding]:
    tokens = {
        "TELEGRAM_STAFF_TOKEN": settings.telegram_staff_token.get_secret_value(),
        "TELEGRAM_CUSTOMER_TOKEN": settings.telegram_customer_token.get_secret_value(),
    }
    for name, token in tokens.items():
        yield from _token(name, token, settings.telegram_api_url) if token else [Finding(name, True, "not set: off")]
    yield from _slack(settings)
    yield from _installs(settings)
    if tokens["TELEGRAM_STAFF_TOKEN"] and len(set(tokens.values())) == 1:
        yield Finding("tokens", False, "both bots have one token: make a second bot with BotFather")


def _token(name: str, token: str, api: str) -> Iterator[Finding]:
    """Asks the platform who the bot is; its answer also tells the time."""
    import httpx

    try:
        answer = httpx.get(f"{api}/bot{token}/getMe", timeout=PATIENCE)
        known = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as problem:
        yield Finding(name, False, f"the platform can't be reached ({type(problem).__name__}): look at the network")
        return
    if answer.status_code in (401, 404):
        yield Finding(name, False, "the platform does not know it: copy it again from BotFather")
        return
    yield Finding(name, bool(known.get("ok")), f"@{known.get('result', {}).get('username', '?')}")
    if "date" in answer.headers:
        drift = abs((datetime.now(UTC) - parsedate_to_datetime(answer.headers["date"])).total_seconds())
        says = "right" if drift < DRIFT else f"{drift:.0f} s off: turn on time synchronisation"
        yield Finding("clock", drift < DRIFT, says)


def _slack(settings: Settings) -> Iterator[Finding]:
    """Whether Slack knows the tokens, and whether it has a way in."""
    bot, app = settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value()
    if not bot:
        yield Finding("SLACK_BOT_TOKEN", True, "not set: off")
        return
    yield _asked("SLACK_BOT_TOKEN", settings.slack_api_url, "auth.test", bot)
    if app:
        yield _asked("SLACK_APP_TOKEN", settings.slack_api_url, "apps.connections.open", app)
    elif not settings.slack_signing_secret.get_secret_value():
        yield Finding("SLACK_SIGNING_SECRET", False, "not set, so nothing of Slack's is believed: see docs/slack.md")


def _installs(settings: Settings) -> Iterator[Finding]:
    """Whether owners can add the Slack app to their own workspaces."""
    if not settings.slack_client_id:
        return
    needed = {
        "SLACK_CLIENT_SECRET": settings.slack_client_secret.get_secret_value(),
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret.get_secret_value(),
        "PUBLIC_URL": settings.public_url,
    }
    missing = [name for name, value in needed.items() if not value]
    if settings.slack_app_token.get_secret_value():
        yield Finding("SLACK_CLIENT_ID", False, "adding by a link needs HTTP: take SLACK_APP_TOKEN out")
    elif missing:
        yield Finding("SLACK_CLIENT_ID", False, f"needs {', '.join(missing)} too: see docs/slack.md")
    else:
        yield Finding("SLACK_CLIENT_ID", True, "owners add the app with /connect slack")


def _asked(name: str, api: str, method: str, token: str) -> Finding:
    import httpx

    try:
        sent = httpx.post(f"{api}/{method}", headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE)
        answer = sent.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as problem:
        return Finding(name, False, f"Slack can't be reached ({type(problem).__name__}): look at the network")
    if answer.get("ok"):
        return Finding(name, True, f"works{' in ' + answer['team'] if answer.get('team') else ''}")
    return Finding(name, False, f"Slack refuses it ({answer.get('error', '?')}): copy it again, see docs/slack.md")


def _address(settings: Settings) -> Iterator[Finding]:
    url = settings.public_url
    if not url:
        yield Finding("PUBLIC_URL", True, "not set: pages and personal links work on this machine only")
    else:
        says = url if url.startswith("https://") else "is not https: browsers and platforms will refuse it"
        yield Finding("PUBLIC_URL", url.startswith("https://"), says)
    hooks = settings.telegram_webhook_secret.get_secret_value()
    if hooks and not url:
        yield Finding("TELEGRAM_WEBHOOK_SECRET", False, "needs PUBLIC_URL, so bots are polled for now: set both")


def _fonts(settings: Settings) -> Iterator[Finding]:
    """Pictures of the pages need a Chinese font; chats do not."""
    places = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"), Path("/System/Library"))
    if shutil.which("fc-list") is None and not any(place.exists() for place in places[2:]):
        yield Finding("fonts", True, "not looked at; only screenshots of Chinese pages need one here")
        return
    names = ("noto*cjk*", "*wqy*", "*droidsansfallback*", "*pingfang*", "*sourcehan*")
    found = any(next(place.rglob(name), None) for place in places if place.exists() for name in _both(names))
    says = "a Chinese one is there" if found else "no Chinese one; only screenshots of Chinese pages need it here"
    yield Finding("fonts", True, says)


def _both(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield name
        yield name.replace("noto", "Noto").replace("cjk", "CJK").replace("pingfang", "PingFang")
