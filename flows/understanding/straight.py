# ruff: noqa: E501, SIM905 -- a rule is one line, and lists of words read better as words
"""An English line as it would stand in a book: apostrophes put back, greetings and courtesies off. Pure.

People type "hi whos off today pls" with a thumb. Rules are written for "who's off today", and so read both.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from flows.understanding.lazily import lazy

_BARE: Final = {
    one.replace("'", ""): one
    for one in (
        "i'm i've you've we've they've he's she's that's what's who's where's there's when's how's don't doesn't didn't can't won't isn't aren't "
        "wasn't weren't hasn't haven't hadn't couldn't wouldn't shouldn't they're you're they'll you'll it'll let's everyone's everybody's today's"
    ).split()
}
_BARE_WORD: Final = lazy(rf"(?<![\w'’@.-])(?:{'|'.join(_BARE)}|u)(?![\w'’-])", re.IGNORECASE)
_GREETING: Final = r"(?:(?:also|and|and also|oh|oh and|hi+|hey+|hello|hiya|yo|morning|good morning|afternoon|good afternoon|evening|ok|okay|so|um+|btw|quick (?:one|question|q))(?: (?:there|rapport|bot))?[,.!: -]+)"
_COURTESY: Final = r"(?:(?:please|pls|plz|kindly)[, ]+|(?:can|could|would|will) (?:you|u)(?: please| pls| plz| just| quickly)? |i(?:'d| would) like (?:you )?to |i (?:want|need) you to |do me a favou?r and )"
_BEFORE: Final = lazy(rf"^\s*(?:{_GREETING}|{_COURTESY})+(?=\S)", re.IGNORECASE)
_AFTER: Final = lazy(r"(?:[, ]+(?:please|pls|plz|thanks|thank you|thx|ta|cheers|mate))+\s*(?P<end>[.!?]*)\s*$", re.IGNORECASE)  # fmt: skip
_LONGEST: Final = 200


def straight(words: str, names: Collection[str] = ()) -> str:
    """The line in its plain form; of `names` a bare s behind one is a genitive: "priyas customers"."""
    if len(words) > _LONGEST or "\n" in words or not words.isascii():
        return words
    plain = _BARE_WORD.sub(lambda match: _restored(match[0]), words)
    plain = _AFTER.sub(lambda match: match["end"], _BEFORE.sub("", plain))
    owners = "|".join(re.escape(name) for name in names if name.isascii() and len(name) > 2)
    if owners:
        plain = re.sub(rf"\b({owners})s(?= [a-z])", r"\1's", plain, flags=re.IGNORECASE)
    return plain if plain.strip() else words


def _restored(word: str) -> str:
    right = "you" if word.lower() == "u" else _BARE[word.lower()]
    return right[0].upper() + right[1:] if word[0].isupper() else right
