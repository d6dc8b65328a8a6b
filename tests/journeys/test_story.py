"""The main story over the Telegram wire, both bots in one real process: once in English, once in Chinese."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.house import CUSTOMERS, STAFF, House, bare, code_in, opened, reads, shown, zone_of_day
from tests.wires.telegram import Group, Person


@dataclass(frozen=True, slots=True)
class Lines:
    """What people write, press and read in one language."""

    language: str
    people: tuple[str, str, str]
    name_asked: str
    name: str
    country: str
    speaks: str
    rep: str
    joined: str
    call: str
    create: str
    logged: str
    visit: str
    corrected: str
    corrected_shown: str
    undo: str
    undone: str
    invite: str
    come: str
    is_it_you: str
    yes: str
    welcome: str
    opened: str
    rings: str
    snooze: str
    snoozed: str
    done: str
    done_shown: str
    register: str
    registered: str
    ask: str
    send: str
    question: str
    two: str
    why: str
    because: str
    thanks: str
    low: str
    claim: str
    claimed: str
    told: str
    will_call: str


ENGLISH = Lines(
    language="en",
    people=("Ann", "Bob", "Li Wei"),
    name_asked="What is your firm called?",
    name="Northwind Tools",
    country="United States",
    speaks="English",
    rep="/colleague rep",
    joined="Bob has joined as rep",
    call="Called Li Wei at Acme, wants a quote for 50 seats by Friday, follow up next Tue 3pm #hot",
    create="Create Acme and log",
    logged="Logged: call · Acme",
    visit="Visited Li Wei at Acme, follow up in 20 minutes",
    corrected="Visited Li Wei at Acme, she liked the new line, follow up in 30 minutes",
    corrected_shown="she liked the new line",
    undo="Undo",
    undone="Undone",
    invite="/invite Acme",
    come="Paste this to Acme",
    is_it_you="Are you from A***?",
    yes="Yes",
    welcome="Hello Acme, this is Northwind Tools",
    opened="Acme has opened your invitation",
    rings="Reminder:",
    snooze="+1 hour",
    snoozed="I will remind you",
    done="Done",
    done_shown="Done:",
    register="/alerts low scores",
    registered="Low scores are shown here from now on",
    ask="Ask how it was",
    send="Send",
    question="How satisfied were you?",
    two="2 · dissatisfied",
    why="What went wrong?",
    because="We waited two hours",
    thanks="Thank you for saying so",
    low="Low score: 2 of 5 · Acme",
    claim="Claim",
    claimed="Claimed by Bob",
    told="Li Wei was told that Bob will call",
    will_call="Bob of Northwind Tools will call you",
)
CHINESE = Lines(
    language="zh",
    people=("陈静", "小王", "李伟"),
    name_asked="公司叫什么名字",
    name="恒昌机械",
    country="中国",
    speaks="中文",
    rep="/colleague 销售",
    joined="小王已加入",
    call="今天给鼎盛科技的李伟打了电话，周五前要50个席位的报价，下周二下午3点跟进 #重点",
    create="鼎盛科技",
    logged="电话 · 鼎盛科技",
    visit="拜访了鼎盛科技的李伟，20分钟后跟进",
    corrected="拜访了鼎盛科技的李伟，对方喜欢新产线，30分钟后跟进",
    corrected_shown="对方喜欢新产线",
    undo="撤销",
    undone="已撤销",
    invite="/invite 鼎盛科技",
    come="鼎盛科技",
    is_it_you="您是",
    yes="是",
    welcome="鼎盛科技您好，这里是恒昌机械",
    opened="鼎盛科技",
    rings="提醒：",
    snooze="1小时",
    snoozed="提醒您",
    done="完成",
    done_shown="完成",
    register="/alerts 低分",
    registered="从现在起，低分会显示在这里",
    ask="请客户评价",
    send="发送",
    question="您满意吗？",
    two="2 · 不满意",
    why="哪里没做好？",
    because="等了两个小时工程师才到",
    thanks="谢谢您直说",
    low="低分：2分（满分5分）· 鼎盛科技",
    claim="认领",
    claimed="小王",
    told="已告诉李伟",
    will_call="恒昌机械的小王",
)


@dataclass
class Scene:
    """The house with its three people."""

    house: House
    say: Lines
    owner: Person
    rep: Person
    customer: Person

    async def the_owner_comes_in_and_sets_up(self) -> None:
        say, owner = self.say, self.owner
        owner.starts(STAFF, await self.house.invitation("member", "--role", "owner"))
        await reads(owner, STAFF, say.name_asked)
        owner.says(STAFF, say.name)
        await reads(owner, STAFF, "", button=say.country)
        owner.presses(say.country)
        await reads(owner, STAFF, "", button=say.speaks)
        owner.presses(say.speaks)
        await reads(owner, STAFF, "", button="/" if say.language == "en" else "Asia/Shanghai")
        owner.says(STAFF, zone_of_day())
        await reads(owner, STAFF, say.name, zone_of_day())

    async def a_rep_is_invited(self) -> None:
        self.owner.says(STAFF, self.say.rep)
        self.rep.starts(STAFF, code_in(await reads(self.owner, STAFF, "start="), STAFF))
        await reads(self.rep, STAFF, self.say.name)
        await reads(self.owner, STAFF, self.say.joined)

    async def a_call_is_logged_and_its_customer_created(self) -> None:
        self.rep.says(STAFF, self.say.call)
        await reads(self.rep, STAFF, "", button=self.say.create)
        self.rep.presses(self.say.create)
        await reads(self.rep, STAFF, self.say.logged, "50", button=self.say.undo)
        [(kind, status)] = self.house.ask("SELECT kind, status FROM activity")
        assert (kind, status) == ("call", "done")
        assert len(self.house.ask("SELECT 1 FROM reminder WHERE state = 'open'")) == 1

    async def a_visit_is_corrected_and_taken_back(self) -> None:
        message = self.rep.says(STAFF, self.say.visit)
        await reads(self.rep, STAFF, self.say.visit, button=self.say.undo)
        self.rep.edits(STAFF, self.say.corrected, message)
        await reads(self.rep, STAFF, self.say.corrected_shown, button=self.say.undo)
        self.rep.presses(self.say.undo)
        await reads(self.rep, STAFF, self.say.undone)
        self.rep.says(STAFF, "/undo")
        await self.house.comes("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM activity WHERE kind = 'visit')")

    async def a_reminder_is_snoozed_and_done(self) -> None:
        [(reminder,)] = self.house.ask("SELECT id FROM reminder WHERE state = 'open'")
        self.house.rings("reminder", reminder)
        await reads(self.rep, STAFF, self.say.rings, button=self.say.snooze)
        self.rep.presses(self.say.snooze)
        await reads(self.rep, STAFF, self.say.snoozed, button=self.say.done)
        await self.house.comes("SELECT 1 FROM reminder WHERE due > unixepoch('now', '+50 minutes') * 1000000")
        self.house.rings("reminder", reminder)
        await reads(self.rep, STAFF, self.say.rings, button=self.say.done)
        self.rep.presses(self.say.done)
        await reads(self.rep, STAFF, self.say.done_shown)
        await self.house.comes("SELECT 1 FROM reminder WHERE id = ? AND state = 'done'", reminder)

    async def the_customer_comes_in(self) -> None:
        self.rep.says(STAFF, self.say.invite)
        code = code_in(await reads(self.rep, STAFF, self.say.come, "customer_bot"), CUSTOMERS)
        self.customer.starts(CUSTOMERS, code)
        await reads(self.customer, CUSTOMERS, self.say.is_it_you, button=self.say.yes)
        self.customer.presses(self.say.yes)
        await reads(self.customer, CUSTOMERS, self.say.welcome)
        await reads(self.rep, STAFF, self.say.opened)

    async def a_room_is_registered(self) -> Group:
        room = self.house.wire.group("Service", [self.owner, self.rep, STAFF])
        self.owner.says(room, self.say.register)
        await reads(self.owner, room, self.say.registered)
        return room

    async def the_customer_is_asked_and_is_not_happy(self) -> None:
        self.rep.says(STAFF, self.say.call)
        await reads(self.rep, STAFF, self.say.logged, button=self.say.ask)
        self.rep.presses(self.say.ask)
        await reads(self.rep, STAFF, self.say.question, button=self.say.send)
        self.rep.presses(self.say.send)
        await reads(self.customer, CUSTOMERS, self.say.question, button=self.say.two)
        self.customer.presses(self.say.two)
        await reads(self.customer, CUSTOMERS, self.say.why)
        self.customer.says(CUSTOMERS, self.say.because)
        await reads(self.customer, CUSTOMERS, self.say.thanks)

    async def the_team_hears_one_claims_and_the_customer_is_told(self, room: Group) -> None:
        say = self.say
        await reads(self.owner, room, say.low, say.because, button=say.claim)
        press = self.rep.presses(say.claim, where=room)
        assert await press.toast(20)
        await reads(self.owner, room, say.low, say.claimed, say.told)
        await reads(self.customer, CUSTOMERS, say.will_call)
        assert shown(self.owner, room, say.low) == 1
        assert shown(self.customer, CUSTOMERS, say.will_call) == 1
        assert self.house.ask("SELECT state, score FROM alert") == [("claimed", 2)]


@pytest.fixture(params=[ENGLISH, CHINESE], ids=["en", "zh"])
async def scene(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Scene]:
    async with opened(tmp_path) as house:
        say: Lines = request.param
        people = [house.wire.user(name, language=say.language) for name in say.people]
        yield Scene(house, say, *people)


async def test_the_main_story(scene: Scene) -> None:
    await scene.the_owner_comes_in_and_sets_up()
    await scene.a_rep_is_invited()
    await scene.a_call_is_logged_and_its_customer_created()
    await scene.a_visit_is_corrected_and_taken_back()
    await scene.a_reminder_is_snoozed_and_done()
    await scene.the_customer_comes_in()
    room = await scene.a_room_is_registered()
    await scene.the_customer_is_asked_and_is_not_happy()
    await scene.the_team_hears_one_claims_and_the_customer_is_told(room)

    wire = scene.house.wire
    assert (wire.refusals, wire.faults.inside_pause) == ([], 0)
    assert [words.startswith(scene.say.rings) for _chat, words in wire.doubled()] == [True], "only what was snoozed"
    staff_words = {bare(seen) for seen in scene.customer.sees(CUSTOMERS)}
    assert not any("#" in words for words in staff_words)
