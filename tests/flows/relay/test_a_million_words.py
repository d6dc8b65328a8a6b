"""A million messages in groups and in private: no word of ours is ever queued for a customer.

Nobody confirms an answer here, so whatever a colleague writes (in the team's room, under a request, beside a customer's
room, to the bot alone, in answer to a card) must reach no chat in which somebody from outside reads; `game.py` plays
with answers that are confirmed.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from flows.relay import actions, outward
from store.engine import Database, open_database
from store.models import Conversation, Outbox
from store.statements import Statement
from store.work import Work
from tests.engines import NOON, fresh
from tests.transcripts.stage import Clock, Person, Room, Stage
from tests.transcripts.stages.memory import MemoryHouse

TOGETHER = 50
"""Messages on their way at the same time."""
PARTS, FIRMS, EACH = 20, 50, 1_000
"""Parts of the million, firms in each, and messages of each firm."""
TEAM, OUTSIDE = "#team", "#acme-and-us"
STAFF = (("Ann", "owner", "en"), ("Bob", "rep", "en"), ("陈静", "manager", "zh"), ("Vic", "viewer", "en"))
_O, _C = Outbox.table(), Conversation.table()

TO_NOBODY = (
    "{w} the price is far too high, {w}", "called Acme, {w} wants a quote by Friday", "don't tell them that {w}",
    "customer says {w}; I'd say {w}", "内部：{w} 底价只能到 {w}", "刚和鼎盛科技打完电话，{w}，下周二回访",
    "别告诉客户 {w}", "remind me tomorrow 9:00 {w}", "promise Acme {w} by Friday", "明天上午九点提醒我 {w}",
    "what about {w}?", "thanks {w}", "/note Acme {w}", "/task Bob {w} Friday", "/promise Acme {w} by Friday",
    "/need Acme {w}", "/remind Acme tomorrow 9 {w}", "/t 101 note {w}", "/t 101 {w}", "/answer 101 {w}", "reply: {w}",
    "> {w}", "回复：{w}", "/tell Acme {w}", "/kb add {w} = {w}", "/deal Acme 12k {w}", "/lost Acme {w}",
    "/tag Acme +{w}", "/who {w}", "/find {w}", "/set Acme need={w}", "{w}",
)  # fmt: skip
FROM_OUTSIDE = (
    "Where is my order?", "我的订单到哪了", "any news on my request?", "The machine stopped again!!", "机器又坏了",
    "thanks", "a human please", "what did you promise us?", "what do you know about me?", "/mydata", "/help", "hello",
    "8", "yes", "no",
)  # fmt: skip


@dataclass
class Firm:
    """A team, its room, a room that it shares with a customer, and two customers who write to the bot."""

    stage: Stage
    dice: random.Random
    words: Iterator[int] = field(default_factory=itertools.count)
    said: dict[str, list[str]] = field(default_factory=dict)

    async def open(self) -> None:
        self.stage.found("Northwind", "CN", "en", "Asia/Shanghai")
        for name, role, language in STAFF:
            self.stage.member(name, role, language, "")
        for firm, contact in (("Acme", "Li Wei"), ("鼎盛科技", "王强")):
            self.stage.customer(
                contact, *self.stage.write(lambda work, f=firm, c=contact: _customer(work, f, c)), "", ""
            )
        self.stage.rooms |= {TEAM: tuple(name for name, *_ in STAFF), OUTSIDE: ("Ann", "Bob")}
        await self.stage.furnish()
        await self._house.says(self._person("Ann"), "/alerts service", self._room(TEAM))
        await self._house.says(self._person("Bob"), "hello", self._room(OUTSIDE))
        self.stage.write(_shares)
        for name in ("Li Wei", "王强"):
            await self._house.says(self._person(name), "The machine stopped")
        await self.stage.settle()

    async def writes(self, count: int) -> Counter[str]:
        """So many messages, in no order; counts those that were queued for people outside, and what they contained."""
        found: Counter[str] = Counter()
        for _batch in range(count // TOGETHER):
            await asyncio.gather(*(self._somebody() for _message in range(TOGETHER)))
            if self.dice.random() < 0.05:
                await self.stage.until(self.stage.clock() + timedelta(minutes=self.dice.choice((1, 7, 45))))
            await self.stage.settle()
            found += self.stage.write(_outside)
        return found

    async def _somebody(self) -> None:
        if self.dice.random() < 0.12:
            customer = self._person(self.dice.choice(("Li Wei", "王强")))
            await self._house.says(customer, self.dice.choice(FROM_OUTSIDE))
            return
        who = self._person(self.dice.choice(STAFF)[0])
        text = self.dice.choice(TO_NOBODY).replace("{w}", f"secret{next(self.words)}")
        place = self.dice.choices((TEAM, OUTSIDE, ""), (50, 15, 35))[0]
        if place == OUTSIDE:
            who = self._person(self.dice.choice(("Ann", "Bob")))
        room = self._room(place) if place else None
        deed = self.dice.random()
        if deed < 0.1 and who.said:
            await self._house.edits(who, text, room)
        elif deed < 0.3 and (seen := self._house.shows(who, room)):
            await self._house.replies(who, self.dice.choice(seen[-30:]), text, room)
        elif deed < 0.5:
            await self._house.says(who, f"@rapport {text}", room)
        else:
            await self._house.says(who, text, room)

    @property
    def _house(self) -> MemoryHouse:
        house = self.stage.houses[0]
        assert isinstance(house, MemoryHouse)
        return house

    def _person(self, name: str) -> Person:
        return self.stage.people[name]

    def _room(self, name: str) -> Room:
        room = self.stage.room(name)
        assert room is not None
        return room


def _customer(work: Work, firm: str, contact: str) -> tuple[int, int]:
    customer = work.customers.add(firm, owner=2)
    return customer.id, work.customers.add_contact(customer, contact).id


def _shares(work: Work) -> None:
    """Somebody from outside reads along in that room."""
    room = next(chat for chat in work.find(Conversation) if chat.address.endswith(OUTSIDE))
    work.change(room, outsider=True)


_READ_OUTSIDE = Statement(
    lambda: (
        select(_O.c.payload)
        .join(_C, _C.c.address == _O.c.chat)
        .where((_C.c.side == "customer") | (_C.c.outsider.is_(True)))
    )
)
_ENDED = Statement(lambda: delete(_O).where(_O.c.state != "pending", _O.c.state != "claimed"))


def _outside(work: Work) -> Counter[str]:
    """What stands ready for chats in which somebody from outside reads; what has gone is cleared away."""
    found = Counter("leaked" if "secret" in str(payload) else "clean" for (payload,) in work.rows(_READ_OUTSIDE))
    work.run(_ENDED)
    return found


async def _said(folder: Path, seed: int, count: int) -> Counter[str]:
    clock = Clock(NOON)
    with fresh("sqlite", folder) as url:
        database: Database = open_database(url, clock)
        try:
            firm = Firm(Stage(database, clock), random.Random(seed))
            await firm.open()
            return await firm.writes(count)
        finally:
            database.close()


async def test_no_word_of_ours_reaches_a_customer(tmp_path: Path) -> None:
    found = await _said(tmp_path, 1, 600)
    assert found["leaked"] == 0
    assert found["clean"] > 20, "the customers were answered"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
async def test_of_a_million(part: int, tmp_path: Path) -> None:
    found: Counter[str] = Counter()
    for firm in range(FIRMS):
        found += await _said(tmp_path, 100 + part * FIRMS + firm, EACH)
    assert found["leaked"] == 0
    assert found["clean"] > 1000


async def test_a_word_that_goes_out_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Red proof: notes go the way of answers."""
    kept: Any = actions.note

    def leaks(turn: Any, ticket: Any, words: str, said: Any = None) -> Any:
        line = kept(turn, ticket, words, said)
        turn.message_customer(ticket.customer, outward.Reply(outward.spoken(turn, line)))
        return line

    monkeypatch.setattr("flows.relay.commands.note", leaks)
    assert (await _said(tmp_path, 1, 600))["leaked"] > 0
