# ruff: noqa: E501 -- a rule is one line
"""Changing one fact of a customer or contact: by a sentence, by /set, or by a button and an answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.errors import BadInput
from bot.core.text import Text
from bot.core.text import gettext as _
from flows.arguments import colleague
from flows.customers.actions import clean_name, readable_phone
from flows.fields.actions import fields, give, shown, values
from flows.segments.short import STAGES, STEPS
from flows.tiers.actions import KINDS, Kind, place
from flows.turn import Turn
from flows.understanding.lazily import lazy
from store.models import Contact, Customer, Member, OwnField
from store.search_keys import normal

WORDS: Mapping[str, str] = {
    alias: key
    for key, aliases in {
        "name": "name rename 名称 名字 公司名 全称 改名 更名",
        "phone": "phone mobile tel telephone phone_number number cell 电话 手机 手机号 号码 联系电话 电话号码",
        "email": "email e-mail mail 邮箱 邮件 电子邮箱 电邮",
        "industry": "industry sector 行业",
        "place": "place city location address town 城市 地区 地址 所在地 地点",
        "source": "source 来源",
        "language": "language 语言",
        "title": "title position role job department 职务 职位 头衔 部门 岗位",
        "tier": "tier level 等级 级别",
        "stage": "stage 阶段",
        "step": "step 进度",
        "owner": "owner 负责人",
    }.items()
    for alias in aliases.split()
}
LABELS: Mapping[str, Text] = {
    "name": _("Name"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "industry": _("Industry"),
    "place": _("Place"),
    "source": _("Source"),
    "language": _("Language"),
    "title": _("Position"),
    "tier": _("Tier"),
    "stage": _("Stage"),
    "step": _("Step"),
    "owner": _("Owner"),
}
LONGEST = {"industry": 80, "place": 80, "source": 80, "title": 80}
_EMAIL = lazy(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]{2,}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sentence that changes a fact: of whom (and at which firm), which fact, and to what."""

    of: str
    fact: str
    value: str
    at: str = ""


_FACT = r"(?P<fact>[\w\u3400-\u9fff -]{1,40}?)"
_SENTENCES = tuple(
    lazy(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<of>.{{1,80}}?)['’]s? (?:new )?{_FACT} (?:is now|is|has changed to|changed to|was changed to|becomes"
        rf"|became) (?P<value>.+)",
        r"(?P<of>.{1,60}?)(?:['’]s?|s)? (?:new )?(?P<fact>phone|mobile|e-?mail)(?: number| address)?(?: is now| is|(?: has)? changed to|:)?"
        r" ?(?P<value>[+(\d][\d ()+-]{5,}|\S+@\S+)",
        r"(?P<of>.{1,60}?)(?:['’]s?|s)? (?:new )?(?P<fact>address|website|industry|city)(?: is now| is|(?: has)? changed to|:) (?P<value>.+)",
        r"(?:please )?(?:set|change|update) (?P<of>.{1,80}?)(?:['’]s?|s)? (?P<fact>phone|mobile|e-?mail|address|website|industry|city)(?: number| address)? to (?P<value>.+)",
        rf"(?:please )?(?:set|change|update) (?P<of>.{{1,80}}?)['’]s? {_FACT} to (?P<value>.+)",
        rf"(?:please )?(?:set|change|update) (?:the )?{_FACT} (?:of|for|at) (?P<of>.{{1,80}}?) to (?P<value>.+)",
        r"(?:please )?(?P<fact>rename) (?P<of>.{1,80}?) (?:to|as|into) (?P<value>.+)",
        r"(?:请)?(?:把|将)?(?P<of>.{1,40}?)的?(?P<fact>改名|更名)(?:为|成|叫|字?为|字?叫)(?P<value>.+)",
        rf"(?:the )?(?P<now>new ){_FACT} (?:of|for|at) (?P<of>.{{1,80}}?)(?: is|:) (?P<value>.+)",
        rf"(?P<of>.{{1,40}}?)(?:的)?{_FACT}(?:已经|现在)?(?:是(?!.*[谁吗呢什哪几么否])(?!多少)|改为|改成|换成|变为|变成|更新为|改到|现在是|更正为)了?(?P<value>.+)",
    )
)
_ENDED = lazy(r"(?<=[\w.])了$")
"""13911112222了: the number has changed, and the word for that is none of it."""
_MOVES = tuple(
    lazy(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<of>[^,]{1,60}?)(?: (?:at|of|from) (?P<at>[^,]{1,60}?))? (?:has )?(?:moved|transferred"
        r"|switched) to (?:the )?(?P<value>[\w &-]{2,60}?)(?: department| team)?",
        r"(?P<of>[^,]{1,60}?)(?: (?:at|of|from) (?P<at>[^,]{1,60}?))? (?:is now|became|was promoted to"
        r"|has become)(?: the| an?)? (?P<value>[\w &-]{2,60})",
        r"(?:(?P<at>[^,，的]{1,30}?)的)?(?P<of>[^,，的]{1,20}?)(?:已经|现在)?(?:转到|调到|调去|调任|转去|升任|升为|升职(?:做|为|当|成)|升成|提拔(?:为|成)|当上|晋升为|提升为|改任"
        r"|现任)了?(?P<value>[^,，]{1,30}?)了?",
    )
)
_CITIES = "北京|上海|广州|深圳|天津|重庆|成都|杭州|南京|武汉|西安|苏州|宁波|无锡|常州|南通|徐州|扬州|镇江|温州|绍兴|嘉兴|金华|台州|合肥|芜湖|福州|厦门|泉州|南昌|济南|青岛|烟台|潍坊|临沂|郑州|洛阳|长沙|株洲|东莞|佛山|中山|珠海|惠州|汕头|南宁|桂林|海口|三亚|贵阳|昆明|石家庄|唐山|保定|太原|沈阳|大连|长春|哈尔滨|呼和浩特|兰州|银川|西宁|乌鲁木齐|拉萨|香港|澳门|台北"
_STANDS = tuple(
    lazy(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<of>[^,]{2,60}?) (?:is|are) (?:based|located|situated) in (?P<value>[^,]{2,40})",
        r"(?P<of>[^,]{2,60}?) (?:is|are) in (?P<value>(?-i:(?!Jan|Feb|Mar(?:ch)?\b|Apr|May\b|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Q\d)[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?))",
        rf"(?P<of>[^，。,]{{2,30}}?)(?:公司|总部|工厂|门店)?(?:就|是)?在(?P<value>(?:{_CITIES})市?(?:[^，。,了开考见谈找等]{{1,8}}(?:[区县镇路]|园区))?|[^，。,了]{{2,8}}[市省区县镇])(?:的|那边)?",
    )
)
"""Where a firm is; of a person it tells where they happen to be."""


