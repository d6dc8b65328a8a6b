"""What is wrong with real sheets, one by one, and what becomes of each of their rows."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from flows.imports.cells import day
from flows.imports.headings import find_head
from flows.imports.rules import Entry, Failed, Reading
from flows.imports.sheets import read
from flows.imports.workbooks import Unreadable
from flows.words import Words
from tests.engines import NOON

ENGLISH = Words("en", "UTC", NOON)


def told(content: bytes, name: str = "list.csv") -> list[str]:
    """Each row in a line: its number, and whom it brings with what, or why it does not come in."""
    sheet = read(content, name)
    head = find_head(sheet.head(40))
    reading = Reading(head, "CN", kind=sheet.kind)
    return [_line(outcome) for outcome in reading.outcomes(sheet.rows())]


def _line(outcome: Any) -> str:
    if not isinstance(outcome, Entry):
        kind = "failed" if isinstance(outcome, Failed) else "skipped"
        return f"{outcome.number} {kind}: {_words(outcome.why)}"
    parts = [outcome.name, *outcome.phones, *outcome.emails]
    parts += [" ".join(("@" + person.name, *person.phones, *person.emails)) for person in outcome.people]
    parts += [f"#{tag}" for tag in outcome.tags] + [f"{n}={v}" for n, v in sorted(outcome.values.items())]
    parts += [f"! {_words(warning)}" for warning in outcome.warnings]
    return f"{outcome.number} " + " | ".join(parts)


def _words(text: Any) -> str:
    return "".join(run.text for run in text.resolve(ENGLISH))


def book(fill: Callable[[Any], None]) -> bytes:
    made, out = Workbook(), io.BytesIO()
    fill(made.active)
    made.save(out)
    return out.getvalue()


def merged(sheet: Any) -> None:
    for row in (
        ["公司", "联系人", "手机"],
        ["鼎盛", "李伟", "13800138000"],
        [None, "王芳", "13900139000"],
        ["星河", "赵四", ""],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")


def numeric(sheet: Any) -> None:
    for row in (["Name", "Phone", "Record ID"], ["Acme", 13800138000, 17], ["Blue", 1.3800138e10, 1.5e17]):
        sheet.append(row)


def cover(sheet: Any) -> None:
    sheet.title = "Cover"
    sheet["A1"] = "Customer list 2026"
    second = sheet.parent.create_sheet("Data")
    for row in (["Name", "Phone"], ["Acme", "13800138000"]):
        second.append(row)


ROUNDED = "“1.38E+10” is a rounded number, its last digits are gone: format the column as text and export it again."

DEFECTS: dict[str, tuple[bytes, list[str]]] = {
    "a phone that Excel rounded": (
        b"Name,Phone\nAcme,1.38E+10\nBlue,13800138000\n",
        [f"2 failed: {ROUNDED}", "3 Blue | +8613800138000"],
    ),
    "a rounded number in any of several cells": (
        b"Name,Phone,Mobile\nAcme,010-88886666,1.38E+10\n",
        [f"2 failed: {ROUNDED}"],
    ),
    "merged cells": (
        book(merged),
        ["2 鼎盛 | @李伟 +8613800138000", "3 鼎盛 | @王芳 +8613900139000", "4 星河 | @赵四"],
    ),
    "merged cells that became empty ones in a CSV": (
        "公司,联系人,手机\n鼎盛,李伟,13800138000\n,王芳,13900139000\n".encode(),
        [
            "2 鼎盛 | @李伟 +8613800138000",
            "3 鼎盛 | @王芳 +8613900139000 | ! Taken as one more contact of 鼎盛, who stands above.",
        ],
    ),
    "a sum below": (
        "客户名称,电话,来源\n鼎盛,13800138000,展会\n合计,1,\n总 计：,,\n".encode(),
        ["2 鼎盛 | +8613800138000 | source=展会", "3 skipped: A sum", "4 skipped: A sum"],
    ),
    "a firm that is called Total": (
        b"Name,Phone\nTotal,+33 1 47 44 45 46\nTotal,12\n",
        ["2 Total | +33147444546", "3 skipped: A sum"],
    ),
    "two contacts in a cell": (
        "公司,联系人,手机\n鼎盛,李伟/王芳,13800138000/13900139000\n星河,赵四 13700137000、钱五,\n".encode(),
        ["2 鼎盛 | @李伟 +8613800138000 | @王芳 +8613900139000", "3 星河 | @赵四 +8613700137000 | @钱五"],
    ),
    "two phones in a cell": (
        "Name,Phone\nAcme,13800138000；010-88886666\nBlue,138 0013 8001 / 138 0013 8002\n".encode(),
        ["2 Acme | +8613800138000 | +861088886666", "3 Blue | +8613800138001 | +8613800138002"],
    ),
    "GB18030": (
        "客户名称,手机\n鼎盛科技,13800138000\n㐀㐁堂,13900139000\n".encode("gb18030"),
        ["2 鼎盛科技 | +8613800138000", "3 㐀㐁堂 | +8613900139000"],
    ),
    "UTF-16 with tabs, as Excel's “Unicode text”": (
        "姓名\t电话\n张伟\t13800138000\n".encode("utf-16"),
        ["2 张伟 | +8613800138000"],
    ),
    "UTF-16 without its mark": ("Name,Phone\nAcme,13800138000\n".encode("utf-16-le"), ["2 Acme | +8613800138000"]),
    "a mark before the first heading": (b"\xef\xbb\xbfName;Phone\nAcme;13800138000\n", ["2 Acme | +8613800138000"]),
    "Windows-1252": (
        "Name;Phone\nCafé Müller;+49 30 1234567\nJosé Ñandú;\n".encode("cp1252"),
        ["2 Café Müller | +49301234567", "3 José Ñandú"],
    ),
    "two lines of headings": (
        "基本信息,,联系人,\n名称,电话,姓名,电话\n鼎盛,010-88886666,李伟,13800138000\n".encode(),
        ["3 鼎盛 | +861088886666 | @李伟 +8613800138000"],
    ),
    "a title and empty lines above the headings": (
        "2026年客户名单,,\n,,\n制表：王芳,,\n客户名称,电话,城市\n鼎盛,13800138000,北京\n".encode(),
        ["5 鼎盛 | +8613800138000 | place=北京"],
    ),
    "the headings again on each printed page": (
        b"Name,Phone\nAcme,13800138000\nName,Phone\nBlue,13900139000\n",
        ["2 Acme | +8613800138000", "3 skipped: The heading again", "4 Blue | +8613900139000"],
    ),
    "remarks at the end": (
        "名称,电话\n鼎盛,13800138000\n备注：以上为一季度客户\n共 1 条\n".encode(),
        ["2 鼎盛 | +8613800138000", "3 skipped: A remark", "4 skipped: A remark"],
    ),
    "no headings at all": (
        b"Acme Ltd,138 0013 8000,info@acme.com\nBlue Paper,13900139000,\n",
        ["1 Acme Ltd | +8613800138000 | info@acme.com", "2 Blue Paper | +8613900139000"],
    ),
    "a quotation mark that is never closed": (
        b'Name,Phone\n"Acme,13800138000\nBlue,13900139000\n',
        ['2 "Acme | +8613800138000', "3 Blue | +8613900139000"],
    ),
    "a line break inside a cell": (
        b'Name,Need,Phone\n"Acme","pumps\nand valves",13800138000\nBlue,,13900139000\n',
        ["2 Acme | +8613800138000 | need=pumps\nand valves", "4 Blue | +8613900139000"],
    ),
    "a separator inside a cell without quotation marks": (
        b"Name,Phone,City\nAcme, Inc.,13800138000,Boston\nBlue,13900139000,Boston\n",
        [
            "2 failed: It has 4 cells and the heading 3: is there a separator inside a cell?",
            "3 Blue | +8613900139000 | place=Boston",
        ],
    ),
    "words that mean nothing is known": (
        "Name,Phone,Email\nAcme,无,N/A\nBlue,-,null\n".encode(),
        ["2 Acme", "3 Blue"],
    ),
    "invisible and wide characters": (
        "姓名,电话\n\u200b张\u00a0伟\u3000,１３８００１３８０００\n".encode(),
        ["2 张 伟 | +8613800138000"],
    ),
    "text quoted for Excel": (
        b'Name,Phone\n"=""Acme""","=""013800138000"""\nBlue,\'13900139000\n',
        ["2 Acme | +8613800138000", "3 Blue | +8613900139000"],
    ),
    "a phone with an extension, a label, a country code without its plus": (
        "Name,Phone\nA厂,010-88886666转801\nB厂,电话：13800138000\nC厂,8613800138001\nD厂,13800138002.0\n".encode(),
        ["2 A厂 | +861088886666", "3 B厂 | +8613800138000", "4 C厂 | +8613800138001", "5 D厂 | +8613800138002"],
    ),
    "a masked or misspelt phone in a good row": (
        b"Name,Phone,Email\nAcme,138****8000,a@acme.com\nBlue,12,blue(at)paper\n",
        [
            "2 Acme | a@acme.com | ! “138****8000” is no phone number.",
            "3 Blue | ! “12” is no phone number. | ! “blue(at)paper” is no e-mail address.",
        ],
    ),
    "cells that programs have destroyed": (
        "Name,Phone\n锟斤拷锟斤拷,13800138000\nAcme,########\n#REF!,13900139000\nBlue,13700137000\n".encode(),
        [
            "2 failed: “锟斤拷锟斤拷” was destroyed by a program: export the sheet again.",
            "3 failed: “########” was destroyed by a program: export the sheet again.",
            "4 failed: “#REF!” was destroyed by a program: export the sheet again.",
            "5 Blue | +8613700137000",
        ],
    ),
    "numbers as numbers in a workbook": (
        book(numeric),
        [
            "2 Acme | +8613800138000",
            "3 failed: “1.50000E+17” is a rounded number, its last digits are gone: "
            "format the column as text and export it again.",
        ],
    ),
    "a cover sheet before the data": (book(cover), ["2 Acme | +8613800138000"]),
    "rows without a name": (
        "公司,联系人,手机\n,李伟,13800138000\n,,13900139000\n,,\n".encode(),
        ["2 李伟 | +8613800138000", "3 +8613900139000 | +8613900139000 | ! No name: called +8613900139000."],
    ),
    "a name as long as a page": (
        f"Name,Phone\n{'x' * 201},13800138000\nBlue,13900139000\n".encode(),
        ["2 failed: The name is longer than 200 characters.", "3 Blue | +8613900139000"],
    ),
    "a line that tells Excel the separator": (
        b"sep=;\nName;Phone\nAcme;13800138000\n",
        ["3 Acme | +8613800138000"],
    ),
    "line ends of an old Mac": (
        b"Name,Phone\rAcme,13800138000\rBlue,13900139000\r",
        ["2 Acme | +8613800138000", "3 Blue | +8613900139000"],
    ),
    "running numbers and unknown columns": (
        "序号,客户名称,电话,合同金额\n1,鼎盛,13800138000,120000\n".encode(),
        ["2 鼎盛 | +8613800138000"],
    ),
    "traditional characters in Big5": (
        "客戶名稱,聯絡人,手機\n鼎盛科技有限公司,李偉,13800138000\n大華股份有限公司,陳紅,\n".encode("big5"),
        ["2 鼎盛科技有限公司 | @李偉 +8613800138000", "3 大華股份有限公司 | @陳紅"],
    ),
    "the headings again, in the other language": (
        "Customer,Mobile\n客户名称,手机\nAcme,13800138000\n".encode(),
        ["2 skipped: The heading again", "3 Acme | +8613800138000"],
    ),
    "a mobile number among words": (
        "客户名称,手机\n鼎盛,微信同号13800138000\n星河,见备注\n".encode(),
        ["2 鼎盛 | +8613800138000", "3 星河 | ! “见备注” is no phone number."],
    ),
    "a web page that calls itself a workbook": (
        "<html><meta charset=gb2312><table><tr><td>x</table><table><tr><th>客户名称<th colspan=2>手机</tr>"
        "<tr><td>鼎盛 &amp; 子<br>公司</td><td>13800138000</td><td>13900139000</table>".encode("gb18030"),
        ["2 鼎盛 & 子 公司 | +8613800138000"],
    ),
    "a workbook in the XML of 2003": (
        '<?xml version="1.0"?><Workbook xmlns:ss="s"><Table><Row><Cell><Data>公司</Data></Cell><Cell ss:Index="3">'
        "<Data>手机</Data></Cell></Row><Row><Cell><Data>鼎盛</Data></Cell><Cell/><Cell><Data>13800138000</Data></Cell></Row>"
        "</Table></Workbook>".encode(),
        ["2 鼎盛 | +8613800138000"],
    ),
}


