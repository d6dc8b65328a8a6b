"""A rep's day in Slack, by HTTP and then over a socket: every way in which Slack hands things over and shows them."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.house import PATIENCE, until
from tests.journeys.slack_house import PAGES, SlackHouse, founded, opened, reads, say
from tests.wires.slack import Channel, Person


async def test_a_firm_lives_in_slack(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        ann, bob = await founded(house)
        await _logs_and_corrects(house, bob)
        await _sees_the_day_at_home(house, bob)
        await _logs_what_others_wrote(house, bob)
        await _takes_a_message_back(house, bob)
        await _sends_and_gets_files(house, ann, bob)
        await _works_where_the_app_is_not(house, bob)
        await _serves_a_guest(house, ann, bob)
        await _waits_when_it_is_told_to(house, bob)
        await house.changes_to_socket()
        await _goes_on_over_a_socket(house, bob)
        assert {error.error for _method, error in house.slack.refusals} <= {"not_in_channel"}
        assert house.slack.doubled() == []


async def _logs_and_corrects(house: SlackHouse, bob: Person) -> None:
    """A sentence behind the slash command is a log, whatever word it begins with; Edit opens a form."""
    await bob.commands("/crm Visited Li Wei at Acme, wants 50 seats").ended()
    await reads(bob, "bot", "I don't know Acme yet", button="Create Acme and log")
    await bob.presses("Create Acme and log").ended()
    await reads(bob, "bot", "Logged: visit · Acme")
    await bob.presses("Edit", where="bot").ended()
    await bob.modal("Correct the log", PATIENCE)
    wrong = bob.fills(customer="Nobody at all", amount="a lot")
    await wrong.ended()
    assert wrong.errors == {
        "customer": "No customer fits “Nobody at all”.",
        "amount": "I could not read a sum there.",
    }
    await bob.fills(kind="call", amount="120k").ended()
    await reads(bob, "bot", "Logged: call · Acme", "120")
    assert bob.user.modal is None
    assert house.ask("SELECT kind, amount FROM activity") == [("call", 120000)]
    await bob.commands("/crm undo").ended()
    await until(lambda: house.ask("SELECT kind, amount FROM activity") == [("visit", None)], PATIENCE, house.log)


async def _sees_the_day_at_home(house: SlackHouse, bob: Person) -> None:
    await bob.opens_home().ended()
    await until(lambda: "Nothing is due today" in bob.home, PATIENCE, lambda: bob.home)
    assert "/crm log Called" in bob.home
    await bob.commands("/crm remind Acme in 2 minutes send the price list").ended()
    await reads(bob, "bot", "I will remind you")
    await bob.opens_home().ended()
    await until(lambda: "send the price list" in bob.home, PATIENCE, lambda: bob.home)
    await bob.presses("✓ send the price list").ended()
    await reads(bob, "bot", "Done: send the price list", button="Undo")
    await until(lambda: "Nothing is due today" in bob.home, PATIENCE, lambda: bob.home)


async def _logs_what_others_wrote(house: SlackHouse, bob: Person) -> None:
    """The shortcut in a channel that the app is not in: a form there, the same question in the chat."""
    cara = house.slack.user("Cara")
    sales = house.slack.channel("sales", [bob, cara], bot=False)
    ts = cara.says(sales, "They are happy with the last delivery")
    await bob.logs(sales, ts).ended()
    await bob.modal("Log as activity", PATIENCE)
    unknown = bob.fills(customer="Globex")
    await unknown.ended()
    assert unknown.errors == {"customer": "No customer fits “Globex”."}
    await bob.fills(customer="Globex", new="yes").ended()
    await reads(bob, "bot", "Logged: message · Globex", "happy with the last delivery")
    await bob.logs(sales, ts).ended()
    await bob.modal("Correct the log", PATIENCE)
    assert house.ask("SELECT count(*) FROM activity WHERE kind = 'message'") == [(1,)]
    bob.user.modal = None


async def _takes_a_message_back(house: SlackHouse, bob: Person) -> None:
    await say(bob, "Called Acme, no answer")
    await reads(bob, "bot", "Logged: call · Acme")
    bob.edits("bot", "Called Acme, they will call back")
    await reads(bob, "bot", "they will call back")
    bob.deletes("bot")
    await reads(bob, "bot", "You deleted your message", button="Undo the log")
    await bob.presses("Undo the log").ended()
    await until(lambda: house.ask("SELECT count(*) FROM activity WHERE kind = 'call'") == [(0,)], PATIENCE, house.log)


async def _sends_and_gets_files(house: SlackHouse, ann: Person, bob: Person) -> None:
    """In by Slack's file and our token, out in its three steps; trouble in the second of them costs nothing."""
    offer = b"%PDF-1.7 the offer"
    bob.sends_file("bot", "offer.pdf", offer, mime="application/pdf", text="Sent Acme the offer")
    await reads(bob, "bot", "Logged", "Sent Acme the offer")
    await house.comes("SELECT 1 FROM file WHERE name = 'offer.pdf' AND hash != ''")
    await bob.commands("/crm who Acme").ended()
    await reads(bob, "bot", "Acme", button="Files")
    house.slack.fails("upload", 500)
    await bob.presses("Files", where="bot").ended()
    assert await _gets(house, bob, "offer.pdf") == offer
    await ann.commands("/crm export customers csv").ended()
    sheet = (await _gets(house, ann, "customers")).decode("utf-8-sig")
    assert all(f",{name}," in sheet for name in ("Acme", "Globex"))
    steps = [entry.method for entry in house.slack.accepted() if entry.method.startswith("files.")]
    assert steps.count("files.completeUploadExternal") == 2


