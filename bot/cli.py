"""The command line; whatever is heavy is imported inside the command that needs it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(
    help="Rapport: a chat-first CRM. Begin with: python -m bot serve",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
invite = typer.Typer(help="Let somebody in: prints a code and the links that carry it.", no_args_is_help=True)
parked = typer.Typer(help="Updates whose handling failed: they wait here, and hold nobody up.", no_args_is_help=True)
app.add_typer(invite, name="invite")
app.add_typer(parked, name="parked")


@app.command()
def serve() -> None:
    """Start the service: pages, bots, reminders. Stops with Ctrl+C."""
    from bot import serving
    from bot.local import Held, read_note

    settings = _settings()
    try:
        serving.serve(settings)
    except Held:
        note = read_note(settings)
        _fail(f"It runs already{f' at {note.url}' if note else ''}: one process has the database.")


@app.command()
def chat(
    member: Annotated[str, typer.Option("--as", help="Whose chat: a member's name; the owner's by default.")] = "",
    language: Annotated[str, typer.Option(help="en or zh; what the member speaks by default.")] = "",
) -> None:
    """Talk to it in this terminal, beside a running service or alone."""
    import asyncio

    from bot.talking import Stranger, talk

    try:
        asyncio.run(talk(_settings(), member, language))
    except Stranger as problem:
        _fail(str(problem))


@app.command()
def demo() -> None:
    """Fill an empty database with a bilingual demo firm."""
    from bot.local import Held, held

    settings = _settings()
    try:
        with held(settings):
            made = _prepare(settings, demo=True)
    except Held:
        _fail("The service is running, so there is a firm already. The demo needs an empty database.")
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

    settings = _settings()
    try:
        with held(settings):
            _prepare(settings, demo=demo)
    except Held:
        _fail("The service is running and did this when it started.")
    if not quiet:
        print(f"The database is at revision {HEAD}.")


@app.command()
def doctor() -> None:
    """Look at everything that must be right, and say what to do where it is not."""
    from bot.doctor import examine

    findings = examine(_settings())
    for finding in findings:
        print(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.about}: {finding.says}")
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@app.command()
def link(member: Annotated[str, typer.Option("--as", help="Whose pages; the owner's by default.")] = "") -> None:
    """Print a link that opens the pages once."""
    told = _ask("link", member=member)
    if not told["link"]:
        _fail("The service has never run here, so nobody knows where its pages are. Start it first.")
    print(f"{told['link']}\nIt signs {told['member']} in, once.")


@invite.command("member")
def invite_member(
    role: Annotated[str, typer.Option(help="owner, manager, rep or viewer.")] = "rep",
) -> None:
    """Somebody of your firm."""
    _print_invitation(_ask("invite-member", role=role), "/start")


@invite.command("customer")
def invite_customer(name: Annotated[str, typer.Argument(help="As it stands in the customer file.")]) -> None:
    """A customer: a personal link for one person."""
    told = _ask("invite-customer", customer=name)
    if told["new"]:
        print(f"{told['whom']} was not in the customer file, and is now.")
    _print_invitation(told, "/start")


@parked.command("list")
def parked_list() -> None:
    """Which updates wait, and why; their words stay in the database."""
    for row in _ask("parked"):
        print(f"{row['account']}  {row['key']}  {row['error']}")


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
        _fail('Say a message, or feed JSON lines: bot understand "Called Acme", or bot understand < messages.jsonl')
    lines: Iterable[str] = [json.dumps({"text": text})] if text else watched(sys.stdin, "understanding")
    for line in run(lines, customers=known, why=why):
        print(line if not text else json.dumps(json.loads(line), ensure_ascii=False, indent=2), flush=not text)


@app.command()
def bench(quick: Annotated[bool, typer.Option("--quick", help="Under a minute.")] = False) -> None:
    """Measure speed beside its peers; needs the repository."""
    import subprocess

    root = Path(__file__).parents[1]
    if not (root / "benchmarks" / "__main__.py").exists():
        _fail("The benchmarks live in the repository; this is an installed package.")
    command = [sys.executable, "-m", "benchmarks", *(["--quick"] if quick else [])]
    raise typer.Exit(subprocess.run(command, cwd=root, check=False).returncode)  # noqa: S603 - our own program


def _settings() -> Settings:
    from pydantic import ValidationError

    from bot import logs
    from bot.settings import Settings

    try:
        settings = Settings()
    except ValidationError as problem:
        for error in problem.errors():
            print(f"{'_'.join(str(part) for part in error['loc']).upper()}: {error['msg']}", file=sys.stderr)
        _fail("A setting can't be used; .env.example explains each of them.")
    logs.set_up(settings.log_level)
    return settings


def _prepare(settings: Settings, *, demo: bool) -> bool:
    """Migrates, and founds the demo firm where it is wanted and there is none; True when it was founded."""
    from bot.app import open_store
    from flows.demo import found_demo

    database = open_store(settings.database_url)
    try:
        return database.write(found_demo).result() if demo else False
    finally:
        database.close()


def _ask(act: str, **arguments: Any) -> Any:
    from bot.local import Refused, ask

    try:
        return ask(_settings(), act, **arguments)
    except Refused as problem:
        _fail(str(problem))


def _print_invitation(told: dict[str, Any], command: str) -> None:
    print(f"For {told['whom']} at {told['firm']}, once and for seven days:")
    print(f"  code  {told['code']}")
    for address in told["links"]:
        print(f"  link  {address}")
    print(f"The code can also be sent to the bot: {command} {told['code']}")


def _fail(sentence: str) -> Any:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)
