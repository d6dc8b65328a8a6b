"""Who is meant: candidates from the text, one lookup, then a choice that never guesses between two."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from flows.understanding.characters import is_chinese
from flows.understanding.context import Context
from flows.understanding.names import Known, Names, normal, slips
from flows.understanding.people import strangers_en, strangers_zh
from flows.understanding.people.candidates import MOST, Candidate, candidates, longest
from flows.understanding.people.choosing import Choice, People
from flows.understanding.text import Text
from flows.understanding.wordlists import COMMON, FIRM_TAILS, LATIN_FIRM_TAILS, WORDLIKE


def find(text: Text, context: Context, names: Names, blocked: bytearray) -> People:
    """All names of a line; `blocked` marks what other readers have already read."""
    worth_asking = candidates(text.folded, blocked)
    known = names.exact(tuple({one.text for one in worth_asking})) if worth_asking else {}
    named = {one.start for one in worth_asking if one.text in known}
    hits = longest(
        [
            one
            for one in worth_asking
            if one.text in known
            and not _is_another(one, text, known[one.text])
            and not _is_namesake(one, text, known[one.text], named, blocked)
        ]
    )
    hits = [one for one in hits if not _is_surname(one, text, known[one.text], hits)]
    hits, known = _longer(hits, known, text.folded)
    strangers = _strangers(text, bytearray(blocked), hits)
    near = names.near(tuple({one.text for one in strangers})) if strangers else {}
    return Choice(text, context, hits, known, strangers, near).made()


_CLIPPED: Final = re.compile(r" (?P<more>[A-Za-z]{1,9})(?![A-Za-z'])\.?|(?: (?P<whose>[A-Za-z]))(?='s)")
"""What may be the clipped end of a name: Tom B, Apex fin."""
_LEAST: Final = 3


def _longer(
    hits: Sequence[Candidate], known: Mapping[str, tuple[Known, ...]], folded: str
) -> tuple[list[Candidate], dict[str, tuple[Known, ...]]]:
    """Short names with what tells namesakes apart: David K, Apex fin."""
    starts, grown, table = {one.start for one in hits}, [], dict(known)
    for one in hits:
        found = _CLIPPED.match(folded, one.end)
        more = (found["more"] or found["whose"]) if found else ""
        fits = tuple(each for each in known[one.text] if more and _goes_on(each, one.text, more))
        if found is None or not fits or one.end + 1 in starts:
            grown.append(one)
            continue
        end = one.end + 1 + len(more)
        longer = Candidate(one.start, end, folded[one.start : end])
        table[longer.text] = fits
        grown.append(longer)
    return grown, table


def _goes_on(known: Known, said: str, more: str) -> bool:
    """Whether the name goes on so: with a surname's first letter or all but one, with three of a firm's second word."""
    words, begun = normal(known.name).split(" "), normal(said).split(" ")
    rest = words[len(begun) : len(begun) + 1]
    if words[: len(begun)] != begun or not rest or rest[0] == more.lower():
        return False
    if known.kind == "contact" and len(more) >= _LEAST and more[0].isupper() and more.lower() in slips(rest[0]):
        return True
    if not rest[0].startswith(more.lower()):
        return False
    if known.kind == "contact":
        return len(more) == 1 and (more.isupper() or more not in ("a", "i"))
    return len(more) >= _LEAST and more.lower() not in COMMON


_ANY_FIRM: Final = ("公司", "集团", "科技", "股份", "银行")
"""Tails that many firms of one name share, or leave out."""
_TRADE: Final = re.compile("|".join(sorted({*FIRM_TAILS} - {*_ANY_FIRM}, key=len, reverse=True)))
_LATIN_ANY_FIRM: Final = frozenset(
    ("inc", "corp", "corporation", "co", "ltd", "llc", "plc", "gmbh", "company", "group", "holdings", "enterprises")
)
_LATIN_TRADES: Final = LATIN_FIRM_TAILS - _LATIN_ANY_FIRM
_LATIN_TRADE: Final = re.compile(r" ?([a-z]{3,})(?![a-z])")


_GIVEN_NAME: Final = re.compile(r"[a-z,;:&(] ?([A-Z][a-z]+) $")


def _is_surname(one: Candidate, text: Text, known: Sequence[Known], hits: Sequence[Candidate]) -> bool:
    """Jo Li, where a Li Wei is known: the surname of somebody else."""
    if " " in one.text or not one.text.isascii() or any(each.kind != "contact" for each in known):
        return False
    before = _GIVEN_NAME.search(text.folded, max(0, one.start - 20), one.start)
    if before is None or before[1].lower() in COMMON or before[1].endswith(("ed", "ing")):
        return False
    return not any(hit.start < one.start and hit.end > before.start(1) for hit in hits)


def _is_another(one: Candidate, text: Text, known: Sequence[Known]) -> bool:
    """Whether a trade follows, and each of them has another: 天成机电 is not 天成物流, nor Vega Foods Vega Motors."""
    if any(each.kind == "contact" for each in known):
        return False
    rests = [normal(each.name).partition(normal(one.text))[2] for each in known]
    if is_chinese(one.text[-1]):
        said = _TRADE.match(text.folded, one.end)
        return said is not None and all(_TRADE.match(rest) and not rest.startswith(said[0]) for rest in rests)
    word = _LATIN_TRADE.match(text.low, one.end)
    if not word or word[1] not in _LATIN_TRADES or not text.raw[word.start(1)].isupper():
        return False
    return all(word[1] not in rest and not _LATIN_TRADES.isdisjoint(rest.split()) for rest in rests)


_SURNAME: Final = re.compile(r" (?P<name>[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?)(?![\w-])")


def _is_namesake(
    one: Candidate, text: Text, known: Sequence[Known], named: Collection[int], blocked: bytearray
) -> bool:
    """Sarah Miller, where Sarahs of other surnames are known; Sarah Acme may be the one of Acme."""
    if not one.text.isascii() or " " in one.text or any(each.kind != "contact" for each in known):
        return False
    said = _SURNAME.match(text.folded, one.end)
    if said is None or said.start("name") in named or any(blocked[said.start() : said.end()]):
        return False
    word = said["name"].lower()
    if strangers_en.is_common(word) or word in WORDLIKE:
        return False
    rests = [normal(each.name).partition(" ")[2].partition(" ")[0] for each in known]
    return all(rest and rest != word and word not in slips(rest) for rest in rests)


def _strangers(text: Text, used: bytearray, hits: Sequence[Candidate]) -> list[Candidate]:
    """Words that look like names though nobody bears them; what is taken first is not taken again."""
    found: list[Candidate] = []
    for one in hits:
        used[one.start : one.end] = b"\1" * (one.end - one.start)

    def add(start: int, end: int) -> None:
        if not any(used[start:end]):
            used[start:end] = b"\1" * (end - start)
            found.append(Candidate(start, end, text.folded[start:end]))

    strangers_zh.add_titled(text, add)
    strangers_en.add_titled(text.folded, add)
    strangers_en.add_capitals(text.folded, used, bool(hits), add)
    if text.has_chinese:
        strangers_zh.add_firms(text, add)
        strangers_zh.add_people(text.folded, used, hits, add)
        strangers_zh.add_firms_of([*found, *hits], text.folded, add)
    if not hits and not found:
        strangers_en.add_uncapitalised(text.folded, add)
    return found[:MOST]
