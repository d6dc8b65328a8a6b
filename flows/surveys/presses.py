"""What is pressed and typed by whoever answers; the buttons of a round; a call asked for after an anonymous survey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.core.messages import Option, Reply, Said
from bot.core.text import Text, lines, quote
from bot.core.text import gettext as _
from flows.dialog import Misread
from flows.reception.asks import asks_where
from flows.reception.wishes import wants_a_person
from flows.replies import below
from flows.router import CUSTOMERS, EDITORS, MANAGERS, NOT_MINE, NotMine, dialog, press
from flows.steps import Step, answer_and_why
from flows.surveys import anonymous, answers, cards, questions, rounds
from flows.surveys.answers import closed, take_typed
from flows.surveys.asked import ASKED, OPEN
from flows.surveys.misread import misread
from flows.surveys.stopping import stop
from flows.surveys.wishes import puts_off, score_in_words, verdict_and_why, wish_to_stop
from flows.tickets.reading import asks_of_us
from flows.turn import Turn
from store.models import Alert, Invitation, Round, Survey

Outcome = Reply | Text | NotMine | None
ANSWERING = CUSTOMERS | EDITORS
"""Customers answer; a member writes down what a customer says on the telephone."""


@press("answer", for_=ANSWERING)
def answer(turn: Turn, invitation: int, step: str, value: str) -> Outcome:
    found = _theirs(turn, invitation)
    return answers.pressed(turn, found, step, value) if isinstance(found, Invitation) else found


@press("score", for_=CUSTOMERS)
def score(turn: Turn, invitation: int, value: int) -> Outcome:
    found = _theirs(turn, invitation)
    return answers.give_score(turn, found, value) if isinstance(found, Invitation) else found


@press("survey-skip", for_=ANSWERING)
def skip(turn: Turn, invitation: int, step: str) -> Outcome:
    return _at_step(turn, invitation, step, answers.skip)


@press("survey-back", for_=ANSWERING)
def back(turn: Turn, invitation: int, step: str) -> Outcome:
    return _at_step(turn, invitation, step, answers.go_back)


def _at_step(turn: Turn, invitation: int, step: str, act: Callable[[Turn, Invitation], Outcome]) -> Outcome:
    """Acts on the question that the button stood under; under an older one the question is shown that is open now."""
    found = _theirs(turn, invitation)
    if not isinstance(found, Invitation):
        return found
    return act(turn, found) if found.step == step else answers.shown(turn, found)


@press("survey-stop", for_=CUSTOMERS)
def stop_pressed(turn: Turn, invitation: int) -> Outcome:
    """Whatever became of the question; in a room nobody stops them for somebody else."""
    found = turn.work.get(Invitation, invitation)
    if not turn.private and (found is None or not _may_answer(turn, found)):
        return Reply(_("That question was for somebody else."), toast=True)
    return stop(turn, "surveys")


@press("survey-on", for_=CUSTOMERS)
def go_on(turn: Turn, invitation: int) -> Outcome:
    """The question again, where the customer is looking; the note with this button goes."""
    found = _theirs(turn, invitation)
    if not isinstance(found, Invitation):
        return found
    turn.say(Reply(_("Here it is again."), card=_note(found), clears=True))
    if found.state not in OPEN:
        return answers.shown(turn, found)
    answers.go_on_here(turn, found)
    return below(turn, answers.shown(turn, found))


def _theirs(turn: Turn, id: int) -> Invitation | Reply:
    """The invitation when it is this person's to answer and still takes answers, else what to say instead."""
    found = turn.work.get(Invitation, id)
    if found is None or not _may_answer(turn, found) or found.state not in ASKED:
        return Reply(_("That question was for somebody else."), toast=True)
    if found.state == "stopped":
        return Reply(_("You have stopped surveys. To undo that, write “start surveys”."), toast=True)
    if not closed(turn, found):
        return found
    survey = turn.work.get(Survey, found.survey)
    return questions.closed(found, "off" if survey is not None and survey.closed is not None else "")


def _may_answer(turn: Turn, invitation: Invitation) -> bool:
    """The customer who was asked, in a room the very person; or the member who asks by telephone."""
    if turn.member is not None:
        return invitation.channel == "call" and invitation.by == turn.member.id
    if turn.customer is None or invitation.customer != turn.customer.id:
        return False
    who = turn.identity.contact if turn.identity is not None else None
    return turn.private or (who is not None and who == invitation.contact)


@dialog("survey", for_=ANSWERING, wants="text")
def typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    """An answer in words or numerals; anything else goes to a person, and the survey keeps its place."""
    found = turn.work.get(Invitation, state["invitation"])
    step = answers.open_step(turn, found) if found else None
    if found is None or step is None or found.state not in OPEN or closed(turn, found) or not _may_answer(turn, found):
        turn.remember(None)
        return NOT_MINE
    if turn.member is None and (wish := wish_to_stop(said.text, asked=True)):
        return stop(turn, wish)
    if turn.member is None and (wants_a_person(said.text) or (step.kind == "words" and asks_where(said.text))):
        _offer_to_go_on(turn, found)
        return NOT_MINE
    if (changed := answers.change_of_mind(turn, found, said.text)) is not None:
        return below(turn, changed)
    return _read(turn, found, step, said.text)


