"""What apps have beside a chat: a page of one's own, previews, forms, rooms that are shared, names that come later."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.messages import Address, Command, Deleted, Known, Linked, Pressed, Said, Sender
from store.models import Activity, Conversation, Identity, Member, Reminder
from tests.flows.apps.conftest import PAGES, App

HOME = Command("home")


def link(url: str) -> Linked:
    return Linked(url, Address("slack", "app", "unfurl:history:1", url))


def filled(**values: str) -> tuple[tuple[str, str], ...]:
    return tuple(values.items())


def test_the_home_is_published_and_moves_nobody(app: App) -> None:
    app.does("bob", Said("hello", "1"), "Dold")
    app.said()
    app.does("bob", HOME, home=True)

    assert list(said := app.said()) == ["home:Ubob"]
    assert said["home:Ubob"].startswith("Your day\nNothing is due today")
    assert [Address.of(member.home).chat for member in app.ask(Member, name="Bob")] == ["Dold"]


@pytest.mark.parametrize(("who", "says"), [("zoe", "I don't know you yet"), ("xeve", "Write to us here")])
def test_the_home_of_somebody_else_shows_nothing(app: App, who: str, says: str) -> None:
    app.does("bob", Command("remind", "Acme tomorrow 9am call"))
    app.said()
    app.does(who, HOME, home=True)

    (text,) = app.said().values()
    assert says in text
    assert "Acme" not in text


def test_a_tick_at_home_ends_the_reminder_and_shows_the_page_anew(app: App) -> None:
    app.does("bob", Command("remind", "Acme today 11pm call about the fair"))
    app.does("bob", HOME, home=True)
    app.said()
    ((label, press),) = app.buttons()
    app.does("bob", Pressed(press), home=True)

    said = app.said()
    assert label == "✓ call about the fair · Acme"
    assert "Done: call about the fair" in said["Dbob"]
    assert "Nothing is due today" in said["home:Ubob"]
    assert [row.state for row in app.ask(Reminder)] == ["done"]


def test_a_button_of_the_home_is_good_there_only(app: App) -> None:
    app.does("bob", Command("remind", "Acme today 11pm call"))
    app.does("bob", HOME, home=True)
    ((_label, press),) = app.buttons()
    answer = app.does("bob", Pressed(press))

    assert answer is not None
    assert "older version" in answer.toast
    assert [row.state for row in app.ask(Reminder)] == ["open"]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (PAGES, "Northwind"),
        (f"{PAGES}/chat?x=1", "Northwind"),
        (f"{PAGES}/enter/abc", "A personal link"),
        (f"{PAGES}/unknown", ""),
        (f"{PAGES}.evil.example/chat", ""),
        ("https://other.example/chat", ""),
    ],
)
def test_only_our_own_pages_have_a_preview(app: App, url: str, shown: str) -> None:
    app.does("bob", link(url), "Csales", private=False)

    said = app.said()
    assert [text.partition("\n")[0] for text in said.values()] == ([shown] if shown else [])
    assert not shown or list(said) == [f"unfurl:history:1:{url}"]


def test_who_is_no_member_gets_no_preview(app: App) -> None:
    app.does("zoe", link(f"{PAGES}/chat"), "Dzoe")
    app.does("bob", link(f"{PAGES}/chat"), "Cshared", private=False, shared=True)

    assert app.said() == {}


def test_a_room_that_another_firm_shares_is_a_customers_room(app: App) -> None:
    app.does("bob", Said("who is Acme", "1", mentioned=True), "Cshared", private=False, shared=True)
    app.does("bob", Said("who is Acme", "2", mentioned=True), "Cours", private=False)

    said = app.said()
    assert "Acme" not in said["Cshared"]
    assert "Acme" in said["Cours"]
    assert {row.side for row in app.ask(Conversation) if "Cshared" in row.address} == {"customer"}


def test_a_room_that_becomes_shared_is_silent_from_then_on(app: App) -> None:
    app.does("ann", Said("hello", "1"))
    app.does("bob", Said("who is Acme", "1", mentioned=True), "Cours", private=False)
    app.said()
    app.does("bob", Said("who is Acme", "2", mentioned=True), "Cours", private=False, shared=True)

    said = app.said()
    assert "Somebody from outside is in this room" in said["Cours"]
    assert "Somebody from outside is in the room" in said["Dann"]


def test_threads_of_a_room_with_an_outsider_are_silent_too(app: App) -> None:
    ask = Said("who is Acme", "1", mentioned=True)
    app.does("bob", ask, "Cours", private=False)
    app.does("bob", ask, "Cours", private=False, thread="5")
    assert "Acme" in app.said()["Cours:5"]
    app.does("zoe", Said("hi", "2"), "Cours", private=False, thread="5")
    for thread in ("5", "6", ""):
        app.does("bob", ask, "Cours", private=False, thread=thread)

    assert all("Somebody from outside" in text for text in app.said().values())


def test_a_name_that_comes_later_is_the_members_and_the_outsiders(app: App) -> None:
    app.does("ann", Said("hello", "1"))
    app.does("bob", Said("hello", "1"), "Cours", private=False)
    app.does("zoe", Said("hi", "2"), "Cours", private=False)
    assert "room Cours: ?" in app.said()["Dann"]
    known = Known((Sender("Uzoe", "Zoe Lin"),), "#ours")
    app.does("zoe", known, "Cours", private=False, name="Zoe Lin")

    assert "room #ours: Zoe Lin." in app.said()["Dann"]
    assert [row.name for row in app.ask(Identity, person="Uzoe")] == ["Zoe Lin"]
    app.does("zoe", known, "Cours", private=False, name="Zoe Lin")
    assert app.said() == {}


def test_whoever_came_in_under_a_handle_is_called_by_name_later(app: App) -> None:
    app.does("ann", Command("colleague", "rep"))
    code = "".join(app.said().values()).split()[-1]
    app.does("zoe", Command("start", code), name="zoe")
    app.does("zoe", Known((Sender("Uzoe", "Zoe Lin"),)), name="Zoe Lin")
    app.does("ann", Known((Sender("Uann", "Annabel"),)), name="Annabel")

    assert [row.name for row in app.ask(Member)] == ["Annabel", "Bob", "Zoe Lin"]


@pytest.mark.parametrize("line", ["Visited Acme about the fair", "today visited Acme about the fair"])
def test_what_is_no_command_behind_the_slash_is_said(app: App, line: str) -> None:
    name, _space, rest = line.partition(" ")
    app.does("bob", Command(name.lower(), rest, line=line))

    assert [(row.kind, row.text) for row in app.ask(Activity)] == [("visit", line)]


def test_elsewhere_an_unknown_command_is_still_a_slip(app: App) -> None:
    app.does("bob", Command("wo", "Acme"))

    assert "Did you mean /who?" in app.said()["Dbob"]


def test_the_form_of_a_log_says_what_is_wrong_beside_the_field(app: App) -> None:
    app.does("bob", Said("Called Acme", "1"))
    opened = app.does("bob", Pressed(app.signed("log-edit:1", "Dbob"), "9"))
    assert opened is not None
    form: dict[str, Any] = opened.data["form"]
    given = {field["name"]: field["value"] for field in form["fields"]}
    wrong = app.does("bob", Pressed(form["press"], "9", filled(**{**given, "customer": "Nobody", "amount": "much"})))
    assert wrong is not None
    assert set(wrong.data["errors"]) == {"customer", "amount"}
    assert [row.kind for row in app.ask(Activity)] == ["call"]
    changed = {**given, "kind": "visit", "day": "2026-03-01", "time": "09:30", "amount": "12k"}
    assert app.does("bob", Pressed(form["press"], "9", filled(**changed))) is None

    (row,) = app.ask(Activity)
    assert (row.kind, row.amount, f"{row.at:%Y-%m-%d %H:%M}") == ("visit", 12000, "2026-03-01 09:30")
    app.does("bob", Command("undo"))
    (row,) = app.ask(Activity)
    assert (row.kind, row.amount, row.at.day) == ("call", None, 2)


def test_a_form_that_changes_nothing_is_no_act(app: App) -> None:
    app.does("bob", Said("Called Acme", "1"))
    opened = app.does("bob", Pressed(app.signed("log-edit:1", "Dbob"), "9"))
    assert opened is not None
    given = {field["name"]: field["value"] for field in opened.data["form"]["fields"]}
    app.does("bob", Pressed(opened.data["form"]["press"], "9", filled(**given)))
    app.does("bob", Command("undo"))

    assert app.ask(Activity) == []


def test_a_form_of_somebody_else_is_refused(app: App) -> None:
    app.does("ann", Said("Called Acme", "1"))
    app.does("bob", Pressed(app.signed("log-form:1", "Dbob"), "", filled(customer="Acme", kind="visit", text="x")))

    assert "Only the author or a manager" in app.said()["Dbob"]
    assert [row.kind for row in app.ask(Activity)] == ["call"]


def test_a_passed_on_message_without_a_customer_is_asked_in_a_form_and_in_the_chat(app: App) -> None:
    opened = app.does("bob", Said("Please call me", "7", mentioned=True, forwarded_from="Li Wei"))
    assert opened is not None
    form = opened.data["form"]
    assert "Which customer is that?" in app.said()["Dbob"]
    values = {"customer": "Globex", "kind": "message", "text": "Please call me"}
    wrong = app.does("bob", Pressed(form["press"], "", filled(**values)))
    assert wrong is not None
    assert "Globex" in wrong.data["errors"]["customer"]
    assert app.does("bob", Pressed(form["press"], "", filled(**values, new="yes"))) is None
    assert [(row.direction, row.text) for row in app.ask(Activity)] == [("in", "Please call me")]
    late = app.does("bob", Pressed(form["press"], "", filled(**values)))
    assert late is not None
    assert late.data["errors"] == {"customer": "That is settled already."}


def test_only_its_writer_takes_a_message_back(app: App) -> None:
    app.does("bob", Said("Called Acme", "1", mentioned=True), "Cours", private=False)
    app.said()
    app.does("ann", Deleted("1"), "Cours", private=False)
    assert app.said() == {}
    app.does("bob", Deleted("1"), "Cours", private=False)

    assert "You deleted your message" in app.said()["Cours"]
