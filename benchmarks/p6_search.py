"""P6: finding a customer by part of a name, pinyin, initials, prefix or phone, beside LIKE in the same run."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import bindparam, insert

from benchmarks import Target, rounds
from benchmarks.p3_turns import now
from benchmarks.servers import postgresql
from store.engine import Database, open_database
from store.migrations import migrate
from store.models import Customer, Workspace
from store.statements import Statement
from store.work import Work

_PLACES = [
    "北京",
    "上海",
    "深圳",
    "广州",
    "杭州",
    "成都",
    "南京",
    "武汉",
    "西安",
    "重庆",
    "苏州",
    "天津",
    "长沙",
    "青岛",
    "宁波",
    "厦门",
]
_CORE = "云帆海川星河启明瑞德博远华盛金桥天成宏图安信恒泰嘉禾东方新锐百川长青明德致远"
_TRADE = ["科技", "贸易", "医疗", "教育", "物流", "电子", "软件", "食品", "建筑", "传媒", "能源", "材料"]
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高梁曾单仇解查"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰"
_FRONT = [
    "Nova",
    "Apex",
    "Blue",
    "Vertex",
    "North",
    "Silver",
    "Quantum",
    "Bright",
    "Cedar",
    "Delta",
    "Echo",
    "Falcon",
    "Granite",
    "Harbor",
    "Iron",
    "Juniper",
]
_BACK = [
    "Robotics",
    "Systems",
    "Foods",
    "Logistics",
    "Medical",
    "Textiles",
    "Energy",
    "Software",
    "Partners",
    "Motors",
    "Paper",
    "Optics",
]
_CHUNK = 5000


def names(count: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """(name, phone) pairs: firms and people, Chinese and English, like those of a file of customers."""
    dice = random.Random(seed)
    for number in range(count):
        phone = f"1{dice.randrange(30, 99)}{dice.randrange(10**8):08}"
        kind = number % 4
        if kind < 2:
            core = "".join(dice.choices(_CORE, k=dice.randrange(2, 4)))
            yield f"{dice.choice(_PLACES)}{core}{dice.choice(_TRADE)}有限公司", phone
        elif kind == 2:
            yield dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=dice.randrange(1, 3))), phone
        else:
            yield f"{dice.choice(_FRONT)}{dice.randrange(10_000)} {dice.choice(_BACK)} Inc.", phone


def fill(database: Database, count: int) -> None:
    """Customers with their keys, a few thousand a transaction."""
    database.write(lambda work: work.insert(Workspace(name="Acme", secret="", created=work.now))).result()
    rows: list[Customer] = []
    for number, (name, phone) in enumerate(names(count), 1):
        rows.append(Customer(id=number, workspace=1, name=name, phone=phone, owner=1, created=now()))
        if len(rows) == _CHUNK or number == count:
            database.write(_chunk(rows)).result()
            rows = []


_T = Customer.table()
_INSERT = Statement(lambda: insert(_T).values({c.name: bindparam(c.name, type_=c.type) for c in _T.c}))


def _chunk(rows: Sequence[Customer]) -> Callable[[Work], None]:
    def act(work: Work) -> None:
        work.workspace = 1
        work.run_many(_INSERT, [row.__dict__ for row in rows])
        work.search.index_new(rows)

    return act


def _queries(count: int) -> list[tuple[str, str]]:
    """(what a person types, what LIKE is asked for) in each of the ways."""
    dice = random.Random(11)
    out: list[tuple[str, str]] = []
    for name, phone in dice.sample(list(names(2000)), count):
        if name.isascii():
            out.append((name[: dice.randrange(5, 8)].lower(), f"{name[:6]}%"))
        elif len(name) > 4:
            start = dice.randrange(2, 4)
            part = name[start : start + 2]
            out.append((part, f"%{part}%"))
            out.append((_pinyin(name[2:5]), f"%{part}%"))
            out.append((_pinyin(name[2:6], initials=True), f"%{part}%"))
        out.append((phone[-6:], f"%{phone[-6:]}"))
    return out


def _pinyin(text: str, *, initials: bool = False) -> str:
    from pypinyin import lazy_pinyin

    return "".join(syllable[0] if initials else syllable for syllable in lazy_pinyin(text))


def _timed(ask: Callable[[str], Any], queries: Sequence[str]) -> list[float]:
    """Milliseconds of each, sorted."""
    out = []
    for query in queries:
        started = time.perf_counter()
        ask(query)
        out.append((time.perf_counter() - started) * 1000)
    return sorted(out)


def _worst(times: Sequence[float]) -> float:
    return times[min(len(times) - 1, int(len(times) * 0.99))]


def measure(quick: bool) -> Sequence[Target]:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        ours = _on(f"sqlite:///{folder}/search.db", "SQLite", quick)
    with postgresql() as url:
        return [*ours, *_on(url, "PostgreSQL", quick)]


def _on(url: str, engine: str, quick: bool) -> Sequence[Target]:
    count, asked = (5_000, 60) if quick else (1_000_000, 150)
    migrate(url)
    database = open_database(url, now)
    started = time.perf_counter()
    fill(database, count)
    sys.stderr.write(f"  {count:,} customers with their keys in {time.perf_counter() - started:.0f} s, {engine}\n")
    if url.startswith("postgresql"):
        _with_trigrams(url)
    targets = _measured(database, engine, count, asked, rounds(quick))
    database.close()
    return targets


def _measured(database: Database, engine: str, count: int, asked: int, times: int) -> Sequence[Target]:
    queries = _queries(asked)
    typed, liked = [query for query, _ in queries], [pattern for _, pattern in queries[:: max(1, len(queries) // 40)]]
    with database.read() as work:
        work.workspace = 1

        def like(pattern: str) -> None:
            column = "phone" if pattern.strip("%").isdigit() else "name"
            mark = "?" if work.dialect == "sqlite" else "%s"
            sql = f"SELECT id FROM customer WHERE workspace = 1 AND {column} LIKE {mark} LIMIT 20"  # noqa: S608
            work.cursor.execute(sql, (pattern,))
            work.cursor.fetchall()

        work.search.find("yun")
        missed = [query for query in typed if not work.search.find(query)]
        assert not missed, missed
        pairs = [(_timed(work.search.find, typed), _timed(like, liked)) for _ in range(times)]
        wrong = [_misspelt(name) for name, _ in names(400) if name.isascii()][:40]
        trigram = _trigram(work)
        typos = [(_timed(work.search.find, wrong), _timed(trigram or like, wrong)) for _ in range(times)]
    ours, peer = (median(_worst(pair[side]) for pair in pairs) for side in (0, 1))
    typo, theirs = (median(pair[side][len(wrong) // 2] for pair in typos) for side in (0, 1))
    return (
        Target(
            "P6", f"find among {count:,}, p99, {engine}", ours, peer, ours / peer, 0.05, "ms", "less", times, "LIKE"
        ),
        Target(
            "P6 typo",
            f"English typo, p50, {engine}",
            typo,
            theirs,
            typo / theirs,
            0.5,
            "ms",
            "less",
            times,
            "PostgreSQL's trigrams" if trigram else "LIKE, which finds nothing",
        ),
    )


def _trigram(work: Work) -> Callable[[str], Any] | None:
    """The database's own search for misspelt words, where there is one."""
    if work.dialect == "sqlite":
        return None
    work.cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
    if work.cursor.fetchone() is None:
        return None

    work.cursor.execute("SET pg_trgm.word_similarity_threshold = 0.3")  # at its own 0.6 it finds hardly any of them

    def ask(query: str) -> None:
        work.cursor.execute(
            "SELECT id FROM customer WHERE workspace = 1 AND %s <%% name ORDER BY %s <<-> name LIMIT 20", (query, query)
        )
        work.cursor.fetchall()

    return ask


def _with_trigrams(url: str) -> None:
    """An index for them, on a server that has the extension."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'").fetchone():
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            connection.execute("CREATE INDEX IF NOT EXISTS bench_trigrams ON customer USING gin (name gin_trgm_ops)")
            connection.execute("VACUUM ANALYZE customer")


def _misspelt(name: str) -> str:
    return name[:2] + name[3] + name[2] + name[4:6]
