"""`python -m bot parked …`: updates whose handling failed."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.asking import Firm, asked, fail

Key = Annotated[str, typer.Argument(help="One of them, as `parked list` names it; all without.")]

app = typer.Typer(help="Updates whose handling failed: they wait here, and hold nobody up.", no_args_is_help=True)


@app.command("list")
def listed(workspace: Firm = "") -> None:
    """Which updates wait, since when, and why; their words stay in the database."""
    found = asked("parked", workspace=workspace)
    for row in found:
        why = "is handled again within seconds" if row["waits"] else row["error"]
        print(f"{row['account']}  {row['key']}  {row['received']}  {why}")
    if not found:
        print("Nothing is parked.")


@app.command()
def replay(key: Key = "", workspace: Firm = "") -> None:
    """Have them handled again, once what was wrong is mended; the running service does so within seconds."""
    print(f"Handled again: {asked('replay', workspace=workspace, key=key)['replayed']}.")


@app.command()
def drop(
    key: Key = "",
    every: Annotated[bool, typer.Option("--all", help="Every one of them.")] = False,
    workspace: Firm = "",
) -> None:
    """Give them up: they are never handled, even if the platform sends them again."""
    if bool(key) == every:
        fail("Which one? A key of `parked list`, or --all.")
    print(f"Dropped: {asked('drop', workspace=workspace, key=key)['dropped']}.")
