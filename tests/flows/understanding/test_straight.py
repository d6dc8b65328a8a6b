"""A line as it would stand in a book, from what thumbs type."""

from __future__ import annotations

import pytest

from flows.guesses.rules import about
from flows.understanding.straight import straight


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("whos off today", "who's off today"),
        ("Whats on, pls", "What's on"),
        ("hi can u show me the open tickets please", "show me the open tickets"),
        ("ok dont let bob see it", "don't let bob see it"),
        ("well ill id shell were its", "well ill id shell were its"),
        ("can you", "can you"),
        ("please", "please"),
        ("info@whats.up whos-who", "info@whats.up whos-who"),
        ("你好 whats up", "你好 whats up"),
    ],
)
def test_a_line_in_its_plain_form(typed: str, plain: str) -> None:
    assert straight(typed) == plain


def test_a_colleague_is_named_without_an_apostrophe() -> None:
    assert straight("give priyas customers to bob", ["Priya", "Bob"]) == "give priya's customers to bob"


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("conversion rate", "funnel"),
        ("any bad scores this week", "results"),
        ("our best seller this month", "top"),
        ("i want to upload a spreadsheet of customers", "import"),
        ("is anything on fire", "alarms"),
        ("who is slow to answer", "report frt"),
        ("when a vip writes ping me", "rule"),
        ("let me know when a deal over 10k is won", "rule"),
        ("customers with no phone number", "incomplete"),
        ("we closed at six", "hours"),
        ("it rained", ""),
    ],
)
def test_what_a_line_is_about(typed: str, command: str) -> None:
    assert (about(typed) or [""])[0] == command
