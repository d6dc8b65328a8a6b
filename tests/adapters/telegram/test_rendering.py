"""How messages and buttons look on Telegram."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from adapters.telegram.render import render
from bot.core.messages import Address, Button, File, Outgoing
from bot.core.text import Run

CHAT = Address("telegram", "ours", "5012345678")


def rows(*labels: str, **more: Any) -> list[list[str]]:
    """The keyboard's labels, row by row."""
    buttons = tuple(Button(label, f"p:{number}", **more) for number, label in enumerate(labels))
    (call,) = render(CHAT, Outgoing((Run("?"),), buttons))
    return [[button["text"] for button in row] for row in call.arguments["reply_markup"]["inline_keyboard"]]


def text_of(*runs: Run, **more: Any) -> str:
    (call,) = render(CHAT, Outgoing(runs, **more))
    return str(call.arguments["text"])


def test_scores_of_five_share_a_row() -> None:
    assert rows(*"12345") == [["1", "2", "3", "4", "5"]]


def test_scores_of_eleven_take_two_rows() -> None:
    assert rows(*map(str, range(11))) == [["0", "1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]]


def test_scores_stay_apart_from_words() -> None:
    assert rows(*"12345", "Skip", "Stop") == [["1", "2", "3", "4", "5"], ["Skip", "Stop"]]


def test_three_short_buttons_share_a_row_and_four_take_two() -> None:
    assert rows("Done", "Snooze", "Move") == [["Done", "Snooze", "Move"]]
    assert rows("Claim", "Assign", "Snooze", "Reopen") == [["Claim", "Assign"], ["Snooze", "Reopen"]]


def test_a_long_button_takes_its_own_row() -> None:
    assert rows("Done", "Snooze until tomorrow at nine", "Move") == [
        ["Done"],
        ["Snooze until tomorrow at nine"],
        ["Move"],
    ]


def test_chinese_labels_count_double() -> None:
    assert rows("明天上午九点", "推迟一小时吧") == [["明天上午九点", "推迟一小时吧"]]
    assert rows("明天上午九点一刻钟", "推迟一小时吧好吗") == [["明天上午九点一刻钟"], ["推迟一小时吧好吗"]]


def test_wide_buttons_stand_alone() -> None:
    assert rows("A", "B", wide=True) == [["A"], ["B"]]


def test_a_press_too_long_for_the_platform_is_refused_before_it_is_sent() -> None:
    with pytest.raises(ValueError, match="65 bytes"):
        render(CHAT, Outgoing((Run("?"),), (Button("x", "p" * 65),)))


def test_a_message_without_visible_words_shows_a_sign_of_itself() -> None:
    assert text_of(Run(" \u200b\n"), buttons=(Button("OK", "ok"),)) == "…"


def test_mail_addresses_and_numbers_stay_as_they_are() -> None:
    words = "li.wei@acme.com, 3.50 at 9.30, v1.2, 50%"
    assert text_of(Run(words)) == words


def test_code_and_links_of_ours_stay_as_they_are() -> None:
    words = "https://crm.example.com/@x"
    assert text_of(Run(words, "code"), Run(" "), Run(words, "", words)) == f"{words} {words}"


def test_a_button_telegram_would_refuse_is_written_out() -> None:
    button = Button("Open the page", url="http://localhost:8080/c/1")
    assert text_of(Run("Ready."), buttons=(button,)) == "Ready.\nOpen the page: http://localhost:8080/c/1"


def test_pictures_too_large_for_a_photo_travel_as_documents() -> None:
    file = File("wall.jpg", "image/jpeg", "hash", size=11 * 1024 * 1024, kind="picture")
    (call,) = render(CHAT, Outgoing((), file=file))
    assert call.method == "sendDocument"


def test_a_file_telegram_knows_goes_by_its_reference() -> None:
    file = File("a.jpg", "image/jpeg", ref="AgAC", kind="picture")
    (call,) = render(CHAT, Outgoing((), file=file))
    assert (call.method, call.arguments["photo"], call.file) == ("sendPhoto", "AgAC", None)


def test_a_file_for_no_chat_is_fetched() -> None:
    file = File("a.jpg", "image/jpeg", ref="AgAC", kind="picture")
    (call,) = render(Address("telegram", "ours", ""), Outgoing((), file=file))
    assert (call.method, call.file) == ("fetch", file)


@pytest.mark.parametrize("module", ["parse", "render", "wire", "webhook"])
def test_the_pure_parts_need_neither_library(module: str) -> None:
    check = f"import sys, adapters.telegram.{module}; sys.exit(bool({{'telegram', 'aiogram'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
