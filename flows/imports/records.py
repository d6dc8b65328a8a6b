"""Lines of separated values: which separator, and each record whole, whatever its quotation marks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from flows.imports.encodings import LOOK
from flows.imports.headings import Cells, familiar

LONGEST_RECORD = 200
"""Lines that a quoted cell may run over; beyond it the quotation mark is taken for a plain one."""
SEPARATORS = ",;\t|，"


def read(content: bytes, encoding: str, separator: str) -> Iterator[tuple[int, Cells]]:
    """(number of its first line, cells) of each record; a line "sep=;" before them is none."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace", newline=None)
    numbered = enumerate(text, 1)
    first = next(numbered, None)
    if first and not first[1].lower().startswith("sep="):
        numbered = enumerate(_again(first[1], text), 1)
    yield from _records(numbered, separator)


def _again(line: str, text: io.TextIOWrapper) -> Iterator[str]:
    yield line
    yield from text


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
        yield number, parsed(record, separator)


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


def parsed(record: str, separator: str) -> Cells:
    """The cells of a record, by its quotation marks where they are sound."""
    try:
        return next(csv.reader([record.rstrip("\n")], delimiter=separator), [])
    except csv.Error:
        return _unquoted(record, separator)


def _unquoted(record: str, separator: str) -> Cells:
    return record.rstrip("\n").split(separator)
