"""What every address of the site keeps: headers, sizes, health, numbers, languages."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.serving import Serving
from bot.web import health
from tests.web.test_door import ann, page_link, rows

PAGES = ("/", "/c/abc", "/widget", "/enter/abc", "/healthz", "/metrics", "/static/chat.js", "/nowhere")


@pytest.mark.parametrize("path", PAGES)
async def test_every_answer_has_strict_headers(browser: httpx.AsyncClient, path: str) -> None:
    headers = (await browser.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy
    assert policy.endswith("frame-ancestors *" if path == "/widget" else "frame-ancestors 'none'")


@pytest.mark.parametrize("path", ["/", "/c/abc", "/widget", "/enter/abc"])
async def test_pages_keep_their_own_policy(browser: httpx.AsyncClient, path: str) -> None:
    """Nothing inline, nothing from elsewhere: a browser would refuse it."""
    text = (await browser.get(path)).text
    assert not re.search(r"<script(?![^>]*src=)", text)
    assert not re.search(r"<style|style=|\son\w+=", text)
    assert not re.findall(r'(?:src|href)="(?!/)(?!\?)[^"]*"', text)


async def test_a_large_body_is_refused(browser: httpx.AsyncClient) -> None:
    assert (await browser.post("/local", content=b"x" * (1024 * 1024 + 1))).status_code == 413


async def test_a_large_body_without_a_length_is_cut_off(service: Serving, browser: httpx.AsyncClient) -> None:
    link = await rows(service, lambda work: page_link(work, _member(work)))

    async def endless() -> Any:
        for _ in range(20):
            yield b"name=" + b"x" * 100_000

    head = {"Content-Type": "application/x-www-form-urlencoded"}
    with pytest.raises(httpx.HTTPError):
        (await browser.post(link, content=endless(), headers=head)).raise_for_status()


def _member(work: Any) -> Any:
    from store.models import Member

    return work.add(Member(name="Bob", role="rep", joined=work.now))


async def test_health_is_well(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "problems": []})


async def test_health_is_red_when_the_disk_is_nearly_full(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "free_share", lambda folder: 0.04)
    answer = await browser.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["problems"] == ["the disk is nearly full: 4% free"]


async def test_health_is_red_when_the_writer_hangs(
    service: Serving, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    monkeypatch.setattr(health, "PATIENCE", 0.1)
    release = threading.Event()
    stuck = service.application.database.write(lambda work: release.wait(5))
    try:
        answer = await browser.get("/healthz")
    finally:
        release.set()
        stuck.result(5)
    assert answer.status_code == 503
    assert answer.json()["problems"] == ["the database does not answer"]


async def test_metrics_are_prometheus_text(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "rapport_turns_total" in answer.text


async def test_the_widgets_script_is_where_websites_look(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/widget.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text == (await browser.get("/static/widget.js")).text


async def test_commands_are_those_of_the_reader(service: Serving, browser: httpx.AsyncClient) -> None:
    def names(answer: httpx.Response) -> set[str]:
        return {row["name"] for row in answer.json()}

    for_visitors = await browser.get("/chat/commands?language=zh")
    member = await ann(service)
    await browser.post(await rows(service, lambda work: page_link(work, member)))
    for_ann = await browser.get("/chat/commands?language=en")
    assert {"remind", "who"} <= names(for_ann)
    assert not {"remind", "who", "add", "members"} & names(for_visitors)
    assert all(row["help"] for row in for_ann.json())
    assert any(re.search("[\u4e00-\u9fff]", row["help"]) for row in for_visitors.json())


async def test_the_console_is_heard_with_its_token_only(service: Serving, browser: httpx.AsyncClient) -> None:
    asked = {"do": "state", "with": {}}
    right = {"Authorization": f"Bearer {service.token}"}
    assert (await browser.post("/local", json=asked)).status_code == 404
    assert (await browser.post("/local", json=asked, headers={"Authorization": "Bearer x"})).status_code == 404
    answer = await browser.post("/local", json=asked, headers=right)
    assert answer.json()["result"]["url"] == service.url


async def test_what_the_console_can_not_do_is_a_sentence(service: Serving, browser: httpx.AsyncClient) -> None:
    right = {"Authorization": f"Bearer {service.token}"}
    asked = {"do": "invite-member", "with": {"role": "king"}}
    answer = await browser.post("/local", json=asked, headers=right)
    assert answer.json() == {"problem": "A role is one of: owner, manager, rep, viewer."}


async def test_the_way_to_the_service_is_for_its_owner_only(service: Serving, tmp_path: Path) -> None:
    note = tmp_path / "service.json"
    assert json.loads(note.read_text())["url"] == service.url
    assert os.stat(note).st_mode & 0o777 == 0o600
