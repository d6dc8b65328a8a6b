"""Muting what one does not want to hear, and hearing it again."""

from __future__ import annotations

from bot.core.messages import Option, Reply
from bot.core.text import Text, bold, lines
from bot.core.text import gettext as _
from flows.quiet.actions import KINDS
from flows.quiet.rules import PERSON
from flows.router import MEMBERS, command, press
from flows.turn import Turn


@command("mute", help=_("What I tell you unasked"), for_=MEMBERS, words=("mute", "免打扰", "静音"), rooms=False)
def mute(turn: Turn) -> Reply:
    return _list(turn)


@press("mute", for_=MEMBERS)
def mute_pressed(turn: Turn, kind: str) -> Reply | Text:
    if kind not in KINDS:
        return Reply(_("That button is from an older version. Please ask again."), toast=True)
    turn.work.pushes.mute(turn.me().id, kind)
    again = Option(_("Tell me again"), f"unmute:{kind}")
    return Reply(_("All right, you hear no more about {kind}.", kind=KINDS[kind]), (again,))


@press("unmute", for_=MEMBERS)
def unmute(turn: Turn, kind: str) -> Reply | Text:
    if kind not in KINDS:
        return Reply(_("That button is from an older version. Please ask again."), toast=True)
    turn.work.pushes.unmute(turn.me().id, kind)
    return _("All right, I tell you about {kind} again.", kind=KINDS[kind])


def _list(turn: Turn) -> Reply:
    me = turn.me()
    muted = turn.work.pushes.muted(me.id)
    options = tuple(
        Option(_("Again: {kind}", kind=label), f"unmute:{kind}")
        if kind in muted
        else Option(_("Mute: {kind}", kind=label), f"mute:{kind}")
        for kind, label in KINDS.items()
    )
    text = lines(
        bold(_("What I tell you unasked")),
        _("At most {n} messages a day; the rest comes in one digest.", n=PERSON),
        _("What you asked for always comes: answers, and your own reminders."),
    )
    return Reply(text, options, card=f"mute:{me.id}")
