# ruff: noqa: E501 -- a pattern is one line
"""What is whose: what the tables keep of a member, and what of a customer is theirs to take along."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.models import (
    Activity,
    Alias,
    Audit,
    Contact,
    Customer,
    Given,
    Identity,
    Invitation,
    Listing,
    Member,
    Mute,
    Owned,
    Preference,
    Promise,
    Purchase,
    Quote,
    Reminder,
    Report,
    StoredFile,
)
from store.work import Work

_THINGS = r"(?:data|information|info|details|records?|account|profile|history|messages)"
_ERASE = re.compile(
    r"^(?:(?:hi|hello|please|pls|just|(?:can|could|will|would) you|i (?:want|need|ask|request|would like|'d like)(?: you)?(?: to)?"
    r"|you (?:must|should|have to))[, ]+)*(?:have )?(?:delete|erase|remove|wipe|forget|destroy) "
    rf"(?:(?:all |any |everything )?(?:of )?(?:my|our) (?:(?:personal|private|customer) )?{_THINGS}(?: and {_THINGS})?"
    rf"|(?:all |any |every )?(?:the )?(?:everything|{_THINGS}) (?:that )?(?:you (?:have|hold|keep|store|know|saved))(?: (?:about|on|of) (?:me|us))?"
    r"|(?:everything|all) (?:about|on|of) (?:me|us)|me|us)"
    r"(?:[, ]+(?:please|now|immediately|at once|right away|from your (?:system|files?|records|database)|for good|thanks?|thank you))*$"
)
_ERASE_ZH = re.compile(
    r"^(?:您好|你好|请|麻烦|帮我|帮忙|给我|我要|我想|我要求|要求|希望|你们|您们|立即|马上|[，, ])*"
    r"(?:(?:删除|删掉|抹除|抹掉|清除|清空|注销|销毁|移除)(?:一下)?(?:我|我们|本人)?的?(?:所有|全部|一切|个人|的)*(?:资料|数据|信息|记录|账号|帐号|账户|档案)"
    r"|(?:把|将)?(?:你们?|您|贵公司)?(?:这里|那里|那边|系统里?)?(?:存|保存|保留|留|记|记录|收集|有)(?:着|了|下)?的?(?:关于|有关)?(?:我|我们|本人)的?(?:所有|全部|一切|个人|的)*(?:资料|数据|信息|记录|账号|帐号|账户|档案)(?:都|全部|全|给我?|彻底|统统)*(?:删除|删|抹除|抹|清除|清空|注销|销毁|移除)"
    r"|(?:把|将)?(?:我|我们|本人)的?(?:所有|全部|一切|个人|的)*(?:资料|数据|信息|记录|账号|帐号|账户|档案)(?:都|全部|全|给我?|彻底|统统)*(?:删除|删|抹除|抹|清除|清空|注销|销毁|移除))"
    r"(?:掉|了|吧|一下|谢谢|[，, ])*$"
    r"|^(?:请|麻烦)?(?:你们)?(?:(?:忘记|忘了|忘掉|删掉|删除)(?:我|本人)|把我忘(?:了|掉))(?:吧|了)?$"
)


_KEPT = re.compile(
    r"^(?:(?:hi|hello|please|pls|so|(?:can|could|will|would) you (?:tell|show|send) me|tell me|show me|i (?:want|would like|'d like) to (?:know|see))[, ]+)*"
    rf"(?:(?:what|which)(?: kind of| sort of)?(?: (?:personal|private|customer))? ?{_THINGS}? (?:do you|you|have you|does your firm|is|are) ?(?:have|got|hold|keep|store|stored|kept|know|collect|save|saved)(?: (?:about|on|of|from))(?: me| us)"
    rf"|(?:all )?(?:the )?{_THINGS} (?:that )?you (?:have|hold|keep|store) (?:about|on|of) (?:me|us)|(?:see |get |a copy of )?(?:all )?my (?:personal |own )?data)$"
)
_KEPT_ZH = re.compile(
    r"^(?:您好|你好|请问|请|麻烦|想知道|我想(?:知道|看看?)|告诉我|[，, ])*"
    r"(?:(?:你们?|您|贵公司|这里)?(?:都|现在|这里|到底)*(?:有|存|保存|留存?|掌握|知道|记录?|收集)(?:了|着)?(?:我|我们|本人)的?(?:哪些|什么|多少)(?:个人)?(?:资料|信息|数据|东西)?"
    r"|(?:我|我们|本人)的(?:哪些|什么)(?:个人)?(?:资料|信息|数据)(?:你们?|您|在你们)?(?:这里|那里|都)*(?:有|存|保存|留)?(?:了|着)?|(?:查看?|看看?|导出)(?:一下)?我的(?:个人)?(?:资料|信息|数据))"
    r"(?:啊|呀|呢|吗|么)?$"
)


def asks_what_is_kept(said: str) -> bool:
    """A customer's whole message asks what is kept of them."""
    line = unicodedata.normalize("NFKC", said).replace("’", "'").casefold().strip(" .!?。？！")
    return len(line) <= 120 and bool(_KEPT.match(line) or _KEPT_ZH.match(line))


