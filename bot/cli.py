"""The command line; whatever is heavy is imported inside the command that needs it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.carrying import Arrived
    from bot.settings import Settings

FIRM = "The firm's name or number; the first one by default."
WAITING = "Messages that wait go along; only when this service never sends them itself."
KEY = "One of them, as `parked list` names it; all without."
CHECKS = 15
"""Seconds to wait for what Telegram says of a token."""

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
workspace = typer.Typer(help="Several firms in one service, which never see one another.", no_args_is_help=True)
app.add_typer(workspace, name="workspace")
survey = typer.Typer(help="Surveys from files.", no_args_is_help=True)
app.add_typer(survey, name="survey")


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
def link(
    member: Annotated[str, typer.Option("--member", "--as", help="Whose pages; the owner's by default.")] = "",
    workspace: Annotated[str, typer.Option(help=FIRM)] = "",
) -> None:
    """Print a link that opens the pages once."""
    told = _ask("link", member=member, workspace=workspace)
    if not told["ran"]:
        _fail("The service has never run here, so nobody knows where its pages are. Start it first.")
    if not told["link"]:
        _fail(f"The pages are the first firm's. {told['firm']} has its bots: python -m bot workspace list")
    print(f"{told['link']}\nIt signs {told['member']} in, once.")


@workspace.command("add")
def workspace_add(
    name: Annotated[str, typer.Argument(help="What the firm is called.")],
    country: Annotated[str, typer.Option(help="Where it is; the first firm's country by default.")] = "",
    language: Annotated[str, typer.Option(help="en or zh.")] = "",
    zone: Annotated[str, typer.Option(help="Its time zone, as in Europe/Berlin.")] = "",
) -> None:
    """Another firm: prints the code with which its owner comes in, who is asked the rest in chat."""
    told = _ask("workspace-add", name=name, country=country, language=language, zone=zone)
    print(f"{told['firm']} is workspace {told['number']}. Next: python -m bot workspace bot {told['number']}")
    _print_invitation(told, "/start")


@workspace.command("list")
def workspace_list() -> None:
    """Every firm, with its members and bots."""
    for row in _ask("workspace-list"):
        print(f"{row['number']}  {row['name']}  members: {row['members']}  bots: {', '.join(row['bots']) or 'none'}")


@workspace.command("bot")
def workspace_bot(
    name: Annotated[str, typer.Argument(help="The firm's name or number.")],
    side: Annotated[str, typer.Option(help="staff or customers: whom it talks to.")] = "staff",
) -> None:
    """Its first Telegram bot: asks for the token, which is sealed; more are connected in chat."""
    import time

    token = typer.prompt("Token of the bot", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    kind = {"staff": "member", "customers": "customer"}.get(side, side)
    account = _ask("workspace-bot", workspace=name, platform="telegram", side=kind, token=token)["account"]
    for _ in range(CHECKS):
        told = _ask("workspace-bot-state", workspace=name, account=account)
        if told["state"] != "checking":
            break
        time.sleep(1)
    if told["state"] == "refused":
        _fail("Telegram does not know this token, or the bot is connected already: copy the token again.")
    handle = f"https://t.me/{told['handle']}" if told["handle"] else "It is looked at as soon as the service runs."
    print(handle)


@workspace.command("export")
def workspace_export(
    name: Annotated[str, typer.Argument(help="The firm's name or number.")],
    file: Annotated[Path, typer.Argument(help="Where to, as firm.zip.")],
    keep_waiting: Annotated[bool, typer.Option("--keep-waiting", help=WAITING)] = False,
) -> None:
    """Write one firm into a file, with its files, while the service runs; another service takes it in."""
    from bot.carrying import send_off
    from bot.local import Refused

    try:
        made, code = send_off(_settings(), name, file, waiting=keep_waiting)
    except Refused as problem:
        _fail(str(problem))
    print(f"{file}: {made.rows} rows in {len(made.parts)} tables, {made.files} files ({made.bytes} bytes).")
    if made.broken:
        print(f"The record of who did what does not fit from row {made.broken} on: python -m bot audit")
    print("It holds everything this firm knows. Tokens and secrets in it open only with this code, shown once:")
    print(f"  {code}")
    print("There: python -m bot workspace import FILE. Before it is resumed there, here: python -m bot workspace pause")


@workspace.command("import")
def workspace_import(
    file: Annotated[Path, typer.Argument(help="What `workspace export` has written.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look through it and say what would come.")] = False,
    code: Annotated[str, typer.Option(help="What the export printed; asked for without it.", envvar="CODE")] = "",
) -> None:
    """Take a firm in from a file. It arrives paused: nothing is sent and nothing rings before you resume it."""
    from bot.carrying import take_in
    from bot.local import Refused

    given = code or (typer.prompt("Code", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline())
    try:
        done = take_in(_settings(), file, given, dry=dry_run)
    except Refused as problem:
        _fail(str(problem))
    _print_arrived(done)


@workspace.command("pause")
def workspace_pause(name: Annotated[str, typer.Argument(help="The firm's name or number.")]) -> None:
    """Switch its bots off and hold what is due, until it is resumed here or elsewhere."""
    told = _ask("workspace-pause", workspace=name)
    print(f"{told['firm']} rests: {told['bots']} bots are off. Go on: python -m bot workspace resume {told['number']}")


@workspace.command("resume")
def workspace_resume(name: Annotated[str, typer.Argument(help="The firm's name or number.")]) -> None:
    """Switch its bots on again; what came due meanwhile comes now."""
    told = _ask("workspace-resume", workspace=name)
    print(f"{told['firm']} goes on: {told['bots']} bots are switched on.")


@invite.command("member")
def invite_member(
    role: Annotated[str, typer.Option(help="owner, manager, rep or viewer.")] = "rep",
    workspace: Annotated[str, typer.Option(help=FIRM)] = "",
) -> None:
    """Somebody of your firm."""
    _print_invitation(_ask("invite-member", role=role, workspace=workspace), "/start")


@invite.command("customer")
def invite_customer(
    name: Annotated[str, typer.Argument(help="As it stands in the customer file.")],
    workspace: Annotated[str, typer.Option(help=FIRM)] = "",
) -> None:
    """A customer: a personal link for one person."""
    told = _ask("invite-customer", customer=name, workspace=workspace)
    if told["new"]:
        print(f"{told['whom']} was not in the customer file, and is now.")
    _print_invitation(told, "/start")


@parked.command("list")
def parked_list(workspace: Annotated[str, typer.Option(help=FIRM)] = "") -> None:
    """Which updates wait, since when, and why; their words stay in the database."""
    found = _ask("parked", workspace=workspace)
    for row in found:
        why = "is handled again within seconds" if row["waits"] else row["error"]
        print(f"{row['account']}  {row['key']}  {row['received']}  {why}")
    if not found:
        print("Nothing is parked.")


@survey.command("apply")
def survey_apply(
    file: Annotated[Path, typer.Argument(help="YAML: one survey, or several with --- between them.")],
    workspace: Annotated[str, typer.Option(help=FIRM)] = "",
) -> None:
    """Publish what the file says; a file with a fault changes nothing and says the line."""
    try:
        content = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        _fail(f"{file} can't be read: {problem}")
    for row in _ask("survey-apply", workspace=workspace, content=content):
        done = "is published" if row["changed"] else "is as the file says already"
        print(f"{row['name']} (edition {row['edition']}, questions: {row['questions']}) {done}.")


@app.command("import")
def import_sheet(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would become of each row.")] = False,
    also: Annotated[list[str] | None, typer.Option(help="owner, stage, tier or stopped: take this column too.")] = None,
) -> None:
    """Take customers in from a sheet; rows that can't come in are written beside it, with the reason."""
    from bot.importing import Unread, import_file

    try:
        import_file(_settings(), file, dry=dry_run, also=also or [], say=print)
    except (Unread, OSError) as problem:
        _fail(str(problem))


