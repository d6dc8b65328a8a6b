# ruff: noqa: E501, SIM905 -- a rule is one line, and lists of words read better as words
"""A line made ready for reading: one spelling, lower case, slips of the finger put right, places kept."""

import itertools
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Final

from flows.understanding.blanks import as_commas
from flows.understanding.characters import fold, is_chinese, lower
from flows.understanding.gates import DIGIT, parts_of_word
from flows.understanding.homophones import as_meant
from flows.understanding.lazily import lazy
from flows.understanding.vocabulary import DAY, MONTHS, UNIT, WEEKDAYS, kinds_by_word

_WORD: Final = lazy(r"[a-z]+")
_START: Final = lazy(r"[a-z]+|[0-9]+|[^ \n]")
_NOTHING: Final = "□"
_MOST: Final = 120
"""A paste that repeats itself is not read to its end."""
_ZEROS: Final = {ord(digit): "0" for digit in "123456789"}
_KEYS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_MISSPELT: Final = {
    "wensday": "wednesday", "wendsday": "wednesday", "wedensday": "wednesday", "wenesday": "wednesday", "saterday": "saturday",
    "febuary": "february", "tommorow": "tomorrow", "tommorrow": "tomorrow", "tomorow": "tomorrow", "tomorro": "tomorrow",
    "yesturday": "yesterday", "ystrday": "yesterday", "yestrday": "yesterday", "ystday": "yesterday", "thurday": "thursday", "qoute": "quote", "qoutes": "quotes", "recieved": "received", "recieve": "receive", "reciept": "receipt", "agian": "again", "wnats": "wants",
    "abuot": "about", "thier": "their", "invioce": "invoice", "contarct": "contract", "discuont": "discount", "liscences": "licences", "liscenses": "licenses", "lisences": "licences", "licneses": "licenses",
    "delivary": "delivery", "delievery": "delivery", "delviery": "delivery", "shcedule": "schedule", "meetign": "meeting", "samlpes": "samples", "sampels": "samples", "emialed": "emailed", "porposal": "proposal", "tusday": "tuesday", "tuseday": "tuesday", "tonite": "tonight",
}  # fmt: skip
_BARE_CONTRACTIONS: Final = {
    bare.replace("'", ""): bare
    for bare in (
        "i'm i've you've we've they've he's she's that's what's who's where's there's don't doesn't didn't can't won't isn't aren't "
        "wasn't weren't hasn't haven't hadn't couldn't wouldn't shouldn't they're you're they'll you'll they'd you'd it'll that'll let's"
    ).split()
}
"""As people type who leave out apostrophes."""
_MORE_BARE: Final = {
    bare.replace("'", ""): bare for bare in ("i'll", "we'll", "he'll", "she'll", "i'd", "he'd", "she'd")
} | {"il": "i'll"}
_BARE_WORDS: Final = lazy(
    r"(?<![a-z'])(?:(?:"
    + "|".join(_BARE_CONTRACTIONS)
    + r")(?![a-z'])|(?:"
    + "|".join(_MORE_BARE)
    + r")(?= (?:also |just |then |probably )?"
    r"(?:be|send|get|call|ring|give|find|let|ask|check|sort|see|come|do|have|make|pay|sign|like|love|drop|email|text|revert|confirm|decide|look|think|try|"
    r"take|bring|need|want|go|meet|speak|talk|chase|follow|post|ship|deliver|order|forward|share|prepare|put|pop|visit|know|review|approve|reply|return|"
    r"update|provide|introduce|quote|fix|raise|finish|swing|keep|show|tell|work|start|draft|prep|submit|organi[sz]e|arrange|book|nudge|ping)(?![a-z])))"
)
"""Well and ill and id are words of their own: only before what one will do are they short for "we will"."""
_THUMBED: Final = {
    "til": "till", "chk": "check", "ans": "answer", "gr8": "great", "abt": "about", "nxt": "next", "msg": "message", "msgs": "messages", "msgd": "messaged", "shd": "should", "shld": "should",
    "wld": "would", "cld": "could", "b4": "before", "bk": "back", "u": "you", "ur": "your", "n": "and", "nd": "and", "recd": "received",
    "rcvd": "received", "cuz": "because", "bcos": "because", "mtng": "meeting", "hv": "have", "wnt": "want", "wnts": "wants",
    "agn": "again", "reqd": "required", "tlkd": "talked", "spk": "speak", "appt": "appointment", "tmrow": "tomorrow", "tmoro": "tomorrow",
    "y'day": "yesterday", "2moz": "tomorrow", "tmoz": "tomorrow", "2mrw": "tomorrow", "2morrow": "tomorrow", "2mro": "tomorrow",
    "teh": "the", "hte": "the", "adn": "and", "jsut": "just", "wnat": "want", "nad": "and", "taht": "that", "waht": "what", "ahve": "have", "cusomer": "customer", "bout": "about", "thx": "thanks", "txt": "text", "txts": "texts", "txtd": "texted", "txted": "texted", "plz": "please", "gd": "good", "wkg": "working", "discnt": "discount", "delvry": "delivery",
}  # fmt: skip
"""What thumbs leave out."""
_THUMBED_WORDS: Final = lazy(
    rf"(?<![\w'.&/@#$-])(?:{'|'.join(sorted(_THUMBED, key=len, reverse=True))})(?![\w'&/@-]|\.\w)"
)
_WELL_KNOWN: Final = frozenset(
    ["sundry", "mayday", "marched", "mornings", "afternoons", "evenings", "sunda", "minutes", "workday", "weekday"]
)


