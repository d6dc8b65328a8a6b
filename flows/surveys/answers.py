"""Taking a customer's answers: each counts once, whatever is pressed, typed or pressed again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.core.messages import Option, Reply
from bot.core.text import Text, lines, quote
from bot.core.text import gettext as _
from flows.customers.actions import touched
from flows.dialog import Dialog, Misread, State, after, back, step_of, take
from flows.surveys import cards
from flows.surveys.actions import EXPIRE, REST, close_talk, open_talk
from flows.surveys.asked import ASKED, OPEN, dialog_of, state_of, stopped, words_in
from flows.surveys.facts import ScoreGiven
from flows.surveys.ready import SCORE
from flows.surveys.rules import LIFETIME, PATIENCE
from flows.surveys.wishes import Wish
from flows.turn import Turn
from store.models import Conversation, Customer, Given, Invitation, Member, Survey


def closed(turn: Turn, invitation: Invitation) -> bool:
    """True when it takes no more answers."""
    late = invitation.sent is None or turn.now >= invitation.sent + LIFETIME
    return late or invitation.state not in ASKED or invitation.state in ("expired", "stopped")


def give_score(turn: Turn, invitation: Invitation, value: int) -> Reply:
    """A score, or another one; after the end it still changes, without asking anew."""
    survey, dialog = _survey(turn, invitation)
    step = step_of(dialog, SCORE)
    state = state_of(turn, dialog, invitation)
    if not step.low <= value <= step.high:
        return _shown(turn, dialog, state, invitation)
    if invitation.state == "finished":
        return _changed_late(turn, survey, dialog, invitation, value)
    return settle(turn, survey, invitation, state, after(dialog, state, step, value))


def _changed_late(turn: Turn, survey: Survey, dialog: Dialog, invitation: Invitation, value: int) -> Reply:
    changed = value != invitation.score
    if changed:
        turn.work.feedback.answer(invitation.id, SCORE, value)
        invitation = turn.work.change(invitation, score=value)
        _tell(turn, survey, dialog, invitation, state_of(turn, dialog, invitation))
    state = state_of(turn, dialog, invitation)
    return cards.over(dialog, state, invitation, turn.words.language, changed=changed)


def take_typed(turn: Turn, invitation: Invitation, said: str) -> Reply | Misread:
    """What was typed while a question is open."""
    survey, dialog = _survey(turn, invitation)
    state = state_of(turn, dialog, invitation)
    found = take(dialog, state, said)
    if isinstance(found, Misread):
        return found
    return settle(turn, survey, invitation, state, _keeping_score(dialog, state, found))


def skip(turn: Turn, invitation: Invitation) -> Reply:
    """The open question stays unanswered; a score that was given stays given."""
    survey, dialog = _survey(turn, invitation)
    state = state_of(turn, dialog, invitation)
    moved = after(dialog, state, step_of(dialog, state.step), None)
    return settle(turn, survey, invitation, state, _keeping_score(dialog, state, moved))


def go_back(turn: Turn, invitation: Invitation) -> Reply:
    """To the question before."""
    survey, dialog = _survey(turn, invitation)
    state = state_of(turn, dialog, invitation)
    return settle(turn, survey, invitation, state, back(dialog, state))


def _keeping_score(dialog: Dialog, before: State, now: State) -> State:
    if before.step == SCORE and SCORE in before.answers and SCORE not in now.answers:
        return after(dialog, before, step_of(dialog, SCORE), before.answers[SCORE])
    return now


def settle(turn: Turn, survey: Survey, invitation: Invitation, before: State, now: State) -> Reply:
    """Keeps the answers as they are now, tells the others, and shows what comes next."""
    dialog = dialog_of(survey)
    _keep(turn, invitation, before, now)
    score = now.answers.get(SCORE)
    state = "started" if not now.finished else "finished" if score is not None else "skipped"
    finished = turn.now if now.finished else None
    invitation = turn.work.change(invitation, state=state, step=now.step, score=score, finished=finished)
    if score is not None and (score != before.answers.get(SCORE) or words_in(dialog, now) != words_in(dialog, before)):
        _tell(turn, survey, dialog, invitation, now)
    _wait_or_close(turn, invitation, now)
    return _shown(turn, dialog, now, invitation)


def _wait_or_close(turn: Turn, invitation: Invitation, now: State) -> None:
    timers, subject = turn.work.timers, str(invitation.id)
    if now.finished:
        timers.cancel(REST, subject)
        timers.cancel(EXPIRE, subject)
        close_talk(turn, invitation)
        return
    if now.step != SCORE:
        timers.move(REST, subject, turn.now + PATIENCE)
    go_on_here(turn, invitation)


def go_on_here(turn: Turn, invitation: Invitation) -> None:
    """What is typed in this chat answers the survey again, unless another talk is open in it."""
    here = turn.here()
    if here.dialog is None or here.dialog.get("kind") == "survey":
        open_talk(turn, here, invitation)


def rest(turn: Turn, invitation: Invitation) -> None:
    """Nobody went on: with a score it is finished, and the message says thanks."""
    dialog = _survey(turn, invitation)[1]
    if invitation.state != "started" or invitation.score is None:
        return
    invitation = turn.work.change(invitation, state="finished", step="", finished=turn.now)
    close_talk(turn, invitation)
    turn.work.timers.cancel(EXPIRE, str(invitation.id))
    state = state_of(turn, dialog, invitation)
    _rewrite(turn, invitation, lambda language: cards.over(dialog, state, invitation, language))


def expire(turn: Turn, invitation: Invitation) -> None:
    """Nobody answered in time: the buttons go."""
    if invitation.state not in OPEN:
        return
    if invitation.score is not None:
        rest(turn, invitation)
        return
    close_talk(turn, invitation)
    turn.work.change(invitation, state="expired", step="")
    _rewrite(turn, invitation, lambda _language: cards.closed(invitation))


def _rewrite(turn: Turn, invitation: Invitation, shown: Callable[[str], Reply]) -> None:
    chat = turn.work.get(Conversation, invitation.conversation) if invitation.conversation else None
    if chat is not None and chat.reachable:
        turn.rewrite(cards.card_of(invitation.id), shown(turn.words_for(chat).language))


def _keep(turn: Turn, invitation: Invitation, before: State, now: State) -> None:
    for question, value in now.answers.items():
        if before.answers.get(question) != value:
            turn.work.feedback.answer(invitation.id, question, value)
    for question in before.answers.keys() - now.answers.keys():
        for row in turn.work.find(Given, invitation=invitation.id, question=question):
            turn.work.remove(row)


def _tell(turn: Turn, survey: Survey, dialog: Dialog, invitation: Invitation, state: State) -> None:
    customer = turn.work.customers.get(invitation.customer)
    if customer is not None:
        touched(turn, customer, inbound=True)
    words = words_in(dialog, state)
    turn.tell(ScoreGiven(invitation.id, survey.name, survey.kind, int(state.answers[SCORE]), words))


def _shown(turn: Turn, dialog: Dialog, state: State, invitation: Invitation) -> Reply:
    if state.finished:
        return cards.over(dialog, state, invitation, turn.words.language)
    return cards.question(turn, dialog, state, invitation, turn.words.language)


def shown(turn: Turn, invitation: Invitation) -> Reply:
    """The invitation as it stands, for a press that changes nothing."""
    dialog = _survey(turn, invitation)[1]
    return _shown(turn, dialog, state_of(turn, dialog, invitation), invitation)


def _survey(turn: Turn, invitation: Invitation) -> tuple[Survey, Dialog]:
    survey = turn.work.get(Survey, invitation.survey)
    assert survey is not None  # noqa: S101 - versions of surveys are never deleted
    return survey, dialog_of(survey)


# stopping


def stop(turn: Turn, wish: Wish) -> Reply | Text:
    """No more surveys for this customer, on whatever platform; open ones close."""
    customer = turn.customer
    if customer is None:
        return _("We send you nothing by ourselves. Your own questions are still answered here.")
    turn.work.customers.change(customer, stopped=" ".join(sorted(stopped(customer) | {wish})))
    turn.__dict__.pop("customer", None)
    for invitation in turn.work.feedback.invitations(customer.id, limit=20):
        _stop_one(turn, invitation)
    firm = turn.workspace.name
    if wish == "all":
        _tell_owner(turn, customer)
        said = _("Understood. {firm} sends you nothing more by itself.", firm=firm)
    else:
        said = _("Done: {firm} sends you no more surveys.", firm=firm)
    return lines(said, _("Your own questions are still answered here. To undo this, write “start surveys”."))


def _stop_one(turn: Turn, invitation: Invitation) -> None:
    if invitation.state == "waiting":
        turn.work.timers.cancel("survey", str(invitation.id))
        turn.work.change(invitation, state="refused", reason="stopped")
    if invitation.state not in OPEN:
        return
    close_talk(turn, invitation)
    for timer in (REST, EXPIRE):
        turn.work.timers.cancel(timer, str(invitation.id))
    state = "finished" if invitation.score is not None else "stopped"
    invitation = turn.work.change(invitation, state=state, step="", finished=turn.now)
    dialog = _survey(turn, invitation)[1]
    over = cards.over(dialog, replace(state_of(turn, dialog, invitation), step=""), invitation, turn.words.language)
    turn.rewrite(cards.card_of(invitation.id), over if invitation.score is not None else replace(over, options=()))


def _tell_owner(turn: Turn, customer: Customer) -> None:
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    if owner is not None:
        said = lines(
            _("{name} wants to be left alone:", name=customer.name),
            quote(_("no surveys and no messages by rule; answers to their own questions still arrive.")),
        )
        turn.message_member(owner, Reply(said, (Option(_("Show card"), f"who:{customer.id}"),)), "score")


def start_again(turn: Turn) -> Text:
    """Takes the stop back."""
    customer = turn.customer
    if customer is None or not stopped(customer) & {"surveys", "all"}:
        return _("Surveys are not stopped.")
    turn.work.customers.change(customer, stopped=" ".join(sorted(stopped(customer) - {"surveys", "all"})))
    turn.__dict__.pop("customer", None)
    return _("Welcome back: we may ask you now and then. “stop surveys” ends it again.")
