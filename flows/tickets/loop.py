"""After a ticket was solved: the customer hears of it, is asked how it was, may say that it is not solved."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, moment, plain
from bot.core.text import gettext as _
from flows.reminders.actions import set_reminder
from flows.reminders.rules import instant
from flows.replies import settled
from flows.surveys.actions import INVITE, by_day
from flows.surveys.facts import ScoreGiven
from flows.surveys.following import plan
from flows.tickets import actions, cards, closing
from flows.tickets.facts import TicketSolved
from flows.tickets.reading import says_not_done
from flows.turn import Turn
from flows.words import zone_of
from store.models import Conversation, Invitation, Ticket

MORNING = 9
DONE, TOLD = "ticket-done", "ticket-told"
"""Timer: the customer hears that it is solved. What became of that message."""
SOON = timedelta(minutes=1)
"""Time in which whoever solved it may take that back unseen."""


def solved(turn: Turn, fact: TicketSolved) -> None:
    """Told, asked and in the end closed, each at its time."""
    ticket = turn.work.desk.get(fact.ticket)
    if ticket is None or ticket.state not in ("solved", "closed"):
        return
    closing.solved(turn, ticket)
    to_tell = ticket.kind != "complaint" and not actions.said_so(turn, ticket)
    if to_tell and ticket.conversation is not None and fact.by is not None:
        turn.work.timers.move(DONE, str(ticket.id), by_day(turn, ticket.customer, turn.now + SOON))
    if fact.ask and fact.by is not None:
        served = ticket.owner or fact.by
        refused = "angry" if ticket.tone == "angry" else ""
        plan(turn, trigger_of(ticket), ticket.customer, contact=ticket.contact, member=served, refused=refused)


def trigger_of(ticket: Ticket) -> str:
    """What its survey follows: this very solving of it."""
    return f"ticket:{ticket.id}:{int(ticket.solved.timestamp()) if ticket.solved else 0}"


def tell_customer(turn: Turn, ticket: Ticket) -> None:
    """The firm's one sentence about the end; a complaint's end is told by a person."""
    chat = turn.work.get(Conversation, ticket.conversation) if ticket.conversation else None
    if ticket.state not in ("solved", "closed") or ticket.told or chat is None or not chat.reachable:
        return
    if chat.customer not in (None, ticket.customer):
        return
    said = _("We believe that your request {number} is solved. Is it not? Tell us here.", number=f"T-{ticket.number}")
    options = (Option(_("Not solved"), f"not-solved:{ticket.id}"),)
    turn.say_to(chat, Reply(said, options, tell=f"{TOLD}:{ticket.id}", if_unsure="leave"))


def not_solved(turn: Turn, id: int) -> Reply:
    """The customer's button."""
    ticket = turn.work.desk.get(id)
    if ticket is None or turn.customer is None or ticket.customer != turn.customer.id or ticket.state == "merged":
        return settled()
    if ticket.state in ("solved", "closed"):
        actions.reopen(turn, ticket)
        here = turn.conversation is not None and turn.conversation.id == ticket.conversation
        return Reply(_("Thank you for telling us. We look into it again."), toast=here)
    return Reply(_("Thank you for telling us. We look into it again."))


def scored(turn: Turn, fact: ScoreGiven) -> None:
    """Words that say it is not solved open it again, whatever the score."""
    invitation = turn.work.get(Invitation, fact.invitation)
    if invitation is None or not invitation.trigger.startswith("ticket:") or not says_not_done(fact.words):
        return
    ticket = turn.work.desk.get(int(invitation.trigger.split(":")[1]))
    if ticket is not None and ticket.state in ("solved", "closed"):
        actions.reopen(turn, ticket)


def plan_visit(turn: Turn, ticket: Ticket, days: int) -> Reply:
    """A visit or call later on, for whoever has it, instead of the survey."""
    member = cards.owner_of(turn, ticket) or turn.me()
    zone = zone_of(member.zone or turn.workspace.zone)
    day = turn.now.astimezone(zone) + timedelta(days=max(1, min(days, 365)))
    due = instant(datetime.combine(day.date(), time(MORNING)), zone)
    words = plain(_text(ticket).resolve(turn.words_for(None, member)))
    set_reminder(turn, member, due, words, customer=ticket.customer)
    for invitation in turn.work.find(Invitation, trigger=trigger_of(ticket), state="waiting"):
        turn.work.timers.cancel(INVITE, str(invitation.id))
        turn.work.change(invitation, state="refused", reason="visit")
    turn.did(_("return visit for {number}", number=actions.number_of(ticket)), actions.sheet_of(ticket.id))
    said = _("{name} visits or calls on {day}. No survey is sent.", name=member.name, day=moment(due, "day"))
    return cards.with_options(turn, ticket, said=said)


def _text(ticket: Ticket) -> Text:
    return _("Return visit: is {number} still well? {title}", number=f"T-{ticket.number}", title=ticket.title)
