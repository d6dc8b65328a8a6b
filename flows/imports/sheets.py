"""From the bytes of a file to rows of text: which encoding, which separator, which sheet; no guess is hidden.

Whatever the bytes, the answer is a `Sheet` or `Unreadable`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from bot.core.text import gettext as _
from flows.imports import pages, records, vcards, workbooks
from flows.imports.encodings import LOOK, NAMES, encoding_of
from flows.imports.headings import Cells, familiar
from flows.imports.workbooks import Unreadable

_OTHER = re.compile(r"[\ufeff\s]*(?:<(?:\?xml|!doctype|html|svg)\b|[{\[]\s*[\"{\[])", re.I)
"""A page without a table, XML, JSON."""
MOST_PASTED = 200
"""Lines that fit into one message."""


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
        if self.kind == "csv":
            return records.read(self.content, self.encoding, self.separator)
        return workbooks.rows(self._table)

    def head(self, count: int) -> list[tuple[int, Cells]]:
        """The first rows."""
        return list(islice(self.rows(), count))

    @property
    def encoding_name(self) -> str:
        """As people know it."""
        return NAMES.get(self.encoding, self.encoding.upper())

    @cached_property
    def _table(self) -> Any:
        """The sheet as the reader has it: read out of the workbook once, which is most of the work."""
        return workbooks.opened(self.content).get_sheet_by_name(self.name)


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
    return Sheet("csv", content, encoding, records.separator_of(head))


def pasted(text: str) -> str:
    """The table that a message is, one heading line that we know and rows as wide below it; else nothing."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if not 2 <= len(lines) <= MOST_PASTED:
        return ""
    for separator in (*records.SEPARATORS, "、", " "):
        rows = [re.split(r"\s+", line) if separator == " " else records.parsed(line, separator) for line in lines]
        width = len(rows[0])
        if width > 1 and familiar(rows[0]) >= max(2, width - 1) and all(1 < len(row) <= width for row in rows[1:]):
            return "\n".join("\t".join(cell.strip().replace("\t", " ") for cell in row) for row in rows)
    return ""


def _read_book(content: bytes) -> Sheet:
    book = workbooks.opened(content)
    named, tables = [], {}
    for about in book.sheets_metadata:
        if str(about.typ).endswith("WorkSheet"):
            with suppress(Unreadable):
                tables[about.name] = table = workbooks.sheet_of(book, about.name)
                named.append((str(about.visible).endswith("Visible"), int(table.height) > 1, about.name))
    kept = [name for seen, full, name in named if seen and full] or [name for _seen, full, name in named if full]
    kept = kept or [name for _seen, _full, name in named]
    if not kept:
        raise Unreadable(_("There is no sheet in this workbook."))
    found = Sheet("xlsx", content, name=kept[0], others=tuple(kept[1:]))
    found.__dict__["_table"] = tables[kept[0]]
    return found
