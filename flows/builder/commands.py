"""Building a survey by buttons and a few typed lines; each can be undone, and nobody is asked before "Publish"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, lines
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.asking import may_order
from flows.builder import actions, cards
from flows.builder.rules import (
    both,
    choices_in,
    conditions,
    ends_in,
    known_before,
    read_condition,
    warnings,
    wrong_condition,
)
from flows.builder.templates import called
from flows.builder.wording import questions_in, survey_told
from flows.dialog import UnknownStep, step_of
from flows.replies import below
from flows.router import MANAGERS, NOT_MINE, NotMine, command, dialog, heard, press
from flows.steps import Step
from flows.surveys.asked import dialog_of
from flows.turn import Turn
from store.models import Invitation, Survey

Outcome = Reply | Text | NotMine | None
GONE = _("That draft is no longer there. {command} begins a new one.", command="/newsurvey")
WORDING = _("What do you ask? Both languages at once, with a bar between them:")
EXAMPLES: Mapping[str, str] = {
    "ask": "What was least convenient? | 哪里最不方便？",
    "choices": "Price | 价格; Speed | 速度; Service | 服务",
    "ends": "1-5",
    "title": "After delivery | 交付之后",
}


@command(
    "newsurvey",
    help=_("Make a survey"),
    example=_("/newsurvey after delivery"),
    for_=MANAGERS,
    words=(
        *("new survey", "make a survey", "create a survey", "build a survey", "set up a survey", "draft a survey"),
        *("新建问卷", "做一份问卷", "新问卷", "做个问卷", "建个问卷", "出一份问卷", "设计一份问卷", "做问卷"),
    ),
    rooms=False,
)
def new_survey(turn: Turn, words: Rest | None = None) -> Outcome:
    """From the template that is meant; with any other title it is asked what to start from."""
    return cards.start(turn, (words or "").strip())


@heard("first", for_=MANAGERS)
def told(turn: Turn, said: Said) -> Outcome:
    """ "Make a survey about the website: how easy was it? …": the draft with its questions."""
    words = survey_told(said.text) if may_order(turn, said) else ""
    return cards.start(turn, words) if words else NOT_MINE


@dialog("survey-start", for_=MANAGERS)
def titled(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    """A title, or a whole survey with its questions, where templates are offered."""
    if not said.text.strip():
        return NOT_MINE
    title, steps = questions_in(said.text)
    turn.remember(None)
    return cards.begun(turn, actions.begin(turn, title, steps=steps))


@press("survey-new", for_=MANAGERS)
def new_pressed(turn: Turn) -> Outcome:
    return cards.templates(turn)


@press("survey-from", for_=MANAGERS)
def from_template(turn: Turn, name: str) -> Outcome:
    talk = turn.conversation.dialog if turn.conversation else None
    title = talk.get("title", "") if talk and talk["kind"] == "survey-start" else ""
    if template := called(name):
        turn.remember(None)
        return cards.begun(turn, actions.begin(turn, name, template))
    if name:
        return Reply(GONE, toast=True)
    if title:
        turn.remember(None)
        return cards.begun(turn, actions.begin(turn, title))
    turn.remember({"kind": "survey-build", "do": "new"})
    return _asked(_("What is the survey called?"), "title")


@press("survey-revise", for_=MANAGERS)
def revise(turn: Turn, survey: int) -> Outcome:
    """The next edition of a published survey."""
    found = turn.work.get(Survey, survey)
    return cards.begun(turn, actions.revise(turn, found)) if found else Reply(GONE, toast=True)


@press("survey-draft", for_=MANAGERS)
def whole(turn: Turn, survey: int) -> Outcome:
    found = _draft(turn, survey)
    return cards.draft(turn, found) if found else Reply(GONE, toast=True)


def _draft(turn: Turn, id: int) -> Survey | None:
    """The draft while it is one: what somebody was asked is frozen, also after its publishing was undone."""
    found = turn.work.get(Survey, id)
    return found if found and found.draft and not turn.work.first(Invitation, survey=id) else None


def _step(turn: Turn, id: int, name: str) -> tuple[Survey, Step] | None:
    found = _draft(turn, id)
    try:
        return (found, step_of(dialog_of(found), name)) if found else None
    except UnknownStep:
        return None


# questions


@press("survey-q", for_=MANAGERS)
def question(turn: Turn, survey: int, name: str) -> Outcome:
    found = _step(turn, survey, name)
    return cards.question(turn, *found) if found else Reply(GONE, toast=True)


@press("survey-add", for_=MANAGERS)
def add(turn: Turn, survey: int) -> Outcome:
    found = _draft(turn, survey)
    return cards.kinds(found) if found else Reply(GONE, toast=True)


@press("survey-kind", for_=MANAGERS)
def kind(turn: Turn, survey: int, kind: str) -> Outcome:
    found = _draft(turn, survey)
    if found is None or kind not in cards.KINDS:
        return Reply(GONE, toast=True)
    turn.remember({"kind": "survey-build", "do": "add", "survey": found.id, "of": kind})
    return _asked(WORDING, "ask")


@press("survey-title", for_=MANAGERS)
def title(turn: Turn, survey: int) -> Outcome:
    found = _draft(turn, survey)
    if found is None:
        return Reply(GONE, toast=True)
    turn.remember({"kind": "survey-build", "do": "title", "survey": found.id})
    return _asked(_("What is the survey called?"), "title")


_EDITED: Mapping[str, Text] = {
    "ask": WORDING,
    "choices": _("Which answers? One a line, or with semicolons:"),
    "ends": _("From which number to which?"),
}


@press("survey-edit", for_=MANAGERS)
def edit(turn: Turn, survey: int, name: str, what: str) -> Outcome:
    found = _step(turn, survey, name)
    if found is None or what not in _EDITED:
        return Reply(GONE, toast=True)
    turn.remember({"kind": "survey-build", "do": what, "survey": survey, "name": name})
    return _asked(_EDITED[what], what)


def _asked(what: Text, example: str) -> Reply:
    return Reply(lines(what, _("Example: {example}", example=EXAMPLES[example])), (Option(_("Cancel"), "cancel"),))


@press("survey-if", for_=MANAGERS)
def only_if(turn: Turn, survey: int, name: str) -> Outcome:
    found = _step(turn, survey, name)
    if found is None:
        return Reply(GONE, toast=True)
    turn.remember({"kind": "survey-build", "do": "when", "survey": survey, "name": name})
    return cards.only_if(*found)


@press("survey-when", for_=MANAGERS)
def when(turn: Turn, survey: int, name: str, number: int) -> Outcome:
    found = _step(turn, survey, name)
    if found is None:
        return Reply(GONE, toast=True)
    ready = conditions(dialog_of(found[0]), found[1])
    return _conditioned(turn, *found, ready[number][1] if 0 <= number < len(ready) else "")


def _conditioned(turn: Turn, draft: Survey, step: Step, condition: str) -> Outcome:
    turn.remember(None)
    draft = actions.change_step(turn, draft, step.name, _("condition changed"), when=condition)
    return cards.question(turn, draft, step_of(dialog_of(draft), step.name))


@press("survey-must", for_=MANAGERS)
def must(turn: Turn, survey: int, name: str) -> Outcome:
    found = _step(turn, survey, name)
    if found is None:
        return Reply(GONE, toast=True)
    draft, step = found
    label = _("may be skipped") if step.required else _("must be answered")
    draft = actions.change_step(turn, draft, name, label, required=not step.required)
    return cards.question(turn, draft, step_of(dialog_of(draft), name))


@press("survey-move", for_=MANAGERS)
def move(turn: Turn, survey: int, name: str, by: int) -> Outcome:
    found = _step(turn, survey, name)
    return cards.draft(turn, actions.move_step(turn, found[0], name, by)) if found else Reply(GONE, toast=True)


@press("survey-cut", for_=MANAGERS)
def cut(turn: Turn, survey: int, name: str) -> Outcome:
    found = _step(turn, survey, name)
    return cards.draft(turn, actions.drop_step(turn, found[0], name)) if found else Reply(GONE, toast=True)


# what is typed


@dialog("survey-build", for_=MANAGERS, wants="text")
def typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    """The line that was asked for; what can't be read is asked again, and nothing is lost."""
    words, do = said.text.strip(), state["do"]
    if not words:
        return NOT_MINE
    if do == "new":
        turn.remember(None)
        title, steps = questions_in(words)
        return cards.begun(turn, actions.begin(turn, title, steps=steps))
    draft = _draft(turn, state["survey"])
    if draft is None:
        turn.remember(None)
        return GONE
    shown = _TYPED[do](turn, draft, state, words)
    return below(turn, shown) if isinstance(shown, Reply) else shown


