"""What stands in one cell, made plain; a cell that has lost what it said is never taken for something else. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.exports.writing import MARK

NOTHING = frozenset(
    [
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "n/a",
        "na",
        "#n/a",
        "null",
        "none",
        "nil",
        "(null)",
        "nan",
        "tbd",
        "?",
        "？",
        ".",
        "。",
        "0000-00-00",
        "undefined",
        "(blank)",
        "无",
        "暂无",
        "没有",
        "空",
        "未填",
        "未知",
        "待定",
        "(空)",
    ]
)
"""What people write where there is nothing."""
_BROKEN = re.compile(r"#(?:REF|VALUE|NAME|DIV/0|NUM|NULL)[!?]?|#{4,}|\?{3,}")
_ROUNDED = re.compile(r"[+-]?\d(?:\.\d+)?E\+?\d{1,3}", re.I)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2060\ufeff\u00ad]")
_FORMULA_TEXT = re.compile(r'^="(.*)"$', re.S)
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_BETWEEN = re.compile(r"[;；,，、/|\n]+|\s{2,}|\s+(?:or|或)\s+")
_PHONES_BETWEEN = re.compile(r"[;；,，、|\n]+|\s*/\s*|\s{2,}|\s+(?:or|或)\s+|(?<=\d{11})\s+(?=1\d{10})")
_EXTENSION = re.compile(r"(?:\s*(?:转|转接|分机|ext\.?|extension|x)\s*[:\uff1a.]?\s*)(\d{1,6})$", re.I)
_LABELS = re.compile(r"^[^\d+(]{1,8}[:\uff1a]\s*(?=[\d+(])")
_DIALLED = re.compile(r"[\d\s()+\-./\u2010-\u2015]+")
_ESCAPED = re.compile(r"^'(?=[=+\-@\t\r'])")


_MOBILE = re.compile(r"(?<![\d.])1[3-9]\d{9}(?![\d.])")
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.0)?")
_FIRST_DAY = date(1899, 12, 30)
"""From here spreadsheets count their days."""


class Lost(Exception):
    """The cell no longer says what it said when it was typed: its row can't come in."""

    def __init__(self, why: Text) -> None:
        super().__init__()
        self.why = why


class Odd(Exception):
    """The cell can't be read; the row comes in without it."""

    def __init__(self, why: Text) -> None:
        super().__init__()
        self.why = why


def clean(cell: str, *, literal: bool = False) -> str:
    """Without what is not seen: odd spaces, marks that turn the writing, a spreadsheet's own quoting; NFC.

    A `literal` cell is one that we wrote: it means what it says.
    """
    if literal and "'" in cell:
        cell = MARK.sub("", cell)
    if cell.isascii() and cell.isprintable():
        text = cell.strip()
    else:
        text = cell.encode("utf-8", "replace").decode("utf-8")
        text = text if literal else unicodedata.normalize("NFC", text)
        text = _TURNING.sub("", text).replace("\u00a0", " ").replace("\u3000", " ").replace("\r\n", "\n")
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()
    if text[:2] == '="' and (quoted := _FORMULA_TEXT.match(text)):
        text = quoted[1].replace('""', '"').strip()
    if text[:1] == "'" and not literal:
        text = _ESCAPED.sub("", text).strip() if _ESCAPED.match(text) else _unprimed(text)
    return "" if text.casefold() in NOTHING and not literal else text


def _unprimed(text: str) -> str:
    """A spreadsheet's mark that a number is text."""
    return text[1:] if len(text) > 1 and text[1].isdigit() and not text.endswith("'") else text


def intact(text: str) -> str:
    """The text; raises Lost where a program has destroyed it."""
    if _BROKEN.fullmatch(text) or "\ufffd" in text or "锟斤拷" in text or "���" in text:
        raise Lost(_("“{cell}” was destroyed by a program: export the sheet again.", cell=shown(text)))
    return text


def name(text: str) -> str:
    """In one line."""
    flat = " ".join(intact(text).split())
    if _ROUNDED.fullmatch(flat):
        raise Lost(_rounded(flat))
    return flat


