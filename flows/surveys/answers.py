"""Taking answers, from wherever they come: each counts once, whatever is pressed, typed or pressed again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core.messages import Reply
from flows.customers.actions import touched
from flows.dialog import Dialog, Misread, State, UnknownStep, after, back, holds, main, step_of, take
from flows.dialog import skip as skipped
from flows.steps import Step, fits, read
from flows.surveys import anonymous, questions
from flows.surveys.actions import EXPIRE, REMIND, REST, close_talk, open_talk, unsend
from flows.surveys.asked import ASKED, OPEN, dialog_of, masked, score_of, state_of, words_in
from flows.surveys.facts import ScoreGiven, SurveyFinished
from flows.surveys.rules import LIFETIME, PATIENCE
from flows.surveys.wishes import corrected, score_in_words
from flows.turn import Turn
from store.models import Conversation, Given, Invitation, Survey


def closed(turn: Turn, invitation: Invitation) -> bool:
    """True when it takes no more answers."""
    late = invitation.sent is None or turn.now >= invitation.sent + LIFETIME
    survey = turn.work.get(Survey, invitation.survey)
    return (
        late
        or survey is None
        or survey.closed is not None
        or invitation.state not in ASKED
        or invitation.state in ("expired", "stopped")
    )


def open_step(turn: Turn, invitation: Invitation) -> Step | None:
    """The question that waits for an answer now."""
    dialog = _survey(turn, invitation)[1]
    return step_of(dialog, invitation.step) if invitation.step else None


def give_score(turn: Turn, invitation: Invitation, value: int) -> Reply:
    """A score, or another one; after the end it still changes, without asking anew."""
    step = main(_survey(turn, invitation)[1])
    return give(turn, invitation, step.name, value) if step else shown(turn, invitation)


def change_of_mind(turn: Turn, invitation: Invitation, said: str) -> Reply | None:
    """ "Oops, I meant 1": another score for one that was given or skipped; None where it is no such words."""
    dialog = _survey(turn, invitation)[1]
    step, meant = main(dialog), corrected(said)
    given = invitation.score is not None or invitation.state == "skipped"
    if step is None or not given or step.name == invitation.step:
        return None
    if not meant and _is_bare_score(dialog, invitation, said):
        meant = said
    value = read(step, score_in_words(meant) if step.kind == "csat" else meant) if meant else Misread(step.kind)
    return None if isinstance(value, Misread) else give(turn, invitation, step.name, value)


def _is_bare_score(dialog: Dialog, invitation: Invitation, said: str) -> bool:
    """A number alone where words are asked for is the score once more, unless it is a number that is wanted."""
    step = next((step for step in dialog.steps if step.name == invitation.step), None)
    counts = step is not None and any(_COUNTS.search(words) for words in step.ask.values())
    return step is not None and step.kind == "words" and not counts and said.strip(" .。!！分").isdecimal()


_COUNTS = re.compile(r"how (?:many|much|often|long)|number|year|多少|几|号码|编号|哪年", re.IGNORECASE)


def pressed(turn: Turn, invitation: Invitation, name: str, said: str) -> Reply:
    """A button beside a question: one of several is put on or taken off, everything else is the answer."""
    dialog = _survey(turn, invitation)[1]
    try:
        step = step_of(dialog, name)
    except UnknownStep:
        return shown(turn, invitation)
    if step.kind == "choices":
        return _tick(turn, invitation, step, said)
    value = read(step, said)
    return shown(turn, invitation) if isinstance(value, Misread) else give(turn, invitation, name, value)


def give(turn: Turn, invitation: Invitation, name: str, value: Any) -> Reply:
    """An answer to one question, the open one or an earlier one; what does not fit changes nothing."""
    survey, dialog = _survey(turn, invitation)
    step, state = step_of(dialog, name), state_of(turn, dialog, invitation)
    if not fits(step, value) or not _may_answer(dialog, state, step) or _cast(survey, invitation):
        return _shown(turn, survey, dialog, state, invitation)
    if invitation.state == "finished":
        return _changed_late(turn, survey, dialog, invitation, step, value)
    return settle(turn, survey, invitation, state, after(dialog, state, step, value))


def fill(turn: Turn, invitation: Invitation, step: Step, values: Sequence[str]) -> Reply | None:
    """What a page was filled in with; None where it is no answer to that question."""
    if step.kind == "choices":
        ids = [choice.id for choice in step.choices if choice.id in values]
        return give(turn, invitation, step.name, ids) if ids else None
    value = read(step, values[0], turn.local.date()) if values else Misread(step.kind)
    return None if isinstance(value, Misread) else give(turn, invitation, step.name, value)


def _cast(survey: Survey, invitation: Invitation) -> bool:
    """True of an anonymous ballot: nobody finds it any more, not even who cast it."""
    return survey.anonymous and invitation.state == "finished"


def _may_answer(dialog: Dialog, state: State, step: Step) -> bool:
    """Not the questions that are still to come; and one that is no longer asked only by its own old button."""
    names = [step.name for step in dialog.steps]
    come = state.finished or names.index(step.name) <= names.index(state.step)
    return come and (step.name in state.answers or holds(step, state))


def _tick(turn: Turn, invitation: Invitation, step: Step, choice: str) -> Reply:
    """The ticks are the answer from the first one on; the question stays open until "Done"."""
    survey, dialog = _survey(turn, invitation)
    state = state_of(turn, dialog, invitation)
    ids = [option.id for option in step.choices]
    if choice not in ids or not _may_answer(dialog, state, step):
        return _shown(turn, survey, dialog, state, invitation)
    ticked = set(state.answers.get(step.name, ())) ^ {choice}
    value = [id for id in ids if id in ticked]
    if invitation.state == "finished":
        return _changed_late(turn, survey, dialog, invitation, step, value or state.answers.get(step.name, [choice]))
    answers = {name: answer for name, answer in state.answers.items() if name != step.name}
    now = replace(state, step=step.name, answers={**answers, step.name: value} if value else answers)
    return settle(turn, survey, invitation, state, now)


def _changed_late(turn: Turn, survey: Survey, dialog: Dialog, invitation: Invitation, step: Step, value: Any) -> Reply:
    before = state_of(turn, dialog, invitation)
    changed = value != before.answers.get(step.name)
    if changed:
        turn.work.feedback.answer(invitation.id, step.name, value)
        state = state_of(turn, dialog, invitation)
        invitation = turn.work.change(invitation, score=score_of(dialog, state))
        if step == main(dialog):
            _tell(turn, survey, dialog, invitation, state)
    state = state_of(turn, dialog, invitation)
    return questions.over(
        turn, dialog, state, invitation, turn.words.language, changed=changed and step == main(dialog)
    )


def take_typed(turn: Turn, invitation: Invitation, said: str) -> Reply | Misread:
    """What was typed while a question is open."""
    survey, dialog = _survey(turn, invitation)
    state = state_of(turn, dialog, invitation)
    found = take(dialog, state, said, turn.local.date())
    return found if isinstance(found, Misread) else settle(turn, survey, invitation, state, found)


def skip(turn: Turn, invitation: Invitation) -> Reply:
    """The open question stays as it is: what was answered to it before stays given."""
    survey, dialog = _survey(turn, invitation)
    state = state_of(turn, dialog, invitation)
    if step_of(dialog, state.step).required and state.step not in state.answers:
        return _shown(turn, survey, dialog, state, invitation)
    return settle(turn, survey, invitation, state, skipped(dialog, state))


def go_back(turn: Turn, invitation: Invitation) -> Reply:
    """To the question before."""
    survey, dialog = _survey(turn, invitation)
    state = state_of(turn, dialog, invitation)
    return settle(turn, survey, invitation, state, back(dialog, state))


def settle(turn: Turn, survey: Survey, invitation: Invitation, before: State, now: State) -> Reply:
    """Keeps the answers as they are now, tells the others, and shows what comes next."""
    dialog = dialog_of(survey)
    if survey.anonymous:
        anonymous.keep(turn, invitation, now.answers)
        anonymous.leave_no_words(turn)
        now = masked(now)
    else:
        _keep(turn, invitation, before, now)
    score = score_of(dialog, now)
    state = "started" if not now.finished else "finished" if now.answers else "skipped"
    finished = _when(turn, survey) if now.finished else None
    invitation = turn.work.change(invitation, state=state, step=now.step, score=score, finished=finished)
    if score is not None and (score != score_of(dialog, before) or words_in(dialog, now) != words_in(dialog, before)):
        _tell(turn, survey, dialog, invitation, now)
    if state == "finished":
        _done(turn, survey, invitation)
    _wait_or_close(turn, dialog, invitation, now)
    shown = _shown(turn, survey, dialog, now, invitation)
    _follow_elsewhere(turn, survey, dialog, now, invitation)
    return shown


def _wait_or_close(turn: Turn, dialog: Dialog, invitation: Invitation, now: State) -> None:
    timers, subject = turn.work.timers, str(invitation.id)
    if now.finished:
        timers.cancel(REST, subject)
        timers.cancel(EXPIRE, subject)
        close_talk(turn, invitation)
        return
    if step_of(dialog, now.step).kind == "words":
        timers.move(REST, subject, turn.now + PATIENCE)
    else:
        timers.cancel(REST, subject)
    go_on_here(turn, invitation)


def go_on_here(turn: Turn, invitation: Invitation) -> None:
    """What is typed in this chat answers the survey again, unless another talk is open in it."""
    chat = turn.conversation
    if chat is None or not turn.private:
        return
    if turn.member is not None:
        turn.remember({"kind": "survey", "invitation": invitation.id})
    elif chat.dialog is None or chat.dialog.get("kind") == "survey":
        open_talk(turn, chat, invitation)


def _follow_elsewhere(turn: Turn, survey: Survey, dialog: Dialog, now: State, invitation: Invitation) -> None:
    """Answered on the page or by telephone: the customer's own message with the question says so too."""
    here = turn.conversation.id if turn.conversation else None
    if invitation.conversation and invitation.conversation != here:
        _rewrite(turn, invitation, lambda language: questions.now(turn, survey, dialog, now, invitation, language))


