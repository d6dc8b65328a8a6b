# ruff: noqa: E501 -- a rule is one line
"""Words in Latin letters that look like names though nobody bears them: capitals, titles, uncommon words in a name's place."""

import re
from collections.abc import Callable
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.names import LATIN_TITLES
from flows.understanding.people.beside import NAME_VERB
from flows.understanding.people.candidates import LATIN
from flows.understanding.text import corrected
from flows.understanding.wordlists import COMMON, WORDLIKE

Add = Callable[[int, int], None]
_LATIN_TITLED: Final = lazy(
    rf"(?<![A-Za-z])(?P<title>{'|'.join(sorted(LATIN_TITLES))})\.? (?P<name>[A-Z][\w'-]{{1,40}}(?: (?-i:[A-Z])[\w'-]{{1,40}})?)",
    re.IGNORECASE,
)
_CALLED: Final = lazy(
    r"(?<![a-z])(?:called|met|visited|emailed|phoned|rang|texted|messaged|demoed|pitched|(?:(?:met|meeting|spoke|"
    r"talked|chatted|call|demo|lunch|coffee|zoom|chat|mtg)(?: up)? (?:with|w/|to|for))|from|at|for|visit|"
    r"call) (?=(?P<name>[a-z][a-z&'-]+(?: [a-z][a-z&'-]+){0,3}))"
)
PERSON_VERB: Final = lazy(
    r"(?<![a-z])(?:with|from|called|met|emailed|e-mailed|texted|messaged|pinged|to|by|call|meet|email|phoned|rang|saw|"
    r"visited|and|told|asked|remind|tell|ask|contact|introduced|invite|invited|loop in|looped in|ping|text|phone|visit|mr|ms|mrs|dr|for|cc|lunch with|"
    r",|&|\+)\.? ?$",
)


_ANYBODY: Final = frozenset(
    ("somebody", "someone", "anybody", "anyone", "everybody", "everyone", "nobody", "people", "folks", "guys", "guy")
)


def add_uncapitalised(folded: str, add: Add) -> None:
    """Where nobody else is named: the uncommon words where a name would stand, as people write who never use capitals."""
    for match in _CALLED.finditer(folded):
        end = start = match.start("name")
        for word in LATIN.finditer(folded, start, match.end("name")):
            if word[0] in COMMON or word[0] in WORDLIKE or word[0] in _ANYBODY or len(word[0]) < 3:
                break
            end = word.end()
        if end > start:
            add(start, end)


def add_titled(folded: str, add: Add) -> None:
    """Mr. Li."""
    for match in _LATIN_TITLED.finditer(folded):
        add(match.start(), match.end())


def add_capitals(folded: str, used: bytearray, any_known: bool, add: Add) -> None:
    """Runs of capitalised words."""
    for start, end in _capitals(folded, used):
        is_place = _PLACE.match(folded, end) or _behind(_IN_TOWN, folded, start) or _behind(_AT_TABLE, folded, start)
        if not _only_opens(folded, start, end, any_known) and not (any_known and is_place):
            add(start, end)


def _behind(sign: re.Pattern[str], folded: str, end: int) -> re.Match[str] | None:
    """The sign just before this place."""
    return sign.search(folded, max(0, end - _REACH), end)


def _only_opens(folded: str, start: int, end: int, any_known: bool) -> bool:
    """Delivery in May: one capital that a sentence begins with, before no verb of a name; first of all words, where somebody known is named."""
    if " " in folded[start:end] or not _opens(folded, start) or not (folded[:start].strip() or any_known):
        return False
    following = folded[end : end + 2]
    return (
        following[:1] in ("", " ")
        and not following[1:].isupper()
        and not NAME_VERB.match(folded[end : end + _REACH].lower())
    )


def _capitals(folded: str, used: bytearray) -> list[tuple[int, int]]:
    """Runs of capitalised words that are no everyday words."""
    found: list[tuple[int, int]] = []
    for match in LATIN.finditer(folded):
        word = match[0]
        start, end = match.span()
        if (
            used[start]
            or (start and used[start - 1 - (folded[start - 1] == " ")] and word.lower() in _SHORT_TAILS)
            or _MODEL.fullmatch(word)
            or _VENUE.match(folded, end)
            or (start < _REACH and _THIS_IS.search(folded, 0, start))
            or (not folded[end : end + _REACH].strip(" .!") and _behind(_BEHIND_HOUR, folded, start))
            or (not folded[end : end + _REACH].strip(" .!\n") and _behind(_SIGNED_OFF, folded, start))
            or word.lower() in LATIN_TITLES
            or word.lower() in _NATIONS
            or ("'" in word and word.split("'")[0].lower() in COMMON)
            or not (word[0].isupper() and (not is_common(word) or _extends(found, folded, start, word)))
        ):
            continue
        if (
            word.lower() in WORDLIKE
            and not _extends(found, folded, start, word)
            and not PERSON_VERB.search(folded[max(0, start - 12) : start].lower())
        ):
            continue
        if _opens_with(folded, start, end) or (
            _opens(folded, start) and folded[end : end + 1] == " " and any(used[end + 1 : end + 2])
        ):
            continue
        if found and folded[found[-1][1] : start] in (" ", " & ") and end - found[-1][0] < 40:
            found[-1] = (found[-1][0], end)
        elif len(word) > 1 and not _SHORT.fullmatch(word) and not _is_opening_verb(folded, start, word):
            figures = _FIGURES.search(folded, max(0, start - 6), start)
            found.append((figures.start() if figures else start, end))
    return found


