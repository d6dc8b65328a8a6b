# ruff: noqa: E501 -- a rule is one line
""" "Move the Acme reminder to Friday", "send Li Wei a survey", "delete Acme": done, or said how, and never logged."""

from __future__ import annotations

import re
from typing import Any

from bot.core.messages import Said
from bot.core.text import Text, code, lines
from bot.core.text import gettext as _
from flows.arguments import READERS, Found, Missing, Rest, When, colleague
from flows.asking import may_order, run
from flows.reminders import rung
from flows.router import COMMANDS, EDITORS, NOT_MINE, heard
from flows.spoken.labels import added
from flows.spoken.orders import asked_for
from flows.spoken.phrased import is_name, ordered
from flows.spoken.phrases import LOOK_UP
from flows.spoken.settling import settled_in_words
from flows.turn import Turn
from flows.understanding.lazily import lazy
from store.models import Member

_STOP = lazy(r"\s*(?:please )?(?:stop(?: it| that| this)?|unsubscribe|停|停下|停止|退订)[.!。！ ]*", re.IGNORECASE)
_FOR_COLLEAGUE = lazy(
    r"\s*(?:(?:leave )?(?:an? )?(?:notes?|memo|message|msg) (?:for|to)|tell|message|msg|dm)\s@?(?P<en>[^:：\n]{1,30}?)\s?[:：]\s*(?P<words>\S.*)|\s*(?:给|告诉|转告|通知|留言给)@?(?P<zh>[^:：\n]{1,12}?)(?:留言|留个?言|带个?话|记一?[下笔])?[:：]\s*(?P<words_zh>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""What is said to somebody among us is asked of them."""
_TO_SELF = lazy(
    r"\s*(?:notes?|memo|reminder) to (?:my)?self\s*[:,.–-]?\s*(?P<en>\S.*)|\s*(?:给自己(?:记一?[下笔]|留个?言|备忘一?下?|提个?醒)|(?:给)?自己(?:的)?备忘)[:：，, ]*(?P<zh>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""What nobody else need see is a reminder of one's own, tomorrow where no day is named."""


@heard("first", for_=EDITORS)
def at_once(turn: Turn, said: Said) -> Any:
    """What nothing else may take for its own words: neither a question of ours nor a command that begins so."""
    if _nothing_is_asked(turn, said) and (outcome := rung.answered(turn, said.text)) is not NOT_MINE:
        return outcome
    if may_order(turn, said) and (outcome := settled_in_words(turn, said.text)) is not NOT_MINE:
        return outcome
    if _STOP.fullmatch(said.text) and _nothing_is_asked(turn, said):
        return _nothing_to_stop()
    if (outcome := ordered(turn, said)) is not NOT_MINE:
        return outcome
    if turn.private and not said.forwarded_from and (outcome := added(turn, said.text)) is not NOT_MINE:
        return outcome
    if turn.private and (own := _TO_SELF.match(said.text)) and may_order(turn, said):
        return _by_tomorrow(turn, "remind", own["en"] or own["zh"])
    if turn.private and (given := _FOR_COLLEAGUE.match(said.text)) and may_order(turn, said):
        whom = colleague(turn, given["en"] or given["zh"])
        if whom is not None and whom.id != turn.me().id:
            return _asked_of(turn, whom, given["words"] or given["words_zh"])
    match = LOOK_UP.match(said.text) if turn.private and not said.forwarded_from else None
    return run(turn, COMMANDS["history"], match["name"]) if match and is_name(turn, match["name"]) else NOT_MINE


def _by_tomorrow(turn: Turn, name: str, words: str) -> Any:
    """A reminder, tomorrow where no time is named."""
    timed = not isinstance(READERS[When](turn, words), Missing)
    return run(turn, COMMANDS[name], words if timed else f"tomorrow 9:00 {words}")


def _asked_of(turn: Turn, whom: Member, words: str) -> Any:
    """The same of a colleague, in the very words: a name in them is no argument."""
    when = READERS[When](turn, words)
    when = when if isinstance(when, Found) else READERS[When](turn, f"tomorrow 9:00 {words}")
    assert isinstance(when, Found)  # noqa: S101 - a time stands in it now
    return COMMANDS["task"].act(turn, whom=whom, when=when.value, text=Rest(when.rest))


def _nothing_is_asked(turn: Turn, said: Said) -> bool:
    """Neither a question of ours waits for words, nor do they answer some other message."""
    state = turn.conversation.dialog if turn.conversation else None
    return may_order(turn, said) and (state is None or state["kind"] in ("", "log", "listed"))


@heard("said", for_=EDITORS)
def in_a_sentence(turn: Turn, said: Said) -> Any:
    """What dialogs and the rooms before this one have left."""
    return asked_for(turn, said.text) if turn.private and not said.forwarded_from else NOT_MINE


def _nothing_to_stop() -> Text:
    return lines(
        _("What shall stop? Nothing runs here that waits for you."),
        _(
            "What you did last is taken back by {undo}; {mute} makes me quieter.",
            undo=code(_("undo")),
            mute=code("/mute"),
        ),
    )
