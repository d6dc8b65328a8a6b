"""Rows of text → the bytes of a CSV or XLSX file in which no cell can start a formula; pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = r"[\s\u200b-\u200f\u2060\ufeff']*[=+\-@＝＋－＠]"
"""How a formula begins, behind what spreadsheets skip; the wide signs count in Chinese and Japanese ones."""
_COULD_START = re.compile(rf"^(?=['\t\r]|{_FORMULA})|(?<=[;\t\n\r])(?!\n)(?={_FORMULA})")
"""Also behind what a program that is set up otherwise takes for the end of a cell."""
MARK = re.compile(rf"^'(?=['\t\r]|{_FORMULA})|(?<=[;\t\n\r])'(?={_FORMULA})")


def guarded(cell: str) -> str:
    """The cell with a mark wherever a formula could start; the import takes each off again (`MARK`)."""
    return _COULD_START.sub("'", cell)


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
            if (safe := guarded(plain)) != plain:
                cell = WriteOnlyCell(sheet, value=safe[:32_767])
                cell.data_type = "s"
                cells.append(cell)
            else:
                cells.append(plain)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
