"""The buttons of tickets."""

from __future__ import annotations

from typing import Any

from bot.core.errors import BadInput, NotFound, TooLate
from bot.core.messages import Option, Reply
from bot.core.text import gettext as _
from bot.core.text import lines, text
from flows.replies import picked
from flows.router import CUSTOMERS, MEMBERS, press
from flows.tickets import actions, cards, handling, joining, loop, opening
from flows.tickets.commands import listing
from flows.tickets.rules import KINDS, PRIORITIES, shown
from flows.turn import Turn
from store.models import Activity, Line, Member


@press("ticket", for_=MEMBERS)
def show(turn: Turn, ticket: int) -> Reply:
    found = actions.found(turn, ticket)
    return picked(turn, cards.ticket_card(turn, found))


@press("tickets", for_=MEMBERS)
def listed(turn: Turn, whose: str) -> Reply:
    return listing(turn, mine=whose == "mine")


@press("ticket-take")
def take(turn: Turn, ticket: int) -> Any:
    return handling.do(turn, actions.found(turn, ticket), "take")


@press("ticket-wait")
def wait(turn: Turn, ticket: int) -> Any:
    return handling.do(turn, actions.found(turn, ticket), "wait")


@press("ticket-work")
def work(turn: Turn, ticket: int) -> Any:
    return handling.do(turn, actions.found(turn, ticket), "work")


@press("ticket-solve")
def solve(turn: Turn, ticket: int) -> Any:
    return handling.do(turn, actions.found(turn, ticket), "solve")


@press("ticket-quiet")
def solve_quietly(turn: Turn, ticket: int) -> Any:
    return handling.do(turn, actions.found(turn, ticket), "quietly")


@press("ticket-close")
def close(turn: Turn, ticket: int) -> Any:
    return handling.do(turn, actions.found(turn, ticket), "close")


@press("ticket-cause")
def cause(turn: Turn, ticket: int, key: str) -> Any:
    if turn.conversation and (turn.conversation.dialog or {}).get("kind") == "ticket":
        turn.remember(None)
    return handling.do(turn, actions.found(turn, ticket), "cause", key)


@press("ticket-reopen")
def reopen(turn: Turn, ticket: int) -> Any:
    return handling.do(turn, actions.found(turn, ticket), "reopen")


@press("ticket-assign")
def assign(turn: Turn, ticket: int) -> Reply:
    return handling.whom(turn, actions.found(turn, ticket))


@press("ticket-to")
def give(turn: Turn, ticket: int, member: int) -> Reply:
    to = turn.work.get(Member, member)
    if to is None:
        raise NotFound(_("This colleague is no longer there."))
    return handling.give(turn, actions.found(turn, ticket), to)


@press("ticket-priority")
def priority(turn: Turn, ticket: int, level: int = 0) -> Reply:
    found = actions.found(turn, ticket)
    if level:
        return handling.rate(turn, found, level)
    choices = [Option(name, f"ticket-priority:{ticket}:{n}") for n, name in PRIORITIES.items() if n != found.priority]
    return cards.with_options(turn, found, *choices)


@press("ticket-kind")
def kind(turn: Turn, ticket: int, kind: str = "") -> Reply:
    found = actions.found(turn, ticket)
    if kind:
        return handling.sort(turn, found, kind)
    choices = [Option(name, f"ticket-kind:{ticket}:{key}") for key, name in KINDS.items() if key != found.kind]
    return cards.with_options(turn, found, *choices)


@press("ticket-step")
def step(turn: Turn, ticket: int, place: int = -1) -> Reply:
    found, flow = actions.found(turn, ticket), actions.flow_of(turn)
    if 0 <= place < len(flow):
        return handling.step_to(turn, found, flow[place])
    choices = [
        Option(shown(step), f"ticket-step:{ticket}:{at}") for at, step in enumerate(flow) if step.name != found.step
    ]
    return cards.with_options(turn, found, *choices)


@press("ticket-note")
def note(turn: Turn, ticket: int) -> Reply:
    """What is typed next is the note."""
    found = actions.found(turn, ticket)
    turn.remember({"kind": "ticket", "step": "note", "ticket": found.id})
    body = lines(
        _("What should stand in {number}? No customer reads it.", number=actions.number_of(found)),
        _("Time spent counts too: “part ordered, 45 min”."),
    )
    return Reply(body, (Option(_("Cancel"), "cancel"),))


@press("ticket-more")
def more(turn: Turn, ticket: int) -> Reply:
    """What is needed less often."""
    found = actions.found(turn, ticket)
    choices = [
        Option(_("Kind"), f"ticket-kind:{ticket}"),
        Option(_("Step"), f"ticket-step:{ticket}"),
        Option(_("Timeline"), f"ticket-way:{ticket}"),
        Option(_("Solve without survey"), f"ticket-quiet:{ticket}"),
        Option(_("Merge"), f"ticket-merge:{ticket}"),
        Option(_("Split"), f"ticket-split:{ticket}"),
        Option(_("Show customer"), f"who:{found.customer}"),
    ]
    return cards.with_options(turn, found, *choices)


@press("ticket-way", for_=MEMBERS)
def way(turn: Turn, ticket: int) -> Reply:
    return cards.timeline(turn, actions.found(turn, ticket))


@press("ticket-merge")
def merge(turn: Turn, ticket: int, into: int = 0) -> Any:
    found = actions.found(turn, ticket)
    if into:
        return handling.do(turn, found, "merge", str(actions.found(turn, into).number))
    others = [t for t in turn.work.desk.of_customer(found.customer) if t.id != found.id]
    open_ = [t for t in others if t.state in ("open", "waiting", "solved")]
    if not open_:
        raise TooLate(_("This customer has no other ticket."))
    choices = [
        Option(text(f"T-{t.number} · {t.title[:30]}"), f"ticket-merge:{ticket}:{t.id}", wide=True) for t in open_[:6]
    ]
    return cards.with_options(turn, found, *choices, said=_("Into which one?"))


@press("ticket-split")
def split(turn: Turn, ticket: int) -> Any:
    return handling.do(turn, actions.found(turn, ticket), "split")


@press("ticket-part")
def part(turn: Turn, ticket: int, line: int) -> Reply:
    found, said = actions.found(turn, ticket), turn.work.get(Line, line)
    if said is None:
        raise BadInput(_("These words are not in that ticket any more."))
    new = joining.split(turn, found, said)
    label = _("{new} split from {number}", new=actions.number_of(new), number=actions.number_of(found))
    turn.did(label, actions.sheet_of(new.id))
    return cards.ticket_card(turn, new)


@press("ticket-visit")
def visit(turn: Turn, ticket: int, days: int = 0) -> Reply:
    """A return visit instead of the survey."""
    found = actions.found(turn, ticket)
    if not days:
        choices = [
            Option(_("Tomorrow"), f"ticket-visit:{ticket}:1"),
            Option(_("In a week"), f"ticket-visit:{ticket}:7"),
            Option(_("In a month"), f"ticket-visit:{ticket}:30"),
        ]
        return cards.with_options(turn, found, *choices, said=_("A return visit instead of the survey: when?"))
    return loop.plan_visit(turn, found, days)


@press("ticket-from")
def from_log(turn: Turn, activity: int) -> Reply:
    found = turn.work.get(Activity, activity)
    if found is None:
        raise NotFound(_("That is no longer there."))
    return opening.from_log(turn, found)


@press("not-solved", for_=CUSTOMERS)
def not_solved(turn: Turn, ticket: int) -> Any:
    return loop.not_solved(turn, ticket)
