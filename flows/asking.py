"""Running a command: reads its arguments, asks for what is missing, offers buttons where several fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.core.messages import Command, Option, Reply, Said
from bot.core.text import Part, Text, code, lines
from bot.core.text import gettext as _
from flows.answered import NAMES, chosen_of, is_no_answer, is_reminder_anew, is_whole, read
from flows.arguments import READERS, Found, Missing, Rest, Several, Unreadable, When, kept, revive
from flows.customers.sight import not_yours, sees
from flows.replies import below, settled
from flows.router import (
    COMMANDS,
    DIALOGS,
    EVERYONE,
    MEMBERS,
    NOT_MINE,
    Parameter,
    Route,
    RouteError,
    Wants,
    dialog,
    press,
)
from flows.turn import Turn
from store.models import Customer, Member

QUESTIONS: Mapping[Any, Text] = {
    Customer: _("Which customer?"),
    Member: _("Which colleague?"),
    When: _("When? For example “tomorrow 9:00” or “Fri 3pm”."),
}
_LINK = re.compile(r"^(?:(?:and|with|into|&|\+|和|与|跟|及)\s+|[:：]\s*|[-–—]\s+)", re.IGNORECASE)
"""What stands between two names, or between a name and what is said of it."""
ARGUMENTS: Mapping[str, Text] = {
    "facts": _("name, contact and phone"),
    "name": _("name"),
    "role": _("role"),
    "text": _("text"),
    "time": _("time of day"),
    "when": _("time"),
    "words": _("words"),
    "zone": _("time zone"),
}
"""What an argument is called when somebody is asked for it."""


def run(turn: Turn, route: Route, typed: str) -> Any:
    """Reads the arguments from what was typed and calls the handler, or asks."""
    if not route.rooms and not turn.private:
        return _("Please write me that in our private chat.")
    turn.action = f"command:{route.name}"
    outcome = _read_on(turn, route, {}, typed)
    return outcome if route.name in _IN_PLACE else _below(turn, outcome)


_IN_PLACE = frozenset({"undo", "redo"})
"""What becomes of these is seen on the card that they are about."""


def _below(turn: Turn, outcome: Any) -> Any:
    """What somebody asks for is shown under their words, also where its card stands farther up already."""
    typed = turn.event is not None and isinstance(turn.event.body, Said | Command) and turn.event.page is None
    return below(turn, outcome) if typed and isinstance(outcome, Reply) and outcome.to is None else outcome


def _read_on(turn: Turn, route: Route, values: dict[str, Any], typed: str) -> Any:
    for parameter in route.parameters:
        if parameter.name in values:
            continue
        reader = READERS.get(parameter.kind)
        if reader is None:
            raise RouteError(f"/{route.name}: nobody reads {parameter.kind}")
        outcome = reader(turn, typed)
        if isinstance(outcome, Found):
            values[parameter.name], typed = outcome.value, outcome.rest
            if parameter.kind is Customer:
                typed = _LINK.sub("", typed)
        elif parameter.optional and isinstance(outcome, Missing | Unreadable) and parameter.kind is not Member:
            continue
        else:
            return _ask(turn, route, values, parameter, outcome, _draft(route, values, typed, parameter, outcome))
    if typed and not any(parameter.kind is Rest for parameter in route.parameters):
        return lines(_("I did not understand “{rest}”.", rest=typed[:60]), _usage(route))
    if route.name != "cancel":
        _close(turn, route)
        _put_aside(turn, route)
    return route.act(turn, **values)


_IN_PASSING = frozenset({"help", "language", "undo", "redo"})
"""What one may ask for while a question is open, and answer it then."""


def _put_aside(turn: Turn, route: Route) -> None:
    """A line whose customer was asked for waits for its buttons from here on: what is typed next is no answer to it."""
    state = turn.conversation.dialog if turn.conversation else None
    if state and state.get("kind") == "log" and route.name not in _IN_PASSING:
        turn.remember(None)


def ask_more(turn: Turn, name: str, values: dict[str, Any], argument: str, question: Text) -> Any:
    """A command that could run asks all the same for what makes it worth running."""
    route = COMMANDS[name]
    parameter = next(p for p in route.parameters if p.name == argument)
    return _ask(turn, route, values, parameter, Missing(), "", question)


def _draft(route: Route, values: Mapping[str, Any], typed: str, parameter: Parameter, outcome: Any) -> str:
    """What was typed beyond this argument, when an argument after it can take it: nothing is typed twice."""
    if isinstance(outcome, Missing):
        return typed
    later = [p for p in route.parameters if p.name not in values and p != parameter]
    return str(outcome.rest) if later or isinstance(outcome, Several) else ""


def _ask(
    turn: Turn, route: Route, values: dict[str, Any], parameter: Parameter, outcome: Any, draft: str,
    question: Text | None = None,
) -> Any:  # fmt: skip
    """The question for one argument; what is known already waits in the conversation's row."""
    why: Part | None = outcome.why if isinstance(outcome, Unreadable) else None
    if not turn.private:
        return lines(why or _("“{argument}” is missing.", argument=_called(parameter)), _usage(route))
    turn.remember(
        {
            "kind": "command",
            "command": route.name,
            "values": {name: kept(value) for name, value in values.items()},
            "asking": parameter.name,
            "typed": draft,
            "choices": [id for id, _label in outcome.choices] if isinstance(outcome, Several) else [],
        }
    )
    cancel = Option(_("Cancel"), "cancel")
    timed = parameter.kind is When and turn.member is not None
    soon = tuple(Option(label, f"pick-time:{span}") for span, (label, _words) in _SOON.items()) if timed else ()
    if isinstance(outcome, Several):
        picks = tuple(Option(label, f"pick:{id}", wide=True) for id, label in outcome.choices)
        return Reply(lines(QUESTIONS.get(parameter.kind, _("Which one?"))), (*picks, cancel))
    if parameter.kind is Rest and parameter.name in ("words", "text"):
        question = question or _("That needs a few more words.")
    question = question or QUESTIONS.get(parameter.kind, _("Please give “{argument}”.", argument=_called(parameter)))
    return Reply(lines(why, question, _usage(route)), (*soon, cancel))


