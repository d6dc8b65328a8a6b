"""Slack's mark-up: taken back from what people type, and unable to act in what we show."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.blocks import blocks_of, linkable, spelled
from adapters.slack.words import escaped, read, to_type
from bot.core.messages import Button
from bot.core.text import Run

OURS = "https://crm.example.com/x"


@pytest.mark.parametrize(
    ("raw", "typed"),
    [
        ("  hello  ", "hello"),
        ("<@U1|lena> and <@U2>", "@lena and @U2"),
        ("<#C1|general> <#C2>", "#general #C2"),
        ("<#C1|#general>", "#general"),
        ("<!here> <!channel|channel> <!subteam^S1>", "@here channel @subteam"),
        ("<https://a.b/c>", "https://a.b/c"),
        ("<https://a.b/c|a.b/c>", "a.b/c"),
        ("<https://a.b/|a.b/>", "a.b/"),
        ("<http://evil.com|bank.com>", "bank.com (http://evil.com)"),
        ("<mailto:x@y.de|x@y.de> <mailto:x@y.de>", "x@y.de x@y.de"),
        ("<mailto:x@y.de|write>", "write (x@y.de)"),
        ("<tel:+49123|0123> <tel:+49123>", "0123 +49123"),
        ("1 &lt; 2 &amp; 3 &gt; 2", "1 < 2 & 3 > 2"),
    ],
)
def test_what_the_client_made_of_words_is_taken_back(raw: str, typed: str) -> None:
    assert read(raw) == (typed, False)


@pytest.mark.parametrize(
    ("raw", "typed", "named"),
    [
        ("<@UBOT> note Acme", "note Acme", True),
        (" <@UBOT|rapport>, note", "note", True),
        ("<@UBOT>：记一下", "记一下", True),
        ("ask <@UBOT> later", "ask @UBOT later", True),
        ("<@UOTHER> note", "@UOTHER note", False),
        ("note", "note", False),
    ],
)
def test_our_name_in_front_is_left_out(raw: str, typed: str, named: bool) -> None:
    assert read(raw, "UBOT") == (typed, named)


def test_where_only_mark_up_is_taken_nothing_of_it_acts() -> None:
    assert escaped("<!channel> & <https://evil.com|x> &lt;") == (
        "&lt;!channel&gt; &amp; &lt;https://evil.com|x&gt; &amp;lt;"
    )
    assert escaped("a\ud83d") == "a\ufffd"


@pytest.mark.parametrize(
    ("ours", "typed"),
    [
        ("/note Acme /x", "/crm note Acme /x"),
        ("/记录", "/crm 记录"),
        ("note", "note"),
        ("a /note", "a /note"),
        ("/1", "/1"),
    ],
)
def test_commands_are_shown_as_they_are_typed_here(ours: str, typed: str) -> None:
    assert to_type(ours) == typed


def elements(*runs: Run) -> list[Any]:
    return [(section["type"], section["elements"]) for block in blocks_of(runs, ()) for section in block["elements"]]


def test_words_are_plain_elements_with_their_style() -> None:
    runs = (Run("<!here> @x"), Run("b", "bold"), Run("i", "italic"), Run("/c", "code"), Run("l", "bold", OURS))
    assert elements(*runs) == [
        (
            "rich_text_section",
            [
                {"type": "text", "text": "<!here> @x"},
                {"type": "text", "text": "b", "style": {"bold": True}},
                {"type": "text", "text": "i", "style": {"italic": True}},
                {"type": "text", "text": "/crm c", "style": {"code": True}},
                {"type": "link", "url": OURS, "text": "l", "style": {"bold": True}},
            ],
        )
    ]


def test_a_quotation_stands_on_its_own_lines() -> None:
    found = elements(Run("a\n"), Run("q", "quote"), Run("\nb"), Run("\nc"))
    assert [(kind, [part["text"] for part in parts]) for kind, parts in found] == [
        ("rich_text_section", ["a"]),
        ("rich_text_quote", ["q"]),
        ("rich_text_section", ["b", "\nc"]),
    ]


def test_a_link_that_slack_refuses_is_written_out() -> None:
    spoken = spelled((Run("open", "bold", "ftp://a.b"), Run("ftp://a.b", "", "ftp://a.b"), Run("")))
    assert spoken == (Run("open: ", "bold"), Run("ftp://a.b", "code"), Run("ftp://a.b", "code"))


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        (OURS, True),
        ("http://localhost:8080/x", True),
        ("https://a.b/" + "x" * 2988, True),
        ("https://a.b/" + "x" * 2989, False),
        ("https://a.b/ x", False),
        ("https://a.b/|x", False),
        ("https://a.b/<x", False),
        ("https://a.b/>x", False),
        ("https:///x", False),
        ("javascript:alert(1)", False),
        ("http://[::1", False),
    ],
)
def test_only_what_slack_takes_is_a_link(url: str, fits: bool) -> None:
    assert linkable(url) is fits


def test_long_texts_are_cut_at_line_ends_into_blocks_that_slack_takes() -> None:
    found = blocks_of((Run("a" * 2000 + "\n" + "b" * 2000), Run("c" * 999), Run("d" * 3001)), ())
    texts = ["".join(part["text"] for section in block["elements"] for part in section["elements"]) for block in found]
    assert [len(words) for words in texts] == [2001, 3000, 3000]
    assert texts[1] == "b" * 2000 + "c" * 999 + "d"


def test_what_nobody_sees_is_no_block_and_too_many_are_refused() -> None:
    assert blocks_of((Run(" \u200b\n"),), ()) == []
    with pytest.raises(ValueError, match="51 blocks"):
        blocks_of((), [Button(f"wide {n}", "p", wide=True) for n in range(51)])
    assert len(blocks_of((), [Button(f"wide {n}", "p", wide=True) for n in range(50)])) == 50


def rows(*buttons: Button) -> list[list[str]]:
    return [[element["text"]["text"] for element in block["elements"]] for block in blocks_of((), buttons)]


def test_buttons_stand_in_even_rows_with_their_like() -> None:
    ordinary = [Button(f"B{n}", "p") for n in range(7)]
    scores = [Button(str(n), "p") for n in range(11)]
    assert [len(row) for row in rows(*ordinary)] == [4, 3]
    assert [len(row) for row in rows(*scores)] == [4, 4, 3]
    assert rows(Button("1", "p"), Button("A", "p"), Button("W", "p", wide=True), Button("12345", "p")) == [
        ["1"],
        ["A"],
        ["W"],
        ["12345"],
    ]
    assert rows(Button("A", "p"), Button("B", url="ftp://a.b")) == [["A"]]


def test_a_button_says_what_it_does_and_leads_where_it_should() -> None:
    blocks = blocks_of((), [Button("Go", "p:1", style="primary"), Button("\u200b", url=OURS)])
    first, second = (element for block in blocks for element in block["elements"])
    assert [block["type"] for block in blocks] == ["actions", "actions"]
    assert {name: first[name] for name in ("type", "action_id", "value", "style", "accessibility_label")} == {
        "type": "button",
        "action_id": "button:0",
        "value": "p:1",
        "style": "primary",
        "accessibility_label": "Go",
    }
    assert (second["url"], second["text"]["text"], second["action_id"]) == (OURS, "•", "button:1")
    assert "style" not in second
