"""One Slack app in several workspaces: a link lets it in, each is its firm's own, and it leaves without a trace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from bot.local import held
from bot.serving import Serving, serving
from bot.web.local import run
from flows.accounts.installs import PURPOSE
from flows.setup.actions import make_pass
from store.models import Account, Member
from store.work import Work
from tests.journeys.house import until
from tests.journeys.slack_house import PAGES, reads
from tests.web.conftest import settings_of
from tests.wires.slack import Person, SlackWire, Team
from tests.wires.slack.installs import CLIENT_ID, CLIENT_SECRET

COOKIE = "rapport_install"


@dataclass
class House:
    """A running service with its own Slack workspace, whose owner is Ann."""

    wire: SlackWire
    service: Serving
    client: httpx.AsyncClient
    ann: Person
    other: Team

    async def link(self) -> str:
        """What Ann gets when she asks; the button leads to us, as a path."""
        before = self._links()
        self.ann.says("bot", "/connect slack")
        await until(lambda: self._links() > before, 10, lambda: "no link came")
        return str((self._links() - before).pop()).removeprefix(PAGES)

    def _links(self) -> set[str]:
        buttons = [button for seen in self.ann.sees("bot") if seen.by_bot for button in seen.buttons]
        return {button["url"] for button in buttons if button["text"]["text"] == "Add to Slack"}

    async def begins(self, link: str) -> tuple[str, dict[str, str]]:
        """Slack's page that the link leads to, and the cookie of this browser."""
        answer = await self.client.get(link)
        self.client.cookies.clear()
        assert answer.status_code == 303, answer.text
        return answer.headers["location"], {"Cookie": f"{COOKIE}={answer.cookies[COOKIE]}"}

    async def ends(self, back: str, headers: dict[str, str] | None = None) -> int:
        answer = await self.client.get(back.removeprefix(PAGES), headers=headers)
        self.client.cookies.clear()
        return answer.status_code

    async def adds(self, link: str) -> int:
        page, browser = await self.begins(link)
        return await self.ends(self.wire.installs.approved(self.other, page), browser)

    def read(self, ask: Any) -> Any:
        with self.service.application.database.read() as work:
            work.workspace = 1
            return ask(work)

    def row(self) -> Account | None:
        found: Account | None = self.read(lambda work: work.first(Account, bot=f"{self.other.id}/{self.other.bot}"))
        return found

    async def runs(self, *, here: bool = True) -> None:
        running = self.service.application.accounts
        await until(lambda: bool(running.sharing("slack")) is here, 10, lambda: "it did not change")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with AsyncExitStack() as stack:
        wire = await stack.enter_async_context(SlackWire())
        settings = settings_of(
            tmp_path,
            public_url=PAGES,
            slack_bot_token=wire.home.token,
            slack_signing_secret=wire.secret,
            slack_client_id=CLIENT_ID,
            slack_client_secret=CLIENT_SECRET,
            slack_api_url=wire.api_url,
        )
        stack.enter_context(held(settings))
        service = await stack.enter_async_context(serving(settings, lambda line: None))
        near = f"http://127.0.0.1:{service.port}"
        wire.calls(f"{near}/hooks/slack")
        client = await stack.enter_async_context(httpx.AsyncClient(base_url=near, trust_env=False))
        invited = await run(service.application.database, "invite-member", {"role": "owner"})
        ann = wire.user("Ann")
        ann.says("bot", invited["code"])
        await reads(ann, "bot", "What is your firm called?")
        yield House(wire, service, client, ann, wire.team("Acme"))


async def test_a_workspace_comes_leaves_and_comes_back(house: House) -> None:
    assert await house.adds(await house.link()) == 200
    await reads(house.ann, "bot", "Slack @Rapport (Acme) is connected")
    await house.runs()
    row = house.row()
    assert row is not None
    assert house.other.token not in row.token
    zoe = house.wire.user("Zoe", team=house.other)
    zoe.says("bot", "hello")
    await reads(zoe, "bot", "I don't know you yet")
    house.ann.says("bot", "/link")
    code = (await reads(house.ann, "bot", "write this to our bot: code")).shown.split()[-1]
    zoe.says("bot", code)
    await reads(zoe, "bot", "Welcome")

    for delivery in house.wire.uninstalls(house.other):
        assert await delivery.ended() == 200
    await reads(house.ann, "bot", "Slack @Rapport (Acme) was removed from its workspace")
    await house.runs(here=False)
    told = [seen.shown for seen in house.ann.sees("bot") if "(Acme)" in seen.shown and seen.by_bot]
    assert sum("was removed" in words or "refuses" in words for words in told) == 1
    gone = house.row()
    assert gone is not None
    assert (gone.state, gone.token) == ("revoked", "")

    late = house.wire.uninstalls(house.other)
    assert [await delivery.ended() for delivery in late] == [200, 200]
    assert await house.adds(await house.link()) == 200
    await house.runs()
    back = house.row()
    assert back is not None
    assert (back.name, back.state) == (row.name, "active")
    old = house.wire.happens(house.other, {"type": "app_uninstalled"})
    assert await old.ended() == 200
    assert house.row() == back
    zoe.says("bot", "/accounts")
    await reads(zoe, "bot", "Slack @Rapport (Acme), for our people and customers, works.")


async def test_a_link_is_good_once_and_where_it_was_opened(house: House) -> None:
    link = await house.link()
    page, browser = await house.begins(link)
    assert await house.ends(house.wire.installs.declined(page), browser) == 200
    back = house.wire.installs.approved(house.other, page)
    assert await house.ends(back) == 410
    assert await house.ends(back.replace("code=", "code=0"), browser) == 400
    assert house.row() is None
    house.wire.drops("oauth.v2.access")
    assert await house.ends(back, browser) == 502
    assert await house.ends(back, browser) == 200
    assert await house.ends(house.wire.installs.approved(house.other, page), browser) == 410
    assert (await house.client.get(link)).status_code == 410
    assert (await house.client.get(f"{urlsplit(link).path}?ask=guess")).status_code == 410
    house.wire.installs.refresh = True
    page, browser = await house.begins(await house.link())
    assert await house.ends(house.wire.installs.approved(house.other, page), browser) == 400


async def test_no_firm_gets_what_another_has(house: House) -> None:
    assert await house.adds(await house.link()) == 200
    await house.runs()
    added = await run(
        house.service.application.database,
        "workspace-add",
        {"name": "Second", "country": "", "language": "", "zone": ""},
    )

    def second(work: Work) -> str:
        work.workspace = added["number"]
        owner = work.add(Member(name="Eve", role="owner", joined=work.now))
        return make_pass(work, PURPOSE, member=owner.id, by=owner.id)

    state = house.service.application.database.write(second).result()
    before = house.row()
    assert await house.adds(f"/hooks/slack/install?ask={state}") == 409
    own = house.service.application.database.write(second).result()
    page, browser = await house.begins(f"/hooks/slack/install?ask={own}")
    assert await house.ends(house.wire.installs.approved(house.wire.home, page), browser) == 409
    third = house.wire.team("Third")
    page, browser = await house.begins(
        f"/hooks/slack/install?ask={house.service.application.database.write(second).result()}"
    )
    assert await house.ends(house.wire.installs.approved(third, page), browser) == 200
    assert house.row() == before
    assert house.read(lambda work: work.first(Account, bot=f"{third.id}/{third.bot}")) is None