_SOON: Mapping[str, tuple[Text, str]] = {
    "hour": (_("In an hour"), "in 1 hour"),
    "day": (_("Tomorrow 9:00"), "tomorrow 9:00"),
    "week": (_("Monday 9:00"), "next Monday 9:00"),
}
"""Times to pick, and the words they stand for."""


def _called(parameter: Parameter) -> Part:
    return ARGUMENTS.get(parameter.name, parameter.name)


def _usage(route: Route) -> Text:
    return _("Example: {example}", example=code(route.example or route.usage))


@dialog("command", for_=EVERYONE, wants="text")
def fill(turn: Turn, state: Mapping[str, Any], said: Said) -> Any:
    """The answer to the question for an argument; a whole new sentence is taken as one instead."""
    if (asked := _asked(state)) is None:
        _close(turn)
        return NOT_MINE
    route, parameter = asked
    values = _revived(turn, route, state)
    if values is None:
        _close(turn)
        return _("What this was about is gone. Please start again.")
    turn.action = f"command:{route.name}"
    if (chosen := chosen_of(state.get("choices", ()), said.text)) is not None:
        return pick(turn, chosen)
    outcome = read(turn, parameter, state, said.text)
    whole = is_whole(turn, parameter, outcome, said.text)
    if not whole and is_reminder_anew(turn, route, parameter, said.text):
        _close(turn)
        return NOT_MINE
    if not whole and is_no_answer(turn, state, parameter, outcome, said.text):
        _wait(turn, state, parameter)
        return NOT_MINE
    if "waits" in state and isinstance(outcome, Missing | Unreadable):
        return NOT_MINE
    if isinstance(outcome, Found):
        return _read_on(
            turn, route, {**values, parameter.name: outcome.value}, f"{outcome.rest} {state['typed']}".strip()
        )
    more = "" if isinstance(outcome, Unreadable) else outcome.rest if isinstance(outcome, Several) else said.text
    return _ask(turn, route, values, parameter, outcome, f"{more} {state['typed']}".strip())


