"""`python -m tests.wires.telegram --port 8081`: the fake platform as a process; see control.py for how to drive it."""

from __future__ import annotations

import argparse
import asyncio

from tests.wires.telegram.server import TelegramWire


async def serve(port: int) -> None:
    async with TelegramWire(port) as wire:
        print(wire.url, flush=True)  # noqa: T201
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A fake of Telegram's Bot API")
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(serve(parser.parse_args().port))
