"""From an event to what is said and done: finds the handler, lets other topics react, keeps the act for undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core.errors import NotFound, Problem, TooLate
from bot.core.messages import (
    Address,
    Answer,
    Answered,
    Command,
    Deleted,
    Edited,
    Event,
    Joined,
    Known,
    Left,
    Linked,
    Option,
    Pressed,
    Reply,
    Said,
    Shared,
)
from bot.core.text import Text, plain
from bot.core.text import gettext as _
from flows import asides, asking, commanded, home, reactions
from flows.arrival import arrive, refusal, role_of
from flows.customers.sight import not_yours, sees_all_of, sight_of
from flows.edits import in_order
from flows.plainly import plainly
from flows.reception.blocking import shut_out
from flows.router import (
    ANSWERS,
    COMMANDS,
    CUSTOMERS,
    DIALOGS,
    HEARD,
    NOT_MINE,
    PRESSES,
    TIMERS,
    Route,
    arguments,
    by_words,
)
from flows.turn import DEPTH, Turn, unsigned
from store.models import Timer, Workspace
from store.work import Work


class Rewind(Exception):
    """A handler refused after it had written rows: the turn is rolled back, and only the refusal is said."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def handle(work: Work, event: Event) -> Answer | None:
    """One event, whole: raises Rewind, or whatever a handler did not foresee (the update is then parked)."""
    turn = arrive(work, event)
    if turn is None or event.sender.is_bot:
        return None
    if turn.here().blocked is not None:
        shut_out(turn)
        return turn.answer()
    work.sight = sight_of(turn)
    if (heard := in_order(turn, event)) is None:
        return turn.answer()
    event = turn.event = heard
    before = work.writes
    try:
        _say(turn, _hear(turn, event))
        finish(turn)
    except Problem as problem:
        if work.writes != before:
            raise Rewind(problem) from problem
        turn.say(problem.text)
    home.show(turn)
    return turn.answer()


def explain(work: Work, event: Event, problem: Problem) -> Answer | None:
    """The refusal alone, after the turn that ran into it was rolled back."""
    turn = arrive(work, event)
    if turn is not None:
        turn.say(problem.text)
        home.show(turn)
    return turn.answer() if turn else None


def apologise(work: Work, event: Event) -> None:
    """After a handler failed: the person hears that we have the message and that somebody will look."""
    turn = arrive(work, event)
    unasked = isinstance(event.body, Answered | Joined | Left | Known | Linked)
    if turn is not None and not unasked and (turn.private or _to_us(event)):
        turn.say(_("Sorry, that went wrong on our side. Your message is kept and nothing was changed; please go on."))


def wake(work: Work, timer: Timer) -> None:
    """A timer that came due."""
    work.workspace = timer.workspace
    workspace = work.firm(timer.workspace)
    if workspace is None or timer.kind not in TIMERS:
        return
    turn = Turn(work=work, workspace=workspace, key=f"tmr:{timer.id}")
    turn.action = f"timer:{timer.kind}"
    _say(turn, TIMERS[timer.kind](turn, timer.subject))
    finish(turn)


def came_back(work: Work, workspace: int, event: Event) -> None:
    """What became of a reply that asked to be told."""
    found: Workspace | None = work.firm(workspace)
    work.workspace = workspace
    if found is None or not isinstance(event.body, Answered):
        return
    turn = Turn(work=work, workspace=found, key=f"upd:{event.where.account}:{event.key}", event=event)
    route = ANSWERS.get(event.body.tell.partition(":")[0])
    if route is not None:
        turn.action = f"answered:{route.name}"
        _say(turn, route.act(turn, event.body))
        finish(turn)


def finish(turn: Turn) -> None:
    """Lets other topics react to what happened, and keeps the act for undo and audit."""
    for _round in range(DEPTH):
        facts, turn.facts = turn.facts, []
        if not facts:
            break
        for fact in facts:
            reactions.react(turn, fact)
    else:
        raise RecursionError("facts go round in circles: " + ", ".join(type(fact).__name__ for fact in turn.facts))
    _keep(turn)


