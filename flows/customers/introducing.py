# ruff: noqa: E501 -- a rule is one line
"""What a stranger tells of themselves in their first words: a name, a firm, a number, an address. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from flows.understanding import Reading
from flows.understanding.lazily import lazy

_NAME = r"(?P<name>[A-Z][\w'’-]+(?: (?:van|von|de|der|bin|al))?(?: [A-Z][\w'’-]+){0,2})"
_FIRM = r"(?P<firm>[A-Z][\w&'’.-]*(?: (?:&|and|of|de|[A-Z][\w&'’.-]*)){0,4})"
_ENGLISH = lazy(
    rf"(?:^|[\s,.!;:])(?:[Tt]his is|[Ii] am|[Ii]['’]m|[Ii]t['’]s|[Mm]y name is|[Mm]y name['’]s|[Nn]ame:?|[Hh]ere is) (?:(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r)\.? )?{_NAME}(?! (?:at|in) (?:the|a)\b)(?:,? (?:from|of|at|with) {_FIRM})?(?=[\s,.!;:]|$)"
)
_ZH_TITLE = r"(?:先生|女士|小姐|经理|总|老师|工)?"
_CHINESE = lazy(
    r"(?:我是|这里是|我们是)(?:来自)?(?P<firm>[\u4e00-\u9fffA-Za-z0-9（）()]{2,20}?)的(?P<name>[\u4e00-\u9fff]{2,4}?" + _ZH_TITLE + r")(?=[，,。.！!；;：:\s]|$)"
    r"|(?:我叫|我姓名是|姓名[：:]?|我的名字(?:是|叫))\s?(?P<name_>[\u4e00-\u9fff]{2,4})(?=[，,。.！!；;：:\s]|$)"
)  # fmt: skip
_SIGNED = lazy(r"[.!,\n]\s*" + _NAME + r"[\s.,]*$")
_NOBODY = frozenset("I We The A An Please Hello Hi Thanks Thank Urgent Sorry Interested Looking Not".split())  # noqa: SIM905 -- words


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who somebody says they are; empty where they say nothing."""

    name: str = ""
    firm: str = ""
    phone: str = ""
    email: str = ""


def introduction(words: str, reading: Reading) -> Introduction:
    """A signature counts only beside a number or an address."""
    phone = reading.phones[0].value if reading.phones else ""
    email = reading.emails[0].value if reading.emails else ""
    name, firm = _named(words)
    if not name and (phone or email) and (signed := _SIGNED.search(words)):
        name = signed["name"]
    return Introduction(name if name.split(" ")[0] not in _NOBODY else "", firm, phone, email)


def _named(words: str) -> tuple[str, str]:
    if match := _ENGLISH.search(words):
        return match["name"], (match["firm"] or "").rstrip(".")
    if match := _CHINESE.search(words):
        return match["name"] or match["name_"] or "", match["firm"] or ""
    return "", ""
