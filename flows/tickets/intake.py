"""What a customer writes becomes a ticket, or belongs to the one that is open in this chat."""

from __future__ import annotations

from flows.activities.smalltalk import talk_of
from flows.customers.facts import CustomerWrote
from flows.tickets.actions import file, files_with, open_ticket
from flows.turn import Turn
from store.models import Activity, Conversation

COURTESIES = frozenset({"greeting", "thanks", "fine", "bye"})


def came(turn: Turn, fact: CustomerWrote) -> None:
    """A greeting or thanks opens nothing, and reopens nothing."""
    activity, chat = turn.work.get(Activity, fact.activity), turn.work.get(Conversation, fact.conversation)
    customer = turn.work.customers.get(fact.customer)
    if activity is None or chat is None or customer is None:
        return
    ticket = turn.work.desk.of_chat(chat.id)
    polite = talk_of(activity.text) in COURTESIES and not files_with(turn, activity)
    if polite and (ticket is None or ticket.state == "solved"):
        return
    if ticket is None:
        ticket = open_ticket(
            turn, customer, activity.text, conversation=chat.id, contact=activity.contact, source=chat.platform
        )
    file(turn, ticket, activity)
