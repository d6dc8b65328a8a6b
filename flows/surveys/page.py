"""A survey as a page: what it shows now, and what was filled in. The same answers as in a chat, one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.core.text import Text, plain
from bot.core.text import gettext as _
from flows.dialog import State, asked, in_language, position, step_of
from flows.handle import finish
from flows.referrals import promoters
from flows.rewards import actions as rewards
from flows.steps import Step
from flows.surveys import answers, channels, questions
from flows.surveys.asked import ASKED, OPEN, dialog_of, state_of
from flows.surveys.misread import misread
from flows.surveys.stopping import stop_for
from flows.turn import Turn
from flows.words import Language, Words, language_of
from store.models import Invitation, Survey, Workspace
from store.work import Work

LONGEST = 4000
LABELS: Mapping[str, Text] = {
    "back": _("Back"),
    "skip": _("Skip"),
    "next": _("Next question"),
    "answer": _("Your answer"),
    "stop": _("No more surveys"),
}
WRONG = _("This link is not right. Please open it once more from the message it came in.")


@dataclass(frozen=True, slots=True)
class Pick:
    """An answer that can be tapped or ticked."""

    value: str
    label: str
    given: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on the page, all of it in one language; `kind` is empty where nothing is asked any more."""

    language: Language
    title: str
    said: Sequence[str] = ()
    kind: str = ""
    step: str = ""
    ask: str = ""
    count: str = ""
    how: str = ""
    given: str = ""
    picks: Sequence[Pick] = ()
    first: bool = True
    required: bool = False
    wrong: str = ""


def show(work: Work, token: str, language: str, key: str) -> Page:
    """What is open behind this address; nothing changes by looking."""
    turn, invitation = _turn(work, token, language, key)
    return _page(turn, invitation) if invitation and turn else _no_page(language)


def take(work: Work, token: str, filled: Mapping[str, Sequence[str]], language: str, key: str) -> Page:
    """The page after what was filled in; an answer to an old question changes that one, and counts once."""
    turn, invitation = _turn(work, token, language, key)
    if turn is None or invitation is None:
        return _no_page(language)
    wrong = ""
    if invitation.state in OPEN and not answers.closed(turn, invitation):
        wrong = _taken(turn, invitation, filled)
        finish(turn)
        work.for_good()
    found = work.get(Invitation, invitation.id)
    return _page(turn, found or invitation, wrong, next(iter(filled.get("answer", ())), ""))


def _turn(work: Work, token: str, language: str, key: str) -> tuple[Turn | None, Invitation | None]:
    found = channels.opened(work, token)
    if found is None:
        return None, None
    firm, invitation = found
    turn = Turn(work=work, workspace=firm, key=f"page:{key}")
    turn.action = "page:survey"
    turn.__dict__["words"] = Words(_language(work, firm, invitation, language), firm.zone, work.now)
    return turn, invitation


def _language(work: Work, firm: Workspace, invitation: Invitation, asked_for: str) -> Language:
    """What the page was asked for in, else what the customer speaks, else the firm's own."""
    customer = work.customers.get(invitation.customer)
    return language_of(asked_for or (customer.language if customer else "") or firm.language)


def _taken(turn: Turn, invitation: Invitation, filled: Mapping[str, Sequence[str]]) -> str:
    """What is wrong with it; empty when it was taken."""
    survey = turn.work.get(Survey, invitation.survey)
    do, name = (next(iter(filled.get(field, ())), "") for field in ("do", "step"))
    dialog = dialog_of(survey) if survey else None
    step = next((step for step in dialog.steps if step.name == name), None) if dialog else None
    customer = turn.work.customers.get(invitation.customer)
    if do == "stop" and customer is not None:
        stop_for(turn, customer, "surveys")
    elif step is None or (do and invitation.step != name):
        return ""
    elif do == "skip":
        answers.skip(turn, invitation)
    elif do == "back":
        answers.go_back(turn, invitation)
    else:
        return _answered(turn, invitation, step, [value[:LONGEST] for value in filled.get("answer", ())])
    return ""


