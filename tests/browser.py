"""Drives a headless Chromium over its DevTools socket: open, type, press, wait for words, take a picture."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
    "--remote-debugging-port=0",
)
PATIENCE = 15.0


def program() -> str:
    """Where a Chromium is; empty when this machine has none."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), "")


class Page:
    """One tab; `inside` is a CSS selector that narrows what is typed into, pressed and read.

    `asked_for` are the addresses that it went to, once the domain "Network" is enabled; a dialog is closed at once.
    """

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.complaints: list[str] = []
        self.asked_for: list[str] = []
        self.dialogs: list[str] = []
        self._reading = asyncio.create_task(self._read())

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """One DevTools command and its result."""
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send(json.dumps({"id": number, "method": method, "params": arguments}))
        return await asyncio.wait_for(answer, PATIENCE)

    async def open(self, url: str) -> None:
        """Goes there and waits until the page has run its scripts."""
        await self.call("Page.navigate", url=url)
        await self.until("document.readyState === 'complete'")

    async def reload(self) -> None:
        """As a person would, with everything that the page keeps."""
        await self.run("window.reloaded = false")
        await self.call("Page.reload")
        await self.until("document.readyState === 'complete' && window.reloaded === undefined")

    async def run(self, script: str) -> Any:
        """The value of an expression in the page; promises are awaited."""
        found = await self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise AssertionError(found["exceptionDetails"])
        return found["result"].get("value")

    async def until(self, script: str, seconds: float = PATIENCE) -> None:
        """Waits for an expression to become true."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not await self._holds(script):  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
                return
        raise AssertionError(f"never true: {script}; the page says: {await self.text()}; {self.complaints}")

    async def text(self, inside: str = "body") -> str:
        """What can be read there."""
        return str(await self.run(f"document.querySelector({json.dumps(inside)})?.innerText ?? ''"))

    async def reads(self, words: str, inside: str = "body") -> None:
        """Waits until these words can be read there."""
        await self.until(f"document.querySelector({json.dumps(inside)})?.innerText.includes({json.dumps(words)})")

    async def type(self, text: str, inside: str = ".pane.active") -> None:
        """Writes into the chat's line, key by key for the browser, and sends it."""
        await self.write(text, inside)
        await self.key("Enter")

    async def write(self, text: str, inside: str = ".pane.active") -> None:
        """Writes without sending."""
        await self.run(f"document.querySelector({json.dumps(inside + ' textarea')}).focus()")
        await self.call("Input.insertText", text=text)

    async def key(self, name: str) -> None:
        """One key down and up; a digit or letter also writes itself."""
        codes = {"Enter": 13, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40, "Tab": 9}
        text = {"Enter": "\r"}.get(name, name if len(name) == 1 else "")
        code = codes.get(name, ord(name[0].upper()))
        await self.call("Input.dispatchKeyEvent", type="keyDown", key=name, text=text, windowsVirtualKeyCode=code)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=name, windowsVirtualKeyCode=code)

    async def press(self, label: str, inside: str = "body") -> None:
        """Presses the last button or link with this label, as soon as there is one."""
        find = (
            f"[...document.querySelectorAll({json.dumps(inside)} + ' :is(button, a)')]"
            f".findLast(e => (e.getAttribute('aria-label') ?? e.innerText).trim() === {json.dumps(label)})"
        )
        await self.until(f"{find} !== undefined")
        await self.run(f"{find}.click()")

    async def look(
        self, width: int, height: int, scheme: str = "light", *, scale: float = 1, touch: bool = False
    ) -> None:
        """A screen of this size, light or dark."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=touch
        )
        await self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    async def picture(self, path: Path) -> Path:
        """What is on the screen now, when it has come to rest."""
        await asyncio.sleep(0.5)
        shot = await self.call("Page.captureScreenshot", format="png")
        await asyncio.to_thread(path.write_bytes, base64.b64decode(shot["data"]))
        return path

    async def _holds(self, script: str) -> bool:
        with suppress(AssertionError):
            return bool(await self.run(script))
        return False

    async def _read(self) -> None:
        async for text in self._socket:
            data = json.loads(text)
            if data.get("id") in self._waiting:
                answer = self._waiting.pop(data["id"])
                if "error" in data:
                    answer.set_exception(AssertionError(data["error"]))
                else:
                    answer.set_result(data["result"])
            elif data.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
                self.complaints.append(json.dumps(data["params"])[:500])
            elif data.get("method") == "Network.requestWillBeSent":
                self.asked_for.append(data["params"]["request"]["url"])
            elif data.get("method") == "Page.javascriptDialogOpening":
                self.dialogs.append(data["params"]["message"])
                self._closing = asyncio.create_task(self.call("Page.handleJavaScriptDialog", accept=False))

    async def close(self) -> None:
        """Closes the tab's socket."""
        await self._socket.close()
        await self._reading


class Browser:
    """A running Chromium with a profile of its own."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._pages: list[Page] = []

    async def page(self, url: str = "about:blank") -> Page:
        """A new tab."""
        async with httpx.AsyncClient(trust_env=False) as client:
            target = (await client.put(f"http://127.0.0.1:{self._port}/json/new?about:blank")).json()
        socket = await connect(target["webSocketDebuggerUrl"], max_size=None, proxy=None)
        page = Page(socket)
        self._pages.append(page)
        for domain in ("Page", "Runtime", "Log"):
            await page.call(f"{domain}.enable")
        await page.open(url)
        return page

    async def close(self) -> None:
        """Closes every tab's socket."""
        for page in self._pages:
            await page.close()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A headless Chromium that leaves nothing behind."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program(), *FLAGS, f"--user-data-dir={profile}", stdout=-3, stderr=-3, start_new_session=True
        )
        try:
            browser = Browser(await _port(Path(profile) / "DevToolsActivePort"))
            yield browser
            await browser.close()
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            await process.wait()


async def _port(path: Path) -> int:
    def written() -> str:
        return path.read_text() if path.exists() else ""

    async with asyncio.timeout(30):
        while not (text := await asyncio.to_thread(written)).strip():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return int(text.split()[0])
