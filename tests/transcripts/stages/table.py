"""`python -m tests.transcripts.stages.table` writes docs/wires.md: which transcripts run where, and why some do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.transcripts.script import Script, read, scripts
from tests.transcripts.stages import WIRES, Wire
from tests.transcripts.stages.needs import why_not

PAGE = Path(__file__).parents[3] / "docs" / "wires.md"
_HEAD = """\
# The same stories on every wire

Every transcript of `tests/transcripts` is played unchanged wherever its story can happen, on SQLite and on PostgreSQL.
What people do becomes the platform's own updates, made by our fake of it, or typed, or sent by the page; what the bot
says goes through the real adapter and is read back as a person sees it. On Slack the members are on Slack and their
customers on Telegram. `pytest tests/transcripts -m "slow or not slow"` plays all of this. A plain test run plays the
main story (`tests/transcripts/main`) on every wire on SQLite, on memory on PostgreSQL too, and every third of it on
PostgreSQL elsewhere; every other transcript on memory, and on one more wire in turn.

This page is written by `python -m tests.transcripts.stages.table`.
"""


def page(played: Sequence[Script]) -> str:
    """The whole page."""
    rows = "\n".join(_row(wire, played) for wire in WIRES)
    table = f"| wire | SQLite | PostgreSQL | not there | owed |\n|---|--:|--:|--:|--:|\n{rows}\n"
    reasons = "".join(_reasons(wire, played) for wire in WIRES)
    return f"{_HEAD}\n{len(played)} transcripts.\n\n{table}\n## Why not\n{reasons}"


def _row(wire: Wire, played: Sequence[Script]) -> str:
    absent, owed = len(_absent(wire, played)), len(wire.owes)
    runs = len(played) - absent - owed
    return f"| {wire.title} | {runs} | {runs} | {absent} | {owed} |"


def _absent(wire: Wire, played: Sequence[Script]) -> list[Script]:
    return [script for script in played if why_not(script, wire)]


def _reasons(wire: Wire, played: Sequence[Script]) -> str:
    lines = [*_told(wire, played), *(f"- *owed*: {why}: {name}" for name, why in sorted(wire.owes.items()))]
    return f"\n### {wire.title}\n\n" + "\n".join(lines) + "\n" if lines else ""


def _told(wire: Wire, played: Sequence[Script]) -> Iterator[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for script in _absent(wire, played):
        found[why_not(script, wire)].append(script.path.stem)
    for why, names in sorted(found.items()):
        yield f"- {why}: {_listed(names, played)}"


def _listed(names: Sequence[str], played: Sequence[Script]) -> str:
    most = len(names) > len(played) // 2
    return f"all {len(names)} others" if most else ", ".join(names)


if __name__ == "__main__":
    folder = Path(__file__).parents[1]
    PAGE.write_text(page([read(path) for path in scripts(folder)]), encoding="utf-8")
