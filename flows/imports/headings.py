"""What the columns of a sheet are called, in both languages and by the CRMs people come from; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.text import Text
from bot.core.text import gettext as _
from store.traditional import SIMPLER

Cells = Sequence[str]

LABELS: Mapping[str, Text] = {
    "name": _("customer"),
    "contact": _("contact"),
    "phone": _("phone"),
    "email": _("e-mail"),
    "contact_phone": _("contact's phone"),
    "contact_email": _("contact's e-mail"),
    "title": _("contact's title"),
    "source": _("source"),
    "need": _("need"),
    "industry": _("industry"),
    "place": _("place"),
    "tags": _("tags"),
    "note": _("note"),
    "language": _("language"),
    "zone": _("time zone"),
    "owner": _("account owner"),
    "stage": _("stage"),
    "tier": _("tier"),
    "stopped": _("opt-out"),
    "id": _("number in the old system"),
    "own": _("number here"),
}
"""Everything that a column can become, as people are shown it."""

CAREFUL = ("owner", "stage", "tier", "stopped")
"""Changed by an import only when its column was confirmed by name."""
SEVERAL = frozenset({"phone", "email", "contact_phone", "contact_email", "tags", "note", "contact", "first", "last"})
"""More than one column may feed these."""

_KNOWN: Mapping[str, str] = {
    "own": "rapport id|rapport编号",
    "id": (
        "record id|id|account id|contact id|lead id|customer id|external id|客户编号|客户编码|编号|客户id|"
        "数据id|唯一id|associated company ids|18 digit id"
    ),
    "company": (
        "company|company name|account name|account|organization|organisation|organization name|firm|"
        "business|customer|customer name|client|client name|associated company|associated company names|"
        "公司|公司名称|公司名|客户名称|客户名|企业名称|企业|单位|单位名称|客户|客户全称|客户简称|厂家|甲方|"
        "工作单位|客户公司|所属公司|客户名称主属性|公司全称|关联客户"
    ),
    "name": "name|full name|名称|姓名|名字|全名",
    "contact": (
        "contact|contact name|contact person|primary contact|contact full name|attn|attention|联系人|"
        "联系人姓名|联系人名称|联络人|主要联系人|对接人|首要联系人|联系人1|联系人2|联系人3|负责联系人|"
        "接口人"
    ),
    "first": "first name|given name|firstname|名|contact first name",
    "last": "last name|surname|family name|lastname|姓|contact last name",
    "phone": (
        "phone|phone number|telephone|tel|tel no|business phone|company phone|main phone|office phone|"
        "work phone|phone1|phone2|phones|phone primary phone number|phones primary phone number|contact no|"
        "contact number|电话|电话号码|联系电话|固定电话|座机|公司电话|办公电话|客户电话|电话1|电话2|"
        "联系方式|联系号码|总机"
    ),
    "contact_phone": (
        "mobile|mobile phone|mobile phone number|cell|cell phone|cellphone|mobile number|contact phone|"
        "contact mobile|手机|手机号|手机号码|移动电话|手机1|手机2|手机3|联系人手机|联系人电话|联系人手机号|"
        "手机电话|whatsapp|whatsapp phone number"
    ),
    "email": (
        "email|e mail|email address|mail|company email|emails|emails primary email|邮箱|电子邮箱|邮件|"
        "电子邮件|公司邮箱|邮箱地址|email1|email2"
    ),
    "contact_email": "contact email|联系人邮箱|联系人邮件|contact e mail|work email",
    "title": "title|job title|position|contact title|职位|职务|岗位|头衔|联系人职务|联系人职位|职称",
    "source": (
        "source|lead source|original source|account source|how did you hear|original traffic source|来源|"
        "客户来源|线索来源|渠道|来源渠道|获客渠道|channel"
    ),
    "need": (
        "need|needs|requirement|requirements|demand|interest|product interest|需求|客户需求|需求描述|"
        "意向产品|感兴趣的产品|采购需求"
    ),
    "tags": "tags|tag|labels|label|type|category|account type|keywords|标签|客户标签|客户类型|分类|类型",
    "industry": "industry|sector|行业|所属行业|客户行业|一级行业",
    "place": (
        "place|city|town|region|location|billing city|shipping city|billing address city|"
        "address address city|company city|城市|市|地区|所在地|所在城市|区域|省市|city region"
    ),
    "note": "note|notes|description|comment|comments|remark|remarks|备注|说明|描述|备忘|客户描述|其他说明|附注",
    "owner": (
        "owner|account owner|contact owner|lead owner|record owner|company owner|assigned user|"
        "assigned user name|assigned to|sales rep|salesperson|负责人|销售|业务员|销售负责人|客户经理|"
        "归属人|所有者|跟进人|所属销售|负责人主属性|业务负责人"
    ),
    "stage": (
        "stage|lifecycle stage|status|lead status|account status|客户阶段|阶段|生命周期|客户状态|状态|"
        "生命周期阶段|成交状态"
    ),
    "tier": "tier|level|grade|rating|customer level|客户级别|客户等级|级别|等级|分级",
    "stopped": (
        "opt out|do not contact|do not call|unsubscribed|email opt out|opted out|"
        "unsubscribed from all email|退订|免打扰|请勿联系|拒绝联系|勿扰|stopped"
    ),
    "language": "language|preferred language|语言",
    "zone": "time zone|timezone|时区",
    "": "no|nr|number|序号|行号|serial|serial no|sn|#|s n",
}
FIELDS: Mapping[str, str] = {name: key for key, names in _KNOWN.items() for name in names.split("|")}
_ASIDE = re.compile(r"[(【\[<《].*?[)】\]>》]")
_SPACES = re.compile(r"[\s_\-/\\.:;,*·、:“”\"'’>]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place, what the sheet calls it, and what it becomes ("" when it is left out)."""

    at: int
    label: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the table begins and what its columns are; `found` is False when no line looks like a heading."""

    row: int
    columns: tuple[Column, ...]
    found: bool = True

    def with_field(self, at: int, field: str) -> Head:
        """The person knows better what a column is; a field that takes one column leaves the other."""
        freed = () if field in SEVERAL or not field else (field,)
        columns = (
            replace(c, field=field) if c.at == at else replace(c, field="") if c.field in freed else c
            for c in self.columns
        )
        return replace(self, columns=tuple(columns))

    def of(self, field: str) -> list[Column]:
        """The columns that feed a field."""
        return [column for column in self.columns if column.field == field]


def field_of(label: str, own: Mapping[str, str] = {}) -> str | None:
    """What a heading means; "" for a running number, None when nobody knows."""
    label = unicodedata.normalize("NFKC", label)
    plain = bare(label)
    if plain in own:
        return own[plain]
    for candidate in (plain, bare(_ASIDE.sub(" ", label))):
        if candidate in FIELDS:
            return FIELDS[candidate]
    inside = [bare(part) for part in re.split(r"[()/|]", label)]
    return next((FIELDS[part] for part in reversed(inside) if FIELDS.get(part)), None)


def bare(label: str) -> str:
    """As headings are compared: width, case, punctuation, traditional characters, and what tells that a cell must be
    filled do not count."""
    folded = unicodedata.normalize("NFKC", label).casefold().translate(SIMPLER)
    folded = folded.replace("必填", " ").replace("required", " ")
    return _SPACES.sub(" ", folded.replace("(", " ").replace(")", " ")).strip()


def find_head(rows: Sequence[tuple[int, Cells]], own: Mapping[str, str] = {}) -> Head:
    """The line with the most known headings among the first; without one, columns are told by what stands in them."""
    best, best_score = -1, 0.0
    for place, (_number, cells) in enumerate(rows[:30]):
        score = _score(cells, own)
        if score > best_score:
            best, best_score = place, score
    if best < 0:
        return _by_content(rows)
    number, cells = rows[best]
    above = rows[best - 1][1] if best else ()
    return Head(number, _columns(_labels(cells, above), own))


def familiar(cells: Cells) -> int:
    """How many of these cells are headings that everybody knows."""
    return int(_score(cells, {}))


def _score(cells: Cells, own: Mapping[str, str]) -> float:
    """Known headings; a line with numbers or long words in it is no heading."""
    filled = [cell for cell in cells if cell.strip()]
    if not filled or any(len(cell) > 60 or sum(c.isdigit() for c in cell) > 5 for cell in filled):
        return 0.0
    known = [field_of(cell, own) for cell in filled]
    hits = sum(1 for field in known if field)
    if hits == 0 or (hits == 1 and len(filled) > 3 and sum(f is not None for f in known) < 2):
        return 0.0
    return hits + hits / len(filled) / 2


def _labels(cells: Cells, above: Cells) -> list[str]:
    """A heading that stands twice is told apart by the group heading above it."""
    out, group = [], ""
    groups = sum(1 for cell in above if cell.strip())
    for at, cell in enumerate(cells):
        if at < len(above) and above[at].strip():
            group = above[at].strip()
        twice = sum(1 for other in cells if bare(other) == bare(cell)) > 1
        joined = groups > 1 and group and cell.strip() and (twice or _of_person(group))
        out.append(f"{group} {cell.strip()}" if joined else cell.strip())
    return out


def _of_person(group: str) -> bool:
    return "联系人" in group or "contact" in group.casefold()


def _columns(labels: Sequence[str], own: Mapping[str, str]) -> tuple[Column, ...]:
    fields = [_grouped(label, own) for label in labels]
    has_company = "company" in fields
    taken: set[str] = set()
    columns = []
    for at, (label, field) in enumerate(zip(labels, fields, strict=True)):
        if field == "company":
            field = "name" if "name" not in taken else ""
        elif field == "name":
            field = "contact" if has_company else "name"
        if field and field not in SEVERAL and field in taken:
            field = ""
        taken.add(field)
        if label:
            columns.append(Column(at, " ".join(label.split())[:80], field))
    return _persons(tuple(columns))


def _grouped(label: str, own: Mapping[str, str]) -> str:
    """ "联系人 电话": of a group and a heading the two together decide."""
    whole = field_of(label, own)
    if whole is not None:
        return whole
    head, _space, tail = label.rpartition(" ")
    field = field_of(tail, own) if head else None
    if field in ("phone", "email") and _of_person(head):
        return f"contact_{field}"
    if field == "name" and _of_person(head):
        return "contact"
    return "company" if field == "name" and head else field or ""


def _persons(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Where people are named, a phone is theirs unless it is said to be the firm's; else it is the customer's."""
    fields = {column.field for column in columns}
    people = bool(fields & {"contact", "first", "last"})
    out = []
    for column in columns:
        field = column.field
        for plain in ("phone", "email"):
            if people and field == plain and f"contact_{plain}" not in fields and not _of_firm(column.label):
                field = f"contact_{plain}"
            if not people and field == f"contact_{plain}":
                field = plain
        out.append(replace(column, field=field))
    return tuple(out)


