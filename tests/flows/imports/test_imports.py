"""Sheets on a real database: counts that are true, nothing doubled, nothing lost, everything taken back."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import LABOUR
from bot.runtime.jobs import Jobs
from flows.exports.steps import written
from store.engine import open_database
from store.models import Activity, Change, Contact, Customer, FieldValue, Member, OwnField, SheetRow, Tag
from store.work import Work
from tests.engines import Hands, fresh
from tests.flows.imports.scene import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from _desk(tmp_path)


def _desk(folder: Path) -> Iterator[Desk]:
    with fresh("sqlite", folder) as url:
        clock = Hands()
        made = Desk(open_database(url, clock), clock)
        yield made
        made.database.close()


def sheet(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_the_same_sheet_next_week_doubles_nothing(desk: Desk) -> None:
    content = sheet(
        "客户名称,联系人,手机,邮箱,标签,备注",
        "鼎盛科技有限公司,李伟,13800138000,li@ds.cn,展会,老客户",
        "张伟,,13900139000,,,",
        "张伟,,13700137000,,,",
        "Blue Paper,,,,,",
    )
    first = desk.imports(content)
    again = desk.imports(content)

    assert desk.tally(first) == (4, 0, 0, 0, 0)
    assert desk.tally(again) == (0, 0, 4, 0, 0)
    assert [len(desk.find(kind)) for kind in (Customer, Contact, Tag, Activity)] == [4, 1, 1, 1]


def test_a_renamed_and_a_merged_customer_are_found_again(desk: Desk) -> None:
    content = sheet("Name,Phone", "Acme,13800138000", "Blue Paper,13900139000")
    desk.imports(content)
    ids = {row.name: row.id for row in desk.find(Customer)}
    desk.write(lambda work: work.customers.change(work.customers.get(ids["Acme"]), name="Acme International"))
    other = desk.customer("Blue Paper Works", chats=0)
    desk.presses("staff", "Ann", f"merge:{other}:{ids['Blue Paper']}")

    again = desk.imports(content)

    assert desk.tally(again) == (0, 0, 2, 0, 0)
    assert set(desk.file_of()) == {"Acme International", "Blue Paper Works"}


def test_a_sheet_adds_and_takes_nothing_away(desk: Desk) -> None:
    id = desk.customer("Acme Ltd", chats=0, phone="+8613800138000", email="old@acme.com", source="expo")
    desk.write(lambda work: work.customers.tag(id, ["vip"]))
    job = desk.imports(
        sheet("Company,Phone,Email,Tags,Source,Owner", "Acme Ltd,13900139000,new@acme.com,hot,,Bob", "ACME LTD,,,,web,")
    )

    row, contacts = desk.file_of()["Acme Ltd"]
    assert desk.tally(job) == (0, 2, 0, 0, 0)
    assert (row.phone, row.email, row.source, row.owner) == ("+8613800138000", "old@acme.com", "web", None)
    assert [(c.phone, c.email) for c in contacts] == [("+8613900139000", "new@acme.com")]
    assert {tag.name for tag in desk.find(Tag)} == {"vip", "hot"}


def test_owner_stage_and_opt_out_need_their_column_confirmed(desk: Desk) -> None:
    bob = desk.member("Bob")
    content = sheet("Name,Owner,Stage,Opt out", "Acme,Bob,growth,yes", "Blue,Nobody,已成交,")
    before = desk.imports(content)
    rows = {row.name: row for row in desk.find(Customer)}
    assert desk.tally(before) == (2, 0, 0, 0, 0)
    assert (rows["Acme"].owner, rows["Acme"].stage, rows["Acme"].stopped) == (None, "potential", "")

    desk.imports(content, also=("owner", "stage", "stopped"))

    rows = {row.name: row for row in desk.find(Customer)}
    assert (rows["Acme"].owner, rows["Acme"].stage, rows["Acme"].stopped) == (bob, "growth", "all")
    assert rows["Blue"].owner is None
    assert {row.why for row in desk.find(SheetRow)} >= {"“已成交” is no stage here."}


def test_a_trial_counts_what_the_import_then_does(desk: Desk) -> None:
    desk.customer("Acme", chats=0)
    content = sheet("Name,Phone", "Acme,13800138000", "Nova,13900139000", "Nova,13900139000", "Bad,1.38E+10", "合计,3")
    id = desk.drops(content)
    desk.presses("staff", "Ann", f"import-try:{id}")
    desk.works()
    tried = desk.tally(desk.job(id))
    assert set(desk.file_of()) == {"Acme"}

    desk.presses("staff", "Ann", f"import-go:{id}")
    desk.works()

    done = desk.tally(desk.job(id))
    assert (tried[0], *tried[3:]) == (done[0], *done[3:]) == (1, 1, 1)


def test_undo_leaves_what_somebody_has_worked_with_and_names_it(desk: Desk) -> None:
    known = desk.customer("Known", chats=0, source="expo")
    job = desk.imports(sheet("Name,Phone,Source", "Acme,13800138000,", "Blue,13900139000,", "Known,13700137000,web"))
    acme = desk.file_of()["Acme"][0].id
    desk.write(lambda work: work.add(Activity(customer=acme, kind="call", at=work.now, logged=work.now)))

    desk.presses("staff", "Ann", f"undo:import:{job.id}")
    desk.works()

    assert set(desk.file_of()) == {"Acme", "Known"}
    row = desk.find(Customer, id=known)[0]
    assert (row.phone, row.source) == ("", "expo")
    assert desk.job(job.id).cursor["stayed"] == ["Acme"]
    assert [row.state for row in desk.find(Change)][-1] == "undone"


class Cut(BaseException):
    """The process dies here."""


def _killed_half_way(desk: Desk, job: int, after: int) -> None:
    """Steps until so many rows are in, and then no more: nothing is tidied up."""
    jobs = Jobs(desk.database, LABOUR, desk.files)
    step = jobs._step

    async def counted(found: Any, act: Any) -> Any:
        if desk.job(job).cursor.get("done", 0) >= after:
            raise Cut
        return await step(found, act)

    async def run() -> None:
        jobs._step = counted  # type: ignore[method-assign]
        jobs._let_go = lambda job, work: None  # type: ignore[method-assign, assignment]
        await jobs.tick()

    with pytest.raises(BaseException):  # noqa: B017, PT011 - as abrupt as that
        asyncio.run(run())
    desk.clock.forward(seconds=60)


def _many(count: int) -> bytes:
    lines = ["Company,Contact,Mobile"]
    lines += [f"Firm {n} Ltd,Person {n},1{30_000_000_00 + n:010}" for n in range(count - count // 20)]
    lines += [f"Firm {n} Ltd,Second {n},1{50_000_000_00 + n:010}" for n in range(count // 20)]
    return sheet(*lines)


def _exact_after_a_kill(desk: Desk, count: int) -> None:
    doubled = count // 20
    id = desk.drops(_many(count))
    desk.presses("staff", "Ann", f"import-go:{id}")
    _killed_half_way(desk, id, count // 2)
    half = desk.job(id).cursor["done"]
    assert count // 2 <= half < count

    desk.works()

    assert desk.job(id).state == "done"
    assert desk.tally(desk.job(id)) == (count - doubled, doubled, 0, 0, 0)
    assert len(desk.find(Customer)) == count - doubled
    assert len(desk.find(Contact)) == count


def test_an_import_that_was_killed_goes_on_and_counts_exactly(desk: Desk) -> None:
    _exact_after_a_kill(desk, 1000)


@pytest.mark.slow
def test_a_hundred_thousand_rows_killed_half_way_come_in_once(desk: Desk) -> None:
    _exact_after_a_kill(desk, 100_000)


# there and back again

LINE = st.characters(exclude_characters='"\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029')
"""Of a line: two quotation marks around a row would make it a cell."""

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp", "Mn", "Me")), max_size=12
).map(lambda text: " ".join(text.split()))
FORMULAS = st.sampled_from(
    ["=1+1", "+49", "-x", "@SUM(A1)", "'quoted", "'=x", "合计", "N/A", "a,b;c", 'say "hi"', "1.38E+10"]
)
PHONES = st.sampled_from(["", "+8613800138000", "+8613900139000", "+14155552671"])
MAILS = st.sampled_from(["", "a@acme.com", "B.c@Acme.com"])


@st.composite
def customers(draw: Any) -> dict[str, Any]:
    people = draw(st.dictionaries(WORDS.filter(bool) | FORMULAS, st.tuples(WORDS, PHONES, MAILS), max_size=2))
    return {
        "name": draw((WORDS | FORMULAS).filter(bool)),
        "values": {
            "phone": draw(PHONES),
            "email": draw(MAILS),
            "source": draw(WORDS | FORMULAS),
            "need": draw(WORDS),
            "place": draw(WORDS),
            "stage": draw(st.sampled_from(["potential", "growth"])),
            "tier": draw(st.sampled_from(["", "A", "C"])),
            "stopped": draw(st.sampled_from(["", "surveys", "all"])),
            "language": draw(st.sampled_from(["", "zh", "en"])),
        },
        "owned": draw(st.booleans()),
        "people": people,
        "tags": draw(st.lists(st.sampled_from(["vip", "展会", "=hot"]), unique=True, max_size=2)),
        "model": draw(st.sampled_from(["", "X-200", "=2"])),
    }


def _filled(desk: Desk, given_rows: list[dict[str, Any]]) -> None:
    def act(work: Work) -> None:
        field = work.add(OwnField(name="machine_model", label="Machine model"))
        ann = work.find(Member)[0].id
        for facts in given_rows:
            row = work.customers.add(facts["name"], owner=ann if facts["owned"] else None, **facts["values"])
            for name, (title, phone, email) in facts["people"].items():
                work.customers.add_contact(row, name, title=title, phone=phone, email=email)
            work.customers.tag(row.id, facts["tags"])
            if facts["model"]:
                work.add(FieldValue(customer=row.id, field=field.id, words=facts["model"]))

    desk.write(act)


def _told(desk: Desk) -> list[Any]:
    """The whole file in words, without numbers of rows."""
    owners = {row.id: row.name for row in desk.find(Member)}
    contacts, tags, values = desk.find(Contact), desk.find(Tag), desk.find(FieldValue)
    plain = ("name", "phone", "email", "source", "need", "place", "stage", "tier", "stopped", "language")
    return sorted(
        (
            [getattr(row, name) for name in plain],
            owners.get(row.owner, ""),
            sorted((c.name, c.title, c.phone, c.email) for c in contacts if c.customer == row.id),
            sorted(tag.name for tag in tags if tag.customer == row.id),
            [value.words for value in values if value.customer == row.id],
        )
        for row in desk.find(Customer)
    )


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(customers(), min_size=1, max_size=4), st.sampled_from(["csv", "xlsx"]), st.sampled_from(["en", "zh"]))
def test_what_is_exported_comes_in_again_without_loss(
    tmp_path_factory: pytest.TempPathFactory, given_rows: list[dict[str, Any]], kind: str, language: str
) -> None:
    everything = ("owner", "stage", "tier", "stopped")
    folder = tmp_path_factory.mktemp("there")
    for here in _desk(folder):
        _filled(here, given_rows)
        count, content = here.write(lambda work: written("customers", kind, language, work))
        told = _told(here)
        assert count == len(given_rows)

        back = here.imports(content, f"x.{kind}", everything)
        assert (here.tally(back)[2], _told(here)) == (sum(max(1, len(r["people"])) for r in given_rows), told)
    for there in _desk(folder):
        _filled(there, [])
        there.imports(content, f"x.{kind}", everything)
        assert _told(there) == told


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode), st.data())
def test_no_file_crashes_or_half_applies(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject
) -> None:
    """Whatever stands around it, a good row comes in, or the whole file is refused with a word."""
    del data
    for desk in _desk(tmp_path_factory.mktemp("fuzz")):
        id = desk.drops(content, "x.csv")
        if desk.job(id).state == "waiting":
            desk.presses("staff", "Ann", f"import-go:{id}")
            desk.works()
        job = desk.job(id)
        assert job.state in ("done", "failed", "waiting")
        if job.state == "done":
            assert sum(desk.tally(job)[:3]) >= len(desk.find(Customer))
        else:
            assert desk.find(Customer) == []


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(LINE, max_size=40), max_size=6))
def test_no_line_takes_a_good_row_with_it(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    dice = random.Random(len(lines))
    at = dice.randint(0, len(lines))
    rows = ["Name,Phone,Email", *lines[:at], "Good Ltd,13800138000,good@ltd.com", *lines[at:]]
    for desk in _desk(tmp_path_factory.mktemp("fuzz")):
        desk.imports("\n".join(rows).encode("utf-8", "replace"))
        assert any("good" in row.email for row in desk.find(Customer)) or any(
            "good" in c.email for c in desk.find(Contact)
        )
