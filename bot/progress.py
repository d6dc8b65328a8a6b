"""How far a batch has come, for somebody who watches: a bar on the terminal's error stream, nothing anywhere else."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from typing import TextIO


def watched(lines: TextIO, what: str) -> Iterator[str]:
    """The lines as they are read; a file's length is known beforehand, of a pipe only how much has come."""
    if not sys.stderr.isatty():
        yield from lines
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task(what, total=_count(lines))
        for line in lines:
            yield line
            progress.advance(task)


def _count(lines: TextIO) -> int | None:
    """How many lines a file has; None for a pipe or a keyboard."""
    try:
        number = lines.fileno()
        if not stat.S_ISREG(os.fstat(number).st_mode):
            return None
        with open(os.dup(number), "rb") as again:
            place = again.tell()
            total = sum(block.count(b"\n") for block in iter(lambda: again.read(1 << 20), b""))
            again.seek(place)
    except (OSError, ValueError):
        return None
    return total
