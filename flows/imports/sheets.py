"""From the bytes of a file to rows of text: which encoding, which separator, which sheet; no guess is hidden.

Whatever the bytes, the answer is a `Sheet` or `Unreadable`.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from typing import Any

from bot.core.errors import BadInput
from bot.core.text import gettext as _
from flows.imports import pages, vcards
from flows.imports.headings import Cells, familiar

LOOK = 64 * 1024
"""Bytes that decide about encoding and separator."""
UNPACKED = 1024**3
"""A workbook that would grow beyond this is an attack or a mistake."""
LONGEST_RECORD = 200
"""Lines that a quoted cell may run over; beyond it the quotation mark is taken for a plain one."""
EXACT = 10**15
"""From here on a spreadsheet has rounded a number."""
SEPARATORS = ",;\t|，"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER = re.compile(r"[\ufeff\s]*(?:<(?:\?xml|!doctype|html|svg)\b|[{\[]\s*[\"{\[])", re.I)
"""A page without a table, XML, JSON."""
_NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "gb18030": "GB18030", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


class Unreadable(BadInput):
    """No table could be found in the file."""


@dataclass(frozen=True)
class Sheet:
    """A table that can be read again and again, a row at a time."""

    kind: str
    """ "csv", "xlsx", "vcard" or "page"."""
    content: bytes = field(repr=False)
    encoding: str = ""
    separator: str = ","
    name: str = ""
    """Of the sheet in a workbook."""
    others: tuple[str, ...] = ()
    """The workbook's other sheets with something in them."""

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """(line or row number as the person's program shows it, cells)."""
        if self.kind == "vcard":
            return vcards.rows(self.content.decode(self.encoding, "replace"))
        if self.kind == "page":
            return pages.rows(self.content.decode(self.encoding, "replace"))
        return self._lines() if self.kind == "csv" else self._cells()

    def head(self, count: int) -> list[tuple[int, Cells]]:
        """The first rows."""
        return list(islice(self.rows(), count))

    @property
    def encoding_name(self) -> str:
        """As people know it."""
        return _NAMES.get(self.encoding, self.encoding.upper())

    def _lines(self) -> Iterator[tuple[int, Cells]]:
        text = io.TextIOWrapper(io.BytesIO(self.content), encoding=self.encoding, errors="replace", newline=None)
        numbered = enumerate(text, 1)
        first = next(numbered, None)
        if first and not first[1].lower().startswith("sep="):
            numbered = enumerate(_again(first[1], text), 1)
        yield from _records(numbered, self.separator)

    def _cells(self) -> Iterator[tuple[int, Cells]]:
        try:
            spans = _filled(self._table)
            for number, row in enumerate(self._table.iter_rows(), 1):
                cells = [value if type(value) is str else _plain(value) for value in row]
                yield number, _spread(cells, number - 1, spans) if spans else cells
        except BaseException as problem:
            raise _refused(problem) from problem

    @cached_property
    def _table(self) -> Any:
        """The sheet as the reader has it: read out of the workbook once, which is most of the work."""
        return _workbook(self.content).get_sheet_by_name(self.name)


def read(content: bytes, name: str = "") -> Sheet:
    """The table in a file, by its bytes and not by its name; raises Unreadable."""
    if not content.strip(b"\0 \r\n\t"):
        raise Unreadable(_("The file is empty."))
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0") or (name.lower().endswith(".xlsb")):
        return _read_book(content)
    if content[:4] == b"%PDF" or content[:3] in (b"\x89PN", b"\xff\xd8\xff", b"GIF"):
        raise Unreadable(_("That is no table. I can read CSV, XLSX and vCard files."))
    encoding = encoding_of(content)
    head = content[:LOOK].decode(encoding, "replace")
    if vcards.is_cards(head):
        return Sheet("vcard", content, encoding)
    if pages.is_page(head):
        return Sheet("page", content, encoding)
    if _OTHER.match(head):
        raise Unreadable(_("That is no table. I can read CSV, XLSX and vCard files."))
    return Sheet("csv", content, encoding, separator_of(head))


