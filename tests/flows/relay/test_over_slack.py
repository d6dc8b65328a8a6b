"""The team sits in Slack, the customer writes from Telegram: one thread a request, with pictures and voice in it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import time_machine

from bot.files import Shelf
from store.engine import open_database
from store.models import Line
from tests.engines import fresh
from tests.transcripts.performance import MORNING
from tests.transcripts.stage import Clock, Stage
from tests.transcripts.stages import WIRES
from tests.wires.slack.world import Seen

PICTURE, VOICE, PART = b"\x89PNG broken", b"OggS noise", b"\x89PNG of the part"


async def test_a_request_is_one_thread(tmp_path: Path) -> None:
    wire = next(one for one in WIRES if one.name == "slack-http")
    with fresh("sqlite", tmp_path) as url, time_machine.travel(MORNING, tick=False) as traveller:
        clock = Clock(MORNING, traveller)
        database = open_database(url, clock)
        try:
            async with wire.houses(database, clock, tmp_path) as houses:
                await _plays(Stage(database, clock, houses, files=Shelf(tmp_path)))
        finally:
            database.close()


async def _plays(stage: Stage) -> None:
    slack, telegram = stage.houses
    stage.found("Northwind", "CN", "en", "Asia/Shanghai")
    for name, role in (("Ann", "owner"), ("Bob", "rep")):
        stage.member(name, role, "en", "")
    stage.customer("Li Wei", stage.write(lambda work: work.customers.add("Acme", owner=2).id), None, "en", "")
    stage.rooms["#service"] = ("Ann", "Bob")
    await stage.furnish()
    room, bob, li = stage.room("#service"), stage.people["Bob"], stage.people["Li Wei"]
    await slack.says(stage.people["Ann"], "/alerts service", room)
    await stage.settle()

    person: Any = telegram._user(li)  # type: ignore[attr-defined]
    for send in (
        lambda: person.sends_photo(li.account, PICTURE, "It is broken"),
        lambda: person.sends_voice(li.account, VOICE),
    ):
        send()
        await telegram._delivered()  # type: ignore[attr-defined]
        await stage.settle()
    user: Any = slack._user(bob)  # type: ignore[attr-defined]
    channel: Any = slack._place(room)  # type: ignore[attr-defined]

    def seen() -> list[Seen]:
        return list(user.sees(channel))

    root = next(one for one in seen() if "T-101 · Acme" in one.shown)
    files = [one for one in seen() if one.files]
    assert not root.thread_ts
    assert {one.thread_ts for one in files} == {root.ts}
    kept = slack.wire.world.files  # type: ignore[attr-defined]
    assert [kept[one.files[0]["id"]][1] for one in files] == [PICTURE, VOICE]

    user.sends_file(channel, "part.png", PART, mime="image/png", text="reply: This is the part", thread=root.ts)
    await slack._delivered()  # type: ignore[attr-defined]
    await stage.settle()
    preview = next(one for one in seen() if "Nothing has gone out yet" in one.shown)
    assert preview.thread_ts == root.ts
    user.presses("Send to Acme", where=channel, ts=preview.ts)
    await slack._delivered()  # type: ignore[attr-defined]
    await stage.until(stage.clock() + timedelta(seconds=20))

    [line] = stage.write(lambda work: work.find(Line, kind="out"))
    assert (line.state, line.text) == ("sent", "This is the part")
    got = [one for one in telegram.wire.private(person, li.account).visible() if one.file]  # type: ignore[attr-defined]
    assert telegram.wire.world.files[got[-1].file][1] == PART  # type: ignore[attr-defined]
    assert "This is the part" in got[-1].text
