"""The command line; whatever is heavy is imported inside the command that needs it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import invite, parked, survey, workspace
from bot.cli.asking import Firm, asked, configured, fail, refused

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(
    help="Rapport: a chat-first CRM. Begin with: python -m bot serve",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(invite.app, name="invite")
app.add_typer(parked.app, name="parked")
app.add_typer(workspace.app, name="workspace")
app.add_typer(survey.app, name="survey")


@app.command()
def serve() -> None:
    """Start the service: pages, bots, reminders. Stops with Ctrl+C."""
    from bot import serving
    from bot.local import Held, read_note

    settings = configured()
    try:
        serving.serve(settings)
    except Held:
        note = read_note(settings)
        fail(f"It runs already{f' at {note.url}' if note else ''}: one process has the database.")


@app.command()
def chat(
    member: Annotated[str, typer.Option("--as", help="Whose chat: a member's name; the owner's by default.")] = "",
    language: Annotated[str, typer.Option(help="en or zh; what the member speaks by default.")] = "",
) -> None:
    """Talk to it in this terminal, beside a running service or alone."""
    import asyncio

    from bot.talking import Stranger, talk

    try:
        asyncio.run(talk(configured(), member, language))
    except Stranger as problem:
        fail(str(problem))


@app.command()
def demo() -> None:
    """Fill an empty database with a bilingual demo firm."""
    from bot.local import Held, held

    settings = configured()
    try:
        with held(settings):
            made = _prepare(settings, demo=True)
    except Held:
        fail("The service is running, so there is a firm already. The demo needs an empty database.")
    print("The demo firm is there." if made else "There is a firm already: the demo needs an empty database.")
    raise typer.Exit(0 if made else 1)


@app.command()
def migrate(
    quiet: Annotated[bool, typer.Option(hidden=True)] = False,
    demo: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Bring the database to the shape that this version knows."""
    from bot.local import Held, held
    from store.migrations import HEAD

    settings = configured()
    try:
        with held(settings):
            _prepare(settings, demo=demo)
    except Held:
        fail("The service is running and did this when it started.")
    if not quiet:
        print(f"The database is at revision {HEAD}.")


@app.command()
def doctor() -> None:
    """Look at everything that must be right, and say what to do where it is not."""
    from bot.doctor import examine

    findings = examine(configured())
    for finding in findings:
        print(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.about}: {finding.says}")
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@app.command()
def link(
    member: Annotated[str, typer.Option("--member", "--as", help="Whose pages; the owner's by default.")] = "",
    workspace: Firm = "",
) -> None:
    """Print a link that opens the pages once."""
    told = asked("link", member=member, workspace=workspace)
    if not told["ran"]:
        fail("The service has never run here, so nobody knows where its pages are. Start it first.")
    if not told["link"]:
        fail(f"The pages are the first firm's. {told['firm']} has its bots: python -m bot workspace list")
    print(f"{told['link']}\nIt signs {told['member']} in, once.")


@app.command("import")
def import_sheet(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would become of each row.")] = False,
    also: Annotated[list[str] | None, typer.Option(help="owner, stage, tier or stopped: take this column too.")] = None,
) -> None:
    """Take customers in from a sheet; rows that can't come in are written beside it, with the reason."""
    from bot.importing import Unread, import_file

    try:
        import_file(configured(), file, dry=dry_run, also=also or [], say=print)
    except (Unread, OSError) as problem:
        fail(str(problem))


@app.command()
def audit() -> None:
    """Look through the record of who did what: whether each row is as it was when it was sealed."""
    from bot.auditing import look_through

    with refused():
        found = look_through(configured())
    for one in found:
        broken = f"row {one['broken']} {one['why']}" if one["broken"] else "all as it was sealed"
        print(f"{one['workspace']}  {one['rows']} rows  {broken}  head {one['head'][:16] or '-'}")
    raise typer.Exit(1 if any(one["broken"] for one in found) else 0)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to, as .tar or .tar.gz; a folder: with today's name in it.")],
) -> None:
    """Write everything into one file while the service runs: the database, the files, and what was counted."""
    from bot.backup import back_up

    with refused():
        path, made = back_up(configured(), file)
    print(f"{path}: {made.rows} rows in {len(made.counts)} tables, {made.files} files.")
    print("It holds everything that the firm knows" + (", and the key of its bots' tokens" if made.key else "") + ".")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `backup` has written.")],
    force: Annotated[bool, typer.Option("--force", help="Also in the place of data that is here.")] = False,
) -> None:
    """Put a backup back, while the service is stopped. Who was erased since is erased again."""
    from bot import backup as backups

    with refused():
        done = backups.restore(configured(), file, force=force)
    print(f"Back as of {done.manifest.made}: {done.manifest.rows} rows, {done.manifest.files} files.")
    if done.erased:
        print(f"Erased again: {done.erased} who asked for it after this backup was made.")


@app.command()
def understand(
    text: Annotated[str, typer.Argument(help="One message; without it, JSON lines come from standard input.")] = "",
    customers: Annotated[Path | None, typer.Option(help="A JSON file of known customers and people.")] = None,
    why: Annotated[bool, typer.Option("--why", help="Say which words each fact was read from.")] = False,
) -> None:
    """Show what is understood of a message, as JSON."""
    from bot.progress import watched
    from flows.understanding.batch import run

    known: Any = json.loads(customers.read_text(encoding="utf-8")) if customers else None
    if not text and sys.stdin.isatty():
        fail('Say a message, or feed JSON lines: bot understand "Called Acme", or bot understand < messages.jsonl')
    lines: Iterable[str] = [json.dumps({"text": text})] if text else watched(sys.stdin, "understanding")
    for line in run(lines, customers=known, why=why):
        print(line if not text else json.dumps(json.loads(line), ensure_ascii=False, indent=2), flush=not text)


@app.command()
def bench(quick: Annotated[bool, typer.Option("--quick", help="Under a minute.")] = False) -> None:
    """Measure speed beside its peers; needs the repository."""
    import subprocess

    root = Path(__file__).parents[2]
    if not (root / "benchmarks" / "__main__.py").exists():
        fail("The benchmarks live in the repository; this is an installed package.")
    command = [sys.executable, "-m", "benchmarks", *(["--quick"] if quick else [])]
    raise typer.Exit(subprocess.run(command, cwd=root, check=False).returncode)  # noqa: S603 - our own program


def _prepare(settings: Settings, *, demo: bool) -> bool:
    """Migrates, and founds the demo firm where it is wanted and there is none; True when it was founded."""
    from bot.app import open_store
    from flows.demo import found_demo

    database = open_store(settings.database_url)
    try:
        return database.write(found_demo).result() if demo else False
    finally:
        database.close()
