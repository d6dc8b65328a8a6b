"""The demo firm, and its three chats on one page."""

from __future__ import annotations

import asyncio
import json
import re
import time
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect

from bot.app import open_store
from bot.serving import Serving
from bot.web.local import run
from flows.demo import found_demo
from store.models import Activity, Alert, Customer, Invitation, Member, Promise, Reminder, Tag
from tests.web.test_door import rows

Pane = dict[str, str]


async def panes(service: Serving, language: str) -> list[Pane]:
    """What the page hands to its three chats."""
    link = (await run(service.application.database, "welcome", {}))["link"]
    async with httpx.AsyncClient(trust_env=False, follow_redirects=True) as browser:
        page = await browser.get(f"{link}?lang={language}")
        assert page.url.path == "/demo"
        sections = re.findall(r'<section class="pane"([^>]*)>', page.text)
    return [{name: unescape(value) for name, value in re.findall(r'data-(\w+)="([^"]*)"', s)} for s in sections]


async def talk(service: Serving, pane: Pane) -> ClientConnection:
    """Sits down before a chat, as the page does."""
    socket = await connect(service.url.replace("http", "ws") + "/chat/ws", proxy=None)
    hello = {"secret": pane["secret"], "language": "en", "since": 0}
    await socket.send(json.dumps({"hello": hello | ({"chat": pane["chat"]} if "chat" in pane else {})}))
    return socket


async def say(socket: ClientConnection, text: str) -> None:
    await socket.send(json.dumps({"key": f"key-{time.monotonic_ns()}", "kind": "say", "text": text}))


async def reads(socket: ClientConnection, words: str) -> dict[str, Any]:
    """The first entry of the bot with these words."""
    async with asyncio.timeout(20):
        async for frame in socket:
            for entry in json.loads(frame).get("entries", ()):
                if entry.get("by") == "bot" and words in "".join(run[0] for run in entry.get("text", ())):
                    return dict(entry)
    raise AssertionError(words)


async def press(socket: ClientConnection, entry: dict[str, Any], label: str) -> None:
    button = next(button for button in entry["buttons"] if button["label"].startswith(label))
    frame = {
        "key": f"key-{time.monotonic_ns()}",
        "kind": "press",
        "press": button["press"],
        "message": str(entry["id"]),
    }
    await socket.send(json.dumps(frame))


async def test_the_firm_is_full(demo: Serving) -> None:
    def counts(work: Any) -> dict[str, int]:
        kinds = (Customer, Member, Activity, Reminder, Promise, Tag, Invitation)
        return {kind.__name__: len(work.find(kind)) for kind in kinds}

    found = await rows(demo, counts)
    assert (found["Customer"], found["Member"]) == (60, 4)
    assert found["Activity"] > 150
    assert min(found["Reminder"], found["Promise"], found["Tag"], found["Invitation"]) >= 5


async def test_dates_are_relative_to_today(demo: Serving) -> None:
    def newest(work: Any) -> Any:
        return work.now - max(activity.at for activity in work.find(Activity))

    assert 0 < (await rows(demo, newest)).total_seconds() < 3 * 86400


async def test_a_firm_is_never_made_over_another(demo: Serving) -> None:
    assert demo.application.database.write(found_demo).result(20) is False


async def test_it_is_made_in_seconds(tmp_path: Path) -> None:
    database = open_store(f"sqlite:///{tmp_path / 'demo.db'}")
    started = time.process_time()
    assert database.write(found_demo).result(20) is True
    assert time.process_time() - started < 3
    database.close()


@pytest.mark.parametrize(
    ("language", "asks", "send", "score", "words", "claim"),
    [
        ("en", "Ask how it was", "Send", "2", "Waited an hour for the engineer", "Claim"),
        ("zh", "请客户评价", "发送", "2", "等了一个小时", "认领"),
    ],
)
async def test_the_story_runs_through_three_chats(
    demo: Serving, language: str, asks: str, send: str, score: str, words: str, claim: str
) -> None:
    rep, customer, room = await panes(demo, language)
    async with await talk(demo, rep) as one, await talk(demo, customer) as two, await talk(demo, room) as three:
        await say(one, rep["hint"])
        logged = await reads(one, "Acme" if language == "en" else "华为")
        await press(one, logged, next(b["label"] for b in logged["buttons"] if asks in b["label"]))
        await press(one, await reads(one, "Li Wei" if language == "en" else "张伟"), send)
        asked = await reads(two, "?" if language == "en" else "？")
        await press(two, asked, score)
        await reads(two, "2")
        await say(two, words)
        card = await reads(three, words)
        await press(three, card, claim)
        await reads(two, "Maya Patel" if language == "en" else "陈静")
    alert = await rows(demo, lambda work: work.first(Alert, words=words))
    assert alert.state == "claimed"


async def test_the_page_is_shown_to_its_owner_only(demo: Serving) -> None:
    async with httpx.AsyncClient(base_url=demo.url, trust_env=False, follow_redirects=True) as stranger:
        page = await stranger.get("/demo")
        assert page.url.path == "/"
        assert "secret" not in page.text


async def test_secrets_differ_from_install_to_install(demo: Serving) -> None:
    english, chinese = await panes(demo, "en"), await panes(demo, "zh")
    assert len({pane["secret"] for pane in (*english, *chinese)}) == 6
