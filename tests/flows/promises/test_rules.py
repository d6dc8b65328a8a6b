"""Kept, late and broken by hand counts; what a promise is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flows.promises.rules import Kept, Load, Owed, bare, kept, load

NOW = datetime(2026, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_kept_late_and_broken() -> None:
    owed = [
        Owed(NOW - DAY, "kept", NOW - 2 * DAY),
        Owed(NOW - 3 * DAY, "kept", NOW - DAY),
        Owed(NOW - DAY, "broken", NOW),
        Owed(NOW - DAY, "open"),
        Owed(NOW - DAY, "withdrawn", NOW),
        Owed(NOW + DAY, "open"),
        Owed(None, "open"),
    ]
    assert kept(owed, NOW - 10 * DAY, NOW) == Kept(1, 1, 2)
    assert kept(owed, NOW - 10 * DAY, NOW).rate == 25
    assert kept([], NOW - DAY, NOW).rate is None
    assert load(owed, NOW, NOW + 7 * DAY, NOW) == Load(1, 1)


def test_what_is_promised_without_small_words() -> None:
    assert bare("to send the sample by") == "send the sample"
    assert bare("样品 之前") == "样品"
