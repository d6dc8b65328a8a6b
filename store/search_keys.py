"""Keys by which customers and contacts are found and recognised, in one table on both engines.

A key is the rest of a name from some starting point, so "part of a name" is a range over a plain index:

whole    the whole name and the one without its legal form, normalised: recognises names in messages
short    how people shorten it: a given name, a firm's first word (`store/shortened.py`)
part     the rest of the name from each word, and from each Chinese character
pinyin   the rest in pinyin without tones, from each character
initial  the first letters of the pinyin or of the words, from each start
sound    the whole name in pinyin
phone    the digits of a number, reversed, so that its last digits are a prefix
email    the address

A typing error costs no key: what the query would be without it is looked up instead (`store/typos.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from store.pinyin import is_chinese, readings
from store.shortened import shortened
from store.traditional import SIMPLER

LONGEST = 24
"""Characters of a key: enough to tell names apart, short enough to keep the index small."""
WHOLE = LONGEST * 4
"""Characters of a name or address that is compared as a whole."""
_TAIL = 10
"""Digits of a number that are compared: with or without a country's code, it is the same number."""


_FIRM = re.compile(
    r"(?:\s|,)+(?:inc|corp|corporation|co|company|ltd|limited|llc|plc|gmbh|ag|sa|srl|bv|group|holdings)\.?$"
    r"|(?:股份)?有限(?:责任)?公司$|集团(?:公司)?$|公司$|\((?:中国|集团)\)$",
    re.IGNORECASE,
)
_FORMS = (
    *("inc", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "plc", "gmbh", "ag", "sa", "srl", "bv"),
    *("group", "holdings", "inc.", "corp.", "co.", "ltd.", "llc.", "corporation.", "company.", "limited.", "plc."),
    *("gmbh.", "ag.", "sa.", "srl.", "bv.", "group.", "holdings.", "有限公司", "有限责任公司", "集团", "公司"),
    *("(中国)", "(集团)"),
)
"""How a name with a legal form ends; most names are told to have none without a search."""
_WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+|[^\W\d_]+")
_PLAIN = re.compile(r"[ -~\u3400-\u9fff]*")
"""Characters that never carry an accent."""
_MARKS = str.maketrans("’‘ʼ`´–—‐‑", "'''''----")
"""As phones write an apostrophe and a hyphen."""
_BESIDE_CHINESE = re.compile(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")


@lru_cache(maxsize=8192)
def normal(name: str) -> str:
    """A name as it is compared: width, case, accents, spaces, pictures and traditional characters do not count."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(SIMPLER).translate(_MARKS)
    if not _PLAIN.fullmatch(folded):
        parts = unicodedata.normalize("NFD", folded)
        kept = "".join(" " if unicodedata.category(c) == "So" else c for c in parts if not _is_mark(c))
        folded = unicodedata.normalize("NFC", kept) if kept.strip() else folded
    return _BESIDE_CHINESE.sub("", " ".join(folded.split()))


def spelt(name: str) -> list[str]:
    """The same with its small numbers in words, and its numbers in words as figures: 7-11 is 7-Eleven."""
    parts = [part for part in _NUMBERS.split(name) if part]
    at = [place for place, part in enumerate(parts) if _OTHER.get(part)][:3]
    made = []
    for chosen in range(1, 2 ** len(at)):
        swapped = {place for bit, place in enumerate(at) if chosen >> bit & 1}
        made.append("".join(_OTHER[part] if place in swapped else part for place, part in enumerate(parts)))
    return made


_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_OTHER = {word: str(n) for n, word in enumerate(_SMALL)} | {str(n): word for n, word in enumerate(_SMALL)}
_NUMBERS = re.compile(rf"(\d+|(?<![a-z])(?:{'|'.join(sorted(_SMALL, key=len, reverse=True))})(?![a-z]))")


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Cf")


def short(name: str) -> str:
    """A normalised firm's name without its legal form; the name itself when nothing else is left."""
    shorter = name
    while shorter.endswith(_FORMS) and (cut := _FIRM.sub("", shorter).strip(" ,.")) and cut != shorter:
        shorter = cut
    return shorter or name


def keys_of(name: str, *, phone: str = "", email: str = "", person: bool = False) -> set[tuple[str, str]]:
    """(kind, key) pairs of a name with its phone and e-mail."""
    whole = normal(name)
    plain = short(whole)
    keys = {("whole", whole[:WHOLE]), ("whole", plain[:WHOLE])}
    keys.update([("short", form[:WHOLE]) for form in shortened(whole, person=person)])
    keys.update([("part", whole[start : start + LONGEST]) for start in _starts(whole)])
    spoken = readings(whole)
    keys.update(
        [("sound", "".join(reading)[:LONGEST]) for reading in (*spoken, *(readings(plain) if plain != whole else ()))]
    )
    chinese = is_chinese(whole)
    for reading in spoken:
        initials = "".join([syllable[0] for syllable in reading])
        for number in range(len(reading) if chinese else 1):
            keys.add(("pinyin", "".join(reading[number : number + LONGEST])[:LONGEST]))
            keys.add(("initial", initials[number : number + LONGEST]))
    if digits := digits_of(phone):
        keys.add(("phone", digits[::-1]))
    if email:
        keys.add(("email", email.casefold()[:WHOLE]))
    return {pair for pair in keys if pair[1]}


def digits_of(phone: str) -> str:
    """Only the digits."""
    return "".join(filter(str.isdigit, phone))


def ways(query: str) -> Iterator[tuple[str, str, str]]:
    """(how, kind, key) of each look-up, the best kind of match first."""
    if not query:
        return
    digits = digits_of(query)
    if "@" in query:
        yield "email", "email", query
    if len(digits) >= 4 and len(digits) >= len(re.sub(r"[ \-+()]", "", query)):
        yield "phone", "phone", digits[::-1][:_TAIL]
    yield "start", "whole", query
    yield "part", "part", query
    if letters := letters_of(query):
        yield "pinyin", "pinyin", letters
        for other in loose(query):
            if other != letters:
                yield "pinyin", "pinyin", other
        if len(letters) > 1 and "&" not in query:
            yield "initial", "initial", letters


def letters_of(query: str) -> str:
    """The query as pinyin, or as a Latin name without its blanks; empty when it can be neither."""
    letters = _BETWEEN_LETTERS.sub("", query)
    return letters if letters.isascii() and letters.isalnum() and not letters.isdigit() else ""


def loose(name: str) -> tuple[str, ...]:
    """Keys of the kind "sound" that a Latin name may have which is written with other marks: obrien and sons."""
    if not name.isascii():
        return ()
    spelt = (name, _AND.sub(" ", name), name.replace("&", " and "))
    found = dict.fromkeys("".join(_WORD.findall(one))[:LONGEST] for one in spelt)
    return tuple(key for key in found if len(key) >= _LOOSEST)


_BETWEEN_LETTERS = re.compile(r"[ '.&+,/!-]")
_AND = re.compile(r"\band\b")
_LOOSEST = 5
"""Letters from which on a name written with other marks is the same one."""


def _starts(name: str) -> Iterator[int]:
    for match in _WORD.finditer(name):
        if is_chinese(match[0]):
            yield from range(match.start(), match.end())
        else:
            yield match.start()
