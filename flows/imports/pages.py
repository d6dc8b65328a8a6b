"""Web pages and XML that other programs save under the name of a workbook: their largest table, as rows of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from flows.imports.headings import Cells

WIDEST = 500
"""Columns that one cell may span."""
_ROWS, _CELLS = ("tr", "row"), ("td", "th", "cell")
_UNKNOWN = re.compile(r"<!\[(?!(?:temp|cdata|ignore|include|rcdata|if|else|endif)(?![-\w.]))", re.I)
"""Marked sections that the parser has no word for, and gives up at."""
_TABLE = re.compile(r"<table[\s>]", re.I)


def is_page(text: str) -> bool:
    """Whether it is a page with a table in it, and not a sheet in which one is written about."""
    return text.lstrip("\ufeff \t\r\n").startswith("<") and _TABLE.search(text) is not None


def rows(text: str) -> Iterator[tuple[int, Cells]]:
    """The rows of the table that has most of them, numbered as they are seen."""
    reader = _Tables()
    reader.feed(_UNKNOWN.sub("&lt;![", text))
    reader.close()
    largest = max(reader.tables, key=len) if reader.tables else []
    yield from enumerate(largest, 1)


class _Tables(HTMLParser):
    """Collects the tables; cells that are never closed end where the next one begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        """Tables that are not closed yet, the innermost last."""
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_cell()
            self._open.append([])
            self.tables.append(self._open[-1])
        elif tag in _ROWS and self._open:
            self._end_cell()
            self._open[-1].append([])
        elif tag in _CELLS and self._open and self._open[-1]:
            self._end_cell()
            self._open[-1][-1] += [""] * (_number(attrs, "ss:index") - 1 - len(self._open[-1][-1]))
            self._wide, self._cell = _number(attrs, "colspan"), []
        elif tag in ("br", "p", "div") and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in (*_CELLS, *_ROWS, "table"):
            self._end_cell()
        if tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(re.sub(r"\s+", " ", data))

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is not None and self._open and self._open[-1]:
            self._open[-1][-1] += ["".join(self._cell).strip(), *[""] * (self._wide - 1)]
        self._cell = None


def _number(attrs: list[tuple[str, str | None]], name: str) -> int:
    said = dict(attrs).get(name) or "1"
    return min(int(said), WIDEST) if said.isdecimal() else 1
