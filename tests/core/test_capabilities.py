"""Messages made small enough: nothing is lost, no limit is passed, and no character is cut in two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.capabilities import Capabilities, Unit, clipped, fit, size
from bot.core.messages import Button, Outgoing
from bot.core.text import Run, Runs, plain

UNITS: tuple[Unit, ...] = ("characters", "utf16", "bytes")
WHOLE = ("🇨🇳", "👩🏽‍🔧", "e\u0301", "1\ufe0f\u20e3", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f")
"""One character each, to a reader."""


def message(text: str, *, edits: str = "", buttons: tuple[Button, ...] = ()) -> Outgoing:
    return Outgoing(text=(Run(text),), buttons=buttons, edits=edits)


def texts(outgoing: Outgoing, can: Capabilities) -> list[str]:
    return [plain(piece.text) for piece in fit(outgoing, can).messages]


@pytest.mark.parametrize("unit", UNITS)
@given(words=st.text(st.sampled_from("ab 。\n中é🇨🇳🇺🇸👩\u200d🔧"), min_size=1, max_size=120), limit=st.integers(40, 60))
def test_an_edit_stays_within_the_limit(unit: Unit, words: str, limit: int) -> None:
    (text,) = texts(message(words, edits="7"), Capabilities(text=limit, unit=unit))
    assert size(text, unit) <= limit
    assert text == words or text.endswith(" …")


def test_the_mark_of_a_cut_is_counted_in_the_unit() -> None:
    (text,) = texts(message("x" * 99, edits="7"), Capabilities(text=40, unit="bytes"))
    assert size(text, "bytes") == 40


@pytest.mark.parametrize("unit", UNITS)
@given(words=st.text(st.sampled_from("ab 。\n中é🇨🇳👩"), min_size=1, max_size=200), limit=st.integers(40, 60))
def test_pieces_stay_within_the_limit_and_lose_nothing(unit: Unit, words: str, limit: int) -> None:
    pieces = texts(message(words), Capabilities(text=limit, unit=unit))
    assert all(size(piece, unit) <= limit for piece in pieces)
    assert "".join(pieces).replace("\n", "") == words.replace("\n", "")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("one", WHOLE)
def test_what_a_reader_sees_as_one_character_stays_whole(one: str, unit: Unit) -> None:
    for limit in range(40, 48):
        pieces = texts(message("x" + one * 60), Capabilities(text=limit, unit=unit))
        assert len(pieces) > 1
        assert all(piece.removeprefix("x").replace(one, "") == "" for piece in pieces)


@pytest.mark.parametrize("one", WHOLE)
def test_a_label_is_cut_between_characters(one: str) -> None:
    for limit in range(20, 28):
        label = clipped("x" + one * 30, limit)
        assert len(label) <= limit
        assert label.removeprefix("x").removesuffix("…").replace(one, "") == ""


def test_what_cannot_be_a_button_is_a_number_to_type() -> None:
    buttons = tuple(Button(f"Choice {n}", press=f"pick:{n}") for n in range(4))
    fitted = fit(message("Which?", buttons=buttons), Capabilities(buttons=2))
    assert [button.label for button in fitted.messages[-1].buttons] == ["Choice 0", "Choice 1"]
    assert plain(fitted.messages[-1].text) == "Which?\n1. Choice 2\n2. Choice 3"
    assert fitted.choices == ("pick:2", "pick:3")


def test_styles_survive_a_cut() -> None:
    runs: Runs = (Run("plain "), Run("bold " * 30, "bold"))
    styles = [{run.style for run in piece.text} for piece in fit(Outgoing(text=runs), Capabilities(text=40)).messages]
    assert styles[0] == {"", "bold"}
    assert all(style == {"bold"} for style in styles[1:])
