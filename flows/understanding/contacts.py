"""Tags, e-mail addresses, web addresses and phone numbers."""

import re
from collections.abc import Iterator
from typing import Final

from flows.understanding.context import Context
from flows.understanding.facts import Contact, Place, Word
from flows.understanding.text import Text

_EMAIL: Final = re.compile(r"(?<![\w.+-])[a-z0-9][\w.+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}(?![\w@])", re.ASCII)
_WEB: Final = re.compile(r"(?:https?://|www\.)[^\s，。；、]{2,300}")
_TAG: Final = re.compile(r"(?<![\w&/#])#(?!\d+(?:\W|$))([^\W_][\w-]{0,40})(?:#(?!\w))?")
_DIGITS: Final = re.compile(r"\d(?:[^\d\n]{0,4}\d){6}")
_NUMBER: Final = re.compile(
    r"(?<![\w.,$£€¥#/@:=-])(?:\+|00)?(?:\(\+?\d{1,4}\)|\d{1,5})(?:[ ]?[-./]?[ ]?\(0\)|[ ]?[-./]{0,1}[ ]?\(\d{1,4}\))?"
    r"(?:[ ]?[-./]?[ ]?\d{1,12}){0,6}(?:[ ]?(?:ext\.?|x|转|分机)[ ]?\d{1,6})?(?![\w%]|[.,:/-]\d|元|万|块|套|台|年|月|日)"
)
_LOOSE: Final = re.compile(r"(?<![a-z\d.,$£€¥/=_-])1[3-9]\d{9}(?!\d|[.-]\d)")
_HINT: Final = re.compile(r"(?:phone|tel|mobile|cell|call|dial|reach|number|电话|手机|号码|联系方式|微信|座机|拨打|致电|热线)")
_SPACED_CN: Final = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")


def tags(text: Text) -> tuple[Word, ...]:
    if "#" not in text.folded:
        return ()
    return tuple(
        Word(text.raw[match.start(1) : match.end(1)], Place(*match.span(), "tag: #word", 1.0)) for match in _TAG.finditer(text.folded)
    )


def emails(text: Text) -> tuple[Contact, ...]:
    if "@" not in text.folded:
        return ()
    lowered = text.folded.lower() if text.folded.isascii() else text.folded
    found = (match for match in _EMAIL.finditer(lowered))
    return tuple(
        Contact(text.raw[m.start() : m.end()], text.raw[m.start() : m.end()].rstrip("."), Place(*m.span(), "e-mail address", 1.0)) for m in found
    )


def webs(text: Text) -> list[tuple[int, int]]:
    return [match.span() for match in _WEB.finditer(text.folded)] if "www." in text.low or "://" in text.low else []


def phones(text: Text, context: Context) -> tuple[Contact, ...]:
    """Numbers long enough and grouped like phone numbers; E.164 where they are valid for a known country."""
    if not _DIGITS.search(text.folded):
        return ()
    found: list[Contact] = []
    for start, end in _candidates(text.folded):
        said = text.folded[start:end]
        if is_phone(said, text.folded, start, end):
            found.append(Contact(text.raw[start:end], international(said, context.country), Place(start, end, "phone number", 0.9)))
    return tuple(found)


def _candidates(folded: str) -> Iterator[tuple[int, int]]:
    last = 0
    for match in _NUMBER.finditer(folded):
        if sum(mark.isdigit() for mark in match[0]) >= 7:
            yield match.span()
            last = match.end()
    for match in _LOOSE.finditer(folded, last):
        yield match.span()


_GROUPED_DATE: Final = re.compile(r"\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}(?: \d.*)?|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}(?: \d.*)?|(?:19|20)\d\d ?- ?(?:19|20)\d\d|20\d{6}|\d{4}/\d{4}")
_TINY: Final = re.compile(r"(?:\d{1,3}[ .-]){4,}\d{1,2}$|(?:\d{1,2} ){3,}")


def is_phone(said: str, folded: str = "", start: int = 0, end: int = 0) -> bool:
    """Enough digits, not a date, and grouped as people group phone numbers."""
    core = re.split(r"ext|x|转|分机", said)[0].strip()
    digits = re.sub(r"\D", "", core)
    if not 7 <= len(digits) <= 15 or _GROUPED_DATE.fullmatch(core) or len(set(digits)) == 1 and len(digits) != 11 and not core.startswith("+"):
        return False
    left = folded[max(0, start - 14) : start]
    hinted = bool(_HINT.search(left.lower()) or _HINT.search(folded[max(0, start - 40) : start].lower()))
    if core.startswith(("+", "00")) or "(" in core:
        return len(digits) >= 7
    if _SPACED_CN.fullmatch(core):
        return True
    groups = re.split(r"[ ./()-]+", core)
    if len(groups) == 1:
        return (8 <= len(digits) <= 12 and (hinted or digits[0] in "01")) or (hinted and len(digits) >= 7) or len(digits) in (10, 11)
    if any(len(group) == 1 for group in groups[1:]) or (len(groups) > 5):
        return False
    return len(digits) >= 7 and (hinted or len(groups[-1]) >= 3)


def international(said: str, country: str) -> str:
    """The number in E.164 where the country's plan knows it, else its digits as written."""
    import phonenumbers

    try:
        number = phonenumbers.parse(said, country)
    except phonenumbers.NumberParseException:
        return re.sub(r"[^\d+]", "", said)
    if phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return re.sub(r"[^\d+]", "", said)
