"""A firm leaves and arrives: on either engine, from either, every row of every table, and again the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as tried

from bot.carrying import send_off, take_in
from bot.parcel import Code, opened
from bot.settings import Settings
from store import carrying
from store.columns import REGISTRY
from store.engine import open_database
from store.firms import ARRIVING
from store.models import Workspace
from store.sealing import Key
from store.work import Work
from tests.engines import NOON, clock, fresh
from tests.moving.rows import BASE, firms, sealed
from tests.web.conftest import settings_of

__all__ = ["clock"]

SECRET = "secret-of-the-firm"
_PLACES = count()
Rows = Mapping[str, list[dict[str, Any]]]


@contextmanager
def place(engine: str, folder: Path) -> Iterator[Settings]:
    """A deployment with an empty database and a key of its own."""
    home = folder / f"place-{next(_PLACES)}"
    home.mkdir()
    with fresh(engine, home) as url:
        yield settings_of(home, database_url=url)


def found(settings: Settings, rows: Rows) -> None:
    """A firm with these rows."""
    key = Key.kept(settings.data_dir / "seal.key")
    sealed(rows, key)
    database = open_database(settings.database_url, lambda: NOON)

    def made(work: Work) -> None:
        told = {"seal": key.public, "officers": [BASE], "sight": {"rep": "own"}}
        work.insert(Workspace(name="Acme", secret=SECRET, created=NOON, settings={**told, ARRIVING: 1}))
        for table, each in rows.items():
            if each:
                carrying.put(work, 1, table, each)
        work.workspace = 1
        carrying.settle(work, 1, told, "")

    database.write(made).result()
    database.close()


def read(parcel: Path, code: str) -> dict[str, Any]:
    """What is in it, in no order: without what every journey adds to the record, and with secrets in the clear."""
    key = Code(code)
    with opened(parcel, code) as one:
        one.check()
        rows = {table: [row for page in one.pages(table, 100) for row in page] for table in one.manifest.parts}
        firm = {**one.manifest.firm, "secret": key.open(one.manifest.firm["secret"], "workspace")}
    for table, each in rows.items():
        for row in each:
            row |= {column: _clear(key, table, row[column]) for column in REGISTRY[table].sealed}
    rows["audit"] = [row for row in rows["audit"] if not row["action"].startswith("workspace_")]
    firm["settings"].pop("moved", None)
    return {name: sorted(json.dumps(row, sort_keys=True) for row in each) for name, each in rows.items()} | {
        "firm": firm
    }


def _clear(key: Code, table: str, value: Any) -> str:
    return re.sub(r"[A-Za-z0-9+/=]{30,}", lambda found: key.open(found[0], table), json.dumps(value))


@pytest.mark.parametrize(("here", "there"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
@tried(max_examples=1, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(rows=firms())
def test_what_arrives_is_what_left(here: str, there: str, tmp_path: Path, rows: Rows) -> None:
    with place(here, tmp_path) as old, place(there, tmp_path) as new:
        found(old, rows)
        first, second = old.data_dir / "first.zip", new.data_dir / "second.zip"
        made, code = send_off(old, "1", first)
        done = take_in(new, first, code)
        assert (done.number, done.renumbered, done.left) == (1, False, 0)
        assert {name: part.span.rows for name, part in made.parts.items() if name != "audit"} == {
            name: len(each) for name, each in rows.items() if name != "audit"
        }
        _again, other = send_off(new, "1", second)
        assert read(second, other) == read(first, code)
