"""Contact cards (vCard 2.1, 3.0 and 4.0) as the rows of a sheet: a card with a firm is a contact there, one without
is a customer itself.

vobject cuts the lines; what they hold is read here, because it gives a whole card up for one broken photograph.
"""

from __future__ import annotations

import io
import quopri
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from flows.imports.headings import Cells

HEADING = ("Customer", "Phone", "E-mail", "Contact", "Mobile", "Contact e-mail", "Title", "City", "Tags", "Note")
_BEGIN = re.compile(r"\s*BEGIN\s*:\s*VCARD\s*$", re.I | re.M)
_CUT = re.compile(r"(?<!\\);")
_COMMA = re.compile(r"(?<!\\)[,，]")
_ESCAPED = re.compile(r"\\(.)", re.S)
_WANTED = frozenset({"FN", "N", "ORG", "TEL", "EMAIL", "TITLE", "ROLE", "ADR", "CATEGORIES", "NOTE"})
_CHINESE = re.compile(r"[\u3400-\u9fff· ]+")


@dataclass(slots=True)
class Card:
    """What a card says, by property; each may stand several times."""

    said: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        if value.strip():
            self.said.setdefault(name, []).append(value.strip())

    def first(self, *names: str) -> str:
        return next((value for name in names for value in self.said.get(name, ())), "")

    def parts(self, name: str) -> list[str]:
        """A value that has places, each unescaped."""
        return [plain(part) for part in _CUT.split(self.first(name))]


def is_cards(text: str) -> bool:
    """Whether the first thing in it is a card."""
    return _BEGIN.match(text) is not None


def rows(text: str) -> Iterator[tuple[int, Cells]]:
    """The heading as row 0, then a row for each card."""
    yield 0, HEADING
    for number, card in enumerate(_cards(text), 1):
        yield number, _row(card)


def _cards(text: str) -> Iterator[Card]:
    """Each card, also one that was never closed; a line that can't be read costs that line only."""
    from vobject.base import VObjectError, getLogicalLines, parseLine

    card: Card | None = None
    for line, _number in getLogicalLines(io.StringIO(text, newline=None)):
        with suppress(VObjectError, ValueError, LookupError):
            name, given, value, _group = parseLine(line)
            name = name.upper()
            if name in ("BEGIN", "END") and value.strip().upper() == "VCARD":
                if card is not None and card.said:
                    yield card
                card = Card() if name == "BEGIN" else None
            elif card is not None and name in _WANTED:
                card.add(name, _decoded(value, given))
    if card is not None and card.said:
        yield card


def _decoded(value: str, given: Sequence[Sequence[str]]) -> str:
    """Quoted-printable in the charset that the line names; phones call GBK by its older names."""
    words = {word.upper() for parameter in given for word in parameter}
    if "QUOTED-PRINTABLE" not in words:
        return value
    raw = quopri.decodestring(value.encode("utf-8", "replace"))
    named = next((p[1].lower() for p in given if p[0].upper() == "CHARSET" and len(p) > 1), "utf-8")
    tried = ("gb18030", "utf-8") if named.startswith("gb") else (named, "utf-8", "gb18030")
    for charset in tried:
        with suppress(UnicodeDecodeError, LookupError):
            return raw.decode(charset)
    return raw.decode("utf-8", "replace")


def _row(card: Card) -> list[str]:
    firm, person = card.parts("ORG")[0].strip(), _name(card)
    phones = "; ".join(plain(v).removeprefix("tel:").split(";")[0] for v in card.said.get("TEL", ()))
    emails = "; ".join(plain(v) for v in card.said.get("EMAIL", ()))
    its_own = not firm or not person or firm == person
    reached = {"Phone": phones, "E-mail": emails} if its_own else {"Mobile": phones, "Contact e-mail": emails}
    place = next((city for city in (_city(value) for value in card.said.get("ADR", ())) if city), "")
    cells: Mapping[str, str] = {
        "Customer": firm or person,
        "Contact": "" if its_own else person,
        "Title": "" if its_own else plain(card.first("TITLE", "ROLE")),
        "City": place,
        "Tags": "; ".join(plain(tag) for value in card.said.get("CATEGORIES", ()) for tag in _COMMA.split(value)),
        "Note": "\n".join(plain(value) for value in card.said.get("NOTE", ())),
        **reached,
    }
    return [cells.get(heading, "") for heading in HEADING]


def _name(card: Card) -> str:
    """As it is called; a Chinese name by its parts, because some phones write them the wrong way round."""
    family, first = (*card.parts("N"), "", "")[:2]
    if family and first and _CHINESE.fullmatch(family + first):
        return (family + first).replace(" ", "")
    called = plain(card.first("FN")) or " ".join(part for part in (first, family) if part)
    return called.replace(" ", "") if _CHINESE.fullmatch(called) else " ".join(called.split())


def _city(address: str) -> str:
    """The fourth place of an address; the province where there is no city."""
    parts = [plain(part) for part in _CUT.split(address)]
    return next((part for part in (*parts[3:4], *parts[4:5]) if part), "")


def plain(value: str) -> str:
    """Without the escapes."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value).strip()