def wants_to_go(said: str) -> bool:
    """A customer's whole message asks that what is kept of them is deleted."""
    line = unicodedata.normalize("NFKC", said).replace("’", "'").casefold().strip(" .!?。")
    return len(line) <= 120 and bool(_ERASE.match(line) or _ERASE_ZH.match(line))


@dataclass(frozen=True, slots=True)
class Mine:
    """What is counted of a member."""

    platforms: tuple[str, ...]
    logs: int
    reminders: int
    promises: int
    reports: int


def about_me(work: Work, me: Member) -> Mine:
    """In numbers; the file has the rows."""
    platforms = dict.fromkeys(row.platform for row in work.find(Identity, member=me.id))
    return Mine(
        tuple(platforms),
        len(work.find(Activity, member=me.id)),
        len(work.find(Reminder, member=me.id)),
        len(work.find(Promise, member=me.id)),
        len(work.find(Report, member=me.id)),
    )


def who_looked(work: Work, me: Member) -> list[tuple[str, datetime]]:
    """Colleagues who looked at what this member did, the last first."""
    found = work.find(Audit, action="looked", subject=f"member:{me.id}")
    names = {f"member:{member.id}": member.name for member in work.find(Member)}
    return [(names.get(row.actor, row.actor), row.at) for row in reversed(found)]


OF_MEMBER: Mapping[type[Owned], tuple[str, ...]] = {
    Identity: ("platform", "account", "person", "name"),
    Activity: ("kind", "status", "at", "text", "result", "logged"),
    Reminder: ("text", "wall", "zone", "rule", "state"),
    Promise: ("what", "due", "state"),
    Report: ("day", "text", "posted"),
    Alias: ("name", "made"),
    Listing: ("query", "at"),
    Mute: ("kind",),
}
"""Rows with the member's number, and what of them goes into the file."""
_MEMBER = ("name", "role", "team", "language", "zone", "quiet_from", "quiet_until", "brief_at", "joined")
_CUSTOMER = ("name", "phone", "email", "language", "zone", "stopped", "created")
_CONTACT = ("name", "title", "phone", "email", "created")

Rows = dict[str, list[dict[str, Any]]]


def of_member(work: Work, id: int) -> Rows:
    """Everything that is kept of a member."""
    me = work.get(Member, id)
    if me is None:
        return {}
    found: Rows = {"member": [_taken(me, _MEMBER)]}
    for kind, names in OF_MEMBER.items():
        found[kind.table().name] = [_taken(row, names) for row in work.find(kind, member=id)]
    looked = [{"who": who, "at": at.isoformat()} for who, at in who_looked(work, me)]
    return {name: rows for name, rows in {**found, "looked": looked}.items() if rows}


def of_customer(work: Work, id: int, contact: int | None) -> Rows:
    """What is a customer's own; a person at a firm gets what is theirs, and not their colleagues'.

    Never what we wrote down about them for ourselves: that goes out through a person, who looks at it first.
    """
    own: dict[str, Any] = {"customer": id, **({"contact": contact} if contact else {})}
    row, people = work.get(Customer, id), work.find(Contact, customer=id)
    found: Rows = {
        "customer": [_taken(row, _CUSTOMER)] if row and not contact else [],
        "contact": [_taken(one, _CONTACT) for one in people if contact in (None, one.id)],
        "chat app": [_taken(one, ("platform", "name")) for one in work.find(Identity, **own)],
        "message": [
            _taken(one, ("at", "channel", "text")) for one in work.find(Activity, **own) if one.direction == "in"
        ],
        "answer": _answers(work, own),
    }
    if not contact:
        found |= {
            "order": [
                _taken(one, ("kind", "number", "what", "amount", "currency", "at"))
                for one in work.find(Purchase, customer=id)
            ],
            "offer": [_taken(one, ("lines", "currency", "sent")) for one in work.find(Quote, customer=id) if one.sent],
            "preference": [_taken(one, ("name", "at")) for one in work.find(Preference, customer=id)],
            "file": [_taken(one, ("name", "at")) for one in work.find(StoredFile, customer=id) if one.conversation],
        }
    return {name: rows for name, rows in found.items() if rows}


def _answers(work: Work, own: Mapping[str, Any]) -> list[dict[str, Any]]:
    invited = [row.id for row in work.find(Invitation, **own)]
    return [_taken(row, ("question", "value", "at")) for id in invited for row in work.find(Given, invitation=id)]


def _taken(row: Owned, names: tuple[str, ...]) -> dict[str, Any]:
    """As JSON says it; what is not known is left out."""
    values = {name: getattr(row, name) for name in names}
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
    return {name: value for name, value in plain.items() if value not in (None, "", [])}