@dataclass(frozen=True)
class Text:
    """What rules read is `low`; `at` turns a place in it into a place in the original."""

    raw: str
    folded: str
    low: str
    places: tuple[int, ...] | None = None

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.low))

    @cached_property
    def parts(self) -> frozenset[str]:
        """The pieces of up to three letters or two Chinese characters that are in the text."""
        low = self.low
        found = set(low)
        found.update(*map(parts_of_word, self.words))
        if not low.isascii():
            found.update(map("".join, itertools.pairwise(low)))
        if not found.isdisjoint("0123456789"):
            found.add(DIGIT)
        return frozenset(found)

    @cached_property
    def starts(self) -> dict[str, list[int]]:
        """Where words, numbers and other characters begin, by the two characters that stand there; all digits are 0."""
        low = self.low
        keyed = low.translate(_ZEROS) + " "
        starts: dict[str, list[int]] = {}
        for match in _START.finditer(low):
            place = match.start()
            here = starts.setdefault(keyed[place : place + 2], [])
            if len(here) < _MOST:
                here.append(place)
        return starts

    @cached_property
    def has_chinese(self) -> bool:
        return any("\u3400" <= mark <= "\u9fff" for mark in self.low)

    def at(self, place: int) -> int:
        return place if self.places is None else self.places[place]

    def low_at(self, place: int) -> int:
        """The other way round: a place in the original, in `low`."""
        return place if self.places is None else bisect_left(self.places, place)

    def without(self, places: Iterable[tuple[int, int]]) -> "Text":
        """The same line where nothing is read in these places (start, end) of the original."""
        folded, low = self.folded, self.low
        for first, last in places:
            start, end = self.low_at(first), self.low_at(last)
            low = low[:start] + _NOTHING * (end - start) + low[end:]
            folded = folded[:first] + _NOTHING * (last - first) + folded[last:]
        return replace(self, folded=folded, low=low)

    def said(self, start: int, end: int) -> str:
        """The original words between two places."""
        return self.raw[self.at(start) : self.at(end)]


def prepare(raw: str) -> Text:
    folded = fold(raw)
    low = as_commas(as_meant(lower(folded)))
    slips = [(m.start(), m.end(), right) for m in _WORD.finditer(low) if len(m[0]) > 4 and (right := corrected(m[0]))]
    slips = sorted(slips + _contractions(folded, low))
    if not slips:
        return Text(raw, folded, low)
    parts: list[str] = []
    places: list[int] = []
    last = 0
    for start, end, right in slips:
        parts += low[last:start], right
        places += range(last, start)
        places += [min(start + step, end - 1) for step in range(len(right))]
        last = end
    parts.append(low[last:])
    places += range(last, len(low) + 1)
    return Text(raw, folded, "".join(parts), tuple(places))


def _contractions(folded: str, low: str) -> list[tuple[int, int, str]]:
    """Where an apostrophe was left out; Shell with a capital is a firm."""
    table = _BARE_CONTRACTIONS | _MORE_BARE
    found = [(*match.span(), table[match[0]]) for match in _BARE_WORDS.finditer(low)]
    if folded.isascii():
        found += [
            (*match.span(), _THUMBED[match[0]])
            for match in _THUMBED_WORDS.finditer(low)
            if not folded[match.start()].isupper()
        ]
    return [one for one in found if one[2] not in ("he'll", "she'll", "he'd", "she'd") or folded[one[0]].islower()]


@cache
def _targets() -> dict[str, tuple[str, ...]]:
    """Each word worth correcting, under itself and under every form with one letter left out."""
    table: dict[str, tuple[str, ...]] = {}
    wanted = [*WEEKDAYS, *(m for m in MONTHS if len(m) > 5), "tomorrow", "yesterday", "tonight", "morning", "afternoon"]
    wanted += ["called", "visited", "meeting", "emailed", "follow", "remind", "reminder"]
    for word in [*wanted, "evening", "weekend", "quarter"]:
        for form in {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}:
            table[form] = (*table.get(form, ()), word)
    return table


@cache
def _known() -> frozenset[str]:
    return (
        frozenset(kinds_by_word())
        | _WELL_KNOWN
        | frozenset(w + "s" for w in WEEKDAYS)
        | frozenset(DAY)
        | frozenset(UNIT)
    )


@lru_cache(maxsize=8192)
def corrected(word: str) -> str | None:
    """The time word that this is a slip for: letters swapped, left out, doubled, or a neighbouring key."""
    if word in _known():
        return None
    if word in _MISSPELT:
        return _MISSPELT[word]
    table = _targets()
    for form in (word, *(word[:i] + word[i + 1 :] for i in range(len(word)))):
        for target in table.get(form, ()):
            if is_slip(word, target):
                return target
    return None


def is_slip(word: str, target: str) -> bool:
    if len(word) == len(target):
        wrong = [i for i, (a, b) in enumerate(zip(word, target, strict=True)) if a != b]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            return word[wrong[0]] == target[wrong[1]] and word[wrong[1]] == target[wrong[0]]
        return len(wrong) == 1 and _are_neighbours(word[wrong[0]], target[wrong[0]])
    if len(word) + 1 == len(target):
        return any(target[:i] + target[i + 1 :] == word for i in range(1, len(target)))
    doubled = (word[:i] + word[i + 1 :] for i in range(1, len(word)) if word[i] == word[i - 1])
    return len(word) == len(target) + 1 and target in doubled


def _are_neighbours(a: str, b: str) -> bool:
    return any(a in row and b in row and abs(row.index(a) - row.index(b)) == 1 for row in _KEYS)


__all__ = ["Text", "is_chinese", "prepare"]
