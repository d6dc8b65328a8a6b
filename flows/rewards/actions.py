"""Keeping codes, and giving one to whoever has finished: a second step that knows only that they have."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, ngettext
from bot.core.text import gettext as _
from flows.dialog import in_language
from flows.jobs import open_again
from flows.router import MANAGERS
from flows.surveys.cards import campaign
from flows.surveys.facts import SurveyFinished
from flows.turn import Turn
from store.models import Code, Conversation, Invitation, Job, StoredFile, Survey

FEW = 10
"""From here on the managers hear that codes run out."""


def add(turn: Turn, survey: Survey, codes: Sequence[str]) -> tuple[int, int]:
    """Keeps the new ones; returns how many these are, and how many were known already."""
    new = [word for word in codes if turn.work.first(Code, code=word) is None]
    for word in new:
        turn.work.add(Code(survey=survey.name, code=word))
    return len(new), len(codes) - len(new)


def added(turn: Turn, survey: Survey, codes: Sequence[str]) -> Reply:
    """Keeps a list and says what became of it."""
    return told(turn, survey, *add(turn, survey, codes))


def told(turn: Turn, survey: Survey, new: int, known: int) -> Reply:
    """What became of a list."""
    again = ngettext("{n} was known already.", "{n} were known already.", known) if known else None
    head = ngettext("{n} code is ready.", "{n} codes are ready.", new)
    return Reply(lines(head, again, standing(turn, survey)), _options(turn, survey), card=card_of(survey))


def card_of(survey: Survey) -> str:
    return f"codes:{survey.name}"


def shown(turn: Turn, survey: Survey) -> Reply:
    """How many are left, how many were given."""
    return Reply(standing(turn, survey), _options(turn, survey), card=card_of(survey))


def _options(turn: Turn, survey: Survey) -> tuple[Option, ...]:
    free = turn.work.feedback.codes_left(survey.name)
    drop = Option(_("Take back those that are left"), f"codes-drop:{survey.id}", style="danger")
    return (drop,) if free else ()


def standing(turn: Turn, survey: Survey) -> Text:
    free, given = turn.work.feedback.codes_left(survey.name), turn.work.feedback.codes_given(survey.name)
    title = in_language(survey.title, turn.words.language)
    count = _("{free} codes left, {given} given away.", free=str(free), given=str(given))
    how = _(
        "Whoever answers gets one, once. More: {example}", example=code(f"/codes {survey.name} GIFT-1001 GIFT-1002")
    )
    return lines(bold(_("Codes for “{title}”", title=title)), count, how)


def drop(turn: Turn, survey: Survey) -> Reply:
    """Codes that nobody has are taken off the list; those that were given stay good."""
    turn.work.feedback.drop_codes(survey.name)
    return shown(turn, survey)


def on_finish(turn: Turn, fact: SurveyFinished) -> None:
    """One code a person and survey; answered again, or in another edition, brings none."""
    invitation = turn.work.get(Invitation, fact.invitation)
    if invitation is None or turn.work.first(Code, survey=fact.survey, customer=invitation.customer) is not None:
        return
    free = turn.work.feedback.free_codes(fact.survey)
    if not free:
        return
    chat = turn.work.get(Conversation, invitation.conversation) if invitation.conversation else None
    if chat is None or not chat.reachable:
        return
    row = turn.work.change(free[invitation.id % len(free)], customer=invitation.customer, given=turn.now)
    body = lines(_("A small thank-you from {firm}, your code:", firm=turn.workspace.name), code(row.code))
    turn.say_to(chat, campaign(Reply(body), tell=""))
    left = turn.work.feedback.codes_left(fact.survey)
    if left in (0, FEW):
        _tell_managers(turn, fact.survey, left)


def _tell_managers(turn: Turn, survey: str, left: int) -> None:
    said = ngettext("{n} code is left for “{name}”.", "{n} codes are left for “{name}”.", left, name=survey)
    more = _("More: {example}", example=code(f"/codes {survey} GIFT-1001 GIFT-1002"))
    for member in turn.work.people.members():
        if member.role in MANAGERS:
            turn.message_member(member, Reply(lines(said, more)), "news")


def codes_arrived(turn: Turn, row: StoredFile) -> None:
    """The platform has handed over a list of codes."""
    for job in turn.work.find(Job, kind="codes", state="fetching"):
        if job.arguments.get("file") == row.id:
            open_again(turn, job, arguments={**job.arguments, "hash": row.hash})


def nothing_read() -> Text:
    return lines(
        _("I found no codes there: letters and figures, at least four."),
        _("Example: {example}", example=code("/codes visit GIFT-1001 GIFT-1002")),
    )
