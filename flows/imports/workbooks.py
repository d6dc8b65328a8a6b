"""The sheets of a workbook, a cell as a person reads it; whatever is wrong with the file is one refusal."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.core.errors import BadInput
from bot.core.text import gettext as _
from flows.imports.headings import Cells

UNPACKED = 1024**3
"""A workbook that would grow beyond this is an attack or a mistake."""
EXACT = 10**15
"""From here on a spreadsheet has rounded a number."""


class Unreadable(BadInput):
    """No table could be found in the file."""


def opened(content: bytes) -> Any:
    """The workbook as its reader has it; raises Unreadable."""
    from python_calamine import CalamineWorkbook

    try:
        if content[:4] == b"PK\x03\x04":
            _check_size(content)
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except BaseException as problem:
        raise _refused(problem) from problem


def sheet_of(book: Any, name: str) -> Any:
    """One of its sheets; raises Unreadable."""
    try:
        return book.get_sheet_by_name(name)
    except BaseException as problem:
        raise _refused(problem) from problem


def rows(sheet: Any) -> Iterator[tuple[int, Cells]]:
    """(row number as the spreadsheet shows it, cells); raises Unreadable."""
    try:
        spans = _filled(sheet)
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = [value if type(value) is str else _plain(value) for value in row]
            yield number, _spread(cells, number - 1, spans) if spans else cells
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
