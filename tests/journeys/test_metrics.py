"""What a Prometheus reads of a service that runs: every value is the right one, and nobody's words are among them."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.journeys.conftest import Firm
from tests.journeys.house import PATIENCE, STAFF, House, reads

STAFF_BOT, CUSTOMER_BOT = "telegram-staff", "telegram-customers"
CANARY = "canaries sing in the mine"
LATE, QUEUED = 300, 90
Samples = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


async def scrape(house: House) -> tuple[str, Samples]:
    """As a Prometheus does: the text, and each sample by its name and labels."""
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"http://{urlsplit(house.link).netloc}/metrics", timeout=20)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    ours = (sample for family in families if family.name.startswith("rapport_") for sample in family.samples)
    return answer.text, {(sample.name, frozenset(sample.labels.items())): sample.value for sample in ours}


def value(samples: Samples, name: str, **labels: str) -> float:
    """The sum of a name's samples with these labels among theirs; 0 where there is none."""
    wanted = set(labels.items())
    return sum(number for (found, own), number in samples.items() if found == f"rapport_{name}" and wanted <= own)


@contextmanager
def standing_still(house: House) -> Iterator[None]:
    """Nothing is sent or rings while something is overdue and a message waits: another program holds the writer."""
    with closing(sqlite3.connect(house.folder / "rapport.db", timeout=10, isolation_level=None)) as held:
        while True:
            held.execute("BEGIN IMMEDIATE")
            _overdue(held)
            held.execute("COMMIT")
            held.execute("BEGIN IMMEDIATE")
            if held.execute("SELECT count(*) FROM timer WHERE kind = 'nothing' AND state = 'waiting'").fetchone()[0]:
                break
            held.execute("ROLLBACK")
        try:
            yield
        finally:
            held.execute("ROLLBACK")


def _overdue(held: sqlite3.Connection) -> None:
    now = int(time.time() * 1_000_000)
    held.execute("DELETE FROM timer WHERE kind = 'nothing'")
    held.execute(
        "INSERT INTO timer (workspace, kind, subject, due, state, error) VALUES (1, 'nothing', ?, ?, 'waiting', '')",
        (CANARY, now - LATE * 1_000_000),
    )
    held.execute("DELETE FROM outbox WHERE key = 'nobody'")
    held.execute(
        "INSERT INTO outbox (workspace, key, account, chat, lane, state, payload, card, under, tell, again, queued,"
        " after, expires, attempts, part, lease, message, error)"
        " VALUES (1, 'nobody', ?, ?, 2, 'pending', ?, '', '', '', 1, ?, ?, ?, 0, 0, 0, '', '')",
        (
            STAFF_BOT, f"telegram:{STAFF_BOT}:999999", f'{{"text":[["{CANARY}","",""]]}}', now,
            now - QUEUED * 1_000_000, now + 3600 * 1_000_000,
        ),
    )  # fmt: skip


async def test_metrics_say_what_happened_and_nobodys_words(firm: Firm) -> None:
    house, bob, wire = firm.house, firm.bob, firm.house.wire
    before = (await scrape(house))[1]
    for account in (STAFF_BOT, CUSTOMER_BOT, "web", "webhooks"):
        assert value(before, "lease_changes_total", account=account, what="taken") == 1
    assert value(before, "lease_changes_total", what="left") == 0
    assert value(before, "parked_updates") == value(before, "outbox_stranded") == 0

    wire.limits(1, chat=str(bob.id))
    for words in ("has moved", f"knows that {CANARY}", "likes mail"):
        bob.says(STAFF, f"/note Acme {words}")
        await reads(bob, STAFF, words.split()[-1], button="Undo")
    wire.drops("sendMessage", accepted=True, chat=str(firm.li.id))
    await firm.asks()
    await reads(bob, STAFF, "the platform did not say whether it arrived")
    wire.world.queue(wire.account(STAFF), "message", {"chat": {}, "text": CANARY})
    await house.comes("SELECT 1 FROM inbound WHERE state = 'parked'")
    with standing_still(house):
        text, samples = await scrape(house)

    assert value(samples, "outbox_depth", account=STAFF_BOT, lane="2") == 1
    assert QUEUED <= value(samples, "outbox_age_seconds", account=STAFF_BOT, lane="2") < QUEUED + 30
    assert LATE <= value(samples, "due_lag_seconds") < LATE + 30
    assert value(samples, "parked_updates") == 1
    assert value(samples, "outbox_stranded", state="unknown") == 1
    assert value(samples, "sent_total", account=CUSTOMER_BOT, outcome="unknown") == 1
    assert value(samples, "limiter_pauses_total", account=STAFF_BOT) == 1
    _counted(before, samples)
    _nobodys_words(firm, text, samples)
    await _refused(house)


def _counted(before: Samples, now: Samples) -> None:
    """Three notes, a log and two presses came in."""
    assert value(now, "ingest_lag_seconds_count", account=STAFF_BOT) == (
        value(before, "ingest_lag_seconds_count", account=STAFF_BOT) + 6
    )
    assert 0 <= value(now, "ingest_lag_seconds_sum", account=STAFF_BOT) < 60
    assert value(now, "limiter_wait_seconds_sum", account=STAFF_BOT) > 0


def _nobodys_words(firm: Firm, text: str, samples: Samples) -> None:
    said = str([labels for _name, labels in samples])
    for words in (str(firm.bob.id), str(firm.li.id), "999999"):
        assert words not in said
    for words in (CANARY, "Acme", "Li Wei", "Bob", ":AA"):
        assert words not in text
    for _name, labels in samples:
        assert all(re.fullmatch(r"[a-z_+-]+|[0-9.]+|\+Inf", word) for _label, word in labels)


async def _refused(house: House) -> None:
    """The chat that nobody knows: its message is refused as soon as the writer is free; then nothing is on its way, and
    whatever went out has asked the limiter once each time.
    """
    end = time.monotonic() + PATIENCE
    while (now := (await scrape(house))[1]) and not _is_quiet(now):
        assert time.monotonic() < end, now
        await asyncio.sleep(0.1)
    assert value(now, "outbox_stranded", state="failed") == 1


def _is_quiet(now: Samples) -> bool:
    refused = value(now, "sent_total", account=STAFF_BOT, outcome="failed") == 1
    asked = [
        value(now, "limiter_wait_seconds_count", account=account) == value(now, "sent_total", account=account) > 0
        for account in (STAFF_BOT, CUSTOMER_BOT)
    ]
    return refused and all(asked) and not value(now, "outbox_depth") and value(now, "due_lag_seconds") < QUEUED
