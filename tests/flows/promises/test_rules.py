"""Kept, late and broken by hand counts; what a promise is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flows.promises.parts import Piece, clauses, named, sentences
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


@pytest.mark.parametrize(
    ("whats", "about", "expected"),
    [
        (["10 samples", "40"], "", ["10 samples", "40 samples"]),
        (["10", "the rest"], "they need 50 samples for a test", ["10 samples", "samples (the rest)"]),
        (["给10套样机", "给40套"], "", ["给10套样机", "40套样机"]),
        (["10套", "剩下的"], "要50套样机做测试，老板在盯", ["10套样机", "样机 (剩下的)"]),
        (["plan", "training"], "help", ["plan", "training"]),
        (["10", "20"], "a long story of which nobody can tell what it is about", ["10", "20"]),
    ],
)
def test_a_part_is_called_by_its_thing(whats: list[str], about: str, expected: list[str]) -> None:
    assert [part.what for part in named([Piece(what, None) for what in whats], about)] == expected


def test_where_one_part_ends() -> None:
    assert sentences("in stages: 10 by Fri; 40 by 20 March. Then 1.5t") == ["10 by Fri", "40 by 20 March", "1.5t"]
    assert sentences("1) plan by Fri\n2) on site") == ["plan by Fri", "on site"]
    assert sentences("分批：周五前10套；然后其余20号前") == ["周五前10套", "其余20号前"]
    assert clauses("周五前10套，20号前40套") == ["周五前10套", "20号前40套"]
