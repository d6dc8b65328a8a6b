"""A merge moves everything, is explained, and taken back leaves every table as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.engine import open_database
from store.models import (
    Activity,
    Alias,
    Change,
    Contact,
    Conversation,
    Customer,
    Identity,
    Owned,
    Reminder,
    SearchKey,
    Tag,
)
from store.work import Work
from tests.engines import Hands, fresh
from tests.flows.surveys.scene import Scene

NAMES = st.sampled_from(["Acme", "Acme Ltd", "鼎盛科技", "鼎盛科技有限公司", "Li Wei"])
PHONES = st.sampled_from(["", "+8613800138000", "+8613900139000"])
MAILS = st.sampled_from(["", "a@acme.com", "B@acme.com"])
PEOPLE = st.lists(st.tuples(st.sampled_from(["Li Wei", "王芳", "Zoe"]), PHONES, MAILS), max_size=3)
TAGS = st.lists(st.sampled_from(["hot", "vip", "展会"]), unique=True, max_size=3)
SIDE = st.fixed_dictionaries(
    {
        "name": NAMES,
        "phone": PHONES,
        "email": MAILS,
        "people": PEOPLE,
        "tags": TAGS,
        "calls": st.integers(0, 2),
        "stopped": st.sampled_from(["", "surveys", "all"]),
    }
)


def tables(work: Work) -> dict[str, Any]:
    """Every row of the customer file, but for the counters of changes."""
    kinds: list[type[Owned]] = [Customer, Contact, Tag, Activity, Reminder, Alias, Identity, Conversation]
    found: dict[str, Any] = {
        kind.__name__: [{n: v for n, v in row.__dict__.items() if n != "version"} for row in work.find(kind)]
        for kind in kinds
    }
    table = SearchKey.table()
    work.cursor.execute(f"SELECT kind, key, customer, contact FROM {table.name} ORDER BY 1, 2, 3, 4")  # noqa: S608
    found["keys"] = [tuple(row) for row in work.cursor.fetchall()]
    return found


def side(scene: Scene, facts: dict[str, Any], chat: str) -> int:
    def act(work: Work) -> int:
        row = work.customers.add(
            facts["name"], owner=None, phone=facts["phone"], email=facts["email"], stopped=facts["stopped"]
        )
        people = [work.customers.add_contact(row, n, phone=p, email=m) for n, p, m in facts["people"]]
        work.customers.tag(row.id, facts["tags"])
        for _call in range(facts["calls"]):
            contact = people[0].id if people else None
            work.add(Activity(customer=row.id, contact=contact, kind="call", at=work.now, logged=work.now))
        scene._bind(work, chat, row.id)
        return row.id

    return int(scene.write(act))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(SIDE, SIDE)
def test_a_merge_taken_back_leaves_everything_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, one: dict[str, Any], other: dict[str, Any]
) -> None:
    with fresh("sqlite", tmp_path_factory.mktemp("merge")) as url:
        scene = Scene(open_database(url, Hands()), Hands())
        scene.member("Ann")
        keep, gone = side(scene, one, "x"), side(scene, other, "y")
        before = scene.write(tables)

        scene.presses("staff", "Ann", f"merge:{keep}:{gone}")
        merged = scene.write(tables)
        assert all(
            row["customer"] in (keep, None)
            for name in ("Contact", "Tag", "Activity", "Identity")
            for row in merged[name]
        )
        assert {key[2] for key in merged["keys"]} == {keep}
        assert _reach(merged) == _reach(before)

        scene.presses("staff", "Ann", f"undo:merge:{keep}-{gone}")
        assert scene.write(tables) == before
        scene.database.close()


def _reach(found: dict[str, Any]) -> set[str]:
    """Every number and address that anybody can still be reached by."""
    rows = [row for row in found["Customer"] if row["state"] == "active"] + found["Contact"]
    return {value.casefold() for row in rows for value in (row["phone"], row["email"]) if value}


def test_what_was_changed_since_stays_and_is_named(tmp_path: Any) -> None:
    with fresh("sqlite", tmp_path) as url:
        scene = Scene(open_database(url, Hands()), Hands())
        scene.member("Ann")
        keep = scene.customer("Acme", chats=0)
        gone = scene.customer("Acme Ltd", chats=0, phone="+8613800138000", source="expo")
        scene.presses("staff", "Ann", f"merge:{keep}:{gone}")
        scene.write(lambda work: work.customers.change(work.customers.get(keep), source="web"))

        scene.presses("staff", "Ann", f"undo:merge:{keep}-{gone}")

        rows = {row.id: row for row in scene.find(Customer)}
        assert (rows[keep].source, rows[keep].phone, rows[gone].state) == ("web", "", "active")
        assert "left as it is: Acme" in scene.heard("staff", "Ann")[-1]
        scene.database.close()


def test_the_larger_refusal_survives(tmp_path: Any) -> None:
    with fresh("sqlite", tmp_path) as url:
        scene = Scene(open_database(url, Hands()), Hands())
        scene.member("Ann")
        keep, gone = scene.customer("Acme", chats=0), scene.customer("Acme Ltd", chats=0, stopped="all")

        scene.presses("staff", "Ann", f"merge:{keep}:{gone}")

        assert scene.find(Customer, id=keep)[0].stopped == "all"
        assert scene.find(Change)[0].label == "Acme Ltd merged into Acme"
        scene.database.close()
