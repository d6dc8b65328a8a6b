"""Who is meant: never a silent guess between two, and never a word taken for a name."""

import random
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.understanding import Context, Known, MemoryNames, Mention, normal, read, short_forms, surname_of
from flows.understanding.gated import Gated
from flows.understanding.people.strangers_zh import SPOTS
from flows.understanding.text import prepare
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY

NOW = WEDNESDAY.now


def person(key: str, name: str, firm: str | None = None, own: bool = False, days: int | None = None) -> Known:
    return Known("contact", key, name, firm, own, NOW - timedelta(days) if days is not None else None)


def only(mentions: Collection[Mention]) -> Mention:
    (one,) = mentions
    return one


def test_a_firm_beside_the_name_decides() -> None:
    names = MemoryNames(
        [
            Known("customer", "a", "Acme"),
            Known("customer", "b", "Globex"),
            person("1", "Li Wei", "a"),
            person("2", "Li Wei", "b"),
        ]
    )
    assert only(read("met Li Wei from Globex", WEDNESDAY, names).people).id == "2"


def test_the_writers_own_contact_comes_first() -> None:
    names = MemoryNames([person("1", "李伟"), person("2", "李伟", own=True)])
    assert only(read("给李伟打了电话", WEDNESDAY, names).people).id == "2"


def test_of_several_own_contacts_the_one_touched_lately() -> None:
    names = MemoryNames([person("1", "李伟", own=True, days=400), person("2", "李伟", own=True, days=2)])
    assert only(read("给李伟打了电话", WEDNESDAY, names).people).id == "2"


def test_two_that_fit_alike_are_asked_for() -> None:
    names = MemoryNames([person("1", "李伟", own=True, days=1), person("2", "李伟", own=True, days=2)])
    one = only(read("给李伟打了电话", WEDNESDAY, names).people)
    assert (one.id, one.ids) == (None, ("1", "2"))


@pytest.mark.parametrize(
    "text",
    [
        "they will sign in may",
        "the bill is on target",
        "mark it as done",
        "this is a hot summer",
        "流量高峰期崩溃了",
        "这个界面挺美的",
        "大家平安到家",
    ],
)
def test_a_word_is_no_name(text: str) -> None:
    words = [
        Known("customer", "target", "Target"),
        Known("customer", "midea", "美的"),
        Known("customer", "pingan", "平安"),
    ]
    names = MemoryNames(
        [
            *words,
            person("may", "May Lin"),
            person("bill", "Bill Gray"),
            person("mark", "Mark Ho"),
            person("summer", "Summer Fox"),
            person("gf", "高峰"),
        ]
    )
    reading = read(text, WEDNESDAY, names)
    assert (reading.people, reading.companies) == ((), ())


def test_a_name_that_is_a_word_links_beside_its_firm() -> None:
    assert [one.id for one in read("Will from Vandelay wants a demo", WEDNESDAY, CUSTOMERS).people] == ["will"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("刘扬", "liuyang"),
        ("劉洋", "liuyang"),
        ("ＪＯＨＮ Smith", "john"),
        ("Pryia Patel", "priya"),
        ("Anna Muller", "anna"),
    ],
)
def test_other_spellings_of_a_name(written: str, key: str) -> None:
    assert [
        one.id
        for one in read(
            f"跟{written}见面了" if written[0] > "\u3400" and written[0] < "\uff00" else f"met {written} today",
            WEDNESDAY,
            CUSTOMERS,
        ).people
    ] == [key]


def test_a_surname_with_a_title_means_ones_own_contacts() -> None:
    one = only(read("赵总说可以", WEDNESDAY, CUSTOMERS).people)
    assert one.id == "zhaolei"


def test_somebody_new_at_a_known_firm_is_not_the_namesake() -> None:
    one = only(read("met Li Wei at Globex", WEDNESDAY, CUSTOMERS).people)
    assert (one.id, one.ids) == (None, ())


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Called Sarah Miller about the boiler", ("Sarah Miller", None)),
        ("New buyer there is Tom Oakes-Reed, starts Monday", ("Tom Oakes-Reed", None)),
        ("Sarah Chem is back on Monday", ("Sarah Chem", "sarah")),
        ("Sarah Globex wants it sooner", ("Sarah", "sarah")),
        ("coffee with Sarah Thursday", ("Sarah", "sarah")),
        ("Rang Sarah Manager was out", ("Sarah", "sarah")),
    ],
)
def test_a_first_name_with_another_surname_is_somebody_else(line: str, who: tuple[str, str | None]) -> None:
    one = only(read(line, WEDNESDAY, CUSTOMERS).people)
    assert (one.mention, one.id) == who


