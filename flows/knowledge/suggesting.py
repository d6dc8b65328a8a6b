"""What is suggested unasked: to the member who has a ticket, and to the customer before a person answers."""

from __future__ import annotations

from dataclasses import replace

from bot.core.messages import Option, Reply
from bot.core.text import Text, lines, text
from bot.core.text import gettext as _
from flows.knowledge.actions import find, index_of, note_gap, offered, written
from flows.knowledge.rules import KINDS, asks
from flows.knowledge.search import SURE
from flows.tickets.actions import card_of
from flows.tickets.facts import CustomerSaid
from flows.tickets.rules import KINDS as TICKET_KINDS
from flows.turn import Turn
from flows.words import LANGUAGES, Words
from store.models import Activity, Article, Conversation, Line, Offer, Ticket

_SELF_SERVED = frozenset({"question", "request"})
"""Kinds of ticket for which a customer may be shown an article first: never a complaint, nor a machine that stands."""


def on_words(turn: Turn, fact: CustomerSaid) -> None:
    """A customer's words: what is written down about them is put beside the ticket, or the question is remembered."""
    line, ticket = turn.work.get(Line, fact.line), turn.work.desk.get(fact.ticket)
    activity = turn.work.get(Activity, line.activity) if line is not None and line.activity else None
    if ticket is None or activity is None:
        return
    if first := _is_first(turn, ticket, fact.line):
        _offer_to_customer(turn, ticket, activity)
    hits = find(turn, activity.text, "answer", "case") if asks(activity.text) or first else []
    if hits:
        _beside_the_ticket(turn, ticket, [article for article, _hit in hits])
    elif turn.work.knowledge.live("answer"):
        note_gap(turn, activity, ticket.id)


def _is_first(turn: Turn, ticket: Ticket, line: int) -> bool:
    said = turn.work.desk.lines(ticket.id)
    return bool(said) and said[0].id == line


def _beside_the_ticket(turn: Turn, ticket: Ticket, articles: list[Article]) -> None:
    """One quiet line under the ticket, wherever staff see it; never in the customer's sight."""
    places = [place for place in turn.work.cards.places(card_of(ticket.id)) if _ours(turn, place.key)]
    checklist = checklist_for(turn, ticket)
    shown = [*articles, *([checklist] if checklist else [])]
    reply = Reply(
        text(_("May help:"), " ", *_titles(turn, shown)),
        tuple(Option(text(_title(turn, a)[:40]), _press(a, ticket), wide=True) for a in shown),
        card=f"kb-hint:{ticket.id}",
        under=card_of(ticket.id),
    )
    for place in places:
        turn.say(replace(reply, to=place))


def _press(article: Article, ticket: Ticket) -> str:
    return f"sop-of:{ticket.id}:{article.id}" if article.kind == "sop" else f"kb-show:{article.id}:{ticket.id}"


def _ours(turn: Turn, address: str) -> bool:
    chat = turn.work.first(Conversation, address=address)
    return chat is not None and chat.side == "member" and not chat.outsider


def _title(turn: Turn, article: Article) -> str:
    return written(article, turn.language)[0]


def _titles(turn: Turn, articles: list[Article]) -> list[Text | str]:
    parts: list[Text | str] = []
    for article in articles:
        parts += [" · " if parts else "", KINDS[article.kind], f" {article.number}"]
    return parts


def checklist_for(turn: Turn, ticket: Ticket) -> Article | None:
    """The checklist that names this kind of ticket, in either language, or the one that fits its words best."""
    kind = TICKET_KINDS.get(ticket.kind)
    named = {ticket.kind.casefold()}
    if kind is not None:
        named |= {"".join(run.text for run in kind.resolve(Words(language, "UTC", turn.now))) for language in LANGUAGES}
    for article in turn.work.knowledge.live("sop"):
        said = " ".join((*article.title.values(), article.tags)).casefold()
        if any(name.casefold() in said for name in named):
            return article
    index, articles = index_of(turn, "sop")
    hit = next(iter(index.find(ticket.title, least=SURE, most=1)), None)
    return articles[hit.id] if hit else None


# the customer


def _offer_to_customer(turn: Turn, ticket: Ticket, activity: Activity) -> None:
    """The one article that surely answers a first question; a person has the ticket all the same."""
    if ticket.kind not in _SELF_SERVED or ticket.tone or turn.where is None or not turn.private:
        return
    if not asks(activity.text) or turn.work.find(Offer, ticket=ticket.id):
        return
    best = next(iter(find(turn, activity.text, "answer", least=SURE, most=1)), None)
    if best is None:
        return
    offer = offered(turn, ticket, best[0])
    title, body = written(best[0], turn.language)
    choices = (
        Option(_("Yes, that helped"), f"kb-yes:{offer.id}", style="primary"),
        Option(_("No, a person please"), f"kb-no:{offer.id}"),
    )
    said = lines(_("While you wait, perhaps this answers it:"), text(title), body, _("Did this help?"))
    turn.say(Reply(said, choices, card=f"kb-offer:{offer.id}"))
