# ruff: noqa: E501 -- a rule is one line
"""Running a command: reads its arguments, asks for what is missing, offers buttons where several fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core.messages import Command, Option, Reply, Said
from bot.core.text import Part, Text, code, lines
from bot.core.text import gettext as _
from flows.activities.lines import meant, understood
from flows.activities.rules import names
from flows.arguments import READERS, Colleague, Found, Missing, Rest, Several, Unreadable, When, kept, revive
from flows.arrival import role_of
from flows.asides import asks, is_order, is_other, is_question, is_reminder, is_whole_reminder, without_filling
from flows.customers.names import may_be_a_name
from flows.customers.sight import not_yours, sees
from flows.replies import below, settled
from flows.router import (
    COMMANDS,
    DIALOGS,
    EDITORS,
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
from flows.understanding.characters import is_chinese
from store.models import Customer, Member

QUESTIONS: Mapping[Any, Text] = {
    Customer: _("Which customer?"),
    Member: _("Which colleague?"),
    When: _("When? For example “tomorrow 9:00” or “Fri 3pm”."),
}
_LINK = re.compile(r"^(?:and|with|into|&|\+|和|与|跟|及)\s+", re.IGNORECASE)
"""What stands between two names."""
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


def run_spoken(turn: Turn, route: Route, typed: str, said: str) -> Any:
    """The same for a sentence that begins with a command's word; NOT_MINE when it goes on as another sentence."""
    from flows.spoken.guessing import about, is_named

    kinds = [parameter.kind for parameter in route.parameters]
    if typed and turn.member is None and Rest not in kinds:
        return NOT_MINE  # "help us with the pump" is for a person
    if turn.member is not None and _ASKED_WHOLE.fullmatch(typed) and all(one.optional for one in route.parameters):
        typed = ""
    if typed and turn.member is not None and route.name not in ("remind", "task") and _tells(typed, said):
        return NOT_MINE  # "报价单已经发给王总了"
    if typed and turn.member is not None and turn.private and (Customer in kinds[:1] or route.name in _OF_CUSTOMER):
        typed = _of_the_last(turn, _TIE.sub("", typed))
        strange = len(kinds) > 1 and isinstance(READERS[Customer](turn, typed), Unreadable)
        if strange and is_named(said):
            return NOT_MINE
        typed = _customer_first(turn, typed) if strange else typed
    if typed and kinds == [Customer] and turn.member is not None and turn.private:
        outcome = READERS[Customer](turn, typed)
        if isinstance(outcome, Unreadable) and (is_question(turn, said) or not may_be_a_name(typed) or about(said)):
            return NOT_MINE
        if isinstance(outcome, Found) and outcome.rest:
            return NOT_MINE
    if route.name == "add" and turn.private and _NO_CUSTOMER.match(typed):
        return NOT_MINE
    if turn.member is not None and turn.private and is_told(turn, route, typed, said):
        return NOT_MINE
    return run(turn, route, typed)


_BEFORE_NAME = re.compile(r"\s*\b(?:for|to|with|at|from|of|on)\s*$", re.IGNORECASE)


def _customer_first(turn: Turn, typed: str) -> str:
    """ "A sample to Blue Ocean by Friday": who is meant stands first in every command, wherever it was said."""
    reading = understood(turn, typed, turn.at)
    known, customers = [one for one in names(reading) if one.id is not None], meant(turn, reading)
    if len(known) != 1 or len(customers) != 1:
        return typed
    start, end = known[0].place.start, known[0].place.end
    before = _THAT.sub("", _BEFORE_NAME.sub("", typed[:start]))
    return f'"{customers[0].name}" {before.strip()} {typed[end:].strip()}'


_REPORTS = re.compile(
    r"[,:;]|\s(?:told|said|sent|ready|interested|done|wants?|asked|went|are|is|was|were|has|have|looks?)\b",
    re.IGNORECASE,
)
_ABOUT_US = frozenset(
    ("export", "import", "leads", "results", "survey", "campaign", "trends", "queue", "load", "skills", "hours", "top", "goal", "week", "pipeline", "funnel", "promises", "contacts", "care")
)  # fmt: skip
"""Commands that are about no single customer."""


def is_told(turn: Turn, route: Route, typed: str, said: str) -> bool:
    """ "Export papers for Acme are ready", "add Acme wants blue ones": a line about somebody in the file is logged."""
    adds = route.name == "add" and not may_be_a_name(typed) and typed.islower()
    if not adds and not (route.name in _ABOUT_US and len(typed.split()) > 2 and _REPORTS.search(typed)):
        return False
    reading = understood(turn, said, turn.at)
    return not reading.question and any(one.id is not None for one in names(reading))


