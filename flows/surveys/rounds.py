"""Asking many: who is to be asked stands in the invitations, and a little of it is sent at a time.

So a pause or an end takes hold at once, a night is waited for customer by customer, and one card says how far it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, ngettext, text
from bot.core.text import gettext as _
from flows.dialog import in_language
from flows.surveys.actions import ask, by_day, unsend
from flows.surveys.asked import ASKED
from flows.surveys.facts import SurveyFinished
from flows.surveys.rules import PACE, REASONS, STEP
from flows.turn import Turn
from store.models import Customer, Invitation, Member, Round, Survey

ROUND, SHOWN = "survey-round", "survey-round-card"
"""Timers: the next few, and the card anew."""
LOOK = 400
"""Waiting invitations that one step looks at: some of them may be asleep."""


def begin(turn: Turn, survey: Survey, customers: Sequence[Customer], *, pace: int = PACE) -> Round:
    """Writes down who is to be asked, and asks the first of them."""
    who = turn.member.id if turn.member else None
    round = turn.work.add(Round(survey=survey.id, pace=pace, total=len(customers), by=who, made=turn.now))
    for customer in customers:
        turn.work.add(
            Invitation(
                survey=survey.id,
                customer=customer.id,
                trigger=f"round:{round.id}:{customer.id}",
                member=customer.owner or who,
                by=who,
                round=round.id,
                state="waiting",
                made=turn.now,
            )
        )
    return go_on(turn, round)


def go_on(turn: Turn, round: Round) -> Round:
    """One step: some of those for whom it is day. The next step comes by itself."""
    survey = turn.work.get(Survey, round.survey)
    waiting = turn.work.feedback.waiting_in(round.id, LOOK)
    if round.state != "running" or survey is None:
        return round
    sent, asleep = 0, list[datetime]()
    for invitation in waiting:
        if sent >= round.pace:
            break
        due = by_day(turn, invitation.customer, turn.now)
        if due > turn.now:
            asleep.append(due)
            continue
        sent += ask(turn, survey, invitation).state in ASKED
    left = turn.work.feedback.waiting_in(round.id, 1)
    if not left:
        round = turn.work.change(round, state="done")
    elif sent >= round.pace or len(waiting) == LOOK:
        turn.work.timers.move(ROUND, str(round.id), turn.now + STEP)
    else:
        turn.work.timers.move(ROUND, str(round.id), min(asleep, default=turn.now + STEP))
    return round


def pause(turn: Turn, round: Round) -> Round:
    """Nothing more goes out; who has the question may answer."""
    if round.state != "running":
        return round
    turn.work.timers.cancel(ROUND, str(round.id))
    take_back(turn, round, "waiting")
    return turn.work.change(round, state="paused")


def resume(turn: Turn, round: Round) -> Round:
    return go_on(turn, turn.work.change(round, state="running")) if round.state == "paused" else round


def cancel(turn: Turn, round: Round) -> Round:
    """Who was not asked yet never is; what is still on our side is taken back."""
    if round.state not in ("running", "paused"):
        return round
    turn.work.timers.cancel(ROUND, str(round.id))
    take_back(turn, round, "refused")
    while waiting := turn.work.feedback.waiting_in(round.id, LOOK):
        for invitation in waiting:
            turn.work.change(invitation, state="refused", reason="cancelled")
    return turn.work.change(round, state="cancelled")


def take_back(turn: Turn, round: Round, state: str) -> None:
    """Questions that no platform has yet are as if never asked."""
    for invitation in turn.work.find(Invitation, round=round.id, state="sending"):
        unsend(turn, invitation, state=state, reason="cancelled" if state == "refused" else "")


# the card


def card_of(round: int) -> str:
    return f"survey-round:{round}"


def progress(turn: Turn, round: Round) -> Reply:
    """How many were asked and have answered, and who was left out and why."""
    survey, by = turn.work.get(Survey, round.survey), turn.work.get(Member, round.by) if round.by else None
    states = turn.work.feedback.round_states(round.id)
    asked = sum(count for (state, _why), count in states.items() if state in ASKED)
    done = sum(count for (state, _why), count in states.items() if state == "finished")
    waiting = sum(count for (state, _why), count in states.items() if state == "waiting")
    title = in_language(survey.title, turn.language) if survey else ""
    body = lines(
        bold(ngettext("{title}, to {n} customer", "{title}, to {n} customers", round.total, title=title)),
        _(
            "Asked: {asked} · answered: {done} · still to go: {waiting}",
            asked=str(asked),
            done=str(done),
            waiting=str(waiting),
        ),
        *_left_out(states),
        _state(round, waiting),
        _("Begun by {name}.", name=by.name) if by and by.id != (turn.member.id if turn.member else 0) else None,
    )
    return Reply(body, _options(round), card=card_of(round.id))


def _left_out(states: Counter[tuple[str, str]]) -> list[Text]:
    why = Counter[str]()
    for (state, reason), count in states.items():
        if state in ("refused", "failed"):
            why[reason] += count
    if not why:
        return []
    head = ngettext("Left out: {n}", "Left out: {n}", sum(why.values()))
    return [head, *(text(f"• {count}: ", REASONS.get(code, REASONS["failed"])) for code, count in why.most_common())]


def _state(round: Round, waiting: int) -> Text | None:
    match round.state:
        case "paused":
            return _("Paused. Nothing goes out until somebody goes on.")
        case "cancelled":
            return _("Cancelled. Nobody else is asked.")
        case "running" if waiting:
            return _("{n} a minute, and nobody at night.", n=str(round.pace))
    return None


def _options(round: Round) -> tuple[Option, ...]:
    end = Option(_("End it"), f"round-end:{round.id}", style="danger")
    if round.state == "running":
        return (Option(_("Pause"), f"round-pause:{round.id}"), end)
    return (Option(_("Go on"), f"round-on:{round.id}", style="primary"), end) if round.state == "paused" else ()


def show(turn: Turn, round: Round) -> None:
    """The card's new state wherever it stands."""
    if turn.work.cards.places(card_of(round.id)):
        turn.rewrite(card_of(round.id), progress(turn, round))


def answered(turn: Turn, fact: SurveyFinished) -> None:
    if invitation := turn.work.get(Invitation, fact.invitation):
        moved_on(turn, invitation)


def moved_on(turn: Turn, invitation: Invitation) -> None:
    """Something happened to one of a round: its card follows within a minute, however many answer at once."""
    if invitation.round is not None:
        minute = turn.now.replace(second=0, microsecond=0) + timedelta(minutes=1)
        turn.work.timers.set(SHOWN, str(invitation.round), minute)
