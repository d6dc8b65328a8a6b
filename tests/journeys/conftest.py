"""A house with a firm in it, so that a journey begins where its own story does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.house import CUSTOMERS, STAFF, House, code_in, opened, reads, zone_of_day
from tests.wires.telegram import Person


@dataclass
class Firm:
    """Ann owns it, Bob sells for it, Li Wei of Acme buys."""

    house: House
    ann: Person
    bob: Person
    li: Person

    async def logs(self, text: str = "Called Li Wei at Acme, all fine", seen: str = "Logged: call · Acme") -> None:
        """Bob's way to the button that asks the customer."""
        self.bob.says(STAFF, text)
        await reads(self.bob, STAFF, seen, text)

    async def asks(self) -> None:
        """Bob sends the survey by two taps."""
        await self.logs()
        self.bob.presses("Ask how it was")
        await reads(self.bob, STAFF, "This goes to Li Wei", button="Send")
        self.bob.presses("Send")


@pytest.fixture
async def firm(tmp_path: Path) -> AsyncIterator[Firm]:
    async with opened(tmp_path) as house:
        ann, bob, li = (house.wire.user(name) for name in ("Ann", "Bob", "Li Wei"))
        ann.starts(STAFF, await house.invitation("member", "--role", "owner"))
        await reads(ann, STAFF, "What is your firm called?")
        for answer in ("Northwind Tools", "United States", "English", zone_of_day()):
            ann.says(STAFF, answer)
        await reads(ann, STAFF, "is set up", zone_of_day())
        ann.says(STAFF, "/colleague rep")
        bob.starts(STAFF, code_in(await reads(ann, STAFF, "Join Northwind Tools"), STAFF))
        await reads(bob, STAFF, "Welcome to Northwind Tools")
        bob.says(STAFF, "/add Acme, Li Wei")
        await reads(bob, STAFF, "Acme", "Li Wei")
        bob.says(STAFF, "/invite Acme")
        li.starts(CUSTOMERS, code_in(await reads(bob, STAFF, "customer_bot"), CUSTOMERS))
        await reads(li, CUSTOMERS, "Are you from", button="Yes")
        li.presses("Yes")
        await reads(li, CUSTOMERS, "Hello Acme")
        yield Firm(house, ann, bob, li)
