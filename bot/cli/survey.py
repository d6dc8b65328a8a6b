"""`python -m bot survey …`: surveys from files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asking import Firm, asked, fail

app = typer.Typer(help="Surveys from files.", no_args_is_help=True)


@app.command("apply")
def survey_apply(
    file: Annotated[Path, typer.Argument(help="YAML: one survey, or several with --- between them.")],
    workspace: Firm = "",
) -> None:
    """Publish what the file says; a file with a fault changes nothing and says the line."""
    try:
        content = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        fail(f"{file} can't be read: {problem}")
    for row in asked("survey-apply", workspace=workspace, content=content):
        done = "is published" if row["changed"] else "is as the file says already"
        print(f"{row['name']} (edition {row['edition']}, questions: {row['questions']}) {done}.")
