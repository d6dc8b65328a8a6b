"""What every command needs: the settings, an answer of the running service, and a way to say no."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

Firm = Annotated[str, typer.Option("--workspace", help="The firm's name or number; the first one by default.")]


def configured() -> Settings:
    """Those of this machine; ends the command when one can't be used."""
    from pydantic import ValidationError

    from bot import logs
    from bot.settings import Settings

    try:
        found = Settings()
    except ValidationError as problem:
        for error in problem.errors():
            print(f"{'_'.join(str(part) for part in error['loc']).upper()}: {error['msg']}", file=sys.stderr)
        fail("A setting can't be used; .env.example explains each of them.")
    logs.set_up(found.log_level)
    return found


def asked(act: str, **arguments: Any) -> Any:
    """Has it done by the running service, or here when none runs."""
    from bot.local import ask

    with refused():
        return ask(configured(), act, **arguments)


@contextmanager
def refused() -> Iterator[None]:
    """Ends the command with the sentence of a refusal."""
    from bot.local import Refused

    try:
        yield
    except Refused as problem:
        fail(str(problem))


def secret(question: str) -> str:
    """Typed unseen, or from standard input."""
    return str(typer.prompt(question, hide_input=True)) if sys.stdin.isatty() else sys.stdin.readline()


def print_invitation(told: dict[str, Any]) -> None:
    print(f"For {told['whom']} at {told['firm']}, once and for seven days:")
    print(f"  code  {told['code']}")
    for address in told["links"]:
        print(f"  link  {address}")
    print(f"The code can also be sent to the bot: /start {told['code']}")


def fail(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)
