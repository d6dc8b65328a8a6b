"""What a row of a sheet says: an entry for the customer file, a row to leave out, or a row that can't come in. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.core.text import Text
from bot.core.text import gettext as _
from flows.imports import cells as cell
from flows.imports.cells import Lost, Odd
from flows.imports.headings import CAREFUL, Cells, Head, bare, field_of

LONGEST_NAME = 200
LONGEST = 4000
"""Characters of any other cell."""
_SUM = re.compile(
    r"(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|(?:grand |sub)?-?totals?|sum|summe)\s*(?:[:\uff1a(\uff08].*)?", re.I
)
_REMARK = re.compile(
    r"(?:注|备注|说明|填表|制表|导出|打印|审核|截止|以上|以下|note|notes|source|generated|exported|printed|confidential|"
    r"copyright)\s*[:\uff1a\s(\uff08].*|共\s*\d+\s*[条行页个].*|第\s*\d+\s*页.*|page \d+.*|[-=_*]{3,}|end( of .*)?",
    re.I | re.S,
)
_FIRM = re.compile(
    r"公司|集团|厂$|店$|中心|医院|学校|大学|银行|事务所|研究[所院]|合作社|\b(?:inc|corp|co|company|ltd|limited|llc|plc|gmbh|ag|group|"
    r"bank|hotel|university|hospital)\b\.?",
    re.I,
)
_SIMPLE = ("source", "need", "industry", "place", "language", "zone", *CAREFUL)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the customer."""

    name: str
    title: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(slots=True)
class Entry:
    """A row that can come in."""

    number: int
    name: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    id: str = ""
    """In the system that the sheet comes from."""
    own: str = ""
    """Our own number of the customer, in a sheet that we wrote."""
    values: dict[str, str] = field(default_factory=dict)
    """Plain facts by field; own fields of the firm as "own:name"."""
    warnings: list[Text] = field(default_factory=list)
    cells: Cells = ()

    @property
    def firm(self) -> bool:
        """Whether two of this name with different numbers are still one: a firm has many, a person has one."""
        return bool(self.people) or looks_like_a_firm(self.name)


def looks_like_a_firm(name: str) -> bool:
    """By a legal form, or a word that only firms are called by."""
    return _FIRM.search(name) is not None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no customer."""

    number: int
    why: Text
    cells: Cells = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A row that can't come in, and why."""

    number: int
    why: Text
    cells: Cells = ()


Outcome = Entry | LeftOut | Failed


