"""The chat's socket against a real server: said once, shown once, to those who may see it."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from adapters.browser import person_of
from bot.core.errors import Closed, TryLater
from bot.core.messages import Address, Command, Outgoing, Pressed, Said
from bot.core.ports import Door
from bot.core.text import Run
from tests.adapters.browser.conftest import ANN, BOB
from tests.adapters.browser.stage import ROOM, card


def say(text, number=1):
    return {"key": f"message-{number}", "kind": "say", "text": text}


async def test_what_is_said_is_acknowledged_and_shown_with_its_answer(house, client):
    ann = await client()
    assert await ann.ask(say("hello")) == {"ack": "message-1"}
    entries = await ann.sees(2)
    assert [entry["by"] for entry in entries] == [person_of(ANN), "bot"]
    assert entries[0]["text"] == [["hello", "", ""]]
    assert entries[0]["key"] == "message-1"


async def test_a_message_sent_again_is_shown_once(house, client):
    ann = await client()
    await ann.ask(say("hello"))
    assert await ann.ask(say("hello")) == {"ack": "message-1"}
    await ann.sees(2)
    assert house.screen.texts(person_of(ANN)) == ["hello", "Logged\nhello"]
    assert len(house.events) == 1


async def test_two_tabs_show_the_same(house, client):
    first, second = await client(), await client()
    await second.next("entries")
    await first.ask(say("hello"))
    assert await first.sees(2) == await second.sees(2)


async def test_a_reconnected_page_gets_only_what_it_missed(house, client):
    ann = await client()
    await ann.ask(say("one"))
    seen = max(entry["version"] for entry in await ann.sees(2))
    await house.say(person_of(ANN), Outgoing((Run("later"),), key="later"))
    again = await client(since=seen)
    assert [entry["text"][0][0] for entry in await again.sees(1)] == ["later"]


async def test_more_than_one_batch_arrives_whole(house, client):
    for number in range(450):
        await house.say(person_of(ANN), Outgoing((Run(str(number)),), key=str(number)))
    again = await client(since=1)
    assert len(await again.sees(449)) == 449


async def test_what_comes_while_the_page_is_being_told_is_not_missed(house, client):
    look, chat = house.screen.since, person_of(ANN)

    async def since(*arguments, **more):
        found = await look(*arguments, **more)
        house.screen.since = look
        await house.say(chat, Outgoing((Run("meanwhile"),), key="meanwhile"))
        return found

    house.screen.since = since
    ann = await client()
    assert (await ann.sees(1))[0]["text"] == [["meanwhile", "", ""]]


async def test_a_burst_keeps_its_order(house, client):
    ann = await client()
    for number in range(12):
        await ann.send(say(f"line {number}", number))
    await ann.sees(24)
    own = [entry["text"][0][0] for entry in ann.shown if entry["by"] != "bot"]
    assert own == [f"line {number}" for number in range(12)]


async def test_the_answer_never_stands_above_the_question(house, client):
    ann = await client()
    for number in range(10):
        await ann.ask(say(str(number), number))
    await ann.sees(20)
    by = [entry["by"] == "bot" for entry in sorted(ann.shown, key=lambda entry: entry["id"])]
    assert by == [False, True] * 10


async def test_a_room_shows_who_spoke_to_all_who_are_in_it(house, client):
    house.doors.rooms[person_of(BOB)] = [Door(ROOM, "Service", private=False)]
    ann, bob = await client(chat=ROOM), await client(BOB, chat=ROOM, name="Bob")
    ready = await bob.next("ready")
    assert (ready["title"], ready["private"]) == ("Service", False)
    await ann.ask(say("@rapport who is Acme"))
    assert (await bob.sees(1))[0]["name"] == "Ann"
    assert house.events[0].body == Said("who is Acme", house.events[0].key, mentioned=True)
    assert not house.events[0].private


async def test_a_name_of_our_own_tables_can_not_be_changed_by_the_client(house, client):
    ann = await client(chat=ROOM, name="The boss")
    await ann.ask(say("hello"))
    assert house.events[0].sender.name == "Ann"


async def test_a_forbidden_room_is_refused_with_a_sentence(house, client):
    bob = await client(BOB, chat=ROOM, language="zh")
    assert await bob.next("error") == {"code": "door", "text": "您不能打开这个会话。"}
    assert await bob.closed() == 4403


async def test_a_chat_that_is_closed_meanwhile_takes_and_shows_nothing_more(house, client):
    ann = await client(chat=ROOM)
    await ann.next("entries")
    house.doors.rooms.clear()
    await house.say(ROOM, Outgoing((Run("secret"),), key="secret"))
    assert (await ann.next("error"))["code"] == "door"
    assert ann.shown == []


async def test_nobody_is_nobody(house, client):
    for secret in ("", "short", "x" * 22 + "\n", 7):
        stranger = await client(secret)
        assert (await stranger.next("error"))["code"] == "who"


async def test_a_cookie_counts_only_on_our_own_pages(house, client):
    cookie = {"Cookie": f"rapport={ANN}"}
    ours = await client("", headers={**cookie, "Origin": house.url})
    assert (await ours.next("ready"))["you"] == person_of(ANN)
    theirs = await client("", headers={**cookie, "Origin": "https://elsewhere.example"})
    assert (await theirs.next("error"))["code"] == "who"
    nowhere = await client("", headers=cookie)
    assert (await nowhere.next("error"))["code"] == "who"


async def test_a_widget_works_from_any_site(house, client):
    visitor = await client(headers={"Origin": "https://shop.example"})
    assert (await visitor.next("ready"))["private"]


async def test_a_frame_that_is_too_big_closes_with_a_sentence(house, client):
    ann = await client()
    await ann.send(say("x" * 70_000))
    assert (await ann.next("error"))["code"] == "big"
    assert await ann.closed() == 1009
    assert house.events == []


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("no json", "unreadable"),
        ("[]", "unreadable"),
        ("[" * 30_000, "unreadable"),
        ({"key": "k" * 9, "kind": "dance"}, "unreadable"),
        ({"key": "k", "kind": "say", "text": "no key"}, "unreadable"),
        ({"key": "k" * 9, "kind": "say", "text": "  "}, "unreadable"),
        ({"key": "k" * 9, "kind": "say", "text": {"a": 1}}, "unreadable"),
        ({"key": "k" * 9, "kind": "say", "text": "x" * 12_001}, "long"),
        ({"key": "k" * 9, "kind": "press", "press": ""}, "unreadable"),
        ({"key": "k" * 9, "kind": "edit", "text": "x", "message": ""}, "unreadable"),
        ({"key": "k" * 9, "kind": "place", "latitude": 91, "longitude": 0}, "unreadable"),
        ({"key": "k" * 9, "kind": "place", "latitude": "x", "longitude": 0}, "unreadable"),
        ({"key": "k" * 9, "kind": "file", "files": [{"hash": "0" * 64, "name": "a", "seal": "ü"}]}, "file"),
        ({"key": "k" * 9, "kind": "file", "files": "x"}, "file"),
    ],
)
async def test_rubbish_is_refused_and_the_socket_lives_on(house, client, frame, code):
    ann = await client()
    await ann.send(frame)
    assert (await ann.next("error"))["code"] == code
    assert await ann.ask(say("still here")) == {"ack": "message-1"}
    assert len(house.events) == 1


async def test_hostile_text_arrives_as_it_was_typed(house, client):
    ann = await client()
    hostile = "<script>alert(1)</script> *b* [x](javascript:1) \u202e \x00 '; DROP TABLE"
    await ann.ask(say(hostile))
    assert (await ann.sees(1))[0]["text"] == [[hostile.replace("\x00", ""), "", ""]]


async def test_half_a_character_does_no_harm(house, client):
    ann = await client()
    await ann.send('{"key": "message-1", "kind": "say", "text": "a\\ud800b"}')
    assert await ann.next("ack") == "message-1"
    assert (await ann.sees(1))[0]["text"][0][0] == "a\ufffdb"


async def test_too_many_messages_are_slowed_down_and_none_is_lost(house, client):
    ann = await client()
    for number in range(20):
        await ann.ask(say("x", number))
    refused = (await ann.ask(say("x", 20)))["error"]
    assert (refused["code"], refused["key"]) == ("slow", "message-20")
    assert 0 < refused["retry"] <= 10


async def test_when_the_tables_are_away_nothing_is_shown_and_it_may_come_again(house, client):
    ann = await client()
    house.broken = 1
    assert (await ann.ask(say("hello")))["error"]["retry"] == 2.0
    assert house.screen.texts(person_of(ANN)) == []
    assert await ann.ask(say("hello")) == {"ack": "message-1"}


async def test_a_press_gives_its_toast_each_time_and_edits_in_place(house, client):
    sent = await house.say(person_of(ANN), card("x", "c"))
    ann = await client()
    press = {"key": "press-0001", "kind": "press", "press": "undo:1", "message": sent}
    assert await ann.ask(press) == {"ack": "press-0001", "toast": "Done"}
    assert (await ann.ask(press))["toast"] == "Done"
    assert house.events[0].body == Pressed("undo:1", sent)
    assert house.screen.texts(person_of(ANN)) == ["Pressed\nundo:1"]


async def test_an_own_message_can_be_changed_but_not_somebody_elses(house, client):
    ann = await client(chat=ROOM)
    await ann.ask(say("one"))
    house.doors.rooms[person_of(BOB)] = house.doors.rooms[person_of(ANN)]
    bob = await client(BOB, chat=ROOM)
    await bob.ask({"key": "edit-0001", "kind": "edit", "message": "message-1", "text": "changed by Bob"})
    assert "one" in house.screen.texts(ROOM)
    await ann.ask({"key": "edit-0001", "kind": "edit", "message": "message-1", "text": "two"})
    texts = house.screen.texts(ROOM)
    assert "one" not in texts
    assert texts[0] == "two"


async def test_opening_a_personal_link_is_a_start_with_its_payload(house, client):
    ann = await client()
    await ann.ask({"key": "hello-0001", "kind": "hello", "start": "abc"})
    assert house.events[0].body == Command("start", "abc", house.events[0].key)


async def test_a_file_is_uploaded_shown_and_fetched_only_by_its_own_link(house, client):
    async with httpx.AsyncClient(base_url=f"{house.url}/chat/", trust_env=False) as web:
        bearer = {"Authorization": f"Bearer {ANN}", "Content-Type": "image/png"}
        file = (await web.post("file?name=../../a 图.png", content=b"PNG", headers=bearer)).json()["file"]
        assert (file["name"], file["kind"], file["size"]) == ("a 图.png", "picture", 3)
        ann, bob = await client(), await client(BOB)
        frame = {"key": "file-0001", "kind": "file", "text": "look", "files": [file]}
        assert (await bob.ask(frame))["error"]["code"] == "file"
        assert await ann.ask(frame) == {"ack": "file-0001"}
        href = (await ann.sees(1))[0]["files"][0]["href"]
        answer = await web.get(href)
        assert (answer.content, answer.headers["content-type"]) == (b"PNG", "image/png")
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert (await web.get(href.replace(person_of(ANN), person_of(BOB)))).status_code == 404
        assert (await web.get(f"file/{file['hash']}")).status_code == 404


async def test_a_page_in_disguise_is_only_ever_saved(house, client):
    async with httpx.AsyncClient(base_url=f"{house.url}/chat/", trust_env=False) as web:
        bearer = {"Authorization": f"Bearer {ANN}", "Content-Type": "text/html; charset=utf-8"}
        file = (await web.post("file?name=x.html", content=b"<script>", headers=bearer)).json()["file"]
        ann = await client()
        await ann.ask({"key": "file-0001", "kind": "file", "text": "", "files": [file]})
        answer = await web.get((await ann.sees(1))[0]["files"][0]["href"])
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_uploads_have_an_owner_and_an_end(house):
    async with httpx.AsyncClient(base_url=f"{house.url}/chat/", trust_env=False) as web:
        assert (await web.post("file", content=b"x")).status_code == 403
        bearer = {"Authorization": f"Bearer {ANN}"}
        assert (await web.post("file", content=b"", headers=bearer)).status_code == 400
        assert (await web.post("file", content=b"x" * (10 * 2**20 + 1), headers=bearer)).status_code == 413
        foreign = {"Cookie": f"rapport={ANN}", "Origin": "https://elsewhere.example"}
        assert (await web.post("file", content=b"x", headers=foreign)).status_code == 403
    assert house.files == {}


async def test_one_address_can_not_fill_the_disk(house):
    async with httpx.AsyncClient(base_url=f"{house.url}/chat/", trust_env=False) as web:
        bearer = {"Authorization": f"Bearer {ANN}"}
        codes = [
            (await web.post("file", content=bytes([n]) * 10 * 2**20, headers=bearer)).status_code for n in range(7)
        ]
    assert codes == [200] * 6 + [429]


async def test_a_closing_store_sends_the_page_away_to_come_again(house, client):
    async def closed(person: str) -> list[Door]:
        raise Closed

    house.doors.of = closed
    ann = await client()
    assert await ann.closed() == 1013


async def test_sending_twice_shows_once_and_a_closed_store_says_try_later(house):
    first = await house.say("chat", Outgoing((Run("x"),), key="k"))
    assert await house.say("chat", Outgoing((Run("x"),), key="k")) == first

    async def closed(*arguments: object, **more: object) -> int:
        raise Closed

    house.screen.show = closed
    with pytest.raises(TryLater):
        await house.say("chat", Outgoing((Run("y"),), key="l"))


async def test_pieces_of_one_reply_are_all_shown(house):
    for text in ("first piece", "second piece"):
        await house.say("chat", Outgoing((Run(text),), key="same"))
    assert house.screen.texts("chat") == ["first piece", "second piece"]


async def test_a_ping_is_answered(house, client):
    ann = await client()
    await ann.send({"ping": 3})
    assert await ann.next("pong") == 3


async def test_a_client_that_says_nothing_useful_first_is_turned_away(house, client):
    ann = await client()
    await ann.next("entries")
    rude = await client(language=7)
    assert (await rude.next("error"))["code"] == "unreadable"


async def test_listening_waits_and_leaves_when_told(house):
    listening = asyncio.create_task(house.adapter.listen(house.accept))
    await asyncio.sleep(0)
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening


def test_the_raw_update_never_holds_the_secret(house):
    assert ANN not in json.dumps([update.raw for update in house.updates])
    assert Address("browser", "web", person_of(ANN)).key.count(":") == 2
