""" "Done with the quote", 毛巾送到了, "done with the first one": the reminder or promise that is done by its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core.messages import Option, Reply
from bot.core.text import gettext as _
from bot.core.text import text
from flows.activities.lines import understood
from flows.activities.rules import names
from flows.activities.writing import lately
from flows.promises import presses
from flows.promises.cards import head
from flows.promises.offering import kept_in_words
from flows.reminders.actions import FAR
from flows.reminders.cards import said
from flows.reminders.finishing import about_said, place_said
from flows.reminders.presses import done_pressed
from flows.replies import below
from flows.router import NOT_MINE
from flows.spoken.dropping import about
from flows.turn import Turn
from store.models import Promise, Reminder

_SHOWN = 5


def finish(turn: Turn, words: str) -> Any:
    """What is meant is done; of several what was just spoken of, else all are asked about. A place in a list that was
    not shown just now is asked for.
    """
    if place_said(words) is not None:
        return _which(turn, turn.work.reminders.open(turn.me().id, turn.now + FAR))
    found = _meant(turn, words)
    last = _of_the_last(turn, found) if len(found) > 1 else found
    return below(turn, _done(turn, last[0])) if len(last) == 1 else _which(turn, found)


def _meant(turn: Turn, words: str) -> list[Reminder | Promise]:
    what = about_said(words)
    reminders = about(turn, what) if what else []
    promises = kept_in_words(turn, words)
    if promises and names(understood(turn, words, turn.at)):
        promises = []
    alike = {(one.customer, one.what): one for one in reversed(promises)}
    return [*reminders, *reversed(alike.values())]


def _of_the_last(turn: Turn, found: list[Reminder | Promise]) -> list[Reminder | Promise]:
    """Those of the customer about whom something was logged last."""
    newest = next((customer.id for customer in lately(turn)), None)
    return [one for one in found if one.customer == newest]


def _done(turn: Turn, one: Reminder | Promise) -> Reply:
    return done_pressed(turn, one.id) if isinstance(one, Reminder) else presses.kept(turn, one.id)


def _which(turn: Turn, found: Sequence[Reminder | Promise]) -> Any:
    if not found:
        return NOT_MINE
    return Reply(_("Which one is done?"), tuple(_pick(turn, one) for one in found[:_SHOWN]))


def _pick(turn: Turn, one: Reminder | Promise) -> Option:
    if isinstance(one, Reminder):
        return Option(text(said(turn, one)), f"done:{one.id}", wide=True)
    return Option(text("✓ ", head(turn, one)), f"promise-kept:{one.id}", wide=True)