def encoding_of(content: bytes) -> str:
    """By its mark, by what decodes without a fault, and only then by the look of its letters."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if (wide := _wide(content[:LOOK])) is not None:
        return wide
    for encoding in ("utf-8", "gb18030"):
        if _decodes(content, encoding) and (encoding == "utf-8" or _looks_chinese(content[:LOOK])):
            return encoding
    return _guessed(content[:LOOK])


def pasted(text: str) -> str:
    """The table that a message is, one heading line that we know and rows as wide below it; else nothing."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if not 2 <= len(lines) <= MOST_PASTED:
        return ""
    for separator in (*SEPARATORS, "，", "、", " "):
        rows = [re.split(r"\s+", line) if separator == " " else _parsed(line, separator) for line in lines]
        width = len(rows[0])
        if width > 1 and familiar(rows[0]) >= max(2, width - 1) and all(1 < len(row) <= width for row in rows[1:]):
            return "\n".join("\t".join(cell.strip().replace("\t", " ") for cell in row) for row in rows)
    return ""


MOST_PASTED = 200
"""Lines that fit into one message."""


def separator_of(text: str) -> str:
    """The one that shows the most headings that we know; else the one that cuts most lines into as many columns."""
    first = text.partition("\n")[0]
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4]
    lines = [line for line in text.splitlines()[:60] if line.strip()]
    lines = lines[:-1] if len(text) >= LOOK / 4 and len(lines) > 2 else lines
    return max(SEPARATORS, key=lambda separator: (_headings(lines, separator), _evenness(lines, separator)))


def _headings(lines: Sequence[str], separator: str) -> int:
    """Known headings in one of the first lines; a single one says nothing."""
    most = max((familiar(cells) for _n, cells in _records(enumerate(lines[:30], 1), separator)), default=0)
    return most if most > 1 else 0


def _evenness(lines: Sequence[str], separator: str) -> float:
    records = [cells for _n, cells in _records(enumerate(lines, 1), separator)]
    widths = [len(cells) if sum(1 for cell in cells if cell.strip()) > 1 else 1 for cells in records]
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0
    usual = max(set(wide), key=wide.count)
    return wide.count(usual) / len(widths) + usual / 1000


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of ASCII is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > half * 0.3 and odd > even * 3:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.3 and even > odd * 3 else None


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), 1 << 20):
            decoder.decode(content[start : start + (1 << 20)])
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _looks_chinese(head: bytes) -> bool:
    """Nearly all that is not ASCII are Chinese characters and marks in daily use: their first byte says so."""
    text = head.decode("gb18030", "ignore")
    strange = [c for c in text if ord(c) > 127]
    daily = sum(1 for c in strange if _daily(c))
    return bool(strange) and daily >= len(strange) * 0.7


def _daily(character: str) -> bool:
    encoded = character.encode("gb18030", "ignore")
    return len(encoded) == 2 and (0xB0 <= encoded[0] <= 0xD7 or 0xA1 <= encoded[0] <= 0xA3) and encoded[1] >= 0xA1


