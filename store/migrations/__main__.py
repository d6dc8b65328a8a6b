"""Makes revisions out of the difference between the models and the history.

python -m store.migrations foundation      writes 0001 anew (only while no release has it)
python -m store.migrations add "a sentence"  writes the next revision, to be read before it is committed
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from alembic import command

from store.migrations import HEAD, config, connected, migrate

VERSIONS = Path(__file__).parent / "versions"


def foundation() -> None:
    """The whole of today's tables as the first revision."""
    for old in VERSIONS.glob("0001_*.py"):
        old.unlink()
    _write("0001", "foundation")


def add(message: str) -> None:
    """What the models have and the history has not."""
    _write(f"{int(HEAD) + 1:04}", message)


def _write(revision: str, message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/empty.db"
        if revision != "0001":
            migrate(url)
        with connected(url) as connection:
            settings = config(connection)
            for name, value in (("type", "module"), ("module", "ruff"), ("options", "format REVISION_SCRIPT_FILENAME")):
                settings.set_section_option("post_write_hooks", f"format.{name}", value)
            settings.set_section_option("post_write_hooks", "hooks", "format")
            made = command.revision(settings, message, autogenerate=True, rev_id=revision)
    _strip(Path(made.path))  # type: ignore[union-attr]
    if revision != HEAD:
        sys.stdout.write(f"now set HEAD in {VERSIONS.parent / '__init__.py'} to {revision}\n")


def _strip(path: Path) -> None:
    """Without Alembic's own comments."""
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.strip().startswith("# ###")))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m store.migrations", description="Makes revisions of the tables.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("foundation", help="write 0001 anew; only while no release has it")
    commands.add_parser("add", help="write the next revision").add_argument("message", help="what changes, in words")
    given = parser.parse_args()
    foundation() if given.command == "foundation" else add(given.message)


if __name__ == "__main__":
    main()
