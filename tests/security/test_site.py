"""Every address of the site against everybody who may open it: what is unlisted fails the build.

What is refused has changed nothing, and headers that anybody can send make nobody a colleague or this machine's own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
from starlette.routing import BaseRoute, Mount, Route

from adapters.browser import COOKIE, person_of
from bot.serving import Serving
from store.firms import set_settings
from store.models import Activity, Identity, Member, Row, StoredFile
from store.work import Work
from tests.security.house import HIDDEN, MAIL, PERSON, WORDS, leaked
from tests.web.conftest import browser, service, settings
from tests.web.test_door import rows

__all__ = ["browser", "service", "settings"]

PEOPLE = ("rep", "removed", "customer", "stranger")
"""At a browser each: a member who may not see the hidden customer, one who is gone, another customer, nobody."""
INSIDE = {"rep": {200}, "removed": {303}, "customer": {303}, "stranger": {303}}
OPEN, NOBODY, GONE = ({who: {status} for who in PEOPLE} for status in (200, 404, 410))
ROUTES: Mapping[tuple[str, str], Mapping[str, set[int]]] = {
    ("GET", "/"): {"rep": {303}, "removed": {200}, "customer": {200}, "stranger": {200}},
    ("GET", "/chat"): INSIDE,
    ("GET", "/chat/commands"): OPEN,
    ("GET", "/demo"): {who: {303} for who in PEOPLE},
    ("GET", "/enter/{token}"): {"rep": {303}, "removed": {410}, "customer": {410}, "stranger": {410}},
    ("POST", "/enter/{token}"): GONE,
    ("GET", "/c/{token}"): OPEN,
    ("GET", "/widget"): OPEN,
    ("GET", "/widget.js"): OPEN,
    ("GET", "/healthz"): OPEN,
    ("GET", "/metrics"): OPEN,  # from this machine, as here; others are answered 404
    ("POST", "/local"): NOBODY,
    ("POST", "/form/{form}"): NOBODY,
    ("GET", "/s/{token}"): NOBODY,
    ("POST", "/s/{token}"): NOBODY,
    ("GET", "/calendar/{token}.ics"): NOBODY,
    ("GET", "/static/{path}"): NOBODY,
    ("GET", "/hooks/{path:path}"): NOBODY,
    ("POST", "/hooks/{path:path}"): NOBODY,
    ("POST", "/chat/file"): {who: {400, 403, 415, 422} for who in PEOPLE},
    ("GET", "/chat/file/{hash}"): NOBODY,
}
APPS = {"/api/v1": "tests/security/test_api.py has its operations", "/static": "files of ours, shown to everybody"}
RESTLESS = {"lease", "timer", "attempt"}
"""What the service writes by itself, and tries that are counted so that they come to an end."""


@pytest.fixture
async def people(service: Serving) -> Mapping[str, dict[str, str]]:
    """The cookie of each."""
    account = service.application.screen and "web"
    cookies = {who: f"cookie-of-the-{who}" for who in PEOPLE}

    def furnish(work: Work) -> None:
        firm = work.firm(work.workspace)
        assert firm is not None
        set_settings(work, firm, sight={"rep": "own"})
        ann = work.add(Member(name="Ann", role="owner", joined=work.now))
        hidden = work.customers.add(HIDDEN, owner=ann.id, email=MAIL)
        work.customers.add_contact(hidden, PERSON)
        done: dict[str, Any] = {"kind": "note", "at": work.now, "logged": work.now, "text": WORDS}
        work.add(Activity(customer=hidden.id, member=ann.id, **done))
        work.add(StoredFile(name=f"{WORDS}.pdf", hash="ab" * 32, customer=hidden.id, at=work.now))
        bob = work.add(Member(name="Bob", role="rep", joined=work.now))
        gone = work.add(Member(name="Gone", role="owner", state="removed", joined=work.now))
        other = work.customers.add("Other Oak", owner=bob.id)
        contact = work.customers.add_contact(other, "Olaf")
        whose: Mapping[str, dict[str, Any]] = {
            "rep": {"member": bob.id},
            "removed": {"member": gone.id},
            "customer": {"customer": other.id, "contact": contact.id},
        }
        for who, bound in whose.items():
            work.add(Identity(platform="browser", account=account, person=person_of(cookies[who]), name=who, **bound))

    await rows(service, furnish)
    return {who: {COOKIE: cookies[who]} for who in PEOPLE}


def routes(found: list[BaseRoute], under: str = "") -> Iterator[tuple[str, str]]:
    """(method, path) of everything that is served; of an app that is mounted whole only where it is."""
    for route in found:
        if isinstance(route, Mount):
            inner = list(route.routes)
            yield from routes(inner, under + route.path) if inner else [("", under + route.path)]
        elif isinstance(route, Route):
            for method in sorted((route.methods or {"GET", "POST"}) - {"HEAD"}):
                yield method, under + route.path


def _served(service: Serving) -> set[tuple[str, str]]:
    return set(routes(list(service.application.site._app.routes)))  # type: ignore[attr-defined]


def test_every_address_is_listed(service: Serving) -> None:
    served = _served(service)
    assert {path for method, path in served if not method} == APPS.keys()
    assert {route for route in served if route[0]} == ROUTES.keys() - {("GET", "/static/{path}")}


async def test_everybody_gets_there_what_they_may_and_a_refusal_changes_nothing(
    service: Serving, people: Mapping[str, dict[str, str]]
) -> None:
    tried = 0
    async with httpx.AsyncClient(base_url=service.url, trust_env=False) as client:
        for (method, path), expected in ROUTES.items():
            for who in PEOPLE:
                before = await rows(service, _tables)
                client.cookies = httpx.Cookies(people[who] if who != "stranger" else {})
                answer = await client.request(method, _filled(path))
                assert answer.status_code in expected[who], (who, method, path)
                assert leaked(answer.text) == [], (who, method, path)
                if answer.status_code >= 400:
                    assert await rows(service, _tables) == before, (who, method, path)
                tried += 1
    assert tried == len(ROUTES) * len(PEOPLE)


def _filled(path: str) -> str:
    """With something of the right form that nobody has been given."""
    names = {"hash": "ab" * 32, "form": "1-" + "a" * 20, "path:path": "telegram/staff", "path": "nothing.js"}
    return re.sub(r"\{([\w:]+)\}", lambda found: names.get(found[1], "1-1-" + "a" * 20), path)


def _tables(work: Work) -> Mapping[str, list[Any]]:
    found = {}
    for table in Row.metadata.sorted_tables:
        if table.name not in RESTLESS:
            work.cursor.execute(f'SELECT * FROM "{table.name}"')  # noqa: S608 - names of ours
            found[table.name] = work.cursor.fetchall()
    return found


KINDS = ("application/json", "application/x-www-form-urlencoded")
POSTED = (
    ("/form/1-x", b"name=x"),
    ("/form/1-x", b"{" * 5000),
    ("/s/1-1-x", b"answer=5"),
    ("/enter/" + "A" * 22, b"name=" + b"x" * 5000),
    ("/local", b'{"do": "invite-member", "with": {"role": "owner"}}'),
    ("/chat/file", b"not a form"),
    ("/api/v1/customers", b'{"name": "Planted"}'),
)


async def test_what_is_posted_without_a_right_to_changes_nothing(service: Serving) -> None:
    before = await rows(service, _tables)
    async with httpx.AsyncClient(base_url=service.url, trust_env=False) as client:
        for (path, body), kind in itertools.product(POSTED, KINDS):
            answer = await client.post(path, content=body, headers={"content-type": kind})
            assert 400 <= answer.status_code < 500, (path, kind, answer.status_code)
    assert await rows(service, _tables) == before


FORWARDED: Mapping[str, str] = {
    "X-Forwarded-For": "127.0.0.1",
    "X-Real-IP": "127.0.0.1",
    "Forwarded": "for=127.0.0.1",
    "Via": "1.1 proxy",
    "X-Forwarded-Host": "127.0.0.1",
    "CF-Connecting-IP": "127.0.0.1",
    "Host": "rebound.example",
}
"""What proxies add, and the name under which a browser was led to an address that is not that name's."""


async def test_what_was_passed_on_does_not_come_from_this_machine(service: Serving) -> None:
    state = {"do": "state", "with": {}}
    async with httpx.AsyncClient(base_url=service.url, trust_env=False) as client:
        for name, value in FORWARDED.items():
            right = {"Authorization": f"Bearer {service.token}", name: value}
            assert (await client.get("/metrics", headers={name: value})).status_code == 404, name
            assert (await client.post("/local", json=state, headers=right)).status_code == 404, name
        assert (await client.get("/metrics")).status_code == 200
        near = {"Authorization": f"Bearer {service.token}"}
        assert (await client.post("/local", json=state, headers=near)).status_code == 200


USERS = ("X-Remote-User", "Remote-User", "X-Forwarded-User", "X-Auth-Request-Email", "X-Rapport-Member", "X-User-Id")


async def test_a_header_that_names_somebody_lets_nobody_in(service: Serving, people: Any) -> None:
    async with httpx.AsyncClient(base_url=service.url, trust_env=False) as client:
        for name in USERS:
            for value in ("Ann", "1", "owner"):
                assert (await client.get("/chat", headers={name: value})).status_code == 303
                assert (await client.get("/api/v1/customers", headers={name: value})).status_code == 401
