"""Contact cards as phones write them: old and new versions, odd encodings, broken lines; no good card is lost."""

from __future__ import annotations

import quopri
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.imports.sheets import read
from flows.imports.vcards import HEADING, rows
from store.engine import open_database
from tests.engines import Hands, fresh
from tests.flows.imports.scene import Desk
from tests.flows.imports.test_defects import told


def qp(text: str, charset: str = "utf-8") -> str:
    return quopri.encodestring(text.encode(charset), quotetabs=False).decode("ascii").replace("\n", "\r\n")


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


LONG = "鼎盛科技有限公司上海分公司技术研发中心第三实验室"
ANN = card("FN:Ann Smith\\, Jr.", "ORG:Acme\\; Sons Inc.;Sales", "item1.TEL;TYPE=CELL:+1 (415) 555-0100")
CARDS = {
    "2.1 from an old phone, quoted-printable over several lines": (
        card(
            f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{qp('李;伟;;;')}",
            f"ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=GB2312:{qp(LONG, 'gb18030')}",
            "TEL;CELL;VOICE:138 0013 8000",
            "TEL;WORK:021-5555 6666",
            "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSk",
            " ZJRgABAQAAAQ",
            "",
            version="2.1",
        ),
        [f"1 {LONG} | @李伟 +8613800138000 +862155556666"],
    ),
    "3.0 with escapes, groups and a broken line": (
        ANN.replace("END:", "this line is none\r\nEMAIL;TYPE=INTERNET:ann@acme.com\r\nCATEGORIES:expo,VIP\r\nEND:"),
        ["1 Acme; Sons Inc. | @Ann Smith, Jr. +14155550100 ann@acme.com | #expo | #VIP"],
    ),
    "4.0 with a tel: address, and nobody's firm": (
        card("FN:王芳", 'TEL;VALUE=uri;TYPE="cell,voice":tel:+86-139-0013-9000;ext=5', "ADR:;;1;杭州;浙江;;"),
        ["1 王芳 | +8613900139000 | place=杭州"],
    ),
    "several, the name the wrong way round, one never closed": (
        card("FN:伟 李", "N:李;伟;;;", "ORG:云帆") + card("ORG:Blue Paper", "TEL:13700137000") + ANN[:-13],
        ["1 云帆 | @李伟", "2 Blue Paper | +8613700137000", "3 Acme; Sons Inc. | @Ann Smith, Jr. +14155550100"],
    ),
    "a private person after a firm's is nobody's colleague": (
        card("FN:Joe Bell", "ORG:Acme") + card("FN:张三", "TEL:13600136000"),
        ["1 Acme | @Joe Bell", "2 张三 | +8613600136000"],
    ),
    "the same name as the firm's": (card("FN:云帆", "ORG:云帆", "TEL:02155556666"), ["1 云帆 | +862155556666"]),
    "nothing to call it by": (card("NOTE:found in a drawer"), ["1 skipped: No name, phone or e-mail"]),
}


@pytest.mark.parametrize("kind", CARDS)
def test_cards_become_customers_and_their_people(kind: str) -> None:
    content, expected = CARDS[kind]
    assert told(content.encode(), "x.vcf") == expected


@pytest.mark.parametrize("charset", ["utf-8-sig", "gb18030", "utf-16"])
def test_cards_written_in_other_encodings(charset: str) -> None:
    content = card("FN:李伟", f"ORG:{LONG}", "TITLE:采购经理", version="2.1").encode(charset)
    assert told(content, "名片.vcf") == [f"1 {LONG} | @李伟"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh("sqlite", tmp_path) as url:
        clock = Hands()
        made = Desk(open_database(url, clock), clock)
        yield made
        made.database.close()


def test_the_same_cards_twice_double_nothing(desk: Desk) -> None:
    content = (ANN + card("FN:张三", "TEL:13600136000", "NOTE:met at the expo")).encode()
    first, again = desk.imports(content, "contacts.vcf"), desk.imports(content, "contacts.vcf")

    assert desk.tally(first) == (2, 0, 0, 0, 0)
    assert desk.tally(again) == (0, 0, 2, 0, 0)
    customers = desk.file_of()
    assert [c.name for c in customers["Acme; Sons Inc."][1]] == ["Ann Smith, Jr."]
    assert customers["张三"][0].phone == "+8613600136000"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=30), max_size=6))
def test_no_line_takes_another_card_with_it(lines: list[str]) -> None:
    safe = [" ".join(line.split()) for line in lines if "VCARD" not in line.upper()]
    text = card(*safe) + ANN
    found = list(rows(read(text.encode(), "x.vcf").content.decode()))
    assert found[0] == (0, HEADING)
    assert "Acme; Sons Inc." in found[-1][1]