def phones(text: str, country: str) -> list[str]:
    """Every number of the cell in E.164; raises Lost for a rounded one, Odd for what is none."""
    plain = unicodedata.normalize("NFKC", intact(text))
    if _ROUNDED.fullmatch(plain.strip()):
        raise Lost(_rounded(plain))
    found = []
    for part in _parts(plain, country):
        number = number_of(part, country) or _mobile_in(part, country)
        if number is None:
            raise Odd(_("“{cell}” is no phone number.", cell=shown(part)))
        found.append(number)
    return list(dict.fromkeys(found))


def _mobile_in(text: str, country: str) -> str | None:
    """A Chinese mobile number among words: "微信同号13800138000"."""
    found = _MOBILE.findall(text) if country == "CN" else []
    return f"+86{found[0]}" if len(found) == 1 else None


def _parts(plain: str, country: str) -> Sequence[str]:
    parts = [part for part in _PHONES_BETWEEN.split(plain) if part.strip()]
    if len(parts) > 1 and number_of(plain, country) and not all(number_of(part, country) for part in parts):
        return [plain]
    return parts


@lru_cache(maxsize=4096)
def number_of(text: str, country: str) -> str | None:
    """A number in E.164 as one of this country; None when it can be none."""
    bare = _LABELS.sub("", text.strip())
    bare = _EXTENSION.sub("", bare).removesuffix(".0")
    if country == "CN" and len(bare) == 11 and bare.isdigit() and bare[0] == "1" and bare[1] in "3456789":
        return f"+86{bare}"
    if sum(c.isdigit() for c in bare) < 5 or not _DIALLED.fullmatch(bare):
        return None
    for candidate in (bare, f"+{bare}" if len(bare) > 10 and bare[0] != "0" and bare.isdigit() else ""):
        try:
            number = phonenumbers.parse(candidate, country) if candidate else None
        except NumberParseException:
            continue
        if number is not None and phonenumbers.is_possible_number(number):
            return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    return None


def day(text: str) -> str:
    """A date as sheets have it: with a time behind it, or as the number of its day; else the text as it is."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _SERIAL.fullmatch(plain):
        return (_FIRST_DAY + timedelta(days=int(float(plain)))).isoformat()
    return re.sub(r"(?<=\d)[T\s]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$", "", plain)


def mails(text: str) -> list[str]:
    """Every address of the cell; raises Odd when there is none."""
    plain = unicodedata.normalize("NFKC", intact(text)).replace("mailto:", "")
    found = _MAIL.findall(plain)
    if not found:
        raise Odd(_("“{cell}” is no e-mail address.", cell=shown(text)))
    return list({address.casefold(): address for address in (a.rstrip(".") for a in found)}.values())


def people(text: str) -> list[str]:
    """The persons of a cell; a number beside a name stays with it."""
    return [name(part) for part in _BETWEEN.split(text) if part.strip()]


_BESIDE = re.compile(r"[(\uff08]?\s*(\+?[\d][\d\-\s]{5,}\d)\s*[)\uff09]?")


def with_number(person: str) -> tuple[str, str]:
    """A name, and the number that stands beside it in the same cell."""
    match = _BESIDE.search(person)
    if match is None:
        return person, ""
    return " ".join((person[: match.start()] + " " + person[match.end() :]).split()), match[1]


def tags(text: str) -> list[str]:
    """Words, without their "#"."""
    return [tag for part in re.split(r"[;；,，、|\n#]+", intact(text)) if (tag := part.strip()[:40])]


def yes(text: str) -> bool:
    """Whether a cell says yes; an empty one does not."""
    return text.casefold() in ("1", "true", "yes", "y", "x", "是", "√", "✓", "已退订", "退订", "all", "opted out")


def shown(text: str) -> str:
    """A cell in a sentence."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else flat[:39] + "…"


def _rounded(text: str) -> Text:
    return _(
        "“{cell}” is a rounded number, its last digits are gone: format the column as text and export it again.",
        cell=shown(text),
    )
