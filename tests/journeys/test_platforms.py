"""One person on two platforms of the same firm: known on both, reminded once."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

from tests.journeys.conftest import Firm
from tests.journeys.house import PATIENCE, STAFF, reads, shown, until


class Laptop:
    """A browser that came in by a personal link."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.entries: dict[int, dict[str, Any]] = {}

    async def says(self, text: str) -> None:
        await self._socket.send(
            json.dumps({"kind": "say", "key": f"key-{len(text):04}-{abs(hash(text))}", "text": text})
        )

    async def reads(self, text: str) -> None:
        while not self.shown(text):
            frame = json.loads(await self._socket.recv())
            for entry in frame.get("entries", [frame]) if isinstance(frame, dict) else frame:
                self.entries[int(entry.get("id", 0))] = entry

    def shown(self, text: str) -> int:
        return sum(text in json.dumps(entry, ensure_ascii=False) for entry in self.entries.values())


async def test_a_person_on_two_platforms_is_reminded_once(firm: Firm) -> None:
    bob, house = firm.bob, firm.house
    bob.says(STAFF, "/link")
    link = await reads(bob, STAFF, "/enter/")
    address = re.search(r"(http://127\.0\.0\.1:\d+)(/enter/\S+)", link)
    assert address
    async with httpx.AsyncClient(base_url=address.group(1), trust_env=False) as page:
        assert (await page.get(address.group(2))).status_code == 200
        await page.post(address.group(2))
        cookies = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
    socket = address.group(1).replace("http", "ws") + "/chat/ws"
    async with connect(socket, additional_headers={"Cookie": cookies, "Origin": address.group(1)}) as line:
        laptop = Laptop(line)
        await line.send(json.dumps({"hello": {"language": "en"}}))
        await laptop.says("/remind Acme in 1 hour send the price list")
        await laptop.reads("I will remind you")
        [(reminder,)] = house.ask("SELECT id FROM reminder WHERE state = 'open'")
        house.rings("reminder", reminder)
        await laptop.reads("Reminder: send the price list")
        await until(lambda: house.ask("SELECT 1 FROM timer WHERE kind = 'reminder' AND state = 'done'"), PATIENCE, str)
        assert laptop.shown("Reminder: send the price list") + shown(bob, STAFF, "Reminder: send the price list") == 1
    assert house.ask("SELECT count(*) FROM member") == [(2,)]
