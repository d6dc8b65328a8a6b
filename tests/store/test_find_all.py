"""Finding equals a scan of every name: two thousand random queries of each kind, on thousands of names or a million."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from benchmarks.p6_search import names
from store.engine import open_database
from store.models import Customer, Workspace
from store.pinyin import is_chinese, readings
from store.search_keys import LONGEST, digits_of, normal
from store.work import Work
from tests.engines import NOON, fresh

Texts = Callable[[str], Sequence[str]]
"""Everything of a name at whose beginning a query may match."""


def _scanned(names: Sequence[str], texts: Texts, queries: Iterable[str]) -> dict[str, set[int]]:
    """Which names have each query at such a place: every one of them is looked at, with no index."""
    found: dict[str, set[int]] = {query: set() for query in queries}
    lengths = sorted({len(query) for query in found})
    for number, name in enumerate(names):
        for text in texts(name):
            for length in lengths:
                if (hits := found.get(text[:length])) is not None:
                    hits.add(number)
    return found


def _starts(name: str) -> list[str]:
    """The rest of a name from its beginning, from each word and from each Chinese character; spelled out anew here."""
    out = [name] if name else []
    for place in range(1, len(name)):
        here, before = name[place], name[place - 1]
        chinese = "\u3400" <= here <= "\u9fff"
        if chinese or (here.isalnum() and (not before.isalnum() or "\u3400" <= before <= "\u9fff")):
            out.append(name[place:])
    return [rest[:LONGEST] for rest in out]


def _sounds(name: str, part: Callable[[str], str]) -> list[str]:
    return [
        "".join(part(syllable) for syllable in reading[number:])[:LONGEST]
        for reading in readings(name)
        for number in range(len(reading) if is_chinese(name) else 1)
    ]


@pytest.mark.parametrize(
    ("count", "queries"),
    [
        (1500, 60),
        pytest.param(100_000, 2000, marks=pytest.mark.slow),
        pytest.param(1_000_000, 2000, marks=pytest.mark.slow),
    ],
    ids=["quick", "hundred-thousand", "million"],
)
def test_finding_equals_a_scan(count: int, queries: int, tmp_path: Path) -> None:
    file = list(names(count))
    with fresh("sqlite", tmp_path) as url:
        _compare(url, file, queries)


def _compare(url: str, file: Sequence[tuple[str, str]], queries: int) -> None:
    database = open_database(url, lambda: NOON)
    try:
        _fill(database.write, file)
        with database.read() as work:
            work.workspace = 1
            check(work, file, queries)
    finally:
        database.close()


def check(work: Work, file: Sequence[tuple[str, str]], queries: int) -> None:
    """Nothing that a scan finds is missed, and nothing is found that no scan of any kind finds."""
    whole, reversed_ = [normal(name) for name, _phone in file], [digits_of(phone)[::-1] for _name, phone in file]
    places: dict[str, Texts] = {
        "part of a name": _starts,
        "pinyin": lambda name: _sounds(name, lambda syllable: syllable),
        "initials": lambda name: _sounds(name, lambda syllable: syllable[0]),
    }
    makers = {
        "part of a name": _cut(whole),
        "pinyin": _cut([_sound(name, lambda s: s) for name in whole]),
        "initials": _cut([_sound(name, lambda s: s[0]) for name in whole], 2),
        "last digits": _tails([phone for _name, phone in file]),
    }
    asked = {kind: [maker(random.Random(f"{kind} {n}")) for n in range(queries)] for kind, maker in makers.items()}
    every = {query for several in asked.values() for query in several}
    scans = {kind: _scanned(whole, texts, every) for kind, texts in places.items()}
    tails = _scanned(reversed_, lambda digits: [digits], {digits_of(query)[::-1] for query in every} - {""})
    scans["last digits"] = {query: tails.get(digits_of(query)[::-1], set()) for query in every}
    for kind, several in asked.items():
        for query in several:
            found = {id - 1 for id in work.segments.found(work.segments.question(f'find("{query}")')).ids}
            wanted = scans[kind][query]
            assert wanted <= found, (kind, query, wanted - found)
            assert found <= set().union(*(scan[query] for scan in scans.values())), (kind, query)


def _fill(write: Callable[..., object], file: Sequence[tuple[str, str]]) -> None:
    def first(work: Work) -> None:
        work.insert(Workspace(name="Acme", secret="s", created=NOON))

    write(first).result(600)  # type: ignore[attr-defined]
    for start in range(0, len(file), 2000):

        def some(work: Work, start: int = start) -> None:
            work.workspace = 1
            rows = [
                work.add(Customer(name=name, phone=phone, created=NOON)) for name, phone in file[start : start + 2000]
            ]
            work.for_good()
            work.search.index_new(rows)

        write(some).result(600)  # type: ignore[attr-defined]


def _sound(name: str, part: Callable[[str], str]) -> str:
    return "".join(part(syllable) for syllable in readings(name)[0])


def _cut(texts: Sequence[str], least: int = 2) -> Callable[[random.Random], str]:
    def query(random_: random.Random) -> str:
        while True:
            text = random_.choice(texts)
            places = [rest for rest in _starts(text)] if not text.isascii() else [text, *_starts(text)]
            found = random_.choice(places)[: random_.randint(least, 8)].strip()
            if len(found) >= least and '"' not in found and "\\" not in found and not found.isdigit():
                return found

    return query


def _tails(phones: Sequence[str]) -> Callable[[random.Random], str]:
    def query(random_: random.Random) -> str:
        while True:
            digits = digits_of(random_.choice(phones))
            if len(digits) >= 4:
                return digits[-random_.randint(4, min(10, len(digits))) :]

    return query
