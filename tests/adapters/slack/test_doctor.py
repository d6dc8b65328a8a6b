"""`doctor` asks Slack about the tokens, and says what to do."""

from __future__ import annotations

import asyncio

import pytest

from bot.doctor import _installs, _slack
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


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, []),
        ({"slack_client_id": "1.2"}, ["needs SLACK_CLIENT_SECRET, PUBLIC_URL too: see docs/slack.md"]),
        (
            {"slack_client_id": "1.2", "slack_client_secret": "s", "public_url": "https://crm.example.com"},
            ["owners add the app with /connect slack"],
        ),
        (
            {"slack_client_id": "1.2", "slack_app_token": "xapp-1"},
            ["adding by a link needs HTTP: take SLACK_APP_TOKEN out"],
        ),
    ],
)
def test_doctor_says_what_a_link_needs(given: dict[str, str], says: list[str]) -> None:
    settings = Settings(_env_file=None, **{"slack_signing_secret": "s", **given})

    assert [finding.says for finding in _installs(settings)] == says
