"""The API by its promises: whose rows it shows, what a key may do, nothing done twice, errors that are clear."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_schema_conformance,
    status_code_conformance,
)

from bot.core.errors import Problem
from bot.web.api.app import build
from bot.web.api.calls import STATUS
from flows.keys.actions import make_key
from flows.setup.actions import found_firm
from flows.turn import Turn
from store.engine import open_database
from store.firms import set_settings
from store.models import Activity, Audit, Customer, Identity, Member, Outbox
from store.sealing import Key
from store.work import Work
from tests.engines import Hands, fresh
from tests.flows.surveys.scene import Scene

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    ignored_auth,
]


class Shop:
    """A program with a key of the firm."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.ann = scene.member("Ann", "owner")
        self.app = build(scene.database)
        self.key = self.made("owner")

    def made(self, role: str, member: int = 0, workspace: int = 1) -> str:
        def act(work: Work) -> str:
            work.workspace = workspace
            firm, who = work.firm(workspace), work.get(Member, member or self.ann)
            assert firm is not None
            turn = Turn(work=work, workspace=firm, key="made")
            turn.member = who
            return make_key(turn, "shop", role)[1]

        return str(self.scene.write(act))

    async def __call__(self, method: str, path: str, body: Any = None, key: str = "", **headers: str) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            auth = {"Authorization": f"Bearer {key or self.key}"}
            return await client.request(method, path, json=body, headers=auth | named)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands()
        scene = Scene(open_database(url, clock), clock)
        yield Shop(scene)
        scene.database.close()


async def test_what_a_program_adds_is_found_in_the_chat(shop: Shop) -> None:
    made = await shop("POST", "/customers", {"name": "Acme", "phone": "138 0013 8000", "tags": ["vip"]})
    assert (made.status_code, made.json()["phone"]) == (201, "+8613800138000")
    id = made.json()["id"]
    await shop("POST", f"/customers/{id}/contacts", {"name": "Li Wei"})
    called = await shop("POST", "/activities", {"customer": id, "kind": "call", "text": "wants a quote"})
    order = await shop("POST", "/orders", {"customer": id, "amount": "500000.00", "number": "SO-1"})
    again = await shop("POST", "/orders", {"customer": id, "amount": "500000.00", "number": "SO-1"})
    event = await shop("POST", "/events", {"customer": id, "what": "viewed", "about": "product B"})
    due = await shop("POST", "/reminders", {"customer": id, "text": "call", "due": "2026-03-05T09:00:00+08:00"})
    done = await shop("PATCH", f"/reminders/{due.json()['id']}", {"done": True})

    assert (called.status_code, order.status_code, event.status_code, done.json()["state"]) == (201, 201, 201, "done")
    assert again.json()["id"] == order.json()["id"]
    shop.scene.says("staff", "Ann", "who is Acme")
    card = shop.scene.heard("staff", "Ann")[-1]
    assert "Li Wei" in card
    assert "wants a quote" in card
    assert (await shop("GET", f"/customers/{id}")).json()["tier"] == "B"
    assert any(row.action.startswith("api:POST") for row in shop.scene.find(Audit))


async def test_the_same_request_is_done_once_and_answered_twice(shop: Shop) -> None:
    one = await shop("POST", "/customers", {"name": "Acme"}, Idempotency_Key="a1")
    two = await shop("POST", "/customers", {"name": "Acme"}, Idempotency_Key="a1")
    other = await shop("POST", "/customers", {"name": "Blue"}, Idempotency_Key="a1")

    assert (two.status_code, two.json(), two.headers["idempotent-replayed"]) == (201, one.json(), "true")
    assert (one.status_code, "idempotent-replayed" in one.headers) == (201, False)
    said = "This Idempotency-Key was used for another request: take a new one."
    assert (other.status_code, other.json()) == (409, {"error": {"code": "key_reused", "message": said}})
    assert len(shop.scene.find(Customer)) == 1
    shop.scene.clock.forward(hours=25)
    assert (await shop("POST", "/customers", {"name": "Blue"}, Idempotency_Key="a1")).status_code == 201


async def test_errors_are_stored_too(shop: Shop) -> None:
    early = {"customer": 1, "text": "x"}
    first = await shop("POST", "/activities", early, Idempotency_Key="e1")
    assert shop.scene.customer("Acme", chats=0) == 1
    second = await shop("POST", "/activities", early, Idempotency_Key="e1")

    assert (first.status_code, second.status_code, first.json()) == (404, 404, second.json())
    assert second.headers["idempotent-replayed"] == "true"
    assert (await shop("POST", "/activities", early, Idempotency_Key="e2")).status_code == 201


