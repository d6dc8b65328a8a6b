"""`python -m bot workspace …`: several firms in one service."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.asking import asked, configured, fail, print_invitation, refused, secret

if TYPE_CHECKING:
    from bot.carrying import Arrived

Name = Annotated[str, typer.Argument(help="The firm's name or number.")]
WAITING = "Messages that wait go along; only when this service never sends them itself."
CHECKS = 15
"""Seconds to wait for what Telegram says of a token."""

app = typer.Typer(help="Several firms in one service, which never see one another.", no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What the firm is called.")],
    country: Annotated[str, typer.Option(help="Where it is; the first firm's country by default.")] = "",
    language: Annotated[str, typer.Option(help="en or zh.")] = "",
    zone: Annotated[str, typer.Option(help="Its time zone, as in Europe/Berlin.")] = "",
) -> None:
    """Another firm: prints the code with which its owner comes in, who is asked the rest in chat."""
    told = asked("workspace-add", name=name, country=country, language=language, zone=zone)
    print(f"{told['firm']} is workspace {told['number']}. Next: python -m bot workspace bot {told['number']}")
    print_invitation(told)


@app.command("list")
def listed() -> None:
    """Every firm, with its members and bots."""
    for row in asked("workspace-list"):
        print(f"{row['number']}  {row['name']}  members: {row['members']}  bots: {', '.join(row['bots']) or 'none'}")


@app.command()
def bot(
    name: Name,
    side: Annotated[str, typer.Option(help="staff or customers: whom it talks to.")] = "staff",
) -> None:
    """Its first Telegram bot: asks for the token, which is sealed; more are connected in chat."""
    token = secret("Token of the bot")
    kind = {"staff": "member", "customers": "customer"}.get(side, side)
    account = asked("workspace-bot", workspace=name, platform="telegram", side=kind, token=token)["account"]
    for _ in range(CHECKS):
        told = asked("workspace-bot-state", workspace=name, account=account)
        if told["state"] != "checking":
            break
        time.sleep(1)
    if told["state"] == "refused":
        fail("Telegram does not know this token, or the bot is connected already: copy the token again.")
    handle = f"https://t.me/{told['handle']}" if told["handle"] else "It is looked at as soon as the service runs."
    print(handle)


@app.command()
def export(
    name: Name,
    file: Annotated[Path, typer.Argument(help="Where to, as firm.zip.")],
    keep_waiting: Annotated[bool, typer.Option("--keep-waiting", help=WAITING)] = False,
) -> None:
    """Write one firm into a file, with its files, while the service runs; another service takes it in."""
    from bot.carrying import send_off

    with refused():
        made, code = send_off(configured(), name, file, waiting=keep_waiting)
    print(f"{file}: {made.rows} rows in {len(made.parts)} tables, {made.files} files ({made.bytes} bytes).")
    if made.broken:
        print(f"The record of who did what does not fit from row {made.broken} on: python -m bot audit")
    print("It holds everything this firm knows. Tokens and secrets in it open only with this code, shown once:")
    print(f"  {code}")
    print("There: python -m bot workspace import FILE. Before it is resumed there, here: python -m bot workspace pause")


@app.command("import")
def take(
    file: Annotated[Path, typer.Argument(help="What `workspace export` has written.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look through it and say what would come.")] = False,
    code: Annotated[str, typer.Option(help="What the export printed; asked for without it.", envvar="CODE")] = "",
) -> None:
    """Take a firm in from a file. It arrives paused: nothing is sent and nothing rings before you resume it."""
    from bot.carrying import take_in

    given = code or secret("Code")
    with refused():
        done = take_in(configured(), file, given, dry=dry_run)
    _print_arrived(done)


@app.command()
def pause(name: Name) -> None:
    """Switch its bots off and hold what is due, until it is resumed here or elsewhere."""
    told = asked("workspace-pause", workspace=name)
    print(f"{told['firm']} rests: {told['bots']} bots are off. Go on: python -m bot workspace resume {told['number']}")


@app.command()
def resume(name: Name) -> None:
    """Switch its bots on again; what came due meanwhile comes now."""
    told = asked("workspace-resume", workspace=name)
    print(f"{told['firm']} goes on: {told['bots']} bots are switched on.")


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
