"""Who follows low scores for the whole firm: a satisfaction officer sees each of them in private, rooms or not."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import bold, code, lines, text
from bot.core.text import gettext as _
from flows.tiers.settings import keep
from flows.turn import Turn
from store.models import Member


def officers(turn: Turn) -> list[Member]:
    """Those who follow low scores and are still here."""
    kept = turn.workspace.settings.get("officers", [])
    return [member for member in turn.work.people.members() if member.id in kept]


def follow(turn: Turn, member: Member) -> None:
    """The member follows low scores from now on, and hears of it."""
    found = officers(turn)
    if member.id in {other.id for other in found}:
        return
    keep(turn, "officers", [*(other.id for other in found), member.id])
    turn.work.audit(f"member:{turn.me().id}", "officer", f"member:{member.id}")
    told = _("You follow low scores for the firm now: each one comes to you, and you see that it is taken care of.")
    turn.message_member(member, Reply(told), "team")


def unfollow(turn: Turn, member: int) -> None:
    """No more."""
    keep(turn, "officers", [found.id for found in officers(turn) if found.id != member])
    turn.work.audit(f"member:{turn.me().id}", "officer_off", f"member:{member}")


def card(turn: Turn) -> Reply:
    """Who they are, or that there is nobody."""
    found = officers(turn)
    if not found:
        example = code(_("/officer Carl"))
        said = lines(
            _("Nobody in particular: low scores go to rooms, owners and managers."),
            _("Example: {example}", example=example),
        )
        return Reply(said, card="officers")
    rows = [text("• ", member.name) for member in found]
    choices = tuple(Option(_("Not {name} any more", name=member.name), f"officer-off:{member.id}") for member in found)
    return Reply(lines(bold(_("They follow low scores:")), *rows), choices, card="officers")