def _keep(turn: Turn) -> None:
    work = turn.work
    if not work.changes:
        return
    by_customer = turn.event is not None or turn.action.startswith("page:")
    actor = f"member:{turn.member.id}" if turn.member else "customer" if by_customer else "clock"
    note = turn.note
    work.audit(actor, turn.action, note.card if note else "")
    if turn.member is not None and turn.event is not None:
        label = plain((note.label if note else _("the last change")).resolve(turn.words))
        work.keep_change(turn.member.id, label[:200], note.card if note else "")
    work.for_good()


def _say(turn: Turn, said: Any) -> None:
    if isinstance(said, Reply | Text) or said is None:
        turn.say(said)
    elif isinstance(said, Sequence):
        for item in said:
            turn.say(item)


def _hear(turn: Turn, event: Event) -> Any:
    match event.body:
        case Pressed(press=signed):
            return _pressed(turn, signed)
        case Command() if event.page is not None:
            return None
        case Command() as command:
            return _commanded(turn, command)
        case Said() as said:
            return _said(turn, said)
        case Edited() as edited:
            return _ask_each(turn, "edited", edited)
        case Deleted() as deleted:
            return _ask_each(turn, "deleted", deleted)
        case Shared() as shared:
            return _ask_each(turn, "shared", shared)
        case Joined() as joined:
            return _ask_each(turn, "joined", joined)
        case Left() as left:
            return _ask_each(turn, "left", left)
        case Known() as known:
            return _ask_each(turn, "known", known)
        case Linked() as linked:
            return _ask_each(turn, "linked", linked)
        case Answered() as answered:
            route = ANSWERS.get(answered.tell.partition(":")[0])
            return route.act(turn, answered) if route else None


def _pressed(turn: Turn, signed: str) -> Any:
    assert turn.where is not None  # noqa: S101 - events have a place
    page = turn.event.page if turn.event else None
    press = unsigned(turn.workspace.secret, page or turn.where, signed)
    if press is None and turn.conversation is not None and turn.conversation.formerly:
        press = unsigned(turn.workspace.secret, Address.of(turn.conversation.formerly), signed)
    name, *given = (press or "").split(":")
    route = PRESSES.get(name)
    if (refused := refusal(turn, route)) is not None:
        return replace(refused, toast=True)
    if route is None:
        return Reply(_("That button is from an older version. Please ask again."), toast=True)
    values = arguments(route, given)
    if values is None:
        return Reply(_("That button is from an older version. Please ask again."), toast=True)
    if not sees_all_of(turn, values):
        return Reply(not_yours(turn), toast=True)
    turn.action = f"press:{name}"
    return route.act(turn, **values)


def _commanded(turn: Turn, command: Command) -> Any:
    route, rest = COMMANDS.get(command.name), command.rest
    if route is None and (found := by_words(f"{command.name} {rest}".strip())):
        route, rest = found
    if command.line and (route is None or (rest and not route.parameters)):
        return _said(turn, Said(command.line, command.message, mentioned=True))
    if (refused := refusal(turn, route)) is not None:
        return refused
    if route is None:
        return commanded.unknown_command(turn, command.name, rest)
    if route.name != "connect" and (answer := _ask_each(turn, "first", Said(rest, command.message))) is not None:
        return answer
    return asking.run(turn, route, rest)


def _said(turn: Turn, said: Said) -> Any:
    if not turn.private and not _to_us(turn.event):
        return _ask_each(turn, "said" if turn.here().side == "customer" else "overheard", said)
    plain = plainly(turn, said)
    for words in (said, plain) if plain else (said,):
        if (answer := _ask_each(turn, "first", words)) is not None:
            return answer
    if (choice := _typed_choice(turn, said.text)) is not None:
        return _pressed(turn, choice)
    if said.files:
        answer = _ask_each(turn, "files", said)
        if answer is not None or (turn.member is not None and not said.text.strip()):
            return answer
    if not turn.private and (refused := refusal(turn, None)) is not None:
        return refused if role_of(turn) != "stranger" else None
    found = by_words(said.text) or _typed_command(said.text) or (by_words(plain.text) if plain else None)
    if found and role_of(turn) in found[0].for_:
        heard = commanded.run_spoken(turn, *found, said.text)
        if heard is not NOT_MINE:
            return heard
    elif found and turn.member is not None and not _no_order(turn, *found, said.text):
        return refusal(turn, found[0])
    answer = _in_dialog(turn, said)
    return _last(turn, said, plain) if answer is NOT_MINE else answer


