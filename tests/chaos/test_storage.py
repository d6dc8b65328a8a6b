"""The file that everything is in is locked by a stranger, or its disk is full: nothing is lost, nobody is told."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.chaos.lines import line
from tests.chaos.storm import Storm, figures, prepare, storm, until, zygote
from tests.engines import fresh
from tests.figures import Told

ROOM = 48 << 20
"""Bytes of a disk on which the database and its log have room."""


def _file(found: Storm) -> str:
    return found.url.removeprefix("sqlite:///")


@pytest.mark.parametrize("seconds", [6.0, pytest.param(10.0, marks=pytest.mark.slow)])
async def test_a_stranger_who_locks_the_file_makes_people_wait_and_nothing_else(
    seconds: float, tmp_path: Path, told: Told
) -> None:
    """Longer than we wait for a lock: what failed meanwhile comes again by itself."""
    async with storm("sqlite", "polling", tmp_path) as found, zygote(tmp_path) as mother:
        found.write(30)
        child = await found.start(mother)
        await until(lambda: len(found.sent()) > 10, 30)
        with closing(sqlite3.connect(_file(found), timeout=30, isolation_level=None)) as stranger:
            stranger.execute("BEGIN EXCLUSIVE")
            found.write(30)
            await asyncio.sleep(seconds)
            stranger.execute("ROLLBACK")
        await _goes_on(found)
        await mother.end(child)
        ended = figures(found, seconds)
        said = [one.text for one in found.line.sent()]
    told(f"locked for {seconds:g} s: {ended}")
    assert ended.problems() == [], ended
    assert [text for text in said if "Sorry" in text or "Error" in text] == []


async def test_a_full_disk_takes_nothing_and_goes_on_without_a_restart_when_there_is_space(
    tmp_path: Path, told: Told
) -> None:
    with _disk(tmp_path) as disk, fresh("sqlite", disk) as url:
        async with line("polling") as way, zygote(tmp_path) as mother:
            found = prepare(url, way, 10)
            child = await found.start(mother)
            found.write(20)
            await until(found.all_sent, 30)
            filler = disk / "filler"
            _fill(filler)
            found.write(200)
            await until(lambda: "FULL" in mother.log.read_text() or "full" in mother.log.read_text(), 30)
            await asyncio.sleep(1.0)
            before = len(set(found.notes()))
            filler.unlink()
            await _goes_on(found)
            await mother.end(child)
            ended = figures(found, 0)
    told(f"disk full: {before} of {len(found.said)} in before there was space again; {ended}")
    assert before < len(found.said)
    assert ended.problems() == [], ended


async def _goes_on(found: Storm) -> None:
    await until(found.all_sent, 60)
    await found.until_quiet(30)


@contextmanager
def _disk(folder: Path) -> Iterator[Path]:
    """A small one of its own, where the system lets us have one."""
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "none", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk of our own can be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _fill(path: Path) -> None:
    """To the last byte."""
    with path.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512):
            while True:
                try:
                    os.write(file.fileno(), b"x" * size)
                except OSError:
                    break