async def test_names_of_requests_are_each_key_s_own_and_no_longer_than_two_hundred(shop: Shop) -> None:
    other = shop.made("rep")
    name = "n" * 200
    answers = [
        await shop("POST", "/customers", {"name": "Acme"}, Idempotency_Key=name),
        await shop("POST", "/customers", {"name": "Blue"}, key=other, Idempotency_Key=name),
        await shop("POST", "/customers", {"name": "Acme"}, Idempotency_Key=name),
        await shop("POST", "/customers", {"name": "Coda"}, Idempotency_Key=name + "n"),
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 422]
    longer = await shop("PATCH", "/customers/1", {"name": "Coda"}, Idempotency_Key=name + "n")
    assert (longer.status_code, longer.json()["error"]["code"]) == (422, "bad_input")
    assert [row.name for row in shop.scene.find(Customer)] == ["Acme", "Blue"]


def test_every_kind_of_problem_has_its_answer() -> None:
    assert set(STATUS) == set(Problem.__subclasses__())


async def test_a_key_is_sent_as_bearer_in_whatever_case(shop: Shop) -> None:
    sent = [
        await shop("GET", "/customers", Authorization=f"{scheme} {shop.key}")
        for scheme in ("Bearer", "bearer", "BEARER ", "Basic", "")
    ]
    assert [answer.status_code for answer in sent] == [200, 200, 200, 401, 401]


async def test_pages_show_every_row_once(shop: Shop) -> None:
    names = {f"Firm {n}" for n in range(7)}
    for name in names:
        shop.scene.customer(name, chats=0)
    seen, cursor = [], ""
    while True:
        page = (await shop("GET", f"/customers?limit=3{f'&cursor={cursor}' if cursor else ''}")).json()
        seen += [row["name"] for row in page["data"]]
        cursor = page["next"]
        if not cursor:
            break
    assert sorted(seen) == sorted(names)


async def test_a_key_of_one_firm_sees_nothing_of_another(shop: Shop) -> None:
    mine = shop.scene.customer("Mine", chats=0)

    def second(work: Work) -> tuple[int, int]:
        found_firm(work, name="Other", country="CN", language="en", zone="Asia/Shanghai")
        zoe = work.add(Member(name="Zoe", role="owner", joined=work.now))
        return work.workspace, zoe.id

    workspace, zoe = shop.scene.database.write(second).result()
    key = shop.made("owner", zoe, workspace)
    answers = [
        await shop("GET", f"/customers/{mine}", key=key),
        await shop("PATCH", f"/customers/{mine}", {"name": "Stolen"}, key=key),
        await shop("POST", f"/customers/{mine}/contacts", {"name": "Spy"}, key=key),
        await shop("POST", "/orders", {"customer": mine, "amount": 1}, key=key),
        await shop("GET", f"/activities?customer={mine}", key=key),
        await shop("POST", "/reminders", {"text": "x", "due": "2026-05-01T09:00:00Z", "member": shop.ann}, key=key),
    ]
    assert [answer.status_code for answer in answers] == [404] * 6
    for path in ("customers", "activities", "orders", "events", "leads", "reminders"):
        assert (await shop("GET", f"/{path}", key=key)).json() == {"data": [], "next": None}


async def test_a_key_does_what_its_role_may(shop: Shop) -> None:
    reader = shop.made("viewer")
    assert (await shop("GET", "/customers", key=reader)).status_code == 200
    assert (await shop("POST", "/customers", {"name": "Acme"}, key=reader)).json()["error"]["code"] == "read_only"
    assert (await shop("GET", "/customers", key="rk_wrong")).status_code == 401