def rest(turn: Turn, invitation: Invitation) -> None:
    """Nobody went on: where only words are missing it is finished; else what is typed is a message again."""
    _survey_row, dialog = _survey(turn, invitation)
    if invitation.state != "started":
        return
    state = state_of(turn, dialog, invitation)
    names = [step.name for step in dialog.steps]
    left = dialog.steps[names.index(state.step) :]
    if invitation.score is None or any(step.kind != "words" for step in left):
        close_talk(turn, invitation)
    else:
        _finish(turn, dialog, invitation)


def _finish(turn: Turn, dialog: Dialog, invitation: Invitation) -> None:
    """It is finished with the answers that are there."""
    survey = _survey(turn, invitation)[0]
    invitation = turn.work.change(invitation, state="finished", step="", finished=_when(turn, survey))
    close_talk(turn, invitation)
    turn.work.timers.cancel(EXPIRE, str(invitation.id))
    _done(turn, survey, invitation)
    state = state_of(turn, dialog, invitation)
    _rewrite(turn, invitation, lambda language: questions.over(turn, dialog, state, invitation, language))


def _when(turn: Turn, survey: Survey) -> datetime:
    """Of who took part in an anonymous survey only the day is kept."""
    return turn.now.replace(hour=0, minute=0, second=0, microsecond=0) if survey.anonymous else turn.now