def stands(said: str) -> Wanted | None:
    """ "Orchard Lab is in Leeds", 顺达在常州: the place of a customer, and nothing else."""
    line = unicodedata.normalize("NFKC", said).strip().rstrip(".。!！ ")
    if "\n" in line or len(line) > 100:
        return None
    match = next((match for pattern in _STANDS if (match := pattern.fullmatch(line))), None)
    return Wanted(match["of"].strip(), "place", match["value"].strip()) if match else None


def read(said: str) -> Wanted | None:
    """The change that a sentence asks for, when it is one of these and nothing else."""
    line = unicodedata.normalize("NFKC", said).strip().rstrip(".。!！ ")
    if "\n" in line or len(line) > 200:
        return None
    for pattern in _SENTENCES:
        if (match := pattern.fullmatch(line)) and match["value"].strip():
            return Wanted(match["of"].strip(), match["fact"].strip(), _ENDED.sub("", match["value"].strip()))
    for pattern in _MOVES:
        if match := pattern.fullmatch(line):
            return Wanted(match["of"].strip(), "title", match["value"].strip(), (match["at"] or "").strip())
    return None


def fact_of(turn: Turn, said: str) -> str | OwnField | None:
    """Which fact a word means: one of ours, or an own field."""
    wanted = normal(said).replace(" ", "_")
    for field in fields(turn):
        if wanted in (field.name, normal(shown(field)).replace(" ", "_")):
            return field
    return WORDS.get(wanted) or WORDS.get(wanted.replace("_", "-"))


@dataclass(frozen=True, slots=True)
class Changed:
    """What was changed, for the answer and for undo."""

    customer: Customer
    label: Text
    was: str
    now: str
    contact: Contact | None = None


def change(turn: Turn, customer: Customer, contact: Contact | None, fact: str | OwnField, said: str) -> Changed:
    """Changes it; raises BadInput with an example when the value does not fit."""
    if isinstance(fact, OwnField):
        was = dict((field.id, value) for field, value in _own(turn, customer)).get(fact.id, "")
        row = give(turn, customer, fact, said)
        return Changed(customer, Text((shown(fact),)), was, row.words if row else "")
    if contact is not None and fact in ("name", "phone", "email", "title"):
        value = _value(turn, fact, said)
        was = getattr(contact, fact)
        changed = turn.work.customers.change_contact(customer, contact, **{fact: value})
        return Changed(customer, LABELS[fact], was, value, changed)
    if fact == "title":
        raise BadInput(_("Whose position? Example: {example}", example=_("Li Wei at Acme moved to purchasing")))
    if fact in KINDS:
        return _placed(turn, customer, KINDS[fact], said)
    if fact == "owner":
        return _owned(turn, customer, said)
    value = _value(turn, fact, said)
    was = getattr(customer, fact)
    return Changed(turn.work.customers.change(customer, **{fact: value}), LABELS[fact], was, value)


def _own(turn: Turn, customer: Customer) -> list[tuple[OwnField, str]]:
    return values(turn, customer.id)


def _value(turn: Turn, fact: str, said: str) -> str:
    said = said.strip()
    if said in ("-", "无", "none") and fact != "name":
        return ""
    if fact == "name":
        return clean_name(said)
    if fact == "phone":
        return readable_phone(turn, said)
    if fact == "email":
        if not _EMAIL.fullmatch(said):
            raise BadInput(
                _("“{words}” is no e-mail address. Example: {example}", words=said[:40], example="li@acme.com")
            )
        return said
    if fact == "language":
        return "zh" if said.casefold() in ("zh", "中文", "chinese") else "en"
    return " ".join(said.split())[: LONGEST.get(fact, 200)]


def _placed(turn: Turn, customer: Customer, kind: Kind, said: str) -> Changed:
    word = said.strip().casefold().replace(" ", "-")
    to = {"tier": said.strip().upper().removesuffix("级"), "stage": STAGES.get(word, ""), "step": STEPS.get(word, "")}[
        kind
    ]
    if not to or (kind == "tier" and to not in "ABC"):
        raise BadInput(_("“{word}” is no {kind} of ours.", word=said[:40], kind=LABELS[kind]))
    was = getattr(customer, kind)
    changed, _move = place(turn, customer, kind, to, ["hand"], member=turn.me().id)
    return Changed(changed, LABELS[kind], was, to)


def _owned(turn: Turn, customer: Customer, said: str) -> Changed:
    found = colleague(turn, said)
    if found is None or found.role == "viewer":
        raise BadInput(_("Nobody here is called “{name}”.", name=said[:40]))
    before = turn.work.get(Member, customer.owner) if customer.owner else None
    changed = turn.work.customers.change(customer, owner=found.id)
    return Changed(changed, LABELS["owner"], before.name if before else "", found.name)