def _asked(state: Mapping[str, Any]) -> tuple[Route, Parameter] | None:
    """The command whose argument an open talk asks for; None in other talks, and where an older version asked."""
    route = COMMANDS.get(state.get("command", ""))
    parameter = next((p for p in route.parameters if p.name == state["asking"]), None) if route else None
    return (route, parameter) if route and parameter else None


def _wait(turn: Turn, state: Mapping[str, Any], parameter: Parameter) -> None:
    """The question waits for a name or a time; what can't be read as one is none from here on."""
    if parameter.kind in (*NAMES, When):
        turn.remember({**state, "waits": True})
    else:
        _close(turn)


def may_order(turn: Turn, said: Said) -> bool:
    """Whether a member's sentence is heard as an order: not in a command, nor where words are asked for."""
    if not turn.private or said.forwarded_from or said.answers:
        return False
    if turn.event is None or not isinstance(turn.event.body, Said):
        return False
    state = turn.conversation.dialog if turn.conversation else None
    talk = DIALOGS.get(state["kind"]) if state else None
    if (
        state is None
        or talk is None
        or talk.name in ("log", "listed")
        or (talk.name != "command" and talk.wants in _SHORT)
    ):
        return True
    return talk.name == "command" and wants_of(talk, state) == "value"


_SHORT = ("value", "words", "reason")


def wants_of(route: Route, state: Mapping[str, Any]) -> Wants:
    """What the open question wants; of a command, by the argument that is asked for."""
    if route.name != "command":
        return state.get("wants") or route.wants
    asked = _asked(state)
    if asked is None or asked[1].kind is not Rest:
        return "value"
    return "text" if state["command"] in _TEXTS else "words"


_TEXTS = frozenset({"article", "ask", "event", "log", "push", "question", "tell", "write"})
"""Commands whose words are a text, or a question."""


def is_named(turn: Turn, state: Mapping[str, Any], words: str) -> bool:
    """Whether this is the name that a command asks for, whatever else it means: firms are called Later and OK too."""
    asked = _asked(state)
    kind = asked[1].kind if asked else None
    if kind is Customer:
        return bool(turn.work.search.named([words.strip()]))
    return kind is Member and isinstance(READERS[Member](turn, words), Found)


@press("pick", for_=EVERYONE)
def pick(turn: Turn, id: int) -> Any:
    """One of several was meant."""
    state = turn.conversation.dialog if turn.conversation else None
    asked = _asked(state) if state and state.get("kind") == "command" else None
    if state is None or asked is None:
        return settled()
    route, parameter = asked
    values = _revived(turn, route, state)
    chosen = revive(turn, parameter.kind, id)
    if isinstance(chosen, Customer) and not sees(turn, chosen):
        return Reply(not_yours(turn), toast=True)
    if values is None or chosen is None:
        return Reply(_("What this was about is gone. Please start again."), toast=True)
    turn.action = f"command:{route.name}"
    return _read_on(turn, route, {**values, parameter.name: chosen}, state["typed"])


@press("pick-time", for_=MEMBERS)
def pick_time(turn: Turn, span: str) -> Any:
    """One of the times that were offered, as if it had been typed."""
    state = turn.conversation.dialog if turn.conversation else None
    if state is None or state.get("kind") != "command" or span not in _SOON:
        return settled()
    answer = fill(turn, state, Said(_SOON[span][1]))
    return settled() if answer is NOT_MINE else answer


def _revived(turn: Turn, route: Route, state: Mapping[str, Any]) -> dict[str, Any] | None:
    kinds = {p.name: p.kind for p in route.parameters}
    values = {name: revive(turn, kinds[name], value) for name, value in state["values"].items()}
    return None if None in values.values() else values


def _close(turn: Turn, route: Route | None = None) -> None:
    """The question for an argument is over; it waits where somebody only looks something up."""
    state = turn.conversation.dialog if turn.conversation else None
    looks = route is not None and state is not None and route.name in _LOOKS and state.get("command") != route.name
    if state and state.get("kind") == "command" and not looks:
        turn.remember(None)


_LOOKS = frozenset(
    {"help", "history", "members", "orders", "pipeline", "promises", "reminders", "team", "today", "who"}
)
