"""The chat pages in a real browser, under the policy they promise to work with."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.browser import person_of
from bot.core.messages import Button, Outgoing
from bot.core.ports import Door
from bot.core.text import Run
from tests.adapters.browser.stage import ROOM, House, card
from tests.browser import PATIENCE, Browser, chromium, program

CUT = """(() => {
  window.Real = WebSocket;
  window.send = WebSocket.prototype.send;
  WebSocket.prototype.send = function () { this.close(); };
  const nowhere = location.origin.replace('http', 'ws') + '/nowhere/ws';
  window.WebSocket = class extends Real { constructor() { super(nowhere); } };
})()"""
DROP = """(() => {
  const files = new DataTransfer();
  files.items.add(new File(['hello'], 'offer.pdf', {type: 'application/pdf'}));
  document.querySelector('.pane').dispatchEvent(new DragEvent('drop', {dataTransfer: files, bubbles: true}));
})()"""
EMBED = """(() => {
  window.shadows = [];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) {
    const root = attach.call(this, how);
    window.shadows.push(root);
    return root;
  };
  const script = document.createElement('script');
  script.src = '/static/widget.js';
  script.dataset.title = 'Acme';
  document.body.append(script);
})()"""
REP, CUSTOMER = "rep-" + "r" * 28, "cus-" + "c" * 28

pytestmark = [
    pytest.mark.skipif(not program(), reason="LEFT OUT: there is no Chromium here"),
    pytest.mark.xdist_group("chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture
async def page(house: House, browser: Browser):
    house.panes = [
        {"title": "Ann", "you": "You are Ann, sales rep", "secret": REP, "hint": "Called Li Wei at Acme"},
        {"title": "Li Wei", "you": "You are Li Wei, customer", "secret": CUSTOMER, "hint": "Hello"},
    ]
    page = await browser.page(f"{house.url}/demo?lang=en")
    yield page
    assert page.complaints == []


FIRST, SECOND = ".pane:nth-of-type(1)", ".pane:nth-of-type(2)"


async def test_a_person_types_presses_and_reloads_and_finds_all_as_it_was(house, page, tmp_path):
    await page.type("Called Li Wei <b>at</b> Acme", FIRST)
    await page.reads("Logged", FIRST)
    await page.press("Undo", FIRST)
    await page.reads("Pressed\nundo:1", FIRST)
    await page.reads("Done", FIRST)
    await page.reload()
    await page.reads("Pressed\nundo:1", FIRST)
    assert "Called Li Wei <b>at</b> Acme" in await page.text(FIRST)
    assert await page.run(f"document.querySelectorAll('{FIRST} .message').length") == 2
    assert len(house.events) == 2
    await page.look(390, 844, "dark", scale=2, touch=True)
    picture = await page.picture(tmp_path / "dark.png")
    assert picture.stat().st_size > 10_000
    assert await page.run("getComputedStyle(document.body).backgroundColor") == "rgb(14, 17, 16)"


async def test_hostile_words_stay_words(house, page):
    hostile = "<img src=x onerror=\"document.title='broken'\"> [x](javascript:alert(1)) https://evil.example"
    runs = (Run(hostile), Run("press me", "", "javascript:document.title='broken'"))
    await house.say(person_of(REP), Outgoing(runs, (Button("go", url="javascript:alert(1)"),), key="hostile"))
    await page.type(hostile, FIRST)
    await page.reads("press me", FIRST)
    await page.reads("Logged", FIRST)
    assert await page.run("document.querySelectorAll('.log img, .log a[href^=javascript]').length") == 0
    assert await page.run("document.title") == "Rapport"


async def test_number_keys_press_the_buttons_of_the_last_question(house, page):
    await house.say(person_of(REP), Outgoing((Run("Which?"),), (Button("A", "a"), Button("B", "b")), key="q"))
    await page.reads("Which?", FIRST)
    await page.run(f"document.querySelector('{FIRST} textarea').focus()")
    await page.key("2")
    await page.reads("Pressed\nb", FIRST)
    scale = tuple(Button(str(number), f"score:{number}") for number in range(6))
    await house.say(person_of(REP), Outgoing((Run("How was it?"),), scale, key="s"))
    await page.reads("How was it?", FIRST)
    await page.key("4")
    await page.reads("Pressed\nscore:4", FIRST)


async def test_the_suggested_line_is_one_tap_and_goes_away(page):
    await page.press("Called Li Wei at Acme", FIRST)
    await page.key("Enter")
    await page.reads("Logged", FIRST)
    assert await page.run(f"document.querySelector('{FIRST} .first').hidden")


async def test_an_own_message_is_changed_where_it_stands(house, page):
    await page.type("one", FIRST)
    await page.reads("Logged", FIRST)
    await page.press("Edit this message", FIRST)
    await page.run(f"document.querySelector('{FIRST} textarea').select()")
    await page.type("two", FIRST)
    await page.reads("two", FIRST)
    await page.reads("Changed: two", FIRST)
    assert house.screen.texts(person_of(REP))[0] == "two"


async def test_the_last_line_comes_back_with_the_arrow_and_the_slash_lists_commands(page):
    await page.type("one", FIRST)
    await page.key("ArrowUp")
    assert await page.run(f"document.querySelector('{FIRST} textarea').value") == "one"
    await page.run(f"document.querySelector('{FIRST} textarea').select()")
    await page.write("/re", FIRST)
    await page.reads("/remind", FIRST)
    await page.key("Tab")
    assert await page.run(f"document.querySelector('{FIRST} textarea').value") == "/reminders "


async def test_a_command_that_is_typed_whole_is_sent_though_a_longer_one_is_listed(page):
    await page.write("/Remind", FIRST)
    await page.reads("/reminders", FIRST)
    await page.key("Enter")
    await page.reads("Command: remind\n", FIRST)
    assert await page.run(f"document.querySelector('{FIRST} textarea').value") == ""


async def test_enter_takes_what_the_arrow_chose(page):
    await page.write("/remind", FIRST)
    await page.reads("/reminders", FIRST)
    await page.key("ArrowDown")
    await page.key("Enter")
    assert await page.run(f"document.querySelector('{FIRST} textarea').value") == "/reminders "


async def test_what_is_written_without_a_connection_is_sent_later_in_order_once(house, page):
    await page.type("zero", FIRST)
    await page.reads("Logged", FIRST)
    await page.run(CUT)
    for word in ("first", "second", "third"):
        await page.type(word, FIRST)
    await page.reads("Reconnecting…", FIRST)
    assert await page.run(f"document.querySelectorAll('{FIRST} .waiting').length") == 3
    await page.run("window.WebSocket = window.Real; WebSocket.prototype.send = window.send")
    await page.until(f"document.querySelectorAll('{FIRST} .message.mine:not(.waiting)').length === 4")
    assert [event.body.text for event in house.events] == ["zero", "first", "second", "third"]
    await page.reload()
    page.complaints.clear()
    assert await page.run("Object.keys(localStorage).filter(name => name.startsWith('rapport.unsent')).length") == 0


async def test_what_waits_survives_a_reload(house, page):
    await page.until(f"document.querySelector('{FIRST}').dataset.state === ''")
    kept = {"key": "kept-0001", "born": 1, "frame": {"kind": "say", "text": "from before"}}
    name = f"rapport.unsent.{person_of(REP)}.{person_of(REP)}.kept-0001"
    await page.run(f"localStorage.setItem({json.dumps(name)}, {json.dumps(json.dumps(kept))})")
    await page.reload()
    await page.reads("Logged", FIRST)
    assert [event.body.text for event in house.events] == ["from before"]
    await page.until(f"localStorage.getItem({json.dumps(name)}) === null")


async def test_a_file_is_attached_and_shown(house, page):
    await page.run(DROP)
    await page.until(f"document.querySelector('{FIRST} .chip:not(.loading)') !== null")
    await page.type("the offer", FIRST)
    await page.until(f"document.querySelector('{FIRST} .message:not(.waiting) a.file') !== null")
    assert (
        await page.run(f"fetch(document.querySelector('{FIRST} a.file').href).then(answer => answer.text())") == "hello"
    )


async def test_on_a_phone_the_other_chat_shows_a_dot(house, page):
    await page.look(390, 844, touch=True)
    await page.until("document.querySelectorAll('.pane[data-state=\"\"]').length === 2")
    await house.say(person_of(CUSTOMER), card("x", "c"))
    await page.until("document.querySelectorAll('.tab.unread').length === 1")
    await page.press("Li Wei")
    await page.until("document.querySelectorAll('.tab.unread').length === 0")


async def test_a_member_sees_the_doors_of_the_cookie_in_chinese(house, browser, tmp_path: Path):
    house.doors.rooms[person_of(REP)] = [Door(ROOM, "售后群", private=False, you="Ann")]
    page = await browser.page()
    await page.call("Network.setCookie", name="rapport", value=REP, url=house.url, httpOnly=True, sameSite="Lax")
    await page.open(f"{house.url}/chat?lang=zh")
    await page.press("售后群")
    await page.type("大家好")
    await page.reads("大家好", ".pane.active .log")
    async with asyncio.timeout(PATIENCE):
        while not house.screen.texts(ROOM):  # noqa: ASYNC110 - the house has no event for it
            await asyncio.sleep(0.01)
    assert house.screen.texts(ROOM)[0] == "大家好"
    assert await page.run("document.querySelector('.pane.active textarea').placeholder") == "输入消息"


async def test_a_removed_member_keeps_nothing_on_the_screen(house, browser):
    house.doors.rooms[person_of(REP)] = [Door(ROOM, "Service", private=False)]
    await house.say(ROOM, Outgoing((Run("internal"),), key="i"))
    house.panes = [{"title": "Service", "secret": REP, "chat": ROOM}]
    page = await browser.page(f"{house.url}/demo?lang=en")
    await page.reads("internal")
    house.doors.rooms.clear()
    await house.say(ROOM, Outgoing((Run("more"),), key="m"))
    await page.until("document.querySelector('.log').dataset.empty === 'This chat is not open to you.'")
    assert "internal" not in await page.text()


async def test_a_personal_link_says_start_once(house, browser):
    page = await browser.page(f"{house.url}/visitor?lang=en&start=abc")
    await page.reads("Command: start")
    await page.reload()
    await page.reads("Command: start")
    assert [event.body.rest for event in house.events] == ["abc"]


async def test_the_widget_opens_talks_and_shows_a_dot_while_closed(house, browser, tmp_path: Path):
    page = await browser.page(f"{house.url}/visitor")
    await page.run(EMBED)
    await page.until("window.shadows.length === 1")
    await page.run("window.shadows[0].querySelector('button').click()")
    inside = "window.shadows[0].querySelector('iframe').contentDocument"
    await page.until(f"{inside}?.querySelector('.pane.active textarea') != null")
    await page.run(
        f"{inside}.querySelector('textarea').value = 'hello'; {inside}.querySelector('form').requestSubmit()"
    )
    await page.until(f"{inside}.body.innerText.includes('Logged')")
    await page.run("window.shadows[0].querySelector('button').click()")
    await house.say(house.events[-1].where.chat, card("news", "n"))
    await page.until("!window.shadows[0].querySelector('.dot').hidden")


async def test_a_message_that_can_never_be_read_is_dropped_and_the_next_goes_on(house, page):
    await page.until(f"document.querySelector('{FIRST}').dataset.state === ''")
    bad = {"key": "no", "born": 1, "frame": {"kind": "say", "text": "lost"}}
    name = f"rapport.unsent.{person_of(REP)}.{person_of(REP)}.no"
    await page.run(f"localStorage.setItem({json.dumps(name)}, {json.dumps(json.dumps(bad))})")
    await page.reload()
    await page.reads("I could not read that message.", FIRST)
    await page.type("next", FIRST)
    await page.reads("Logged", FIRST)
    assert [event.body.text for event in house.events] == ["next"]
