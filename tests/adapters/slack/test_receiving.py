"""What people do in Slack, as it arrives: by HTTP and by Socket Mode alike."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.accounts import Reporting
from bot.core.errors import WrongCredentials
from bot.core.messages import (
    Address,
    Answer,
    Button,
    Command,
    Deleted,
    Edited,
    Event,
    Joined,
    Left,
    Linked,
    Pressed,
    Said,
)
from tests.adapters.slack.conftest import Listening, connected, made, sent
from tests.files import KeptFiles
from tests.wires.slack import Person, SlackWire
from tests.wires.telegram.people import until

FORM = {
    "form": {
        "title": "New deal",
        "press": "deal-save:7~sig",
        "submit": "Save",
        "fields": [
            {"name": "name", "label": "What is it called?"},
            {"name": "stage", "label": "Stage", "kind": "choice", "options": [["new", "New"], ["won", "Won"]]},
            {"name": "close", "label": "Close", "kind": "date", "optional": True},
        ],
    }
}


async def test_a_direct_message_is_said_in_private(heard: Listening, ann: Person) -> None:
    ts = ann.says("bot", "Called Li Wei <Acme> & co, see https://acme.example/a?b=1&c=2 or acme.com")
    await heard.hears()

    (event,) = heard.events
    assert event.body == Said("Called Li Wei <Acme> & co, see https://acme.example/a?b=1&c=2 or acme.com", ts)
    assert (event.where, event.private) == (Address("slack", "ours", ann.direct), True)
    assert (event.sender.id, event.sender.is_bot, event.sender.is_outsider) == (ann.id, False, False)


async def test_a_mention_in_a_channel_is_one_event_though_slack_sends_two(
    heard: Listening, wire: SlackWire, ann: Person
) -> None:
    sales = wire.channel("sales", [ann])
    ann.says(sales, "@Rapport who is Acme?")
    ann.says(sales, "lunch?")
    await wire.settled()

    assert len(wire.deliverer.log) == 3
    assert [(body.text, body.mentioned) for body in heard.bodies] == [("who is Acme?", True), ("lunch?", False)]
    assert not heard.events[0].private


async def test_threads_are_places_of_their_own(heard: Listening, wire: SlackWire, ann: Person) -> None:
    sales = wire.channel("sales", [ann])
    card = await sent(heard.adapter, sales.id, "Ticket 102", buttons=(Button("Claim", "claim:102"),))
    ann.says(sales, "I take it", thread=card)
    await heard.hears()
    await sent(heard.adapter, sales.id, "Thanks", thread=card, buttons=(Button("Undo", "undo"),))
    ann.presses("Undo")
    ann.presses("Claim")
    await heard.hears(3)

    by_body = {type(event.body): event for event in heard.events}
    assert (by_body[Said].where.thread, by_body[Said].body.mentioned, by_body[Said].body.answers) == (card, True, card)
    presses = {event.body.press: event.where.thread for event in heard.events if isinstance(event.body, Pressed)}
    assert presses == {"undo": card, "claim:102": ""}


async def test_a_slash_command_is_a_command_by_its_first_word(heard: Listening, ann: Person) -> None:
    for line in ("/crm who Acme & Sons", "/crm 3 new deals", "/crm", "/crm 记录 今天拜访了张伟"):
        assert await ann.commands(line).ended() == 200

    assert heard.bodies == [
        Command("who", "Acme & Sons", line="who Acme & Sons"),
        Said("3 new deals", mentioned=True),
        Command("help"),
        Command("记录", "今天拜访了张伟", line="记录 今天拜访了张伟"),
    ]
    assert {event.where.chat for event in heard.events} == {ann.direct}


async def test_a_command_between_two_people_is_answered_in_private(
    heard: Listening, wire: SlackWire, ann: Person
) -> None:
    await ann.commands("/crm who Acme", wire.between(ann, wire.user("Ben"))).ended()

    assert heard.events[0].where.chat == ann.direct


async def test_edits_and_deletions_arrive_and_previews_of_links_do_not(
    heard: Listening, wire: SlackWire, ann: Person
) -> None:
    ts = ann.says("bot", "Called Li")
    ann.edits("bot", "Called Li Wei")
    place = wire.world.places[ann.direct]
    message = ann._message(place, place.messages[ts])
    ann._changed(place, "message_changed", {"message": {**message, "attachments": [{}]}, "previous_message": message})
    ann.deletes("bot")
    await wire.settled()

    assert sorted(map(repr, heard.bodies)) == sorted(
        map(repr, [Said("Called Li", ts), Edited(ts, "Called Li Wei"), Deleted(ts)])
    )


async def test_comings_and_goings(heard: Listening, wire: SlackWire, ann: Person) -> None:
    sales, ben = wire.channel("sales", [ann], bot=False), wire.user("Ben")
    sales.add(wire.home)
    sales.add(ben)
    ben.leaves(sales)
    sales.remove(wire.home)
    await wire.settled()

    kinds = [(type(body), body.bot, [person.id for person in body.people]) for body in heard.bodies]
    assert sorted(kinds, key=repr) == sorted(
        [(Joined, True, []), (Joined, False, [ben.id]), (Left, False, [ben.id]), (Left, True, [])], key=repr
    )


async def test_guests_of_slack_connect_are_outsiders(heard: Listening, wire: SlackWire, ann: Person) -> None:
    zoe = wire.user("Zoe", team=wire.team("Globex"))
    shared = wire.channel("acme-and-us", [ann, zoe])
    ann.says(shared, "Welcome")
    zoe.says(shared, "Hello")
    zoe.joins(shared)
    await sent(heard.adapter, shared.id, "Happy?", buttons=(Button("Yes", "yes"),))
    zoe.presses("Yes")
    await heard.hears(4)

    outside = {
        event.sender.id: event.sender.is_outsider for event in heard.events if isinstance(event.body, Said | Pressed)
    }
    assert outside == {ann.id: False, zoe.id: True}
    (joined,) = (body for body in heard.bodies if isinstance(body, Joined))
    assert joined.people[0].is_outsider


async def test_other_bots_are_marked_and_our_own_words_never_come_back(
    heard: Listening, wire: SlackWire, ann: Person
) -> None:
    other = {"type": "message", "subtype": "bot_message", "bot_id": "B9", "text": "Build broke", "channel": "C1"}
    own = {
        "type": "message",
        "user": wire.home.bot,
        "bot_id": "B1",
        "app_id": wire.app_id,
        "text": "Hi",
        "channel": "C1",
    }
    for number, event in enumerate((other, own)):
        await wire.happens(wire.home, {**event, "ts": f"17.{number}", "channel_type": "channel"}).ended()

    assert [(event.sender.id, event.sender.is_bot) for event in heard.events] == [("B9", True)]
    assert len(heard.updates) == 1


async def test_files_come_by_their_id_and_are_fetched_with_the_token(
    heard: Listening, wire: SlackWire, files: KeptFiles, ann: Person
) -> None:
    from bot.core.ports import Call

    ann.sends_file("bot", "card.png", b"\x89PNG", mime="image/png", text="a card")
    (said,) = await heard.hears()

    assert (said.text, said.files[0].name, said.files[0].kind) == ("a card", "card.png", "picture")
    assert files.read(await heard.adapter.send(Call("fetch", {}, said.files[0]))) == b"\x89PNG"


async def test_the_shortcut_logs_somebody_elses_message_in_private(
    heard: Listening, wire: SlackWire, ann: Person
) -> None:
    ben = wire.user("Ben")
    sales = wire.channel("sales", [ann, ben], bot=False)
    ts = ben.says(sales, "Acme wants 50 seats")
    await ann.logs(sales, ts).ended()

    (event,) = heard.events
    assert (event.body.text, event.body.forwarded_from) == ("Acme wants 50 seats", "Ben")
    assert event.body.forwarded_at.timestamp() == float(ts)
    assert (event.where.chat, event.private, event.sender.id) == (ann.direct, True, ann.id)


async def test_the_home_is_a_page_beside_the_chat(heard: Listening, wire: SlackWire, ann: Person) -> None:
    await ann.opens_home("messages").ended()
    await ann.opens_home().ended()
    (event,) = heard.events
    view = await sent(heard.adapter, event.page.chat, "3 things today", buttons=(Button("Done", "done:1"),))
    await ann.presses("Done").ended()
    again = await sent(heard.adapter, event.page.chat, "2 things today", edits=view)

    assert (event.body, event.where.chat, event.private) == (Command("home"), ann.direct, True)
    assert event.page == Address("slack", "ours", f"home:{ann.id}")
    pressed = heard.events[1]
    assert (pressed.body.press, pressed.where, pressed.page) == ("done:1", event.where, event.page)
    assert (ann.home, again) == ("2 things today", view)


async def test_a_link_to_our_pages_gets_a_preview(heard: Listening, wire: SlackWire, ann: Person) -> None:
    wire.previews("crm.example.com")
    sales = wire.channel("sales", [ann])
    ann.says(sales, "see https://crm.example.com/c/1 and https://other.example.com/")
    await heard.hears(2)
    (event,) = (event for event in heard.events if isinstance(event.body, Linked))
    await sent(heard.adapter, event.body.preview.chat, "Acme · 3 open deals", thread=event.body.preview.thread)

    assert (event.where.chat, event.body.url) == (sales.id, "https://crm.example.com/c/1")
    assert "Acme" in str(ann.sees(sales)[0].preview["https://crm.example.com/c/1"])


async def test_names_are_asked_for_beside_and_once(heard: Listening, wire: SlackWire, ann: Person) -> None:
    wire.slows("users.info", 0.5)
    sales = wire.channel("sales", [ann])
    said = ann.says(sales, "lunch?")
    await wire.settled()
    assert [body.message for body in heard.bodies] == [said]
    assert heard.names == []
    await until(lambda: heard.names, 5, "no names")
    ann.says(sales, "anybody?")
    ann.says("bot", "hello")
    await wire.settled()

    assert [(known.people[0].id, known.people[0].name, known.title) for known in heard.names] == [
        (ann.id, "Ann", "#sales")
    ]
    assert [entry[2] for entry in wire.requests].count("users.info") == 1


async def test_who_can_not_be_asked_for_has_no_name(heard: Listening, wire: SlackWire, ann: Person) -> None:
    wire.fails("users.info", 500)
    ann.says("bot", "hello")
    await heard.hears()
    await until(lambda: any(entry[2] == "users.info" for entry in wire.requests), 5, "not asked")
    ann.says("bot", "again")
    await until(lambda: heard.names, 5, "not asked again")

    assert len(heard.bodies) == 2


async def test_a_private_chat_is_one_talk_in_every_thread(heard: Listening, wire: SlackWire, ann: Person) -> None:
    question = await sent(heard.adapter, ann, "Which customer?")
    ann.says("bot", "Acme", thread=question)
    await heard.hears()

    assert (heard.events[0].where, heard.bodies[0].answers) == (Address("slack", "ours", ann.direct), question)


async def test_after_a_mention_a_slash_begins_a_command(heard: Listening, wire: SlackWire, ann: Person) -> None:
    sales = wire.channel("sales", [ann])
    ts = ann.says(sales, "@Rapport /bind abc")
    await heard.hears()

    assert heard.bodies == [Command("bind", "abc", ts, line="bind abc")]


async def test_a_form_opens_in_time_and_comes_back_with_its_place_and_values(
    heard: Listening, wire: SlackWire, ann: Person
) -> None:
    heard.answers = lambda event: Answer(data=FORM) if isinstance(event.body, Command) else None
    sales = wire.channel("sales", [ann])
    await ann.commands("/crm deal", sales).ended()
    await ann.modal("New deal")
    submitted = ann.fills(name="Acme <b>", stage="Won")
    assert await submitted.ended() == 200

    event = heard.events[1]
    assert event.body == Pressed("deal-save:7~sig", "", (("name", "Acme <b>"), ("stage", "won"), ("close", "")))
    assert (event.where.chat, event.sender.id, event.private) == (sales.id, ann.id, False)
    assert ann.user.modal is None


async def test_errors_by_field_keep_the_form_open(heard: Listening, wire: SlackWire, ann: Person) -> None:
    def answer(event: Event) -> Answer:
        return Answer(data=FORM if isinstance(event.body, Command) else {"errors": {"name": "There is one already"}})

    heard.answers = answer
    await ann.commands("/crm deal").ended()
    await ann.modal()
    submitted = ann.fills(name="Acme", stage="New")
    await submitted.ended()

    assert submitted.errors == {"name": "There is one already"}
    assert ann.user.modal


async def test_a_press_may_open_a_form_and_a_toast_is_seen_by_one_person(
    heard: Listening, wire: SlackWire, ann: Person
) -> None:
    sales, ben = wire.channel("sales", [ann]), wire.user("Ben")
    ben.joins(sales)
    heard.answers = lambda event: Answer("Claimed <!channel>", FORM) if isinstance(event.body, Pressed) else None
    card = await sent(heard.adapter, sales.id, "Ticket", buttons=(Button("Claim", "claim"),))
    await ann.presses("Claim").ended()
    await ann.modal()
    toast = await ann.reads(sales, "Claimed <!channel>")
    ann.fills(name="x", stage="New")
    await heard.hears(3)

    assert toast.only_for == ann.id
    assert [seen.shown for seen in ben.sees(sales)] == ["Ticket"]
    assert heard.bodies[2].message == card


async def test_a_toast_for_a_press_on_the_home_is_a_private_message(
    heard: Listening, wire: SlackWire, ann: Person
) -> None:
    heard.answers = lambda event: Answer("Done") if isinstance(event.body, Pressed) else None
    await sent(heard.adapter, f"home:{ann.id}", "Today", buttons=(Button("Done", "done:1"),))
    await ann.presses("Done").ended()

    assert (await ann.reads("bot", "Done")).shown == "Done"


async def test_a_whole_modal_of_slacks_own_kind_may_be_given(heard: Listening, wire: SlackWire, ann: Person) -> None:
    view = {"type": "modal", "callback_id": "p~s", "title": {"type": "plain_text", "text": "Own"}, "blocks": []}
    heard.answers = lambda event: Answer(data={"view": view}) if isinstance(event.body, Command) else None
    await ann.commands("/crm own").ended()
    await ann.modal("Own")
    await ann.fills().ended()

    assert heard.bodies[1] == Pressed("p~s")
    assert heard.events[1].where.chat == ann.direct


async def test_what_is_not_taken_in_is_not_acknowledged_and_comes_again(
    heard: Listening, wire: SlackWire, ann: Person
) -> None:
    heard.refuses = 2
    wire.deliverer.answer_seconds = 0.4
    ann.says("bot", "hello")
    (delivery,) = wire.deliverer.log
    await delivery.ended()

    *refused, taken = delivery.statuses
    assert (len(refused) >= 2, set(refused) <= {503, 0}, taken) == (True, True, 200)
    assert len(heard.bodies) == 1


async def test_the_answer_is_repeated_when_it_comes_again(heard: Listening, wire: SlackWire, ann: Person) -> None:
    heard.answers = lambda event: Answer("Only you & I see this")
    first = ann.commands("/crm who Acme")
    await first.ended()
    again = wire.delivers(type(first)("command", first.payload))
    await again.ended()

    assert first.response == again.response == {"response_type": "ephemeral", "text": "Only you &amp; I see this"}
    assert len(heard.updates) == 1


async def test_slow_work_is_asked_for_again_and_done_once(heard: Listening, wire: SlackWire, ann: Person) -> None:
    heard.slow, wire.deliverer.answer_seconds = 0.3, 0.2
    ann.says("bot", "hello")
    await wire.settled()

    assert len(wire.deliverer.log[0].statuses) > 1
    await until(lambda: len(heard.bodies) == 1, 2, "not heard")
    await asyncio.sleep(0.4)
    assert len(heard.bodies) == 1


async def test_socket_mode_that_is_switched_off_is_told_as_a_refused_token_is(
    wire: SlackWire, files: KeptFiles
) -> None:
    told: list[str] = []
    adapter = made(wire, files, app_token=wire.app_token)
    reporting = Reporting(adapter, lambda: told.append("refused"))
    listening = asyncio.create_task(reporting.listen(Listening(adapter).accept))
    await until(lambda: wire.deliverer.lines, 5, "no connection was opened")
    await wire.shuts()
    with pytest.raises(WrongCredentials, match="link_disabled"):
        await asyncio.wait_for(listening, 5)
    assert told == ["refused"]
    await adapter.close()


async def test_the_socket_lives_on_through_refreshes(wire: SlackWire, files: KeptFiles, ann: Person) -> None:
    adapter = made(wire, files, app_token=wire.app_token, ping_seconds=0.5)
    async with connected(adapter, wire, "socket") as heard:
        for number, text in enumerate(("one", "two", "three"), 1):
            ann.says("bot", text)
            await heard.hears(number)
            await wire.refreshes()
            await until(lambda: wire.deliverer.lines, 5, "no new connection")
        await wire.settled()
        said: list[Any] = [body.text for body in heard.bodies]
    await adapter.close()

    assert said == ["one", "two", "three"]