def _answered(turn: Turn, invitation: Invitation, step: Step, values: Sequence[str]) -> str:
    found = answers.fill(turn, invitation, step, values)
    if found is not None:
        return ""
    hint = misread(step, values[0], turn.language) if values else None
    return plain((hint or questions.HOW.get(step.kind) or _("Please choose one of these.")).resolve(turn.words))


def _no_page(language: str) -> Page:
    from datetime import UTC, datetime

    spoken = language_of(language)
    return Page(spoken, "", (plain(WRONG.resolve(Words(spoken, "UTC", datetime.now(UTC)))),))


def _page(turn: Turn, invitation: Invitation, wrong: str = "", typed: str = "") -> Page:
    survey = turn.work.get(Survey, invitation.survey)
    if survey is None or invitation.state not in ASKED:
        return _no_page(turn.language)
    dialog = dialog_of(survey)
    state = state_of(turn, dialog, invitation)
    if invitation.state in ("finished", "skipped"):
        closing = questions.thanked(dialog, state, turn.language)
        return _over(turn, _("Your answer is in. Thank you."), closing, *_thanked(turn, survey, invitation))
    if invitation.state == "stopped":
        return _over(turn, _("Done: {firm} sends you no more surveys.", firm=turn.workspace.name))
    if answers.closed(turn, invitation) or state.finished:
        return _over(turn, _("The page is open for 14 days, and this link is over."))
    return _open(turn, survey, invitation, state, wrong, typed)


def _thanked(turn: Turn, survey: Survey, invitation: Invitation) -> list[Text]:
    """Codes for whoever has answered here: no chat of ours brings them."""
    if invitation.channel != "web" or invitation.state != "finished":
        return []
    found = (
        rewards.on_page(turn, invitation, survey.name),
        promoters.on_page(turn, invitation, survey.name, survey.kind),
    )
    return [said for said in found if said is not None]


def _over(turn: Turn, *said: Text | str) -> Page:
    words = [each if isinstance(each, str) else plain(each.resolve(turn.words)) for each in said if each]
    return Page(turn.words.language, turn.workspace.name, words)


def _open(turn: Turn, survey: Survey, invitation: Invitation, state: State, wrong: str, typed: str) -> Page:
    dialog, language = dialog_of(survey), turn.words.language
    step, (number, most) = step_of(dialog, state.step), position(dialog, state)
    given = state.answers.get(step.name)
    first = number == 1
    greeting = _("Hello {name}, this is {firm}.", name=questions.person_of(turn, invitation), firm=turn.workspace.name)
    seen = _("{firm} sees your answer with your name.", firm=turn.workspace.name)
    how = questions.HOW.get(step.kind) if step.kind != "choices" else None
    return Page(
        language,
        turn.workspace.name,
        tuple(plain(said.resolve(turn.words)) for said in (greeting, seen)) if first and not state.answers else (),
        step.kind,
        step.name,
        asked(dialog, state, language),
        f"{number} / {most}" if most > 1 else "",
        plain(how.resolve(turn.words)) if how else "",
        typed if wrong else "" if given is None or isinstance(given, bool | list) else str(given),
        _picks(step, given, language, turn),
        first,
        step.required,
        wrong,
    )


def _picks(step: Step, given: Any, language: str, turn: Turn) -> tuple[Pick, ...]:
    if step.is_scale:
        return tuple(Pick(str(v), in_language(step.label(v), language), v == given) for v in step.values)
    if step.kind == "contact":
        labels: tuple[tuple[Literal["yes", "no"], Text], ...] = (("yes", _("Yes, please do")), ("no", _("Rather not")))
        return tuple(Pick(v, plain(said.resolve(turn.words)), given is (v == "yes")) for v, said in labels)
    chosen = given if isinstance(given, list) else [given]
    return tuple(Pick(c.id, in_language(c.label, language), c.id in chosen) for c in step.choices)
