"""A sheet with a heading, rows and sums as a PDF: what a quote or a contract looks like on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.pictures.fonts import font_for, simplified

if TYPE_CHECKING:
    from fpdf import FPDF


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything in words already."""

    name: str
    title: str
    firm: str
    to: str
    date: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    foot: Sequence[tuple[str, str]]
    notes: Sequence[str] = ()

    def texts(self) -> list[str]:
        """Every word that must be drawn."""
        cells = [cell for row in self.rows for cell in row]
        feet = [word for pair in self.foot for word in pair]
        return [self.title, self.firm, self.to, self.date, *self.heads, *cells, *feet, *self.notes]


_WIDTHS = (86, 24, 36, 36)


def pdf(sheet: Sheet) -> bytes:
    """The PDF; raises NoFont where this machine can't show the words."""
    from fpdf import FPDF

    path = font_for(sheet.texts())
    page = FPDF(format="A4")
    page.set_title(sheet.title)
    page.set_margin(14)
    page.add_page()
    page.add_font("text", fname=path, collection_font_number=simplified(path))
    _head(page, sheet)
    _table(page, sheet)
    _foot(page, sheet)
    return bytes(page.output())


def _head(page: FPDF, sheet: Sheet) -> None:
    page.set_font("text", size=20)
    page.cell(w=0, h=12, text=sheet.firm, new_x="LMARGIN", new_y="NEXT")
    page.set_font("text", size=11)
    page.set_text_color(90)
    page.cell(w=0, h=7, text=f"{sheet.title}   ·   {sheet.date}", new_x="LMARGIN", new_y="NEXT")
    page.set_text_color(0)
    page.ln(4)
    page.set_font("text", size=13)
    page.multi_cell(w=0, h=8, text=sheet.to, new_x="LMARGIN", new_y="NEXT")
    page.ln(4)


def _table(page: FPDF, sheet: Sheet) -> None:
    from fpdf.enums import TableBordersLayout, TextEmphasis
    from fpdf.fonts import FontFace

    page.set_font("text", size=10)
    with page.table(
        col_widths=_WIDTHS,
        text_align=("LEFT", "RIGHT", "RIGHT", "RIGHT"),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=FontFace(emphasis=TextEmphasis.NONE, fill_color=(240, 243, 247)),
        line_height=7,
    ) as table:
        for cells in (sheet.heads, *sheet.rows):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    page.ln(2)


def _foot(page: FPDF, sheet: Sheet) -> None:
    """The sums, the last one larger, and the notes."""
    for number, (name, value) in enumerate(sheet.foot):
        last = number == len(sheet.foot) - 1
        page.set_font("text", size=13 if last else 10)
        page.cell(w=sum(_WIDTHS[:3]), h=9 if last else 7, text=name, align="R")
        page.cell(w=_WIDTHS[3], h=9 if last else 7, text=value, align="R", new_x="LMARGIN", new_y="NEXT")
    page.set_font("text", size=10)
    for note in sheet.notes:
        page.ln(5)
        page.multi_cell(w=0, h=6, text=note, new_x="LMARGIN", new_y="NEXT")
