"""What people type is storable, comparable and printable before anybody reads it."""

from __future__ import annotations

import pytest

from bot.core.incoming import clean_name, clean_text, whole


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plain", "plain"),
        ("a\x00b\x08c\x0bd\x0ce\x1ff\x7fg", "abcdefg"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
        ("e\u0301", "é"),
        ("\ud83d\ude00 \ud83d", "😀 \ufffd"),
    ],
)
def test_text_is_cleaned(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_pairs_are_joined_and_lone_halves_replaced() -> None:
    assert whole("\ud83d\ude00é\udc00") == "😀é\ufffd"


def test_a_name_stands_on_one_line_and_turns_no_text_around() -> None:
    assert clean_name(" Li\n\tWei\u202e\u2066 \u202aand\u2069  Co\x00 ") == "Li Wei and Co"
