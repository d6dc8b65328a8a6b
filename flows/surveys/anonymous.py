"""Anonymous surveys: who took part and what was answered are kept apart, and nothing leads from one to the other.

Until somebody finishes, their answers are sealed with a key that no table holds; then they become a ballot without a
name or a time. When the survey is closed all ballots are opened at once, shuffled, and written anew, so that neither
their order nor what an older copy of the tables holds says whose they were; until then each new one
takes a random place. What is shown in the chat, and so what
stands in the outbox, is the same whatever was answered: hence no conditions, no recall, and one sentence of thanks.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.errors import NotAllowed
from bot.core.messages import Option, Reply, Said
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.results.rules import FEWEST, hidden
from flows.secrets import public_key
from flows.surveys.asked import HIDDEN, OPEN
from flows.turn import Turn, options
from store.models import Ballot, Invitation, SealedAnswer, Survey
from store.sealing import Key, seal
from store.secrecy import veil

SHORT, LONG = 64, 512
"""A sealed answer is padded to a multiple of this, so that its length says nothing: a tap, or words."""
THANKS = {
    "en": "Thank you. Your answers are in, without your name; nobody can find or change them any more.",
    "zh": "谢谢您。您的回答已匿名收下，没有人能再查到或修改。",
}


def kept_steps(survey: Survey) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The questions that can be put to everybody alike, and those that can't."""
    kept: list[dict[str, Any]] = []
    left: list[dict[str, Any]] = []
    for step in survey.steps:
        plain = not step.get("when") and not any("{" in said for said in step["ask"].values())
        plain = plain and step["kind"] not in ("choices", "contact")
        (kept if plain else left).append(step)
    return kept, left


def edition(turn: Turn, survey: Survey) -> Survey:
    """The next edition of a survey, which is anonymous; whoever has an older one keeps it."""
    names = [
        "name",
        "kind",
        "title",
        "after",
        "delay",
        "every",
        "audience",
        "rhythm",
        "share",
        "quota",
        "times",
        "remind",
        "active",
    ]
    values: dict[str, Any] = {name: getattr(survey, name) for name in names}
    steps = [{**step, "required": False} for step in kept_steps(survey)[0]]
    last = max(row.edition for row in turn.work.find(Survey, name=survey.name))  # a draft has a number too
    values |= {"edition": last + 1, "steps": steps, "thanks": [["true", THANKS]]}
    return turn.work.add(Survey(**values, anonymous=True))


# answering


def words_left_out() -> Text:
    """Of "2, the driver was rude" a person would read the score beside the name: the words are not passed on."""
    return _(
        "The words beside it were left out, so nobody sees your answer. Write them alone, and a person reads them."
    )


def is_anonymous(turn: Turn, invitation: Invitation) -> bool:
    """Whether the answers were given without a name."""
    survey = turn.work.get(Survey, invitation.survey)
    return survey is not None and survey.anonymous


def final() -> Text:
    """To a change of mind: whose answer it was is known to nobody."""
    return _("Your answers are in without your name: nobody can find or change them any more.")


def keep(turn: Turn, invitation: Invitation, answers: Mapping[str, Any]) -> None:
    """Seals what was answered now; a later answer to the same question takes its place."""
    known = {row.question: row for row in turn.work.find(SealedAnswer, invitation=invitation.id)}
    for question, value in answers.items():
        if value == HIDDEN:
            continue
        closed = _sealed(turn, question, value)
        if row := known.pop(question, None):
            turn.work.change(row, sealed=closed)
        else:
            turn.work.add(SealedAnswer(invitation=invitation.id, question=question, sealed=closed))
    for question, row in known.items():
        if question not in answers:
            turn.work.remove(row)


def leave_no_words(turn: Turn) -> None:
    """A chat whose screen we keep ourselves shows that something was typed, not what."""
    event = turn.event
    if event is not None and event.where.platform == "browser" and isinstance(event.body, Said):
        veil(turn.work, event.where.chat, event.key, event.sender.id, event.sender.name)


