"""How the team looks in chat: who is here, the text to paste for a new colleague, what a removal does."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, join, lines, moment, ngettext, text
from bot.core.text import gettext as _
from flows.arrival import platform_name, role_name
from flows.setup.actions import LIFETIME
from flows.setup.entrance import Invitation
from flows.turn import Turn
from store.models import Conversation, Member

SHOWN = 50
PICKS = 6


def invitation_text(turn: Turn, given: Invitation, role: str) -> list[Reply | Text]:
    """What to say about the invitation, and by itself what to paste."""
    return [
        lines(
            _("Paste the next message to your colleague. They become {role}.", role=role_name(role)),
            _("It works once and for {days} days.", days=LIFETIME.days),
        ),
        Reply(_pasted(turn, given)),
    ]


def _pasted(turn: Turn, given: Invitation) -> Text:
    return lines(
        _("Join {firm} on Rapport:", firm=turn.workspace.name),
        *given.links,
        _("Or write this to our bot: code {code}", code=given.code),
    )


def linking(given: Invitation) -> Text:
    """How to come in on another platform as the same person."""
    return lines(
        _("Open this where you want to use me too, within {minutes} minutes:", minutes=15),
        *given.links,
        _("Or write this to our bot: code {code}", code=given.code),
    )


def members_list(turn: Turn, members: Sequence[Member]) -> Text:
    """Name, role, platforms, when last here."""
    return lines(
        bold(ngettext("{n} member", "{n} members", len(members))),
        *(member_line(turn, member) for member in members[:SHOWN]),
        ngettext("and {n} more", "and {n} more", len(members) - SHOWN) if len(members) > SHOWN else None,
    )


def member_line(turn: Turn, member: Member) -> Text:
    """One colleague in a list."""
    chats = turn.work.people.private_chats(member)
    platforms = [platform_name(name) for name in sorted({chat.platform for chat in chats})]
    seen = _("last here {when}", when=moment(chats[0].seen, "short")) if chats else _("not yet here")
    return join(
        " · ", [text("• ", member.name), role_name(member.role), *([join("/", platforms)] if platforms else []), seen]
    )


def confirm(turn: Turn, member: Member, to: Sequence[Member], customers: int, reminders: int) -> Reply:
    """What a removal does, before it is done; a button for each who may take over."""
    body = lines(
        bold(_("Remove {name}?", name=member.name)),
        _(
            "At once {name} can't read or do anything here any more: chats, links, buttons and waiting messages die.",
            name=member.name,
        ),
        _("The customers stay. Somebody takes over:"),
        text("• ", ngettext("{n} customer", "{n} customers", customers)),
        text("• ", ngettext("{n} open reminder", "{n} open reminders", reminders)),
        _("This can't be undone by a button: to come back, {name} needs a new invitation.", name=member.name),
        _("Who takes over?") if len(to) > 1 else None,
    )
    picks = tuple(
        Option(
            _("Remove, {name} takes over", name=other.name), f"remove:{member.id}:{other.id}", style="danger", wide=True
        )
        for other in to[:PICKS]
    )
    return Reply(
        body,
        (*picks, Option(_("Keep {name}", name=member.name), f"member-stays:{member.id}")),
        card=f"member:{member.id}",
    )


def removed(member: Member, successor: Member, customers: int, reminders: int, rooms: Sequence[Conversation]) -> Reply:
    """What was done, and what only a person can do."""
    titles = [room.title for room in rooms if room.title]
    body = lines(
        bold(_("{name} is removed.", name=member.name)),
        _("{successor} looks after the work now:", successor=successor.name),
        text("• ", ngettext("{n} customer", "{n} customers", customers)),
        text("• ", ngettext("{n} open reminder", "{n} open reminders", reminders)),
        _("Please take {name} out of the platform's own rooms too: {rooms}", name=member.name, rooms=join(", ", titles))
        if titles
        else None,
        _("To come back, {name} needs a new invitation.", name=member.name),
    )
    return Reply(
        body,
        (Option(_("Invite {name} again", name=member.name), f"invite-back:{member.id}"),),
        card=f"member:{member.id}",
    )
