"""Slack's own mark-up: what people's clients make of their words is taken back, and ours is made unable to act."""

from __future__ import annotations

import re
from html import unescape

from bot.core.incoming import clean_text, whole

COMMAND = "/crm"
"""Our one slash command, as slack-manifest.yaml has it; Slack takes anything else after a slash for somebody else's."""
_MARK = re.compile(r"<([^<>]*)>")
_TYPED = re.compile(r"/(?=[^\W\d_])")


def read(text: str, me: str = "") -> tuple[str, bool]:
    """What the person typed, and whether it named us; our name in front is left out."""
    name = f"<@{me}>"
    mentioned = bool(me) and (name in text or f"<@{me}|" in text)
    if mentioned and text.lstrip().startswith(name[:-1]):
        text = text.lstrip().partition(">")[2].lstrip(" ,:，：")
    return clean_text(unescape(_MARK.sub(_typed, text))).strip(), mentioned


def escaped(text: str) -> str:
    """For the few places that only take mark-up: without `<` there is neither a link nor a mention."""
    return whole(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def to_type(text: str) -> str:
    """What we show for typing, as it is typed here."""
    return _TYPED.sub(f"{COMMAND} ", text, count=1) if _TYPED.match(text) else text


def _typed(found: re.Match[str]) -> str:
    target, _, label = found[1].partition("|")
    if target.startswith(("@", "#", "!")):
        return _name(target, label)
    address = target.removeprefix("mailto:").removeprefix("tel:")
    if not label or target.startswith("tel:") or label.rstrip("/") in address:
        return label or address
    return f"{label} ({address})"


def _name(target: str, label: str) -> str:
    """People and channels as they are shown; names we can't see stay ids."""
    sign, rest = target[0], target[1:]
    if sign == "!":
        return label or "@" + rest.partition("^")[0]
    return sign + (label or rest).removeprefix(sign)
