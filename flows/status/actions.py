"""Looking at the service itself, and telling its owners where they can still be reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.core.messages import Address, Reply
from bot.core.text import gettext as _
from bot.core.text import plain
from flows.arrival import platform_name
from flows.status.cards import problem_line, trouble_card
from flows.status.rules import stuck, troubles
from flows.turn import Turn
from store.alone import alone
from store.firms import firms, set_settings
from store.models import Account, Member, Workspace
from store.wellbeing import look
from store.work import Work

TOLD = "troubles"
"""In the firm's settings: what its owners were told of and is not over yet."""


def names_of(turn: Turn) -> dict[str, str]:
    """What people call the bot accounts."""
    return {row.name: _name(row, turn) for row in turn.work.find(Account)}


def _name(row: Account, turn: Turn) -> str:
    platform = plain(platform_name(row.platform).resolve(turn.words))
    return f"{platform} @{row.handle}" if row.handle else platform


def watch(work: Work, disk: bool = False) -> None:
    """Every minute, in every process: who sees a trouble first tells it, once; and once that it is over."""
    alone(work, "watch")
    for firm in firms(work):
        work.workspace = firm.id
        _watch(work, firm, disk)


def _watch(work: Work, firm: Workspace, disk: bool) -> None:
    found = look(work)
    wrong = troubles(found) | ({"disk"} if disk else set())
    told = list(firm.settings.get(TOLD, ()))
    new, over = sorted(wrong - set(told)), sorted(set(told) - wrong)
    if not new and not over:
        return
    set_settings(work, firm, **{TOLD: sorted(wrong) or None})
    turn = Turn(work=work, workspace=firm, key=f"watch:{firm.id}:{int(work.now.timestamp())}")
    names = names_of(turn)
    if new:
        _tell(turn, wrong, trouble_card([problem_line(one, found, names) for one in new], "parked" in new))
    elif not wrong:
        _tell(turn, wrong, Reply(_("All is well again with the service itself."), card="status-trouble"))
    work.audit("clock", "trouble" if new else "trouble over", ",".join(new or over)[:200])


def _tell(turn: Turn, wrong: Iterable[str], reply: Reply) -> None:
    shut = stuck(wrong)
    for owner in turn.work.people.members():
        if owner.role == "owner" and (where := _open_chat(turn, owner, shut)):
            turn.say(replace(reply, to=Address.of(where)))


def _open_chat(turn: Turn, owner: Member, shut: frozenset[str]) -> str:
    """A private chat through which something still gets out; where there is none, the one that they use."""
    chats = turn.work.people.private_chats(owner)
    through = (chat for chat in chats if chat.reachable and chat.account not in shut and chat.side == "member")
    return next((chat.address for chat in through), owner.home)
