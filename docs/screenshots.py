"""Draws the pictures of the docs: starts the service on an empty folder and plays the main story in two languages.

`python -m docs.screenshots` writes `docs/images/*.png`; the story is data, so a new label means one line here.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser import Browser, Page, chromium, program

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
ADDRESS = re.compile(r"https?://[^\s'\"<>]+")
STARTING = 60.0
REP, CUSTOMER, TEAM = (f".pane:nth-of-type({number})" for number in (1, 2, 3))


@dataclass(frozen=True, slots=True)
class Tap:
    """Sends the line that the page suggests."""

    pane: str


@dataclass(frozen=True, slots=True)
class Say:
    """Types a line and waits for an answer in the same chat."""

    pane: str
    words: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Drops a sheet of these lines on the chat, and sends it."""

    pane: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Press:
    """Presses the newest button with this label, when it has come."""

    pane: str
    label: str


@dataclass(frozen=True, slots=True)
class Reads:
    """Waits for words in a chat."""

    pane: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Three chats on a desk, or one on a phone."""

    name: str
    phone: str = ""
    """The pane that the phone shows; empty: the wide screen."""
    scheme: str = "light"


Step = Tap | Say | Drop | Press | Reads | Picture

ENGLISH: tuple[Step, ...] = (
    Tap(REP),
    Picture("log"),
    Press(REP, "Ask how it was"),
    Press(REP, "Send"),
    Press(CUSTOMER, "2 · dissatisfied"),
    Say(CUSTOMER, "Waited an hour for the engineer"),
    Press(TEAM, "Claim"),
    Picture("story"),
    Picture("story-dark", scheme="dark"),
    Picture("phone", phone=REP),
)
CHINESE: tuple[Step, ...] = (
    Tap(REP),
    Press(REP, "请客户评价"),
    Press(REP, "发送"),
    Press(CUSTOMER, "2 · 不满意"),
    Say(CUSTOMER, "等了一个小时"),
    Press(TEAM, "认领"),
    Picture("story-zh"),
    Picture("phone-zh", phone=REP),
)


def _sheet(heading: str, firm: str, person: str, places: str, trades: str, count: int = 12_000) -> tuple[str, ...]:
    """A list as it comes from somewhere else: long enough that its import shows how far it is."""
    where, what = places.split(), trades.split()
    rows = (
        f"{firm.format(n)},{person.format(n)},139{n:08},{where[n % len(where)]},{what[n % len(what)]}"
        for n in range(1, count + 1)
    )
    return (heading, *rows)


FILE_ENGLISH: tuple[Step, ...] = (
    Drop(
        REP,
        "customers.csv",
        _sheet(
            "Company,Contact,Mobile,City,Industry",
            "Harbour {} Ltd",
            "Kim Lee {}",
            "Shanghai Shenzhen Ningbo Wuhan Dalian",
            "valves tools paper food",
        ),
    ),
    Reads(REP, "12,000 rows"),
    Picture("import-look", phone=REP),
    Press(REP, "Import"),
    Reads(REP, "▓▓▓"),
    Picture("import", phone=REP),
    Reads(REP, "Imported"),
    Say(REP, "/who Wayne Logistics"),
    Picture("card", phone=REP),
    Say(REP, "/find place:Ningbo industry:valves"),
    Press(REP, "With all of them …"),
    Press(REP, "Tag all"),
    Say(REP, "expo"),
    Picture("bulk", phone=REP),
)
FILE_CHINESE: tuple[Step, ...] = (
    Drop(
        REP,
        "客户.csv",
        _sheet(
            "客户名称,联系人,手机,城市,行业",
            "海港{}贸易有限公司",
            "李明{}",
            "上海 深圳 宁波 武汉 大连",
            "阀门 工具 造纸 食品",
        ),
    ),
    Reads(REP, "12,000 行"),
    Picture("import-look-zh", phone=REP),
    Press(REP, "导入"),
    Reads(REP, "▓▓▓"),
    Picture("import-zh", phone=REP),
    Reads(REP, "已导入"),
    Say(REP, "查 鼎盛科技"),
    Picture("card-zh", phone=REP),
    Say(REP, "/find 地区:宁波 行业:阀门"),
    Press(REP, "批量处理 …"),
    Press(REP, "全部加标签"),
    Say(REP, "展会"),
    Picture("bulk-zh", phone=REP),
)


async def tell(page: Page, story: Sequence[Step], folder: Path) -> None:
    """Plays the steps on an open demo page."""
    for step in story:
        match step:
            case Tap(pane):
                await page.run(f"document.querySelector('{pane} .hint').click()")
                await _answered(page, pane)
            case Say(pane, words):
                await page.write(words, pane)
                await _answered(page, pane)
            case Drop(pane, name, lines):
                await _dropped(page, pane, name, "\n".join(lines))
            case Press(pane, label):
                await page.press(label, f"{pane} .log")
                await page.until(f"document.querySelector('{pane} .choice[aria-busy]') === null")
            case Reads(pane, words):
                there = f"document.querySelector('{pane}').innerText.includes({json.dumps(words)})"
                await page.until(there, STARTING)
            case Picture(name, phone, scheme):
                await _draw(page, folder / f"{name}.png", phone, scheme)


async def draw(url: str, folder: Path = IMAGES) -> None:
    """Both stories on a running service."""
    async with chromium() as browser:
        for language, stories in (("en", (ENGLISH, FILE_ENGLISH)), ("zh", (CHINESE, FILE_CHINESE))):
            for story in stories:
                await tell(await _demo(browser, url, language), story, folder)


@asynccontextmanager
async def service() -> AsyncIterator[str]:
    """`python -m bot serve` as `make run` starts it, on a folder of its own; gives the address that it prints."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "serve",
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PORT": "8590", "PYTHONUNBUFFERED": "1"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        reading: asyncio.Task[None] | None = None
        try:
            url = await asyncio.wait_for(_printed(process), STARTING)
            reading = asyncio.create_task(_drain(process))
            yield url
        finally:
            process.terminate()
            await process.wait()
            if reading:
                await reading


