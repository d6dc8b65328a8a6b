"""The page of a survey: one answer a link, without a script, in both languages, and the same rows as in any chat."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot.web.surveys import Surveys
from flows.surveys.channels import token
from store.engine import open_database
from store.models import Alert, Customer, Given, Invitation, Survey
from tests.engines import Hands, fresh
from tests.flows.surveys.scene import Scene
from tests.transcripts.performance import perform
from tests.transcripts.script import read
from tests.transcripts.stages import WIRES

STORY = """# A survey of six questions with logic
now: 2026-03-02 10:00 Asia/Shanghai
people:
  Ann: owner
  Li Wei: customer of Acme
given:
  customer Acme, owner=Ann, contact=Li Wei
---
Ann: /newsurvey service
  > [Publish]
Ann presses Publish
  ~ is published
Ann: /who Acme
  > Acme
Ann presses Ask how it was
  > Which survey goes to Acme?
Ann presses Which service to improve
  > [Send]
Ann presses Send
  ~ Sent to Li Wei
Li Wei reads
  > Which service was least convenient lately?
Li Wei presses Delivery
  ~ What happened the last time?
Li Wei: Two weeks late
  > What should we improve first?
Li Wei presses ☐ Delivery
  ~ [☑ Delivery] [Done]
Li Wei presses ☐ Repair
  ~ [☑ Repair] [Done]
Li Wei presses Done
  ~ How satisfied are you with our service all in all?
Li Wei presses 3 · so-so
  ~ May we call you about it?
Li Wei presses Yes, please do
  ~ You answered 3: so-so.
Ann reads
  > So-so: 3 of 5
db:
  invitation: state=finished score=3
"""
PRESSED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("least", ("delivery",)),
    ("last", ("Two weeks late",)),
    ("first", ("delivery", "repair")),
    ("score", ("3",)),
    ("call", ("yes",)),
)
ROWS = {"least": "delivery", "last": "Two weeks late", "first": ["delivery", "repair"], "score": 3, "call": True}


@pytest.mark.parametrize("wire", ["telegram", "slack-http", "browser"])
async def test_the_same_rows_on_every_wire(wire: str, tmp_path: Path) -> None:
    story = tmp_path / "six.chat"
    story.write_text(STORY, encoding="utf-8")
    with fresh("sqlite", tmp_path) as url:
        await perform(read(story), next(each for each in WIRES if each.name == wire), url, tmp_path / "files")
        database = open_database(url, Hands())
        rows = database.write(_rows).result(10)
        database.close()
    assert rows == ROWS


def _rows(work: Any) -> Mapping[str, Any]:
    work.workspace = 1
    return {row.question: row.value for row in work.find(Given)}


class Page:
    """A customer's browser at the link that a member copied."""

    def __init__(self, scene: Scene, client: httpx.AsyncClient, survey: str = "service") -> None:
        self.scene = scene
        self.client = client
        scene.member("Ann", "owner")
        scene.presses("staff", "Ann", f"survey-from:{survey}")
        found = scene.find(Survey, draft=True)[0]
        scene.presses("staff", "Ann", f"survey-publish:{found.id}")
        self.customer = scene.customer("鼎盛", owner=1, chats=0)
        scene.presses("staff", "Ann", f"survey-which:{self.customer}:{found.id}:0")
        self.invitation = scene.find(Invitation)[0].id
        scene.presses("staff", "Ann", f"survey-link:{self.invitation}")
        firm = scene.write(lambda work: work.firm(1))
        self.path = f"/s/{token(firm, self.invitation)}"

    async def look(self, lang: str = "en") -> str:
        return (await self.client.get(f"{self.path}?lang={lang}")).text

    async def fill(self, step: str, *values: str, **more: str) -> httpx.Response:
        data = {"step": step, "answer": list(values), **more}
        return await self.client.post(f"{self.path}?lang=en", data=data, follow_redirects=True)

    @property
    def row(self) -> Invitation:
        return self.scene.find(Invitation)[0]

    @property
    def given(self) -> Mapping[str, Any]:
        return {row.question: row.value for row in self.scene.find(Given)}


