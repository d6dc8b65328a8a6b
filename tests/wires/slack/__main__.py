"""`python -m tests.wires.slack --port 8082`: the fake platform as a process; see control.py for how to drive it."""

from __future__ import annotations

import argparse
import asyncio

from tests.wires.slack.server import SlackWire


async def serve(port: int) -> None:
    async with SlackWire(port) as wire:
        print(wire.url, flush=True)  # noqa: T201
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A fake of Slack")
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(serve(parser.parse_args().port))