@app.command("audit")
def audit() -> None:
    """Look through the record of who did what: whether each row is as it was when it was sealed."""
    from bot.auditing import look_through
    from bot.local import Refused

    try:
        found = look_through(_settings())
    except Refused as problem:
        _fail(str(problem))
    for one in found:
        broken = f"row {one['broken']} {one['why']}" if one["broken"] else "all as it was sealed"
        print(f"{one['workspace']}  {one['rows']} rows  {broken}  head {one['head'][:16] or '-'}")
    raise typer.Exit(1 if any(one["broken"] for one in found) else 0)


@app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(help="Where to, as .tar or .tar.gz; a folder: with today's name in it.")],
) -> None:
    """Write everything into one file while the service runs: the database, the files, and what was counted."""
    from bot.backup import back_up
    from bot.local import Refused

    try:
        path, made = back_up(_settings(), file)
    except Refused as problem:
        _fail(str(problem))
    print(f"{path}: {made.rows} rows in {len(made.counts)} tables, {made.files} files.")
    print("It holds everything that the firm knows" + (", and the key of its bots' tokens" if made.key else "") + ".")


@app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(help="What `backup` has written.")],
    force: Annotated[bool, typer.Option("--force", help="Also in the place of data that is here.")] = False,
) -> None:
    """Put a backup back, while the service is stopped. Who was erased since is erased again."""
    from bot import backup as backups
    from bot.local import Refused

    try:
        done = backups.restore(_settings(), file, force=force)
    except Refused as problem:
        _fail(str(problem))
    print(f"Back as of {done.manifest.made}: {done.manifest.rows} rows, {done.manifest.files} files.")
    if done.erased:
        print(f"Erased again: {done.erased} who asked for it after this backup was made.")