def _titled(turn: Turn, draft: Survey, state: Mapping[str, Any], words: str) -> Outcome:
    turn.remember(None)
    return cards.draft(turn, actions.rename(turn, draft, words))


def _added(turn: Turn, draft: Survey, state: Mapping[str, Any], words: str) -> Outcome:
    kind, ask = state["of"], state.get("ask")
    if ask is None and kind in ("choice", "choices", "scale"):
        what = "ends" if kind == "scale" else "choices"
        turn.remember({**state, "ask": both(words)})
        return _asked(_EDITED[what], what)
    values: dict[str, Any] = {}
    if kind in ("choice", "choices", "scale"):
        read = _read(kind, words)
        if read is None:
            return _again(kind)
        values = read
    turn.remember(None)
    return cards.draft(turn, actions.add_step(turn, draft, Step("new", kind, ask or both(words), **values)))


def _read(kind: str, words: str) -> dict[str, Any] | None:
    """The choices or the ends that were typed."""
    if kind == "scale":
        ends = ends_in(words)
        return {"low": ends[0], "high": ends[1]} if ends else None
    choices = choices_in(words)
    return {"choices": choices} if len(choices) > 1 else None


def _again(kind: str) -> Reply:
    if kind == "scale":
        return _asked(_("A scale has at least 2 and at most 11 values."), "ends")
    return _asked(_("It needs at least two answers to choose from."), "choices")


