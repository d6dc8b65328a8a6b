"""From the words to a promise that stands: what by when, what the week holds already, and the card of what was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines
from bot.core.text import gettext as _
from flows.promises import actions, cards
from flows.promises.parts import Piece, clauses, sentences
from flows.promises.rules import bare
from flows.reminders.rules import instant
from flows.turn import Turn
from flows.understanding import Context, read_time
from store.models import Customer

EVENING = time(18)
MOST = 8
"""Parts of one promise; more are a plan, not a promise."""


def parts_in(turn: Turn, words: str) -> tuple[list[Piece], str]:
    """What has a day of its own, and the words that have none; commas part only what is dated throughout."""
    pieces = sentences(words)
    split = [what_and_when(turn, piece) for piece in clauses(words)] if len(pieces) == 1 else []
    if len(split) < 2 or not all(due for _what, due in split):
        split = [what_and_when(turn, piece) for piece in pieces]
    parts = [Piece(what, due) for what, due in split if due is not None]
    return parts[:MOST], ". ".join(what for what, due in split if due is None)


def what_and_when(turn: Turn, words: str) -> tuple[str, datetime | None]:
    """What is promised, and the end of the day by which."""
    found = read_time(words, Context(now=turn.local, country=turn.workspace.country, language=turn.language))
    if found is None:
        return bare(words), None
    start, end = found.span
    what = bare(" ".join((bare(words[:start]) + " " + words[end:]).split()))
    if isinstance(found.start, datetime):
        return what, found.start
    wall = datetime.combine(found.start, time.fromisoformat(found.at) if found.at else EVENING)
    return what, instant(wall, turn.zone)


def passed() -> Text:
    """A day that can't be promised."""
    return lines(
        _("That day has passed already."), _("Example: {example}", example=code(_("/promise Acme sample by 12 May")))
    )


def begin(turn: Turn, customer: Customer) -> Reply:
    """Three steps before a promise: what is needed, said again, proposed."""
    turn.remember({"kind": "promise", "step": "need", "customer": customer.id})
    return Reply(
        lines(bold(_("1 of 3 · What does {name} need?", name=customer.name)), _("In their words, and why.")),
        (Option(_("Cancel"), "cancel"),),
    )


def weigh(turn: Turn, customer: Customer, parts: Sequence[Piece], details: str) -> Reply | Text:
    """The load of each week, and the choice."""
    if any(part.due and part.due <= turn.now for part in parts):
        return passed()
    kept = [[part.what, part.due.isoformat() if part.due else ""] for part in parts]
    about = {"customer": customer.id, "parts": kept, "details": details}
    turn.remember({"kind": "promise", "step": "weigh", "wants": "yes", **about})
    loads = [actions.week_load(turn, part.due) for part in parts if part.due]
    return cards.weighing("promising", customer, parts, loads, delivery=bool(actions.rooms(turn)))


def made(turn: Turn, customer: Customer, parts: Sequence[Piece], details: str) -> Reply:
    """The card of what now stands: one promise, or one for each part, undone together."""
    several = len(parts) > 1
    promised = []
    for n, part in enumerate(parts, 1):
        told = f"{n}/{len(parts)} · {details}".removesuffix(" · ") if several else details
        promised.append(actions.promise(turn, customer, part.what, part.due, details=told))
    what = "; ".join(part.what for part in parts)
    shown = cards.staged(turn, customer, promised) if several else cards.own_card(turn, promised[0])
    turn.did(_("promise to {name}: {what}", name=customer.name, what=what), shown.card)
    return shown