@pytest.mark.parametrize(
    "content", [b'[{"name": "Acme"}]', b"<html><p>Please log in</p></html>", b"<?xml version='1.0'?><a/>"]
)
def test_what_is_no_table_says_so(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(content, "list.xls")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("45413", "2024-05-01"), ("45413.0", "2024-05-01"), ("2024-05-01 08:30", "2024-05-01"), ("2024/5/1", "2024/5/1")],
)
def test_a_day_as_sheets_have_it(cell: str, expected: str) -> None:
    assert day(cell) == expected


@pytest.mark.parametrize("defect", DEFECTS)
def test_every_row_of_a_defective_sheet_ends_as_it_should(defect: str) -> None:
    content, expected = DEFECTS[defect]

    assert told(content, "list.csv") == expected


EXPORTS = {
    "HubSpot": (
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Company name,Job Title\n"
        '101,Wei,Li,li@acme.com,+86 138 0013 8000,Ann,New,"Acme, Inc.",Buyer\n',
        ["2 Acme, Inc. | @Wei Li +8613800138000 li@acme.com | owner=Ann | stage=New"],
    ),
    "HubSpot companies": (
        "Record ID,Company name,Company owner,Create Date,Phone Number,City,Country/Region,Industry\n"
        "5,Acme,Ann,2026-01-02 10:00,+1 415 555 2671,Boston,US,MACHINERY\n",
        ["2 Acme | +14155552671 | industry=MACHINERY | owner=Ann | place=Boston"],
    ),
    "Salesforce": (
        "First Name,Last Name,Title,Account Name,Phone,Mobile,Email,Account Owner,Lead Source\n"
        "Wei,Li,Buyer,Acme,010-88886666,13800138000,li@acme.com,Ann,Web\n",
        ["2 Acme | +861088886666 | @Wei Li +8613800138000 li@acme.com | owner=Ann | source=Web"],
    ),
    "Twenty": (
        "Name / First Name,Name / Last Name,Emails / Primary Email,Phones / Primary Phone Number,"
        "Company,Job Title,City\n"
        "Wei,Li,li@acme.com,+8613800138000,Acme,Buyer,Beijing\n",
        ["2 Acme | @Wei Li +8613800138000 li@acme.com | place=Beijing"],
    ),
    "EspoCRM": (
        "Name;Website;Email;Phone;Type;Industry;Billing City;Assigned User;Description;ID\n"
        "Acme;acme.com;info@acme.com;+8613800138000;Customer;Energy;Beijing;Ann;Old friend;64ab\n",
        ["2 Acme | +8613800138000 | info@acme.com | #Customer | industry=Energy | owner=Ann | place=Beijing"],
    ),
    "one that keeps its zeros": (
        'Name,Phone\nAcme,="13800138000"\n',
        ["2 Acme | +8613800138000"],
    ),
    "纷享销客": (
        "客户编号,客户名称(必填),客户级别,客户来源,电话,负责人(必填),所属行业,联系人姓名,手机1,职务,邮件,客户状态,市,备注\n"
        "KH001,鼎盛科技,A,展会,010-88886666,Ann,机械,李伟,13800138000,采购经理,li@ds.cn,已成交,北京,老客户\n",
        [
            "2 鼎盛科技 | +861088886666 | @李伟 +8613800138000 li@ds.cn | "
            "industry=机械 | owner=Ann | place=北京 | source=展会 | stage=已成交 | tier=A"
        ],
    ),
}


@pytest.mark.parametrize("crm", EXPORTS)
def test_what_another_crm_exports_maps_by_itself(crm: str) -> None:
    text, expected = EXPORTS[crm]

    assert told(text.encode()) == expected