async def test_a_rep_s_key_sees_what_the_rep_sees(shop: Shop) -> None:
    bob, rita = shop.scene.member("Bob"), shop.scene.member("Rita")
    mine, hers = (shop.scene.customer(name, owner=who, chats=0) for name, who in (("Mine", bob), ("Hers", rita)))
    shop.scene.customer("Nobody's", chats=0)
    for id in (mine, hers):
        await shop("POST", "/activities", {"customer": id, "text": "called"})
    due = {"text": "x", "due": "2026-05-01T09:00:00Z", "member": rita}
    reminder = (await shop("POST", "/reminders", due)).json()["id"]
    shop.scene.presses("staff", "Ann", "sight-rep:own")
    key = shop.made("rep", bob)

    names = [row["name"] for row in (await shop("GET", "/customers", key=key)).json()["data"]]
    about = [row["customer"] for row in (await shop("GET", "/activities", key=key)).json()["data"]]
    assert (names, about) == (["Mine", "Nobody's"], [mine])
    refused = [
        await shop("GET", f"/customers/{hers}", key=key),
        await shop("PATCH", f"/customers/{hers}", {"name": "Stolen"}, key=key),
        await shop("GET", f"/activities?customer={hers}", key=key),
        await shop("POST", "/orders", {"customer": hers, "amount": 1}, key=key),
        await shop("PATCH", f"/reminders/{reminder}", {"done": True}, key=key),
    ]
    assert [answer.status_code for answer in refused] == [404] * 5
    assert (await shop("GET", "/reminders", key=key)).json()["data"] == []
    assert len((await shop("GET", "/customers")).json()["data"]) == 3
    narrow = (await shop("GET", "/customers", key=shop.made("rep"))).json()["data"]
    assert [row["name"] for row in narrow] == ["Nobody's"]


async def test_a_revoked_key_and_a_removed_maker_s_key_open_nothing(shop: Shop) -> None:
    shop.scene.presses("staff", "Ann", "apikey-off:1")
    assert (await shop("GET", "/customers")).status_code == 401
    bob = shop.scene.member("Bob", "manager")
    key = shop.made("rep", bob)
    shop.scene.write(lambda work: work.change(work.get(Member, bob), state="removed"))
    assert (await shop("GET", "/customers", key=key)).status_code == 401


async def test_a_key_is_kept_as_a_hash_and_shown_once(shop: Shop) -> None:
    key = Key(bytes(range(32)))
    shop.scene.write(lambda work: set_settings(work, work.firm(1), seal=key.public))
    shop.scene.says("staff", "Ann", "api key webshop rep")
    told = [run for row in shop.scene.find(Outbox) for run in row.payload["text"]]
    token = next(key.shown(text, subject) for text, style, subject in told if style == "sealed")
    assert token.startswith("rk_")
    assert token not in str(told)
    assert (await shop("GET", "/customers", key=token)).status_code == 200

    def whole(work: Work) -> str:
        work.cursor.execute("SELECT digest, name, tail FROM api_key")
        return str(work.cursor.fetchall())

    kept = shop.scene.write(whole)
    assert (token[-4:] in kept, token[-5:] in kept) == (True, False)


async def test_what_is_wrong_is_said(shop: Shop) -> None:
    bad = await shop("POST", "/customers", {"name": "Acme", "phone": "12"})
    assert (bad.status_code, bad.json()["error"]["message"]) == (422, "“12” is no phone number. Example: 138 0013 8000")
    unknown = await shop("POST", "/customers", {"name": "Acme", "fone": "1"})
    assert (unknown.status_code, "fone" in unknown.json()["error"]["message"]) == (422, True)


async def test_a_lead_is_offered_and_who_is_known_reaches_the_owner(shop: Shop) -> None:
    bob = shop.scene.member("Bob")
    shop.scene.customer("Acme", owner=bob, phone="+8613800138000", chats=0)
    new = await shop("POST", "/leads", {"name": "Nova", "phone": "13900139000", "words": "need pumps"})
    known = await shop("POST", "/leads", {"name": "Li", "phone": "13800138000", "words": "call me"})
    twice = await shop("POST", "/leads", {"name": "Li", "phone": "13800138000", "words": "call me"})

    assert (new.json()["state"], known.json()["state"], known.json()["member"]) == ("offered", "taken", bob)
    assert twice.json()["id"] == known.json()["id"]
    assert len(shop.scene.find(Activity, direction="in")) == 2
    assert len(shop.scene.find(Identity)) == 2


def _examine(shop: Shop, examples: int) -> None:
    """Whatever is sent, nothing breaks and every answer is one that the document promises."""
    for name in ("Acme", "Blue"):
        shop.scene.customer(name, chats=0)
    schema = schemathesis.openapi.from_asgi("/openapi.json", shop.app)

    for operation in schema.get_all_operations():

        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(case=operation.ok().as_strategy())
        def one(case: Any) -> None:
            response = case.call(headers={"Authorization": f"Bearer {shop.key}"})
            case.validate_response(response, checks=CHECKS)

        one()


def test_no_answer_breaks_or_is_not_in_the_document(shop: Shop) -> None:
    _examine(shop, 6)


@pytest.mark.slow
def test_no_answer_breaks_or_is_not_in_the_document_at_length(shop: Shop) -> None:
    _examine(shop, 300)
