"""`python -m bot invite …`: a code and the links that carry it."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.asking import Firm, asked, print_invitation

app = typer.Typer(help="Let somebody in: prints a code and the links that carry it.", no_args_is_help=True)


@app.command("member")
def invite_member(
    role: Annotated[str, typer.Option(help="owner, manager, rep or viewer.")] = "rep",
    workspace: Firm = "",
) -> None:
    """Somebody of your firm."""
    print_invitation(asked("invite-member", role=role, workspace=workspace))


@app.command("customer")
def invite_customer(
    name: Annotated[str, typer.Argument(help="As it stands in the customer file.")],
    workspace: Firm = "",
) -> None:
    """A customer: a personal link for one person."""
    told = asked("invite-customer", customer=name, workspace=workspace)
    if told["new"]:
        print(f"{told['whom']} was not in the customer file, and is now.")
    print_invitation(told)
