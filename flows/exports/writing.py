"""Rows of text → the bytes of a CSV or XLSX file in which no cell can start a formula; pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

STARTS = "=+-@\t\r'"
"""With these a spreadsheet would take a cell for a formula, or our own mark for its own."""


def guarded(cell: str) -> str:
    """The cell with a mark in front where it could start a formula; the import takes the mark off again."""
    return f"'{cell}" if cell[:1] and cell[0] in STARTS else cell


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([guarded(cell.replace("\0", "")) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def xlsx_bytes(rows: Iterable[Sequence[str]], title: str) -> bytes:
    """Every cell is text and says so, whatever it begins with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for row in rows:
        cells: list[object] = []
        for text in row:
            plain = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_767]
            if plain[:1] and plain[0] in STARTS:
                cell = WriteOnlyCell(sheet, value=guarded(plain))
                cell.data_type = "s"
                cells.append(cell)
            else:
                cells.append(plain)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
