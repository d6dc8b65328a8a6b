"""How a survey looks to whoever answers it: the open question with its buttons, and the thanks at the end.

One message, edited in place from the first question to the last. A member who asks by telephone sees the same question
with the same buttons, without the words that are meant for the customer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.activities.words import kind_name
from flows.alerts.rules import complains
from flows.dialog import Dialog, State, asked, in_language, main, position, step_of, thanks
from flows.steps import Step, said_again
from flows.surveys import anonymous
from flows.surveys.asked import followed, score_of, words_in
from flows.turn import Turn, options
from store.models import Activity, Invitation, Survey

SHORT = 3
"""So few questions need no counting."""
LINE = 160
HOW = {
    "words": _("A line is enough."),
    "number": _("A number is enough, for example 12."),
    "date": _("A day is enough, for example “next Friday” or 2026-04-01."),
    "choices": _("Tap all that fit, then Done."),
}


def card_of(invitation: int) -> str:
    """The message with the question."""
    return f"survey:{invitation}"


def person_of(turn: Turn, invitation: Invitation) -> str:
    """Whom we ask: the contact where we know them, else the customer; whoever tries it out is asked themselves."""
    contact = turn.work.customers.contact(invitation.contact) if invitation.contact else None
    customer = turn.work.customers.get(invitation.customer)
    found = contact or customer or turn.member
    return found.name if found else ""


def now(turn: Turn, survey: Survey, dialog: Dialog, state: State, invitation: Invitation, language: str) -> Reply:
    """The open question, or the thanks when there is none."""
    if state.finished and survey.anonymous:
        return anonymous.over(invitation, card_of(invitation.id), language)
    if state.finished:
        return over(turn, dialog, state, invitation, language)
    return question(turn, survey, dialog, state, invitation, language)


def question(turn: Turn, survey: Survey, dialog: Dialog, state: State, invitation: Invitation, language: str) -> Reply:
    """The open question."""
    step, call = step_of(dialog, state.step), invitation.channel == "call"
    words = bold(asked(dialog, state, language))
    if call:
        body = lines(_("You ask {name}:", name=person_of(turn, invitation)), _count(dialog, state), words, _how(step))
    elif not state.answers and position(dialog, state)[0] == 1:
        body = _first(turn, survey, dialog, invitation, words, _how(step))
    elif survey.anonymous:
        body = lines(_("Noted, without your name."), _count(dialog, state), words, _how(step))
    else:
        body = lines(
            _answered(dialog, state, language), _count(dialog, state), words, _how(step), _change(dialog, step)
        )
    picks = _picks(step, state, invitation, language)
    again = () if survey.anonymous else _scores_again(dialog, step, state, invitation)
    choices = options(*picks, *again, *_moves(dialog, state, step, invitation))
    return Reply(body, choices, card=card_of(invitation.id))


def _first(turn: Turn, survey: Survey, dialog: Dialog, invitation: Invitation, words: Text, how: Text | None) -> Text:
    firm = turn.workspace.name
    return lines(
        _("Hello {name}, this is {firm}.", name=person_of(turn, invitation), firm=firm),
        _about(dialog, followed(turn, invitation)),
        words,
        how,
        anonymous.intro(firm)
        if survey.anonymous
        else _("{firm} sees your answer with your name. “stop surveys” ends such questions.", firm=firm),
    )


def _about(dialog: Dialog, activity: Activity | None) -> Text:
    if activity is not None:
        return _("It is about the {kind} on {day}.", kind=kind_name(activity.kind), day=moment(activity.at, "day"))
    count = len(dialog.steps)
    if count > SHORT + 1:
        return ngettext("At most {n} short question.", "At most {n} short questions, and each can be skipped.", count)
    return _("A short question about working with us.")


def _count(dialog: Dialog, state: State) -> Text | None:
    number, most = position(dialog, state)
    return text(f"{number} / {most}") if len(dialog.steps) > SHORT + 1 else None


def _answered(dialog: Dialog, state: State, language: str) -> Text | None:
    """What was answered last before the open question."""
    names = [step.name for step in dialog.steps]
    before = [step for step in dialog.steps[: names.index(state.step) + 1] if step.name in state.answers]
    step = before[-1] if before else None
    if step is None:
        return None
    value = state.answers[step.name]
    if step.is_scale:
        return _scored(step, value, language)
    return _("You answered: {answer}", answer=said_again(step, value, language)[:LINE])


def _scored(step: Step, value: Any, language: str) -> Text:
    label = in_language(step.label(value), language)
    if label:
        return _("You answered {score}: {label}.", score=value, label=label)
    return _("You answered {score}.", score=value)


def _how(step: Step) -> Text | None:
    return HOW.get(step.kind)


def _change(dialog: Dialog, step: Step) -> Text | None:
    return _("To change the score, press another.") if _shows_scores(dialog, step) else None


def _shows_scores(dialog: Dialog, step: Step) -> bool:
    """Words right after the score: the score can still be changed beside them."""
    scored = main(dialog)
    follows = scored is not None and len(dialog.steps) <= SHORT + 1
    return follows and step.kind == "words"


def _scores_again(dialog: Dialog, step: Step, state: State, invitation: Invitation) -> tuple[Option, ...]:
    scored = main(dialog)
    if scored is None or scored.name not in state.answers or not _shows_scores(dialog, step):
        return ()
    return _values(scored, state, invitation)


def _picks(step: Step, state: State, invitation: Invitation, language: str) -> tuple[Option, ...]:
    """The answers that can be tapped, the one that was given marked."""
    given = state.answers.get(step.name)
    if step.is_scale:
        whole = all(step.label(value) for value in step.values)
        if whole and given is None:
            return _labelled(step, invitation, language)
        return _values(step, state, invitation, "" if whole else language)
    if step.kind == "contact":
        pairs = (("yes", True, _("Yes, please do")), ("no", False, _("Rather not")))
        return tuple(
            Option(text("✓ ", label) if given is value else label, _press(invitation, step, id))
            for id, value, label in pairs
        )
    several = step.kind == "choices"
    chosen = set(given or ()) if several else {given}
    mark, blank = ("☑ ", "☐ ") if several else ("✓ ", "")
    return tuple(
        Option(
            text(mark if choice.id in chosen else blank, in_language(choice.label, language)),
            _press(invitation, step, choice.id),
            wide=True,
        )
        for choice in step.choices
    )


def _press(invitation: Invitation, step: Step, value: object) -> str:
    return f"answer:{invitation.id}:{step.name}:{value}"


def _labelled(step: Step, invitation: Invitation, language: str) -> tuple[Option, ...]:
    return tuple(
        Option(
            text(f"{value} · ", in_language(step.label(value), language)), _press(invitation, step, value), wide=True
        )
        for value in step.values
    )


def _values(step: Step, state: State, invitation: Invitation, language: str = "") -> tuple[Option, ...]:
    """The bare numbers; the first and the last say what they mean, where there is room for a row of their own."""
    given = state.answers.get(step.name)
    return tuple(
        Option(
            text("✓ " if value == given else "", _value(step, value, language)),
            _press(invitation, step, value),
            wide=bool(language and step.label(value)) and given is None,
        )
        for value in step.values
    )


def _value(step: Step, value: int, language: str) -> str:
    if step.kind == "stars":
        return "★" * value
    label = in_language(step.label(value), language) if language else ""
    return f"{value} · {label}" if label else str(value)


def _moves(dialog: Dialog, state: State, step: Step, invitation: Invitation) -> tuple[Option | None, ...]:
    given, first = step.name in state.answers, position(dialog, state)[0] == 1
    done = step.kind == "choices" and given
    skip = f"survey-skip:{invitation.id}:{step.name}"
    return (
        Option(_("Done"), skip, style="primary") if done else None,
        None if first else Option(_("Back"), f"survey-back:{invitation.id}:{step.name}"),
        None if done or (step.required and not given) else Option(_("Skip"), skip),
        Option(_("Not now"), f"survey-unask:{invitation.id}")
        if invitation.channel == "call"
        else Option(_("Stop surveys"), f"survey-stop:{invitation.id}"),
    )


def over(
    turn: Turn, dialog: Dialog, state: State, invitation: Invitation, language: str, *, changed: bool = False
) -> Reply:
    """The thanks, which differ by answer; another score can still be pressed."""
    scored, score = main(dialog), score_of(dialog, state)
    again = _("Changed to {score}.", score=score) if changed and score is not None else None
    said = _scored(scored, score, language) if scored and score is not None else None
    if invitation.channel == "call":
        body = lines(_("Written down for {name}.", name=person_of(turn, invitation)), *summary(dialog, state, language))
    else:
        body = lines(
            again or said,
            thanked(dialog, state, language) or _("Thank you."),
        )
    scores = _values(scored, state, invitation) if scored else ()
    call = invitation.channel == "call"
    back = options(
        Option(_("Back"), f"survey-back:{invitation.id}:") if call else None,
        Option(_("Take it all back"), f"survey-withdraw:{invitation.id}") if call else None,
    )
    return Reply(body, (*scores, *back), card=card_of(invitation.id))


def thanked(dialog: Dialog, state: State, language: str) -> Text | str:
    """The survey's own thanks; who complains beside a good score hears none that is glad of it."""
    scored = main(dialog)
    if complains(score_of(dialog, state), scored.kind if scored else "", words_in(dialog, state)):
        return _("Thank you for telling us. Somebody reads what you wrote.")
    return in_language(thanks(dialog, state), language)


