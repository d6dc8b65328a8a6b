"""Who arrives where: a chat's side and its people, threads of a room, bots that are off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.core.messages import Address, Answered, Body, Event, Known, Left, Linked, Said, Sender
from flows.arrival import arrive
from flows.handle import handle
from flows.turn import Turn
from store.engine import open_database
from store.models import Account, Conversation, Customer, Identity, Member, Outbox
from store.work import Work
from tests.engines import Hands, fresh
from tests.flows.surveys.scene import Scene

ROOM = Address("memory", "staff", "#service")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands()
        made = Scene(open_database(url, clock), clock)
        made.member("Ann", "owner")
        made.write(lambda work: work.add(Account(platform="memory", name="both", side="both")))
        yield made
        made.database.close()


def arrives(scene: Scene, where: Address, who: str, body: Body | None = None, **more: Any) -> Turn | None:
    sender = more.pop("sender", Sender(who, who))
    event = Event(f"a{next(scene.keys)}", scene.clock(), where, sender, body or Said("hello", "m1"), **more)
    found: Turn | None = scene.write(lambda work: arrive(work, event))
    return found


def chat(scene: Scene, where: Address) -> Conversation:
    [found] = scene.find(Conversation, address=where.key)
    assert isinstance(found, Conversation)
    return found


def test_a_bot_that_is_off_hears_nobody_and_one_that_is_nobody_s_neither(scene: Scene) -> None:
    assert arrives(scene, Address("memory", "staff", "Ann"), "Ann") is not None
    assert arrives(scene, Address("memory", "unheard", "Ann"), "Ann") is None
    scene.write(lambda work: work.change(work.find(Account, name="staff")[0], state="off"))
    assert scene.says("staff", "Ann", "/help") is None
    assert scene.find(Outbox) == []


def test_a_removed_member_arrives_as_nobody(scene: Scene) -> None:
    scene.write(lambda work: work.change(work.find(Member)[0], state="removed"))
    turn = arrives(scene, Address("memory", "staff", "Ann"), "Ann")
    assert turn is not None
    assert turn.member is None


def test_a_removed_member_is_no_customer_of_ours_either(scene: Scene) -> None:
    """Whoever was let go learns nothing as a customer, and becomes no lead."""
    scene.write(lambda work: work.people.cut_off(work.find(Member)[0]))
    scene.says("customers", "Ann", "hello, what does Acme pay?")
    [said] = scene.find(Outbox)
    assert "I don't know you yet" in str(said.payload)
    assert scene.find(Customer) == []
    scene.says("customers", "Zoe", "hello")
    assert len(scene.find(Customer)) == 1


def test_a_new_chat_is_bound_to_whom_its_person_is(scene: Scene) -> None:
    def known(work: Work) -> tuple[int, int]:
        customer = work.customers.add("Acme", owner=None)
        contact = work.customers.add_contact(customer, "Li")
        for account in ("customers", "both"):
            work.add(
                Identity(platform="memory", account=account, person="Li", customer=customer.id, contact=contact.id)
            )
        work.add(Identity(platform="memory", account="both", person="Ann", member=1))
        return customer.id, contact.id

    customer, contact = scene.write(known)
    for account in ("customers", "both"):
        arrives(scene, Address("memory", account, "Li"), "Li")
        found = chat(scene, Address("memory", account, "Li"))
        assert (found.side, found.kind, found.customer, found.contact) == ("customer", "private", customer, contact)
        assert found.member is None
    arrives(scene, Address("memory", "both", "Ann"), "Ann")
    found = chat(scene, Address("memory", "both", "Ann"))
    assert (found.side, found.member, found.customer, found.contact) == ("member", 1, None, None)
    arrives(scene, Address("memory", "customers", "room"), "Li", private=False)
    found = chat(scene, Address("memory", "customers", "room"))
    assert (found.side, found.kind, found.customer, found.contact, found.member) == (
        *("customer", "room", None, None),
        None,
    )


@pytest.mark.parametrize(
    ("who", "more", "side"),
    [
        ("Ann", {}, "member"),
        ("Zoe", {}, "customer"),
        ("Zoe", {"sender": Sender("Zoe", "Zoe", is_colleague=True)}, "member"),
        ("Zoe", {"private": False}, "member"),
        ("Ann", {"private": False, "shared": True}, "customer"),
    ],
)
def test_where_a_bot_serves_both_the_first_who_writes_decides(
    scene: Scene, who: str, more: dict[str, Any], side: str
) -> None:
    scene.write(lambda work: work.add(Identity(platform="memory", account="both", person="Ann", member=1)))
    where = Address("memory", "both", "c")
    turn = arrives(scene, where, who, **more)
    assert chat(scene, where).side == side
    assert turn is not None
    assert (turn.member is not None) is (who == "Ann" and side == "member")


def test_a_private_chat_speaks_as_its_person_does_and_a_room_as_the_firm(scene: Scene) -> None:
    wei = Sender("Wei", "Wei", language="zh-CN")
    arrives(scene, Address("memory", "customers", "Wei"), "Wei", sender=wei)
    arrives(scene, Address("memory", "customers", "Zoe"), "Zoe")
    arrives(scene, ROOM, "Ann", private=False, sender=replace(wei, id="Ann"))
    chats = (Address("memory", "customers", "Wei"), Address("memory", "customers", "Zoe"), ROOM)
    assert [chat(scene, where).language for where in chats] == ["zh", "en", ""]


def test_every_thread_of_a_room_is_what_its_room_is(scene: Scene) -> None:
    thread = replace(ROOM, thread="t1")
    arrives(scene, thread, "Ann", private=False)
    assert (chat(scene, ROOM).kind, chat(scene, thread).kind, chat(scene, thread).outsider) == ("room", "room", False)
    scene.write(
        lambda work: work.change(
            work.find(Conversation, address=ROOM.key)[0], outsider=True, title="Service", language="zh", customer=None
        )
    )
    arrives(scene, thread, "Ann", private=False)
    arrives(scene, replace(ROOM, thread="t2"), "Ann", private=False)
    old, new = chat(scene, thread), chat(scene, replace(ROOM, thread="t2"))
    assert [(row.side, row.outsider, row.title) for row in (old, new)] == [("member", True, "Service")] * 2
    assert (old.language, new.language) == ("", "zh")


def test_somebody_from_outside_is_noticed_in_a_room_of_ours(scene: Scene) -> None:
    arrives(scene, ROOM, "Ann", private=False)
    assert not chat(scene, ROOM).outsider
    arrives(scene, ROOM, "bot", private=False, sender=Sender("bot", "bot", is_bot=True))
    assert not chat(scene, ROOM).outsider
    arrives(scene, ROOM, "Zoe", private=False)
    assert chat(scene, ROOM).outsider


@pytest.mark.parametrize(
    "body",
    [
        Known((Sender("Zoe", "Zoe"),)),
        Left((Sender("Zoe", "Zoe"),)),
        Linked("https://example.com/c/1", ROOM),
        Answered("t1", "sent"),
    ],
    ids=lambda body: type(body).__name__,
)
def test_nobody_came_in_where_nobody_speaks(scene: Scene, body: Body) -> None:
    arrives(scene, ROOM, "Ann", private=False)
    arrives(scene, ROOM, "Zoe", body, private=False)
    assert not chat(scene, ROOM).outsider
    arrives(scene, ROOM, "Zoe", private=False)
    assert chat(scene, ROOM).outsider


def test_whoever_leaves_a_shared_room_is_no_news(scene: Scene) -> None:
    arrives(scene, ROOM, "Ann", private=False)
    arrives(scene, ROOM, "Ann", Left((Sender("Ann", "Ann"),)), private=False, shared=True)
    assert not chat(scene, ROOM).outsider


def test_a_room_that_another_firm_shares_has_somebody_from_outside_whoever_speaks(scene: Scene) -> None:
    arrives(scene, ROOM, "Ann", private=False, shared=True)
    assert chat(scene, ROOM).outsider


def test_who_speaks_for_us_is_not_named_as_somebody_from_outside(scene: Scene) -> None:
    arrives(scene, ROOM, "Ann", private=False)
    said = Event("s1", scene.clock(), ROOM, Sender("Ann", "Ann"), Said("hello", "m1"), private=False, shared=True)
    scene.write(lambda work: handle(work, said))
    [told] = scene.heard("staff", "Ann")
    assert told.startswith("Somebody from outside is in the room #service: ?.")
