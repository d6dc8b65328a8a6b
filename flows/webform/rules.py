"""What a form's sender is: a person, or a machine that fills in whatever it finds; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

TRAP = "website"
"""A field that people do not see: whoever fills it in is a machine."""
LINKS = 3
_LINK = re.compile(r"https?://|www\.|\[url", re.I)
_NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "fullname", "full_name", "姓名", "名称", "称呼"),
    "company": ("company", "organisation", "organization", "firm", "公司", "公司名称", "单位"),
    "phone": ("phone", "tel", "telephone", "mobile", "手机", "电话", "手机号", "联系电话"),
    "email": ("email", "e-mail", "mail", "邮箱", "电子邮箱"),
    "words": ("message", "words", "text", "comment", "comments", "need", "question", "留言", "需求", "内容", "备注"),
}


def read(fields: Mapping[str, str]) -> dict[str, str]:
    """A form's fields by our names, whatever the website calls them; what else it asked stands with the words."""
    known = {alias: name for name, aliases in _NAMES.items() for alias in aliases}
    out: dict[str, str] = {}
    more = []
    for field, value in fields.items():
        plain = " ".join(value.split()) if known.get(field.strip().casefold()) != "words" else value.strip()
        plain = "".join(c for c in plain if c.isprintable() or c == "\n")
        name = known.get(field.strip().casefold())
        if not plain or field == TRAP or field.startswith("_"):
            continue
        if name and name not in out:
            out[name] = plain[: 2000 if name == "words" else 200]
        else:
            more.append(f"{field[:40]}: {plain[:200]}")
    if more:
        out["words"] = "\n".join(filter(None, (out.get("words", ""), *more[:20])))
    return out


def is_spam(fields: Mapping[str, str]) -> bool:
    """By the trap, or by more links than anybody writes who wants to buy something."""
    text = " ".join(value for name, value in fields.items() if name != TRAP)
    return bool(fields.get(TRAP, "").strip()) or len(_LINK.findall(text)) >= LINKS
