"""Who comes in, by which link, and what everybody else sees."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from adapters.browser import COOKIE, person_of
from bot.serving import Serving
from bot.web.local import run
from flows.setup.actions import make_pass
from flows.setup.entrance import page_link
from store.firms import firms
from store.models import Identity, Member
from store.work import Work


async def rows(service: Serving, act: Callable[[Work], Any]) -> Any:
    """Something done in the firm's own transaction."""

    def inside(work: Work) -> Any:
        work.workspace = firms(work)[0].id
        return act(work)

    return await asyncio.wrap_future(service.application.database.write(inside))


async def ann(service: Serving, role: str = "owner") -> Member:
    found: Member = await rows(service, lambda work: work.add(Member(name="Ann", role=role, joined=work.now)))
    return found


async def member_at(service: Serving, browser: httpx.AsyncClient) -> str:
    """The name of whoever sits at this browser, by the tables."""
    person = person_of(browser.cookies[COOKIE])

    def find(work: Work) -> str:
        identity = work.first(Identity, person=person)
        member = work.get(Member, identity.member) if identity and identity.member else None
        return member.name if member else ""

    return str(await rows(service, find))


async def test_a_stranger_finds_a_calm_page(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/")
    assert page.status_code == 200
    assert "you come in by a link that works once" in page.text
    assert COOKIE not in browser.cookies


async def test_the_page_speaks_the_browsers_language(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert "凭一次性链接进入" in page.text


@pytest.mark.parametrize("path", ["/chat", "/demo"])
async def test_nobody_is_let_past_the_door(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(path)).url.path == "/"


async def test_the_consoles_link_makes_the_first_owner(service: Serving, browser: httpx.AsyncClient) -> None:
    link = (await run(service.application.database, "welcome", {}))["link"]
    asked = await browser.get(link)
    assert "What do people call you?" in asked.text
    entered = await browser.post(link, data={"name": "Ann"})
    assert entered.url.path == "/chat"
    assert await member_at(service, browser) == "Ann"


async def test_a_page_link_is_used_up_by_its_button_and_not_by_looking(
    service: Serving, browser: httpx.AsyncClient
) -> None:
    member = await ann(service)
    link = await rows(service, lambda work: page_link(work, member))
    for _look in range(3):
        assert "This link works once." in (await browser.get(link)).text
    assert (await browser.post(link)).url.path == "/chat"
    assert await member_at(service, browser) == "Ann"
    browser.cookies.clear()
    assert (await browser.post(link)).status_code == 410
    assert COOKIE not in browser.cookies


async def test_the_cookie_is_kept_from_scripts_and_other_sites(service: Serving, browser: httpx.AsyncClient) -> None:
    member = await ann(service)
    link = await rows(service, lambda work: page_link(work, member))
    answer = await browser.post(link, follow_redirects=False)
    set_cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in set_cookie
    assert "samesite=lax" in set_cookie


async def test_another_sites_form_signs_nobody_in(service: Serving, browser: httpx.AsyncClient) -> None:
    member = await ann(service)
    link = await rows(service, lambda work: page_link(work, member))
    answer = await browser.post(link, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 410
    assert (await browser.post(link)).url.path == "/chat"


async def test_two_presses_at_once_let_one_browser_in(service: Serving) -> None:
    member = await ann(service)
    link = await rows(service, lambda work: page_link(work, member))

    async def press() -> int:
        async with httpx.AsyncClient(trust_env=False) as browser:
            return (await browser.post(link)).status_code

    assert sorted(await asyncio.gather(*(press() for _ in range(5)))) == [303, 410, 410, 410, 410]


@pytest.mark.parametrize("token", ["x", "A" * 22, "%F0%9F%98%80", "..%2f..%2fetc"])
async def test_a_wrong_link_says_what_to_do(browser: httpx.AsyncClient, token: str) -> None:
    page = await browser.get(f"/enter/{token}")
    assert page.status_code in (404, 410)
    assert (await browser.post(f"/enter/{token}")).status_code in (404, 410)


async def test_a_removed_member_is_outside_at_once(service: Serving, browser: httpx.AsyncClient) -> None:
    member = await ann(service)
    await browser.post(await rows(service, lambda work: page_link(work, member)))
    assert (await browser.get("/")).url.path == "/chat"
    await rows(service, lambda work: work.change(member, state="removed"))
    assert (await browser.get("/chat")).url.path == "/"


async def test_a_customers_link_opens_the_visitors_chat(service: Serving, browser: httpx.AsyncClient) -> None:
    def invite(work: Work) -> str:
        return make_pass(work, "customer", customer=work.customers.add("Acme", owner=None).id)

    token = await rows(service, invite)
    page = await browser.get(f"/c/{token}")
    assert f'data-start="{token}"' in page.text
    assert (await browser.get(f"/enter/{token}")).url.path == f"/c/{token}"


async def test_a_customers_link_can_not_make_a_member(service: Serving, browser: httpx.AsyncClient) -> None:
    def invite(work: Work) -> str:
        return make_pass(work, "customer", customer=work.customers.add("Acme", owner=None).id)

    token = await rows(service, invite)
    assert (await browser.post(f"/enter/{token}")).status_code == 410
    assert await rows(service, lambda work: work.people.members()) == []
