"""What the owner is asked: once a quarter need, activity and chance of a customer; once a week the cards with gaps."""

from __future__ import annotations

from datetime import timedelta

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.turn import Turn, options
from store.growth import stale, with_gaps
from store.models import Customer, Member, Need, Standing

QUARTER, WEEK = timedelta(days=90), timedelta(days=7)
A_DAY = 3
"""Customers that one owner is asked about in a day."""
LOOKED_AT, SHOWN = 200, 6
ACTIVITY = {"more": _("more active"), "same": _("as before"), "less": _("less active")}
CHANCES = (20, 50, 80)


def ask_owners(turn: Turn) -> None:
    """The most valuable of those nobody was asked about in a quarter, a few a day for each owner."""
    asked: dict[int, int] = {}
    for customer in stale(turn.work, turn.now - QUARTER, LOOKED_AT):
        owner = turn.work.get(Member, customer.owner) if customer.owner else None
        if owner is None or owner.state != "active" or asked.get(owner.id, 0) >= A_DAY:
            continue
        asked[owner.id] = asked.get(owner.id, 0) + 1
        turn.work.add(Standing(customer=customer.id, kind="refresh", now="asked", at=turn.now))
        turn.message_member(owner, question(turn, customer), "standing")


def question(turn: Turn, customer: Customer) -> Reply:
    """The card with what is known, and buttons for what is still open."""
    needs = [row.text for row in turn.work.find(Need, customer=customer.id, state="open")]
    activity, chance = said_of(turn, customer.id, "activity"), said_of(turn, customer.id, "chance")
    new = turn.now - QUARTER
    done = [row for row in (activity, chance) if row is not None and row.at >= new]
    body = lines(
        text(bold(customer.name), " · ", _("once a quarter")),
        _("Need: {what}", what=needs[-1][:80]) if needs else _("Need: nothing is noted."),
        *refreshed(turn, customer),
        _("Thank you, the card is fresh.") if len(done) == 2 else _("How active are they, and how likely do they buy?"),
    )
    choices = options(
        Option(_("New need"), f"refresh-need:{customer.id}"),
        *(Option(name, f"refresh-activity:{customer.id}:{key}") for key, name in ACTIVITY.items()),
        *(Option(Text((f"{n} %",)), f"refresh-chance:{customer.id}:{n}") for n in CHANCES),
    )
    return Reply(body, choices, card=card_of(turn, customer))


def card_of(turn: Turn, customer: Customer) -> str:
    """One card for a customer and a quarter."""
    local = turn.now.astimezone(turn.zone)
    return f"refresh:{customer.id}:{local.year}-{(local.month + 2) // 3}"


def said_of(turn: Turn, customer: int, kind: str) -> Standing | None:
    """What the owner last said of a customer's activity or chance."""
    return turn.work.standing.last(customer, kind)


def note(turn: Turn, customer: Customer, kind: str, value: str) -> None:
    """What the owner says now."""
    was = said_of(turn, customer.id, kind)
    row = Standing(
        customer=customer.id,
        kind=kind,
        was=was.now if was else "",
        now=value,
        why=["hand"],
        member=turn.me().id,
        at=turn.now,
    )
    turn.work.add(row)


def refreshed(turn: Turn, customer: Customer) -> list[Text]:
    """Activity and chance as they were last said, with the day."""
    out = []
    if row := said_of(turn, customer.id, "activity"):
        out.append(_("Activity: {what} ({day})", what=ACTIVITY.get(row.now, text(row.now)), day=_day(turn, row)))
    if row := said_of(turn, customer.id, "chance"):
        out.append(_("Chance: {n} % ({day})", n=row.now, day=_day(turn, row)))
    return out


def _day(turn: Turn, row: Standing) -> Text:
    return moment(row.at.astimezone(turn.zone).date(), "day")


def tell_gaps(turn: Turn) -> None:
    """Each owner reads which of their cards lack something; who has none hears nothing."""
    for member in turn.work.people.members():
        if member.role != "viewer" and (shown := gaps_card(turn, member)) is not None:
            turn.message_member(member, shown, "standing")


def gaps_card(turn: Turn, member: Member) -> Reply | None:
    """The most valuable cards with gaps, and what each lacks."""
    rows = with_gaps(turn.work, member.id, turn.now - WEEK, 100)
    if not rows:
        return None
    head = ngettext("{n} card is incomplete", "{n} cards are incomplete", len(rows))
    said = [text("• ", bold(row.name), ": ", _missing(turn, row)) for row in rows[:SHOWN]]
    choices = tuple(Option(text(row.name[:30]), f"who-facts:{row.id}") for row in rows[:SHOWN])
    return Reply(lines(bold(head), *said), choices)


def _missing(turn: Turn, row: Customer) -> Text:
    found = [] if row.phone or row.email else [_("phone or e-mail")]
    found += [] if turn.work.customers.contacts(row.id) else [_("a contact")]
    found += [] if row.industry else [_("industry")]
    out = found[0]
    for name in found[1:]:
        out = text(out, ", ", name)
    return out
