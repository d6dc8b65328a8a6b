"""What we say in Slack, and every way in which it can fail to arrive."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from adapters import build
from adapters.slack import web
from adapters.slack.incoming import Workspace
from bot.core.errors import Moved, NeverDeliverable, TryLater, Unsure, WrongCredentials
from bot.core.messages import Address, Button, File
from bot.core.ports import Call
from bot.core.text import Run
from tests.adapters.slack.conftest import Listening, connected, made, sent
from tests.files import KeptFiles
from tests.wires.slack import Person, SlackWire
from tests.wires.telegram.people import until

PNG = b"\x89PNG picture"


async def test_a_message_is_sent_edited_and_deleted(wire: SlackWire, ann: Person, adapter: Any) -> None:
    ts = await sent(adapter, ann, Run("Saved ", "bold"), "<@U123> & <!channel>", buttons=(Button("Undo", "undo"),))
    seen = ann.sees("bot")[-1]
    assert (seen.ts, seen.shown, seen.labels) == (ts, "Saved <@U123> & <!channel>", ["Undo"])
    assert seen.text == "Saved &lt;@U123&gt; &amp; &lt;!channel&gt;"
    assert seen.metadata["event_payload"] == {"key": "k1"}

    assert await sent(adapter, ann, "Undone", edits=ts) == ts
    assert (ann.sees("bot")[-1].shown, ann.sees("bot")[-1].labels) == ("Undone", [])

    for _ in range(2):
        assert await sent(adapter, ann, clears=True, edits=ts) == ts
    assert ann.sees("bot") == []
    assert wire.refusals[0][1].error == "message_not_found"


async def test_a_person_is_written_to_where_they_answer(ann: Person, adapter: Any) -> None:
    with pytest.raises(Moved) as caught:
        await sent(adapter, ann.id)

    assert caught.value.address == Address("slack", "ours", ann.direct)
    await sent(adapter, caught.value.address.chat, "hello")
    assert ann.sees("bot")[-1].shown == "hello"


async def test_answers_go_into_the_thread(wire: SlackWire, ann: Person, adapter: Any) -> None:
    sales = wire.channel("sales", [ann])
    ts = ann.says(sales, "@Rapport help")
    await sent(adapter, sales.id, "Here", thread=ts)

    assert (await ann.reads(sales, "Here")).thread_ts == ts


async def test_long_texts_come_in_pieces_and_many_buttons_in_rows(ann: Person, adapter: Any) -> None:
    text = "\n".join(f"{number}. " + "word " * 40 for number in range(70))
    scores = tuple(Button(str(number), f"score:{number}") for number in range(11))
    await sent(adapter, ann, text, buttons=(*scores, Button("No reason", "none", wide=True)))

    *_, last = seen = ann.sees("bot")
    assert len(seen) == 3
    assert "".join(part.shown.replace("\n", "") for part in seen).replace(" ", "") == text.replace("\n", "").replace(
        " ", ""
    )
    rows = [len(block["elements"]) for block in last.blocks if block["type"] == "actions"]
    assert rows == [4, 4, 3, 1]
    assert all(button["accessibility_label"] for button in last.buttons)


async def test_quotations_stand_on_their_own_lines(ann: Person, adapter: Any) -> None:
    await sent(adapter, ann, "Ben wrote:\n", Run("too dear\nfor us", "quote"), "\nWhat now?")

    assert [element["type"] for element in ann.sees("bot")[-1].blocks[0]["elements"]] == [
        "rich_text_section",
        "rich_text_quote",
        "rich_text_section",
    ]
    assert ann.sees("bot")[-1].shown == "Ben wrote:\ntoo dear\nfor us\nWhat now?"


async def test_a_file_goes_first_and_its_words_can_be_edited(
    wire: SlackWire, ann: Person, adapter: Any, files: KeptFiles
) -> None:
    file = File("chart.png", "image/png", hash=files.keep(PNG), kind="picture")
    ts = await sent(adapter, ann, "Your week", file=file, buttons=(Button("More", "more"),))
    shared, words = ann.sees("bot")
    await sent(adapter, ann, "Your month", edits=ts, file=file)

    assert wire.world.files[shared.files[0]["id"]][1] == PNG
    assert (words.ts, words.shown) == (ts, "Your month")


async def test_a_file_alone_can_be_taken_away(ann: Person, adapter: Any, files: KeptFiles) -> None:
    file = File("客户 list.csv", "text/csv", hash=files.keep(b"a,b"))
    id = await sent(adapter, ann, "", file=file)
    assert ann.sees("bot")[-1].files[0]["name"] == "客户 list.csv"

    await sent(adapter, ann, clears=True, edits=id)
    assert ann.sees("bot") == []


async def test_a_file_that_is_gone_is_never_sent(ann: Person, adapter: Any) -> None:
    with pytest.raises(NeverDeliverable, match="gone"):
        await sent(adapter, ann, "", file=File("a.pdf", "application/pdf", hash="nothing"))


async def test_a_file_without_content_is_never_sent(ann: Person, adapter: Any, files: KeptFiles) -> None:
    with pytest.raises(NeverDeliverable, match="empty"):
        await sent(adapter, ann, "", file=File("a.pdf", "application/pdf", hash=files.keep(b"")))


@pytest.mark.parametrize("break_it", [lambda wire: wire.fails("upload", 500), lambda wire: wire.fails("upload", 502)])
async def test_until_the_last_step_nobody_has_seen_a_file(
    wire: SlackWire, ann: Person, adapter: Any, files: KeptFiles, break_it: Callable[[SlackWire], Any]
) -> None:
    file = File("a.csv", "text/csv", hash=files.keep(b"a,b"))
    break_it(wire)
    with pytest.raises(TryLater):
        await sent(adapter, ann, "", file=file)

    await sent(adapter, ann, "", file=file)
    assert len(ann.sees("bot")) == 1


async def test_a_large_file_on_a_slow_link_gets_through(
    wire: SlackWire, ann: Person, adapter: Any, files: KeptFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "SECONDS", 1.5)
    wire.slows("upload", 2.0)
    await sent(adapter, ann, "", file=File("a.csv", "text/csv", hash=files.keep(b"a,b")))
    assert len(ann.sees("bot")) == 1


async def test_a_file_is_not_waited_for_for_ever(
    wire: SlackWire, ann: Person, adapter: Any, files: KeptFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "UPLOAD_SECONDS", 0.5)
    wire.slows("upload", 1.5)
    with pytest.raises(Unsure):
        await sent(adapter, ann, "", file=File("a.csv", "text/csv", hash=files.keep(b"a,b")))


async def test_files_are_fetched_from_slack_alone_and_only_small_ones(
    wire: SlackWire, ann: Person, adapter: Any, files: KeptFiles
) -> None:
    good = wire.methods.keep_file("a.png", PNG)
    elsewhere = wire.methods.keep_file("b.png", PNG)
    elsewhere["url_private_download"] = elsewhere["url_private"] = "https://files.slack.com.evil.example/b.png"
    large = wire.methods.keep_file("c.mov", b"x" * (20 * 1024 * 1024 + 1))

    async def fetch(ref: str, size: int = 0) -> str:
        return str(await adapter.send(Call("fetch", {}, File("a", "b", ref=ref, size=size))))

    assert files.read(await fetch(good["id"])) == PNG
    for ref, size in ((elsewhere["id"], 0), (large["id"], 0), (good["id"], 21 * 1024 * 1024), ("F0NONE", 0), ("", 0)):
        with pytest.raises(NeverDeliverable):
            await fetch(ref, size)
    wire.fails("download", 503)
    with pytest.raises(TryLater):
        await fetch(good["id"])


async def test_a_limit_pauses_the_channel_or_the_account_by_the_method(
    wire: SlackWire, ann: Person, adapter: Any
) -> None:
    ben = wire.user("Ben")
    ts = await sent(adapter, ann)
    wire.limits(7, chat=ann.direct)

    with pytest.raises(TryLater) as posting:
        await sent(adapter, ann)
    await sent(adapter, ben)
    with pytest.raises(TryLater) as editing:
        await sent(adapter, ann, "x", edits=ts)

    assert (posting.value.limited, posting.value.whole_account) == (True, False)
    assert (editing.value.limited, editing.value.whole_account) == (True, True)
    assert 6 <= posting.value.seconds <= 8


async def test_channels_and_people_that_cannot_be_reached(wire: SlackWire, ann: Person, adapter: Any) -> None:
    away, old = wire.channel("away", [ann], bot=False), wire.channel("old", [ann])
    old.archives()
    gone = wire.user("Gone")
    place = gone.direct
    gone.vanishes()

    for chat in (away.id, old.id, "C0NONE", gone.id, place, "U0NONE"):
        with pytest.raises(NeverDeliverable) as caught:
            await sent(adapter, chat)
        assert caught.value.unreachable, chat


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize(
    "break_it",
    [
        lambda wire, accepted: wire.fails("chat.postMessage", 500, accepted=accepted),
        lambda wire, accepted: wire.fails("chat.postMessage", 502, accepted=accepted),
        lambda wire, accepted: wire.drops("chat.postMessage", accepted=accepted),
        lambda wire, accepted: wire.garbles("chat.postMessage", accepted=accepted),
    ],
    ids=["500", "502", "dropped", "garbage"],
)
async def test_without_a_clear_answer_nobody_knows(
    wire: SlackWire, ann: Person, adapter: Any, break_it: Callable[..., Any], accepted: bool
) -> None:
    break_it(wire, accepted)

    with pytest.raises(Unsure):
        await sent(adapter, ann)
    assert len(wire.accepted("chat.postMessage")) == accepted


@pytest.mark.parametrize(
    "break_it",
    [
        lambda wire: wire.fails("chat.update", 500, accepted=True),
        lambda wire: wire.fails("chat.update", 502, accepted=True),
        lambda wire: wire.drops("chat.update", accepted=True),
        lambda wire: wire.garbles("chat.update", accepted=True),
    ],
    ids=["500", "502", "dropped", "garbage"],
)
async def test_an_edit_without_a_clear_answer_is_simply_tried_again(
    wire: SlackWire, ann: Person, adapter: Any, break_it: Callable[..., Any]
) -> None:
    ts = await sent(adapter, ann, "before")
    break_it(wire)

    with pytest.raises(TryLater):
        await sent(adapter, ann, "after", edits=ts)
    assert await sent(adapter, ann, "after", edits=ts) == ts


async def test_an_answer_that_comes_too_late_is_unknown(
    wire: SlackWire, ann: Person, adapter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.web.SECONDS", 0.3)
    wire.slows("chat.postMessage", 1.0)

    with pytest.raises(Unsure):
        await sent(adapter, ann)
    assert len(wire.accepted("chat.postMessage")) == 1


async def test_without_a_connection_nothing_was_sent() -> None:
    adapter: Any = build(
        "slack", account="a", bot_token="x", signing_secret="s", files=KeptFiles(), api_url="http://127.0.0.1:9/api"
    )
    with pytest.raises(TryLater) as caught:
        await sent(adapter, "D1")
    assert not caught.value.limited
    await adapter.close()


@pytest.mark.parametrize("error", ["token_revoked", "invalid_auth", "account_inactive"])
async def test_a_revoked_token_is_told(wire: SlackWire, ann: Person, adapter: Any, error: str) -> None:
    wire.revokes(error=error)

    with pytest.raises(WrongCredentials):
        await sent(adapter, ann)
    with pytest.raises(WrongCredentials):
        await adapter.listen(None)


async def test_a_wrong_app_token_is_told(wire: SlackWire, files: KeptFiles) -> None:
    adapter = made(wire, files, app_token="xapp-wrong")

    with pytest.raises(WrongCredentials):
        await adapter.listen(None)
    await adapter.close()


async def test_what_is_not_there_or_not_ours_can_not_be_edited(wire: SlackWire, ann: Person, adapter: Any) -> None:
    theirs = ann.says("bot", "mine")

    for ts in ("999.999", theirs):
        with pytest.raises(NeverDeliverable) as caught:
            await sent(adapter, ann, "x", edits=ts)
        assert not caught.value.unreachable


async def test_where_we_are_not_a_command_is_still_answered_to_one_person(
    wire: SlackWire, ann: Person, called: Listening
) -> None:
    away, ben = wire.channel("away", [ann], bot=False), wire.user("Ben")
    ben.joins(away)
    await ann.commands("/crm who Acme", away).ended()
    await sent(called.adapter, called.events[0].where.chat, "Acme: 3 deals", buttons=(Button("More", "more"),))
    card = await ann.reads(away, "3 deals")
    await ann.presses("More").ended()
    await sent(called.adapter, away.id, "Acme: all of it", edits=card.ts)
    shown, seen_by_ben = [seen.shown for seen in ann.sees(away)], ben.sees(away)
    await sent(called.adapter, away.id, clears=True, edits=card.ts)

    assert (shown, seen_by_ben) == (["Acme: all of it"], [])
    assert ann.sees(away) == []


async def test_a_response_url_works_five_times_and_half_an_hour(
    wire: SlackWire, ann: Person, called: Listening
) -> None:
    away = wire.channel("away", [ann], bot=False)
    await ann.commands("/crm who", away).ended()
    for _ in range(5):
        await sent(called.adapter, away.id)
    with pytest.raises(NeverDeliverable):
        await sent(called.adapter, away.id)
    await ann.commands("/crm who", away).ended()
    wire.passes(31 * 60)

    with pytest.raises(NeverDeliverable) as caught:
        await sent(called.adapter, away.id)
    assert caught.value.unreachable


async def test_a_form_that_opens_too_late_is_only_noted(
    wire: SlackWire, ann: Person, called: Listening, caplog: pytest.LogCaptureFixture
) -> None:
    from bot.core.messages import Answer

    called.answers = lambda event: Answer(data={"form": {"title": "x", "press": "p", "fields": []}})
    command = ann.commands("/crm deal")
    wire.passes(4)
    assert await command.ended() == 200
    await until(lambda: "expired_trigger_id" in caplog.text, 5, "not noted")

    assert ann.user.modal is None


@pytest.fixture
async def two(wire: SlackWire, files: KeptFiles) -> AsyncIterator[Listening]:
    """One app in two workspaces; the first one's chats keep their ids."""
    other = wire.team("Globex")
    table = {team.id: Workspace(team.token, team.bot) for team in (wire.home, other)}
    adapter = made(wire, files, workspaces=table)
    async with connected(adapter, wire, "http") as heard:
        yield heard
    await adapter.close()


