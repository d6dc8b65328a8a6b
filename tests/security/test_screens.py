"""Words that mean harm, in every field that somebody else reads, on our own pages in a real browser.

The pages' policy is switched off, so that it is the escaping that holds: nothing runs, nothing is loaded from
elsewhere, no dialog opens, and what was typed is what is read.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from adapters.browser import COOKIE, person_of
from bot.core.messages import Address, Body, Command, Event, Pressed, Said, Sender
from bot.serving import Serving
from bot.web import pages
from flows import handle as flows
from flows.surveys.channels import token
from flows.turn import sign
from store.models import Article, Conversation, Identity, Invitation, Member, StoredFile, Survey
from store.work import Work
from tests.browser import PATIENCE, Browser, Page, chromium, program
from tests.web.conftest import service, settings
from tests.web.test_door import rows

__all__ = ["service", "settings"]

pytestmark = [
    pytest.mark.skipif(not program(), reason="LEFT OUT: there is no Chromium here"),
    pytest.mark.xdist_group("chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

EVIL = (
    "<script>ran(1);alert(1)</script>",
    "<img src=x onerror=ran(2)>",
    '"><svg onload=ran(3)>',
    "<svg><animate onbegin=ran(4) attributeName=x dur=1s>",
    "'-ran(5)-'",
    "</textarea><script>ran(6)</script>",
    "</title><iframe srcdoc='<script>parent.ran(7)</script>'>",
    '" autofocus onfocus="ran(8)',
    "<details open ontoggle=ran(9)>",
    "<img src=https://evil.example/pixel.png>",
    "<style>@import url(https://evil.example/a.css);</style>",
    "<link rel=stylesheet href=//evil.example/b.css>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "[press](javascript:ran(10))",
    "![x](https://evil.example/c.png)",
    "<javascript:ran(11)|press>",
    "javascript:ran(12)",
    "data:text/html,<script>ran(13)</script>",
    "&lt;script&gt;ran(14)&lt;/script&gt;",
    "&#60;img src=x onerror=ran(15)&#62;",
    "{{ran(16)}} ${ran(17)} {0} {% raw %}",
    "x:expression(ran(18));background:url(https://evil.example/d)",
    "abc\u202ecod.exe",
    "zero\u200bwidth\u2060here",
    "*bold* _it_ ~s~ `code`",
)
ALL = " ".join(EVIL)
WATCH = "window.runs = []; window.ran = what => window.runs.push(what);"
LIVE = """(() => {
  const all = [document, ...[...document.querySelectorAll('iframe')].map(e => e.contentDocument).filter(e => e)];
  return all.flatMap(d => [...d.querySelectorAll(
    'script:not([src]), iframe[srcdoc], svg animate, details, style, base, meta[http-equiv], [href*="evil.example"],'
    + '[src*="evil.example"], [href^="javascript" i], [href^="data:text" i], [onerror], [onload], [onfocus]')]
  ).map(e => e.outerHTML);
})()"""
SAID = "[...document.querySelectorAll('.message.bot')].map(e => e.innerText).join('\\n')"
PICTURES = "[...document.querySelectorAll('.picture img')].map(e => e.src)"
RUNS = "[window, ...Array.from(frames)].flatMap(each => each.runs ?? [])"
EMBED = """(() => {
  const script = document.createElement('script');
  script.src = '/widget.js';
  script.dataset.title = %s;
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) { return window.shadow = attach.call(this, how); };
  document.body.append(script);
})()"""
INSIDE = "window.shadow?.querySelector('iframe')?.contentDocument?.body?.innerText ?? ''"
UNESCAPED = """document.createTextNode = text => {
  const element = document.createElement('span');
  element.innerHTML = text;
  return element;
};"""
ANN, READER = "ann-" + "a" * 28, "cus-" + "c" * 28


def _both(words: str) -> dict[str, str]:
    return {"en": words, "zh": words}


CHOICES = [{"id": str(number), "label": _both(words)} for number, words in enumerate(EVIL)]
STEPS = [
    {"name": "least", "kind": "choice", "ask": _both(ALL), "choices": CHOICES},
    {"name": "why", "kind": "words", "ask": _both("Why?")},
]


class Seat:
    """A firm with harm in every field, whose people act through the real handle() from where their browsers are."""

    def __init__(self, service: Serving) -> None:
        self.service = service
        self.keys = itertools.count(1)
        self.reader = self.survey = 0
        self.page = ""

    async def furnish(self) -> None:
        """Rows as an import, an app or a platform may bring them: past whatever a dialog would have refused."""
        await rows(self.service, self._furnish)

    def _furnish(self, work: Work) -> None:
        ann = work.add(Member(name="Ann", role="owner", joined=work.now))
        for words in EVIL:
            customer = work.customers.add(words, owner=ann.id, need=words)
            work.customers.add_contact(customer, words, title=words)
            work.customers.tag(customer.id, words.replace(" ", "-"))
            work.add(StoredFile(name=words, hash="ab" * 32, customer=customer.id, at=work.now))
        reader = work.customers.add(f"Reader {EVIL[0]}", owner=ann.id)
        for secret, bound in ((ANN, {"member": ann.id}), (READER, {"customer": reader.id})):
            person = person_of(secret)
            values = {"platform": "browser", "account": "web", "person": person, "name": EVIL[1]}
            work.add(Identity(**values, **bound))
            side = "member" if "member" in bound else "customer"
            where = Address("browser", "web", person)
            chat = {"platform": "browser", "account": "web", "side": side, "seen": work.now}
            work.add(Conversation(address=where.key, **chat, **bound))
        survey = work.add(Survey(name="evil", title=_both(f"Evil {ALL}"), kind="", steps=STEPS))
        work.add(Article(number=1, title=_both(f"Returns {ALL}"), body=_both(ALL), made=work.now, changed=work.now))
        values = {"survey": survey.id, "customer": reader.id, "made": work.now, "sent": work.now, "step": "least"}
        asked = work.add(Invitation(trigger="link", channel="web", state="sent", **values))
        firm = work.firm(work.workspace)
        assert firm is not None
        self.reader, self.survey, self.page = reader.id, survey.id, f"/s/{token(firm, asked.id)}?lang=en"

    async def does(self, secret: str, body: Body) -> None:
        where = Address("browser", "web", person_of(secret))
        key = f"e{next(self.keys)}"

        def act(work: Work) -> None:
            flows.handle(work, Event(key, work.now, where, Sender(where.chat, EVIL[1]), body))

        await asyncio.wrap_future(self.service.application.database.write(act))

    async def types(self, secret: str, typed: str) -> None:
        name, _space, rest = typed[1:].partition(" ")
        key = f"m{next(self.keys)}"
        await self.does(secret, Command(name, rest, key) if typed.startswith("/") else Said(typed, key))

    async def presses(self, press: str) -> None:
        firm = await rows(self.service, lambda work: work.firm(work.workspace))
        where = Address("browser", "web", person_of(ANN))
        await self.does(ANN, Pressed(sign(firm.secret, where, press), "1"))


@pytest.fixture
async def seat(service: Serving) -> Seat:
    seat = Seat(service)
    await seat.furnish()
    return seat


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


async def watched(browser: Browser, home: str, *first: str) -> Page:
    """A tab that sees what runs and what is asked for; no policy helps it."""
    page = await browser.page()
    await page.call("Network.enable")
    await page.call("Page.setBypassCSP", enabled=True)
    for script in (WATCH, *first):
        await page.call("Page.addScriptToEvaluateOnNewDocument", source=script)
    await page.call("Network.setCookie", name=COOKIE, value=ANN, url=home, httpOnly=True, sameSite="Lax")
    return page


async def harm(page: Page, home: str) -> list[Any]:
    """What ran, what came to life, what was asked of others, and dialogs."""
    ours = (home, "about:", "blob:", "data:image/")
    away = [url for url in page.asked_for if not url.startswith(ours)]
    return [*await page.run(RUNS), *await page.run(LIVE), *away, *page.dialogs]


async def missing(page: Page, script: str = "document.body.innerText") -> list[str]:
    """What can't be read there as it was typed."""
    text = await page.run(script)
    return [words for words in EVIL if words not in text]