_OF_CUSTOMER = ("ticket", "openticket")
"""Commands whose words begin with a customer, though they read them themselves."""
_TIE = re.compile(r"^(?:for|to|on|about|with|from|of|at)\s+(?=\S)", re.IGNORECASE)
_THAT = re.compile(
    r"^(?:that|this|it|them|him|her|the same(?: one| customer)?|same customer)(?![\w'’-])[ ,:]*", re.IGNORECASE
)


def _of_the_last(turn: Turn, typed: str) -> str:
    """ "Open a ticket for that" is for the customer of whom something was logged just now."""
    from flows.activities.writing import lately

    match = _THAT.match(typed)
    last = lately(turn) if match and not names(understood(turn, typed, turn.at)) else []
    return f'"{last[0].name}" {typed[match.end() :]}'.strip() if match and last else typed


_NO_CUSTOMER = re.compile(
    r"(?:to |this |that |it |me |us |some |another |(?:an? |the |our |my )(?:new )?)(?!(?:new )?(?:customer|client|account|lead|prospect|compan|firm|contact|supplier|dealer|shop|person called)|(?-i:[A-Z]))",
    re.IGNORECASE,
)
""" "Add a new person to the team", "add to the faq": nobody is called so."""


_ASKED_WHOLE = re.compile(r"(?:现在|都)*(?:有哪些|有什么|是什么|是多少|多少|怎么样|有啥|是啥)[?？]*")
"""销售阶段有哪些: the whole is asked for."""
_TELLS = re.compile(r"(?:已经?|还没|没有?|刚|都|也)(?!有哪些|有什么)|(?:了(?!吗)|.*了[。！!]*$)", re.DOTALL)
"""How a Chinese line goes on that begins as a command does and tells what happened."""


def _tells(typed: str, said: str) -> bool:
    """No space stands between the command's word and the rest, which goes on as a sentence."""
    glued = is_chinese(typed[:1]) and is_chinese(said.strip().removesuffix(typed)[-1:])
    return glued and _TELLS.match(typed) is not None


def unknown_command(turn: Turn, name: str, rest: str = "") -> Any:
    """What can be said in words is done, though with a slash; else the nearest command this person may use."""
    from rapidfuzz import process

    from flows.spoken.commands import asked_for

    if rest and turn.private and role_of(turn) in EDITORS:
        outcome = asked_for(turn, Said(f"{name} {rest}"))
        if outcome is not NOT_MINE:
            return outcome
    if example := _IN_WORDS.get(name):
        return Reply(_("There is no /{name} here. Say it: {example}", name=name, example=code(example)))
    known = [route.name for route in COMMANDS.values() if role_of(turn) in route.for_ and route.listed]
    near = process.extractOne(name, known, score_cutoff=60) if known else None
    if near:
        return Reply(_("There is no /{name} here. Did you mean {near}?", name=name[:32], near=code(f"/{near[0]}")))
    return Reply(_("There is no /{name} here. {help} shows what there is.", name=name[:32], help=code("/help")))


_IN_WORDS = {
    **dict.fromkeys(("assign", "transfer", "owner", "reassign"), _("assign Acme to Ann")),
    "untag": _("untag Acme vip"),
}
"""What other systems have a command for, and is said in words here."""


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
    route = COMMANDS.get(state["command"])
    if route is None:
        _close(turn)
        return NOT_MINE
    parameter = next((p for p in route.parameters if p.name == state["asking"]), None)
    if parameter is None:
        _close(turn)
        return NOT_MINE
    values = _revived(turn, route, state)
    if values is None:
        _close(turn)
        return _("What this was about is gone. Please start again.")
    turn.action = f"command:{route.name}"
    if (chosen := chosen_of(state.get("choices", ()), said.text)) is not None:
        return pick(turn, chosen)
    one = _THE_ONE.fullmatch(said.text) if state.get("choices") else None
    outcome = READERS[parameter.kind](turn, (one["at"] or one["of"]) if one else said.text)
    if parameter.kind is When and isinstance(outcome, Found) and not without_filling(outcome.rest):
        outcome = replace(outcome, rest="")  # "this afternoon or so"
    whole = isinstance(outcome, Found) and not outcome.rest and parameter.kind is not Rest
    whole = whole and not (parameter.kind is When and is_order(turn, said.text))
    begun_anew = parameter.kind is Rest and route.name == "remind" and is_reminder(turn, said.text)
    other = not whole and (parameter.kind is not Rest or parameter.name == "facts") and is_other(turn, said.text)
    other = other or (parameter.kind is not Rest and not isinstance(outcome, Found) and asks(turn, said.text))
    other = other or (parameter.kind in _NAMES and isinstance(outcome, Unreadable) and _is_sentence(said.text))
    other = other or (bool(state["typed"]) and not whole and _begins_anew(turn, parameter, outcome, said.text))
    begun_anew = begun_anew or (not whole and _is_reminder_anew(turn, parameter, said.text))
    if begun_anew:
        _close(turn)
    if begun_anew or other:
        if other and not begun_anew:
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


