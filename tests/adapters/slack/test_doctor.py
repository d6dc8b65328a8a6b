"""`doctor` asks Slack about the tokens, and says what to do."""

from __future__ import annotations

import asyncio

import pytest

from bot.doctor import _slack
from bot.settings import Settings
from tests.wires.slack import SlackWire


@pytest.mark.parametrize(
    ("bot", "app", "signing", "says"),
    [
        ("", "", "", ["not set: off"]),
        ("ours", "", "s", ["works in Home"]),
        ("ours", "", "", ["works in Home", "not set, so nothing of Slack's is believed: see docs/slack.md"]),
        ("xoxb-no", "", "s", ["Slack refuses it (invalid_auth): copy it again, see docs/slack.md"]),
        ("ours", "ours", "", ["works in Home", "works"]),
    ],
)
async def test_doctor_asks_slack(wire: SlackWire, bot: str, app: str, signing: str, says: list[str]) -> None:
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        slack_bot_token=wire.home.token if bot == "ours" else bot,
        slack_app_token=wire.app_token if app == "ours" else app,
        slack_signing_secret=signing,
        slack_api_url=wire.api_url,
    )

    assert [finding.says for finding in await asyncio.to_thread(lambda: list(_slack(settings)))] == says