def _no_order(turn: Turn, route: Route, typed: str, said: str) -> bool:
    """What begins as a command of others does, and is a sentence of its own."""
    return bool(typed and route.for_ == CUSTOMERS) or (turn.private and commanded.is_told(turn, route, typed, said))


def _last(turn: Turn, said: Said, plain: Said | None) -> Any:
    """Every listener in turn; before the line is logged, what it says in plain words is an order or a question."""
    if plain is None:
        return _ask_each(turn, "said", said)
    *others, logs = HEARD["said"]
    for routes, words in ((others, said), (others, plain), ([logs], said)):
        answer = _ask_routes(turn, routes, "said", words)
        if answer is not NOT_MINE:
            return answer
    return None


def _typed_command(text: str) -> tuple[Route, str] | None:
    """ "/规则": a slash before a command's own words, which not every platform takes for a command."""
    return by_words(text[1:]) if text[:1] in ("/", "／") else None


def _in_dialog(turn: Turn, said: Said) -> Any:
    state = turn.conversation.dialog if turn.conversation else None
    route = DIALOGS.get(state["kind"]) if state else None
    if route is None or state is None or role_of(turn) not in route.for_:
        return NOT_MINE
    wants = asking.wants_of(route, state)
    if turn.member is not None and not asking.is_named(turn, state, said.text):
        if asides.ends(wants, said.text):
            return asking.run(turn, COMMANDS["cancel"], "")
        if asides.is_talk(wants, said.text):
            return NOT_MINE
    if not sees_all_of(turn, {**state, **state.get("values", {})}):
        turn.remember(None)
        return NOT_MINE if asides.is_a_line(turn, said.text) else not_yours(turn)
    if turn.member is not None and _is_aside(turn, route, state, said.text):
        return NOT_MINE
    turn.action = f"dialog:{route.name}"
    before = turn.work.writes
    try:
        outcome = route.act(turn, state, said)
    except (NotFound, TooLate) as over:
        if turn.work.writes != before:
            raise
        turn.remember(None)  # what was asked about is gone: the next line is no answer to it either
        return over.text
    if turn.member is None or wants != "value" or not isinstance(outcome, Text) or turn.here().dialog != state:
        return outcome
    return NOT_MINE if "waits" in state else Reply(outcome, (Option(_("Cancel"), "cancel"),))


def _is_aside(turn: Turn, route: Route, state: Mapping[str, Any], words: str) -> bool:
    """The question waits for its answer, and what can't be read as one is none from here on; words of any kind can."""
    wants = asking.wants_of(route, state)
    if route.name == "command" and wants == "value":
        return False
    other = asides.aside(turn, wants, state, words)
    if other and wants == "value":
        turn.remember({**state, "waits": True})
    elif (other == "line" and wants != "reason") or (other == "order" and wants in ("words", "yes")):
        turn.remember(None)
    return bool(other)


def _typed_choice(turn: Turn, text: str) -> str | None:
    """The press behind a typed number, where the platform showed numbers instead of buttons."""
    choices = turn.conversation.choices if turn.conversation else []
    number = text.strip()
    return choices[int(number) - 1] if number.isdigit() and 1 <= int(number[:3]) <= len(choices) else None


def _ask_each(turn: Turn, what: str, body: Any) -> Any:
    answer = _ask_routes(turn, HEARD[what], what, body)
    return None if answer is NOT_MINE else answer


def _ask_routes(turn: Turn, routes: Sequence[Route], what: str, body: Any) -> Any:
    role = role_of(turn)
    for route in routes:
        if role in route.for_:
            turn.action = f"{what}:{getattr(route.act, '__name__', '')}"
            answer = route.act(turn, body)
            if answer is not NOT_MINE:
                return answer
    return NOT_MINE


def _to_us(event: Event | None) -> bool:
    if event is None or event.private:
        return True
    return isinstance(event.body, Command | Pressed) or (isinstance(event.body, Said) and event.body.mentioned)