@asynccontextmanager
async def opened(folder: Path, survey: str = "service") -> AsyncIterator[Page]:
    with fresh("sqlite", folder) as url:
        clock = Hands()
        scene = Scene(open_database(url, clock), clock)
        pages = Surveys(scene.database)
        routes = [Route("/s/{token}", pages.look), Route("/s/{token}", pages.answer, methods=["POST"])]
        transport = httpx.ASGITransport(Starlette(routes=routes))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            yield Page(scene, client, survey)
        scene.database.close()


async def test_the_page_gives_the_same_rows(tmp_path: Path) -> None:
    async with opened(tmp_path) as page:
        for step, values in PRESSED:
            assert f'value="{step}"' in await page.look()
            answer = await page.fill(step, *values)
            assert answer.status_code == 200
        assert page.given == ROWS
        assert (page.row.state, page.row.score, page.row.channel) == ("finished", 3, "web")
        assert "Your answer is in" in answer.text
        assert [alert.topic for alert in page.scene.find(Alert)] == ["so-so scores"]


async def test_a_link_takes_one_answer(tmp_path: Path) -> None:
    async with opened(tmp_path) as page:
        for step, values in PRESSED:
            await page.fill(step, *values)
        again = await page.fill("score", "5")
        assert "Your answer is in" in again.text
        assert page.given == ROWS


async def test_an_earlier_page_of_the_browser_changes_that_answer_and_counts_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as page:
        await page.fill("least", "delivery")
        await page.fill("last", "late")
        await page.fill("least", "none")
        assert page.given == {"least": "none"}
        assert page.row.step == "first"
        await page.fill("least", "none")
        assert page.given == {"least": "none"}


async def test_looking_changes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as page:
        before = page.row
        for _ in range(3):
            await page.look()
        assert page.row == before


async def test_both_languages_without_a_script(tmp_path: Path) -> None:
    async with opened(tmp_path) as page:
        english, chinese = await page.look("en"), await page.look("zh")
        assert "Which service was least convenient lately?" in english
        assert "最近哪项服务最不方便？" in chinese
        assert "鼎盛您好" in chinese
        assert not re.search(r"<script|style=|onclick", english + chinese)
        assert "sees your answer with your name" in english


async def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    async with opened(tmp_path, "need") as page:
        for step in ("case", "hard", "want", "wish"):
            await page.fill(step, do="skip")
        wrong = await page.fill("people", "as many as we can hire")
        assert wrong.status_code == 422
        assert "as many as we can hire" in wrong.text
        assert "example 12" in wrong.text
        await page.fill("people", "三十")
        assert page.given == {"people": 30}
        back = await page.fill("when", do="back")
        assert 'value="30"' in back.text
        assert (await page.fill("when")).status_code == 422


async def test_a_made_up_link_opens_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as page:
        for path in (
            page.path[:-1] + "x",
            "/s/1-1-",
            "/s/x",
            "/s/1-99-" + page.path[-20:],
            "/s/9-1-" + page.path[-20:],
        ):
            answer = await page.client.get(path)
            assert answer.status_code == 404
            assert "鼎盛" not in answer.text
            assert (await page.client.post(path, data={"step": "least", "answer": "delivery"})).status_code == 404
        assert page.given == {}


async def test_stop_on_the_page_stops_for_good(tmp_path: Path) -> None:
    async with opened(tmp_path) as page:
        await page.fill("least", do="stop")
        assert page.scene.find(Customer)[0].stopped == "surveys"
        assert (page.row.state, page.given) == ("stopped", {})
        assert "no more surveys" in await page.look()


async def test_a_link_is_open_for_fourteen_days(tmp_path: Path) -> None:
    async with opened(tmp_path) as page:
        page.scene.tick(days=14)
        assert "this link is over" in await page.look()
        await page.fill("least", "delivery")
        assert page.given == {}


async def test_what_a_customer_writes_is_text_on_the_page(tmp_path: Path) -> None:
    async with opened(tmp_path) as page:
        await page.fill("least", "delivery")
        await page.fill("last", "<script>alert(1)</script>")
        assert "<script>" not in (await page.fill("first", do="back")).text