def _guessed(head: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    western = best is not None and all(ord(c) < 0x250 for c in head.decode(best.encoding, "ignore") if c.isalpha())
    if best and western and _decodes(head, "cp1252") and _letters(head, "cp1252") >= _letters(head, best.encoding):
        return "cp1252"
    if best is None:
        return "cp1252" if _decodes(head, "cp1252") else "latin-1"
    try:
        codecs.lookup(best.encoding)
    except LookupError:
        return "latin-1"
    return best.encoding


def _letters(head: bytes, encoding: str) -> float:
    """How much of what is not ASCII would be letters."""
    strange = [character for character in head.decode(encoding, "replace") if ord(character) > 127]
    return sum(character.isalpha() for character in strange) / max(1, len(strange))


def _again(line: str, text: io.TextIOWrapper) -> Iterator[str]:
    yield line
    yield from text


def _records(lines: Iterator[tuple[int, str]], separator: str) -> Iterator[tuple[int, Cells]]:
    """Each record with its first line's number; a quotation mark that is never closed costs no other row."""
    waiting: list[tuple[int, str]] = []
    while True:
        try:
            number, record = waiting.pop(0) if waiting else next(lines)
        except StopIteration:
            return
        if '"' in record and _is_open(record, separator):
            more = _rest(record, waiting, lines, separator)
            if more is None:
                yield number, _unquoted(record, separator)
                continue
            record = more
        yield number, _parsed(record, separator)


def _rest(record: str, waiting: list[tuple[int, str]], lines: Iterator[tuple[int, str]], separator: str) -> str | None:
    """The record with the lines that its open cell runs over; None, and the lines wait, when it is never closed."""
    taken: list[tuple[int, str]] = []
    for _line in range(LONGEST_RECORD):
        following = waiting.pop(0) if waiting else next(lines, None)
        if following is None:
            break
        taken.append(following)
        record += following[1]
        if '"' in following[1] and not _is_open(record, separator):
            return record
    waiting[:0] = taken
    return None


def _is_open(record: str, separator: str) -> bool:
    inside = closed = False
    start = True
    for character in record:
        if inside:
            inside = character != '"'
            closed = not inside
        elif character == '"' and (start or closed):
            inside, closed = True, False
        else:
            closed = False
        start = character == separator
    return inside


def _parsed(record: str, separator: str) -> Cells:
    try:
        return next(csv.reader([record.rstrip("\n")], delimiter=separator), [])
    except csv.Error:
        return _unquoted(record, separator)


def _unquoted(record: str, separator: str) -> Cells:
    return record.rstrip("\n").split(separator)


def _read_book(content: bytes) -> Sheet:
    book = _workbook(content)
    named, tables = [], {}
    for about in book.sheets_metadata:
        if str(about.typ).endswith("WorkSheet"):
            with suppress(Unreadable):
                tables[about.name] = table = _sheet_of(book, about.name)
                named.append((str(about.visible).endswith("Visible"), int(table.height) > 1, about.name))
    kept = [name for seen, full, name in named if seen and full] or [name for _seen, full, name in named if full]
    kept = kept or [name for _seen, _full, name in named]
    if not kept:
        raise Unreadable(_("There is no sheet in this workbook."))
    found = Sheet("xlsx", content, name=kept[0], others=tuple(kept[1:]))
    found.__dict__["_table"] = tables[kept[0]]
    return found


def _workbook(content: bytes) -> Any:
    from python_calamine import CalamineWorkbook

    try:
        if content[:4] == b"PK\x03\x04":
            _check_size(content)
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except BaseException as problem:
        raise _refused(problem) from problem


def _sheet_of(book: Any, name: str) -> Any:
    try:
        return book.get_sheet_by_name(name)
    except BaseException as problem:
        raise _refused(problem) from problem


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(item.file_size for item in archive.infolist()) > UNPACKED:
            raise Unreadable(_("This workbook is too large when unpacked. Please save it as CSV."))


def _refused(problem: BaseException) -> BaseException:
    """The reader's own panics are no Exceptions; a stop from outside is none of its errors."""
    if isinstance(problem, Unreadable | KeyboardInterrupt | SystemExit | GeneratorExit):
        return problem
    if "password" in type(problem).__name__.lower() or "password" in str(problem).lower():
        return Unreadable(_("This workbook is locked with a password. Please save it without one."))
    return Unreadable(_("This workbook is damaged. Please save it again, or as CSV."))


def _plain(value: Any) -> str:
    """A cell as a person reads it; a number that the spreadsheet has rounded shows that it was."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        if abs(value) >= EXACT:
            return f"{value:.5E}"
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return str(value) if isinstance(value, int | date | time | timedelta) else ""


_Spans = dict[int, list[tuple[int, int, int, str]]]


def _filled(sheet: Any) -> _Spans:
    """Merged cells by row: (left, right, …, their one value)."""
    ranges = sheet.merged_cell_ranges or ()
    if not ranges:
        return {}
    tops = {top for (top, _left), _end in ranges}
    values = {row: [_plain(v) for v in cells] for row, cells in enumerate(sheet.iter_rows()) if row in tops}
    found: _Spans = {}
    for (top, left), (bottom, right) in ranges:
        cells = values.get(top, [])
        value = cells[left] if left < len(cells) else ""
        for row in range(top, min(bottom, top + 100_000) + 1):
            found.setdefault(row, []).append((left, right, top, value))
    return found


def _spread(cells: list[str], row: int, spans: _Spans) -> list[str]:
    """A cell that was merged downwards holds for each of its rows; one merged to the right stands once."""
    for left, _right, top, value in spans.get(row, ()):
        if row > top and left < len(cells) and not cells[left]:
            cells[left] = value
    return cells
