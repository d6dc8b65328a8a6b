"""Before a promise: need, said again, proposed; then as it is, in parts, on another day, or a kind no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.errors import TooLate
from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, bold, code, lines, quote
from bot.core.text import gettext as _
from flows.activities.smalltalk import agrees, says_nothing
from flows.arguments import READERS, Found, When
from flows.promises import actions
from flows.promises.parts import Piece, named
from flows.promises.presses import move
from flows.promises.proposing import made, parts_in, weigh, what_and_when
from flows.router import EDITORS, NOT_MINE, dialog, press
from flows.turn import Turn
from store.models import Customer


@dialog("promise", for_=EDITORS)
def talk(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """One question at a time."""
    return _STEPS[state["step"]](turn, state, said)


def _need(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply:
    turn.remember({**state, "step": "result", "need": said.text.strip()[:500]})
    return Reply(
        lines(
            bold(_("2 of 3 · Say it again to them:")),
            quote(_("So you need: {need}. Is that right?", need=said.text.strip()[:300])),
            _("When must it be there, how much depends on it, and what would be a good result for them?"),
        ),
        (Option(_("Cancel"), "cancel"),),
    )


def _result(turn: Turn, state: Mapping[str, Any], said: Said) -> Reply:
    _rest, due = what_and_when(turn, said.text)
    details = {"result": said.text.strip()[:500], "due": due.isoformat() if due else ""}
    turn.remember({**state, "step": "risk", "wants": "verdict", **details})
    return Reply(
        lines(
            bold(_("3 of 3 · What can go wrong?")),
            _("And what do you promise exactly, by which day? Whatever is uncertain can come in parts."),
        ),
        (
            Option(_("In parts"), "promising:parts"),
            Option(_("Say no"), "promising:no"),
            Option(_("Cancel"), "cancel"),
        ),
    )


def _risk(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """Sentences with a day are promised, the others are what can go wrong."""
    customer = _customer(turn, state)
    nothing = says_nothing(said.text) or agrees(said.text) or _NO_RISK.fullmatch(said.text.strip()) is not None
    parts, risk = parts_in(turn, "" if nothing else said.text)
    if not parts:
        parts, risk = [Piece(risk or state["need"], datetime.fromisoformat(state["due"]) if state["due"] else None)], ""
    details = f"{state['need']} → {state['result']}" + (f" ⚠ {risk}" if risk else "")
    parts = named(parts, state["need"])
    if parts[0].due is None:
        turn.remember(None)
        return made(turn, customer, parts, details)
    return weigh(turn, customer, parts, details)


_NO_RISK = re.compile(
    r"(?:no|none|nope|no risks?|not much|not a lot|无|没有?(?:什么)?(?:风险|问题)?)[.。!！]*", re.IGNORECASE
)


def _weigh(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """Other days, or parts, or a plain yes, instead of a button."""
    if agrees(said.text):
        return promising(turn, "yes")
    parts, others = parts_in(turn, said.text)
    if len(parts) > 1 and not others:
        return _parts(turn, state, said)
    outcome = READERS[When](turn, said.text)
    if not isinstance(outcome, Found) or _FILLING.sub("", outcome.rest).strip(" ,.!，。！吧"):
        turn.remember(None)
        return NOT_MINE
    return weigh(turn, _customer(turn, state), [Piece(state["parts"][0][0], outcome.value.due)], state["details"])


_FILLING = re.compile(
    r"(?<![a-z])(?:make it|let'?s say|let us say|by|on|till|until|then|rather|instead|better|ok|please|is fine|works)"
    r"(?![a-z])"
    r"|改为|改成|改到|那就|还是|之前|前|好了|可以",
    re.IGNORECASE,
)
"""What may stand beside a day that is meant as an answer; any other sentence is one of its own."""


def _parts(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """One promise for each part."""
    parts, others = parts_in(turn, said.text)
    if len(parts) < 2 or others:
        problem = _("I found no day in “{words}”.", words=others[:60]) if others else _("One part is not enough.")
        return lines(problem, *_parts_asked())
    about = state["parts"][0][0] if state.get("parts") else state.get("need", "")
    details = state.get("details") or f"{state.get('need', '')} → {state.get('result', '')}".strip(" →")
    return weigh(turn, _customer(turn, state), named(parts, about), details)


def _parts_asked() -> tuple[Text, Text]:
    return _("Which part by which day? One line each."), code(_("10 samples by Fri\n40 samples by 20 March"))


def _day(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    _what, due = what_and_when(turn, said.text)
    if due is None:
        return lines(_("I could not read a day there."), _("Example: {example}", example=code(_("next Fri"))))
    turn.remember(None)
    return move(turn, actions.found(turn, state["promise"]), due)


_STEPS = {"need": _need, "result": _result, "risk": _risk, "weigh": _weigh, "parts": _parts, "day": _day}


@press("promising")
def promising(turn: Turn, choice: str) -> Reply | Text:
    """What to do, before it is promised or after the load of the week was shown."""
    state = turn.conversation.dialog if turn.conversation else None
    if state is None or state.get("kind") != "promise":
        raise TooLate(_("That is settled already."))
    customer, parts = _customer(turn, state), state.get("parts") or []
    if choice == "no":
        turn.remember(None)
        return lines(
            bold(_("A kind no:")),
            quote(
                _("I would rather not promise what we might not keep. I look for another way and call you tomorrow.")
            ),
        )
    if choice == "parts" or (choice == "day" and len(parts) > 1):
        turn.remember({**state, "step": "parts"})
        return Reply(lines(*_parts_asked()), (Option(_("Cancel"), "cancel"),))
    if choice == "day" or not parts:
        return Reply(lines(_("By when instead?"), code(_("next Fri"))), (Option(_("Cancel"), "cancel"),))
    turn.remember(None)
    kept = [Piece(what, datetime.fromisoformat(due)) for what, due in parts]
    return made(turn, customer, kept, state["details"])


def _customer(turn: Turn, state: Mapping[str, Any]) -> Customer:
    customer = turn.work.customers.get(state["customer"])
    if customer is None:
        turn.remember(None)
        raise TooLate(_("What this was about is gone. Please start again."))
    return customer