@parked.command("replay")
def parked_replay(
    key: Annotated[str, typer.Argument(help=KEY)] = "",
    workspace: Annotated[str, typer.Option(help=FIRM)] = "",
) -> None:
    """Have them handled again, once what was wrong is mended; the running service does so within seconds."""
    print(f"Handled again: {_ask('replay', workspace=workspace, key=key)['replayed']}.")


@parked.command("drop")
def parked_drop(
    key: Annotated[str, typer.Argument(help=KEY)] = "",
    every: Annotated[bool, typer.Option("--all", help="Every one of them.")] = False,
    workspace: Annotated[str, typer.Option(help=FIRM)] = "",
) -> None:
    """Give them up: they are never handled, even if the platform sends them again."""
    if bool(key) == every:
        _fail("Which one? A key of `parked list`, or --all.")
    print(f"Dropped: {_ask('drop', workspace=workspace, key=key)['dropped']}.")


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


def _print_arrived(done: Arrived) -> None:
    head = "Looked through, nothing was changed: it would be" if done.dry else "It is"
    print(f"{head} workspace {done.number}, with {done.rows} rows and {done.files} files.")
    if done.copied:
        print("The same firm is here already, so this is a copy: links and buttons of the other are not its own.")
    if done.left:
        print(f"Left out: {done.left} links and keys that are in use here.")
    if done.renumbered:
        print(
            "Its numbers are in use here, so its rows got new ones; buttons on older messages say that they are gone."
        )
    if done.erased:
        print(f"Erased again: {done.erased} who asked for it after this file was made.")
    for bot in done.needs:
        print(f"{bot} needs its token here: python -m bot workspace bot {done.number}")
    if not done.dry:
        print(f"It is paused. When it rests where it came from: python -m bot workspace resume {done.number}")


def _print_invitation(told: dict[str, Any], command: str) -> None:
    print(f"For {told['whom']} at {told['firm']}, once and for seven days:")
    print(f"  code  {told['code']}")
    for address in told["links"]:
        print(f"  link  {address}")
    print(f"The code can also be sent to the bot: {command} {told['code']}")


def _fail(sentence: str) -> Any:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)
