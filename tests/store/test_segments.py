"""Segments: what SQL selects is what CEL itself says of every single customer, on either engine."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import cel
import pytest

from store.cel import Beyond, parse, written
from store.conditions import Unknown
from store.judging import has_word, like
from store.models import Customer, FieldValue, Member, Need, OwnField, Purchase, Tag, Trace
from store.work import Work
from tests.engines import NOON
from tests.store.conftest import Run

TIERS, STAGES = ["A", "B", "C", ""], ["potential", "new", "growth", "warning", ""]
INDUSTRIES, PLACES = ["auto", "Automotive", "食品", "50% food_", ""], ["上海", "Shanghai", "北京", "Übersee", ""]
PRODUCTS, TAGS = ["A", "B", "Pump A", "离心水泵", "水泵配件"], ["vip", "展会", "hot"]
WORDS = ["auto", "AUTO", "食品", "%", "_", "ü", "hai", "上海", ""]
_SQL = [
    *(
        f'{name} {op} "{value}"'
        for name in ("tier", "stage", "place", "owner")
        for op in ("==", "!=")
        for value in ("B", "new", "上海", "Bob", "")
    ),
    *(f'like({name}, "{word}")' for name in ("industry", "place", "name", "owner", "maker") for word in WORDS),
    *(
        f"{name} {op} {n}"
        for name in ("value", "score", "silent", "added", "orders", "age")
        for op in ("<", "<=", ">", ">=", "==", "!=")
        for n in (0, 1, 2, 30, 50, 300000, 2.5)
    ),
    *(f"{n} < {name}" for name in ("value", "silent") for n in (7, 300000)),
    *(f'"{tag}" in tags' for tag in (*TAGS, "none")),
    'tier in ["A", "B"]',
    "tier in []",
    "reachable",
    "reachable == false",
    "!reachable",
    'maker == "Acme"',
    'maker != "Acme"',
    'bought_on >= "2026-01-01"',
    '"2026-02-01" > bought_on',
    '"ERP" in needs',
    "true",
    "!(age > 2)",
    *(
        f'{does}("{what}"{days})'
        for does in ("bought", "viewed")
        for what in ("A", "a", "pump", "水泵", "")
        for days in ("", ", 30", ", 365")
    ),
    'did("viewed")',
    'did("clicked", "B", 30)',
    'did("")',
    "bought(30)",
]
_BEYOND = [
    "size(tags) > 1",
    'tags.exists(t, t.startsWith("v"))',
    'place.startsWith("Sh")',
    'tier == "A" ? silent > 10.0 : score > 50',
    "score * 2 > 100",
    'like(place, "ÜBER")',
]


def fill(work: Work, count: int, seed: int) -> None:
    random_ = random.Random(seed)
    people = [work.add(Member(name=name, joined=work.now)) for name in ("Bob", "王芳")]
    fields = {
        name: work.add(OwnField(name=name, kind=kind))
        for name, kind in (("maker", "text"), ("age", "number"), ("bought_on", "date"))
    }
    for number in range(count):
        ago = [timedelta(days=random_.choice([0, 1, 6.9, 7, 29.99, 30, 30.01, 90, 400])) for _ in range(4)]
        row = work.add(
            Customer(
                name=f"Firm {number}", owner=random_.choice([None, people[0].id, people[1].id]),
                tier=random_.choice(TIERS),
                stage=random_.choice(STAGES), industry=random_.choice(INDUSTRIES), place=random_.choice(PLACES),
                value=random_.choice([0, 29999999, 30000000, 30000001, 250]), score=random_.choice([0, 1, 30, 50, 100]),
                last_touch=random_.choice([None, NOON - ago[0]]), created=NOON - ago[1],
            )
        )  # fmt: skip
        for tag in random_.sample(TAGS, random_.randint(0, 3)):
            work.add(Tag(customer=row.id, name=tag))
        for _ in range(random_.randint(0, 3)):
            state = random_.choice(["open", "open", "cancelled"])
            what, kind = random_.choice(PRODUCTS), random_.choice(["order", "order", "payment"])
            work.add(Purchase(customer=row.id, kind=kind, what=what, at=NOON - random_.choice(ago), state=state))
            did = random_.choice(["viewed", "clicked"])
            work.add(Trace(customer=row.id, what=did, about=random_.choice(PRODUCTS), at=NOON - random_.choice(ago)))
        if random_.random() < 0.4:
            work.add(Need(customer=row.id, text="ERP", state=random_.choice(["open", "settled"]), at=NOON))
        if random_.random() < 0.6:
            work.add(
                FieldValue(customer=row.id, field=fields["maker"].id, words=random_.choice(["Acme", "acme b", "海川"]))
            )
            work.add(
                FieldValue(
                    customer=row.id, field=fields["age"].id, words="2", number=random_.choice([0, 20000, 25000, 500000])
                )
            )
            work.add(
                FieldValue(
                    customer=row.id,
                    field=fields["bought_on"].id,
                    words=random_.choice(["2026-01-01", "2025-12-31", "2026-02-01"]),
                )
            )


def judged(work: Work, facts_of: Mapping[int, Any], text: str) -> list[int]:
    """What CEL says of each customer; functions are looked up in the rows by plain Python."""
    bought = [(p.customer, p.what, p.at) for p in work.find(Purchase) if p.kind == "order" and p.state == "open"]
    seen = [(t.customer, t.what, t.about, t.at) for t in work.find(Trace)]
    program, out = cel.compile(text), []

    def days_of(given: tuple[Any, ...]) -> tuple[list[str], timedelta]:
        days = next((value for value in given if not isinstance(value, str)), 100_000)
        return [value for value in given if isinstance(value, str)], timedelta(days=days)

    for id, facts in facts_of.items():

        def has_bought(*given: Any, id: int = id) -> bool:
            words, days = days_of(given)
            return any(c == id and at >= NOON - days and has_word(what, (*words, "")[0]) for c, what, at in bought)

        def did(what: str, *given: Any, id: int = id) -> bool:
            words, days = days_of(given)
            return any(
                c == id and at >= NOON - days and what in ("", w) and has_word(about, (*words, "")[0])
                for c, w, about, at in seen
            )

        functions = {"like": like, "bought": has_bought, "did": did, "viewed": lambda *g, did=did: did("viewed", *g)}
        try:
            if program.execute(cel.Context(variables=facts, functions=functions)):
                out.append(id)
        except (RuntimeError, TypeError):
            continue
    return out


def conditions(count: int, seed: int) -> Iterator[str]:
    """Every kind of part at least once, then random trees of them."""
    yield from _SQL
    yield from _BEYOND
    random_ = random.Random(seed)
    for _ in range(count):
        some = [random_.choice(_SQL if random_.random() < 0.9 else _BEYOND) for _ in range(random_.randint(2, 4))]
        some = [f"!({part})" if random_.random() < 0.2 else f"({part})" for part in some]
        yield f" {random_.choice(['&&', '||'])} ".join(some)


@pytest.mark.parametrize(("customers", "trees"), [(30, 30), pytest.param(400, 2000, marks=pytest.mark.slow)])
def test_sql_selects_what_cel_says(run: Run[Any], customers: int, trees: int) -> None:
    run(lambda work: fill(work, customers, 1))

    texts = list(conditions(trees, 2))

    def act(work: Work, some: list[str]) -> list[str]:
        facts = dict(work.segments.facts(sorted(row.id for row in work.find(Customer))))
        selected = {text: sorted(work.segments.found(work.segments.question(text)).ids) for text in some}
        return [text for text in some if selected[text] != judged(work, facts, text)]

    for start in range(0, len(texts), 50):
        assert run(lambda work, start=start: act(work, texts[start : start + 50])) == []


def test_nobody_else_is_found(run: Run[Any]) -> None:
    def act(work: Work) -> tuple[list[str], int]:
        bob = work.add(Member(name="Bob", joined=NOON))
        for name, owner in (("Ours", bob.id), ("Theirs", bob.id + 1), ("Nobody's", None)):
            work.customers.add(name, owner=owner)
        gone = work.customers.add("Gone", owner=None)
        work.customers.change(gone, state="removed")
        work.sight = frozenset({bob.id})
        question = work.segments.question("silent >= 0")
        return [row.name for row in work.segments.customers(work.segments.found(question).ids)], work.segments.count(
            question
        )

    names, count = run(act)
    assert (sorted(names), count) == (["Nobody's", "Ours"], 2)


def test_who_can_not_be_judged_is_counted_and_harms_no_one_else(run: Run[Any]) -> None:
    def act(work: Work) -> tuple[list[str], int]:
        for name, value in (("Buys", 400), ("Waits", 0)):
            work.customers.change(work.customers.add(name, owner=None), value=value * 100)
        found = work.segments.found(work.segments.question("1200.0 / value < 4.0 || [1, 2][int(value) - 400] == 1"))
        return [row.name for row in work.segments.customers(found.ids)], found.unsure

    assert run(act) == (["Buys"], 1)


@pytest.mark.parametrize("text", ["teir == 'A'", "silence > 3", "like(nmae, 'x')", "'x' in tgas"])
def test_a_wrong_name_is_told(run: Run[Any], text: str) -> None:
    with pytest.raises(Unknown):
        run(lambda work: work.segments.question(text))


@pytest.mark.parametrize("text", ["tier ==", "(", "tier = 'A'", "', DROP", "tier == 'A' &&"])
def test_what_is_no_cel_is_told(run: Run[Any], text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        run(lambda work: work.segments.question(text))


@pytest.mark.parametrize(
    "text", ['tier == "B" && !(silent > 30 || "a\\"b" in tags)', 'tier in ["A", "B"]', 'bought("A", 30)', "a == -1.5"]
)
def test_a_condition_is_read_and_written(text: str) -> None:
    tree = parse(text)
    assert parse(written(tree)) == tree


@pytest.mark.parametrize(
    "text", ["a ? b : c", "a.b", "a[0]", "a.map(x, x == 1)[0]", "(" * 60 + "a" + ")" * 60, "a == b == c", "1 +"]
)
def test_what_lies_beyond_is_refused(text: str) -> None:
    with pytest.raises(Beyond):
        parse(text)
