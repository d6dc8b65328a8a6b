"""Finding equals a scan of every name: two thousand random queries of each kind, on thousands of names or a million."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from benchmarks.p6_search import names
from store.engine import open_database
from store.models import Customer, Workspace
from store.pinyin import is_chinese, readings
from store.search import LONGEST, digits_of, normal
from store.work import Work
from tests.engines import NOON, fresh

SIGN = "\x00"
PLACE = "\x01"
"""Stands in the long text before each place at which a match may begin."""


class Scan:
    """Every name in one long text, each place where a match may begin marked: looked through from end to end."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._starts: list[int] = []
        parts, at = [], 0
        for several in texts:
            self._starts.append(at)
            part = "".join(PLACE + text for text in several) + SIGN
            parts.append(part)
            at += len(part)
        self._text = "".join(parts)

    def of(self, query: str) -> set[int]:
        found, at = set(), self._text.find(PLACE + query)
        while at >= 0:
            found.add(bisect_right(self._starts, at) - 1)
            at = self._text.find(PLACE + query, at + 1)
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
    ("count", "queries"), [(1500, 60), pytest.param(1_000_000, 2000, marks=pytest.mark.slow)], ids=["quick", "million"]
)
def test_finding_equals_a_scan(count: int, queries: int, tmp_path: Path) -> None:
    file = list(names(count))
    with fresh("sqlite", tmp_path) as url:
        _compare(url, file, queries)


def _compare(url: str, file: Sequence[tuple[str, str]], queries: int) -> None:
    database = open_database(url, lambda: NOON)
    try:
        _fill(database.write, file)
        whole = [normal(name) for name, _phone in file]
        spoken = {
            "part of a name": (Scan([_starts(name) for name in whole]), _cut(whole)),
            "pinyin": (Scan([_sounds(n, lambda s: s) for n in whole]), _cut([_sound(n, lambda s: s) for n in whole])),
            "initials": (
                Scan([_sounds(n, lambda s: s[0]) for n in whole]),
                _cut([_sound(n, lambda s: s[0]) for n in whole], 2),
            ),
            "last digits": (Scan([[digits_of(p)[::-1]] for _n, p in file]), _tails([p for _n, p in file])),
        }
        with database.read() as work:
            work.workspace = 1
            for kind, (scan, query_of) in spoken.items():
                random_ = random.Random(kind)
                for _ in range(queries):
                    query = query_of(random_)
                    wanted = scan.of(digits_of(query)[::-1] if kind == "last digits" else query)
                    question = work.segments.question(f'find("{query}")')
                    found = {id - 1 for id in work.segments.found(question).ids}
                    assert wanted <= found, (kind, query, wanted - found)
                    others = set().union(*(s.of(query) for k, (s, _q) in spoken.items() if k != "last digits"))
                    assert found <= wanted | others | (scan.of(query[::-1]) if kind == "last digits" else set()), (
                        kind,
                        query,
                    )
    finally:
        database.close()


def _fill(write: Callable[..., object], file: Sequence[tuple[str, str]]) -> None:
    def first(work: Work) -> None:
        work.insert(Workspace(name="Acme", secret="s", created=NOON))

    write(first).result(10)  # type: ignore[attr-defined]
    for start in range(0, len(file), 2000):

        def some(work: Work, start: int = start) -> None:
            work.workspace = 1
            rows = [
                work.add(Customer(name=name, phone=phone, created=NOON)) for name, phone in file[start : start + 2000]
            ]
            work.changes = []
            work.search.index_new(rows)

        write(some).result(60)  # type: ignore[attr-defined]


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
