"""Every operation of the API against every kind of key: the list is the document's, so a new one is tried by itself.

What is refused has changed no row (401, 403, 404, 409, 422 alike), and nobody is shown what is not theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.web.api import app as api
from bot.web.api import calls
from flows.keys.actions import make_key, revoke
from flows.setup.actions import found_firm
from flows.turn import Turn
from store.engine import open_database
from store.models import ApiKey, Member, Reminder, Row
from store.work import Work
from tests.engines import Hands, fresh
from tests.security.house import House, leaked

KEYS = ("owner", "manager", "rep", "viewer", "removed", "revoked", "elsewhere", "garbage", "none")
WRITERS = {"owner", "manager", "rep"}
SHUT = {"removed", "revoked", "garbage", "none"}
BODIES: Mapping[str, Mapping[str, Any]] = {
    "CustomerIn": {"name": "Planted"},
    "CustomerPatch": {"name": "Planted"},
    "ContactIn": {"name": "Planted"},
    "ActivityIn": {"text": "planted"},
    "OrderIn": {"amount": 1},
    "EventIn": {"what": "viewed", "about": "planted"},
    "LeadIn": {"name": "Planted", "words": "planted"},
    "ReminderIn": {"text": "planted", "due": "2026-05-01T09:00:00Z"},
    "ReminderPatch": {"done": True},
}
"""What is needed at least; a number of a customer, where there is one, is the hidden one's."""
NEUTRAL = {("POST", "/customers"), ("POST", "/leads"), ("POST", "/reminders")}
"""Name nobody that is there already."""


class Programs(House):
    """A program with a key of each kind, in a firm that has something to hide."""

    def __init__(self, database: Any, clock: Any) -> None:
        super().__init__(database, clock)
        self.app = api.build(database)
        makers = {"owner": self.ann, "manager": self.max, "rep": self.bob, "viewer": self.vera}
        self.keys_of = {role: self.write(lambda w, r=role, m=maker: _key(w, r, m)) for role, maker in makers.items()}
        gone = self.member("Gone", "owner")
        self.keys_of["removed"] = self.write(lambda work: _key(work, "owner", gone))
        self.keys_of["revoked"] = self.write(self._revoked)
        self.keys_of["elsewhere"] = self.database.write(_elsewhere).result(10)
        self.keys_of |= {"garbage": "rk_" + "A" * 40, "none": ""}
        self.write(lambda work: work.change(work.get(Member, gone), state="removed"))
        self.reminder = self.find(Reminder, customer=self.hidden)[0].id

    def _revoked(self, work: Work) -> str:
        token = _key(work, "owner", self.ann)
        revoke(_turn(work, self.ann), work.find(ApiKey)[-1].id)
        return token

    async def ask(self, key: str, method: str, path: str, body: Any) -> httpx.Response:
        token = self.keys_of[key]
        auth = {"Authorization": f"Bearer {token}"} if token else {}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://here") as client:
            return await client.request(method, path, json=body, headers=auth)

    def whole(self) -> Mapping[str, list[Any]]:
        """Every table of every firm, but for when a key was last used."""

        def act(work: Work) -> dict[str, list[Any]]:
            found = {}
            for table in Row.metadata.sorted_tables:
                work.cursor.execute(f'SELECT * FROM "{table.name}"')  # noqa: S608 - names of ours
                found[table.name] = work.cursor.fetchall()
            return found

        found: Mapping[str, list[Any]] = self.database.write(act).result(10)
        return found


def _turn(work: Work, member: int) -> Turn:
    firm = work.firm(work.workspace)
    assert firm is not None
    turn = Turn(work=work, workspace=firm, key="made")
    turn.member = work.get(Member, member)
    return turn


def _key(work: Work, role: str, member: int) -> str:
    return make_key(_turn(work, member), f"{role} {member}", role)[1]


def _elsewhere(work: Work) -> str:
    found_firm(work, name="Elsewhere", country="CN", language="en", zone="Asia/Shanghai")
    return _key(work, "owner", work.add(Member(name="Zoe", role="owner", joined=work.now)).id)


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands()
        made = Programs(open_database(url, clock), clock)
        yield made
        made.database.close()


def operations(app: Any) -> Iterator[tuple[str, str, str]]:
    """(method, path, name of the body's schema) of everything in the document."""
    for path, methods in app.openapi()["paths"].items():
        for method, said in methods.items():
            shape = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            yield method.upper(), path, shape.get("$ref", "").rpartition("/")[2]


def request(programs: Programs, method: str, path: str, shape: str) -> tuple[str, Any]:
    """The operation on what is hidden."""
    number = programs.reminder if path.startswith("/reminders") else programs.hidden
    asked = path.replace("{id}", str(number))
    if not shape:
        return (asked if "{id}" in path or path == "/customers" else f"{asked}?customer={programs.hidden}"), None
    said = programs.app.openapi()["components"]["schemas"][shape]["properties"]
    about = {"customer": programs.hidden} if "customer" in said and (method, path) not in NEUTRAL else {}
    return asked, {**BODIES[shape], **about}


def allowed(key: str, method: str, path: str) -> set[int]:
    """What each key may be answered on a row that only the owner sees."""
    if key in SHUT:
        return {401}
    if key == "viewer" and method != "GET":
        return {403}
    if key == "owner" or (method, path) in NEUTRAL or (method, path) == ("GET", "/customers"):
        return {200, 201}
    if method == "GET" and "{id}" not in path:
        return {200, 404}  # a list that is empty for them, or a customer whom they do not know
    return {404}


async def test_every_operation_shows_and_does_for_each_key_what_it_may(programs: Programs) -> None:
    tried = 0
    for method, path, shape in operations(programs.app):
        for key in KEYS:
            asked, body = request(programs, method, path, shape)
            before = programs.whole()
            answer = await programs.ask(key, method, asked, body)
            assert answer.status_code in allowed(key, method, path), (key, method, path, answer.text)
            if answer.status_code >= 400:
                assert programs.whole() == before, (key, method, path)
            if key != "owner":
                assert leaked(answer.text) == [], (key, method, path)
            tried += 1
    assert tried == len(list(operations(programs.app))) * len(KEYS) >= 15 * len(KEYS)


async def test_what_is_wrong_in_a_request_changes_nothing_either(programs: Programs) -> None:
    """Too long, of the wrong kind, not there, unknown names, numbers of nobody: for the key that may do all."""
    wrong: list[Any] = [None, [], "x", {}, {"customer": 10**9}, {"name": 7}, {"name": ""}, {"name": "x" * 300}]
    for method, path, shape in operations(programs.app):
        for body in wrong if shape else [None]:
            before = programs.whole()
            answer = await programs.ask("owner", method, path.replace("{id}", "987654321"), body)
            if answer.status_code >= 400:
                assert programs.whole() == before, (method, path, body)
            assert answer.status_code < 500, (method, path, body)


async def test_a_refusal_that_comes_after_the_writing_would_be_seen(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = api.write

    async def careless(request: Any, act: Any, status: int = 200) -> Any:
        try:
            return await written(request, act, status)
        except calls.Refusal:
            programs.write(lambda work: work.add(Member(name="Late", role="rep", joined=work.now)))
            raise

    monkeypatch.setattr(api, "write", careless)
    with pytest.raises(AssertionError):
        await test_every_operation_shows_and_does_for_each_key_what_it_may(programs)


def test_every_body_of_the_document_is_tried(programs: Programs) -> None:
    shapes = {shape for _method, _path, shape in operations(programs.app) if shape}
    assert shapes == BODIES.keys()
