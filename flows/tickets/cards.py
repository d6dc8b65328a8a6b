"""How tickets look: one with its buttons, its way through the steps, lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Part, Text, bold, code, join, lines, moment, ngettext, quote, text
from bot.core.text import gettext as _
from flows.activities.words import kind_name
from flows.arrival import platform_name
from flows.tickets.actions import flow_of, number_of, said_so, sheet_of
from flows.tickets.rules import CAUSES, DONE, KINDS, PRIORITIES, SOURCES, Step, in_turn, shown, step_named
from flows.tickets.sums import by_step, lasted
from flows.turn import Turn, options
from store.models import Line, Member, Promise, SlaClock, Stay, Ticket

LAST, BEFORE, LISTED = 3, 2, 10
MINUTE = timedelta(minutes=1)
CLOCKS = {"first": _("first answer"), "next": _("next answer"), "solve": _("solution")}


def ticket_card(turn: Turn, ticket: Ticket) -> Reply:
    """Everything about it at one glance; the same for everybody, rewritten wherever it stands."""
    return Reply(body(turn, ticket), _options(turn, ticket), card=sheet_of(ticket.id))


def with_options(turn: Turn, ticket: Ticket, *choices: Option, said: Text | None = None) -> Reply:
    """The card with other buttons, in this one place, and a way back."""
    back = Option(_("Back"), f"ticket:{ticket.id}")
    return Reply(lines(body(turn, ticket), said), (*choices, back), card=sheet_of(ticket.id))


def body(turn: Turn, ticket: Ticket) -> Text:
    spent = sum(line.minutes for line in turn.work.desk.lines(ticket.id))
    into = turn.work.desk.get(ticket.into) if ticket.into else None
    return lines(
        bold(head(turn, ticket)),
        quote(ticket.title),
        join(" · ", [kind_of(ticket), PRIORITIES.get(ticket.priority, text()), _since(turn, ticket), *_source(ticket)]),
        _("Merged into {number}.", number=number_of(into)) if into else None,
        _owner(turn, ticket),
        _("The customer is angry.") if ticket.tone == "angry" and ticket.state not in DONE else None,
        *_clocks(turn, ticket),
        told_line(turn, ticket),
        _("Cause: {cause}", cause=cause_of(ticket)) if ticket.cause else None,
        _("Time spent: {time}", time=lasting(timedelta(minutes=spent))) if spent else None,
        *_promises(turn, ticket),
        *(_line(turn, line) for line in _last(turn, ticket)),
        *_before(turn, ticket),
    )


def head(turn: Turn, ticket: Ticket) -> Text:
    """ "T-102 · Acme"."""
    customer = turn.work.customers.get(ticket.customer)
    return text(number_of(ticket), " · ", customer.name if customer else "?")


def kind_of(ticket: Ticket) -> Text:
    """What its kind is called."""
    return KINDS.get(ticket.kind, text(ticket.kind))


def cause_of(ticket: Ticket) -> Part:
    """What its cause is called."""
    return CAUSES.get(ticket.cause, ticket.cause)


def step_of(turn: Turn, ticket: Ticket) -> Text:
    """What its step is called."""
    return shown(step_named(flow_of(turn), ticket.step) or Step(ticket.step, ticket.state))


def owner_of(turn: Turn, ticket: Ticket) -> Member | None:
    """Whose it is."""
    return turn.work.get(Member, ticket.owner) if ticket.owner else None


def lasting(time: timedelta) -> Text:
    """ "20 min", "3 h 5 min", "2 d 4 h": two units at most."""
    minutes = max(0, int(time.total_seconds()) // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    units = [
        _("{n} d", n=str(days)) if days else None,
        _("{n} h", n=str(hours)) if hours else None,
        _("{n} min", n=str(rest)) if (rest and not days) or not (days or hours) else None,
    ]
    return join(" ", [unit for unit in units if unit is not None])


def _since(turn: Turn, ticket: Ticket) -> Text:
    stays = turn.work.desk.stays(ticket.id)
    same = [stay.since for stay in stays if stay.until is None]
    since = min(same, default=ticket.opened)
    return _("{step} since {when}", step=step_of(turn, ticket), when=moment(since, "short"))


def _source(ticket: Ticket) -> list[Part]:
    """The way it came by."""
    known = SOURCES.get(ticket.source)
    return [known] if known else [platform_name(ticket.source)] if ticket.source else []


def _owner(turn: Turn, ticket: Ticket) -> Text | None:
    owner = owner_of(turn, ticket)
    if owner is not None:
        return _("Owner: {name}", name=owner.name)
    return None if ticket.state in DONE else bold(_("Nobody has it yet."))


def _clocks(turn: Turn, ticket: Ticket) -> list[Text]:
    """The clock that is due next; those that stand still say so."""
    running = [clock for clock in turn.work.desk.clocks(ticket.id) if clock.state in ("running", "missed")]
    return [_clock(turn, running[0])] if running else []


def _clock(turn: Turn, clock: SlaClock) -> Text:
    what = CLOCKS.get(clock.kind, text(clock.kind))
    if clock.due < turn.now:
        return bold(_("Late: {what}, due {when}", what=what, when=moment(clock.due, "short")))
    return _("Due {when}: {what}", when=moment(clock.due, "short"), what=what)


def told_line(turn: Turn, ticket: Ticket) -> Text | None:
    """Whether the customer knows of the end."""
    if ticket.state not in ("solved", "closed"):
        return None
    if ticket.told:
        return _("The customer was told {when}.", when=moment(ticket.told, "short"))
    if said_so(turn, ticket):
        return _("The customer has said so.")
    return _("The customer has not been told.")


def _promises(turn: Turn, ticket: Ticket) -> list[Text]:
    found = [one for one in turn.work.find(Promise, ticket=ticket.id) if one.state == "open" and one.by == "us"]
    due = [moment(one.due, "day") if one.due else _("no date") for one in found]
    return [_("We promised: {what} ({due})", what=one.what, due=day) for one, day in zip(found, due, strict=True)]


def _last(turn: Turn, ticket: Ticket) -> list[Line]:
    said = [line for line in turn.work.desk.lines(ticket.id) if line.state not in ("draft", "deleted", "stopped")]
    corrected = {line.corrects for line in said}
    said = [line for line in said if line.id not in corrected]
    return [line for line in said if line.text.strip() != ticket.title or line.kind != "in"][-LAST:]


def _line(turn: Turn, line: Line) -> Text:
    """Who said what to whom, in one line."""
    member = turn.work.get(Member, line.member) if line.member else None
    contact = turn.work.customers.contact(line.contact) if line.contact else None
    name = member.name if member else ""
    who: Part = contact.name if contact else _("Customer")
    if line.kind == "note":
        who = _("Note, {name}", name=name)
    elif line.kind == "out":
        who = _("{name} to the customer", name=name) if name else _("To the customer")
    failed = text(" ", _("(not delivered)")) if line.state == "failed" else text()
    return text("• ", moment(line.at, "short"), " ", who, ": ", _short(line.text), failed)


def _before(turn: Turn, ticket: Ticket) -> list[Text]:
    """What those who look after the customer wrote before, so that nobody asks twice."""
    recent = turn.work.activities.last(ticket.customer, limit=20)
    own = [a for a in recent if a.member is not None and a.text and a.at <= ticket.opened and a.direction != "in"]
    if not own:
        return []
    rows = []
    for activity in own[:BEFORE]:
        member = turn.work.get(Member, activity.member or 0)
        about = join(" · ", [moment(activity.at, "day"), kind_name(activity.kind), member.name if member else "?"])
        rows.append(text("\n• ", about, ": ", _short(activity.text)))
    return [_("Before: {items}", items=join("", rows))]


def _options(turn: Turn, ticket: Ticket) -> tuple[Option, ...]:
    id = ticket.id
    way = Option(_("Timeline"), f"ticket-way:{id}")
    if turn.member is not None and turn.member.role == "viewer":
        return (way,)
    undo = Option(_("Undo"), f"undo:{sheet_of(id)}") if turn.note and turn.note.card == sheet_of(id) else None
    answer = Option(_("Answer"), f"reply:{id}", style="primary")
    if ticket.state == "merged":
        return options(undo, Option(_("Open the other one"), f"ticket:{ticket.into}"))
    again = Option(_("Reopen"), f"ticket-reopen:{id}")
    if ticket.state == "closed":
        return options(undo, again, way)
    if ticket.state == "solved":
        visit = Option(_("Plan a visit"), f"ticket-visit:{id}")
        return options(undo, answer, Option(_("Close"), f"ticket-close:{id}"), again, visit, way)
    waits = ticket.state == "waiting"
    return options(
        undo,
        Option(_("Take"), f"ticket-take:{id}", style="primary") if ticket.owner is None else None,
        answer,
        Option(_("Go on"), f"ticket-work:{id}") if waits else Option(_("Wait"), f"ticket-wait:{id}"),
        Option(_("Solve"), f"ticket-solve:{id}"),
        Option(_("Note"), f"ticket-note:{id}"),
        Option(_("Assign"), f"ticket-assign:{id}"),
        Option(_("Priority"), f"ticket-priority:{id}"),
        Option(_("More"), f"ticket-more:{id}"),
    )


def timeline(turn: Turn, ticket: Ticket) -> Reply:
    """Every step with its owner and how long it took, and the sums."""
    stays = turn.work.desk.stays(ticket.id)
    end = None if ticket.state in DONE else turn.now
    long = [stay for stay in stays if stay.until is None or stay.until - stay.since >= MINUTE]
    rows = [_stay(turn, stay, lasted(stay, end)) for stay in long]
    sums = [
        text(_named(turn, step, state), " ", lasting(time))
        for (step, state), time in by_step(stays, end).items()
        if time
    ]
    back = Option(_("Back"), f"ticket:{ticket.id}")
    found = lines(bold(head(turn, ticket)), *rows, text(_("Altogether: "), join(", ", sums)) if sums else None)
    return Reply(found, (back,), card=sheet_of(ticket.id))


def _named(turn: Turn, step: str, state: str) -> Text:
    return shown(step_named(flow_of(turn), step) or Step(step, state))


def _stay(turn: Turn, stay: Stay, time: timedelta | None) -> Text:
    owner = turn.work.get(Member, stay.owner) if stay.owner else None
    by = turn.work.get(Member, stay.by) if stay.by else None
    parts: list[Part] = [moment(stay.since, "short"), _named(turn, stay.step, stay.state)]
    parts.append(owner.name if owner else _("nobody"))
    if by is not None and by.id != stay.owner:
        parts.append(_("by {name}", name=by.name))
    if time is not None:
        parts.append(lasting(time))
    return text("• ", join(" · ", parts))


def listed(turn: Turn, ticket: Ticket) -> Text:
    """One line of a list."""
    owner = owner_of(turn, ticket)
    age = lasting(turn.now - ticket.opened)
    return text(
        "• ",
        join(
            " · ",
            [
                head(turn, ticket),
                _short(ticket.title, 40),
                PRIORITIES.get(ticket.priority, text()),
                step_of(turn, ticket),
                owner.name if owner else bold(_("nobody")),
                age,
            ],
        ),
    )


def open_list(turn: Turn, tickets: Sequence[Ticket], *, mine: bool) -> Reply:
    """What waits, nobody's first; a button for each of the first ones."""
    found = sorted(tickets, key=lambda t: (*in_turn(t.priority, t.opened.timestamp(), owned=t.owner is not None), t.id))
    other = Option(_("All"), "tickets:all") if mine else Option(_("Mine"), "tickets:mine")
    if not found:
        hint = _("Example: {example}", example=code(_("/ticket Acme the pump leaks")))
        said = _("You have no open ticket.") if mine else _("No ticket is open.")
        return Reply(lines(said, hint), (other,), card=_list_card(turn))
    nobody = sum(ticket.owner is None for ticket in found)
    left = len(found) - LISTED
    rows = lines(
        bold(ngettext("{n} open ticket", "{n} open tickets", len(found))),
        bold(ngettext("{n} without an owner", "{n} without an owner", nobody)) if nobody else None,
        *(listed(turn, ticket) for ticket in found[:LISTED]),
        ngettext("and {n} more", "and {n} more", left) if left > 0 else None,
    )
    shown = tuple(Option(number_of(ticket), f"ticket:{ticket.id}") for ticket in found[:LISTED])
    return Reply(rows, (*shown, other), card=_list_card(turn))


def _list_card(turn: Turn) -> str:
    here = turn.card()
    return here if here.startswith("tickets:") else ""


def of_customer(turn: Turn, customer: int) -> list[Text]:
    """For the customer's card: what is open, and what was solved last."""
    tickets = turn.work.desk.of_customer(customer)
    running = [ticket for ticket in tickets if ticket.state not in DONE]
    done = [ticket for ticket in tickets if ticket.state in ("solved", "closed")]
    out = [
        text(_("Open ticket: "), number_of(t), " · ", _short(t.title, 60), " · ", step_of(turn, t)) for t in running[:3]
    ]
    if done:
        last = done[0]
        when = moment(last.solved or last.closed or last.opened, "day")
        said = ngettext("{n} ticket solved, the last: ", "{n} tickets solved, the last: ", len(done))
        out.append(text(said, number_of(last), " · ", _short(last.title, 60), " · ", when))
    return out


def show(turn: Turn, ticket: Ticket) -> None:
    """The card changes wherever it was shown."""
    turn.rewrite(sheet_of(ticket.id), ticket_card(turn, ticket))


def _short(words: str, most: int = 80) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