_REACH: Final = 80
"""Characters around a name that are looked at: a long paste costs no more than its length."""
_NATIONS: Final = frozenset(
    ("english", "spanish", "french", "german", "italian", "chinese", "japanese", "korean", "dutch", "polish", "portuguese", "russian", "turkish", "thai", "indian", "mexican", "greek", "swiss", "swedish",
     "arabic", "mandarin", "cantonese", "european", "american", "british", "asian")
)  # fmt: skip
"""The Spanish version: whose, and no name."""
_SHORT_TAILS: Final = frozenset(
    ("ent", "inc", "corp", "co", "ltd", "ind", "inds", "tech", "mfg", "intl", "grp", "sys", "log", "hldgs")
)
"""What is left of a known firm's second word."""
_VENUE: Final = lazy(
    r" (?:breakfast|dinner|awards|conference|expo|fair|summit|forum|exhibition|congress|trade show)(?![a-z])"
)
"""The Chamber breakfast: where one was, not whom one met."""
_THIS_IS: Final = lazy(
    r"^\s{0,3}(?:[Hh]i|[Hh]ey|[Hh]ello|[Mm]orning)?(?: all| team)?,? ?(?:[Ii]t's|[Tt]his is|[Ii]ts) $"
)
"""Hi, it's Jen: who writes."""
_BEHIND_HOUR: Final = lazy(
    r"(?:[Mm]eal|[Ll]unch|[Dd]inner|[Cc]offee|[Bb]reakfast|[Dd]rinks|[Mm]eet(?:ing)?|[Mm]tg)(?![a-z])[^.;]*(?:\d ?[ap]m|\d[:.]\d\d|[a-z]day|tomorrow|tmrw|noon),? $"
)
"""Lunch with them at 1pm, Hilton: where."""
_SIGNED_OFF: Final = lazy(
    r"(?:[.!?\n]|^)\s{0,3}(?:(?:[Kk]ind |[Bb]est |[Ww]arm )?[Rr]egards|[Bb]est(?: wishes)?|[Tt]hanks|[Tt]hx|[Cc]heers|[Bb][Rr]|[Ss]incerely|[Tt]a|[Yy]ours)[,.!]?\s{1,3}$"
)
"""Best, Jen: who writes."""
_PLACE: Final = lazy(
    r" (?:plant|office|site|factory|warehouse|branch|depot|store|airport|region|port|terminal|yard|mill|campus|expo|tender|rollout|project)(?![a-z])"
)
"""Their Osaka plant: where a firm already named has something."""
_IN_TOWN: Final = lazy(
    r"(?<!interested )(?<!buyer )(?<!contact )(?<![a-z])in $|(?:[Ff]ly(?:ing)?|[Ff]lew|[Ff]light|[Tt]rip|[Dd]riv(?:e|ing)|[Dd]rove|[Tt]ravel(?:l?ing)?|[Tt]rain) to $"
)
"""Visit them in Leeds: where, not whom."""
_AT_TABLE: Final = lazy(r"(?:[Ll]unch|[Dd]inner|[Cc]offee|[Bb]reakfast|[Dd]rinks)(?![a-z])[^.,;]{0,40} at (?:the )?$")
"""Lunch with them at the …: a place to eat."""
_FIGURES: Final = lazy(r"(?<![A-Za-z0-9])\d{1,4}-$")
"""7-Eleven."""
_MODEL: Final = lazy(r"[A-Z]{1,5}-?\d+[A-Za-z]?(?:-\w+)?")
"""CX-40: a model of something."""
_SHORT: Final = re.compile(r"[A-Z]{1,4}s?|[A-Z][a-z]{1,2}[A-Z]")
"""PO, SLAs, CoA, SaaS: short for a thing."""
_WITH: Final = lazy(
    r" (?:with|w/|[a-z]+ing)(?![a-z])| (?:email|call|attempt|time|try|visit|meeting|chaser?|reminder|order|quote)(?![a-z])",
    re.IGNORECASE,
)


def _opens_with(folded: str, start: int, end: int) -> bool:
    """Cuppa with …, Third call: a capital that only opens the sentence, before what no name is followed by."""
    return _opens(folded, start) and bool(_WITH.match(folded, end))


def _opens(folded: str, start: int) -> bool:
    before = folded[:start].rstrip()
    return not before or before[-1] in ".!?;\n-*"


def is_common(word: str) -> bool:
    """An everyday word, a slip for one, or two in one: No-show."""
    low = word.lower()
    return (corrected(low) or low) in COMMON or ("-" in low and all(part in COMMON for part in low.split("-")))


def _is_opening_verb(folded: str, start: int, word: str) -> bool:
    """Drafted, Chasing: a capital that only opens the sentence."""
    before = folded[:start].rstrip()
    return word.endswith(("ed", "ing")) and (not before or before[-1] in ".!?;:\n-*")


def _extends(found: list[tuple[int, int]], folded: str, start: int, word: str) -> bool:
    return (
        bool(found)
        and folded[found[-1][1] : start] == " "
        and word.lower() not in {"i", "and", "the", "q1", "q2", "q3", "q4"}
    )
