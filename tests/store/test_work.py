"""Rows: added, changed, removed and found inside one workspace, with what happened kept for undo."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.errors import Changed, StoreError
from store.engine import Database
from store.models import Activity, Audit, Change, Customer, Reminder, Row, Survey, Tag, Workspace
from store.work import AHEAD, Work
from tests.engines import NOON
from tests.store.conftest import Run


@pytest.fixture
def other(database: Database, workspace: int) -> int:
    """A second workspace."""
    return database.write(lambda work: work.insert(Workspace(name="Other", secret="s", created=NOON)).id).result(10)


def _customer(name: str, **values: Any) -> Customer:
    return Customer(name=name, created=NOON, **values)


def test_a_row_gets_its_id_and_workspace_and_reads_back_whole(run: Run[Any]) -> None:
    made = run(lambda work: work.add(_customer("云帆科技", owner=3, last_touch=NOON)))
    found = run(lambda work: work.get(Customer, made.id))
    assert (found, found.last_touch, found.version, found.workspace) == (made, NOON, 0, 1)
    assert {name: getattr(found, name) for name in Customer.model_fields} == {
        name: getattr(made, name) for name in Customer.model_fields
    }


def test_no_row_is_added_before_the_workspace_is_known(database: Database) -> None:
    error = database.write(lambda work: work.add(_customer("Acme"))).exception(10)
    assert isinstance(error, StoreError)


def test_what_belongs_to_another_workspace_is_not_there(run: Run[Any], other: int) -> None:
    mine = run(lambda work: work.add(_customer("Acme")))

    def steal(work: Work) -> list[Any]:
        work.remove(mine)
        return [work.get(Customer, mine.id), work.find(Customer), work.first(Customer, name="Acme")]

    assert run(steal, within=other) == [None, [], None]
    assert run(lambda work: work.get(Customer, mine.id)).name == "Acme"


def test_another_workspaces_row_can_not_be_changed(run: Run[Any], other: int) -> None:
    mine = run(lambda work: work.add(_customer("Acme")))
    with pytest.raises(Changed):
        run(lambda work: work.change(mine, name="Stolen"), within=other)
    tag = run(lambda work: work.add(Tag(customer=mine.id, name="hot")))
    with pytest.raises(Changed):
        run(lambda work: work.change(tag, name="stolen"), within=other)


def test_a_change_raises_the_version_and_an_older_row_hears_of_it(run: Run[Any]) -> None:
    first = run(lambda work: work.add(_customer("Acme")))
    second = run(lambda work: work.change(first, need="seats", last_touch=NOON))
    assert (second.version, second.need, second.last_touch, first.need) == (1, "seats", NOON, "")
    with pytest.raises(Changed):
        run(lambda work: work.change(first, need="other"))
    assert run(lambda work: work.get(Customer, first.id)).need == "seats"


def test_a_change_to_what_is_there_is_none(run: Run[Any]) -> None:
    made = run(lambda work: work.add(_customer("Acme")))
    assert run(lambda work: work.change(made, name="Acme")).version == 0


def test_rows_are_found_by_values_none_among_them(run: Run[Any]) -> None:
    def act(work: Work) -> list[list[str]]:
        for name, owner in (("a", 1), ("b", None), ("c", 1), ("d", None)):
            work.add(_customer(name, owner=owner))
        return [
            [row.name for row in rows]
            for rows in (
                work.find(Customer, owner=1),
                work.find(Customer, owner=None),
                work.find(Customer, owner=1, name="c"),
                work.find(Customer, owner=9),
            )
        ]

    assert run(act) == [["a", "c"], ["b", "d"], ["c"], []]


def test_moments_json_and_booleans_come_back_as_they_were(run: Run[Any]) -> None:
    at = datetime(2026, 3, 29, 1, 30, 0, 123457, tzinfo=UTC)
    steps = [{"0": 0, "空": [None, False, 1.5, ""]}]

    def act(work: Work) -> Any:
        survey = work.add(Survey(name="csat", title={"zh": "满意"}, steps=steps, active=False))
        done = work.add(Activity(customer=1, kind="call", at=at, logged=at))
        return work.get(Survey, survey.id), work.get(Activity, done.id)

    survey, activity = run(act)
    assert (survey.title, survey.steps, survey.active, survey.after) == ({"zh": "满意"}, steps, False, [])
    assert (activity.at, activity.customer) == (at, 1)


def test_a_naive_moment_is_refused(run: Run[Any]) -> None:
    with pytest.raises(TypeError):
        run(lambda work: work.add(Activity(customer=1, kind="call", at=datetime(2026, 1, 1), logged=NOON)))


def test_what_was_done_can_be_kept_as_one_act_with_each_row_before_and_after(run: Run[Any]) -> None:
    known = run(lambda work: work.add(_customer("Acme")))

    def act(work: Work) -> Any:
        once = work.change(known, need="seats", last_touch=NOON)
        work.change(once, need="50 seats")
        new = work.add(_customer("New"))
        reminder = work.add(Reminder(member=1, text="call", due=NOON, wall="2026-03-02T20:00", zone="Asia/Shanghai"))
        work.remove(reminder)
        return work.keep_change(1, "log"), work.keep_change(1, "nothing"), new

    change, nothing, new = run(act)
    rows = run(lambda work: work.get(Change, change.id)).rows
    assert nothing is None
    assert rows[0] == [
        "customer",
        known.id,
        {"need": "", "last_touch": None, "version": 0},
        {"need": "50 seats", "last_touch": NOON.isoformat(), "version": 2},
    ]
    assert [(table, id, before) for table, id, before, _ in rows[1:]] == [("customer", new.id, None)]


def test_a_removed_row_can_be_put_back_under_its_id(run: Run[Any]) -> None:
    tag = run(lambda work: work.add(Tag(customer=1, name="hot")))
    run(lambda work: work.remove(tag))
    run(lambda work: work.put_back(tag))
    assert run(lambda work: work.get(Tag, tag.id)) == tag


def test_the_audit_says_who_did_what_and_when(run: Run[Any]) -> None:
    run(lambda work: work.audit("member:1", "customer.add", "customer:7"))
    [line] = run(lambda work: work.find(Audit))
    assert (line.actor, line.action, line.subject, line.at) == ("member:1", "customer.add", "customer:7", NOON)


@pytest.mark.parametrize("kind", [kind for kind in Row.__subclasses__() if hasattr(kind, "__table__")])
def test_every_table_has_a_workspace_or_is_known_not_to(kind: type[Row]) -> None:
    assert "workspace" in kind.table().c or kind.__name__ in ("Inbound", "Lease")


words = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=words, need=words, value=st.recursive(st.none() | st.booleans() | st.integers() | words, st.lists))
def test_any_text_and_json_survives_the_tables(run: Run[Any], name: str, need: str, value: Any) -> None:
    def act(work: Work) -> Any:
        customer = work.add(_customer(name))
        work.change(customer, need=need)
        survey = work.add(Survey(name=f"s{customer.id}", title={}, steps=[value]))
        return work.get(Customer, customer.id), work.get(Survey, survey.id)

    customer, survey = run(act)
    assert (customer.name, customer.need, survey.steps) == (name, need, [value])


def test_gathered_rows_are_there_for_every_other_statement(run: Run[Any]) -> None:
    def act(work: Work) -> list[int]:
        before = work.add(_customer("Before"))
        with work.gathering():
            rows = [work.add(_customer(f"New {n}")) for n in range(AHEAD + 2)]
            work.add(Tag(customer=rows[0].id, name="hot"))
            assert [row.name for row in work.find(Customer, id=rows[0].id)] == ["New 0"]
            changed = work.change(rows[1], name="Changed")
            last = work.add(_customer("Last"))
        after = work.add(_customer("After"))
        assert [row.name for row in work.find(Customer, id=changed.id)] == ["Changed"]
        assert len(work.find(Tag)) == 1
        return [row.id for row in (before, *rows, last, after)]

    ids = run(act)
    assert len(set(ids)) == len(ids) == AHEAD + 5
    assert sorted(ids) == ids


def test_what_is_gathered_can_be_undone(run: Run[Any]) -> None:
    def act(work: Work) -> object:
        with work.gathering():
            work.add(_customer("New"))
        return [(table, before) for table, _id, before, _after in work.changes]

    assert run(act) == [("customer", None)]
