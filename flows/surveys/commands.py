"""What is said about surveys: customers answer, skip and stop; members ask, ask why, and read the numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.core.messages import Answered, Option, Reply, Said
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.builder import cards as building
from flows.builder.actions import find, revise
from flows.builder.dialogs import offer_many
from flows.customers.names import recognise
from flows.dialog import Misread
from flows.reception.wishes import wants_a_person
from flows.replies import below, settled
from flows.router import (
    CUSTOMERS,
    EDITORS,
    MANAGERS,
    MEMBERS,
    NOT_MINE,
    NotMine,
    answered,
    command,
    dialog,
    heard,
    press,
)
from flows.surveys import answers, cards, questions
from flows.surveys.actions import came_through, offer, send_now
from flows.surveys.answers import closed, take_typed
from flows.surveys.asked import ASKED, OPEN, active, drafts, history_of, newest, published
from flows.surveys.misread import misread
from flows.surveys.stopping import start_again, stop
from flows.surveys.wishes import score_in_words, wish_to_start, wish_to_stop
from flows.turn import Turn
from store.models import Activity, Customer, Invitation, Survey

Outcome = Reply | Text | NotMine | None
ANSWERING = CUSTOMERS | EDITORS
"""Customers answer; a member writes down what a customer says on the telephone."""

# customers answer


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
    found = _theirs(turn, invitation)
    if not isinstance(found, Invitation):
        return found
    return answers.skip(turn, found) if found.step == step else answers.shown(turn, found)


@press("survey-back", for_=ANSWERING)
def back(turn: Turn, invitation: int, step: str) -> Outcome:
    found = _theirs(turn, invitation)
    if not isinstance(found, Invitation):
        return found
    return answers.go_back(turn, found) if found.step == step else answers.shown(turn, found)


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


@dialog("survey", for_=ANSWERING)
def typed(turn: Turn, state: Mapping[str, Any], said: Said) -> Outcome:
    """An answer in words or numerals; anything else goes to a person, and the survey keeps its place."""
    found = turn.work.get(Invitation, state["invitation"])
    step = answers.open_step(turn, found) if found else None
    if found is None or step is None or found.state not in OPEN or closed(turn, found) or not _may_answer(turn, found):
        turn.remember(None)
        return NOT_MINE
    if turn.member is None and (wish := wish_to_stop(said.text, asked=True)):
        return stop(turn, wish)
    if turn.member is None and wants_a_person(said.text):
        _offer_to_go_on(turn, found)
        return NOT_MINE
    taken = take_typed(turn, found, score_in_words(said.text) if step.kind == "csat" else said.text)
    if not isinstance(taken, Misread):
        return below(turn, taken)
    if hint := misread(step, said.text, turn.language):
        return hint
    if turn.member is None:
        _offer_to_go_on(turn, found)
    return NOT_MINE


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


# customers stop and start


@command(
    "stop",
    help=_("No more surveys"),
    for_=CUSTOMERS,
    words=("stop", "stop surveys", "no more surveys", "unsubscribe", "退订", "停止问卷", "不要问卷"),
)
def stop_said(turn: Turn, words: Rest | None = None) -> Outcome:
    """ "/stop" whatever follows; "stop by on Friday" without the slash is no such wish."""
    return NOT_MINE if words and _spoken(turn) else stop(turn, "surveys")


@command(
    "resume",
    help=_("Surveys are welcome again"),
    for_=CUSTOMERS,
    words=("start surveys", "resume surveys", "恢复", "恢复问卷", "恢复订阅"),
)
def start_said(turn: Turn, words: Rest | None = None) -> Outcome:
    return NOT_MINE if words and _spoken(turn) else start_again(turn)


def _spoken(turn: Turn) -> bool:
    return turn.event is not None and isinstance(turn.event.body, Said)


@heard("said", for_=CUSTOMERS)
def wish(turn: Turn, said: Said) -> Outcome:
    """A wish in other words than the commands'."""
    if not turn.private:
        return NOT_MINE
    if wanted := wish_to_stop(said.text):
        return stop(turn, wanted)
    return start_again(turn) if wish_to_start(said.text) else NOT_MINE


# members ask


@press("survey")
def ask_customer(turn: Turn, customer: int) -> Outcome:
    found = turn.work.customers.get(customer)
    if found is None or found.state != "active":
        return Reply(_("This customer is no longer there."), toast=True)
    return offer(turn, found, None)


@press("survey-after")
def ask_after(turn: Turn, activity: int) -> Outcome:
    found = turn.work.get(Activity, activity)
    customer = turn.work.customers.get(found.customer) if found else None
    if found is None or customer is None:
        return Reply(_("That was undone."), toast=True)
    return offer(turn, customer, found)