def _wait(turn: Turn, state: Mapping[str, Any], parameter: Parameter) -> None:
    """The question waits for a name or a time; what can't be read as one is none from here on."""
    if parameter.kind in (*_NAMES, When):
        turn.remember({**state, "waits": True})
    else:
        _close(turn)


_PLACES = ("first 1st one 1", "second 2nd two 2 other", "third 3rd three 3", "fourth 4th four 4", "fifth 5th five 5")
_CHOICE = re.compile(
    r"\s*(?:no,? )?(?:the |number |no\.? ?|option |#)?(?P<which>[a-z\d]+)(?: one| option)?[.!, ]*(?:please|pls)?\s*|\s*第(?P<zh>[一二三四五])[个家位]?[。！ ]*",
    re.IGNORECASE,
)


_THE_ONE = re.compile(
    r"(?:no,? )?(?:the )?(?:one (?:at|from|of|in|with) (?P<at>.+?)|(?P<of>.+?) one)[.! ]*", re.IGNORECASE
)


def chosen_of(choices: Sequence[int], words: str) -> int | None:
    """ "The second one", of those that were shown; None where the words name no place among them."""
    match = _CHOICE.fullmatch(words) if choices else None
    if match is None:
        return None
    which = (match["which"] or "").casefold()
    if which == "last":
        return choices[-1]
    place = "一二三四五".find(match["zh"]) if match["zh"] else -1
    place = next((n for n, several in enumerate(_PLACES) if which in several.split()), place)
    return choices[place] if 0 <= place < len(choices) else None


def _is_reminder_anew(turn: Turn, parameter: Parameter, words: str) -> bool:
    """A reminder of its own, where a name was asked for; where a time was, one about somebody who is named."""
    if parameter.kind is Rest or turn.member is None or not is_whole_reminder(turn, words):
        return False
    return parameter.kind is not When or bool(names(understood(turn, words, turn.at)))


def _begins_anew(turn: Turn, parameter: Parameter, outcome: Any, words: str) -> bool:
    """Something about a customer, where a time was asked for; a promise of its own, where a customer was."""
    if parameter.kind is When and isinstance(outcome, Missing | Found):
        reading = understood(turn, words, turn.at)
        known = [one.mention for one in names(reading) if one.id is not None]
        more, few = (outcome.rest, 8) if isinstance(outcome, Found) else (words.strip(), 2)
        return is_order(turn, words) or any(len(more) > len(one) + few for one in known)
    if parameter.kind is Customer and isinstance(outcome, Found) and outcome.rest:
        return _PROMISES.search(words) is not None
    return False


_PROMISES = re.compile(r"\bpromised?\b|答应|承诺", re.IGNORECASE)


def _is_sentence(words: str) -> bool:
    """No name that was mistyped: more words than a name has, or one that only a sentence has."""
    return not may_be_a_name(words.strip()) or _PRONOUN.search(words) is not None


_PRONOUN = re.compile(
    r"\b(?:i|i['’]?m|me|my|we|us|our|you|it|them|him|her|that|don['’]?t|what['’]?s|who['’]?s)\b", re.IGNORECASE
)


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


_NAMES = (Customer, Member, Colleague)
_SHORT = ("value", "words", "reason")


def wants_of(route: Route, state: Mapping[str, Any]) -> Wants:
    """What the open question wants; of a command, by the argument that is asked for."""
    if route.name != "command":
        return state.get("wants") or route.wants
    command = COMMANDS.get(state["command"])
    kind = next((p.kind for p in command.parameters if p.name == state["asking"]), None) if command else None
    if kind is not Rest:
        return "value"
    return "text" if state["command"] in _TEXTS else "words"


_TEXTS = frozenset({"article", "ask", "event", "log", "push", "question", "tell", "write"})
"""Commands whose words are a text, or a question."""


def is_named(turn: Turn, state: Mapping[str, Any], words: str) -> bool:
    """Whether this is the name that a command asks for, whatever else it means: firms are called Later and OK too."""
    command = COMMANDS.get(state.get("command", ""))
    kind = next((p.kind for p in command.parameters if p.name == state["asking"]), None) if command else None
    if kind is Customer:
        return bool(turn.work.search.named([words.strip()]))
    return kind is Member and isinstance(READERS[Member](turn, words), Found)


@press("pick", for_=EVERYONE)
def pick(turn: Turn, id: int) -> Any:
    """One of several was meant."""
    state = turn.conversation.dialog if turn.conversation else None
    route = COMMANDS.get(state["command"]) if state and state.get("kind") == "command" else None
    if state is None or route is None:
        return settled()
    parameter = next(p for p in route.parameters if p.name == state["asking"])
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
