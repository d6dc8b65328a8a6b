"""A service that runs on keeps the memory, descriptors and log of one that has just begun."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.chaos.storm import Storm, storm, until, zygote

MORE_MEMORY, MORE_FILES, LOG = 24 << 20, 4, 64 << 20
"""What may come on top after the first round, and how long the log of the database may be."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process has at one moment."""

    memory: int
    files: int
    log: int


def usage(child: int, url: str) -> Usage:
    pages = int(Path(f"/proc/{child}/statm").read_text().split()[1])
    wal = Path(url.removeprefix("sqlite:///") + "-wal")
    return Usage(
        pages * os.sysconf("SC_PAGE_SIZE"),
        len(list(Path(f"/proc/{child}/fd").iterdir())),
        wal.stat().st_size if wal.exists() else 0,
    )


async def _soak(rounds: int, each: int, folder: Path) -> tuple[Usage, Usage]:
    async with storm("sqlite", "polling", folder) as found, zygote(folder) as mother:
        child = await found.start(mother)
        await _round(found, each)
        first = usage(child, found.url)
        for _ in range(rounds):
            await _round(found, each)
        return first, usage(child, found.url)


async def _round(found: Storm, count: int) -> None:
    found.write(count)
    await until(found.all_sent, 60)


def leaks(first: Usage, last: Usage) -> list[str]:
    """What grew more than a service that stays as it is would let it."""
    grown = {
        "memory": last.memory - first.memory > MORE_MEMORY,
        "files": last.files - first.files > MORE_FILES,
        "log": last.log > LOG,
    }
    return [name for name, is_so in grown.items() if is_so]


async def test_memory_descriptors_and_log_stay_flat(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await _flat(2, 40, tmp_path, capsys)


@pytest.mark.slow
async def test_memory_descriptors_and_log_stay_flat_at_length(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As many rounds as SOAK says; a round of a thousand messages takes about ten seconds."""
    await _flat(int(os.environ.get("SOAK", "20")), 1000, tmp_path, capsys)


async def _flat(rounds: int, each: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, last = await _soak(rounds, each, folder)
    with capsys.disabled():
        more, mb = (last.memory - first.memory) / 2**20, last.memory / 2**20
        print(  # noqa: T201
            f"\nsoak: {rounds * each} messages, {mb:.0f} MB ({more:+.1f}), {last.files} descriptors "
            f"({last.files - first.files:+d}), log {last.log / 2**20:.1f} MB"
        )
    assert leaks(first, last) == []


def test_the_soak_sees_what_grows() -> None:
    first = Usage(100 << 20, 20, 1 << 20)
    assert leaks(first, Usage(200 << 20, 90, 90 << 20)) == ["memory", "files", "log"]
