"""Names in running text against the tables, as reps shorten, mistype and title them; bounded in a crowd."""

from __future__ import annotations

import pytest

from flows.customers.names import FileNames
from store.engine import Database
from store.models import Workspace
from store.work import Work

FIRMS = {
    "Bluebird Logistics": ("Karen O'Neil", "Sarah Chen"),
    "华为技术有限公司": ("王强",),
    "星河电子有限公司": ("李娜",),
    "Acme": ("Tom Li",),
}


@pytest.fixture
def filed(database: Database) -> Database:
    def act(work: Work) -> None:
        work.insert(Workspace(name="Northwind", secret="s", created=work.now))
        work.workspace = 1
        for name, people in FIRMS.items():
            firm = work.customers.add(name, owner=1)
            for person in people:
                work.customers.add_contact(firm, person)
        other = work.customers.add("远东贸易", owner=2)
        work.customers.add_contact(other, "王丽")

    database.write(act).result(30)
    return database


def called(database: Database, way: str, mention: str, member: int = 1) -> list[str]:
    def act(work: Work) -> list[str]:
        work.workspace = 1
        found = getattr(FileNames(work, member), way)([mention])
        return [known.name for known in found.get(mention, ())]

    names: list[str] = database.write(act).result(30)
    return names


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Bluebird", "Bluebird Logistics"),
        ("bluebird", "Bluebird Logistics"),
        ("Sarah", "Sarah Chen"),
        ("华为", "华为技术有限公司"),
        ("星河电子", "星河电子有限公司"),
        ("星河", "星河电子有限公司"),
        ("ACME", "Acme"),
    ],
)
def test_names_are_known_by_the_short_forms_that_people_use(filed: Database, mention: str, name: str) -> None:
    assert called(filed, "exact", mention) == [name]


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("王总", "王强"),
        ("李经理", "李娜"),
        ("Mr. Li", "Tom Li"),
        ("Blubird Logistics", "Bluebird Logistics"),
        ("王墙", "王强"),
    ],
)
def test_titles_mean_ones_own_people_and_a_slip_is_forgiven(filed: Database, mention: str, name: str) -> None:
    assert called(filed, "near", mention) == [name]


def test_a_title_never_means_another_members_people(filed: Database) -> None:
    assert called(filed, "near", "王总", member=2) == ["王丽"]
    assert called(filed, "near", "王总", member=3) == []


def test_a_crowd_of_namesakes_is_not_read_whole_and_ones_own_is_among_them(filed: Database) -> None:
    def act(work: Work) -> None:
        work.workspace = 1
        crowd = [work.customers.add("李伟", owner=2) for _ in range(700)]
        work.search.index_new(())
        mine = work.customers.add("李伟", owner=1)
        assert len(crowd) == 700
        found = FileNames(work, 1).exact(["李伟"])["李伟"]
        assert len(found) < 200
        assert [known.id for known in found if known.own] == [f"c{mine.id}"]

    filed.write(act).result(60)
