"""`chat`: a terminal on the running service, or on one that lives as long as the talk."""

from __future__ import annotations

import asyncio
import os
import secrets
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from bot.local import Held, Refused, ask, held, read_note
from bot.settings import Settings

KEY = "terminal.key"


class Stranger(Exception):
    """The service lets nobody in here; the text is its own sentence."""


async def talk(settings: Settings, member: str, language: str) -> None:
    """Until the input ends."""
    async with AsyncExitStack() as stack:
        url = await _url(settings, stack)
        secret = _secret(settings.data_dir / KEY)
        told = await _seat(settings, secret, member)

        from adapters.terminal import follow
        from flows import load
        from flows.router import COMMANDS, MEMBERS

        load()
        shown = [f"/{name}" for name, route in COMMANDS.items() if route.listed and route.for_ & MEMBERS]
        await follow(url, secret, language=language or told["language"], commands=shown)


async def _url(settings: Settings, stack: AsyncExitStack) -> str:
    """Where a service is; one is started here when there is none."""
    from bot.serving import prepare, serving

    prepare(settings)
    try:
        stack.enter_context(held(settings))
    except Held:
        note = read_note(settings)
        if note is None:
            raise Stranger("Another process has the database, but left no way to it: is it still starting?") from None
        return note.url
    service = await stack.enter_async_context(serving(settings.model_copy(update={"port": 0})))
    return service.url


async def _seat(settings: Settings, secret: str, member: str) -> dict[str, Any]:
    from adapters.browser import person_of
    from bot.app import WEB

    try:
        found: dict[str, Any] = await asyncio.to_thread(
            ask, settings, "terminal", account=WEB, person=person_of(secret), member=member
        )
    except Refused as problem:
        raise Stranger(str(problem)) from problem
    return found


def _secret(path: Path) -> str:
    """This terminal's own, the same every time, so that it goes on where it stopped."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24))
    return path.read_text().strip()
