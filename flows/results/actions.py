"""Reading the answers of a survey for one of its views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.messages import Reply
from bot.core.text import gettext as _
from flows.dialog import Dialog
from flows.jobs import begin
from flows.pictures.steps import show
from flows.results import cards, secret
from flows.results.counting import Answers, Span, parts, tally, trend
from flows.segments.actions import ask
from flows.surveys.asked import dialog_of, meant, published
from flows.turn import Turn
from store.models import Segment, Survey
from store.results import Asked, asked, comments, given

MONTHS, DAYS = 6, 30
SEGMENTS = 6


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that was answered to a survey, over all of its editions."""

    survey: Survey
    dialog: Dialog
    rows: Sequence[Asked]
    answers: Answers


def survey_called(turn: Turn, name: str) -> Survey | None:
    """By its name, by its title in either language, or by a part of it that no other has."""
    return meant(published(turn), name) if name.strip() else None


def read(turn: Turn, survey: Survey, among: frozenset[int] | None = None) -> Read:
    """The answers; of some customers only, where somebody asks for a part."""
    rows = [row for row in asked(turn.work, name=survey.name) if among is None or row.customer in among]
    return Read(survey, dialog_of(survey), rows, given(turn.work, survey.name))


def view(turn: Turn, survey: Survey, what: str, among: frozenset[int] | None = None) -> Reply:
    """One view of the results, in place of the one before."""
    if survey.anonymous:
        return secret.view(turn, survey)
    found = read(turn, survey, among)
    counted = tally(found.dialog, found.rows, found.answers)
    match what:
        case "questions":
            return cards.questions(turn, survey, found.dialog, counted)
        case "tier" | "owner" | "channel" | "segment":
            return cards.by_part(turn, survey, what, _parts(turn, found, what))
        case "trend":
            return cards.trend(turn, survey, _trend(turn, found))
        case "comments":
            return cards.comments(turn, survey, comments(turn.work, name=survey.name))
        case "chart":
            show(turn, cards.bars(turn, survey, found.dialog, counted))
            return Reply(_("The picture comes in a moment."), toast=True)
        case "line":
            chart = cards.line(turn, survey, _trend(turn, found))
            if chart is not None:
                show(turn, chart)
            said = _("The picture comes in a moment.") if chart else _("No answers yet.")
            return Reply(said, toast=True)
        case "csv":
            begin(turn, "results", survey=survey.name, language=turn.words.language)
            return Reply(_("I am writing the file …"), toast=True)
    return cards.overview(turn, survey, found.dialog, counted)


def _trend(turn: Turn, found: Read) -> list[Span]:
    return trend(found.rows, turn.now, turn.zone, days=DAYS, count=MONTHS)


def _parts(turn: Turn, found: Read, what: str) -> Mapping[str, Sequence[Asked]]:
    match what:
        case "owner":
            return parts(found.rows, lambda row: str(row.owner or ""))
        case "channel":
            return parts(found.rows, lambda row: row.channel)
        case "segment":
            return _segments(turn, found)
    return parts(found.rows, lambda row: row.tier)


def _segments(turn: Turn, found: Read) -> dict[str, Sequence[Asked]]:
    """Each kept segment; a customer may be in several."""
    shown: dict[str, Sequence[Asked]] = {}
    for segment in turn.work.find(Segment)[-SEGMENTS:]:
        inside = in_segment(turn, segment)
        rows = [row for row in found.rows if row.customer in inside]
        if rows:
            shown[segment.name] = rows
    return shown


def in_segment(turn: Turn, segment: Segment) -> frozenset[int]:
    """Who fits it now."""
    return frozenset(turn.work.segments.found(ask(turn, segment.query).question).ids)
