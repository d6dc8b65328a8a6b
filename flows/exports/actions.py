"""The customer file as rows of text: a line for each contact, our own number first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from flows.customers.sight import sees
from flows.imports.finding import mark_of
from flows.turn import Turn
from store import jobs
from store.batches import page_of_customers, values_of
from store.models import Contact, Customer, FieldValue, Member, OwnField

PAGE = 500
_HEADINGS: Mapping[str, Mapping[str, str]] = {
    "own": {"en": "Rapport ID", "zh": "Rapport编号"},
    "name": {"en": "Customer", "zh": "客户名称"},
    "phone": {"en": "Phone", "zh": "电话"},
    "email": {"en": "E-mail", "zh": "邮箱"},
    "contact": {"en": "Contact", "zh": "联系人"},
    "title": {"en": "Title", "zh": "职位"},
    "contact_phone": {"en": "Mobile", "zh": "联系人手机"},
    "contact_email": {"en": "Contact e-mail", "zh": "联系人邮箱"},
    "source": {"en": "Source", "zh": "来源"},
    "need": {"en": "Need", "zh": "需求"},
    "industry": {"en": "Industry", "zh": "行业"},
    "place": {"en": "Place", "zh": "城市"},
    "tags": {"en": "Tags", "zh": "标签"},
    "language": {"en": "Language", "zh": "语言"},
    "zone": {"en": "Time zone", "zh": "时区"},
    "owner": {"en": "Owner", "zh": "负责人"},
    "stage": {"en": "Stage", "zh": "客户阶段"},
    "tier": {"en": "Tier", "zh": "客户级别"},
    "stopped": {"en": "Opt out", "zh": "退订"},
}
_SHOWN: Mapping[str, Mapping[str, str]] = {
    "value": {"en": "Orders of 12 months", "zh": "近12个月订单额"},
    "score": {"en": "Score", "zh": "评分"},
    "last_touch": {"en": "Last touch", "zh": "最近联系"},
    "created": {"en": "Since", "zh": "建档时间"},
}
"""For reading only: the import leaves these columns out."""


def heading(language: str, own: Sequence[OwnField]) -> list[str]:
    """The first line, in the reader's language."""
    named = [names[language] for names in (*_HEADINGS.values(), *_SHOWN.values())]
    return [*named, *(field.label or field.name for field in own)]


def own_fields(turn: Turn) -> list[OwnField]:
    """The firm's own fields, each a column."""
    return turn.work.find(OwnField, state="active")


def lines(turn: Turn, rows: Sequence[Customer], own: Sequence[OwnField]) -> Iterator[list[str]]:
    """The lines of these customers."""
    ids = [row.id for row in rows]
    contacts, tags = jobs.contacts_of(turn.work, ids), jobs.tags_of(turn.work, ids)
    values = values_of(turn.work, ids) if own else {}
    owners = {member.id: member.name for member in turn.work.find(Member)}
    mark = mark_of(turn)
    for row in rows:
        facts = {
            "own": f"{mark}-{row.id}",
            "name": row.name,
            **{name: getattr(row, name) for name in ("phone", "email", "source", "need", "industry", "place")},
            "tags": "; ".join(tag.name for tag in tags.get(row.id, ())),
            **{name: getattr(row, name) for name in ("language", "zone", "stage", "tier", "stopped")},
            "owner": owners.get(row.owner or 0, ""),
            "value": f"{row.value / 100:.2f}" if row.value else "",
            "score": str(row.score or ""),
            "last_touch": _moment(turn, row.last_touch),
            "created": _moment(turn, row.created),
        }
        yield from _of_one(facts, contacts.get(row.id, []), _words(values.get(row.id, ()), own))


def _of_one(facts: Mapping[str, str], contacts: Sequence[Contact], own: Sequence[str]) -> Iterator[list[str]]:
    names = (*_HEADINGS, *_SHOWN)
    for number, contact in enumerate(contacts or [None]):
        line = dict(facts) if number == 0 else {"own": facts["own"], "name": facts["name"]}
        if contact is not None:
            line |= {"contact": contact.name, "title": contact.title}
            line |= {"contact_phone": contact.phone, "contact_email": contact.email}
        yield [*(line.get(name, "") for name in names), *(own if number == 0 else [""] * len(own))]


def _words(values: Sequence[FieldValue], own: Sequence[OwnField]) -> list[str]:
    known = {value.field: value.words for value in values}
    return [known.get(field.id, "") for field in own]


def _moment(turn: Turn, at: datetime | None) -> str:
    return at.astimezone(turn.zone).strftime("%Y-%m-%d %H:%M") if at else ""


def pages(turn: Turn) -> Iterator[list[Customer]]:
    """Every customer whom the reader may see, some at a time."""
    after = 0
    while rows := page_of_customers(turn.work, after, PAGE):
        yield [row for row in rows if sees(turn, row)]
        after = rows[-1].id
