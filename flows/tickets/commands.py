"""What people say about tickets: look at one and act on it, open one, see what waits, change the steps."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.core.errors import NotFound
from bot.core.messages import Command, Option, Reply, Said
from bot.core.text import Text, code, lines, text
from bot.core.text import gettext as _
from flows.activities.lines import meant, understood
from flows.arguments import READERS, Found, Rest
from flows.asking import may_order, run
from flows.customers.sight import sees
from flows.router import COMMANDS, EDITORS, MANAGERS, MEMBERS, NOT_MINE, command, heard
from flows.tickets import cards, flow, handling, lately, opening, progress
from flows.tickets.rules import DONE
from flows.tickets.wishes import led, numbered, of_all, of_somebody, read_wish
from flows.turn import Turn
from store.models import Customer, Ticket

_NUMBER = re.compile(r"^\s*(?:T\s?-?\s?|#)*(\d{1,9})(?!\d)\s*[:：,，]?\s*(.*)$", re.IGNORECASE | re.DOTALL)
_ONLY_NUMBER = re.compile(r"^\s*(?:T\s?-?\s?|#)*\d{1,9}\s*$", re.IGNORECASE)
TYPING = ("answer", "write", "line")
"""How talks begin in which whatever is typed next goes to a customer."""


@command(
    "t",
    help=_("A ticket: see it, note, solve, assign …"),
    example=_("/t 102 note part ordered"),
    for_=MEMBERS,
    words=("ticket no.", "工单"),
)
def ticket(turn: Turn, text: Rest | None = None) -> Any:
    """A number and what to do; a customer's name shows theirs; nothing shows what is open."""
    if not text:
        return open_(turn)
    if (match := _NUMBER.match(text)) is not None:
        found = handling.numbered(turn, int(match[1]))
        if turn.me().role == "viewer":
            return handling.do(turn, found, "show")
        return handling.said(turn, found, match[2])
    return _of_customer(turn, text)


def _of_customer(turn: Turn, words: str) -> Reply:
    outcome = READERS[Customer](turn, words)
    if not isinstance(outcome, Found) or outcome.rest:
        example = code(_("/t 102 note part ordered"))
        raise NotFound(
            lines(_("“{word}” is no ticket's number.", word=words[:40]), _("Example: {example}", example=example))
        )
    customer: Customer = outcome.value
    tickets = turn.work.desk.of_customer(customer.id)
    running = [ticket for ticket in tickets if ticket.state not in DONE]
    if len(running or tickets) == 1:
        shown: Reply = handling.do(turn, (running or tickets)[0], "show")
        return shown
    if not tickets:
        new = code(_("/ticket {name} the pump leaks", name=customer.name))
        return Reply(lines(_("{name} has no ticket.", name=customer.name), _("Example: {example}", example=new)))
    picks = tuple(Option(_title(ticket), f"ticket:{ticket.id}", wide=True) for ticket in (running or tickets)[:8])
    return Reply(_("Which one?"), picks)


def _title(ticket: Ticket) -> Text:
    return text(f"T-{ticket.number} · {ticket.title[:40]}")


@command(
    "ticket",
    help=_("A request of a customer that somebody must see to"),
    example=_("/ticket Acme the pump leaks"),
    words=("open a ticket for", "new ticket", "开工单", "新工单", "新建工单"),
)
def new_or_known(turn: Turn, words: Rest | None = None) -> Any:
    """With a number it is a ticket that is there already: nobody has to know that /t shows it."""
    if words and (_ONLY_NUMBER.match(words) or _is_said_of_one(turn, words)):
        return ticket(turn, words)
    return run(turn, COMMANDS["openticket"], words or "")


def _is_said_of_one(turn: Turn, words: str) -> bool:
    """ "101 note part ordered": the number of one that is there, and an act that we know."""
    match = _NUMBER.match(words)
    if match is None or turn.work.desk.numbered(int(match[1])) is None:
        return False
    wish = read_wish(match[2])
    return wish.act != "note" or wish.rest != match[2].strip()


@command(
    "openticket",
    help=_("A request of a customer that somebody must see to"),
    example=_("/ticket Acme the pump leaks"),
    listed=False,
)
def open_one(turn: Turn, customer: Customer, text: Rest) -> Reply:
    return opening.by_member(turn, customer, text)


@command(
    "open",
    help=_("Tickets that wait, nobody's first"),
    example=_("/open mine"),
    for_=MEMBERS,
    words=("open tickets", "my tickets", "待处理工单", "未结工单", "我的工单", "待办工单", "工单列表"),
)
def open_(turn: Turn, text: Rest | None = None) -> Reply:
    said = f"{_heard(turn)} {text or ''}".casefold()
    mine = re.search(r"\b(?:mine|my|me)\b|我", said) is not None
    return listing(turn, mine=mine)