async def test_harm_in_every_field_of_a_survey_stays_words(seat: Seat, browser: Browser) -> None:
    home = seat.service.url
    page = await watched(browser, home)
    await page.open(f"{home}{seat.page}")
    assert await missing(page) == []
    assert await harm(page, home) == []
    await page.press(EVIL[3])
    await page.until("document.querySelector('textarea') !== null")
    await page.write(ALL, "body")
    await page.press("Next question")
    await page.reads("Your answer is in")
    await seat.types(ANN, "/results evil")
    await seat.types(ANN, "/results evil comments")
    await seat.types(ANN, "/results evil chart")
    await page.open(f"{home}/chat?lang=en")
    await page.until("document.querySelectorAll('.log .picture img').length > 0")
    await page.until(f"({SAID}).includes({json.dumps(EVIL[-1])})")
    assert await missing(page, SAID) == []
    assert await harm(page, home) == []
    assert all(url.startswith(f"{home}/chat/file/") for url in await page.run(PICTURES))


async def test_harm_in_every_field_of_a_member_stays_words(seat: Seat, browser: Browser) -> None:
    home = seat.service.url
    for typed in (f"/ticket Reader {ALL}", "/open", "/kb returns", *(f"/who {words}" for words in EVIL)):
        await seat.types(ANN, typed)
    page = await watched(browser, home)
    await page.open(f"{home}/chat?lang=en")
    await page.until(f"document.querySelectorAll('.message.bot').length >= {len(EVIL) + 3}")
    assert await missing(page, SAID) == []
    assert await harm(page, home) == []


