"""Drafts: begun from a template or from nothing, changed question by question, published as an edition that stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core.errors import BadInput
from bot.core.text import Text, text
from bot.core.text import gettext as _
from flows.builder import calendar
from flows.builder.rules import ASK, both, faults, free
from flows.builder.templates import Template
from flows.dialog import Dialog, as_json, in_language, main
from flows.steps import Step
from flows.surveys.asked import dialog_of
from flows.turn import Turn
from store.models import Invitation, OwnField, Survey

SETTINGS = ("after", "delay", "every", "audience", "rhythm", "share", "quota")
"""What is no question, and goes from one edition to the next."""
TITLE = 40
NPS_DAYS = 90
"""The same person is not asked sooner whether they would recommend us."""


def card_of(survey: Survey) -> str:
    """Where a draft is built."""
    return f"survey-draft:{survey.id}"


def title_of(turn: Turn, survey: Survey) -> str:
    return in_language(survey.title, turn.language) or survey.name


def find(turn: Turn, words: str) -> Survey | None:
    """The survey of that name or title: its draft where there is one, else the newest edition."""
    wanted = words.casefold().strip()
    rows = sorted(turn.work.find(Survey), key=lambda survey: survey.edition)
    named = [row for row in rows if wanted in (row.name.casefold(), *(t.casefold() for t in row.title.values()))]
    return named[-1] if named else None


def own_fields(turn: Turn) -> list[str]:
    return [row.name for row in turn.work.find(OwnField, state="active")]


def begin(turn: Turn, said: str, template: Template | None = None, steps: Sequence[Step] = ()) -> Survey:
    """A new draft, with a template's questions or those that were told; who begins the same template twice goes on with
    the draft that is there.
    """
    title = dict(template.title) if template else both(said[:TITLE]) or {"en": "Survey"}
    name = template.name if template else _name(turn, next(iter(title.values())))
    if template and (known := find(turn, name)):
        return known if known.draft else revise(turn, known)
    values: dict[str, Any] = {}
    if template:
        values = {name: getattr(template, name) for name in ("delay", "every", "rhythm")}
        values["after"] = list(template.after)
    dialog = Dialog(name, 1, template.steps, template.thanks) if template else Dialog(name, 1, _named(steps))
    draft = turn.work.add(Survey(name=name, title=title, draft=True, active=False, **_questions(dialog), **values))
    turn.did(_("survey {name} begun", name=title_of(turn, draft)), card_of(draft))
    return draft


def _named(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Questions that have no names yet: the first on a scale is called "score", so that conditions read well."""
    scored = next((step for step in steps if step.is_scale), None)
    return tuple(replace(step, name="score" if step is scored else f"q{n}") for n, step in enumerate(steps, 1))


def _name(turn: Turn, title: str) -> str:
    """One word, so that it can be said in a command."""
    plain = re.sub(r"[^\w]+", "-", title.casefold()).strip("-")[:24] or "survey"
    taken = {row.name for row in turn.work.find(Survey)}
    return plain if plain not in taken else free(taken, f"{plain}-")


def _questions(dialog: Dialog) -> dict[str, Any]:
    scored = main(dialog)
    return {
        "kind": scored.kind if scored else "",
        "steps": as_json(dialog),
        "thanks": [[condition, dict(said)] for condition, said in dialog.thanks],
    }


def revise(turn: Turn, survey: Survey) -> Survey:
    """The draft of the next edition: as the newest one is, until it is changed."""
    rows = turn.work.find(Survey, name=survey.name)
    newest = max(rows, key=lambda row: row.edition)
    if newest.draft and not turn.work.first(Invitation, survey=newest.id):
        return newest
    kept = {name: getattr(newest, name) for name in ("name", "kind", "title", "steps", "thanks", *SETTINGS)}
    draft = turn.work.add(Survey(edition=newest.edition + 1, draft=True, active=False, **kept))
    turn.did(_("survey {name} begun", name=title_of(turn, draft)), card_of(draft))
    return draft


def changed(turn: Turn, draft: Survey, dialog: Dialog, label: Text) -> Survey:
    """The draft with these questions."""
    draft = turn.work.change(draft, **_questions(dialog))
    turn.did(text(title_of(turn, draft), ": ", label), card_of(draft))
    return draft


