"""Anonymous surveys, for members: making one, how many have answered, and the results once it is closed."""

from __future__ import annotations

from collections import Counter

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, quote, text
from bot.core.text import gettext as _
from flows.dialog import in_language
from flows.results import cards, rules
from flows.steps import said_again
from flows.surveys import anonymous
from flows.surveys.asked import dialog_of, newest
from flows.turn import Turn
from store.models import Ballot, Survey

WORDS = 12
"""Comments that are shown, in no order."""


def explained() -> Text:
    return lines(
        _("Which survey shall be anonymous?"),
        _("Answers are then kept without names, times or order, and read only after you close it."),
        _("Example: {example}", example=code("/anonymous visit")),
    )


def offered(turn: Turn, survey: Survey) -> Reply:
    """What changes, before it does."""
    kept, left = anonymous.kept_steps(survey)
    language = turn.words.language
    said = [text("• ", in_language(step["ask"], language)) for step in left]
    if not kept:
        why = _("Every question of it depends on another answer, so nothing would be left to ask.")
        return Reply(lines(bold(cards.title_of(turn, survey)), why))
    body = lines(
        bold(_("Make “{title}” anonymous?", title=cards.title_of(turn, survey))),
        _("Answers are then kept without names, times or order, and read only after you close it."),
        _("No alert, no task and no score on the customer's card comes of it. Who has it already keeps it as it was."),
        _("Left out, because who is asked them would tell the answer:") if left else None,
        *said,
    )
    go = Option(_("Make it anonymous"), f"anonymous-on:{survey.id}", style="primary")
    return Reply(body, (go,), card=f"anonymous:{survey.id}")


def begin(turn: Turn, survey: Survey) -> Reply:
    """A new edition; an anonymous one stays anonymous."""
    survey = newest(turn, survey)
    if not survey.anonymous and anonymous.kept_steps(survey)[0]:
        survey = anonymous.edition(turn, survey)
    return view(turn, survey)


def view(turn: Turn, survey: Survey) -> Reply:
    """While it runs only how many; then the numbers, for the whole and for parts that are large enough."""
    survey = newest(turn, survey)
    head = bold(text(cards.title_of(turn, survey), f" ({survey.name})"))
    states = turn.work.feedback.states(survey.id)
    done = states.get("finished", 0)
    if survey.closed is None:
        body = lines(
            head,
            _("Anonymous. Finished by {n}; results come when you close it.", n=str(done)),
            _("With fewer than {n} answers nothing is ever shown.", n=str(rules.FEWEST)),
        )
        close = Option(_("Close it and show the results"), f"anonymous-close:{survey.id}", style="primary")
        return Reply(body, (close,), card=cards.card_of(survey))
    ballots = turn.work.find(Ballot, survey=survey.id)
    if not ballots:
        few = _("Closed with fewer than {n} answers: they were destroyed, as promised.", n=str(rules.FEWEST))
        return Reply(lines(head, few), card=cards.card_of(survey))
    return Reply(lines(head, *_numbers(turn, survey, ballots)), card=cards.card_of(survey))


def _numbers(turn: Turn, survey: Survey, ballots: list[Ballot]) -> list[Text]:
    language, shown = turn.words.language, [_("Anonymous, closed. {n} answered.", n=str(len(ballots)))]
    for step in dialog_of(survey).steps:
        values = [ballot.answers[step.name] for ballot in ballots if step.name in ballot.answers]
        shown.append(bold(in_language(step.ask, language)))
        if step.is_scale:
            counts = Counter(int(value) for value in values)
            kind = step.kind if step.kind in ("nps", "csat", "ces") else ""
            shown += [
                cards.measured(kind, counts),
                cards.distribution(step.values, counts),
                *_parts(step.name, kind, ballots),
            ]
        elif step.kind == "words":
            shown += [text("• ", quote(str(value)[:140])) for value in sorted(values)[:WORDS]]
        else:
            found = Counter(said_again(step, value, language) for value in values)
            shown += [text(f"• {said}: {count}") for said, count in found.most_common()]
    return shown


def _parts(question: str, kind: str, ballots: list[Ballot]) -> list[Text]:
    """By tier; what stands under no tier here is too few people, or hides who is."""
    found: dict[str, Counter[int]] = {}
    for ballot in ballots:
        if ballot.part and question in ballot.answers:
            found.setdefault(ballot.part, Counter())[int(ballot.answers[question])] += 1
    return [
        text("• ", _("tier {tier}", tier=part), ": ", cards.measured(kind, counts))
        for part, counts in sorted(found.items())
        if rules.total(counts) >= rules.FEWEST
    ]


def close(turn: Turn, survey: Survey) -> Reply:
    """Takes no more answers, opens the ballots, shuffles them, and shows what they say."""
    survey = newest(turn, survey)
    if survey.anonymous and survey.closed is None:
        survey = anonymous.close(turn, survey)
    return view(turn, survey)
