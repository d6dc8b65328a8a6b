"""A firm on an app that serves both sides, whose events are made by hand: pages, previews, names, threads, forms."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.core.messages import Address, Answer, Body, Event, Sender
from flows import load
from flows.handle import handle
from flows.setup.actions import found_firm
from flows.turn import sign
from store.engine import Database, open_database
from store.firms import set_settings
from store.migrations import migrate
from store.models import Account, Identity, Member, Outbox
from store.work import Work

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PAGES = "https://crm.example.com"


class App:
    """Acts as the platform: hands events over, and reads what is to be sent."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.secret: str = self.writes(_furnish)
        self._keys = itertools.count(1)
        self._read: dict[int, str] = {}

    def writes(self, act: Any) -> Any:
        return self.database.write(act).result()

    def does(
        self, who: str, body: Body, chat: str = "", *, private: bool = True, thread: str = "", **more: Any
    ) -> Answer | None:
        """`who` without a member's name in the tables is a colleague nobody has let in, or an outsider ("x…")."""
        outside = who.startswith("x")
        sender = Sender(f"U{who}", more.pop("name", ""), is_outsider=outside, is_colleague=not outside)
        page = Address("slack", "app", f"home:U{who}") if more.pop("home", False) else None
        where = Address("slack", "app", chat or f"D{who}", thread)
        event = Event(f"k{next(self._keys)}", NOW, where, sender, body, private=private, page=page, **more)
        answer: Answer | None = self.writes(lambda work: handle(work, event))
        return answer

    def said(self) -> dict[str, str]:
        """What was queued, or changed while it waits, since the last look: chat (and thread) → text."""
        found: dict[str, str] = {}
        for row in self.ask(Outbox):
            text = "".join(run[0] for run in row.payload.get("text", ()))
            to = Address.of(row.chat)
            if self._read.get(row.id) != text:
                self._read[row.id] = found[":".join(filter(None, (to.chat, to.thread)))] = text
        return found

    def buttons(self) -> list[tuple[str, str]]:
        """(label, press) of the newest message."""
        return [(button["label"], button["press"]) for button in self.ask(Outbox)[-1].payload.get("buttons", ())]

    def signed(self, press: str, chat: str) -> str:
        return sign(self.secret, Address("slack", "app", chat), press)

    def ask(self, kind: Any, **values: Any) -> list[Any]:
        def find(work: Work) -> list[Any]:
            work.workspace = 1
            return list(work.find(kind, **values))

        return list(self.writes(find))


def _furnish(work: Work) -> str:
    firm = found_firm(work, name="Northwind", country="US", language="en", zone="UTC")
    set_settings(work, firm, url=PAGES)
    work.add(Account(platform="slack", name="app", side="both"))
    for name, role in (("ann", "owner"), ("bob", "rep")):
        member = work.add(Member(name=name.capitalize(), role=role, joined=work.now))
        work.add(Identity(platform="slack", account="app", person=f"U{name}", name=member.name, member=member.id))
    work.customers.add("Acme", owner=2)
    return firm.secret


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    load()
    url = f"sqlite:///{tmp_path / 'app.db'}"
    migrate(url)
    database = open_database(url, lambda: NOW)
    yield App(database)
    database.close()
