"""Finding: every way of asking, nothing silently missed, the closest first, one typing error forgiven."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.models import Customer
from store.search import Hit
from store.search_keys import keys_of, normal
from store.typos import is_near, nearby
from store.work import Work
from tests.store.conftest import Run

NAMES = (
    ("云帆科技有限公司", "010-8888 8000", ""),
    ("Acme Robotics Inc.", "+1 415 555 0101", "sales@acme.example"),
    ("Müller & Söhne GmbH", "", ""),
    ("单雄信", "13800138000", ""),
    ("曾伟", "", ""),
    ("重庆长安", "", ""),
    ("John Smithson", "", ""),
    ("Northern Smith", "", ""),
    ("李薇", "+86 139 1111 2222", "li.wei@yunfan.example"),
)


@pytest.fixture
def found(run: Run[Any]) -> Any:
    """Asks for a query; answers with the names found, in their order."""

    def fill(work: Work) -> None:
        for name, phone, email in NAMES:
            work.customers.add(name, owner=None, phone=phone, email=email)

    run(fill)

    def found(query: str) -> list[str]:
        return [row.name for row in run(lambda work: work.search.customers(work.search.find(query)))]

    return found


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("云帆", "云帆科技有限公司"),
        ("科技", "云帆科技有限公司"),
        ("雲帆", "云帆科技有限公司"),
        ("云 帆", "云帆科技有限公司"),
        ("yunfan", "云帆科技有限公司"),
        ("yun fan", "云帆科技有限公司"),
        ("yfkj", "云帆科技有限公司"),
        ("keji", "云帆科技有限公司"),
        ("8000", "云帆科技有限公司"),
        ("acme", "Acme Robotics Inc."),
        ("ROBO", "Acme Robotics Inc."),
        ("ＡＣＭＥ", "Acme Robotics Inc."),
        ("sales@acme", "Acme Robotics Inc."),
        ("550101", "Acme Robotics Inc."),
        ("415-555-0101", "Acme Robotics Inc."),
        ("muller", "Müller & Söhne GmbH"),
        ("shanxiongxin", "单雄信"),
        ("danxiongxin", "单雄信"),
        ("zengwei", "曾伟"),
        ("zw", "曾伟"),
        ("chongqing", "重庆长安"),
        ("13911112222", "李薇"),
        ("+86 13800138000", "单雄信"),
        ("amce", "Acme Robotics Inc."),
        ("robotocs", "Acme Robotics Inc."),
        ("acme robtics", "Acme Robotics Inc."),
        ("yunfsn", "云帆科技有限公司"),
        ("chonqing", "重庆长安"),
    ],
)
def test_a_customer_is_found_by(query: str, name: str, found: Any) -> None:
    assert name in found(query)


@pytest.mark.parametrize("query", ["", " ", "no such name", "99999", "@", "%", "_", "'", "zz", "\U0010ffff"])
def test_nothing_is_found_by(query: str, found: Any) -> None:
    assert found(query) == []


def test_the_closest_comes_first(run: Run[Any]) -> None:
    def act(work: Work) -> list[tuple[str, str]]:
        for name in ("Big Acme", "Acme Robotics", "Acme", "阿克么", "Acne"):
            work.customers.add(name, owner=None)
        hits = work.search.find("acme")
        return [(row.name, hit.how) for row, hit in zip(work.search.customers(hits), hits, strict=True)]

    assert run(act) == [("Acme", "exact"), ("Acme Robotics", "start"), ("Big Acme", "part")]


def test_an_error_is_forgiven_only_when_nothing_matches(run: Run[Any]) -> None:
    def act(work: Work) -> list[list[str]]:
        work.customers.add("Acne Clinic", owner=None)
        first = [hit.how for hit in work.search.find("acme")]
        work.customers.add("Acme", owner=None)
        return [first, [hit.how for hit in work.search.find("acme")]]

    assert run(act) == [["typo"], ["exact"]]


def test_another_workspace_finds_nothing(run: Run[Any]) -> None:
    run(lambda work: work.customers.add("Acme", owner=None))
    assert run(
        lambda work: (work.search.find("acme"), work.search.find("amce"), work.search.named(["Acme"])), within=2
    ) == (
        [],
        [],
        {},
    )


def test_keys_follow_a_change_and_go_with_the_customer(run: Run[Any]) -> None:
    def act(work: Work) -> list[int]:
        customer = work.customers.add("Acme", owner=None)
        contact = work.customers.add_contact(customer, "李薇")
        counts = [len(work.search.find(query)) for query in ("acme", "liwei")]
        customer = work.customers.change(customer, name="云帆科技")
        work.customers.change_contact(customer, contact, name="王强")
        counts += [len(work.search.find(query)) for query in ("acme", "liwei", "云帆", "wq")]
        work.customers.change(customer, state="removed")
        return [*counts, len(work.search.find("云帆"))]

    assert run(act) == [1, 1, 0, 0, 1, 1, 0]


def test_a_name_is_recognised_whole_or_without_its_legal_form(run: Run[Any]) -> None:
    def act(work: Work) -> Any:
        customer = work.customers.add("云帆科技有限公司", owner=None)
        contact = work.customers.add_contact(customer, "曾伟")
        named = work.search.named(["云帆科技", "雲帆科技有限公司", "云帆", "曾伟"])
        sounding = work.search.sounding(["曾伟", "zeng wei"])
        hits = {"firm": Hit(customer.id), "person": Hit(customer.id, contact.id)}
        return named, sounding, hits

    named, sounding, hits = run(act)
    assert named == {"云帆科技": [hits["firm"]], "雲帆科技有限公司": [hits["firm"]], "曾伟": [hits["person"]]}
    assert sounding == {"曾伟": [hits["person"]], "zeng wei": [hits["person"]]}


def test_many_hits_of_one_customer_hide_nobody(run: Run[Any]) -> None:
    def act(work: Work) -> int:
        first = work.customers.add("丁丁丁丁丁丁丁丁丁丁", owner=None)
        for number in range(30):
            work.customers.add_contact(first, f"丁丁丁丁丁丁丁丁{number:02}")
        work.customers.add("丁丁茂", owner=None)
        return len({hit.customer for hit in work.search.find("丁丁", limit=100)})

    assert run(act) == 2


_characters = st.sampled_from("云帆科技单曾雲李abcAé -'&.%_9")
_names = st.text(_characters, min_size=1, max_size=14).filter(lambda name: bool(normal(name)))


def _brute(names: list[str], query: str) -> set[str]:
    """Names with the query at the start, at a word's start or at a Chinese character."""
    wanted, out = normal(query), set()
    for name in names:
        whole = normal(name)
        places = [place for place in range(len(whole)) if whole.startswith(wanted, place)]
        if any(place == 0 or _begins(whole, place) for place in places):
            out.add(name)
    return out