def summary(dialog: Dialog, state: State, language: str) -> list[Text]:
    """Every answer beside its question."""
    return [
        text("• ", asked(dialog, State(state.dialog, state.version, step.name, state.answers, state.given), language),
             " ", bold(said_again(step, state.answers[step.name], language)[:LINE]))
        for step in dialog.steps
        if step.name in state.answers
    ]  # fmt: skip


CLOSED: Mapping[str, Text] = {
    "": _("This question is closed and takes no more answers: it was open for 14 days."),
    "off": _("This question is closed and takes no more answers: the survey has ended."),
    "undone": _("This question is closed: what it was about is not done yet, and we are at it again."),
}
"""By the reason for which it was closed."""


def stopped(invitation: Invitation) -> Reply:
    """Who stops without having answered is thanked for nothing, and asked nothing more."""
    said = _("You have stopped surveys: this question is closed, and we ask nothing more.")
    return Reply(lines(said, _("To undo that, write “start surveys”.")), card=card_of(invitation.id))


def closed(invitation: Invitation, why: str = "") -> Reply:
    """The honest answer to somebody who comes too late."""
    return Reply(
        lines(
            CLOSED.get(why or invitation.reason, CLOSED[""]),
            _("If something is on your mind, write it here. A person reads it."),
        ),
        card=card_of(invitation.id),
    )
