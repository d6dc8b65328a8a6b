"""A firm that does nothing for a while: because it moves, or is here only to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.core.messages import Address, Reply
from bot.core.text import Text, bold, lines, ngettext, text
from bot.core.text import gettext as _
from flows.accounts.actions import SIGNAL
from flows.turn import Turn
from store.firms import MOVED, PAUSED, set_settings
from store.models import Account, Workspace
from store.resting import count, hold, let_go
from store.work import Work

COUNTED: Mapping[str, Callable[[int], Text]] = {
    "customer": lambda n: ngettext("{n} customer", "{n} customers", n),
    "contact": lambda n: ngettext("{n} contact", "{n} contacts", n),
    "activity": lambda n: ngettext("{n} entry in the log", "{n} entries in the log", n),
    "reminder": lambda n: ngettext("{n} reminder", "{n} reminders", n),
    "deal": lambda n: ngettext("{n} deal", "{n} deals", n),
    "ticket": lambda n: ngettext("{n} request", "{n} requests", n),
    "answer": lambda n: ngettext("{n} answer to a survey", "{n} answers to surveys", n),
    "file": lambda n: ngettext("{n} file", "{n} files", n),
}
"""What an owner would count to see that nothing is missing."""


def pause(work: Work, firm: Workspace) -> int:
    """Its bots go off, what is due and what is long under way is held; returns how many bots those were."""
    on = [row for row in work.find(Account, state="active") if row.token]
    for row in on:
        work.change(row, state="off")
    hold(work)
    names = sorted({*firm.settings.get(PAUSED, ()), *(row.name for row in on)})
    _noted(work, firm, "workspace_paused", **{PAUSED: names})
    return len(on)


def resume(work: Work, firm: Workspace) -> int:
    """Everything goes on; what came due meanwhile comes late and says so. Who has moved is told what came along."""
    names = firm.settings.get(PAUSED, ())
    off = [row for row in work.find(Account, state="off") if row.name in names and row.token]
    for row in off:
        work.change(row, state="active")
    let_go(work)
    if before := firm.settings.get(MOVED):
        _tell(work, firm, before)
    _noted(work, firm, "workspace_resumed", **{PAUSED: None, MOVED: None})
    return len(off)


def _noted(work: Work, firm: Workspace, action: str, **settings: list[str] | None) -> None:
    set_settings(work, firm, **settings)
    work.signals.add(SIGNAL)
    work.audit("console", action, f"workspace:{firm.id}")


def _tell(work: Work, firm: Workspace, before: Mapping[str, int]) -> None:
    turn = Turn(work=work, workspace=firm, key=f"moved:{firm.id}:{int(work.now.timestamp())}")
    reply = moved({name: (before.get(name, 0), count(work, name)) for name in COUNTED})
    for owner in work.people.members():
        if owner.role == "owner" and owner.home:
            turn.say(Reply(reply, to=Address.of(owner.home)))


def moved(counts: Mapping[str, tuple[int, int]]) -> Text:
    """Before and after, side by side where they differ."""
    whole = all(was == now for was, now in counts.values())
    shown = [
        text("• ", COUNTED[name](now), "" if was == now else _(" – it was {n} before", n=str(was)))
        for name, (was, now) in counts.items()
        if was or now
    ]
    head = _("We have moved, and nothing is missing:") if whole else _("We have moved. Please look at what differs:")
    return lines(bold(head), *shown, _("Chats, buttons and reminders go on as before."))
