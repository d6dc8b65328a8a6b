"""Sheets of what belongs to customers: every row of those whom the reader sees, none of the others'."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.customers.sight import sight_of
from flows.exports.steps import written
from flows.exports.tables import TABLES
from flows.turn import Turn
from store.engine import open_database
from store.models import Activity, Contact, Deal, Member, Purchase, Stage
from store.work import Work
from tests.engines import NOON, Hands, fresh
from tests.flows.imports.scene import Desk

SECRET = "Zanzibar Holdings"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands()
        made = Desk(open_database(url, clock), clock)
        made.member("Mia", "rep")
        made.write(_furnished)
        yield made
        made.database.close()


def _furnished(work: Work) -> None:
    ann, mia = (work.find(Member, name=name)[0].id for name in ("Ann", "Mia"))
    stage = work.add(Stage(name="报价", chance=40))
    for name, owner in (("Acme", mia), (SECRET, ann)):
        row = work.customers.add(name, owner=owner)
        person = work.customers.add_contact(row, f"Lee of {name}", title="CTO", phone="+8613800138000")
        about = {"customer": row.id, "member": owner}
        work.add(Activity(kind="call", contact=person.id, at=NOON, logged=NOON, text="=1+1 asked", **about))
        work.add(Deal(what="pumps", amount=9000, currency="CNY", stage=stage.id, opened=NOON, moved=NOON, **about))
        work.add(Purchase(number="A-7", what="valves", amount=120_050, currency="CNY", at=NOON, **about))


def rows_of(desk: Desk, what: str, kind: str = "csv", language: str = "en", who: str = "Ann") -> list[list[str]]:
    def act(work: Work) -> bytes:
        firm = work.firm(work.workspace)
        assert firm is not None
        turn = Turn(work=work, workspace=firm, key="")
        turn.member = work.find(Member, name=who)[0]
        work.sight = sight_of(turn)
        return written(what, kind, language, work)[1]

    return list(csv.reader(io.StringIO(desk.write(act).decode("utf-8-sig"))))


def test_each_sheet_tells_all_of_it(desk: Desk) -> None:
    found = {what: dict(zip(*rows_of(desk, what)[:2], strict=True)) for what in TABLES}
    assert found["contacts"]["Contact"] == "Lee of Acme"
    assert found["activities"] | {"With": "Lee of Acme", "By": "Mia", "Words": "'=1+1 asked"} == found["activities"]
    assert found["deals"] | {"Deal stage": "报价", "Amount": "9000", "Whose deal": "Mia"} == found["deals"]
    assert found["orders"] | {"Order no.": "A-7", "Amount": "1200.50", "Product": "valves"} == found["orders"]
    assert rows_of(desk, "activities", language="zh")[1][3] == "电话"


@pytest.mark.parametrize("what", TABLES)
def test_who_sees_only_their_own_gets_only_those(desk: Desk, what: str) -> None:
    assert SECRET in str(rows_of(desk, what, who="Mia"))
    desk.presses("staff", "Ann", "sight-rep:own")
    shown = str(rows_of(desk, what, who="Mia"))
    assert "Acme" in shown
    assert SECRET not in shown


def test_a_sheet_of_contacts_comes_in_again(desk: Desk) -> None:
    content = desk.write(lambda work: written("contacts", "xlsx", "zh", work))[1]
    gone = desk.find(Contact)[0]
    desk.write(
        lambda work: (
            work.customers.remove_contact(gone) if hasattr(work.customers, "remove_contact") else work.remove(gone)
        )
    )
    job = desk.imports(content, "x.xlsx")
    assert desk.tally(job) == (0, 1, 1, 0, 0)
    assert sorted(row.name for row in desk.find(Contact)) == ["Lee of Acme", f"Lee of {SECRET}"]
