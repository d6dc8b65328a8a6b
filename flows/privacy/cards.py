"""How privacy looks in chat: what would go, what is kept of somebody, who looked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.arrival import platform_name, role_name
from flows.privacy.rules import about_me, who_looked
from flows.turn import Turn
from store.models import Customer, Member

Counting = Callable[[int], Text]

GOES: Mapping[str, Counting] = {
    "contact": lambda n: ngettext("{n} contact", "{n} contacts", n),
    "conversation": lambda n: ngettext("{n} chat", "{n} chats", n),
    "identity": lambda n: ngettext("{n} account in a chat app", "{n} accounts in chat apps", n),
    "invitation": lambda n: ngettext("{n} survey", "{n} surveys", n),
    "quote": lambda n: ngettext("{n} quote", "{n} quotes", n),
    "reminder": lambda n: ngettext("{n} reminder", "{n} reminders", n),
    "promise": lambda n: ngettext("{n} promise", "{n} promises", n),
    "file": lambda n: ngettext("{n} file", "{n} files", n),
}
STAYS: Mapping[str, Counting] = {
    "activity": lambda n: ngettext("{n} logged contact", "{n} logged contacts", n),
    "deal": lambda n: ngettext("{n} deal", "{n} deals", n),
    "purchase": lambda n: ngettext("{n} order", "{n} orders", n),
    "ticket": lambda n: ngettext("{n} ticket", "{n} tickets", n),
}
LOOKED = 5
"""Lines of who looked."""


def forget_card(customer: Customer, counts: Mapping[str, int]) -> Reply:
    """Nothing has happened yet."""
    body = lines(
        _("Erase {name} for good?", name=bold(customer.name)),
        _("Gone for ever: name, numbers, every word about them."),
        _listed(_("With it: {things}", things=_counted(GOES, counts)), GOES, counts),
        _listed(_("Stays as a bare figure, nameless: {things}", things=_counted(STAYS, counts)), STAYS, counts),
        _("Where colleagues wrote the name elsewhere, *** will stand. This can't be undone, not even from a backup."),
    )
    return Reply(
        body,
        (
            Option(_("Erase …"), f"forget-ask:{customer.id}", style="danger"),
            Option(_("Keep"), f"forget-no:{customer.id}"),
        ),
        card=f"forget:{customer.id}",
    )


def _counted(names: Mapping[str, Counting], counts: Mapping[str, int]) -> Text:
    return join(", ", [counting(counts[name]) for name, counting in names.items() if counts.get(name)])


def _listed(line: Text, names: Mapping[str, Counting], counts: Mapping[str, int]) -> Text | None:
    return line if any(counts.get(name) for name in names) else None


def last_question(customer: Customer) -> Reply:
    """The second press is the one that counts."""
    return Reply(
        _("{name}: really erase everything, now and for good?", name=bold(customer.name)),
        (
            Option(_("Yes, for good"), f"forget-yes:{customer.id}", style="danger"),
            Option(_("Keep"), f"forget-no:{customer.id}"),
        ),
        card=f"forget:{customer.id}",
    )


def asked_to_go(customer: Customer) -> Reply:
    """To those who may erase."""
    return Reply(
        _("{name} asks that everything we keep of them is deleted.", name=bold(customer.name)),
        (Option(_("Look at it"), f"forget:{customer.id}"),),
    )


def of_member(turn: Turn) -> Reply:
    """What the firm keeps of a colleague, to that colleague."""
    me = turn.me()
    mine = about_me(turn.work, me)
    chats = join(", ", [platform_name(platform) for platform in mine.platforms])
    since = moment(me.joined, "day")
    body = lines(
        _("What is kept of you, {name}:", name=bold(me.name)),
        _(
            "Role {role}, here since {day}, in {chats}",
            role=role_name(me.role),
            day=since,
            chats=chats,
        ),
        _(
            "{logs} logged, {reminders} reminders, {promises} promises, {reports} reports",
            logs=str(mine.logs),
            reminders=str(mine.reminders),
            promises=str(mine.promises),
            reports=str(mine.reports),
        ),
        _("Drafts and what you took back are seen by nobody. Reading times are not kept."),
        *_lookers(turn, me),
    )
    return Reply(body, (Option(_("As a file"), "mydata:json"),), card="mydata")


def _lookers(turn: Turn, me: Member) -> list[Text]:
    seen = who_looked(turn.work, me)
    if not seen:
        return [_("Nobody has looked at your reports.")]
    shown = [text("• ", who, " · ", moment(at, "short")) for who, at in seen[:LOOKED]]
    return [_("Who looked at your reports:"), *shown]


def of_customer(turn: Turn) -> Reply:
    """To a customer: what we know, and how to get it or be rid of it."""
    if turn.customer is None:
        return Reply(_("Nothing of you is kept here, apart from this chat."))
    body = lines(
        _("What we keep of you: your name and numbers, what you wrote to us, answered and ordered."),
        _("Take it along as a file, or ask us to delete it."),
    )
    return Reply(
        body,
        (
            Option(_("As a table"), "mydata:csv"),
            Option(_("As JSON"), "mydata:json"),
            Option(_("Please delete it"), "mydata-erase"),
        ),
        card="mydata",
    )