async def _printed(process: asyncio.subprocess.Process) -> str:
    seen = ""
    async for line in _lines(process):
        seen += line.decode()
        if found := ADDRESS.search(line.decode()):
            return found[0].rstrip(".,)")
    raise RuntimeError(f"the service did not start:\n{seen}")


async def _drain(process: asyncio.subprocess.Process) -> None:
    """A full pipe would stop the service."""
    async for _ in _lines(process):
        pass


def _lines(process: asyncio.subprocess.Process) -> asyncio.StreamReader:
    if process.stdout is None:
        raise RuntimeError("the service was started without a pipe")
    return process.stdout


async def _demo(browser: Browser, url: str, language: str) -> Page:
    page = await browser.page()
    await page.look(1440, 900)
    await page.open(f"{url}{'&' if urlsplit(url).query else '?'}lang={language}")
    await page.until("document.querySelectorAll('.pane[data-state=\"\"]').length === 3")
    return page


async def _answered(page: Page, pane: str) -> None:
    """Sends what is in the line and waits until the bot has said something more, or changed what it said."""
    look = f"[...document.querySelectorAll('{pane} .message.bot')].map(e => e.innerText).join('|')"
    before = await page.run(look)
    await page.key("Enter")
    await page.until(f"{look} !== {json.dumps(before)}")


async def _dropped(page: Page, pane: str, name: str, content: str) -> None:
    """As a hand would drop it; sent when the page has handed it in."""
    line = f"document.querySelector('{pane} textarea')"
    file = f"new File([{json.dumps(content)}], {json.dumps(name)}, {{type: 'text/csv'}})"
    await page.run(
        f"(() => {{ const carried = new DataTransfer(); carried.items.add({file});"
        f"{line}.dispatchEvent(new DragEvent('drop', {{dataTransfer: carried, bubbles: true}})); {line}.focus() }})()"
    )
    await page.until(f"document.querySelector('{pane} .ready') !== null")
    await asyncio.sleep(1)
    await _answered(page, pane)


async def _draw(page: Page, path: Path, phone: str, scheme: str) -> None:
    await page.look(*((390, 844) if phone else (1440, 900)), scheme, scale=2 if phone else 1, touch=bool(phone))
    if phone:
        await page.run(f"document.querySelectorAll('.tab')[{(REP, CUSTOMER, TEAM).index(phone)}].click()")
    for _ in range(2):
        await page.run("document.querySelectorAll('.log').forEach(log => log.scrollTo(0, log.scrollHeight))")
        await asyncio.sleep(0.3)
    await page.picture(path)
    await page.look(1440, 900)


async def main() -> None:
    """Everything, once."""
    IMAGES.mkdir(exist_ok=True)
    async with service() as url:
        await draw(url)


if __name__ == "__main__":
    if not program():
        sys.exit("There is no Chromium here: install chromium, then run this again.")
    asyncio.run(main())
