"""A campaign on its way: a few messages in front of the sender, each looked at again at the last moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core.messages import Answered, Option, Reply, Urgency
from bot.core.text import Text, lines
from bot.core.text import gettext as _
from flows.campaigns import cards
from flows.campaigns.actions import SHOWN, TIMER, reasons
from flows.campaigns.rules import AHEAD, room_for, wanted_as
from flows.care.greetings import zone_at
from flows.care.rules import QUIET_FROM, QUIET_UNTIL
from flows.care.words import filled
from flows.reminders.rules import out_of_quiet
from flows.turn import Turn
from store.models import Campaign, Contact, Conversation, Customer, Member, Recipient

SAFETY = timedelta(minutes=1)
"""The next look when no message has told us how it ended."""
SHOWN_EVERY, MANY = 10, 20_000
"""Seconds between two changes of the progress card; six times as many for a list that takes long to count."""
LOOKS = 10
"""So many times one turn looks for others instead of those who are left out or asleep."""
OVER = ("sent", "failed", "unknown")


def top_up(turn: Turn, id: int) -> None:
    """Puts the next few in front of the sender; the last one ends it."""
    campaign = turn.work.get(Campaign, id)
    if campaign is None or campaign.state != "sending":
        return
    outstanding = turn.work.campaigns.count(campaign.id, "queued")
    queued = _fill(turn, campaign, _room(turn, campaign, outstanding))
    _go_on(turn, campaign, outstanding + queued)


def _room(turn: Turn, campaign: Campaign, outstanding: int) -> int:
    """What is done is counted only where it matters: there may be a million of them."""
    spread, elapsed = timedelta(minutes=campaign.spread), turn.now - (campaign.started or turn.now)
    done = turn.work.campaigns.count(campaign.id, *OVER) if elapsed < spread else 0
    spread = spread if elapsed < spread else timedelta(0)
    return room_for(outstanding, done=done, size=campaign.size, spread=spread, elapsed=elapsed)


def _fill(turn: Turn, campaign: Campaign, room: int) -> int:
    """How many it has put there."""
    queued = 0
    turn.work.campaigns.wake(campaign.id, limit=AHEAD)
    for _look in range(LOOKS):
        rows = turn.work.campaigns.next(campaign.id, limit=room - queued) if queued < room else []
        if not rows:
            break
        queued += _queue(turn, campaign, rows)
    return queued


def _go_on(turn: Turn, campaign: Campaign, outstanding: int) -> None:
    ready = bool(turn.work.campaigns.next(campaign.id, limit=1))
    morning = None if ready else turn.work.campaigns.next_after(campaign.id)
    if not ready and morning is None and not outstanding:
        campaign = turn.work.change(campaign, state="done", ended=turn.now)
        turn.work.timers.cancel(SHOWN, str(campaign.id))
        cards.show(turn, campaign)
        _tell_maker(turn, campaign)
        return
    due = turn.now + SAFETY
    if morning is not None and not outstanding:
        due = max(morning, turn.now)
    elif ready and not outstanding and not campaign.spread:
        due = turn.now
    turn.work.timers.move(TIMER, str(campaign.id), due)


def _queue(turn: Turn, campaign: Campaign, rows: Sequence[Recipient]) -> int:
    """How many of these got their message, unless something speaks against it by now; at night they sleep."""
    ids = [row.customer for row in rows]
    customers = {customer.id: customer for customer in turn.work.segments.customers(ids)}
    why = dict(reasons(turn, campaign.kind, ids))
    count = 0
    for row in rows:
        customer = customers.get(row.customer)
        if customer is None:
            turn.work.change(row, state="left", reason="gone")
        elif (morning := out_of_quiet(turn.now, zone_at(turn, customer), QUIET_FROM, QUIET_UNTIL)) > turn.now:
            turn.work.change(row, state="asleep", after=morning)
        elif reason := why[row.customer]:
            turn.work.change(row, state="left", reason=reason)
        else:
            chat = turn.work.people.chats_of(customer.id)[0]
            turn.work.change(row, state="queued", sent=turn.now)
            turn.say_to(chat, message(turn, campaign, row, customer, chat))
            count += 1
    return count


def message(turn: Turn, campaign: Campaign, row: Recipient, customer: Customer, chat: Conversation) -> Reply:
    """What this customer reads, with a way to have no more of it."""
    stop = Option(
        _("No more articles") if campaign.kind == "article" else _("No more offers"),
        f"care-stop:{wanted_as(campaign.kind)}",
    )
    choices = (
        (
            Option(_("Yes, gladly"), f"event:{row.id}:yes", style="primary"),
            Option(_("No, thank you"), f"event:{row.id}:no"),
        )
        if campaign.kind == "event"
        else ()
    )
    text = said(turn, campaign, customer, chat)
    tell = f"{TIMER}:{row.id}"
    return Reply(text, (*choices, stop), tell=tell, urgency=Urgency.CAMPAIGN, if_unsure="leave")


def said(turn: Turn, campaign: Campaign, customer: Customer, chat: Conversation | None) -> Text:
    """The text with its places filled for one customer."""
    person = turn.work.get(Contact, chat.contact) if chat is not None and chat.contact else None
    owner = turn.work.get(Member, customer.owner) if customer.owner else None
    values = {
        "name": person.name if person else customer.name,
        "firm": turn.workspace.name,
        "owner": owner.name if owner else turn.workspace.name,
        "years": "",
        "occasion": campaign.name,
    }
    offer = _("For you: {offer}", offer=campaign.offer) if campaign.offer else None
    return lines(filled(campaign.words, values), offer)


def came_back(turn: Turn, what: Answered) -> None:
    """How one message ended; whoever did not get it stays on the list as failed."""
    row = turn.work.get(Recipient, int(what.tell.partition(":")[2]))
    campaign = turn.work.get(Campaign, row.campaign) if row else None
    if row is None or campaign is None or row.state != "queued":
        return
    outcome = "sent" if what.outcome == "answer" else what.outcome
    turn.work.change(row, state=outcome, sent=turn.now if outcome == "sent" else row.sent)
    if campaign.state != "sending":
        cards.show(turn, campaign)
        return
    every = SHOWN_EVERY if campaign.size <= MANY else 6 * SHOWN_EVERY
    mark = turn.now.replace(second=turn.now.second // every * every, microsecond=0)
    turn.work.timers.set(SHOWN, str(campaign.id), mark + timedelta(seconds=every))
    if turn.work.campaigns.count(campaign.id, "queued") <= AHEAD // 2:
        top_up(turn, campaign.id)


def _tell_maker(turn: Turn, campaign: Campaign) -> None:
    member = turn.work.get(Member, campaign.member) if campaign.member else None
    if member is not None and not turn.work.cards.places(cards.card_of(campaign)):
        turn.message_member(member, cards.campaign_card(turn, campaign))
