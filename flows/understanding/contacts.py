# ruff: noqa: E501 -- a rule is one line
"""Tags, e-mail addresses, web addresses and phone numbers."""

import re
from collections.abc import Iterator
from typing import Final

from flows.understanding.context import Context
from flows.understanding.facts import Contact, Place, Word
from flows.understanding.lazily import lazy
from flows.understanding.text import Text

_EMAIL: Final = lazy(r"(?<![\w.+-])[a-z0-9][\w.+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}(?![\w@])", re.ASCII)
_WEB: Final = lazy(r"(?:https?://|www\.)[^\s，。；、]{2,300}")
_TAG: Final = lazy(r"(?<![\w&/#])#(?!\d+(?:\W|$))([^\W_][\w-]{0,40})(?:#(?!\w))?")
_DIGITS: Final = lazy(r"\d(?:[^\d\n]{0,4}\d){6}")
_RUN: Final = lazy(
    r"(?<![A-Za-z0-9_#=*/.,$£€¥+(])(?<![A-Za-z0-9)]-)(?:\+|\(\+?|(?=\d))\d(?:[ ()./-]{0,3}\d){5,18}(?:[ ]{0,2}(?:ext\.?|[xX]|转|分机)[ ]{0,2}\d{1,6})?"
    r"(?![A-Za-z0-9_%]|[.,:/=-]\d|[ ]?(?:元|万|亿|块|套|台|年|月|日))"
)
_DATE_AHEAD: Final = lazy(r"[ ](?=\d{1,2}/\d{1,2}/\d{2}|(?:19|20)\d\d[-/.]\d|\d{1,2}:\d\d)")
_HINT: Final = lazy(
    r"phone|tel(?![a-z])|mobile|cell|call|dial|reach|number|whatsapp|fax|landline|电话|手机|号码|联系方式|微信|座机|拨|致电|热线|tel:"
)
_OTHER_NUMBER: Final = lazy(
    r"(?:order|invoice|serial|account|acct|ref|sku|po|ticket|tracking|contract|id|no\.|订单|单号|编号|合同号?|序列号?|账号|帐号|卡号|税号|证号|货号|工单|快递|运单|流水|version|isbn|case)[ ]?(?:no\.?|number|号|#|id)?[ :.：是#]{0,3}$"
)
_EXTENSION: Final = lazy(r"ext|[xX]|转|分机")
_NOT_PHONE: Final = lazy(
    r"(?:19|20)\d\d[-./ ]\d{1,2}[-./ ]\d{1,2}(?:[ ].*)?|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}(?:[ ].*)?|(?:19|20)\d\d[ ]?[-/][ ]?(?:19|20)\d\d|20\d{2}[01]\d[0-3]\d|"
    r"\d{3}-\d\d-\d{4}|[01]\d[0-5]\d[ ]?-[ ]?[012]\d[0-5]\d|0?\d{1,3}-\d{1,2} (?:19|20)\d\d|\d{1,2}[ ]?-[ ]?\d{1,2} (?:19|20)\d\d"
)


def tags(text: Text) -> tuple[Word, ...]:
    if "#" not in text.folded:
        return ()
    return tuple(
        Word(text.raw[match.start(1) : match.end(1)], Place(*match.span(), "tag: #word", 1.0))
        for match in _TAG.finditer(text.folded)
    )


def emails(text: Text) -> tuple[Contact, ...]:
    if "@" not in text.folded:
        return ()
    lowered = text.folded.lower() if text.folded.isascii() else text.folded
    found = (match for match in _EMAIL.finditer(lowered))
    return tuple(
        Contact(
            text.raw[m.start() : m.end()],
            text.raw[m.start() : m.end()].rstrip("."),
            Place(*m.span(), "e-mail address", 1.0),
        )
        for m in found
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
        if is_phone(said, text.folded, start):
            found.append(
                Contact(
                    text.raw[start:end], international(said, context.country), Place(start, end, "phone number", 0.9)
                )
            )
    return tuple(found)


def _candidates(folded: str) -> Iterator[tuple[int, int]]:
    """Runs of digits and the marks people put between them, cut where a date follows."""
    for match in _RUN.finditer(folded):
        start, end = match.span()
        if cut := _DATE_AHEAD.search(match[0]):
            end = start + cut.start()
        yield start, end


_INTERNATIONAL: Final = 10


def is_phone(said: str, folded: str = "", start: int = 0) -> bool:
    """Enough digits, not a date or another kind of number, and grouped as people group phone numbers."""
    core = _EXTENSION.split(said)[0].strip()
    digits = re.sub(r"[^0-9]", "", core)
    left = folded[max(0, start - 48) : start].lower()
    if (
        not 7 <= len(digits) <= (16 if core[0] == "+" else 15)
        or _NOT_PHONE.fullmatch(core)
        or _OTHER_NUMBER.search(left)
    ):
        return False
    if core.count("(") != core.count(")") or re.search(r"\([^)]*\(", core):
        return False
    groups = [group for group in re.split(r"[ ./()+-]+", core) if group]
    if (
        _HINT.search(left)
        or core[0] in "+("
        or (core.startswith("00") and (len(groups[0]) > 2 or len(digits) > _INTERNATIONAL))
    ):
        return (
            len(groups) <= 7
            and len(groups[-1]) > 1
            and not re.fullmatch(r"\+\d\d(?:-\d\d){4}|00\d\d \d{8,}-\d{5}", core)
        )
    return _is_plain_phone(groups, digits)


def _is_plain_phone(groups: list[str], digits: str) -> bool:
    """Without a hint beside it: a mobile number, a number of ten or eleven digits, or a usual grouping."""
    if len(groups) == 1:
        return len(digits) in (10, 11) or (len(digits) in (9, 12) and digits[0] == "0")
    sizes = [len(group) for group in groups]
    if sizes == [1, 3, 3, 4] and groups[0] == "1":
        return True
    if min(sizes) < 2 or sizes[-1] < 3 or len(groups) > 4:
        return False
    return 9 <= len(digits) <= 13 or (sizes == [3, 4] and digits[0] != "0")


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
