"""What a customer writes becomes a ticket, or belongs to the one that is open in this chat."""

from __future__ import annotations

from typing import Any

from flows.activities.smalltalk import talk_of
from flows.customers.facts import CustomerWrote
from flows.surveys.wishes import meant_as_number, score_in_words
from flows.tickets.actions import end_of, file, files_with, open_ticket
from flows.tickets.reading import Wish, read_words, says_done
from flows.tickets.rules import is_vip, urgency
from flows.turn import Turn
from store.models import Activity, Conversation, Customer, Ticket

SO_SO = 3
COURTESIES = frozenset({"greeting", "thanks", "bye"})


def came(turn: Turn, fact: CustomerWrote) -> None:
    """A greeting or thanks opens nothing, and reopens nothing; "it works now" belongs to what was solved."""
    activity, chat = turn.work.get(Activity, fact.activity), turn.work.get(Conversation, fact.conversation)
    customer = turn.work.customers.get(fact.customer)
    if activity is None or chat is None or customer is None:
        return
    ticket = of_chat(turn, chat.id)
    talk = talk_of(activity.text)
    polite = talk in COURTESIES
    if ticket is None or ticket.state == "solved":
        polite = polite or talk == "fine" or says_done(activity.text) or (ticket is not None and _rates(activity.text))
    polite = polite and not files_with(turn, activity)
    if polite and ticket is None:
        return
    if ticket is None:
        ticket = open_from(turn, customer, chat, activity)
    file(turn, ticket, activity, polite=polite)


def _rates(words: str) -> bool:
    """A bare score for what was solved, or praise: it says nothing against it."""
    score = score_in_words(words)
    return meant_as_number(words) or (score != words and int(score) > SO_SO)


def open_from(turn: Turn, customer: Customer, chat: Conversation, activity: Activity) -> Ticket:
    """A request of its own, from what a customer wrote."""
    return open_ticket(
        turn,
        customer,
        activity.text,
        conversation=chat.id,
        contact=activity.contact,
        source=chat.platform,
        **judged(turn, customer, read_words(activity.text)),
    )


def judged(turn: Turn, customer: Customer, wish: Wish) -> dict[str, Any]:
    """Kind, tone, themes and priority of what a customer asks for."""
    vip = is_vip(turn.work.customers.tags(customer.id))
    return {
        "kind": wish.kind,
        "tone": "angry" if wish.angry else "",
        "topics": " ".join(wish.topics),
        "priority": urgency(wish.kind, angry=wish.angry, vip=vip, tier=customer.tier),
    }


def of_chat(turn: Turn, conversation: int) -> Ticket | None:
    """The ticket that goes on in a chat; one that was merged goes on in the other."""
    ticket, chat = turn.work.desk.of_chat(conversation), turn.work.get(Conversation, conversation)
    if ticket is not None and chat is not None and chat.customer not in (None, ticket.customer):
        return None  # whoever writes there is somebody else's by now
    if ticket is not None:
        return ticket
    for merged in reversed(turn.work.find(Ticket, conversation=conversation, state="merged")):
        into = end_of(turn, merged)
        if into is not None and into.state in ("open", "waiting", "solved"):
            return into
    return None