async def _gets(house: SlackHouse, who: Person, name: str, where: str | Channel = "bot") -> bytes:
    """The content of the one file of that name that the app has sent there."""

    def sent() -> list[str]:
        files = [file for seen in who.sees(where) if seen.by_bot for file in seen.files]
        return [file["id"] for file in files if name in file["name"]]

    await until(sent, PATIENCE, lambda: f"no {name} in {[seen.shown for seen in who.sees(where)][-4:]} {house.log()}")
    [id] = sent()
    return house.slack.world.files[id][1]


async def _works_where_the_app_is_not(house: SlackHouse, bob: Person) -> None:
    """Its answer goes to the one who asked, through the response_url; a link to our pages is explained."""
    random = house.slack.channel("random", [bob], bot=False)
    await bob.commands("/crm who Acme", random).ended()
    card = await reads(bob, random, "Acme")
    assert card.only_for == bob.id
    general = house.slack.channel("general", [bob])
    await say(bob, f"log in at {PAGES}/chat", general)
    shown = await until(lambda: bob.sees(general)[0].preview, PATIENCE, house.log)
    assert "Northwind Tools" in str(shown[f"{PAGES}/chat"])


async def _serves_a_guest(house: SlackHouse, ann: Person, bob: Person) -> None:
    """A channel shared with a customer is that customer's room: nothing internal, and what is said is filed."""
    zoe = house.slack.user("Zoe", team=house.slack.team("Acme Inc"))
    shared = house.slack.channel("acme-and-us", [bob, zoe], bot=False)
    shared.add(house.slack.home)
    await reads(bob, shared, "I am the assistant of Northwind Tools")
    await bob.commands("/crm room Acme").ended()
    told = await reads(bob, "bot", "/crm bind")
    code = next(line.split()[-1] for line in told.shown.splitlines() if "/crm bind" in line)
    await say(zoe, f"@Rapport /bind {code}", shared)
    await reads(zoe, shared, "This room is connected")
    ts = await say(zoe, "@Rapport who is Globex?", shared)
    await reads(zoe, shared, "Thank you, we have it")
    await reads(bob, "bot", "Zoe wrote in #acme-and-us", "who is Globex?")
    zoe.deletes(shared, ts)
    await reads(bob, "bot", "Zoe deleted a message", "who is Globex?")
    zoe.sends_file(shared, "order.csv", b"Pump B,40", mime="text/csv", text="@Rapport our order")
    await reads(bob, "bot", "Zoe sent a", "order.csv")
    assert await _gets(house, bob, "order.csv") == b"Pump B,40"
    assert not any("Globex" in seen.shown for seen in zoe.sees(shared) if seen.by_bot)
    assert house.ask("SELECT direction, result FROM activity WHERE text = 'who is Globex?'") == [("in", "deleted")]


async def _waits_when_it_is_told_to(house: SlackHouse, bob: Person) -> None:
    """429 pauses that chat and loses nothing; what Slack sends again is done once."""
    house.slack.limits(2, bob.direct)
    ts = bob.says("bot", "Called Acme about the invoice")
    await house.slack.settled(PATIENCE)
    sent = next(d for d in house.slack.deliverer.log if d.payload.get("event", {}).get("ts") == ts)
    await house.slack.delivers(type(sent)("event", {**sent.payload, "event_id": "EvAGAIN"})).ended(PATIENCE)
    await reads(bob, "bot", "Logged: call · Acme", "about the invoice")
    assert house.slack.faults.inside_pause == 0
    assert house.ask("SELECT count(*) FROM activity WHERE text LIKE '%invoice'") == [(1,)]


async def _goes_on_over_a_socket(house: SlackHouse, bob: Person) -> None:
    """The same firm: messages, a button from before, a form with errors, the home."""
    await until(lambda: house.slack.deliverer.lines, PATIENCE, house.log)
    await say(bob, "Met Acme about the renewal")
    await reads(bob, "bot", "Logged: meeting · Acme")
    await bob.presses("Edit", where="bot").ended()
    await bob.modal("Correct the log", PATIENCE)
    wrong = bob.fills(amount="much")
    await wrong.ended()
    assert wrong.errors == {"amount": "I could not read a sum there."}
    await bob.fills(amount="5k").ended()
    await reads(bob, "bot", "Logged: meeting · Acme", "5,000")
    await bob.opens_home().ended()
    await house.slack.refreshes()
    await say(bob, "members")
    await reads(bob, "bot", "2 members", "Bob")
