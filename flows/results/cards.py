"""How results look: few numbers on a phone, each with what it rests on; one tap for every other view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, join, lines, moment, ngettext, plain, quote, text
from bot.core.text import gettext as _
from flows.arrival import platform_name
from flows.dialog import Dialog, in_language, main
from flows.pictures.charts import Chart, Series
from flows.results import rules
from flows.results.counting import Question, Span, Tally
from flows.results.rules import Measure
from flows.steps import Step, said_again
from flows.themes.actions import themes_of
from flows.turn import Turn
from store.models import Member, Survey
from store.results import Asked, Comment

SHOWN, BAR = 8, 8
VIEWS: Mapping[str, Text] = {
    "questions": _("Each question"),
    "tier": _("By tier"),
    "owner": _("By owner"),
    "channel": _("By channel"),
    "segment": _("By segment"),
    "trend": _("Trend"),
    "comments": _("Comments"),
    "chart": _("Chart"),
    "csv": _("CSV file"),
}


def number(value: float, places: int = 0) -> str:
    """Halves up, and without a minus before nothing."""
    shown = Decimal(str(round(value, 9))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return str(abs(shown) if shown == 0 else shown)


def measured(kind: str, counts: Mapping[int, int]) -> Text:
    """The number that such a survey is about, with its range and n."""
    if not rules.total(counts):
        return _("No answers yet.")
    match kind:
        case "nps":
            found = rules.nps(counts)
            return _(
                "NPS {score} (95 %: {low} to {high}, n = {n})",
                score=number(found.value),
                low=number(found.low),
                high=number(found.high),
                n=str(found.n),
            )
        case "ces":
            mean, easy = rules.ces(counts)
            return _(
                "CES {mean} of 7, easy (5–7) for {share} % (n = {n})",
                mean=number(mean, 2),
                share=number(easy.value, 2),
                n=str(easy.n),
            )
        case "csat":
            return _csat(rules.csat(counts))
    return _("Mean {mean} (n = {n})", mean=number(rules.mean(counts), 2), n=str(rules.total(counts)))


def _csat(found: Measure) -> Text:
    return _(
        "CSAT {share} % (95 %: {low} to {high}, n = {n})",
        share=number(found.value, 2),
        low=number(found.low),
        high=number(found.high),
        n=str(found.n),
    )


def short(kind: str, counts: Mapping[int, int]) -> str:
    """The same as one number, for a line or a bar."""
    match kind:
        case "nps":
            return number(rules.nps(counts).value)
        case "csat":
            return f"{number(rules.csat(counts).value)} %"
    return number(rules.mean(counts), 2)


def title_of(turn: Turn, survey: Survey) -> str:
    return in_language(survey.title, turn.words.language)


def overview(turn: Turn, survey: Survey, dialog: Dialog, tally: Tally) -> Reply:
    """The score, how often each value, how many answered, and where people leave."""
    step = main(dialog)
    left = [text(f"• {q.left}: ", quote(_ask(dialog, q.name, turn))) for q in tally.questions.values() if q.left]
    body = lines(
        bold(text(title_of(turn, survey), f" ({survey.name})")),
        measured(survey.kind, tally.scores) if step else None,
        distribution(step.values, tally.scores) if step and tally.scores else None,
        _(
            "Sent {sent} · begun {started} · finished {finished} · response {rate} %",
            sent=str(tally.sent),
            started=str(tally.started),
            finished=str(tally.finished),
            rate=number(rules.share(tally.started, tally.sent).value, 2),
        ),
        _("Left half-way at:") if left else None,
        *left,
        None if tally.sent else _("Nobody was asked yet. Send it to one customer from their card, or to a list."),
    )
    return Reply(body, views(survey) if tally.sent else (), card=card_of(survey))


def card_of(survey: Survey) -> str:
    return f"results:{survey.name}"


def views(survey: Survey, but: str = "") -> tuple[Option, ...]:
    back = (Option(_("Overview"), f"results:{survey.id}:all"),) if but else ()
    return (*back, *(Option(name, f"results:{survey.id}:{view}") for view, name in VIEWS.items() if view != but))


def distribution(values: Sequence[int], counts: Mapping[int, int]) -> Text:
    """Each value with how often it was given, the best first."""
    if len(values) > 7:
        return join(" · ", [text(f"{value}: {counts.get(value, 0)}") for value in reversed(values)])
    n = max(rules.total(counts), 1)
    rows = [(value, counts.get(value, 0)) for value in reversed(values)]
    return lines(*(text(f"{value} {'█' * round(BAR * count / n) or '·'} {count}") for value, count in rows))


def _ask(dialog: Dialog, name: str, turn: Turn) -> str:
    step = next(step for step in dialog.steps if step.name == name)
    return in_language(step.ask, turn.words.language)


def questions(turn: Turn, survey: Survey, dialog: Dialog, tally: Tally) -> Reply:
    """Every question with its answers."""
    shown = [_question(turn, step, tally.questions[step.name]) for step in dialog.steps]
    return Reply(lines(bold(title_of(turn, survey)), *shown), views(survey, "questions"), card=card_of(survey))


def _question(turn: Turn, step: Step, found: Question) -> Text:
    language = turn.words.language
    head = bold(in_language(step.ask, language))
    count = _("answered {n} of {asked}", n=str(found.answered), asked=str(found.asked))
    if step.kind == "words" or not found.values:
        return lines(head, count)
    if step.is_scale:
        counts = Counter({int(value): n for value, n in found.values.items()})
        kind = step.kind if step.kind in ("nps", "csat", "ces") else ""
        return lines(head, measured(kind, counts), distribution(step.values, counts))
    rows = [f"• {said_again(step, _kept(step, value), language)}: {n}" for value, n in found.values.most_common(SHOWN)]
    return lines(head, count, *(text(row) for row in rows))


def _kept(step: Step, value: Any) -> Any:
    return [value] if step.kind == "choices" else value


def by_part(turn: Turn, survey: Survey, view: str, parts: Mapping[str, Sequence[Asked]]) -> Reply:
    """One line for each part: its score with n, and how many of those asked answered."""
    shown = [_part(turn, survey, view, name, rows) for name, rows in list(parts.items())[:SHOWN]]
    head = text(title_of(turn, survey), " · ", VIEWS[view])
    empty = _("No segments are kept yet: /segment makes one.") if view == "segment" else _("Nobody was asked yet.")
    return Reply(lines(bold(head), *(shown or [empty])), views(survey, view), card=card_of(survey))


def _part(turn: Turn, survey: Survey, view: str, name: str, rows: Sequence[Asked]) -> Text:
    counts = Counter(row.score for row in rows if row.score is not None)
    known = Counter({int(score): n for score, n in counts.items()})
    rate = number(rules.share(rules.total(known), len(rows)).value)
    sent = ngettext("{n} asked, {rate} % answered", "{n} asked, {rate} % answered", len(rows), rate=rate)
    return lines(text(bold(called(turn, view, name)), " · ", measured(survey.kind, known)), text("   ", sent))


def called(turn: Turn, view: str, name: str) -> Text:
    """A part as people call it."""
    match view:
        case "tier":
            return _("tier {tier}", tier=name) if name else _("without a tier")
        case "owner":
            member = turn.work.get(Member, int(name)) if name else None
            return text(member.name) if member else _("nobody")
        case "channel":
            return {"web": _("web link"), "call": _("by telephone")}.get(name) or text(platform_name(name))
    return text(name)


def trend(turn: Turn, survey: Survey, spans: Sequence[Span]) -> Reply:
    """A line a stretch of time."""
    shown = [
        text(moment(span.start, "day"), ": ", measured(survey.kind, span.scores) if span.scores else _("no answers"))
        for span in spans
    ]
    return Reply(
        lines(bold(text(title_of(turn, survey), " · ", VIEWS["trend"])), *shown),
        (Option(_("Chart"), f"results:{survey.id}:line"), *views(survey, "trend")),
        card=card_of(survey),
    )


def comments(turn: Turn, survey: Survey, said: Sequence[Comment]) -> Reply:
    """The latest words with score and themes."""
    shown = [comment(turn, one) for one in said[:SHOWN]]
    more = len(said) - SHOWN
    body = lines(
        bold(text(title_of(turn, survey), " · ", VIEWS["comments"])),
        *(shown or [_("Nobody has written anything yet.")]),
        ngettext("and {n} more in the CSV file", "and {n} more in the CSV file", more) if more > 0 else None,
    )
    return Reply(body, views(survey, "comments"), card=card_of(survey))


def comment(turn: Turn, said: Comment) -> Text:
    """ "Acme (2) #delivery: slow"."""
    themes = "".join(f" #{theme.name}" for theme in themes_of(turn, said.text))
    score = f" ({said.score})" if said.score is not None else ""
    return text(f"• {said.name}{score}{themes}: ", quote(said.text[:140]))


def bars(turn: Turn, survey: Survey, dialog: Dialog, tally: Tally) -> Chart:
    """How often each value was given, as a picture."""
    step = main(dialog)
    values = list(reversed(step.values)) if step else []
    language, n = turn.words.language, max(rules.total(tally.scores), 1)
    labels = [f"{value} {in_language(step.label(value), language)}".strip() if step else "" for value in values]
    counts = [tally.scores.get(value, 0) for value in values]
    shown = [f"{count} · {round(100 * count / n)} %" for count in counts]
    note = plain(measured(survey.kind, tally.scores).resolve(turn.words))
    return Chart("bars", title_of(turn, survey), labels, (Series("", counts, shown),), note)


def line(turn: Turn, survey: Survey, spans: Sequence[Span]) -> Chart | None:
    """The trend as a picture; None while there is nothing to draw."""
    there = [span for span in spans if span.scores]
    if not there:
        return None
    values = [round(_value(survey.kind, span.scores), 2) for span in there]
    labels = [span.start.astimezone(turn.zone).strftime("%m-%d") for span in there]
    name = {"csat": "CSAT %", "nps": "NPS"}.get(survey.kind, "")
    return Chart("trend", f"{title_of(turn, survey)} {name}".strip(), labels, (Series(name, values),))


def _value(kind: str, counts: Mapping[int, int]) -> float:
    return {"csat": rules.csat(counts).value, "nps": rules.nps(counts).value}.get(kind, rules.mean(counts))
