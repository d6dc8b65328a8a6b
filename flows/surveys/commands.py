"""What is said about surveys: customers stop them and start again; members ask, ask why, and read the numbers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from bot.core.messages import Answered, Reply, Said
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.arguments import Rest
from flows.builder import cards as building
from flows.builder.actions import find, revise
from flows.builder.dialogs import offer_many
from flows.customers.names import recognise
from flows.replies import below, settled
from flows.router import (
    CUSTOMERS,
    MANAGERS,
    MEMBERS,
    NOT_MINE,
    NotMine,
    answered,
    command,
    heard,
    press,
)
from flows.surveys import anonymous, cards
from flows.surveys.actions import offer, send_now
from flows.surveys.answers import change_of_mind, closed
from flows.surveys.arriving import came_through
from flows.surveys.asked import ASKED, active, drafts, history_of, meant, newest, published
from flows.surveys.stopping import start_again, stop
from flows.surveys.wishes import corrected, meant_as_number, wish_to_start, wish_to_stop
from flows.turn import Turn
from store.models import Activity, Customer, Invitation, Survey

Outcome = Reply | Text | NotMine | None
RECENT = timedelta(days=1)
"""How long an answer that is over can be changed in words; its buttons change it longer."""

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
    if wish_to_start(said.text):
        return start_again(turn)
    return _other_score(turn, said.text)


def _other_score(turn: Turn, said: str) -> Outcome:
    """A correction in words of what was answered here within the day, while nothing else is talked about."""
    if turn.customer is None or not corrected(said):
        return NOT_MINE
    ticket = turn.work.desk.of_chat(turn.here().id)
    talking = ticket is not None and ticket.state != "solved"
    last = [] if talking else turn.work.feedback.invitations(turn.customer.id, limit=1)
    for invitation in last:
        ended = invitation.finished is not None and turn.now - invitation.finished < RECENT
        if ended and invitation.conversation == turn.here().id and not closed(turn, invitation):
            if anonymous.is_anonymous(turn, invitation):
                return anonymous.final() if meant_as_number(corrected(said)) else NOT_MINE
            changed = change_of_mind(turn, invitation, said)
            return below(turn, changed) if changed is not None else NOT_MINE
    return NOT_MINE


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
    found = find(turn, rest if acts else said) or meant([*published(turn), *drafts(turn)], rest if acts else said)
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
