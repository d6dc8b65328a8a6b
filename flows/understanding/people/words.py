"""Whether a name that is also a word is meant as one: will, may, target, 美的."""

import re
from collections.abc import Sequence
from typing import Final

from flows.understanding.characters import is_chinese
from flows.understanding.people.beside import (
    ADJECTIVE,
    AFTER_NAME,
    ASKED_ABOUT,
    ASKED_WHAT,
    DETERMINED,
    DOES,
    FOR_NAME,
    MODAL,
    MONTHLIKE,
    MONTHS,
    NAME_VERB,
    OF_A_FIRM,
    SAID_IN_CHINESE,
    TOWARDS_NAME,
    WENT_FOR,
    WENT_TO,
    WITH_IT,
    WITH_THEM,
)
from flows.understanding.people.candidates import MEETS, Candidate, is_handed, is_speaker, opens
from flows.understanding.text import Text
from flows.understanding.wordlists import WORDLIKE

_AND: Final = re.compile(r" ?(?:、|和|跟|及|与|以及|还有|/|\+|&) ?")


def _is_listed(text: Text, one: Candidate, hits: Sequence[Candidate]) -> bool:
    """Whether it stands beside another name: 给格力、美的各发一份."""
    between = [text.folded[min(one.end, hit.end) : max(one.start, hit.start)] for hit in hits if hit != one]
    return any(_AND.fullmatch(words) for words in between)


def is_word(text: Text, one: Candidate, hits: Sequence[Candidate]) -> bool:
    """A name that is also a word counts only where a name would stand."""
    if one.text.lower() not in WORDLIKE:
        return False
    left, right = text.folded[max(0, one.start - 18) : one.start], text.folded[one.end : one.end + 12]
    if one.text[0].isupper() and SAID_IN_CHINESE.match(right):
        return False
    if is_chinese(one.text[0]):
        if WENT_TO.search(left) and not ADJECTIVE.search(left):
            return bool(WENT_FOR.match(right))
        if _is_listed(text, one, hits) or (TOWARDS_NAME.search(left) and WITH_IT.match(right)):
            return False
        return bool(ADJECTIVE.search(left)) or not (FOR_NAME.search(left) and AFTER_NAME.match(right))
    if is_speaker(text.folded, one.start, one.end):
        return False
    if not one.text[0].isupper():
        if _is_listed(text, one, hits):
            return False
        if opens(text.folded, one.start, one.end) or is_handed(text.folded, one.start, one.end):
            return False
        if one.text in MONTHS and WITH_THEM.search(left.lower()):
            return bool(MODAL.match(right))
        if (
            one.text not in MONTHLIKE
            and OF_A_FIRM.match(text.folded, one.end)
            and not left.lower().endswith(("our ", "my "))
        ):
            return False
        if one.text not in MONTHLIKE and DOES.match(text.folded, one.end):
            return DETERMINED.search(left.lower()) is not None
        if one.text not in MONTHLIKE and ASKED_ABOUT.search(left.lower()) and ASKED_WHAT.match(text.folded, one.end):
            return False
        return one.text in MONTHLIKE or not MEETS.search(left.lower()) or bool(MODAL.match(right))
    if right.startswith("'s "):
        return False
    at_start = not text.folded[: one.start].strip() or text.folded[: one.start].rstrip()[-1:] in ".!?;\n"
    return at_start and not NAME_VERB.match(right.lower()) and not DOES.match(text.low, text.low_at(one.end))
