"""Raw updates to events, messages to entries: both without a server."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.browser.frames import Seat, raw_of
from adapters.browser.parse import parse
from adapters.browser.render import own_entry, render
from bot.core.messages import Address, Button, Command, Edited, File, Outgoing, Said, Sender, Shared
from bot.core.ports import Door
from bot.core.text import Run

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PRIVATE = Seat("p" * 32, Door("p" * 32, "Rapport"), "zh-CN", "李伟")
ROOM = Seat("p" * 32, Door("room-1", "Sales", private=False, you="Ann"), "en", "someone")


def read(frame, seat=PRIVATE):
    raw = raw_of({"key": "message-1", **frame}, seat, NOW, lambda person, file: True)
    (event,) = parse("browser", "web", json.dumps(raw))
    return event


def test_a_message_carries_who_where_and_when():
    event = read({"kind": "say", "text": " 你好 "})
    assert (event.key, event.at, event.private) == (f"{'p' * 32}.message-1", NOW, True)
    assert event.where == Address("browser", "web", "p" * 32)
    assert event.sender == Sender("p" * 32, "李伟", "zh-CN")
    assert event.body == Said("你好", event.key)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("/who Acme", Command("who", "Acme")),
        ("/WHO", Command("who")),
        ("/note Acme\ntwo lines", Command("note", "Acme\ntwo lines")),
        ("/who@rapport Acme", Command("who", "Acme")),
        ("/ who", Said("/ who")),
        ("/查 华为", Said("/查 华为")),
        ("5/6 done", Said("5/6 done")),
        ("mail me at x@rapport.example", Said("mail me at x@rapport.example")),
    ],
)
def test_a_slash_and_a_latin_word_make_a_command(text, body):
    assert replace(read({"kind": "say", "text": text}).body, message="") == body


@pytest.mark.parametrize(
    ("text", "said", "mentioned"),
    [
        ("lunch?", "lunch?", False),
        ("@Rapport, who is Acme", "who is Acme", True),
        ("谁是华为 @rapport", "谁是华为", True),
        ("@rapportteur hi", "@rapportteur hi", False),
        ("/查 华为", "/查 华为", True),
        ("@rapport", "@rapport", True),
        ("write to x@rapport.example", "write to x@rapport.example", False),
    ],
)
def test_in_a_room_the_bot_is_addressed_by_name_or_slash(text, said, mentioned):
    body = read({"kind": "say", "text": text}, ROOM).body
    assert (body.text, body.mentioned) == (said, mentioned)


def test_a_command_after_the_name_is_a_command():
    assert read({"kind": "say", "text": "@rapport /today"}, ROOM).body.name == "today"


def test_the_other_kinds_have_their_events():
    key = f"{'p' * 32}.message-1"
    assert read({"kind": "edit", "message": "message-0", "text": "x"}).body == Edited(f"{'p' * 32}.message-0", "x")
    contact = {"kind": "contact", "person": "Li", "phone": "+8613800138000"}
    assert read(contact).body == Shared("contact", "Li", "+8613800138000", message=key)
    place = {"kind": "place", "latitude": 31.2, "longitude": 121}
    assert read(place).body == Shared("place", latitude=31.2, longitude=121.0, message=key)
    file = {"name": "a.pdf", "mime": "application/pdf", "hash": "h", "size": 3, "kind": "document"}
    assert read({"kind": "file", "files": [file], "text": "see"}).body.files == (File(**file),)


def test_a_kind_of_a_newer_page_is_no_event():
    assert parse("browser", "web", '{"kind": "wave"}') == ()


def test_what_was_typed_in_a_tunnel_has_its_own_time():
    assert read({"kind": "say", "text": "x", "age": 90}).at == NOW - timedelta(seconds=90)
    assert read({"kind": "say", "text": "x", "age": -5}).at == NOW
    assert read({"kind": "say", "text": "x", "age": 1e12}).at == NOW


def test_an_entry_has_text_buttons_and_file_and_no_empty_parts():
    to = Address("browser", "web", "c")
    (call,) = render(
        to, Outgoing((Run("Hi", "bold"),), (Button("Yes", "yes:1"),), File("a.png", "image/png", "h"), key="k")
    )
    assert call.arguments["entry"] == {
        "by": "bot",
        "text": [["Hi", "bold", ""]],
        "buttons": [{"label": "Yes", "press": "yes:1"}],
        "files": [{"name": "a.png", "mime": "image/png", "hash": "h", "kind": "document"}],
    }
    assert (call.arguments["chat"], call.arguments["edits"]) == ("c", 0)


def test_an_edit_names_its_message_and_a_cleared_card_leaves_nothing():
    to = Address("browser", "web", "c")
    (edit,) = render(to, Outgoing((Run("new"),), edits="7", key="k"))
    assert (edit.arguments["edits"], edit.arguments["entry"]["edited"]) == (7, True)
    (cleared,) = render(to, Outgoing((), edits="7", clears=True, key="k"))
    assert cleared.arguments["entry"] == {"by": "bot", "cleared": True}


def test_an_attempt_repeated_has_the_same_key():
    to, message = Address("browser", "web", "c"), Outgoing((Run("x"),), key="k")
    assert render(to, message) == render(to, message)


def test_presses_leave_no_message_and_contacts_are_readable():
    raw = {
        "kind": "contact",
        "sender": "p",
        "name": "",
        "at": "",
        "key": "p.k",
        "person": "Li",
        "phone": "138",
        "email": "",
    }
    assert own_entry(raw)["text"] == [["Li\n138", "", ""]]
    assert own_entry({**raw, "kind": "press"}) is None