async def test_harm_that_a_customer_is_shown_stays_words(seat: Seat, browser: Browser) -> None:
    home = seat.service.url
    await seat.presses(f"survey-which:{seat.reader}:{seat.survey}:0")
    found = await rows(seat.service, lambda work: work.find(Invitation))
    await seat.presses(f"survey-anyway:{found[-1].id}")
    await seat.types(READER, ALL)
    page = await watched(browser, home, f"localStorage.setItem('rapport.visitor', {json.dumps(READER)})")
    await page.open(f"{home}/c/nothing?lang=en")
    await page.until(f"({SAID}).includes({json.dumps(EVIL[-1])})")
    assert await missing(page, SAID) == []
    await page.run(EMBED % json.dumps(ALL))
    await page.until("window.shadow?.querySelector('button') != null")
    await page.run("window.shadow.querySelector('button').click()")
    await page.until(f"({INSIDE}).includes({json.dumps(EVIL[-1])})")
    assert await missing(page, INSIDE) == []
    assert await harm(page, home) == []


async def test_the_watch_sees_what_is_not_escaped(
    seat: Seat, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = seat.service.url
    bare = Environment(loader=FileSystemLoader(pages.HERE / "templates"), autoescape=False)  # noqa: S701 - the proof
    monkeypatch.setattr(pages, "_templates", lambda: bare)
    await seat.types(ANN, "/kb returns")
    for path, first in ((seat.page, ()), ("/chat?lang=en", (UNESCAPED,))):
        page = await watched(browser, home, *first)
        await page.call("Page.navigate", url=f"{home}{path}")
        async with asyncio.timeout(PATIENCE):
            while not any("evil.example" in url for url in page.asked_for):  # noqa: ASYNC110 - the tab has no event
                await asyncio.sleep(0.05)
