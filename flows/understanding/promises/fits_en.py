# ruff: noqa: E501 -- a rule is one line
"""What has to stand around the words of an English promise, so that they are one, and whose it is."""

import re
from dataclasses import dataclass
from typing import Final

from flows.understanding.lazily import lazy


@dataclass(frozen=True, slots=True)
class Setting:
    """One statement, and what stands around it: a time, a deadline, ourselves as the subject so far."""

    words: str
    ours: bool
    timed: bool
    due: bool
    quoted: bool = False


def always(here: Setting) -> bool:
    return True


def timed(here: Setting) -> bool:
    return here.timed


def due(here: Setting) -> bool:
    return here.due


_ASKED_TO: Final = lazy(
    r"(?:please |pls |^[ ]*|ask (?:[a-z]+ ){1,2}to |if (?:[a-z]+ ){1,3}|don'?t |didn'?t |hasn'?t |never )$"
)
_NOT_A_THING: Final = lazy(
    r"(?<![a-z])(?:he|she|they|it|i|we|payment|po|order|decision|answer|who|which|not|never)(?![a-z])"
)
_QUOTED: Final = lazy(r"(?:^|[^a-z])[\"“][^\"”]*$")
_FIRST: Final = lazy(r"(?<![a-z])(?:i|we|i'll|we'll|let me|us|me)(?![a-z])")
_TO_THEM: Final = lazy(r"[a-z]+ (?:up |over |back to |it to )?(?:him|her|them)(?![a-z])")
_NOBODYS: Final = ("will", "gonna", "need to", "have to", "has to", "must", "promised", "offered", "volunteered")
"""Verbs whose subject stands before them, ourselves or others."""
_PURPOSE: Final = lazy(
    r"(?:[a-z'-]+ )?(?:[a-z]+ed|rang|wrote|came|went|met|spoke|due|here|back|got|sent|happy|keen|free|time|reason|way|"
    r"chance|up) to (?!(?:be|have) )"
)
_WISHING: Final = lazy(
    r"(?<![a-z])(?:want|would like|like|love|prefer|try|tried|afford|refuse|refused) to (?:also |then )?$"
)
"""They want to pay in parts: a wish, and no promise."""
_TOLD_TO: Final = lazy(r"(?<![a-z])(?:said|says|told (?:me|us)|told) to (?:also |then )?$")
"""She said to send it: ours."""
_NO_SUBJECT: Final = (
    "need",
    "want",
    "have",
    "remember",
    "forgot",
    "forget",
    "how",
    "what",
    "when",
    "going",
    "able",
    "looking",
    "hoping",
    "planning",
    "considering",
    "keen",
    "wanting",
    "ring ",
    "call ",
    "phone ",
    "email ",
    "text ",
    "nudge ",
    "chase ",
    "ping ",
    "get ",
    "ready",
    "try",
    "trying",
)
_WENT: Final = lazy(
    r"(?<![a-z])(?:went (?:out|over|well)|gone (?:out|over)|was (?:sent|accepted|rejected)|arrived|shipped|dispatched|delivered|came (?:in|"
    r"back)|done and sent|(?:and|now|all|already|been|is|are) (?:done|sent|gone|shipped)|done(?=,|$)|runs|begins)(?![a-z])"
)


def due_from_us(here: Setting) -> bool:
    return here.due and here.ours


def from_them(here: Setting) -> bool:
    return not here.ours


def timed_from_them(here: Setting) -> bool:
    return here.timed and not here.ours


def due_from_others(here: Setting) -> bool:
    words = here.words.strip()
    return here.due and not words.startswith(("i ", "we ")) and not (here.ours and words.startswith("promised"))


def is_a_thing(match: re.Match[str], here: Setting) -> bool:
    return not _NOT_A_THING.search(match["what"])


def is_still_to_do(match: re.Match[str], here: Setting) -> bool:
    return not _WENT.search(here.words)


def is_about_us(match: re.Match[str], here: Setting) -> bool:
    return here.ours


_ONLY_TO: Final = lazy(r"(?:the )?[a-z][\w'.-]{1,40}(?: [a-z][\w'.-]{1,40})? to (?:also |then )?")
"""Called reception to get a number: what for, and no promise, unless it has a time."""


def nobody_before(match: re.Match[str], here: Setting) -> bool:
    head = here.words[: match.start()].strip()
    return not head or bool(_FIRST.search(head))


def is_quoted(match: re.Match[str], here: Setting) -> bool:
    return here.quoted or (not here.ours and bool(_QUOTED.search(here.words[: match.start()])))


def is_ours(match: re.Match[str], here: Setting) -> bool:
    """Whether the one who will is ourselves: 'will send' alone is, 'Tom will send' is not."""
    head = here.words[: match.start()].strip()
    if match[0].startswith("will"):
        return not head and (here.ours or bool(_TO_THEM.match(match["what"])))
    return not (match[0].startswith(_NOBODYS) and head and not _FIRST.search(head))


def is_theirs(match: re.Match[str], here: Setting) -> bool:
    if (
        _ONLY_TO.fullmatch(match[0][: match.start("what") - match.start()])
        and not here.timed
        and here.words[: match.start()].strip()
    ):
        return False
    subject = match[0][: match.start("what") - match.start()]
    if _WISHING.search(subject) or _TOLD_TO.search(subject):
        return False
    return not subject.startswith(("our ", "my ", "ours ", "mine ")) and not (
        _FIRST.search(subject.partition(" promised")[0].partition(" agreed")[0])
        or _PURPOSE.match(match[0])
        or match[0].startswith(_NO_SUBJECT)
    )


def is_not_asked(match: re.Match[str], here: Setting) -> bool:
    """Whether nobody is asked for it; a clause that goes on about others is theirs: "she'll look and get back to me"."""
    head = here.words[: match.start()]
    return (not here.ours and not head.strip()) or not _ASKED_TO.search(head)