def _sealed(turn: Turn, question: str, value: Any) -> str:
    whole = json.dumps([question, value], ensure_ascii=False)
    size = LONG if isinstance(value, str) and len(whole) > SHORT // 2 else SHORT
    padded = whole + " " * (-len(whole.encode()) % size)
    return seal(public_key(turn), padded, subject=subject(turn.workspace.id))


def subject(workspace: int) -> str:
    """What an answer is sealed for."""
    return f"ballot:{workspace}"


def cast(turn: Turn, invitation: Invitation) -> None:
    """Whoever finishes leaves a ballot; from here on it is nobody's."""
    rows = turn.work.find(SealedAnswer, invitation=invitation.id)
    if not rows:
        return
    customer = turn.work.customers.get(invitation.customer)
    sealed = [row.sealed for row in rows]
    secrets.SystemRandom().shuffle(sealed)
    _drop_in(turn, Ballot(survey=invitation.survey, sealed=sealed, part=customer.tier if customer else ""))
    forget(turn, invitation)


def _drop_in(turn: Turn, ballot: Ballot) -> None:
    """Anywhere among those that are there, whose place the new row takes: a copy of the tables made before the end,
    in the hands of somebody who has the key too, is not in the order in which people finished.
    """
    there = turn.work.find(Ballot, survey=ballot.survey)
    place = secrets.randbelow(len(there) + 1)
    if place < len(there):
        other = there[place]
        sealed, part = list(other.sealed), other.part
        turn.work.change(other, sealed=ballot.sealed, part=ballot.part)
        ballot = Ballot(survey=ballot.survey, sealed=sealed, part=part)
    turn.work.add(ballot)


def forget(turn: Turn, invitation: Invitation) -> None:
    """What was not finished is gone."""
    for row in turn.work.find(SealedAnswer, invitation=invitation.id):
        turn.work.remove(row)


# closing


def close(turn: Turn, survey: Survey) -> Survey:
    """No more answers. Fewer than five are destroyed; else all are opened and written anew in random order."""
    if turn.work.key is None:
        raise NotAllowed(_("This service can't open the answers: its key is missing. Please ask whoever runs it."))
    ballots = turn.work.find(Ballot, survey=survey.id)
    opened = [(ballot.part, _opened(turn, turn.work.key, ballot.sealed)) for ballot in ballots]
    for ballot in ballots:
        turn.work.remove(ballot)
    if len(opened) >= FEWEST:
        _write(turn, survey, opened)
    for invitation in turn.work.find(Invitation, survey=survey.id):
        if invitation.state in (*OPEN, "waiting"):
            _end(turn, invitation)
    return turn.work.change(survey, closed=turn.now, active=False)


def _opened(turn: Turn, key: Key, sealed: Sequence[str]) -> dict[str, Any]:
    return dict(json.loads(key.open(part, subject=subject(turn.workspace.id))) for part in sealed)


def _write(turn: Turn, survey: Survey, opened: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """A part that is too small, or that tells of one by what is left, has no name any more."""
    small = hidden(Counter(part for part, _answers in opened))
    shuffled = list(opened)
    secrets.SystemRandom().shuffle(shuffled)
    for part, answers in shuffled:
        ordered = dict(sorted(answers.items()))
        turn.work.add(Ballot(survey=survey.id, answers=ordered, part="" if part in small else part))


def _end(turn: Turn, invitation: Invitation) -> None:
    from flows.surveys.actions import EXPIRE, INVITE, REMIND, REST, close_talk

    forget(turn, invitation)
    close_talk(turn, invitation)
    for timer in (EXPIRE, INVITE, REMIND, REST):
        turn.work.timers.cancel(timer, str(invitation.id))
    asked = invitation.sent is not None
    turn.work.change(invitation, state="expired" if asked else "refused", reason="off", step="")


# what is shown


def intro(firm: str) -> Text:
    return _(
        "Your name is not stored with the answer; {firm} sees results of five people or more. "
        "“stop surveys” ends such questions.",
        firm=firm,
    )


def over(invitation: Invitation, card: str, language: str) -> Reply:
    """The end: nothing of the answers is in the chat; who wants to be called may say so, apart from them."""
    contact = Option(_("You may contact me"), f"anonymous-contact:{invitation.id}")
    return Reply(Text((THANKS["zh" if language == "zh" else "en"],)), options(contact), card=card)