def _of_firm(label: str) -> bool:
    return any(
        word in label.casefold()
        for word in ("公司", "客户", "座机", "固定", "总机", "company", "main", "office", "business")
    )


_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.I)


def _by_content(rows: Sequence[tuple[int, Cells]]) -> Head:
    """No heading: numbers are phones, what has an @ is mail, the first words are the name."""
    width = max((len(cells) for _n, cells in rows), default=0)
    columns, named = [], False
    for at in range(width):
        cells = [c[at].strip() for _n, c in rows if at < len(c) and c[at].strip()]
        field = ""
        if cells and _most(cells, lambda cell: bool(_MAIL.fullmatch(cell))):
            field = "email"
        elif cells and _most(cells, lambda cell: 7 <= sum(c.isdigit() for c in cell) <= 15 and len(cell) < 24):
            field = "phone"
        elif cells and not named and _most(cells, lambda cell: any(c.isalpha() for c in cell)):
            field, named = "name", True
        if cells:
            columns.append(Column(at, cells[0][:40], field))
    return Head((rows[0][0] if rows else 1) - 1, tuple(columns), found=False)


def _most(cells: Sequence[str], test: object) -> bool:
    assert callable(test)  # noqa: S101 - a function of ours
    return sum(1 for cell in cells if test(cell)) >= len(cells) * 0.6