class Reading:
    """Reads the rows under a heading, one after the other."""

    def __init__(self, head: Head, country: str, *, kind: str = "csv") -> None:
        self._head = head
        self._country = country
        self._width = max((column.at for column in head.columns), default=0) + 1 if kind == "csv" else 10_000
        self._at: Mapping[str, tuple[int, ...]] = {
            name: tuple(column.at for column in head.columns if column.field == name)
            for name in {column.field for column in head.columns if column.field}
        }
        self._simple = [name for name in self._at if name in _SIMPLE or name.startswith("own:")]
        self._literal = kind == "vcard" or bool(head.of("own"))
        self._labels = {column.at: bare(column.label) for column in head.columns if head.found}
        self._fields = {column.at: column.field for column in head.columns if column.field and head.found}
        self._above = ""

    def outcomes(self, rows: Iterable[tuple[int, Cells]]) -> Iterator[Outcome]:
        """What each row below the heading says; empty rows say nothing."""
        for number, cells in rows:
            if number > self._head.row and (outcome := self.outcome(number, cells)) is not None:
                yield outcome

    def outcome(self, number: int, raw: Cells) -> Outcome | None:
        """What one row says; whatever it holds, it raises nothing."""
        cells = [cell.clean(text, literal=self._literal) for text in raw]
        filled = [text for text in cells if text]
        if not filled:
            self._above = ""
            return None
        if not self._literal and (why := self._no_customer(cells, filled)) is not None:
            return LeftOut(number, why, raw)
        if len(cells) > self._width and any(cells[self._width :]):
            why = _(
                "It has {n} cells and the heading {m}: is there a separator inside a cell?", n=len(cells), m=self._width
            )
            return Failed(number, why, raw)
        try:
            return self._entry(number, cells, raw)
        except Lost as lost:
            return Failed(number, lost.why, raw)

    def _no_customer(self, cells: Sequence[str], filled: Sequence[str]) -> Text | None:
        first = filled[0]
        if _SUM.fullmatch(first) and all(_figure(text) for text in filled[1:]):
            return _("A sum")
        if len(filled) == 1 and _REMARK.fullmatch(first):
            return _("A remark")
        return _("The heading again") if self._is_heading(cells) else None

    def _is_heading(self, cells: Sequence[str]) -> bool:
        """Nothing but headings, two as above or in another language; most rows are known by their first cell."""
        same = 0
        for at, text in enumerate(cells):
            if text:
                field = field_of(text)
                here = bare(text) == self._labels.get(at)
                if not here and not field:
                    return False
                same += here or _alike(field) == _alike(self._fields.get(at))
        return same > 1

    def _entry(self, number: int, cells: Sequence[str], raw: Cells) -> Outcome:
        entry = Entry(number, "", cells=raw)
        entry.name = self._only(cells, "name", _flat if self._literal else cell.name)
        people = self._people(cells, entry)
        entry.phones = tuple(self._several(cells, "phone", self._phones, entry.warnings))
        entry.emails = tuple(self._several(cells, "email", cell.mails, entry.warnings))
        entry.people = people
        entry.tags = tuple(self._several(cells, "tags", cell.tags, entry.warnings))
        entry.note = "\n".join(self._all(cells, "note"))[:LONGEST]
        entry.id = self._only(cells, "id", cell.name)[:200]
        entry.own = self._only(cells, "own", cell.name)[:40]
        for name in self._simple:
            if value := self._only(cells, name, str if self._literal else cell.intact):
                entry.values[name] = value[:LONGEST]
        return self._named(entry)

    def _named(self, entry: Entry) -> Outcome:
        """A row that names nobody is named by whom or what it has."""
        named = bool(entry.name)
        if any(not person.name for person in entry.people):
            nameless = entry.people[0]
            entry.phones, entry.emails = (*nameless.phones, *entry.phones), (*nameless.emails, *entry.emails)
            entry.people = ()
        if not entry.name and entry.people and self._above:
            entry.name = self._above
            entry.warnings.append(_("Taken as one more contact of {name}, who stands above.", name=self._above))
        elif not entry.name and entry.people:
            first, *others = entry.people
            entry.name, entry.people = first.name, tuple(others)
            entry.phones, entry.emails = (*first.phones, *entry.phones), (*first.emails, *entry.emails)
        if not entry.name:
            reached = [*entry.emails, *entry.phones]
            if not reached:
                return LeftOut(entry.number, _("No name, phone or e-mail"), entry.cells)
            entry.name = reached[0]
            entry.warnings.append(_("No name: called {name}.", name=entry.name))
        if len(entry.name) > LONGEST_NAME:
            return Failed(entry.number, _("The name is longer than {n} characters.", n=LONGEST_NAME), entry.cells)
        self._above = entry.name if named or entry.name == self._above else ""
        return entry

    def _people(self, cells: Sequence[str], entry: Entry) -> tuple[Person, ...]:
        named = [pair for text in self._all(cells, "contact") for pair in self._called(text)]
        if full := _full(self._only(cells, "first", cell.name), self._only(cells, "last", cell.name)):
            named.append((full, ""))
        named = [(n, number) for n, number in named if n or number]
        phones = self._several(cells, "contact_phone", self._phones, entry.warnings)
        emails = self._several(cells, "contact_email", cell.mails, entry.warnings)
        titles = self._all(cells, "title")
        title = (_flat if self._literal else cell.name)(titles[0])[:200] if titles else ""
        if not named:
            if phones or emails or title:
                return _unnamed(phones, emails)
            return ()
        return tuple(
            Person(
                (called or number)[:LONGEST_NAME],
                title if at == 0 else "",
                tuple(dict.fromkeys([*self._beside(number, entry), *_share(phones, at, len(named))])),
                tuple(_share(emails, at, len(named))),
            )
            for at, (called, number) in enumerate(named)
        )

    def _called(self, text: str) -> list[tuple[str, str]]:
        """The persons of a cell, each with the number that stands beside the name."""
        return [(_flat(text), "")] if self._literal else [cell.with_number(part) for part in cell.people(text)]

    def _beside(self, number: str, entry: Entry) -> list[str]:
        return self._tried(number, self._phones, entry.warnings) if number else []

    def _phones(self, text: str) -> list[str]:
        return cell.phones(text, self._country)

    def _all(self, cells: Sequence[str], name: str) -> list[str]:
        return [cells[at] for at in self._at.get(name, ()) if at < len(cells) and cells[at]]

    def _only(self, cells: Sequence[str], name: str, read: Callable[[str], str]) -> str:
        found = self._all(cells, name)
        return read(found[0]) if found else ""

    def _several(
        self, cells: Sequence[str], name: str, read: Callable[[str], list[str]], warnings: list[Text]
    ) -> list[str]:
        return list(dict.fromkeys(v for text in self._all(cells, name) for v in self._tried(text, read, warnings)))

    def _tried(self, text: str, read: Callable[[str], list[str]], warnings: list[Text]) -> list[str]:
        try:
            return read(text)
        except Odd as odd:
            warnings.append(odd.why)
            return []


def _alike(field: str | None) -> str | None:
    """What a field is about: whose number it is, a heading alone can't say."""
    return "name" if field == "company" else field.removeprefix("contact_") if field else field


def _flat(text: str) -> str:
    return " ".join(text.split())


def _figure(text: str) -> bool:
    """A number as it stands under a column, and no phone."""
    return len(text) < 16 and sum(c.isdigit() for c in text) * 2 >= len(text) and "@" not in text and "+" not in text


def _share(values: Sequence[str], at: int, count: int) -> Sequence[str]:
    """As many numbers as people: one each; else all are the first one's."""
    if len(values) == count:
        return values[at : at + 1]
    return values if at == 0 else ()


def _full(first: str, last: str) -> str:
    """Chinese names begin with the family's and have no space."""
    if first and last and not (first + last).isascii() and all("\u3400" <= c <= "\u9fff" for c in first + last):
        return last + first
    return " ".join(part for part in (first, last) if part)


def same_facts(now: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Of what a sheet says, what is not so yet; an empty cell takes nothing away."""
    return {name: value for name, value in wanted.items() if value and now.get(name) != value}


def _unnamed(phones: Sequence[str], emails: Sequence[str]) -> tuple[Person, ...]:
    """Somebody's number without a name stands with the customer."""
    return (Person("", "", tuple(phones), tuple(emails)),) if phones or emails else ()