def with_steps(draft: Survey, steps: Sequence[Step]) -> Dialog:
    return replace(dialog_of(draft), steps=tuple(steps))


def add_step(turn: Turn, draft: Survey, step: Step) -> Survey:
    """At the end; the first question on a scale is called "score", so that conditions read well."""
    dialog = dialog_of(draft)
    taken = [other.name for other in dialog.steps]
    name = "score" if step.is_scale and main(dialog) is None and "score" not in taken else free(taken, "q")
    label = _("question {n} added", n=len(taken) + 1)
    return changed(turn, draft, with_steps(draft, (*dialog.steps, replace(step, name=name))), label)


def change_step(turn: Turn, draft: Survey, name: str, label: Text, **values: Any) -> Survey:
    """One question, with other words, choices or conditions."""
    steps = [replace(step, **values) if step.name == name else step for step in dialog_of(draft).steps]
    return changed(turn, draft, with_steps(draft, steps), label)


def move_step(turn: Turn, draft: Survey, name: str, by: int) -> Survey:
    """Up or down by one; at the end of the list it stays."""
    steps = list(dialog_of(draft).steps)
    at = next(number for number, step in enumerate(steps) if step.name == name)
    to = min(max(at + by, 0), len(steps) - 1)
    if to == at:
        return draft
    steps.insert(to, steps.pop(at))
    return changed(turn, draft, with_steps(draft, steps), _("question {n} moved", n=at + 1))


def drop_step(turn: Turn, draft: Survey, name: str) -> Survey:
    steps = list(dialog_of(draft).steps)
    at = next(number for number, step in enumerate(steps) if step.name == name)
    del steps[at]
    return changed(turn, draft, with_steps(draft, steps), _("question {n} removed", n=at + 1))


def rename(turn: Turn, draft: Survey, said: str) -> Survey:
    title = both(said[:ASK])
    if not title:
        raise BadInput(_("A survey needs a title."))
    draft = turn.work.change(draft, title={**draft.title, **title})
    turn.did(text(title_of(turn, draft), ": ", _("title changed")), card_of(draft))
    return draft


def discard(turn: Turn, draft: Survey) -> None:
    """The draft goes; editions that were published stay."""
    turn.did(_("draft of {name} thrown away", name=title_of(turn, draft)), card_of(draft))
    turn.work.remove(draft)


def publish(turn: Turn, draft: Survey) -> Survey:
    """From now on this edition is sent; whoever was asked an older one goes on with it."""
    wrong = list(faults(dialog_of(draft), own_fields(turn)))
    if wrong:
        raise BadInput(text(f"{wrong[0].where}: ", wrong[0].why))
    for row in turn.work.find(Survey, name=draft.name, active=True):
        turn.work.change(row, active=False)
    every = max(draft.every, NPS_DAYS) if draft.kind == "nps" else draft.every
    draft = turn.work.change(draft, draft=False, active=True, every=every)
    calendar.plan(turn, draft)
    turn.did(_("{name} published", name=title_of(turn, draft)), card_of(draft))
    return draft


def put(turn: Turn, name: str, dialog: Dialog, values: Mapping[str, Any]) -> tuple[Survey, bool]:
    """A whole survey at once, as from a file: published as the next edition, or left alone where nothing differs."""
    new = {**_questions(dialog), **values}
    rows = turn.work.find(Survey, name=name)
    shown = [row for row in rows if not row.draft]
    newest = max(shown, key=lambda row: row.edition, default=None)
    if newest is not None and newest.active and all(getattr(newest, key) == value for key, value in new.items()):
        return newest, False
    frozen = ("steps", "thanks", "title")
    if newest is not None and all(getattr(newest, key) == new[key] for key in frozen):
        changed = turn.work.change(newest, active=True, **values)
        calendar.plan(turn, changed)
        return changed, True
    kept = {key: getattr(newest, key) for key in SETTINGS} if newest is not None else {}
    edition = max((row.edition for row in rows), default=0) + 1
    draft = turn.work.add(Survey(name=name, edition=edition, draft=True, active=False, **{**kept, **new}))
    return publish(turn, draft), True
