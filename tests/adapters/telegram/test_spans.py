"""What people typed on Telegram stays words, neither mention nor link; and styles and links of ours are in place."""

from __future__ import annotations

import pytest

from adapters.telegram.spans import ENTITIES, linkable, shown, visible
from bot.core.text import Run

J = "\u2060"
OURS = "https://crm.example.com/x"


def text(words: str, limit: int = 4096) -> str:
    return shown((Run(words),), limit)[0]


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("@lena_okafor", f"@{J}lena_okafor"),
        ("see https://evil.com/a", f"see https://{J}evil.{J}com/a"),
        ("evil.com", f"evil.{J}com"),
        ("10.0.0.1", f"10.{J}0.{J}0.1"),
        ("a @lena b.de", f"a @{J}lena b.{J}de"),
        ("@", "@"),
        ("3.50 at 9.30. Yes", "3.50 at 9.30. Yes"),
        ("li.wei@acme.com", "li.wei@acme.com"),
        ("(Li.Wei+x@ACME.Info)", "(Li.Wei+x@ACME.Info)"),
        ("a@evil.com/path", f"a@{J}evil.{J}com/path"),
        ("x@lena", f"x@{J}lena"),
    ],
)
def test_what_was_typed_becomes_neither_mention_nor_link(words: str, seen: str) -> None:
    assert text(words) == seen


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("@lena", "＠lena"),
        ("evil.com", "evil․com"),
        ("https://evil.com", "https：//evil․com"),
        ("li@acme.com @lena", "li@acme.com ＠lena"),
        ("at 9.30: @lena", "at 9.30: ＠lena"),
    ],
)
def test_where_there_is_no_room_for_more_characters_look_alikes_stand_in(words: str, seen: str) -> None:
    assert text(words, len(words)) == seen
    assert text(words, len(words) + 9).replace(J, "") == words


def test_a_sign_and_a_name_in_two_styles_stay_apart() -> None:
    assert shown((Run("@", "bold"), Run("lena")), 99)[0] == f"@{J}lena"
    assert shown((Run("evil"), Run(".com", "bold")), 99)[0] == f"evil{J}.com"
    assert shown((Run("a"), Run("b", "bold")), 99)[0] == "ab"
    assert shown((Run("@", "code"), Run("lena")), 99)[0] == "@lena"
    assert shown((Run("@"), Run("lena", "", OURS)), 99)[0] == "@lena"


def test_styles_and_links_of_ours_are_at_their_places() -> None:
    runs = (
        Run("😀 "),
        Run("b", "bold"),
        Run("i", "italic"),
        Run("q", "quote"),
        Run("c", "code"),
        Run("l", "bold", OURS),
    )
    words, entities = shown(runs, 99)
    assert words == "😀 biqcl"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 1},
        {"type": "italic", "offset": 4, "length": 1},
        {"type": "blockquote", "offset": 5, "length": 1},
        {"type": "code", "offset": 6, "length": 1},
        {"type": "bold", "offset": 7, "length": 1},
        {"type": "text_link", "url": OURS, "offset": 7, "length": 1},
    ]


def test_a_link_in_code_is_a_link_and_nothing_invisible_has_a_style() -> None:
    _words, entities = shown((Run("x", "code", OURS), Run(" \u200b", "bold")), 99)
    assert [entity["type"] for entity in entities] == ["text_link"]


def test_of_too_many_entities_styles_go_before_links_and_code() -> None:
    runs = (*[Run("b", "bold")] * ENTITIES, Run("l", "", OURS), Run("c", "code"))
    kinds = [entity["type"] for entity in shown(runs, 4096)[1]]
    assert (len(kinds), kinds[-2:]) == (100, ["text_link", "code"])
    assert kinds[:98] == ["bold"] * 98


def test_a_link_that_telegram_refuses_is_written_out_to_be_copied() -> None:
    words, entities = shown((Run("open", "bold", "http://localhost:8080/x"),), 99)
    assert words == "open: http://localhost:8080/x"
    assert entities == [{"type": "bold", "offset": 0, "length": 6}, {"type": "code", "offset": 6, "length": 23}]
    assert shown((Run("http://localhost/", "", "http://localhost/"),), 99)[0] == "http://localhost/"


def test_the_tail_is_kept_and_no_character_is_cut_in_two() -> None:
    words, entities = shown((Run("😀😀😀", "bold"),), 8, (Run(" end", "italic"),))
    assert words == "😀😀 end"
    assert [(entity["offset"], entity["length"]) for entity in entities] == [(0, 4), (4, 4)]
    assert shown((Run("😀😀"),), 3)[0] == "😀"
    assert shown((Run("ab"), Run("cd"), Run("ef")), 4)[0] == "abcd"
    assert shown((Run("ab"),), 4, (Run("tail and more"),))[0] == "tail"


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        (OURS, True),
        ("http://a.b", True),
        ("tg://resolve?domain=x", True),
        ("http://localhost", False),
        ("http://localhost.", False),
        ("http://.localhost", False),
        ("https:///path.html", False),
        ("ftp://a.b", False),
        ("javascript:alert(1)", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_only_what_telegram_takes_is_a_link(url: str, fits: bool) -> None:
    assert linkable(url) is fits


def test_lone_halves_of_characters_are_replaced() -> None:
    assert text("a\ud83db") == "a\ufffdb"


def test_visible_is_what_a_reader_sees() -> None:
    assert [visible(words) for words in ("", " \n\u200b\u2060", "a", " .", "😀", "中")] == [False, False, *[True] * 4]
