"""Keeping codes, and giving one to whoever has finished: a second step that knows only that they have."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, code, lines, ngettext, quote, text
from bot.core.text import gettext as _
from flows.dialog import in_language
from flows.jobs import open_again
from flows.router import MANAGERS
from flows.surveys.cards import campaign
from flows.surveys.facts import SurveyFinished
from flows.surveys.questions import person_of
from flows.turn import Turn, options
from store.firms import set_settings
from store.models import Code, Conversation, Invitation, Job, StoredFile, Survey

FEW = 10
"""From here on the managers hear that codes run out."""
ENDED, REFERS = "codes_ended", "referral_surveys"
"""Settings: surveys whose list a manager has taken back, and those whose promoters get a referral code."""


def chosen(turn: Turn, setting: str) -> list[str]:
    """The surveys of a setting, by name."""
    return list(turn.workspace.settings.get(setting, ()))


def choose(turn: Turn, setting: str, survey: str, *, on: bool) -> None:
    names = [name for name in chosen(turn, setting) if name != survey]
    set_settings(turn.work, turn.workspace, **{setting: [*names, survey] if on else names or None})


def add(turn: Turn, survey: Survey, codes: Sequence[str]) -> tuple[int, int]:
    """Keeps the new ones; returns how many these are, and how many were known already."""
    new = [word for word in codes if turn.work.first(Code, code=word) is None]
    for word in new:
        turn.work.add(Code(survey=survey.name, code=word))
    if new:
        choose(turn, ENDED, survey.name, on=False)
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
    free, refers = turn.work.feedback.codes_left(survey.name), survey.name in chosen(turn, REFERS)
    drop = Option(_("Take back those that are left"), f"codes-drop:{survey.id}", style="danger")
    promoters = Option(text("☑ " if refers else "☐ ", _("Promoters get a referral code")), f"codes-refer:{survey.id}")
    named = survey.kind == "nps" and not survey.anonymous
    return options(drop if free else None, promoters if named else None)


def refer(turn: Turn, survey: Survey) -> Reply:
    """Whoever would recommend us gets a code for it, or no more."""
    choose(turn, REFERS, survey.name, on=survey.name not in chosen(turn, REFERS))
    return shown(turn, survey)


def standing(turn: Turn, survey: Survey) -> Text:
    free, given = turn.work.feedback.codes_left(survey.name), turn.work.feedback.codes_given(survey.name)
    title = in_language(survey.title, turn.words.language)
    left, away = ngettext("{n} code left", "{n} codes left", free), ngettext("{n} given away", "{n} given away", given)
    count = _("{left}, {given}.", left=left, given=away)
    how = _(
        "Whoever answers gets one, once. More: {example}", example=code(f"/codes {survey.name} GIFT-1001 GIFT-1002")
    )
    return lines(bold(_("Codes for “{title}”", title=title)), count, how)


def drop(turn: Turn, survey: Survey) -> Reply:
    """Codes that nobody has are taken off the list; those that were given stay good."""
    turn.work.feedback.drop_codes(survey.name)
    choose(turn, ENDED, survey.name, on=True)
    return shown(turn, survey)


def on_finish(turn: Turn, fact: SurveyFinished) -> None:
    """One code a person and survey; answered again, or in another edition, brings none."""
    invitation = turn.work.get(Invitation, fact.invitation)
    if invitation is None or turn.work.first(Code, survey=fact.survey, customer=invitation.customer) is not None:
        return
    free = turn.work.feedback.free_codes(fact.survey)
    if not free:
        _went_without(turn, invitation, fact.survey)
    elif _reaches(turn, invitation):
        row = turn.work.change(free[invitation.id % len(free)], customer=invitation.customer, given=turn.now)
        hand_over(turn, invitation, gift(turn, row))
        left = turn.work.feedback.codes_left(fact.survey)
        if left in (0, FEW):
            _tell_managers(turn, fact.survey, left)


def gift(turn: Turn, row: Code) -> Text:
    return lines(_("A small thank-you from {firm}, your code:", firm=turn.workspace.name), code(row.code))


def _went_without(turn: Turn, invitation: Invitation, survey: str) -> None:
    """The list is empty: honestly said, and those who can mend it hear who went without."""
    given = turn.work.feedback.codes_given(survey)
    if not given or survey in chosen(turn, ENDED) or not _reaches(turn, invitation):
        return
    hand_over(
        turn, invitation, _("Our thank-you codes have all been given away. {firm} knows.", firm=turn.workspace.name)
    )
    customer = turn.work.customers.get(invitation.customer)
    said = _(
        "{name} answered “{survey}”, and no code was left.", name=customer.name if customer else "?", survey=survey
    )
    _tell(turn, lines(said, _more(survey)))


def _reaches(turn: Turn, invitation: Invitation) -> bool:
    """A chat that takes our words, the page that is open now, or a member on the telephone."""
    chat = turn.work.get(Conversation, invitation.conversation) if invitation.conversation else None
    return invitation.channel in ("web", "call") or (chat is not None and chat.reachable)


def hand_over(turn: Turn, invitation: Invitation, said: Text) -> None:
    """Where they answered: in their chat, read out by whoever has them on the telephone, or on the page itself."""
    chat = turn.work.get(Conversation, invitation.conversation) if invitation.conversation else None
    if invitation.channel == "call":
        turn.say(lines(_("To read out to {name}:", name=person_of(turn, invitation)), quote(said)))
    elif invitation.channel != "web" and chat is not None and chat.reachable:
        turn.say_to(chat, campaign(Reply(said), tell=""))


def on_page(turn: Turn, invitation: Invitation, survey: str) -> Text | None:
    """What the page shows to whoever has finished there."""
    row = turn.work.first(Code, survey=survey, customer=invitation.customer)
    return gift(turn, row) if row is not None else None


def _tell_managers(turn: Turn, survey: str, left: int) -> None:
    said = ngettext("{n} code is left for “{name}”.", "{n} codes are left for “{name}”.", left, name=survey)
    _tell(turn, lines(said, _more(survey)))


def _more(survey: str) -> Text:
    return _("More: {example}", example=code(f"/codes {survey} GIFT-1001 GIFT-1002"))


def _tell(turn: Turn, said: Text) -> None:
    for member in turn.work.people.members():
        if member.role in MANAGERS:
            turn.message_member(member, Reply(said), "news")


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