@press("survey-which")
def ask_with(turn: Turn, customer: int, survey: int, activity: int) -> Outcome:
    found, chosen = turn.work.customers.get(customer), turn.work.get(Survey, survey)
    if found is None or found.state != "active" or chosen is None:
        return Reply(_("This customer is no longer there."), toast=True)
    return offer(turn, found, turn.work.get(Activity, activity) if activity else None, newest(turn, chosen))


@press("survey-send")
def send(turn: Turn, invitation: int) -> Outcome:
    return send_now(turn, invitation)


@press("survey-anyway", for_=MANAGERS)
def send_anyway(turn: Turn, invitation: int) -> Outcome:
    return send_now(turn, invitation, anyway=True)


@press("survey-drop")
def drop(turn: Turn, invitation: int) -> Outcome:
    found = turn.work.get(Invitation, invitation)
    if found is None or found.state in ASKED:
        return settled()
    return Reply(_("Not sent."), card=cards.offer_card(invitation))


@answered("survey")
def delivered(turn: Turn, answered: Answered) -> None:
    came_through(turn, answered)


# members ask why, and how it goes


@command("why", help=_("Why a survey was not sent"), example=_("/why Acme"), for_=MEMBERS)
def why(turn: Turn, customer: Customer) -> Reply:
    rows = turn.work.feedback.invitations(customer.id)
    probe = Invitation(survey=0, customer=customer.id, trigger="", member=turn.me().id, made=turn.now)
    histories = [(survey, history_of(turn, survey, probe)) for survey in active(turn)]
    return cards.told_why(turn, customer, rows, histories)


_WHY = re.compile(
    r"\bwhy\b.*\b(survey|questionnaire|sent|asked)\b|(为什么|为啥|怎么|为何).*(没|未|不).*(发|问卷|调查|问)|(问卷|调查).*(没发|未发)",
    re.IGNORECASE,
)


@heard("said", for_=MEMBERS)
def why_said(turn: Turn, said: Said) -> Outcome:
    """ "Why was the survey not sent to Acme?": by name, or about the last one of the member's own."""
    if not _WHY.search(said.text):
        return NOT_MINE
    known = recognise(turn, said.text)
    customers = turn.work.search.customers(known.hits) if known else []
    if len(customers) == 1:
        return why(turn, customers[0])
    last = turn.work.feedback.refused(turn.me().id) if not customers else None
    customer = turn.work.customers.get(last.customer) if last else None
    if customer is not None:
        return why(turn, customer)
    return lines(_("About which customer? Please name one."), _("Example: {example}", example="/why Acme"))


_ON = {"on": True, "off": False, "开启": True, "打开": True, "关闭": False, "关": False}
_NEW = {"new", "make", "create", "新建", "新"}
_SEND = {"send", "发送", "发"}
_EDIT = {"edit", "change", "修改", "编辑"}


@command(
    "survey",
    help=_("Surveys: what customers answered, make one, send one"),
    example=_("/survey visit"),
    for_=MANAGERS,
    words=("survey results", "surveys", "问卷结果", "问卷", "满意度"),
)
def survey(turn: Turn, words: Rest | None = None) -> Any:
    """The list, or one; "off visit" switches it off, "new …" makes one, "edit visit" changes it."""
    said = (words or "").strip()
    head, _space, rest = said.partition(" ")
    if not said:
        rows, begun = published(turn), drafts(turn)
        alone = len(rows) == 1 and not begun
        return cards.numbers(turn, rows[0], turn.language) if alone else cards.listed(turn, rows, begun)
    if head.casefold() in _NEW:
        return building.start(turn, rest.strip())
    acts = head.casefold() in _EDIT | _SEND or (head.casefold() in _ON and bool(rest))
    found = find(turn, rest if acts else said)
    if found is None:
        return _no_such(turn, rest if acts else said)
    if head.casefold() in _EDIT:
        return building.begun(turn, revise(turn, found))
    if head.casefold() in _SEND and not found.draft:
        return offer_many(turn, newest(turn, found))
    if acts and head.casefold() in _ON:
        found = turn.work.change(newest(turn, found), active=_ON[head.casefold()])
    return building.begun(turn, found) if found.draft else cards.numbers(turn, found, turn.words.language)


def _no_such(turn: Turn, name: str) -> Text:
    rows = published(turn)
    why = _("There is no survey “{name}”.", name=name[:40])
    return lines(why, _("Example: {example}", example=code(f"/survey {rows[0].name}")) if rows else None)


@press("survey-show", for_=MANAGERS)
def show(turn: Turn, survey: int) -> Outcome:
    found = turn.work.get(Survey, survey)
    if found is None:
        return settled()
    return building.begun(turn, found) if found.draft else cards.numbers(turn, found, turn.words.language)


@press("survey-switch", for_=MANAGERS)
def switch(turn: Turn, survey: int, to: str) -> Outcome:
    found = turn.work.get(Survey, survey)
    if found is None:
        return settled()
    return cards.numbers(turn, turn.work.change(found, active=to == "on"), turn.words.language)
