"""The app as it is made at Slack asks for what the adapter understands and uses, and for no more."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from adapters.slack.incoming import ENDS
from adapters.slack.oauth import SCOPES as ASKED
from adapters.slack.parse import KINDS
from tests.wires.slack.rules import ARGUMENTS

HOWTO = (Path(__file__).parents[3] / "docs" / "slack.md").read_text()
MANIFEST = (Path(__file__).parents[3] / "slack-manifest.yaml").read_text()
SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "chat.unfurl": "links:write",
    "conversations.open": "im:write",
    "conversations.info": "channels:read",
    "users.info": "users:read",
    "files.info": "files:read",
    "files.delete": "files:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}
"""Method → the scope it needs; those that are missing need none."""


def items(name: str) -> set[str]:
    """The list under that key."""
    found = re.search(rf"^( *){name}:\n((?:\1  - .*\n)+)", MANIFEST, re.MULTILINE)
    assert found, name
    return {line.strip().removeprefix("- ").partition(" #")[0] for line in found[2].splitlines()}


def test_it_subscribes_to_every_kind_that_we_read() -> None:
    assert {event.partition(".")[0] for event in items("bot_events")} == {*KINDS, *ENDS}


def test_every_call_has_its_scope() -> None:
    assert {SCOPES[method] for method in ARGUMENTS if method in SCOPES} <= items("bot")


def test_a_link_asks_for_what_the_manifest_has() -> None:
    assert set(ASKED) == items("bot")


def test_every_message_event_has_its_scope() -> None:
    kinds = {event.partition(".")[2] for event in items("bot_events") if event.startswith("message.")}

    assert {f"{kind}:history" for kind in kinds} <= items("bot")


def test_reading_and_writing_slacks_json_needs_none_of_its_libraries() -> None:
    code = "import sys, adapters.slack.parse, adapters.slack.render; print([n for n in sys.modules if 'slack_' in n])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def test_the_command_and_the_shortcut_are_those_of_the_docs() -> None:
    assert "command: /crm" in MANIFEST
    assert "callback_id: log_activity" in MANIFEST
    assert MANIFEST.count("/hooks/slack") == 4


def test_the_page_explains_every_scope_and_no_other() -> None:
    table = HOWTO.partition("| scope | for |")[2].partition("## ")[0]
    assert set(re.findall(r"`([a-z_]+(?::[a-z]+)?)`", table)) == items("bot")


def test_the_page_names_what_the_manifest_has() -> None:
    assert MANIFEST.count("rapport.example.com") - 1 == 5  # one stands in its own first lines
    assert len(re.findall(r"^ +(?:request_)?url: ", MANIFEST, re.MULTILINE)) == 3
    for name in ("unfurl_domains", "redirect_urls", "socket_mode_enabled", "connections:write"):
        assert name in MANIFEST
        assert name in HOWTO
    assert "name: Log as activity" in MANIFEST