def listing(turn: Turn, *, mine: bool) -> Reply:
    """All that the reader may see, or what is on their own table."""
    tickets = [t for t in turn.work.desk.open() if sees(turn, turn.work.customers.get(t.customer)) or _own(turn, t)]
    return cards.open_list(turn, [t for t in tickets if _own(turn, t)] if mine else tickets, mine=mine)


def _own(turn: Turn, ticket: Ticket) -> bool:
    return turn.member is not None and ticket.owner == turn.member.id


def _heard(turn: Turn) -> str:
    """The sentence itself, where a plain sentence was heard as the command."""
    body = turn.event.body if turn.event else None
    return body.text if isinstance(body, Said) else ""


@command(
    "flow",
    help=_("The steps of a ticket, changed in chat"),
    example=_("/flow add part ordered after in work"),
    for_=MANAGERS,
    words=("ticket flow", "ticket steps", "工单流程", "工单步骤"),
)
def flow_(turn: Turn, text: Rest | None = None) -> Reply:
    return flow.edit(turn, text) if text else flow.flow_card(turn)


@command(
    "tell",
    help=_("Progress for a customer: order shipped, part ordered …"),
    example=_("/tell Acme order shipped"),
    words=("tell customer", "let customer know", "告诉客户", "通知客户"),
)
def tell(turn: Turn, customer: Customer, text: Rest) -> Reply | Text:
    return progress.tell(turn, customer, text)


@heard("first", for_=EDITORS)
def said(turn: Turn, said: Said) -> Any:
    """ "T-102 solved", "工单102 已解决", "solve T-102": a line about one ticket, whatever else is open here."""
    if isinstance(turn.event.body if turn.event else None, Command) or said.files or said.forwarded_from:
        return NOT_MINE
    talk = (turn.conversation.dialog or {}).get("kind", "") if turn.conversation else ""
    found = numbered(said.text) or led(said.text)
    if found is None or talk.startswith(TYPING):
        return NOT_MINE
    if turn.work.desk.numbered(found[0]) is None and read_wish(found[1]).act == "note":
        return NOT_MINE
    if talk == "ticket":
        turn.remember(None)
    turn.action = "said:ticket"
    return handling.said(turn, handling.numbered(turn, found[0]), found[1])


@heard("first", for_=EDITORS)
def said_of_somebody(turn: Turn, said: Said) -> Any:
    """ "Close Acme's ticket": the only one that is open there, else the one that is picked."""
    found = of_somebody(said.text) if turn.private and not (said.files or said.forwarded_from) else None
    talk = (turn.conversation.dialog or {}).get("kind", "") if turn.conversation else ""
    customer = _meant(turn, found[0]) if found and not talk.startswith(TYPING) else None
    if found is None or customer is None:
        return NOT_MINE
    if talk == "ticket":
        turn.remember(None)
    reopens = read_wish(found[1]).act == "reopen"
    fitting = [one for one in turn.work.desk.of_customer(customer.id) if (one.state in DONE) is reopens]
    if len(fitting) != 1:
        return _of_customer(turn, customer.name)
    turn.action = "said:ticket"
    return handling.said(turn, fitting[0], found[1])


@heard("said", for_=EDITORS)
def said_of_all(turn: Turn, said: Said) -> Any:
    """ "Set all open tickets to urgent": each has a customer who hears of it, so it is done one by one."""
    if not may_order(turn, said) or not of_all(said.text):
        return NOT_MINE
    shown = listing(turn, mine=False)
    example = code(_("T-102 urgent"))
    one_by_one = _("I change tickets one by one, never all at once. Example: {example}", example=example)
    return replace(shown, text=lines(one_by_one, shown.text))


@heard("said", for_=EDITORS)
def said_of_the_last(turn: Turn, said: Said) -> Any:
    """ "Done", 我来处理, after a customer wrote: of the only one that it can be, else of the one that is picked."""
    act = lately.act_in(said.text) if may_order(turn, said) and not said.files else ""
    found = lately.meant(turn, act) if act else []
    if not found:
        return lately.settled_before(turn) if act in ("solve", "close") else NOT_MINE
    turn.action = "said:ticket"
    outcome = lately.which(turn, act, found) if len(found) > 1 else handling.do(turn, found[0], act)
    return replace(outcome, toast=False) if isinstance(outcome, Reply) else outcome


def _meant(turn: Turn, words: str) -> Customer | None:
    outcome = READERS[Customer](turn, words)
    if isinstance(outcome, Found) and not outcome.rest:
        found: Customer = outcome.value
        return found
    customers = meant(turn, understood(turn, words, turn.at))
    return customers[0] if len(customers) == 1 else None
