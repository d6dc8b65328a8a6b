"""How a draft looks: the list of its questions, one of them with what can be done to it, the kinds to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, text
from bot.core.text import gettext as _
from flows.builder.actions import TITLE, begin, card_of, title_of
from flows.builder.rules import conditions, spoken, warnings
from flows.builder.templates import TEMPLATES, called
from flows.builder.wording import questions_in
from flows.dialog import PLACE, Dialog, in_language
from flows.replies import below
from flows.steps import Step
from flows.surveys.asked import dialog_of
from flows.turn import Turn, options
from store.models import Survey

KINDS: Mapping[str, Text] = {
    "csat": _("Satisfaction 1–5"),
    "nps": _("Recommend 0–10"),
    "ces": _("Easy? 1–7"),
    "stars": _("Stars"),
    "scale": _("Own scale"),
    "choice": _("Choose one"),
    "choices": _("Choose several"),
    "words": _("Words"),
    "number": _("A number"),
    "date": _("A day"),
    "contact": _("May we contact you?"),
}
SHOWN = 70


def start(turn: Turn, said: str) -> Reply:
    """The questions that are told or the template that is meant as a draft; with a title the choice, which keeps it."""
    title, steps = questions_in(said)
    if steps:
        return begun(turn, begin(turn, title, steps=steps))
    template = called(said) if said else None
    if template is not None:
        return begun(turn, begin(turn, said, template))
    turn.remember({"kind": "survey-start", "title": title[:TITLE]})
    return templates(turn)


def templates(turn: Turn) -> Reply:
    """What a new survey can start from."""
    picks = tuple(
        Option(text(in_language(each.title, turn.language)), f"survey-from:{each.name}", wide=True)
        for each in TEMPLATES
    )
    empty = Option(_("Start empty"), "survey-from:")
    return Reply(
        lines(
            bold(_("A new survey")),
            _("Start from one of these, and change what you like; or write its title and its questions:"),
            code(_("Website: how easy was it? would you recommend us? anything else?")),
        ),
        (*picks, empty),
    )


def draft(turn: Turn, survey: Survey, note: Text | None = None) -> Reply:
    """The whole draft: every question on a line, its button below."""
    dialog = dialog_of(survey)
    head = _("{title} · draft of edition {n}", title=bold(title_of(turn, survey)), n=survey.edition)
    shown = [_line(number, step, dialog, turn.language) for number, step in enumerate(dialog.steps, 1)]
    empty = _("No question yet. Add the first one.") if not shown else None
    cautions = [text("⚠ ", said) for said in warnings(dialog)]
    id = survey.id
    numbers = tuple(Option(text(str(n)), f"survey-q:{id}:{s.name}") for n, s in enumerate(dialog.steps, 1))
    return Reply(
        lines(note, head, *shown, empty, *cautions),
        options(
            *numbers,
            Option(_("Add a question"), f"survey-add:{id}", wide=True),
            Option(_("Title"), f"survey-title:{id}"),
            Option(_("Try it"), f"survey-try:{id}") if shown else None,
            Option(_("Publish"), f"survey-publish:{id}", style="primary") if shown else None,
            Option(_("Throw away"), f"survey-discard:{id}"),
            Option(_("Undo"), f"undo:{card_of(survey)}"),
        ),
        card=card_of(survey),
    )


def begun(turn: Turn, survey: Survey) -> Reply:
    """A draft that was just begun, or found again, where the person is looking."""
    return below(turn, draft(turn, survey, _("Nobody is asked before you publish it.")))


def _line(number: int, step: Step, dialog: Dialog, language: str) -> Text:
    said = _filled(in_language(step.ask, language))
    words = said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"
    if_ = text(" · ", _("only if {condition}", condition=_when(dialog, step))) if step.when else Text()
    return text(f"{number}. ", words, " · ", KINDS[step.kind], if_)


def _when(dialog: Dialog, step: Step) -> Text:
    return spoken(dialog, step.when) or code(step.when)


def _filled(words: str) -> str:
    """A question as somebody reads it of whom nothing is known: {firm|us} is us, {score} is left open."""
    return PLACE.sub(lambda place: place["fallback"] or "…", words)


def question(turn: Turn, survey: Survey, step: Step) -> Reply:
    """One question in both languages, with what can be changed."""
    dialog = dialog_of(survey)
    number = [other.name for other in dialog.steps].index(step.name) + 1
    choosing = step.kind in ("choice", "choices")
    said = [
        _("Question {n} ({name}): {kind}", n=number, name=code(step.name), kind=KINDS[step.kind]),
        *(text(f"{language}: ", words) for language, words in sorted(step.ask.items())),
        *(text("• ", " | ".join(choice.label.values())) for choice in step.choices),
        _("From {low} to {high}.", low=step.low, high=step.high) if step.kind == "scale" else None,
        _("Asked only if {condition}", condition=_when(dialog, step)) if step.when else _("Always asked."),
        _("Must be answered.") if step.required else None,
    ]
    at = f"{survey.id}:{step.name}"
    return Reply(
        lines(*said),
        options(
            Option(_("Wording"), f"survey-edit:{at}:ask"),
            Option(_("Answers"), f"survey-edit:{at}:choices") if choosing else None,
            Option(_("Ends"), f"survey-edit:{at}:ends") if step.kind == "scale" else None,
            Option(_("Only if …"), f"survey-if:{at}"),
            Option(_("May be skipped") if step.required else _("Must be answered"), f"survey-must:{at}"),
            Option(_("Up"), f"survey-move:{at}:-1") if number > 1 else None,
            Option(_("Down"), f"survey-move:{at}:1") if number < len(dialog.steps) else None,
            Option(_("Remove"), f"survey-cut:{at}", style="danger"),
            Option(_("All questions"), f"survey-draft:{survey.id}"),
            Option(_("Undo"), f"undo:{card_of(survey)}"),
        ),
        card=card_of(survey),
    )


def kinds(survey: Survey) -> Reply:
    """Which kind the next question is."""
    picks = tuple(Option(label, f"survey-kind:{survey.id}:{kind}") for kind, label in KINDS.items())
    back = Option(_("All questions"), f"survey-draft:{survey.id}")
    return Reply(_("What kind of question?"), (*picks, back), card=card_of(survey))


def only_if(survey: Survey, step: Step) -> Reply:
    """When the question is asked: by a tap, or in words of one's own."""
    at = f"{survey.id}:{step.name}"
    ready = conditions(dialog_of(survey), step)
    picks = tuple(Option(label, f"survey-when:{at}:{n}") for n, (label, _cel) in enumerate(ready))
    return Reply(
        lines(
            _("When is it asked? Tap, or type a condition over earlier answers and what we know of the customer."),
            _("Example: {example}", example=code("score <= 3 && tier == 'A'")),
        ),
        (
            Option(_("Always"), f"survey-when:{at}:-1"),
            *picks,
            Option(_("Back"), f"survey-q:{at}"),
        ),
        card=card_of(survey),
    )