async def test_several_workspaces_each_get_their_own_answers(wire: SlackWire, ann: Person, two: Listening) -> None:
    other = wire.team("Globex")
    zoe = wire.user("Zoe", team=other)
    ann.says("bot", "hello from home")
    zoe.says("bot", "hello from Globex")
    await two.hears(2)
    by_text = {event.body.text: event.where for event in two.events}
    for where in by_text.values():
        await sent(two.adapter, where.chat, f"to {where.chat}")
    with pytest.raises(Moved) as caught:
        await sent(two.adapter, f"{other.id}/{zoe.id}")

    assert by_text["hello from home"].chat == ann.direct
    assert by_text["hello from Globex"].chat == f"{other.id}/{zoe.direct}"
    assert [entry.team for entry in wire.accepted("chat.postMessage")] in (
        [wire.home.id, other.id],
        [other.id, wire.home.id],
    )
    assert zoe.sees("bot")[-1].shown == f"to {other.id}/{zoe.direct}"
    assert caught.value.address.chat == f"{other.id}/{zoe.direct}"


async def test_one_workspaces_lost_token_does_not_stop_the_others(wire: SlackWire, ann: Person, two: Listening) -> None:
    other = wire.team("Globex")
    zoe = wire.user("Zoe", team=other)
    chat = f"{other.id}/{zoe.direct}"
    wire.revokes("Globex")

    with pytest.raises(NeverDeliverable) as caught:
        await sent(two.adapter, chat)
    with pytest.raises(NeverDeliverable):
        await sent(two.adapter, "T0NOBODY/C1")
    await sent(two.adapter, ann)
    assert caught.value.unreachable


async def test_a_closed_adapter_opens_again(ann: Person, adapter: Any) -> None:
    await sent(adapter, ann)
    await adapter.close()
    await adapter.close()

    assert await sent(adapter, ann)


async def test_logs_hold_neither_the_token_nor_what_was_said(
    wire: SlackWire, ann: Person, called: Listening, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ann.says("bot", "a canary in the mine")
    await called.hears()
    wire.garbles("chat.postMessage")
    with pytest.raises(Unsure) as caught:
        await sent(called.adapter, ann, "a canary in the mine")
    await sent(called.adapter, ann, "a canary in the mine")

    printed = caplog.text + str(caught.getrepr(style="value", chain=True))
    assert wire.home.token not in printed
    assert "canary" not in caplog.text
    assert wire.home.token not in repr(called.adapter)
