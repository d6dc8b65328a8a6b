"""A person's own page in an app that has one: the day at a glance, shown anew whenever it is opened or used."""

from __future__ import annotations

from dataclasses import replace

from bot.core.messages import Option, Reply
from bot.core.text import bold, code, lines
from bot.core.text import gettext as _
from flows.arrival import at_the_door, role_of
from flows.reminders.cards import stamp
from flows.reminders.day import brief
from flows.setup.entrance import FIRST_LINE
from flows.turn import Turn


def show(turn: Turn) -> None:
    """Publishes the page on which this turn's event happened."""
    if turn.event is not None and turn.event.page is not None:
        turn.say(replace(page(turn), to=turn.event.page, card=""))


def page(turn: Turn) -> Reply:
    """A member's day, each thing with a button that ends it; for anybody else a sentence that shows nothing."""
    if turn.member is None:
        welcome = _("Write to us here, and a person answers.")
        return at_the_door() if role_of(turn) == "stranger" else Reply(bold(welcome))
    day = brief(turn, turn.me())
    hint = lines(_("Tell me in a message what happened, or from anywhere:"), code("/log ") + code(FIRST_LINE))
    return replace(
        day,
        text=lines(bold(_("Your day")), day.text, "", hint),
        options=tuple(_ends(turn, option) for option in day.options),
    )


def _ends(turn: Turn, option: Option) -> Option:
    """On the page there is no room for a card of its own: the tick is the deed, and undo is in the chat."""
    name, _colon, id = option.press.partition(":")
    found = turn.work.reminders.get(int(id)) if name == "reminder" else None
    return replace(option, press=f"done:{found.id}:{stamp(found, turn.now)}") if found else option
