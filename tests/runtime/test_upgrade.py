"""Messages that another version has queued are sent by this one, in order: what it did not say has its default."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.core.messages import Outgoing
from store.models import Outbox
from store.work import Work
from tests.figures import Told
from tests.runtime.conftest import ANNA, House

QUEUED = 100


def _payload(number: int) -> dict[str, Any]:
    """The least that any version wrote; every other one has something that we do not know."""
    newer = {"colour": "red", "urgent": [1]} if number % 2 else {}
    return {"text": [[f"old {number:03}"]], **newer}


def _queue(work: Work, count: int = QUEUED) -> None:
    for number in range(count):
        times = {"queued": work.now, "after": work.now, "expires": work.now + timedelta(days=1)}
        row = Outbox(key=f"old:{number}", account="staff", chat=ANNA.key, lane=0, payload=_payload(number), **times)
        work.add(row)


@pytest.mark.parametrize("count", [QUEUED, pytest.param(1000, marks=pytest.mark.slow)])
async def test_what_another_version_has_queued_is_delivered_once_and_in_order(
    house: House, count: int, engine: str, told: Told
) -> None:
    house.write(partial(_queue, count=count))
    assert await house.sender().flush() == count
    told(f"upgrade, {engine}: {count} queued by another version, {len(house.platform.texts)} delivered")
    assert house.platform.texts == [f"old {number:03}" for number in range(count)]
    assert set(house.states.values()) == {"sent"}


async def test_the_test_sees_a_message_that_this_version_can_not_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def strict(data: dict[str, Any]) -> Outgoing:
        return Outgoing(**data)

    monkeypatch.setattr(Outgoing, "from_json", strict)
    house.write(_queue)
    await house.sender().flush()
    assert "failed" in house.states.values()
