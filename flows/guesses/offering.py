"""A question that nobody could take gets the list that it names; an order, the commands that it may mean."""

from __future__ import annotations

import re
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import code, lines
from bot.core.text import gettext as _
from flows.arrival import refusal, role_of
from flows.asking import run
from flows.guesses.rules import about, asks
from flows.router import COMMANDS
from flows.turn import Turn
from flows.understanding.straight import straight

_AROUND = re.compile(r"^\W*(?:what(?:'s| is| are)?|how|who|where|is|our|the)\s+|[?!. ]+$")
"""What stands around the thing that a question asks after."""


def shown(turn: Turn, words: str) -> Any:
    """The list that a question asks for; None where it names nothing that a command shows."""
    for name in about(words)[:1]:
        command, _space, rest = name.partition(" ")
        if (refused := refusal(turn, COMMANDS[command])) is not None:
            return refused
        optional = all(one.optional for one in COMMANDS[command].parameters)
        rest = _AROUND.sub("", straight(words)) if name == "kb" else rest
        if (optional or rest) and asks(words):
            return run(turn, COMMANDS[command], rest)
    return None


def picks(turn: Turn, words: str) -> tuple[Option, ...]:
    """Buttons that get on with it, beside what else is offered."""
    names = dict.fromkeys(name.split()[0] for name in about(words))
    may = [name for name in names if role_of(turn) in COMMANDS[name].for_]
    return tuple(Option(COMMANDS[name].help, f"guess:{name}", wide=True) for name in may)


def offered(turn: Turn, words: str, *more: Option) -> Reply | None:
    """The commands that it may be about, with how each is said; None where it is about none."""
    options = picks(turn, words)
    if not options:
        return None
    named = [COMMANDS[option.press.partition(":")[2]] for option in options]
    examples = [code(route.example or route.usage) for route in named]
    question = _("I am not sure what to do there. Do you mean one of these?")
    return Reply(lines(question, *examples), (*options, *more))
