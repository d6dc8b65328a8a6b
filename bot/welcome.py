"""What the console says when the service is up: one link, and a calm line for each platform that is off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.serving import Serving


async def welcome(service: Serving, say: Callable[[str], None]) -> None:
    """Printed once."""
    from bot.web.local import run

    settings = service.application.settings
    told: dict[str, Any] = await run(service.application.database, "welcome", {})
    say("")
    say(f"Rapport is ready: {told['link']}")
    say(told["note"])
    say("")
    for line in off(settings):
        say(line)
    say("Stop with Ctrl+C.")


def off(settings: Any) -> list[str]:
    """What would turn on what is off."""
    lines = []
    if not settings.telegram_staff_token.get_secret_value():
        lines.append("Telegram for your people is off: TELEGRAM_STAFF_TOKEN in .env turns it on (README, “Telegram”).")
    if not settings.telegram_customer_token.get_secret_value():
        lines.append("Telegram for customers is off: TELEGRAM_CUSTOMER_TOKEN in .env turns it on.")
    if not settings.slack_bot_token.get_secret_value():
        lines.append("Slack is off: SLACK_BOT_TOKEN in .env turns it on (docs/slack.md).")
    elif not (settings.slack_app_token.get_secret_value() or settings.slack_signing_secret.get_secret_value()):
        lines.append("Slack can't reach us: SLACK_SIGNING_SECRET or, for Socket Mode, SLACK_APP_TOKEN is missing.")
    if not settings.public_url:
        lines.append("Only this machine can open the pages: PUBLIC_URL and a proxy let others in.")
    return lines
