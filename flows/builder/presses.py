"""A survey tried out by whoever makes it: the customer's own questions and buttons, and no answer is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, lines
from bot.core.text import gettext as _
from flows.dialog import (
    Dialog,
    Misread,
    State,
    UnknownStep,
    after,
    back,
    begin,
    needed,
    skip,
    state_json,
    step_of,
    take,
)
from flows.dialog import state_of as read_state
from flows.router import MANAGERS, NOT_MINE, NotMine, dialog, press
from flows.steps import read
from flows.surveys import questions
from flows.surveys.asked import dialog_of
from flows.surveys.misread import misread
from flows.turn import Turn
from store.models import Invitation, Survey

Outcome = Reply | Text | NotMine | None
GIVEN: Mapping[str, Any] = {"tier": "A", "tags": [], "needs": [], "prefers": [], "value": 0, "orders": 0, "silent": 0}
"""Whom a survey is tried out for."""
_NAMES = {"answer": "try", "survey-skip": "try-skip", "survey-back": "try-back"}


@press("survey-try", for_=MANAGERS)
def begin_trying(turn: Turn, survey: int) -> Outcome:
    found = turn.work.get(Survey, survey)
    if found is None:
        return _over()
    dialog_ = dialog_of(found)
    given = {**GIVEN, "firm": turn.workspace.name, "customer": turn.me().name, "contact": turn.me().name}
    wanted = needed(dialog_)
    if turn.where is not None:
        turn.work.cards.shown(_card(found), turn.where.key, "")
    return _go_on(turn, found, dialog_, begin(dialog_, {name: v for name, v in given.items() if name in wanted}))


def _card(survey: Survey) -> str:
    return f"survey-try:{survey.id}"


def _over() -> Reply:
    return Reply(_("This try is over. Press “Try it” once more."), toast=True)


def _go_on(turn: Turn, survey: Survey, dialog_: Dialog, state: State) -> Reply:
    """The next question, with buttons of its own."""
    turn.remember(None if state.finished else {"kind": "survey-try", "survey": survey.id, "state": state_json(state)})
    asks = Invitation(id=0, survey=survey.id, customer=0, trigger="", made=turn.now)
    shown = questions.now(turn, survey, dialog_, state, asks, turn.language)
    choices = tuple(made for option in shown.options if (made := _own(option, survey)) is not None)
    end = Option(_("End"), "cancel")
    note = _("A try: nothing of it is kept.")
    if state.finished:
        said = lines(note, *questions.summary(dialog_, state, turn.language), shown.text)
        return Reply(
            said, (Option(_("All questions"), f"survey-draft:{survey.id}"),) if survey.draft else (), card=_card(survey)
        )
    return replace(shown, text=lines(note, shown.text), options=(*choices, end), card=_card(survey))


def _own(option: Option, survey: Survey) -> Option | None:
    name, _colon, rest = option.press.partition(":")
    ours = _NAMES.get(name)
    return replace(option, press=f"{ours}:{survey.id}:{rest.partition(':')[2]}") if ours else None


def _trying(turn: Turn, survey: int, step: str) -> tuple[Survey, Dialog, State] | None:
    """Where the try stands, when this button belongs to it."""
    talk = turn.conversation.dialog if turn.conversation else None
    found = turn.work.get(Survey, survey)
    if not talk or talk.get("kind") != "survey-try" or talk["survey"] != survey or found is None:
        return None
    dialog_ = dialog_of(found)
    try:
        step_of(dialog_, step)
    except UnknownStep:
        return None
    return found, dialog_, read_state(talk["state"])


@press("try", for_=MANAGERS)
def answer(turn: Turn, survey: int, step: str, value: str) -> Outcome:
    trying = _trying(turn, survey, step)
    if trying is None:
        return _over()
    found, dialog_, state = trying
    asked = step_of(dialog_, step)
    if asked.kind == "choices":
        ticked = set(state.answers.get(step, ())) ^ {value}
        kept = [choice.id for choice in asked.choices if choice.id in ticked]
        answers = {
            **{name: given for name, given in state.answers.items() if name != step},
            **({step: kept} if kept else {}),
        }
        return _go_on(turn, found, dialog_, replace(state, step=step, answers=answers))
    said = read(asked, value)
    return _over() if isinstance(said, Misread) else _go_on(turn, found, dialog_, after(dialog_, state, asked, said))


@press("try-skip", for_=MANAGERS)
def skipped(turn: Turn, survey: int, step: str) -> Outcome:
    trying = _trying(turn, survey, step)
    if trying is None or trying[2].step != step:
        return _over()
    found, dialog_, state = trying
    return _go_on(turn, found, dialog_, skip(dialog_, state))


@press("try-back", for_=MANAGERS)
def went_back(turn: Turn, survey: int, step: str) -> Outcome:
    trying = _trying(turn, survey, step)
    if trying is None or trying[2].step != step:
        return _over()
    found, dialog_, state = trying
    return _go_on(turn, found, dialog_, back(dialog_, state))


@dialog("survey-try", for_=MANAGERS, wants="text")
def typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    """As a customer would answer; what a customer would be answered by a person ends the try."""
    found = turn.work.get(Survey, state["survey"])
    now = read_state(state["state"])
    if found is None or now.finished:
        turn.remember(None)
        return NOT_MINE
    dialog_ = dialog_of(found)
    try:
        taken = take(dialog_, now, said.text, turn.local.date())
    except UnknownStep:
        turn.remember(None)
        return _over()
    if isinstance(taken, Misread):
        hint = misread(step_of(dialog_, now.step), said.text, turn.language)
        if hint is None:
            turn.remember(None)
        return hint or NOT_MINE
    if turn.where is not None:
        turn.work.cards.shown(_card(found), turn.where.key, "")
    return _go_on(turn, found, dialog_, taken)
