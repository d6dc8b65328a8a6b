"""How look-alikes are shown: a list of pairs, and two customers side by side with the reason."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, join, lines, ngettext, text
from bot.core.text import gettext as _
from flows.customers.cards import masked
from flows.customers.sight import sees
from flows.duplicates.actions import faces
from flows.duplicates.rules import reasons
from flows.turn import Turn
from store.models import Apart, Customer, Job, Member
from store.search import Hit

SHOWN = 6


def listed(turn: Turn, job: Job) -> Reply:
    """The pairs that are still two."""
    card = f"duplicates:{job.id}"
    pairs = [(a, b) for a, b in job.cursor.get("pairs", ()) if not _settled(turn, a, b)]
    if not pairs:
        return Reply(_("No two customers look alike. I looked at phones, e-mails and names."), card=card)
    named = {row.id: row for row in turn.work.search.customers([Hit(id) for pair in pairs[:SHOWN] for id in pair])}
    options = tuple(
        Option(text(named[a].name, " = ", named[b].name, "?"), f"pair:{a}:{b}:{job.id}", wide=True)
        for a, b in pairs[:SHOWN]
    )
    head = ngettext(
        "{n} pair looks alike. Nothing is merged by itself.",
        "{n} pairs look alike. Nothing is merged by itself.",
        len(pairs),
    )
    return Reply(head, options, card=card)


def _settled(turn: Turn, one: int, other: int) -> bool:
    rows = [turn.work.customers.get(id) for id in (one, other)]
    gone = any(row is None or row.state != "active" or not sees(turn, row) for row in rows)
    return gone or turn.work.first(Apart, one=min(one, other), other=max(one, other)) is not None


def compared(turn: Turn, one: Customer, other: Customer, job: int = 0) -> Reply:
    """Both side by side, why they look alike, and what can be done."""
    known = faces(turn.work, [one, other])
    why = reasons(known[one.id], known[other.id])
    both_chat = known[one.id].chats and known[other.id].chats
    body = lines(
        _side(turn, one),
        "",
        _side(turn, other),
        "",
        _("Alike: {reasons}", reasons=join(", ", why)) if why else _("I see nothing that they have in common."),
        _("Both have a chat of their own: after a merge one card has both.") if both_chat else None,
    )
    back = Option(_("Back"), f"pairs:{job}") if job else None
    options = (
        Option(_("Keep {name}", name=one.name[:30]), f"merge:{one.id}:{other.id}", wide=True),
        Option(_("Keep {name}", name=other.name[:30]), f"merge:{other.id}:{one.id}", wide=True),
        Option(_("They are two"), f"apart:{one.id}:{other.id}"),
        back,
    )
    return Reply(body, tuple(option for option in options if option))


def _side(turn: Turn, row: Customer) -> Text:
    owner = turn.work.get(Member, row.owner) if row.owner else None
    people = ", ".join(contact.name for contact in turn.work.customers.contacts(row.id)[:3])
    touches = len(turn.work.activities.last(row.id, limit=20))
    facts = [masked(row.phone), row.email, people, owner.name if owner else ""]
    return lines(
        text(bold(row.name), " · #", str(row.id)),
        " · ".join(fact for fact in facts if fact) or None,
        ngettext("{n} entry in the history", "{n} entries in the history", touches),
    )
