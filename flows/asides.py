# ruff: noqa: E501 -- a rule is one line
"""What is said while a question is open and is no answer to it: small talk, giving up, a log, a question, an order.

How much of that can be told from an answer depends on what the question wants (`Route.wants`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from flows.activities.lines import meant, understood
from flows.activities.rules import names
from flows.activities.smalltalk import gives_up, puts_off, says_nothing, talk_of
from flows.activities.wishes import asked
from flows.arguments import READERS, Colleague, Found, When
from flows.customers.sight import ABOUT
from flows.reminders.wishes import for_me
from flows.router import Wants
from flows.turn import Turn
from flows.understanding.characters import is_chinese

Aside = Literal["talk", "line", "question", "order", ""]

_POLITE = ("greeting", "thanks", "help")


def ends(wants: Wants, words: str) -> bool:
    """Whether whoever was asked does not want to answer any more; "not now" may be the reason that was asked for."""
    if gives_up(words):
        return True
    if says_nothing(words):
        return wants in ("value", "words", "reason", "yes")
    return wants in ("words", "yes") and puts_off(words)


def is_talk(wants: Wants, words: str) -> bool:
    """Thanks, a greeting, "ok": no answer, unless the question was how it went, or for a text; "later" says no time."""
    if wants == "value" and puts_off(words):
        return True
    talk = talk_of(words)
    if wants == "text":
        return talk == "help"
    return talk in _POLITE or (talk is not None and wants not in ("verdict", "yes"))


def aside(turn: Turn, wants: Wants, state: Mapping[str, Any], words: str) -> Aside:
    """What a member's line is instead of an answer; empty for what may be one."""
    if wants == "text":
        return ""
    if wants == "value":
        return something_else(turn, words)
    if is_question(turn, words):
        return "question"
    if is_reminder(turn, words):
        return "order"
    return "line" if _is_of_others(turn, state, words) else ""


def _is_of_others(turn: Turn, state: Mapping[str, Any], words: str) -> bool:
    """Somebody tells what they did with a customer whom the question is not about."""
    if not is_a_line(turn, words):
        return False
    named = {customer.id for customer in meant(turn, understood(turn, words, turn.at))}
    return bool(named) and not named & _subjects(turn, state)


def _subjects(turn: Turn, state: Mapping[str, Any]) -> set[int | None]:
    """The customers whom an open question is about."""
    found: set[int | None] = set()
    for name, id in {**state, **state.get("values", {})}.items():
        if name == "customer" and isinstance(id, int):
            found.add(id)
        elif name in ABOUT and isinstance(id, int) and (row := turn.work.get(ABOUT[name], id)) is not None:
            found.add(getattr(row, "customer", None))
    return found


_REMIND = re.compile(
    r"\bremind (?:me|us|\w+) |提醒我|^(?:please )?(?:remember|don['’]?t forget) to |^(?:别忘|记得)", re.IGNORECASE
)


def is_reminder(turn: Turn, words: str) -> bool:
    """A whole reminder, with its own time, is not what an earlier one is about."""
    reminds = _REMIND.search(words) is not None or for_me(words) is not None
    return reminds and isinstance(READERS[When](turn, words), Found)


def _is_time(turn: Turn, words: str) -> bool:
    """ "Half past four?": a time and nothing else, though it is asked."""
    outcome = READERS[When](turn, words.strip(" ?？"))
    return isinstance(outcome, Found) and not without_filling(outcome.rest)


_FILLING = re.compile(
    r"(?<![a-z])(?:sometime|some time|or so|or thereabouts|maybe|perhaps|probably|i think|i guess|i'?d say|please|pls|ok|okay|then|is fine|is good|is ok|works|would be (?:fine|good|great)|say|around|about|roughly|let'?s say|let us say|make it|latest|at the latest)(?![a-z])"
    r"|(?:那就|就|大概|大约|左右|可能|应该|之类的?|吧|呗|啊|呢|哦|好了|可以|行|也行|的样子|前后|随便哪天)",
    re.IGNORECASE,
)


def without_filling(rest: str) -> str:
    """What stands beside a time that answers "when?", without the words in which it is given."""
    return _FILLING.sub("", rest).strip(" ,.!?，。！？~…")


def is_whole_reminder(turn: Turn, words: str) -> bool:
    """The same with what it is about: a time and "remind me" alone may answer when."""
    if not _REMIND.search(words):
        return False
    outcome = READERS[When](turn, _REMIND.sub(" ", words))
    return isinstance(outcome, Found) and len(outcome.rest.strip(" ,，.。!！吧")) > 1


_ORDER = re.compile(
    r"(?:please |pls )?(?:ask|tell|remind)\s(?P<whom>.+)|请?(?:让|叫|问一?下|问问|提醒)(?P<zh>.+)", re.IGNORECASE
)


def is_order(turn: Turn, words: str) -> bool:
    """ "Ask Ann …": a colleague is to do something."""
    match = _ORDER.match(words.strip())
    return match is not None and isinstance(READERS[Colleague](turn, match["whom"] or match["zh"]), Found)


def is_other(turn: Turn, words: str) -> bool:
    """A log or a question, where a value was asked for."""
    return is_a_line(turn, words) or is_question(turn, words)


def is_question(turn: Turn, words: str) -> bool:
    """One that is answered here: about somebody who is named, or what may be asked without a name."""
    reading = understood(turn, words, turn.at)
    return reading.question and (asked(words) is not None or bool(names(reading)))


def asks(turn: Turn, words: str) -> bool:
    """A question in a sentence, where what was asked for can't be read in it."""
    long = len(words.split()) > 2 or (is_chinese(words.strip()[:1]) and len(words.strip()) > 5)
    return long and understood(turn, words, turn.at).question


def is_a_line(turn: Turn, words: str) -> bool:
    """Somebody tells what they did: that is logged, whatever was asked."""
    done = understood(turn, words, turn.at).activity if turn.member else None
    return done is not None and done.kind != "note" and done.status == "done"


def something_else(turn: Turn, words: str) -> Literal["line", "question", "order", ""]:
    """What was typed where a value was asked for, when it is none."""
    reading = understood(turn, words, turn.at) if turn.member else None
    if reading is None:
        return ""
    if reading.question:
        return "question" if is_question(turn, words) or not _is_time(turn, words) else ""
    if is_whole_reminder(turn, words):
        return "order"
    done = reading.activity is not None and reading.activity.kind != "note" and reading.activity.status == "done"
    return "line" if done and names(reading) else ""
