"""Correcting a reminder by editing the sentence that set it."""

from __future__ import annotations

from typing import Any

from bot.core.errors import TooLate
from bot.core.messages import Edited
from bot.core.text import gettext as _
from bot.core.text import lines, moment
from flows.arguments import READERS, Found, When
from flows.asking import run
from flows.router import COMMANDS, EDITORS, NOT_MINE, heard
from flows.turn import Turn


@heard("edited", for_=EDITORS)
def edited(turn: Turn, edited: Edited) -> Any:
    """The sentence was edited: the reminder it set becomes what it says now, if nobody has acted on it."""
    where = f"{turn.where.key if turn.where else ''}#{edited.message}"
    before = turn.work.reminders.by_source(where)
    if before is None:
        return NOT_MINE
    if before.state != "open":
        raise TooLate(_("That is done already."))
    words = edited.text.strip()
    for start in ("/remind", "remind me", "remind", "请提醒", "提醒我", "提醒"):
        if words.casefold().startswith(start):
            words = words[len(start) :].strip()
            break
    if not isinstance(READERS[When](turn, words), Found):
        return lines(_("I could not read a time there."), _("It stays as it was: {when}", when=moment(before.due)))
    turn.work.timers.cancel("reminder", str(before.id))
    turn.work.change(before, state="cancelled", source="")
    return run(turn, COMMANDS["remind"], words)