def test_the_lookup_is_asked_at_most_once_a_message() -> None:
    calls: list[str] = []

    class Counting:
        def exact(self, mentions: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
            calls.append("exact")
            return CUSTOMERS.exact(mentions)

        def near(self, mentions: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
            calls.append("near")
            return CUSTOMERS.near(mentions)

    read("Called Li Wei at Acme and Zork Blib at Frobozz, 王总和刘扬也在", WEDNESDAY, Counting())
    assert sorted(calls) == ["exact", "near"]


def test_a_name_added_is_found_at_once_in_sound_too() -> None:
    names = MemoryNames([person("1", "李伟")])
    names.near(["礼伟"])
    names.add(person("2", "周杭"))
    assert [one.id for one in names.exact(["周杭"])["周杭"]] == ["2"]
    assert [one.id for one in names.near(["周航"])["周航"]] == ["2"]


def test_many_namesakes_are_asked_for_not_guessed() -> None:
    chance = random.Random(7)
    crowd = [person(f"p{number}", chance.choice(["李伟", "张伟"]), f"f{number % 50}") for number in range(5_000)]
    mine = replace(person("mine", "李伟", "f1"), own=True)
    firms = [Known("customer", f"f{number}", f"第{number}机械厂") for number in range(50)]
    names = MemoryNames([*crowd, mine, *firms])
    assert only(read("给李伟打了电话", WEDNESDAY, names).people).id == "mine"
    asked = only(read("给张伟打了电话", WEDNESDAY, names).people)
    assert asked.id is None
    assert len(asked.ids) > 1


def test_short_forms_and_titles() -> None:
    assert short_forms("Delta Dental", "customer") == ("delta",)
    assert short_forms("星河电子有限公司", "customer")[0] == "星河电子"
    assert short_forms("The Boring Company Ltd", "customer") == ("boring company ltd", "boring company", "boring")
    assert surname_of("王总") == "王"
    assert surname_of("Mr. Li") == "li"
    assert normal("José  Álvarez") == "jose alvarez"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("上海宝钢集团", "宝钢"),
        ("北京小米科技有限责任公司", "小米"),
        ("深圳市腾讯计算机系统有限公司", "腾讯"),
        ("鼎盛机电设备(上海)有限公司", "鼎盛"),
        ("义乌市双童日用品有限公司", "双童"),
        ("中国移动通信集团", "中国移动"),
    ],
)
def test_chinese_firms_are_called_without_where_they_are_and_what_they_make(name: str, called: str) -> None:
    assert called in short_forms(name, "customer")


@pytest.mark.parametrize("name", ["上海银行", "南京大学", "广州日报", "上海宾馆"])
def test_no_firm_is_called_like_its_town_or_its_trade(name: str) -> None:
    assert short_forms(name, "customer") == ()


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: spot.example)
def test_an_unknown_firm_is_found_where_a_firm_would_stand(spot: Gated) -> None:
    """By each rule alone, whatever the name."""
    [match] = spot.finditer(prepare(spot.example))
    assert match["name"] == "百味轩"


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("invoiced coffee house 2k", "c1"),
        ("coffee house address is 12 high st", "c1"),
        ("spoke w coffee house re march order", "c1"),
        ("what did coffee house order last", "c1"),
        ("has blue ocean paid yet", "c2"),
        ("can you show me blue oceans orders", "c2"),
        ("whats sarah webbs number", "p2"),
    ],
)
def test_short_names_of_everyday_words_are_known_in_the_middle_of_a_line(line: str, who: str) -> None:
    names = MemoryNames(
        [
            Known("customer", "c1", "The Coffee House", None, True),
            Known("contact", "p1", "Sarah Jones", "c1", True),
            Known("customer", "c2", "Blue Ocean Shipping", None, True),
            Known("contact", "p2", "Sarah Webb", "c2", True),
        ]
    )
    reading = read(line, Context(now=datetime(2026, 3, 2, 10, tzinfo=UTC), country="GB", language="en"), names)
    assert [one.id for one in (*reading.companies, *reading.people)] == [who]


def test_a_word_of_a_name_is_no_kind_of_contact() -> None:
    names = MemoryNames([Known("customer", "c1", "The Coffee House", None, True)])
    context = Context(now=datetime(2026, 3, 2, 10, tzinfo=UTC), country="GB", language="en")
    told = read("coffee house says the machine is broken", context, names).activity
    met = read("had a coffee at the coffee house", context, names).activity
    assert told
    assert told.kind == "note"
    assert met
    assert met.kind == "meeting"
