"""What is said and pressed about alerts: claim, assign, open, give back; and which room gets them."""

from __future__ import annotations

from typing import Any

from bot.core.messages import Answered, Reply, Said
from bot.core.text import Text, moment
from bot.core.text import gettext as _
from flows.alerts import cards, officers
from flows.alerts.claims import claim, give_back, hand_over, not_told
from flows.alerts.rooms import explained, room_alerts
from flows.alerts.showing import show_privately
from flows.arguments import Rest, colleague
from flows.asides import is_a_line
from flows.customers.cards import customer_card
from flows.relay.places import spots
from flows.router import EDITORS, MANAGERS, MEMBERS, NOT_MINE, answered, command, heard, press
from flows.tickets.wishes import read_wish
from flows.turn import Turn
from store.models import Alert, Member

SHOWN = 8
Outcome = Reply | Text | None


@press("claim")
def claim_pressed(turn: Turn, alert: int) -> Outcome:
    found = turn.work.get(Alert, alert)
    if found is None:
        return _gone()
    if not claim(turn, found, turn.me(), by=turn.me()):
        return _taken(turn, alert)
    return _toast(_("It is yours: the call is on your list."))


def _taken(turn: Turn, id: int) -> Reply:
    """Who was faster, and when."""
    alert = turn.work.get(Alert, id)
    if alert is None or alert.state != "claimed":
        return _toast(_("The customer changed the score: nothing to do."))
    if alert.claimed_by == turn.me().id:
        return _toast(_("You have it already."))
    member = turn.work.get(Member, alert.claimed_by) if alert.claimed_by else None
    at = moment(alert.claimed or alert.made, "time")
    return _toast(_("{name} was faster: claimed {time}.", name=member.name if member else "", time=at))


@press("assign")
def assign(turn: Turn, alert: int) -> Outcome:
    found = turn.work.get(Alert, alert)
    if found is None:
        return _gone()
    if refusal := _may_not_assign(turn, found):
        return refusal
    members = [m for m in turn.work.people.members() if m.role in EDITORS and m.id != found.claimed_by]
    return cards.picks(turn, found, members[:SHOWN])


def _may_not_assign(turn: Turn, alert: Alert) -> Reply | None:
    if alert.state == "withdrawn":
        return _taken(turn, alert.id)
    own = alert.state == "open" or alert.claimed_by == turn.me().id or turn.me().role in MANAGERS
    return None if own else _taken(turn, alert.id)


@press("assign-to")
def assign_to(turn: Turn, alert: int, member: int) -> Outcome:
    found, chosen = turn.work.get(Alert, alert), turn.work.get(Member, member)
    if found is None or chosen is None or chosen.state != "active":
        return _gone()
    if refusal := _may_not_assign(turn, found):
        return refusal
    if found.state == "claimed":
        if found.claimed_by == chosen.id:
            return _toast(_("{name} has it already.", name=chosen.name))
        hand_over(turn, found, chosen, by=turn.me())
    elif not claim(turn, found, chosen, by=turn.me()):
        return _taken(turn, alert)
    customer = cards.customer_name(turn, found)
    return Reply(_("{name} takes care of {customer} now.", name=chosen.name, customer=customer), card=f"assign:{alert}")


@heard("first", for_=EDITORS)
@heard("overheard", for_=EDITORS)
def replied(turn: Turn, said: Said) -> Any:
    """To an alert in a room: "I take it" claims it, "to Bob" gives it; what else is said there is said among us."""
    if turn.private or not said.answers or turn.here().side != "member" or turn.here().outsider:
        return NOT_MINE
    alert = _alert_at(turn, said.answers)
    if alert is None or is_a_line(turn, said.text):
        return NOT_MINE
    wish = read_wish(said.text)
    if wish.act == "take":
        return [] if claim(turn, alert, turn.me(), by=turn.me()) else Reply(_taken(turn, alert.id).text)
    member = colleague(turn, wish.rest) if wish.act == "assign" else None
    return assign_to(turn, alert.id, member.id) if member is not None else []


def _alert_at(turn: Turn, message: str) -> Alert | None:
    """The alert that a message here shows."""
    shown = (turn.work.cards.of_message(spot.key, message) for spot in spots(turn))
    card = next((card for card in shown if card), "")
    kind, _colon, id = card.partition(":")
    return turn.work.get(Alert, int(id)) if kind == "alert" and id.isdecimal() else None


@press("give-back")
def give_back_pressed(turn: Turn, alert: int) -> Outcome:
    found = turn.work.get(Alert, alert)
    if found is None:
        return _gone()
    if found.state != "claimed" or found.claimed_by != turn.me().id:
        return _taken(turn, alert) if found.state == "claimed" else _toast(_("Nobody has it."))
    if found.told:
        name = cards.person_of(turn, found)
        return _toast(_("{name} was told that you will call; that can't be unsaid. Assign it instead.", name=name))
    give_back(turn, found)
    return _toast(_("Given back: anybody can claim it."))


@press("alert-open", for_=MEMBERS)
def open_customer(turn: Turn, alert: int) -> Outcome:
    """Here in private; from a room into the presser's own chat, for nobody else."""
    found = turn.work.get(Alert, alert)
    customer = turn.work.customers.get(found.customer) if found else None
    if customer is None:
        return _gone()
    card = customer_card(turn, customer)
    if turn.private:
        return card
    if turn.message_member(turn.me(), card):
        return _toast(_("I sent it to our private chat."))
    return _toast(_("Please write to me in private first, then I can send it there."))


@answered("alert")
def arrived(turn: Turn, answered: Answered) -> None:
    """No room took it: then privately."""
    alert = _of(turn, answered)
    if alert and answered.outcome == "failed" and not turn.work.cards.places(cards.card_of(alert.id)):
        show_privately(turn, alert)


@answered("alert-told")
def told(turn: Turn, answered: Answered) -> None:
    alert = _of(turn, answered)
    if alert and answered.outcome == "failed":
        not_told(turn, alert)


def _of(turn: Turn, answered: Answered) -> Alert | None:
    return turn.work.get(Alert, int(answered.tell.partition(":")[2]))


@command(
    "alerts",
    help=_("Show low scores or customers' requests in this room"),
    example=_("/alerts low scores"),
    for_=MEMBERS,
)
def alerts(turn: Turn, topic: Rest | None = None) -> Outcome:
    wanted = " ".join((topic or "").casefold().split())
    return explained(turn, wanted) if turn.private else room_alerts(turn, turn.here(), wanted)


@command(
    "officer",
    help=_("Who follows low scores for the whole firm"),
    example=_("/officer Carl"),
    for_=MANAGERS,
    words=("officer", "体验官", "满意度专员"),
    rooms=False,
)
def officer(turn: Turn, name: Rest | None = None) -> Outcome:
    said = (name or "").strip(" @")
    found = colleague(turn, said) if said else None
    if said and found is None:
        return _("Nobody here is called “{name}”.", name=said[:40])
    if found is not None:
        officers.follow(turn, found)
    return officers.card(turn)


@press("officer-off", for_=MANAGERS)
def officer_off(turn: Turn, member: int) -> Outcome:
    officers.unfollow(turn, member)
    return officers.card(turn)


def _gone() -> Reply:
    return _toast(_("That is settled already."))


def _toast(said: Text) -> Reply:
    return Reply(said, toast=True)