def _begins(name: str, place: int) -> bool:
    here, before = name[place], name[place - 1]
    return "\u3400" <= here <= "\u9fff" or (here.isalnum() and (not before.isalnum() or "\u3400" <= before <= "\u9fff"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(_names, min_size=1, max_size=8, unique=True), data=st.data())
def test_no_name_that_has_the_query_is_missed(run: Run[Any], names: list[str], data: st.DataObject) -> None:
    name = normal(data.draw(st.sampled_from(names)))
    start = data.draw(st.sampled_from([0, *(place for place in range(1, len(name)) if _begins(name, place))]))
    query = name[start : start + data.draw(st.integers(1, 6))].strip() or name

    def act(work: Work) -> set[str]:
        for table in ("search_key", "customer"):
            work.cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        for one in names:
            work.customers.add(one, owner=None)
        return {row.name for row in work.search.customers(work.search.find(query, limit=50))}

    assert _brute(names, query) <= run(act)


def test_a_typo_is_forgiven_beside_figures_but_never_in_them(run: Run[Any]) -> None:
    def act(work: Work) -> list[set[str]]:
        for name in ("Nova1234 Robotics", "Nova1235 Robotics", "Area 51 Tools", "13800138000"):
            work.customers.add(name, owner=None)
        asked = ("Noav1234 Robotics", "Nova1234 Robtoics", "nvoa1235", "Aera 51", "Noav1236", "Nova1239", "13800138009")
        return [{row.name for row in work.search.customers(work.search.find(query))} for query in asked]

    first, second, area = {"Nova1234 Robotics"}, {"Nova1235 Robotics"}, {"Area 51 Tools"}
    assert run(act) == [first, first, second, area, set(), set(), set()]


@settings(max_examples=200, deadline=None)
@given(word=st.text("abcdefghij", min_size=5, max_size=16), data=st.data())
def test_every_single_error_is_among_what_is_looked_up(word: str, data: st.DataObject) -> None:
    place, letter = data.draw(st.integers(0, len(word) - 1)), data.draw(st.sampled_from("abcdefghij"))
    typed = data.draw(
        st.sampled_from(
            [
                word[:place] + letter + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + word[place + 1 :],
                word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
            ]
        )
    )
    assert any(word.startswith(candidate) for candidate in nearby(typed))
    assert is_near(typed, word)


def test_keys_stay_few() -> None:
    assert len(keys_of("云帆科技有限公司", phone="010 8888", email="a@b.c")) <= 32
    for name in ("Acme Robotics", "Acme Robotics Incorporated", "The Old Mill Bakery and Sons Ltd"):
        assert len(keys_of(name)) <= len(name.split()) + 9, name


def test_a_customers_key_order_is_that_of_code_points(run: Run[Any]) -> None:
    def act(work: Work) -> list[str]:
        for name in ("éclair", "Zebra", "apple", "云", "a-b"):
            work.customers.add(name, owner=None)
        work.cursor.execute("SELECT key FROM search_key WHERE kind = 'whole' ORDER BY key")
        return [row[0] for row in work.cursor.fetchall()]

    keys = run(act)
    assert keys == sorted(keys)


def test_a_row_that_was_never_added_has_no_hits(run: Run[Any]) -> None:
    assert run(lambda work: (work.search.customers([Hit(7)]), work.find(Customer))) == ([], [])