def _edited(turn: Turn, draft: Survey, state: Mapping[str, Any], words: str) -> Outcome:
    found, do = _step(turn, draft.id, state["name"]), state["do"]
    if found is None:
        turn.remember(None)
        return GONE
    if do == "ask":
        values: dict[str, Any] = {"ask": {**found[1].ask, **both(words)}}
    else:
        read = _read(found[1].kind, words)
        if read is None:
            return _again(found[1].kind)
        values = read
    turn.remember(None)
    draft = actions.change_step(turn, draft, state["name"], _("question changed"), **values)
    return cards.question(turn, draft, step_of(dialog_of(draft), state["name"]))


def _when(turn: Turn, draft: Survey, state: Mapping[str, Any], words: str) -> Outcome:
    found, condition = _step(turn, draft.id, state["name"]), read_condition(words)
    if found is None:
        turn.remember(None)
        return GONE
    names = known_before(dialog_of(draft), state["name"], actions.own_fields(turn))
    if why := wrong_condition(condition, names):
        return lines(why, _("Example: {example}", example="score <= 3 && tier == 'A'"))
    return _conditioned(turn, *found, condition)


_TYPED: Mapping[str, Callable[[Turn, Survey, Mapping[str, Any], str], Outcome]] = {
    "title": _titled,
    "add": _added,
    "ask": _edited,
    "choices": _edited,
    "ends": _edited,
    "when": _when,
}


# the end


@press("survey-publish", for_=MANAGERS)
def publish(turn: Turn, survey: int, anyway: str = "") -> Outcome:
    """At once, or after one more look where something deserves a warning."""
    found = _draft(turn, survey)
    if found is None:
        return Reply(GONE, toast=True)
    if not anyway and (cautions := warnings(dialog_of(found))):
        yes = Option(_("Publish all the same"), f"survey-publish:{survey}:yes", style="primary")
        return Reply(lines(*cautions), (yes, Option(_("All questions"), f"survey-draft:{survey}")))
    return published(turn, actions.publish(turn, found))


def published(turn: Turn, survey: Survey) -> Reply:
    """What it is now, and what can be done with it next."""
    name = actions.title_of(turn, survey)
    said = _("{name} is published (edition {n}).", name=name, n=survey.edition)
    kept = _("Whoever was asked before goes on with the questions they have.") if survey.edition > 1 else None
    choices = (
        Option(_("Send it"), f"survey-many:{survey.id}", style="primary"),
        Option(_("When by itself"), f"survey-rule:{survey.id}"),
        Option(_("Undo"), f"undo:{actions.card_of(survey)}"),
    )
    return Reply(lines(said, kept), choices, card=actions.card_of(survey))


@press("survey-discard", for_=MANAGERS)
def discard(turn: Turn, survey: int) -> Outcome:
    found = _draft(turn, survey)
    if found is None:
        return Reply(GONE, toast=True)
    card = actions.card_of(found)
    actions.discard(turn, found)
    return Reply(_("The draft is thrown away."), (Option(_("Undo"), f"undo:{card}"),), card=card)