def _read(turn: Turn, found: Invitation, step: Step, said: str) -> Outcome:
    verdict = step.kind == "csat"
    taken = take_typed(turn, found, score_in_words(said) if verdict else said)
    if not isinstance(taken, Misread):
        return _taken(turn, found, taken, said if step.kind == "words" else "")
    if step.is_scale and (both := answer_and_why(step, said) or (verdict_and_why(said) if verdict else None)):
        return _with_why(turn, found, *both)
    if turn.member is None and puts_off(said):
        return _("No hurry: the question stays open here, for whenever you like.")
    if hint := misread(step, said, turn.language):
        return hint
    if turn.member is None:
        _offer_to_go_on(turn, found)
    return NOT_MINE


def _with_why(turn: Turn, found: Invitation, answer: str, why: str) -> Outcome:
    """ "2, the engineer was late": the words answer the question for words, else they go to a person."""
    taken = take_typed(turn, found, answer)
    after = turn.work.get(Invitation, found.id)
    following = answers.open_step(turn, after) if after and after.state in OPEN else None
    if isinstance(taken, Misread):
        return NOT_MINE
    if after is None or following is None or following.kind != "words":
        turn.say(below(turn, taken))
        return anonymous.words_left_out() if anonymous.is_anonymous(turn, found) else NOT_MINE
    said = take_typed(turn, after, why)
    return _taken(turn, found, taken if isinstance(said, Misread) else said, why)


def _taken(turn: Turn, found: Invitation, shown: Reply, words: str) -> Outcome:
    """What is asked of us in an answer in words goes to a person too, unless one reads it on an alert already."""
    survey = turn.work.get(Survey, found.survey)
    alone = turn.member is not None or survey is None or survey.anonymous
    if alone or not asks_of_us(words) or _has_a_reader(turn, found):
        return below(turn, shown)
    turn.say(below(turn, shown))
    return NOT_MINE


def _has_a_reader(turn: Turn, found: Invitation) -> bool:
    alerts = turn.work.find(Alert, subject=f"invitation:{found.id}")
    return any(alert.state in ("open", "claimed") for alert in alerts)


def _note(invitation: Invitation) -> str:
    return f"survey-note:{invitation.id}"


def _offer_to_go_on(turn: Turn, invitation: Invitation) -> None:
    """Once a survey, and behind the answer to what was written."""
    if turn.work.cards.places(_note(invitation)):
        return
    go_on = Option(_("Go on with the question"), f"survey-on:{invitation.id}")
    note = Reply(
        _("Your message has reached us. Our question keeps its place, for whenever you like."),
        (go_on,),
        card=_note(invitation),
    )
    turn.say(cards.campaign(note, tell=""))


# rounds


@press("round-pause", for_=EDITORS)
def pause_round(turn: Turn, round: int) -> Reply:
    return _done(turn, round, rounds.pause)


@press("round-on", for_=EDITORS)
def resume_round(turn: Turn, round: int) -> Reply:
    return _done(turn, round, rounds.resume)


@press("round-end", for_=EDITORS)
def end_round(turn: Turn, round: int) -> Reply:
    return _done(turn, round, rounds.cancel)


def _done(turn: Turn, id: int, act: Callable[[Turn, Round], Round]) -> Reply:
    """Whoever began it, and managers; the card says how it stands now."""
    found = turn.work.get(Round, id)
    me = turn.me()
    if found is None or (found.by != me.id and me.role not in MANAGERS):
        return Reply(_("Only who began it, or a manager, can do that."), toast=True)
    return rounds.progress(turn, act(turn, found))


# anonymous surveys


@press("anonymous-contact", for_=CUSTOMERS)
def contact(turn: Turn, invitation: int) -> Reply:
    """Who wants to be called says so in new words; no answer goes with them."""
    found = turn.work.get(Invitation, invitation)
    if found is None or turn.customer is None or found.customer != turn.customer.id:
        return Reply(_("That question was for somebody else."), toast=True)
    turn.remember({"kind": "anonymous-contact", "invitation": invitation})
    return Reply(_("Gladly. What is it about? A line is enough; your answers stay without your name."))


@dialog("anonymous-contact", for_=CUSTOMERS, wants="text")
def contact_typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Text | NotMine:
    turn.remember(None)
    customer = turn.customer
    if customer is None or not said.text.strip():
        return NOT_MINE
    members = turn.work.people.members()
    owner = next((m for m in members if m.id == customer.owner), None)
    body = lines(_("{name} would like to be contacted:", name=customer.name), quote(said.text[:1000]))
    for member in [owner] if owner else [m for m in members if m.role in MANAGERS]:
        turn.message_member(member, Reply(body, (Option(_("Show card"), f"who:{customer.id}"),)), "customer")
    return _("Thank you. Somebody will get in touch with you.")