def _done(turn: Turn, survey: Survey, invitation: Invitation) -> None:
    if survey.anonymous:
        anonymous.cast(turn, invitation)
    turn.tell(SurveyFinished(invitation.id, survey.name, survey.kind))


def expire(turn: Turn, invitation: Invitation) -> None:
    """Nobody answered in time: the buttons go."""
    if invitation.state not in OPEN:
        return
    dialog = _survey(turn, invitation)[1]
    if state_of(turn, dialog, invitation).answers:
        _finish(turn, dialog, invitation)
        return
    close_unanswered(turn, invitation, "")


def close_unanswered(turn: Turn, invitation: Invitation, why: str) -> None:
    """The buttons go, and the message says why."""
    close_talk(turn, invitation)
    turn.work.change(invitation, state="expired", reason=why, step="")
    _rewrite(turn, invitation, lambda _language: questions.closed(invitation, why))


def pointless(turn: Turn, invitation: Invitation) -> None:
    """What it follows was taken back while the question stood open: what was answered by then is kept."""
    for timer in (REST, EXPIRE, REMIND):
        turn.work.timers.cancel(timer, str(invitation.id))
    if invitation.state == "sending":
        invitation = unsend(turn, invitation, state="refused", reason="undone")
    if invitation.state not in OPEN:
        return
    survey, dialog = _survey(turn, invitation)
    if state_of(turn, dialog, invitation).answers and not survey.anonymous:
        _finish(turn, dialog, invitation)
        return
    anonymous.forget(turn, invitation)
    close_unanswered(turn, invitation, "undone")


def _rewrite(turn: Turn, invitation: Invitation, shown: Callable[[str], Reply]) -> None:
    chat = turn.work.get(Conversation, invitation.conversation) if invitation.conversation else None
    if chat is not None and chat.reachable:
        turn.rewrite(questions.card_of(invitation.id), shown(turn.words_for(chat).language))


def _keep(turn: Turn, invitation: Invitation, before: State, now: State) -> None:
    for question, value in now.answers.items():
        if question not in before.answers or before.answers[question] != value:
            turn.work.feedback.answer(invitation.id, question, value)
    for question in before.answers.keys() - now.answers.keys():
        for row in turn.work.find(Given, invitation=invitation.id, question=question):
            turn.work.remove(row)


def _tell(turn: Turn, survey: Survey, dialog: Dialog, invitation: Invitation, state: State) -> None:
    customer = turn.work.customers.get(invitation.customer)
    score = score_of(dialog, state)
    if customer is not None:
        touched(turn, customer, inbound=True)
    if score is not None:
        turn.tell(ScoreGiven(invitation.id, survey.name, survey.kind, score, words_in(dialog, state)))


def _shown(turn: Turn, survey: Survey, dialog: Dialog, state: State, invitation: Invitation) -> Reply:
    return questions.now(turn, survey, dialog, state, invitation, turn.words.language)


def shown(turn: Turn, invitation: Invitation) -> Reply:
    """The invitation as it stands, for a press that changes nothing."""
    survey, dialog = _survey(turn, invitation)
    return _shown(turn, survey, dialog, state_of(turn, dialog, invitation), invitation)


def _survey(turn: Turn, invitation: Invitation) -> tuple[Survey, Dialog]:
    survey = turn.work.get(Survey, invitation.survey)
    assert survey is not None  # noqa: S101 - editions that were sent are never deleted
    return survey, dialog_of(survey)
